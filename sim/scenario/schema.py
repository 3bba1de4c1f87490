"""A scenario: one file, one question - a world, a baseline, policies, cases."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from sim.parameter import Group
from sim.scenario.behaviour import Behaviour, Contact, Strain
from sim.scenario.borrowers import Household, Loans
from sim.scenario.policy import Call, Collections, Message, Policy, Servicing
from sim.scenario.relief import Deferral, Desk, PenaltyWaiver, Relief
from sim.scenario.words import Label, printable
from sim.scenario.world import World

__all__ = [
    "Behaviour",
    "Call",
    "Case",
    "Collections",
    "Contact",
    "Deferral",
    "Desk",
    "Household",
    "Label",
    "Loans",
    "Message",
    "PenaltyWaiver",
    "Policy",
    "Relief",
    "Scenario",
    "Servicing",
    "Spell",
    "Strain",
    "World",
]

CaseName = Annotated[str, Field(max_length=80), AfterValidator(printable)]


class Spell(Group):
    """A misfortune of a scripted case: the month it begins (from 1) and how many it lasts."""

    month: int = Field(ge=1, le=120)
    months: int = Field(ge=1, le=60)


class Case(Group):
    """A person to follow through every policy; what is not scripted is drawn."""

    name: CaseName
    label: Label | None = None
    job_loss: Spell | None = None
    illness: Spell | None = None
    aware: bool | None = Field(default=None, description="Whether it knows of relief.")
    applies: bool = Field(
        default=False, description="Whether it applies as soon as it may, papers at hand."
    )
    savings_months: float | None = Field(
        default=None, ge=0, le=60, description="Savings, in months of income."
    )

    @model_validator(mode="after")
    def _something_happens(self) -> Case:
        if self.job_loss is None and self.illness is None:
            raise ValueError("needs job_loss or illness: a case is a person something happens to")
        return self


class Scenario(Group):
    """A resolved scenario: every policy is complete, the baseline first."""

    title: Label
    question: Label
    world: World
    policies: dict[str, Policy]
    cases: tuple[Case, ...] = ()

    @property
    def baseline(self) -> Policy:
        """Return the policy of burn-in, which all others are compared with."""
        return self.policies["baseline"]
