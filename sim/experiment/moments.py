"""Simulated moments: what the scenarios of a calibration show with given values, side by side.

Everything meets the luck of its seed, so that a moment moves only by what the values change.
Populations are finite: it moves in steps, and its slopes are taken over wide ones.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from math import isfinite, nan
from typing import Final

import numpy as np

from sim.experiment.compare import Progress, conclude
from sim.experiment.estimates import estimate
from sim.experiment.sharing import batches, largest_batch
from sim.experiment.simulate import BatchLedgers, simulate_batch
from sim.experiment.workers import executor, finished
from sim.luck import Floats
from sim.parameter import ForbearError
from sim.scenario.calibration import Calibration, Target, Values
from sim.scenario.schema import Scenario

STEP: Final = 0.05
"""How far to either side slopes are taken, in parts of a parameter's range."""
CONFIDENCE: Final = 0.975
"""That of bounds which nobody asks for here."""


class CalibrationError(ForbearError):
    """What is to be fitted has no value where the fit begins, or ends."""


@dataclass(frozen=True)
class MomentValue:
    """What a target's formula comes to, NaN where it has no value; and its standard error.

    The error is 0 where the replicas do not tell it.
    """

    value: float
    error: float


Moments = tuple[MomentValue, ...]
"""One for each target."""


def distance(target: Target, value: float) -> float:
    """Return how far a value lies above a target, in the target's tolerances."""
    return (value - target.moment.value) / target.moment.tolerance


def residuals(calibration: Calibration, moments: Moments) -> Floats:
    """Return the distances of all targets that are fitted."""
    return np.array(
        [
            distance(target, measured.value)
            for target, measured in zip(calibration.targets, moments, strict=True)
            if target.moment.fit
        ]
    )


def require_values(calibration: Calibration, moments: Moments, values: Values) -> None:
    """Raise CalibrationError where a moment has no value."""
    for target, measured in zip(calibration.targets, moments, strict=True):
        if not isfinite(measured.value):
            at = ", ".join(f"{key} = {value:g}" for key, value in values.items())
            raise CalibrationError(
                f"{target.file}: {target.moment.that} has no value in every replica with {at}: "
                "take more borrowers"
            )


def around(
    calibration: Calibration, place: Sequence[float]
) -> list[tuple[list[float], list[float]]]:
    """Return for each parameter the places a step below and above, never beyond the bounds."""
    steps = []
    for at, one in enumerate(calibration.ranges):
        below, above = list(place), list(place)
        below[at], above[at] = one.around(place[at], STEP)
        steps.append((below, above))
    return steps


def slopes_from(
    steps: Sequence[tuple[Sequence[float], Sequence[float]]], beside: Sequence[Floats]
) -> Floats:
    """Return the slopes of residuals taken at two places for each; 0 where there was no value."""
    columns = []
    for at, (one, other) in enumerate(steps):
        rise = (beside[2 * at + 1] - beside[2 * at]) / (other[at] - one[at])
        columns.append(np.where(np.isfinite(rise), rise, 0.0))
    return np.column_stack(columns)


class Bench:
    """Where the moments are measured: all that is asked at once runs side by side."""

    def __init__(
        self,
        calibration: Calibration,
        jobs: int,
        progress: Progress | None,
        most: int,
    ) -> None:
        """Measure for ``calibration`` in so many processes, until ``workers`` is left as a context.

        ``most`` is how many evaluations there can be.
        """
        self.calibration = calibration
        self.workers = executor(jobs)
        self.jobs = jobs
        self.progress = progress
        self.most = most
        self.done = 0
        self._report()

    def values(self, place: Sequence[float]) -> Values:
        """Return the values at a place from 0 to 1 for each parameter."""
        return {
            one.key: one.value(at) for one, at in zip(self.calibration.ranges, place, strict=True)
        }

    def moments(self, asked: Sequence[tuple[Values, int]]) -> list[Moments]:
        """Return the moments for each of several values, with the seed of their luck."""
        runs = [
            (number, file, self.calibration.scenario(file, values, seed))
            for number, (values, seed) in enumerate(asked)
            for file in self.calibration.files
        ]
        tasks: list[Callable[[], tuple[int, BatchLedgers]]] = []
        left = []
        for at, (_, _, scenario) in enumerate(runs):
            world = scenario.world
            parts = batches(world.replicas, largest_batch(world))
            left.append(len(parts))
            tasks += (partial(_one_batch, at, scenario, part) for part in parts)
        done: list[list[BatchLedgers]] = [[] for _ in runs]
        measured: list[dict[Target, MomentValue]] = [{} for _ in asked]
        for at, batch in finished(self.workers, tasks):
            done[at].append(batch)
            if len(done[at]) == left[at]:
                number, file, scenario = runs[at]
                measured[number] |= self._measured(file, scenario, done[at])
                done[at] = []
                if len(measured[number]) == len(set(self.calibration.targets)):
                    self.done += 1
                    self._report()
        return [tuple(each[target] for target in self.calibration.targets) for each in measured]

    def _measured(
        self, file: str, scenario: Scenario, done: Sequence[BatchLedgers]
    ) -> dict[Target, MomentValue]:
        comparison = conclude(scenario, done, ())
        found = {}
        for target in self.calibration.targets:
            if target.file == file:
                said = estimate(comparison, target.formula, CONFIDENCE)
                value = said.value if isinstance(said.value, float) else nan
                found[target] = MomentValue(value, said.error or 0.0)
        return found

    def _report(self) -> None:
        if self.progress is not None:
            self.progress(self.done, self.most)


def _one_batch(at: int, scenario: Scenario, replicas: Sequence[int]) -> tuple[int, BatchLedgers]:
    """Return one batch of a scenario with the number it goes by."""
    ran = simulate_batch(scenario.world, scenario.policies, replicas, scenario.cohorts)
    return at, ran
