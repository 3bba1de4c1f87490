"""Whether what a policy does has changed from one run to another, or only its luck.

Where both runs drew the same luck in the same replicas, the change is taken replica by replica
(Student 1908); else the two runs are independent samples of unequal variance (Welch 1947). Each
change has its own 95 % interval, and whoever looks at many sees some leave zero out by chance
alone. So a change is *beyond noise* only if it stays significant among all that were compared, at a
false discovery rate of 5 % (Benjamini and Hochberg 1995): where nothing has changed, that finds
anything in at most about one comparison of runs in twenty.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import fsum, nan, sqrt
from typing import Final, Literal

import numpy as np

from sim.experiment.inference import CONFIDENCE, mean_of_defined
from sim.luck import Floats
from sim.scenario.world import FEWEST_REPLICAS

ROUNDING: Final = 1e-9
"""Differences of no more than this part of what differs are a rounding of floats, and none."""

Moved = Literal[
    "better", "worse", "different", "chance", "not_distinguishable", "identical", "no_interval"
]
BEYOND_NOISE: Final = ("better", "worse", "different")


@dataclass(frozen=True)
class Change:
    """How one effect of a policy, or a level of the baseline, has changed; in the metric's unit.

    ``before`` and ``after`` are means over the replicas, ``difference`` is the change; NaN where a
    replica has no value. ``low`` and ``high`` bound its 95 % interval, None where there is none;
    ``p`` is the chance of a change as large where there is none. ``chance``: its own interval
    leaves zero out, but so would one of so many by chance.
    """

    policy: str
    metric: str
    before: float
    after: float
    difference: float
    low: float | None
    high: float | None
    p: float | None
    paired: bool
    verdict: Moved

    @property
    def is_beyond_noise(self) -> bool:
        """Whether it is told from noise among all that were compared."""
        return self.verdict in BEYOND_NOISE


def change(policy: str, metric: str, before: Floats, after: Floats, *, paired: bool) -> Change:
    """Return the change from ``before`` to ``after``, one value a replica, as if it were alone.

    Paired, both hold the same replicas in the same order.
    """
    ends = mean_of_defined(before), mean_of_defined(after)
    nothing = Change(policy, metric, *ends, nan, None, None, None, paired, "no_interval")
    if np.isnan(before).any() or np.isnan(after).any():
        never = np.isnan(before).all() and np.isnan(after).all()
        same = never or (paired and np.array_equal(before, after, equal_nan=True))
        return replace(nothing, verdict="identical") if same else nothing
    smallest = ROUNDING * max(float(np.abs(before).max()), float(np.abs(after).max()))
    freedom: float
    if paired:
        differences = after - before
        differences[np.abs(differences) <= smallest] = 0.0
        difference, error, freedom = _mean(differences)
        same = not differences.any()
    else:
        (old, old_error, old_freedom), (new, new_error, new_freedom) = _mean(before), _mean(after)
        difference = new - old if abs(new - old) > smallest else 0.0
        error = sqrt(old_error**2 + new_error**2)
        freedom = _welch(old_error, old_freedom, new_error, new_freedom)
        same = not difference and not error
    if same:
        return replace(nothing, difference=0.0, low=0.0, high=0.0, verdict="identical")
    if min(len(before), len(after)) < FEWEST_REPLICAS:
        return replace(nothing, difference=difference)
    from scipy.special import stdtr, stdtrit  # slow to import

    margin = float(stdtrit(freedom, (1 + CONFIDENCE) / 2)) * error
    p = 2 * float(stdtr(freedom, -abs(difference) / error)) if error else 0.0
    low, high = difference - margin, difference + margin
    verdict: Moved = "not_distinguishable" if low <= 0 <= high else "different"
    return replace(nothing, difference=difference, low=low, high=high, p=p, verdict=verdict)


def among_all(
    changes: Sequence[Change], better: dict[str, Literal["lower", "higher"] | None]
) -> tuple[Change, ...]:
    """Return the changes with the verdicts they have among all of them.

    ``better``: metric -> in which direction it is good.
    """
    bound = threshold([each.p for each in changes if each.p is not None])

    def judged(each: Change) -> Change:
        if each.verdict != "different":
            return each
        if each.p is None or each.p > bound:
            return replace(each, verdict="chance")
        good = better[each.metric]
        if good is None:
            return each
        return replace(
            each, verdict="better" if (each.difference > 0) == (good == "higher") else "worse"
        )

    return tuple(map(judged, changes))


def threshold(ps: Sequence[float]) -> float:
    """Return the largest p that counts among all, -1 if none does (Benjamini-Hochberg)."""
    rate = 1 - CONFIDENCE
    passing = [p for rank, p in enumerate(sorted(ps), 1) if p <= rate * rank / len(ps)]
    return max(passing, default=-1.0)


def _mean(values: Floats) -> tuple[float, float, int]:
    """Return the mean, its standard error and the degrees of freedom of that; sums are exact."""
    numbers: list[float] = values.tolist()
    count = len(numbers)
    mean = fsum(numbers) / count
    if count == 1:
        return mean, nan, 0
    variance = fsum((number - mean) ** 2 for number in numbers) / (count - 1)
    return mean, sqrt(variance / count), count - 1


def _welch(old_error: float, old_freedom: int, new_error: float, new_freedom: int) -> float:
    """Return the degrees of freedom of the difference of two means (Welch-Satterthwaite)."""
    if not (old_freedom and new_freedom and (old_error or new_error)):
        return 1.0
    old, new = old_error**2, new_error**2
    return (old + new) ** 2 / (old**2 / old_freedom + new**2 / new_freedom)
