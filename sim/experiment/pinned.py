"""What targets pin down: how exact fitted numbers are, and which the targets leave open.

With J the slopes of the scaled residuals (each target's distance in its tolerances) by the scaled
parameters (0 to 1 over a parameter's range), targets that err by their tolerances make the fitted
parameters err by (J'J)^-1. The noise of the simulation, another luck giving other moments, adds
(J'J)^-1 J'DJ (J'J)^-1, with D the moments' own squared standard errors in tolerances. Where
singular values of J are small, a combination of parameters hardly moves anything that is fitted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import Final

import numpy as np

from sim.luck import Floats

LOOSE: Final = 1 / 3
"""A parameter whose standard error is more of its range than this is not pinned down."""
LARGE_PART: Final = 0.3
"""The least part in a direction, of length 1, with which a parameter is named."""
CORRELATED: Final = 0.9
NOTHING: Final = 1e-9
"""A singular value below this is 0, but for the rounding of floats."""
UNSEEN: Final = 1e4
"""A standard error of more ranges than this is without end."""


@dataclass(frozen=True)
class Direction:
    """A combination of parameters, by number, that the targets hardly see.

    ``singular_value``: by how many tolerances it moves the targets over a whole range.
    """

    singular_value: float
    parts: dict[int, float]


@dataclass(frozen=True)
class Pinned:
    """What slopes say: a standard error for each parameter, in parts of its range.

    ``errors`` are infinite where nothing holds a parameter; ``of_simulation`` is the part of them
    that more replicas would lower. ``idle``: parameters on which nothing that is fitted depends.
    ``correlated``: pairs of parameters and their correlation.
    """

    errors: tuple[float, ...]
    of_simulation: tuple[float, ...]
    singular_values: tuple[float, ...]
    idle: tuple[int, ...]
    open_directions: tuple[Direction, ...]
    correlated: tuple[tuple[int, int, float], ...]

    @property
    def loose(self) -> tuple[int, ...]:
        """The parameters that are not pinned down."""
        return tuple(at for at, error in enumerate(self.errors) if error > LOOSE)


def pinned(slopes: Floats, noise: Sequence[float]) -> Pinned:
    """Return what slopes of shape (targets, parameters) pin down.

    ``noise`` holds the targets' standard errors by the simulation, in tolerances.
    """
    count = slopes.shape[1]
    _, found, axes = np.linalg.svd(slopes, full_matrices=True)
    strength = np.zeros(count)
    strength[: len(found)] = found
    by_targets = (axes.T / np.maximum(strength, NOTHING) ** 2) @ axes
    spread = np.linalg.pinv(slopes, rcond=NOTHING) * np.asarray(noise)
    by_simulation = spread @ spread.T
    covariance = by_targets + by_simulation
    deviations = np.sqrt(np.diag(covariance))
    idle = [at for at in range(count) if not slopes[:, at].any()]
    return Pinned(
        errors=tuple(inf if each > UNSEEN else each for each in deviations.tolist()),
        of_simulation=tuple(np.sqrt(np.diag(by_simulation)).tolist()),
        singular_values=tuple(strength.tolist()),
        idle=tuple(idle),
        open_directions=tuple(_open(axes, strength, idle)),
        correlated=tuple(_correlated(covariance / np.outer(deviations, deviations))),
    )


def _open(axes: Floats, strength: Floats, idle: Sequence[int]) -> list[Direction]:
    """Return the directions that by themselves leave a parameter loose, the weakest first."""
    found = []
    for axis, value in zip(axes[::-1].tolist(), strength[::-1].tolist(), strict=True):
        largest = max(range(len(axis)), key=lambda at: abs(axis[at]))
        if abs(axis[largest]) <= LOOSE * value:
            continue
        parts = {
            at: part if axis[largest] > 0 else -part
            for at, part in enumerate(axis)
            if abs(part) >= LARGE_PART and at not in idle
        }
        if parts:
            found.append(Direction(value if value > NOTHING else 0.0, parts))
    return found


def _correlated(correlation: Floats) -> list[tuple[int, int, float]]:
    count = len(correlation)
    return [
        (one, other, float(correlation[one, other]))
        for one in range(count)
        for other in range(one + 1, count)
        if abs(correlation[one, other]) > CORRELATED
    ]
