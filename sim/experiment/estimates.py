"""Estimates: the number that a formula comes to over the replicas, and how sure it is.

The number is the formula f of its terms' means m. To first order it errs, replica by replica, as
the sum of df/dm x (x - m) over the terms (the delta method), so its bounds are those of a t
interval of z = f(m) + that sum. For a value, a difference and what else is linear that is the
interval of the paired replicas itself. A formula that divides needs divisors that are surely not
zero; where one is not, nothing is proven.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import fsum, isfinite, isnan, sqrt
from typing import Final, Literal

from sim.experiment.compare import Comparison, yardstick
from sim.experiment.inference import interval
from sim.luck import Floats
from sim.rules.measures import measure, ratio
from sim.scenario.formula import Formula, Term
from sim.scenario.world import FEWEST_REPLICAS

Reason = Literal["few_replicas", "no_value", "no_spread", "small_segment", "divisor_near_zero"]

SEGMENT_METRICS: Final[Mapping[str, tuple[str, str]]] = {
    "default_rate": ("lost", "at_risk"),
    "ever_90_rate": ("defaulted", "at_risk"),
    "charge_off_rate": ("charged_off", "members"),
    "paid_off_rate": ("paid_off", "members"),
    "behind_rate": ("behind", "members"),
    "no_payment_rate": ("no_payment", "members"),
}
"""The entries of a segment whose ratio a metric is; any other is its own entry over members."""
SHARE_OF_LOSSES: Final = "share_of_losses"
ROUNDING: Final = 1e-12
"""What floats may differ by, in their own size, and still be the same."""


@dataclass(frozen=True)
class Estimate:
    """A number and its one-sided confidence bounds.

    ``value`` is a word for a case's status, None where there is no value; the bounds are None where
    nothing can be proven, and ``reason`` says why. ``exact``: it cannot be otherwise, because it is
    a case's or because the policies compared are the same in all of it. ``error`` is the standard
    error, None where the bounds are.
    """

    value: float | str | None
    low: float | None = None
    high: float | None = None
    reason: Reason | None = None
    exact: bool = False
    error: float | None = None


def estimate(comparison: Comparison, said: Formula, confidence: float) -> Estimate:
    """Return what a comparison says of a formula, each bound at ``confidence``."""
    samples = {}
    for term in said.terms:
        values = sample(comparison, term)
        if values is None:
            return Estimate(None, reason="small_segment")
        samples[term] = values.tolist()
    return estimated(said, samples, confidence)


def sample(comparison: Comparison, term: Term) -> Floats | None:
    """Return a number for each replica, NaN where there is none; None of a small segment."""
    if term.month is not None:
        scenario, ledger = comparison.scenario, comparison.ledgers[term.policy]
        cut = {entry: months[: term.month + 1] for entry, months in ledger.items()}
        stick = yardstick(scenario.world, scenario.policies[term.policy])
        return measure(cut, stick)[term.metric]
    if term.segment is None:
        return comparison.metrics[term.policy][term.metric]
    segments = comparison.segments[term.policy]
    if term.segment not in segments:  # too few people to say anything of them
        return None
    entries = segments[term.segment]
    if term.metric == SHARE_OF_LOSSES:
        return ratio(entries["lost"], comparison.ledgers[term.policy]["lost"][-1])
    part, all_of_them = SEGMENT_METRICS.get(term.metric, (term.metric, "members"))
    return ratio(entries[part], entries[all_of_them])


def estimated(
    said: Formula, samples: Mapping[Term, Sequence[float]], confidence: float
) -> Estimate:
    """Return the estimate from a sample of each term, paired by replica.

    What is the same in every replica proves nothing, for what is rare may just not have happened;
    unless it is so because a policy and another do not differ in any replica.
    """
    if any(isnan(value) for values in samples.values() for value in values):
        return Estimate(None, reason="no_value")
    means = {term: fsum(values) / len(values) for term, values in samples.items()}
    try:
        value, errors = linearised(said, samples, means)
        divisors = [linearised(divisor, samples, means)[1] for divisor in said.divisors]
    except ArithmeticError:  # divided by 0, or more than a float holds
        return Estimate(None, reason="no_value")
    if len(errors) < FEWEST_REPLICAS:
        return Estimate(value, reason="few_replicas")
    if any(_may_be_zero(divisor, confidence) for divisor in divisors):
        return Estimate(value, reason="divisor_near_zero")
    if _identical(said, samples):
        return Estimate(value, value, value, exact=True, error=0.0)
    if not _spread(said, samples, means, errors):
        return Estimate(value, reason="no_spread")
    low, high = bounds(errors, confidence)
    return Estimate(value, low, high, error=standard_error(errors))


def linearised(
    said: Formula, samples: Mapping[Term, Sequence[float]], means: Mapping[Term, float]
) -> tuple[float, list[float]]:
    """Return the formula of the means, and what it is replica by replica to first order.

    ZeroDivisionError where it divides by 0, OverflowError where a number is too large.
    """
    value, slopes = said.value(means), said.slopes(means)
    columns = [
        [slope * (each - means[term]) for each in samples[term]] for term, slope in slopes.items()
    ]
    if not all(map(isfinite, (value, *chain.from_iterable(columns)))):
        raise OverflowError
    return value, [fsum((value, *row)) for row in zip(*columns, strict=True)]


def bounds(values: Sequence[float], confidence: float) -> tuple[float, float]:
    """Return the one-sided bounds of the mean, each at ``confidence`` (Student's t).

    Values that are all the same have no spread and bound themselves.
    """
    if min(values) == max(values):
        return values[0], values[0]
    both = 2 * confidence - 1  # what both bounds hold together
    return interval(list(values), both)


def standard_error(values: Sequence[float]) -> float:
    """Return the standard error of the mean of at least two values."""
    count = len(values)
    mean = fsum(values) / count
    return sqrt(fsum((value - mean) ** 2 for value in values) / (count - 1) / count)


def _may_be_zero(values: Sequence[float], confidence: float) -> bool:
    low, high = bounds(values, confidence)
    return low <= 0 <= high


def _identical(said: Formula, samples: Mapping[Term, Sequence[float]]) -> bool:
    """Return whether the number stays because policies do not differ in what it is made of.

    Terms that are the same but for the policy, with the same value in every replica, move together.
    If that moves nothing, wherever they stand, there is nothing to be sure or unsure of.
    """
    groups = {
        term: (term.metric, term.segment, term.month, tuple(samples[term])) for term in said.terms
    }
    distinct = list(dict.fromkeys(groups.values()))
    anywhere = {
        term: 1.2345678 + 0.7654321 * distinct.index(group) for term, group in groups.items()
    }
    together: dict[object, list[float]] = {}
    for term, slope in said.slopes(anywhere).items():
        together.setdefault(groups[term], []).append(slope)
    return all(
        abs(fsum(slopes)) <= ROUNDING * fsum(map(abs, slopes)) for slopes in together.values()
    )


def _spread(
    said: Formula,
    samples: Mapping[Term, Sequence[float]],
    means: Mapping[Term, float],
    values: Sequence[float],
) -> bool:
    """Return whether the replicas differ by more than the rounding of floats."""
    sizes = [
        abs(slope) * max(map(abs, samples[term])) for term, slope in said.slopes(means).items()
    ]
    return max(values) - min(values) > ROUNDING * fsum(sizes)
