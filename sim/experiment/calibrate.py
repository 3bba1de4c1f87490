"""Fit numbers of a book's world to what it is to show: simulated moments on common luck.

The residual of a target is its distance from what the scenario shows, in the target's tolerances;
the sum of their squares is made small by ``scipy.optimize.least_squares`` on common luck.

The values found are rounded, and all that is said is said of the rounded ones: what they give, how
far the targets pin them down, and what they give on luck that the fit has not seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import Final, Literal

import numpy as np

from sim.experiment.compare import Progress
from sim.experiment.moments import (
    STEP,
    Bench,
    Moments,
    MomentValue,
    around,
    distance,
    require_values,
    residuals,
    slopes_from,
)
from sim.experiment.pinned import Pinned, pinned
from sim.luck import Floats
from sim.scenario.calibration import Calibration, Range, Target

EVALUATIONS: Final = 200
ENOUGH: Final = 1e-3
"""Steps and gains smaller than this part end the search: finite populations show no finer."""
LITTLE: Final = 0.05
"""So does a step that lowers the sum of squares, in squared tolerances, by no more than this."""
NEAR_A_BOUND: Final = 0.01
"""In parts of the range."""
MOST_TOLERANCES: Final = 2.0
"""A target is met if it is not farther away than this."""


@dataclass(frozen=True)
class FittedParameter:
    """A parameter as it was found; errors in its unit, None where nothing was fitted.

    ``error`` is infinite where nothing holds the parameter; ``of_simulation`` is the part of it
    that more replicas would lower.
    """

    range: Range
    value: float
    error: float | None = None
    of_simulation: float | None = None
    pinned: bool = True

    @property
    def at_bound(self) -> Literal["low", "high"] | None:
        """The bound that the value lies at."""
        place = self.range.scaled(self.value)
        if NEAR_A_BOUND <= place <= 1 - NEAR_A_BOUND:
            return None
        return "low" if place < NEAR_A_BOUND else "high"


@dataclass(frozen=True)
class FittedMoment:
    """A target, what the fitted book shows, and what it shows on luck that was held back."""

    target: Target
    fitted: MomentValue
    held_back: MomentValue

    @property
    def off(self) -> float:
        """How far off the target it is on the luck held back, in tolerances."""
        return distance(self.target, self.held_back.value)

    @property
    def met(self) -> bool:
        """Whether it is met on the luck held back."""
        return abs(self.off) <= MOST_TOLERANCES

    @property
    def met_when_fitted(self) -> bool:
        """Whether it is met on the luck of the fit."""
        return abs(distance(self.target, self.fitted.value)) <= MOST_TOLERANCES


@dataclass(frozen=True)
class Fit:
    """What a calibration came to; ``found`` is None where nothing was fitted but only checked."""

    calibration: Calibration
    parameters: tuple[FittedParameter, ...]
    moments: tuple[FittedMoment, ...]
    found: Pinned | None
    evaluations: int
    settled: bool
    """Whether the search ended by itself, not for want of evaluations."""

    @property
    def values(self) -> dict[str, float]:
        """The fitted values by dotted key."""
        return {each.range.key: each.value for each in self.parameters}

    @property
    def fitted_moments(self) -> tuple[FittedMoment, ...]:
        """The moments that are not held back."""
        return tuple(each for each in self.moments if each.target.moment.fit)

    @property
    def holds(self) -> bool:
        """Whether all that is fitted is met, and the targets determine every parameter."""
        return all(each.met for each in self.fitted_moments) and all(
            each.pinned for each in self.parameters
        )

    def chi_square(self, *, held_back: bool) -> float:
        """Return the sum of squared distances of what is fitted, on either luck."""
        return sum(
            distance(each.target, (each.held_back if held_back else each.fitted).value) ** 2
            for each in self.fitted_moments
        )

    @property
    def degrees(self) -> int:
        """Targets fitted less parameters; nothing is fitted by a check."""
        free = 0 if self.found is None else len(self.parameters)
        return len(self.fitted_moments) - free


def calibrate(
    calibration: Calibration,
    *,
    jobs: int = 1,
    evaluations: int = EVALUATIONS,
    progress: Progress | None = None,
) -> Fit:
    """Return the fit, searched for with at most so many ``evaluations`` and measured after that.

    ``progress`` is called with the evaluations done and the most there can be. Raises ScenarioError
    if values do not go together, CalibrationError if a moment has no value where it is needed, and
    WorkerError when a worker process dies.
    """
    ranges = calibration.ranges
    measuring = 2 * len(ranges) + 2
    bench = Bench(calibration, jobs, progress, evaluations + measuring)
    with bench.workers:
        search = Search(bench, evaluations)
        settled = search.run()
        values = {
            one.key: one.rounded(one.value(place))
            for one, place in zip(ranges, search.best, strict=True)
        }
        here = [one.scaled(values[one.key]) for one in ranges]
        steps = around(calibration, here)
        lucks = [(values, calibration.seed), (values, calibration.held_back_seed)]
        fitted, held_back, *beside = bench.moments(
            [*lucks, *((bench.values(place), calibration.seed) for pair in steps for place in pair)]
        )
    for moments in (fitted, held_back):
        require_values(calibration, moments, values)
    noise = [
        measured.error / target.moment.tolerance
        for target, measured in zip(calibration.targets, fitted, strict=True)
        if target.moment.fit
    ]
    slopes = slopes_from(steps, [residuals(calibration, moments) for moments in beside])
    found = pinned(slopes, noise)
    parameters = tuple(
        FittedParameter(
            one,
            values[one.key],
            found.errors[at] * one.slope(values[one.key]),
            found.of_simulation[at] * one.slope(values[one.key]),
            at not in found.loose,
        )
        for at, one in enumerate(ranges)
    )
    return Fit(
        calibration, parameters, paired(calibration, fitted, held_back), found, bench.done, settled
    )


def check(calibration: Calibration, *, jobs: int = 1, progress: Progress | None = None) -> Fit:
    """Return what the book shows as it is, on both lucks; raises what ``calibrate`` does."""
    values = {one.key: one.start for one in calibration.ranges}
    bench = Bench(calibration, jobs, progress, 2)
    with bench.workers:
        fitted, held_back = bench.moments(
            [(values, calibration.seed), (values, calibration.held_back_seed)]
        )
    for moments in (fitted, held_back):
        require_values(calibration, moments, values)
    parameters = tuple(FittedParameter(one, one.start) for one in calibration.ranges)
    both = paired(calibration, fitted, held_back)
    return Fit(calibration, parameters, both, None, bench.done, settled=True)


def paired(
    calibration: Calibration, fitted: Moments, held_back: Moments
) -> tuple[FittedMoment, ...]:
    """Return the moments with what both lucks say of them."""
    return tuple(map(FittedMoment, calibration.targets, fitted, held_back))


class _Spent(Exception):  # noqa: N818
    """There are no evaluations left."""


class _Settled(Exception):  # noqa: N818
    """The last step gained next to nothing."""


class Search:
    """A least-squares search that remembers the best place it has been to."""

    def __init__(self, bench: Bench, evaluations: int) -> None:
        """Search on ``bench`` with at most so many evaluations."""
        self.bench = bench
        self.evaluations = evaluations
        ranges = bench.calibration.ranges
        self.best = [one.scaled(one.start) for one in ranges]
        self.least = inf
        self.before = inf
        self.both_sides = False
        self.there: Floats = np.zeros(0)

    def run(self) -> bool:
        """Search; return whether it ended before the evaluations did."""
        from scipy.optimize import least_squares  # slow to import, and few commands come here

        start = [min(max(place, STEP / 2), 1 - STEP / 2) for place in self.best]
        try:
            least_squares(
                self.residuals,
                start,
                self.slopes,
                bounds=(0.0, 1.0),
                method="trf",
                xtol=ENOUGH,
                ftol=ENOUGH,
                gtol=None,
            )
        except _Spent:
            return False
        except _Settled:
            return True
        return True

    def residuals(self, place: Floats) -> Floats:
        """Return the residuals at a place; those where it begins must have a value."""
        calibration = self.bench.calibration
        (moments,) = self._moments([place.tolist()])
        found = residuals(calibration, moments)
        cost = float(found @ found)
        if self.least == inf:
            require_values(calibration, moments, self.bench.values(place.tolist()))
        if cost < self.least:
            self.least, self.best, self.there = cost, place.tolist(), found
        return found

    def slopes(self, place: Floats) -> Floats:
        """Return the slopes of the residuals at a place that a step led to: the best so far.

        They are taken to one side, towards the middle of a range, which is half the work; to both
        sides once that gains next to nothing.
        """
        if self.before - self.least <= LITTLE:
            if self.both_sides:
                raise _Settled
            self.both_sides = True
        self.before = self.least
        calibration, centre = self.bench.calibration, place.tolist()
        steps = around(calibration, centre)
        if self.both_sides:
            moments = self._moments([each for pair in steps for each in pair])
            return slopes_from(steps, [residuals(calibration, each) for each in moments])
        inwards = [
            above if above[at] - centre[at] >= centre[at] - below[at] else below
            for at, (below, above) in enumerate(steps)
        ]
        beside = [residuals(calibration, each) for each in self._moments(inwards)]
        return slopes_from(
            [(centre, there) for there in inwards],
            [each for found in beside for each in (self.there, found)],
        )

    def _moments(self, places: Sequence[Sequence[float]]) -> list[Moments]:
        if len(places) > self.evaluations:
            raise _Spent
        self.evaluations -= len(places)
        seed = self.bench.calibration.seed
        return self.bench.moments([(self.bench.values(place), seed) for place in places])
