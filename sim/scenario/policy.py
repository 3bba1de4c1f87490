"""The policy: what the lender chooses - relief, collections, servicing."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from sim.parameter import ASSUMPTION, Group, increasing, parameter
from sim.scenario.relief import Relief
from sim.scenario.staff import Staff
from sim.scenario.words import Label

LAST_MESSAGE_DPD = 360

MessageDay = Annotated[int, Field(ge=1, le=LAST_MESSAGE_DPD)]
MessageDays = Annotated[
    tuple[MessageDay, ...], Field(strict=False, max_length=20), AfterValidator(increasing)
]
ChargeOffDpd = Annotated[int, Field(multiple_of=30)]


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
        "Scales the rhythm of contacts: 0 none, 1 as written, 2 twice as many.",
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
        source="assumption; US rules: 120 for closed-end loans, 180 for open-end (V)",
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
