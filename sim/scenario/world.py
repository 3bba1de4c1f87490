"""The world: what nobody chooses, and the size of the study."""

from __future__ import annotations

from math import prod
from typing import Annotated, Final

from pydantic import AfterValidator, Field, WithJsonSchema, model_validator

from sim.parameter import Group, parameter
from sim.scenario.behaviour import Behaviour
from sim.scenario.borrowers import Household, Loans
from sim.scenario.contact import Contact, Strain
from sim.scenario.economy import Economy, Shocks
from sim.scenario.recovery import CourtRules, Recovery

LARGEST_STUDY: Final = 100_000_000
"""Borrowers times replicas: more is refused."""
MOST_REPLICAS: Final = 10_000
FEWEST_REPLICAS: Final = 5
"""With fewer, no interval is given: it would rest on the shape of what nobody has seen."""
STEEPEST_RISE: Final = 1_000
"""Times what essentials cost at first: more would leave no room in 64-bit money."""


def _capitals(code: str) -> str:
    if not (len(code) == 3 and code.isascii() and code.isalpha() and code.isupper()):
        raise ValueError("must be three capital letters")
    return code


CurrencyCode = Annotated[
    str,
    AfterValidator(_capitals),
    WithJsonSchema({"type": "string", "pattern": "^[A-Z]{3}$"}),
]


class World(Group):
    """Everything that the lender does not choose."""

    months: int = parameter(
        24,
        "Months simulated under the policies.",
        unit="months",
        low=1,
        high=120,
        source="the study's choice",
        en="Horizon",
        zh="观察期",
    )
    burn_in_months: int = parameter(
        6,
        "Months under the baseline before, so that a seasoned book meets the policies.",
        unit="months",
        low=0,
        high=36,
        source="the study's choice",
        en="Burn-in",
        zh="预热期",
    )
    borrowers: int = parameter(
        5_000,
        "Borrowers in each replica.",
        unit="borrowers",
        low=1,
        high=1_000_000,
        source="the study's choice",
        en="Borrowers",
        zh="借款人数",
    )
    replicas: int = parameter(
        20,
        "Independent portfolios; intervals are computed from them.",
        unit="replicas",
        low=1,
        high=MOST_REPLICAS,
        source="the study's choice",
        en="Replicas",
        zh="副本数",
    )
    seed: int = parameter(
        2026,
        "What all luck is computed from.",
        unit="number",
        low=0,
        high=2**63 - 1,
        source="the study's choice",
        en="Seed",
        zh="随机种子",
    )
    currency: CurrencyCode = parameter(
        "CNY",
        "Name of the money shown; three capital letters, 100 minor units to one.",
        unit="code",
        source="the study's choice",
        en="Currency",
        zh="币种",
    )
    new_loans_per_month: int = parameter(
        0,
        "New loans a month in each replica; they load desk and agents but count in no measure.",
        unit="loans a month",
        low=0,
        high=100_000,
        source="the study's choice",
        en="New loans",
        zh="每月新增贷款",
    )
    discount_bp: int = parameter(
        600,
        "Rate a year at which present values are taken.",
        unit="basis points",
        low=0,
        high=10_000,
        source="the study's choice",
        en="Discount rate",
        zh="折现率",
    )
    loans: Loans = Field(default_factory=Loans, description="Contracts and incomes.")
    household: Household = Field(default_factory=Household, description="Shocks and buffers.")
    behaviour: Behaviour = Field(default_factory=Behaviour, description="How borrowers act.")
    contact: Contact = Field(default_factory=Contact, description="What contacts achieve.")
    strain: Strain = Field(default_factory=Strain, description="What contacts cost.")
    economy: Economy = Field(default_factory=Economy, description="What moves all at once.")
    court: CourtRules = Field(default_factory=CourtRules, description="How courts work.")
    recovery: Recovery = Field(default_factory=Recovery, description="What late debt brings.")
    shocks: Shocks = parameter(
        (),
        "What strikes many borrowers on one day: tables [[world.shocks]], at most 50.",
        unit="tables",
        source="the study's choice",
        en="Shocks",
        zh="冲击",
    )

    @model_validator(mode="after")
    def _of_a_size_to_run(self) -> World:
        if self.borrowers * self.replicas > LARGEST_STUDY:
            raise ValueError(f"borrowers x replicas must be at most {LARGEST_STUDY:,}")
        if self.new_loans_per_month * self.months * self.replicas > LARGEST_STUDY:
            loans = "new_loans_per_month x months x replicas"
            raise ValueError(f"{loans} must be at most {LARGEST_STUDY:,}")
        return self

    @model_validator(mode="after")
    def _prices_stay_within_reason(self) -> World:
        rises = [1 + shock.share for shock in self.shocks if shock.kind == "price_rise"]
        if prod(rises) > STEEPEST_RISE:
            raise ValueError(f"price rises together must be at most {STEEPEST_RISE:,}-fold")
        return self

    @model_validator(mode="after")
    def _shocks_strike_what_there_is(self) -> World:
        for number, shock in enumerate(self.shocks, start=1):
            for name, there in (("regions", self.loans.regions), ("sectors", self.loans.sectors)):
                beyond = [part for part in getattr(shock, name) if part >= there]
                if beyond:
                    strikes = f"shocks[{number}].{name} names {beyond[0]}"
                    raise ValueError(f"{strikes}: they are numbered 0 to {there - 1}")
        return self
