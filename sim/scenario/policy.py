"""The policy: what the lender chooses - relief, collections, servicing."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from sim.parameter import ASSUMPTION, Group, increasing, parameter
from sim.scenario.words import Label

Hardship = Literal["job_loss", "illness"]
MOST_STAFF = 10_000
LAST_MESSAGE_DPD = 360


def _staff(number: object) -> object:
    whole = isinstance(number, int) and not isinstance(number, bool)
    if number == "unlimited" or (whole and 0 <= number <= MOST_STAFF):  # type: ignore[operator]
        return number
    raise ValueError(f'must be "unlimited" or a whole number from 0 to {MOST_STAFF:,}')


Staff = Annotated[
    Literal["unlimited"] | Annotated[int, Field(ge=0, le=MOST_STAFF)], BeforeValidator(_staff)
]


def _distinct(kinds: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(kinds)) < len(kinds):
        raise ValueError("must not name anything twice")
    return kinds


def _whole_months(days: int) -> int:
    if days % 30:
        raise ValueError("must be a multiple of 30")
    return days


def _check_window(min_dpd: int, max_dpd: int) -> None:
    if min_dpd > max_dpd:
        raise ValueError(f"min_dpd ({min_dpd}) must not exceed max_dpd ({max_dpd})")


Hardships = Annotated[
    tuple[Hardship, ...], Field(strict=False, min_length=1), AfterValidator(_distinct)
]
MessageDay = Annotated[int, Field(ge=1, le=LAST_MESSAGE_DPD)]
MessageDays = Annotated[
    tuple[MessageDay, ...], Field(strict=False, max_length=20), AfterValidator(increasing)
]
ChargeOffDpd = Annotated[int, AfterValidator(_whole_months)]


class Deferral(Group):
    """Whole months without an instalment, interest capitalised, the maturity moved along."""

    months: int = parameter(
        0,
        "Instalments deferred; 0: there is no deferral.",
        unit="months",
        low=0,
        high=12,
        source="the lender's choice",
        en="Deferral",
        zh="延期月数",
    )
    hardships: Hardships = parameter(
        ("job_loss", "illness"),
        "Hardships that entitle to it.",
        unit="kinds",
        source="the lender's choice",
        en="Hardships for deferral",
        zh="可延期的困难类型",
    )
    min_dpd: int = parameter(
        0,
        "Fewest days past due at application.",
        unit="days past due",
        low=0,
        high=360,
        source="the lender's choice",
        en="Deferral from",
        zh="延期最低逾期天数",
    )
    max_dpd: int = parameter(
        60,
        "Most days past due at application.",
        unit="days past due",
        low=0,
        high=360,
        source="the lender's choice",
        en="Deferral up to",
        zh="延期最高逾期天数",
    )
    max_uses: int = parameter(
        1,
        "Deferrals one loan can have.",
        unit="deferrals",
        low=1,
        high=10,
        source="the lender's choice",
        en="Deferrals per loan",
        zh="每笔贷款延期次数",
    )
    proof_required: bool = parameter(
        True,
        "Whether papers must prove the hardship.",
        unit="true or false",
        source="the lender's choice",
        en="Proof for deferral",
        zh="延期需提供证明",
    )

    @model_validator(mode="after")
    def _window_in_order(self) -> Deferral:
        _check_window(self.min_dpd, self.max_dpd)
        return self


class PenaltyWaiver(Group):
    """A share of the penalty forgiven, what stands and what accrues until nothing is owed."""

    share: float = parameter(
        0.0,
        "Share of the penalty forgiven; 0: there is no waiver.",
        unit="share of penalty",
        low=0,
        high=1,
        source="the lender's choice",
        en="Penalty waived",
        zh="罚息减免比例",
    )
    hardships: Hardships = parameter(
        ("job_loss", "illness"),
        "Hardships that entitle to it.",
        unit="kinds",
        source="the lender's choice",
        en="Hardships for waiver",
        zh="可减免的困难类型",
    )
    min_dpd: int = parameter(
        1,
        "Fewest days past due at application.",
        unit="days past due",
        low=0,
        high=360,
        source="the lender's choice",
        en="Waiver from",
        zh="减免最低逾期天数",
    )
    max_dpd: int = parameter(
        180,
        "Most days past due at application.",
        unit="days past due",
        low=0,
        high=360,
        source="the lender's choice",
        en="Waiver up to",
        zh="减免最高逾期天数",
    )
    proof_required: bool = parameter(
        True,
        "Whether papers must prove the hardship.",
        unit="true or false",
        source="the lender's choice",
        en="Proof for waiver",
        zh="减免需提供证明",
    )

    @model_validator(mode="after")
    def _window_in_order(self) -> PenaltyWaiver:
        _check_window(self.min_dpd, self.max_dpd)
        return self


class Desk(Group):
    """The reviewers who decide applications, their minutes and their errors."""

    reviewers: Staff = parameter(
        "unlimited",
        'Reviewers per replica, 0 to 10,000, or "unlimited".',
        unit="people",
        source="the lender's choice",
        en="Reviewers",
        zh="审核员人数",
    )
    minutes_per_reviewer_day: int = parameter(
        420,
        "Minutes a reviewer works a day.",
        unit="minutes",
        low=0,
        high=1_440,
        source=ASSUMPTION,
        en="Reviewer's day",
        zh="审核员每日工作分钟",
    )
    deferral_minutes: int = parameter(
        25,
        "Minutes that a deferral file takes.",
        unit="minutes",
        low=1,
        high=480,
        source=ASSUMPTION,
        en="Deferral file",
        zh="延期申请审核时间",
    )
    waiver_minutes: int = parameter(
        10,
        "Minutes that a waiver file takes.",
        unit="minutes",
        low=1,
        high=480,
        source=ASSUMPTION,
        en="Waiver file",
        zh="减免申请审核时间",
    )
    sensitivity: float = parameter(
        0.9,
        "Chance that somebody in hardship is approved.",
        unit="chance a file",
        low=0,
        high=1,
        source=ASSUMPTION,
        en="Sensitivity of review",
        zh="审核灵敏度",
    )
    specificity: float = parameter(
        0.9,
        "Chance that somebody not in hardship is refused, with papers.",
        unit="chance a file",
        low=0,
        high=1,
        source=ASSUMPTION,
        en="Specificity of review",
        zh="审核特异度",
    )
    specificity_without_proof: float = parameter(
        0.6,
        "The same where no papers are required.",
        unit="chance a file",
        low=0,
        high=1,
        source=ASSUMPTION,
        en="Specificity without papers",
        zh="无证明时的特异度",
    )
    unit_cost_per_minute: int = parameter(
        100,
        "What a reviewer's minute costs.",
        unit="minor units",
        low=0,
        high=1_000_000,
        source="assumption: put in your own",
        en="Cost of a desk minute",
        zh="审核每分钟成本",
    )


class Relief(Group):
    """The instruments of relief and the desk that grants them."""

    deferral: Deferral = Field(default_factory=Deferral, description="Months of deferral.")
    penalty_waiver: PenaltyWaiver = Field(
        default_factory=PenaltyWaiver, description="Penalty forgiven."
    )
    desk: Desk = Field(default_factory=Desk, description="Who decides.")


class Message(Group):
    """The first step of the ladder: a plain reminder."""

    dpd: MessageDays = parameter(
        (1, 3, 7, 14, 21),
        "Days past due on which a message goes out; increasing, 1 to 360, at most 20.",
        unit="days past due",
        source=ASSUMPTION,
        en="Message days",
        zh="短信发送日",
    )
    unit_cost: int = parameter(
        10,
        "What a message costs.",
        unit="minor units",
        low=0,
        high=1_000_000,
        source="assumption: put in your own",
        en="Cost of a message",
        zh="每条短信成本",
    )


class Call(Group):
    """The second step: an agent calls."""

    opens_dpd: int = parameter(
        3,
        "Days past due from which calls are made.",
        unit="days past due",
        low=1,
        high=360,
        source=ASSUMPTION,
        en="Calls from",
        zh="开始电话催收天数",
    )
    early_until_dpd: int = parameter(
        30,
        "Last day past due that counts as early.",
        unit="days past due",
        low=0,
        high=360,
        source=ASSUMPTION,
        en="Early stage up to",
        zh="早期阶段截止天数",
    )
    early_rate: float = parameter(
        1.0,
        "Attempts a day in the early stage, at intensity 1.",
        unit="attempts a day",
        low=0,
        high=5,
        source=ASSUMPTION,
        en="Attempts a day, early",
        zh="早期每日拨打次数",
    )
    late_rate: float = parameter(
        0.5,
        "Attempts a day after it, at intensity 1.",
        unit="attempts a day",
        low=0,
        high=5,
        source=ASSUMPTION,
        en="Attempts a day, late",
        zh="后期每日拨打次数",
    )
    minutes: int = parameter(
        4,
        "Agent's minutes that an attempt takes.",
        unit="minutes",
        low=1,
        high=120,
        source=ASSUMPTION,
        en="Minutes a call",
        zh="每次拨打时间",
    )
    unit_cost: int = parameter(
        150,
        "What an attempt costs.",
        unit="minor units",
        low=0,
        high=1_000_000,
        source="assumption: put in your own",
        en="Cost of a call",
        zh="每次拨打成本",
    )


class Collections(Group):
    """The ladder, its intensity, and the agents who climb it."""

    intensity: float = parameter(
        1.0,
        "Scales the rhythm of contacts: 0 none, 1 as written; at most as many rounds a day.",
        unit="times",
        low=0,
        high=5,
        source="the lender's choice",
        en="Collection intensity",
        zh="催收强度",
    )
    agents: Staff = parameter(
        "unlimited",
        'Agents per replica, 0 to 10,000, or "unlimited".',
        unit="people",
        source="the lender's choice",
        en="Agents",
        zh="催收员人数",
    )
    minutes_per_agent_day: int = parameter(
        420,
        "Minutes an agent works a day.",
        unit="minutes",
        low=0,
        high=1_440,
        source=ASSUMPTION,
        en="Agent's day",
        zh="催收员每日工作分钟",
    )
    priority: Literal["oldest", "largest", "newest"] = parameter(
        "oldest",
        "Whom agents call first: most days past due, largest amount owed, or fewest days past due.",
        unit="choice",
        source="the lender's choice",
        en="Priority of calls",
        zh="拨打优先级",
    )
    message: Message = Field(default_factory=Message, description="Reminders.")
    call: Call = Field(default_factory=Call, description="Calls.")


class Servicing(Group):
    """How payments are booked, lateness is priced and loans are given up."""

    waterfall: Literal["horizontal", "vertical", "principal_first"] = parameter(
        "horizontal",
        "How a payment is booked: by instalment, by component, or principal first past 90 days.",
        unit="choice",
        source="the lender's choice; China's Civil Code 561: costs, interest, principal (V)",
        en="Waterfall",
        zh="还款冲抵顺序",
    )
    penalty_multiple: float = parameter(
        1.5,
        "Penalty rate with ordinary interest, as a multiple of the contract rate.",
        unit="times",
        low=1,
        high=3,
        source="PBoC 2003: 30 to 50 % on top (W)",
        en="Penalty multiple",
        zh="罚息倍数",
    )
    penalty_base: Literal["principal", "principal_and_interest"] = parameter(
        "principal",
        "What bears penalty: overdue principal, or overdue principal and interest.",
        unit="choice",
        source="the lender's choice",
        en="Penalty on",
        zh="罚息基数",
    )
    grace_days: int = parameter(
        3,
        "Days past due before penalty accrues and a due date counts as missed.",
        unit="days past due",
        low=0,
        high=29,
        source="the lender's choice (W)",
        en="Days of grace",
        zh="宽限期天数",
    )
    charge_off_dpd: ChargeOffDpd = parameter(
        180,
        "Days past due at which a loan is written off; a multiple of 30.",
        unit="days past due",
        low=90,
        high=360,
        source="US: 120 closed-end, 180 open-end (V)",
        en="Charge-off at",
        zh="核销逾期天数",
    )


class Policy(Group):
    """Everything that the lender chooses."""

    label: Label = Field(
        default_factory=lambda: Label(en="Business as usual", zh="现行政策"),
        description="What the policy is called.",
    )
    relief: Relief = Field(default_factory=Relief, description="Relief.")
    collections: Collections = Field(default_factory=Collections, description="Collections.")
    servicing: Servicing = Field(default_factory=Servicing, description="Servicing.")
