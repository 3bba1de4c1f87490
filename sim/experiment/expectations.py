"""Expectations held against a comparison: held, contradicted, or not proven - which is not passed.

A mean over replicas is never known exactly, so an expectation holds only if a one-sided confidence
bound of that mean lies beyond the value expected, and is contradicted only if the other side is
proven likewise. ``estimates`` has the bounds.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf, isinf, sqrt
from typing import TYPE_CHECKING, Literal, Unpack, get_args

from sim.experiment.cases import CaseOutcome, simulate_cases
from sim.experiment.compare import Comparison, compare
from sim.experiment.estimates import Estimate, estimate
from sim.experiment.inference import student
from sim.experiment.study import Running
from sim.scenario.expectation import Expectation, unit_of
from sim.scenario.formula import Formula, Term
from sim.scenario.measured import DAY, FIGURE_UNITS, NEVER
from sim.scenario.schema import Scenario
from sim.scenario.world import FEWEST_REPLICAS, MOST_REPLICAS

if TYPE_CHECKING:
    from sim.experiment.drift import Drift

Verdict = Literal["held", "contradicted", "not_proven"]

TIMES, NUMBER = "times", "number"
"""The units of a ratio, and of a formula that is neither a value nor a difference."""


@dataclass(frozen=True)
class Outcome:
    """One expectation and what the run says of it; ``unit`` is that of the number.

    The unit of a ratio is ``times``, that of a case's status ``status``; any formula but a value
    and a difference is a plain ``number``.
    """

    expectation: Expectation
    verdict: Verdict
    unit: str
    estimate: Estimate


@dataclass(frozen=True)
class Checked:
    """What became of one file: its problems, or its outcomes and what they rest on.

    ``comparison`` is None where only cases were asked for; ``broke`` says why a run came to
    nothing. ``drift``: what moved since a record, where it was held against one.
    """

    file: str
    scenario: Scenario | None = None
    problems: tuple[str, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    comparison: Comparison | None = None
    broke: str | None = None
    drift: Drift | None = None

    @property
    def replicas(self) -> int:
        """How many replicas the outcomes rest on."""
        return len(self.comparison.replicas) if self.comparison else 0


def checked(
    file: str, scenario: Scenario, *, whole: bool = False, **running: Unpack[Running]
) -> Checked:
    """Run a scenario and hold it to what it expects; its cases only, if that and not ``whole``."""
    expected = scenario.expectations
    if whole or any(each.case is None for each in expected):
        comparison = compare(scenario, **running)
        return Checked(file, scenario, (), outcomes(comparison), comparison)
    lives = simulate_cases(scenario.world, scenario.policies, scenario.cases) if expected else ()
    return Checked(file, scenario, (), tuple(_of_a_case(each, lives) for each in expected))


def verify(scenario: Scenario, **running: Unpack[Running]) -> tuple[Outcome, ...]:
    """Run ``scenario`` and return the outcomes of its expectations."""
    return checked("", scenario, **running).outcomes


def margin(outcome: Outcome) -> float | None:
    """Return how far the bounds clear what was expected; below 0 where they do not, None unknown.

    It is in the unit of the number: an expectation with a small margin is the next to fail.
    """
    expected, found = outcome.expectation, outcome.estimate
    if found.low is None or found.high is None or expected.equals is not None:
        return None
    rooms = []
    if expected.below is not None:
        rooms.append(expected.below - found.high)
    if expected.above is not None:
        rooms.append(found.low - expected.above)
    room = min(rooms)
    return None if isinf(room) else room


def would_decide(outcome: Outcome, replicas: int) -> int | None:
    """Return about how many replicas would prove the expectation or its contrary.

    It supposes that mean and spread stay as they are in the ``replicas`` there are. None where the
    outcome is decided, and where no number of replicas would do.
    """
    expected, found = outcome.expectation, outcome.estimate
    if outcome.verdict != "not_proven" or expected.case is not None:
        return None
    if found.reason == "few_replicas":
        return FEWEST_REPLICAS
    value, low, high = found.value, found.low, found.high
    if not isinstance(value, float) or low is None or high is None:
        return None
    two_sided = 2 * expected.confidence - 1
    spread = (high - low) / 2 / student(replicas, two_sided) * sqrt(replicas)
    rooms = []
    if expected.below is not None:
        rooms.append(expected.below - value)
    if expected.above is not None:
        rooms.append(value - expected.above)
    wrong = [-room for room in rooms if room < 0]  # one that is surely missed is enough
    room = max(wrong) if wrong else min(rooms)
    if room <= 0 or not spread > 0:
        return None

    def narrow(count: int) -> float:
        return -student(count, two_sided) * spread / sqrt(count)

    most = MOST_REPLICAS
    if -narrow(most) >= room:
        return None
    return bisect_right(range(most), -room, lo=replicas + 1, hi=most, key=narrow)


def outcomes(comparison: Comparison) -> tuple[Outcome, ...]:
    """Return what a comparison says of each expectation of its scenario."""
    return tuple(
        _of_all_borrowers(each, comparison)
        if each.case is None
        else _of_a_case(each, comparison.cases)
        for each in comparison.scenario.expectations
    )


def _of_all_borrowers(expected: Expectation, comparison: Comparison) -> Outcome:
    said = expected.formula
    found = estimate(comparison, said, expected.confidence)
    unit = _unit(said, unit_of(said.terms[0]))
    return Outcome(expected, verdict(expected, found), unit, found)


def _unit(said: Formula, unit: str) -> str:
    """Return the unit of a formula whose first term is in ``unit``."""
    return {"ratio": TIMES, "other": NUMBER}.get(said.shape, unit)


def verdict(expected: Expectation, estimate: Estimate) -> Verdict:
    """Return what an estimate says of an expectation."""
    if expected.equals is not None:
        if estimate.value is None:
            return "not_proven"
        return "held" if estimate.value == expected.equals else "contradicted"
    low, high = estimate.low, estimate.high
    if low is None or high is None:
        return "not_proven"
    below, above = expected.below, expected.above
    if (below is None or high < below) and (above is None or low > above):
        return "held"
    if (below is not None and low >= below) or (above is not None and high <= above):
        return "contradicted"
    return "not_proven"


def _of_a_case(expected: Expectation, lives: Sequence[CaseOutcome]) -> Outcome:
    said = expected.formula
    figures = {(life.case, life.policy): life for life in lives}
    found = exactly(
        said,
        {
            term: getattr(figures[str(expected.case), term.policy], term.metric)
            for term in said.terms
        },
    )
    unit = _unit(said, FIGURE_UNITS[said.terms[0].metric])
    return Outcome(expected, verdict(expected, found), unit, found)


def exactly(said: Formula, figures: Mapping[Term, int | str | None]) -> Estimate:
    """Return the figure of a case, or what follows from two.

    A day that never comes is later than all, and no number to reckon with; no other figure is
    without a number.
    """
    first = said.terms[0]
    if said.shape == "value":
        figure = figures[first]
        if isinstance(figure, str):
            return Estimate(figure, exact=True)
        if figure is None and FIGURE_UNITS[first.metric] == DAY:
            return Estimate(NEVER, inf, inf, exact=True)
    numbers = {term: figure for term, figure in figures.items() if isinstance(figure, int)}
    try:
        value = said.value(numbers) if len(numbers) == len(figures) else None
    except ZeroDivisionError:
        value = None
    if value is None:
        return Estimate(None, reason="no_value")
    return Estimate(value, value, value, exact=True)


def tally(done: Sequence[Outcome]) -> dict[str, int]:
    """Return how many outcomes there are of each verdict."""
    found = [outcome.verdict for outcome in done]
    return {verdict: found.count(verdict) for verdict in get_args(Verdict)}


def as_table(outcome: Outcome) -> dict[str, str | float | None]:
    """Return an outcome for programs; a bound is None where there is none or it is infinite."""
    expected, estimate = outcome.expectation, outcome.estimate
    low, high = (
        None if bound is None or isinf(bound) else bound for bound in (estimate.low, estimate.high)
    )
    return {
        "that": expected.that,
        "case": expected.case,
        "verdict": outcome.verdict,
        "unit": outcome.unit,
        "value": estimate.value,
        "low": low,
        "high": high,
        "confidence": expected.confidence if expected.case is None else None,
        "reason": estimate.reason,
    }
