"""What all instruments of relief have in common: to whom, when and how they are offered."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, Field, model_validator

from sim.parameter import ASSUMPTION, Group, parameter

LENDERS_CHOICE: Final = "the lender's choice"

Hardship = Literal["job_loss", "illness", "disaster", "any"]


def _distinct(kinds: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(kinds)) < len(kinds):
        raise ValueError("must not name anything twice")
    return kinds


Hardships = Annotated[
    tuple[Hardship, ...], Field(strict=False, min_length=1), AfterValidator(_distinct)
]


def from_dpd(default: int) -> Any:
    """Declare the days past due from which an instrument is offered."""
    return parameter(
        default,
        "Fewest days past due at application.",
        unit="days past due",
        low=0,
        high=360,
        source=LENDERS_CHOICE,
        en="Days past due from",
        zh="最低逾期天数",
    )


def up_to_dpd(default: int) -> Any:
    """Declare the days past due up to which an instrument is offered."""
    return parameter(
        default,
        "Most days past due at application.",
        unit="days past due",
        low=0,
        high=360,
        source=LENDERS_CHOICE,
        en="Days past due up to",
        zh="最高逾期天数",
    )


def uses(default: int) -> Any:
    """Declare how often one loan can have an instrument."""
    return parameter(
        default,
        "How often one loan can have it.",
        unit="times per loan",
        low=1,
        high=10,
        source=LENDERS_CHOICE,
        en="Times per loan",
        zh="每笔贷款可用次数",
    )


def file_minutes(default: int) -> Any:
    """Declare what a file for an instrument takes."""
    return parameter(
        default,
        "Reviewer's minutes that a file takes.",
        unit="minutes",
        low=1,
        high=480,
        source=ASSUMPTION,
        en="Minutes a file",
        zh="每份申请审核分钟",
    )


class Offer(Group):
    """To whom an instrument is offered, when, and how it is asked for.

    Each instrument extends this with what it gives, and declares anew the four settings of which it
    has a default of its own.
    """

    hardships: Hardships = parameter(
        ("job_loss", "illness"),
        'Hardships that entitle to it; "any": none is asked for.',
        unit="kinds",
        source=LENDERS_CHOICE,
        en="Hardships",
        zh="适用的困难类型",
    )
    offer: Literal["opt_in", "on_contact", "universal"] = parameter(
        "opt_in",
        "Whether borrowers apply, are asked in a conversation, or have it unless they opt out.",
        unit="choice",
        source=LENDERS_CHOICE,
        en="Way of offering",
        zh="提供方式",
    )
    min_dpd: int = from_dpd(0)
    max_dpd: int = up_to_dpd(90)
    max_uses: int = uses(1)
    max_late_before: int = parameter(
        99,
        "Most times late before, the present one not counted.",
        unit="times late",
        low=0,
        high=99,
        source=LENDERS_CHOICE,
        en="Times late before, at most",
        zh="此前逾期次数上限",
    )
    min_score: int = parameter(
        0,
        "Lowest score; scores lie about 700, 40 less for each time late. 0: none is asked for.",
        unit="points",
        low=0,
        high=1_000,
        source=LENDERS_CHOICE,
        en="Lowest score",
        zh="最低信用分",
    )
    max_balance: int = parameter(
        0,
        "Largest balance of the loan; 0: no limit.",
        unit="minor units",
        low=0,
        high=10**12,
        source=LENDERS_CHOICE,
        en="Largest balance",
        zh="最高余额",
    )
    opens_month: int = parameter(
        0,
        "Month in which it opens, 1 the first; 0: from burn-in on.",
        unit="month",
        low=0,
        high=120,
        source=LENDERS_CHOICE,
        en="Opens in month",
        zh="开放月份",
    )
    closes_month: int = parameter(
        120,
        "Last month of it.",
        unit="month",
        low=1,
        high=120,
        source=LENDERS_CHOICE,
        en="Last month",
        zh="截止月份",
    )
    proof_required: bool = parameter(
        True,
        "Whether papers must prove the hardship.",
        unit="true or false",
        source=LENDERS_CHOICE,
        en="Proof required",
        zh="需提供证明",
    )
    minutes: int = file_minutes(25)

    @model_validator(mode="after")
    def _in_order(self) -> Offer:
        if self.min_dpd > self.max_dpd:
            raise ValueError(f"min_dpd ({self.min_dpd}) must not exceed max_dpd ({self.max_dpd})")
        if self.opens_month > self.closes_month:
            months = f"opens_month ({self.opens_month}) must not exceed closes_month"
            raise ValueError(f"{months} ({self.closes_month})")
        return self
