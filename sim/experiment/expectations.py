"""Expectations held against a comparison: held, contradicted, or not proven - which is not passed.

A mean over replicas is never known exactly, so an expectation holds only if a one-sided confidence
bound of that mean lies beyond the value expected, and is contradicted only if the other side is
proven likewise. A difference is taken replica by replica, as everywhere (``inference``).

A ratio is the ratio R of the means of x and y. To first order it errs as the mean of (x - R y) / y,
with y at its mean (the delta method), so its bounds are those of a t interval of x - R y, replica
by replica, divided by the mean of y. That needs a divisor that is surely not zero; where it is not,
nothing is proven.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, inf, isinf, isnan
from typing import Final, Literal, get_args

from sim.experiment.cases import CaseOutcome, simulate_cases
from sim.experiment.compare import Comparison, Progress, compare
from sim.experiment.inference import FEWEST_REPLICAS, interval
from sim.rules.measures import Floats, ratio
from sim.scenario.expectation import Expectation, Formula, Sign, Term
from sim.scenario.measured import FIGURE_UNITS, METRIC_UNITS, NEVER, SEGMENT_UNITS
from sim.scenario.schema import Scenario

Verdict = Literal["held", "contradicted", "not_proven"]
Reason = Literal["few_replicas", "no_value", "small_segment", "divisor_near_zero"]

SEGMENT_ENTRY: Final = {"default_rate": "lost"}
"""The entry of a segment that a metric counts, where it has another name."""


@dataclass(frozen=True)
class Estimate:
    """A number and its one-sided confidence bounds.

    ``value`` is a word for a case's status, None where there is no value; the bounds are None where
    nothing can be proven, and ``reason`` says why. ``exact``: it is the same in every replica.
    """

    value: float | str | None
    low: float | None = None
    high: float | None = None
    reason: Reason | None = None
    exact: bool = False


@dataclass(frozen=True)
class Outcome:
    """One expectation and what the run says of it; ``unit`` is that of the number.

    The unit of a ratio is ``times``, that of a case's status ``status``.
    """

    expectation: Expectation
    verdict: Verdict
    unit: str
    estimate: Estimate


def verify(
    scenario: Scenario, *, jobs: int = 1, progress: Progress | None = None
) -> tuple[Outcome, ...]:
    """Run ``scenario`` and return the outcomes of its expectations; its cases only if that does."""
    expected = scenario.expectations
    if any(each.case is None for each in expected):
        return outcomes(compare(scenario, jobs=jobs, progress=progress))
    lives = simulate_cases(scenario.world, scenario.policies, scenario.cases) if expected else ()
    return tuple(_of_a_case(each, lives) for each in expected)


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
    samples = [_values(comparison, term) for term in said.terms]
    known = [sample.tolist() for sample in samples if sample is not None]
    if len(known) == len(samples):
        estimate = estimated(said.sign, known, expected.confidence)
    else:
        estimate = Estimate(None, reason="small_segment")
    units = METRIC_UNITS if said.first.segment is None else SEGMENT_UNITS
    unit = "times" if said.sign == "/" else units[said.first.metric]
    return Outcome(expected, verdict(expected, estimate), unit, estimate)


def _values(comparison: Comparison, term: Term) -> Floats | None:
    """Return a number for each replica, NaN where there is none; None of a small segment."""
    if term.segment is None:
        return comparison.metrics[term.policy][term.metric]
    segments = comparison.segments[term.policy]
    if term.segment not in segments:  # too few people to say anything of them
        return None
    entries = segments[term.segment]
    return ratio(entries[SEGMENT_ENTRY.get(term.metric, term.metric)], entries["at_risk"])


def estimated(sign: Sign, samples: Sequence[Sequence[float]], confidence: float) -> Estimate:
    """Return the estimate from one sample of replicas, or two that are paired by replica."""
    first, last = samples[0], samples[-1]
    count = len(first)
    if any(isnan(value) for sample in samples for value in sample):
        return Estimate(None, reason="no_value")
    if sign == "/":
        return _ratio(first, last, confidence)
    values = [ours - theirs for ours, theirs in zip(first, last, strict=True)] if sign else first
    mean = fsum(values) / count
    if count < FEWEST_REPLICAS:
        return Estimate(mean, reason="few_replicas")
    return Estimate(mean, *bounds(values, confidence), exact=min(values) == max(values))


def _ratio(above: Sequence[float], below: Sequence[float], confidence: float) -> Estimate:
    count = len(above)
    divisor = fsum(below) / count
    if divisor == 0:
        return Estimate(None, reason="no_value")
    value = fsum(above) / count / divisor
    if count < FEWEST_REPLICAS:
        return Estimate(value, reason="few_replicas")
    least, most = bounds(below, confidence)
    if least <= 0 <= most:
        return Estimate(value, reason="divisor_near_zero")
    errors = [ours - value * theirs for ours, theirs in zip(above, below, strict=True)]
    low, high = bounds(errors, confidence)
    margin = (high - low) / 2 / abs(divisor)
    exact = min(errors) == max(errors)
    return Estimate(value, value - margin, value + margin, exact=exact)


def bounds(values: Sequence[float], confidence: float) -> tuple[float, float]:
    """Return the one-sided bounds of the mean, each at ``confidence`` (Student's t).

    Values that are all the same have no spread and bound themselves.
    """
    if min(values) == max(values):
        return values[0], values[0]
    both = 2 * confidence - 1  # what both bounds hold together
    return interval(list(values), both)


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
    values = [getattr(figures[str(expected.case), term.policy], term.metric) for term in said.terms]
    estimate = exactly(said, values)
    unit = "times" if said.sign == "/" else FIGURE_UNITS[said.first.metric]
    return Outcome(expected, verdict(expected, estimate), unit, estimate)


def exactly(said: Formula, values: Sequence[int | str | None]) -> Estimate:
    """Return the figure of a case; a day that never comes is later than all, and no number."""
    first, last = values[0], values[-1]
    if not said.sign:
        if isinstance(first, str):
            return Estimate(first, exact=True)
        if first is None:
            return Estimate(NEVER, inf, inf, exact=True)
        return Estimate(first, first, first, exact=True)
    if not isinstance(first, int) or not isinstance(last, int) or (said.sign == "/" and last == 0):
        return Estimate(None, reason="no_value")
    value = first - last if said.sign == "-" else first / last
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
