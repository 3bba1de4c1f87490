"""How sure a difference is: the paired t interval by replica, and a verdict that follows from it.

Every policy meets the same luck in the same replica, so the difference is taken replica by replica
and what both share cancels. Replicas are independent, so the mean difference has the textbook
interval of a paired t test (Student 1908). Each interval stands for itself: of twenty metrics that
do not differ at all, one is expected to look as if it did.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum, isnan, nan, sqrt
from typing import TYPE_CHECKING, Final, Literal

from sim.scenario.world import FEWEST_REPLICAS

if TYPE_CHECKING:
    from sim.luck import Floats

CONFIDENCE: Final = 0.95

Verdict = Literal["better", "worse", "different", "not_distinguishable", "identical", "no_interval"]


@dataclass(frozen=True)
class Effect:
    """The difference of a policy from the baseline in one metric.

    ``difference`` is the mean of the paired differences, in the metric's unit (NaN where a replica
    has no value); ``low`` and ``high`` bound its 95 % interval, None where there is none.
    """

    difference: float
    low: float | None
    high: float | None
    replicas: int
    verdict: Verdict


def paired_effect(
    policy: Floats, baseline: Floats, better: Literal["lower", "higher"] | None
) -> Effect:
    """Return the effect of a policy, given one value a replica, in the same order, for both."""
    differences: list[float] = [
        ours - theirs for ours, theirs in zip(policy.tolist(), baseline.tolist(), strict=True)
    ]
    count = len(differences)
    if any(isnan(difference) for difference in differences):
        return Effect(nan, None, None, count, "no_interval")
    mean = fsum(differences) / count
    low, high = interval(differences) if count >= FEWEST_REPLICAS else (None, None)
    if not any(differences):
        return Effect(mean, low, high, count, "identical")
    if low is None or high is None:
        return Effect(mean, None, None, count, "no_interval")
    return Effect(mean, low, high, count, _verdict(low, high, better))


def interval(values: list[float], confidence: float = CONFIDENCE) -> tuple[float, float]:
    """Return the interval of the mean of at least two values, 95 % unless told (Student's t).

    Sums are exact (``fsum``), so that neither the order of the replicas nor the processor matters.
    """
    count = len(values)
    mean = fsum(values) / count
    variance = fsum((value - mean) ** 2 for value in values) / (count - 1)
    margin = student(count, confidence) * sqrt(variance / count)
    return mean - margin, mean + margin


def student(count: int, confidence: float = CONFIDENCE) -> float:
    """Return how many standard errors the interval of a mean of ``count`` values reaches."""
    from scipy.special import stdtrit  # slow to import, and most commands never come here

    return float(stdtrit(count - 1, (1 + confidence) / 2))


def mean_of_defined(values: Floats) -> float:
    """Return the mean over the replicas that have a value, NaN where none has one."""
    defined = [value for value in values.tolist() if not isnan(value)]
    return fsum(defined) / len(defined) if defined else nan


def _verdict(low: float, high: float, better: Literal["lower", "higher"] | None) -> Verdict:
    if low <= 0 <= high:
        return "not_distinguishable"
    if better is None:
        return "different"
    return "better" if (low > 0) == (better == "higher") else "worse"
