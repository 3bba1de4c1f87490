"""Remarks: what a reader of a comparison should know before believing a number of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from sim.lender import relief_desk
from sim.scenario.words import BASELINE

if TYPE_CHECKING:
    from sim.experiment.compare import Comparison
    from sim.scenario.schema import Policy, Scenario

Key = Literal[
    "late_holidays",
    "short_horizon",
    "same_as_baseline",
    "case_after_horizon",
    "shock_after_horizon",
    "short_desk",
    "short_agents",
    "short_visitors",
]


@dataclass(frozen=True)
class Remark:
    """One remark: which, and what its sentence is filled in with; policies and cases by name."""

    key: Key
    values: Mapping[str, str | int | float]


def remarks(comparison: Comparison) -> tuple[Remark, ...]:
    """Return what is to be remarked, the gravest for the reading of the numbers first."""
    scenario = comparison.scenario
    return (
        *_late_holidays(comparison),
        *_short_horizon(scenario),
        *_same_as_baseline(comparison),
        *_cases_after_horizon(scenario),
        *_shocks_after_horizon(scenario),
        *(remark for name in scenario.policies for remark in _short_days(scenario, name)),
    )


def _late_holidays(comparison: Comparison) -> Iterator[Remark]:
    """Yield the policies with deferrals that end in the last half year, or after it."""
    for policy, ledger in comparison.ledgers.items():
        late, ever = (int(ledger[entry][-1].sum()) for entry in ("late_holidays", "deferred_ever"))
        if late:
            yield Remark("late_holidays", {"policy": policy, "share": late / ever})


def _short_horizon(scenario: Scenario) -> Iterator[Remark]:
    """Yield it where a loan can outlive the run: what is lost or paid after it is not seen."""
    reliefs = [policy.relief for policy in scenario.policies.values()]
    added = max(relief.deferral.months + relief.term_extension.months for relief in reliefs)
    longest = max(scenario.world.loans.terms) + added
    if scenario.world.months < longest:
        yield Remark("short_horizon", {"months": scenario.world.months, "longest": longest})


def _same_as_baseline(comparison: Comparison) -> Iterator[Remark]:
    baseline = comparison.ledgers[BASELINE]
    for policy, ledger in comparison.ledgers.items():
        if policy != BASELINE and all(
            np.array_equal(ledger[entry], baseline[entry]) for entry in baseline
        ):
            yield Remark("same_as_baseline", {"policy": policy})


def _shocks_after_horizon(scenario: Scenario) -> Iterator[Remark]:
    months = scenario.world.months
    for number, shock in enumerate(scenario.world.shocks, start=1):
        if shock.month > months:
            values = {"number": number, "month": shock.month, "months": months}
            yield Remark("shock_after_horizon", values)


def _cases_after_horizon(scenario: Scenario) -> Iterator[Remark]:
    for case in scenario.cases:
        spells = (case.job_loss, case.illness, case.disaster)
        late = [spell.month for spell in spells if spell and spell.month > scenario.world.months]
        if late:
            months = {"month": min(late), "months": scenario.world.months}
            yield Remark("case_after_horizon", {"case": case.name, **months})


def _short_days(scenario: Scenario, name: str) -> Iterator[Remark]:
    """Yield the staff whose day is too short for one piece of their work: none is ever done."""
    policy = scenario.policies[name]
    collections, desk = policy.collections, policy.relief.desk
    call, visit = collections.call, collections.visit
    calls = max(call.early_rate, call.late_rate) * collections.intensity > 0
    visits = visit.rate * collections.intensity > 0
    staff: tuple[tuple[Key, int | str, int, int], ...] = (
        ("short_desk", desk.reviewers, desk.minutes_per_reviewer_day, _longest_file(policy)),
        (
            "short_agents",
            collections.agents,
            collections.minutes_per_agent_day,
            call.minutes if calls else 0,
        ),
        (
            "short_visitors",
            visit.visitors,
            visit.minutes_per_visitor_day,
            visit.minutes if visits else 0,
        ),
    )
    for key, people, each, needed in staff:
        if isinstance(people, int) and people * each < needed:
            there = people * each
            yield Remark(key, {"policy": name, "minutes": there, "needed": needed})


def _longest_file(policy: Policy) -> int:
    """Return the minutes of the longest file that the policy's relief can bring to the desk."""
    offers = [each.settings(policy.relief) for each in relief_desk.offered(policy)]
    return max((offer.minutes for offer in offers if offer.offer != "universal"), default=0)
