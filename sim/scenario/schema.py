"""A scenario: one file, one question - a world, a baseline, policies, cases."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from sim.parameter import Group
from sim.scenario.behaviour import Behaviour
from sim.scenario.borrowers import Household, Loans
from sim.scenario.collections import AfterChargeOff, Collections, Conduct
from sim.scenario.contact import Contact, Strain
from sim.scenario.desk import Desk, Outreach
from sim.scenario.economy import Economy, Shock
from sim.scenario.expectation import Expectation
from sim.scenario.ladder import Call, Court, Message, Notice, Visit
from sim.scenario.offer import Offer
from sim.scenario.policy import Policy, Servicing
from sim.scenario.recovery import CourtRules, Recovery
from sim.scenario.relief import (
    Arrangement,
    Deferral,
    PenaltyWaiver,
    RateReduction,
    Relief,
    Settlement,
    TermExtension,
    WaiverBand,
)
from sim.scenario.words import BASELINE, Label, printable
from sim.scenario.world import World

__all__ = [
    "AfterChargeOff",
    "Arrangement",
    "Behaviour",
    "Call",
    "Case",
    "Collections",
    "Conduct",
    "Contact",
    "Court",
    "CourtRules",
    "Deferral",
    "Desk",
    "Economy",
    "Expectation",
    "Household",
    "Label",
    "Loans",
    "Message",
    "Notice",
    "Offer",
    "Outreach",
    "PenaltyWaiver",
    "Policy",
    "RateReduction",
    "Recovery",
    "Relief",
    "Scenario",
    "Servicing",
    "Settlement",
    "Shock",
    "Spell",
    "Strain",
    "TermExtension",
    "Visit",
    "WaiverBand",
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
    disaster: Spell | None = None
    aware: bool | None = Field(default=None, description="Whether it knows of relief.")
    applies: bool = Field(
        default=False, description="Whether it applies as soon as it may, papers at hand."
    )
    savings_months: float | None = Field(
        default=None, ge=0, le=60, description="Savings, in months of income."
    )

    @model_validator(mode="after")
    def _something_happens(self) -> Case:
        if self.job_loss is None and self.illness is None and self.disaster is None:
            misfortunes = "job_loss, illness or disaster"
            raise ValueError(f"needs {misfortunes}: a case is a person something happens to")
        return self


class Scenario(Group):
    """A resolved scenario: every policy is complete, the baseline first."""

    title: Label
    question: Label
    world: World
    policies: dict[str, Policy]
    cases: tuple[Case, ...] = ()
    expectations: tuple[Expectation, ...] = ()

    @property
    def baseline(self) -> Policy:
        """Return the policy of burn-in, which all others are compared with."""
        return self.policies[BASELINE]
