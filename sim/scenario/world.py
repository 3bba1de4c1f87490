"""The world: what nobody chooses, and the size of the study."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import AfterValidator, Field, WithJsonSchema, model_validator

from sim.parameter import Group, parameter
from sim.scenario.behaviour import Behaviour, Contact, Strain
from sim.scenario.borrowers import Household, Loans

LARGEST_STUDY: Final = 100_000_000
"""Borrowers times replicas: more is refused."""


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
        high=10_000,
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
    loans: Loans = Field(default_factory=Loans, description="Contracts and incomes.")
    household: Household = Field(default_factory=Household, description="Shocks and buffers.")
    behaviour: Behaviour = Field(default_factory=Behaviour, description="How borrowers act.")
    contact: Contact = Field(default_factory=Contact, description="What contacts achieve.")
    strain: Strain = Field(default_factory=Strain, description="What contacts cost.")

    @model_validator(mode="after")
    def _of_a_size_to_run(self) -> World:
        if self.borrowers * self.replicas > LARGEST_STUDY:
            raise ValueError(f"borrowers x replicas must be at most {LARGEST_STUDY:,}")
        return self
