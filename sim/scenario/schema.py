"""A scenario: one file, one question - a world, a baseline, policies, cases."""

from __future__ import annotations

import re
from typing import Annotated, Final

from pydantic import AfterValidator, Field, WithJsonSchema, model_validator

from sim.parameter import Group
from sim.scenario.behaviour import Behaviour
from sim.scenario.borrowers import Household, Loans
from sim.scenario.collections import AfterChargeOff, Collections, Conduct
from sim.scenario.contact import Contact, Strain
from sim.scenario.desk import Desk, Outreach
from sim.scenario.economy import Economy, Shock
from sim.scenario.evidence import EvidenceNote, Finding
from sim.scenario.expectation import Expectation
from sim.scenario.formula import is_month, whole
from sim.scenario.ladder import Call, Court, Message, Notice, Visit
from sim.scenario.measured import SEGMENTS
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
    "Cohort",
    "Collections",
    "Conduct",
    "Contact",
    "Court",
    "CourtRules",
    "Deferral",
    "Desk",
    "Economy",
    "EvidenceNote",
    "Expectation",
    "Finding",
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
COHORT_NAME: Final = "[a-z][a-z0-9_]{0,39}"
MOST_DPD: Final = 10_000


class Spell(Group):
    """A misfortune of a scripted case: the month it begins (from 1) and how many it lasts."""

    month: int = Field(ge=1, le=120, description="The month on whose first day it begins.")
    months: int = Field(ge=1, le=60, description="How many months it lasts.")


class Case(Group):
    """A person to follow through every policy; what is not scripted is drawn."""

    name: CaseName = Field(description="What expectations and forbear story call it.")
    label: Label | None = Field(default=None, description="What people call it.")
    job_loss: Spell | None = Field(default=None, description="When it is without a job.")
    illness: Spell | None = Field(default=None, description="When it is ill.")
    disaster: Spell | None = Field(default=None, description="When a disaster strikes it.")
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


def _of_a_cohort(name: str) -> str:
    """Return the name; ValueError if it is none, or that of something else in brackets."""
    if not re.fullmatch(COHORT_NAME, name):
        raise ValueError("must be a small letter and up to 39 more small letters, digits or _")
    if is_month(name):
        raise ValueError("is the name of a month: choose another")
    if whole(name) in SEGMENTS:
        raise ValueError(f"is the name of a segment, {whole(name)}: choose another")
    return name


class Cohort(Group):
    """Borrowers told of by themselves: all who were so many days past due on the eve of day 0."""

    name: Annotated[
        str,
        AfterValidator(_of_a_cohort),
        WithJsonSchema({"type": "string", "pattern": f"^{COHORT_NAME}$"}),
    ] = Field(description="What stands in the brackets of a formula.")
    min_dpd: int = Field(
        default=0, ge=0, le=MOST_DPD, description="The fewest days past due on that eve."
    )
    max_dpd: int = Field(
        default=MOST_DPD, ge=0, le=MOST_DPD, description="The most days past due on it."
    )
    label: Label | None = Field(default=None, description="What it is called.")

    @model_validator(mode="after")
    def _holds_somebody(self) -> Cohort:
        if self.min_dpd > self.max_dpd:
            raise ValueError(f"min_dpd ({self.min_dpd}) must be at most max_dpd ({self.max_dpd})")
        return self


class Scenario(Group):
    """A resolved scenario: every policy is complete, the baseline first."""

    title: Label
    question: Label
    world: World
    policies: dict[str, Policy]
    cases: tuple[Case, ...] = ()
    cohorts: tuple[Cohort, ...] = ()
    expectations: tuple[Expectation, ...] = ()
    evidence: EvidenceNote | None = None

    @property
    def baseline(self) -> Policy:
        """Return the policy of burn-in, which all others are compared with."""
        return self.policies[BASELINE]
