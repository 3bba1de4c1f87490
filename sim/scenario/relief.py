"""Relief: the instruments a lender can offer, and the desk that grants them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from sim.parameter import ASSUMPTION, Group, parameter
from sim.scenario.staff import Staff

Hardship = Literal["job_loss", "illness"]


def _distinct(kinds: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(kinds)) < len(kinds):
        raise ValueError("must not name anything twice")
    return kinds


def _check_window(min_dpd: int, max_dpd: int) -> None:
    if min_dpd > max_dpd:
        raise ValueError(f"min_dpd ({min_dpd}) must not exceed max_dpd ({max_dpd})")


Hardships = Annotated[
    tuple[Hardship, ...], Field(strict=False, min_length=1), AfterValidator(_distinct)
]


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
