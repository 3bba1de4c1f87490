"""The collections ladder: one file per step."""

from __future__ import annotations

from math import ceil

from sim.luck import Floats


def rounds(rate: float) -> range:
    """Return the ordinals of the attempts that so many a day can take."""
    return range(1, ceil(rate) + 1)


def attempt_chance(rate: Floats, ordinal: int) -> Floats:
    """Return the chance of the ``ordinal``-th attempt of a day at ``rate`` attempts a day.

    Raising the rate only adds attempts: the first ones stay as they were.
    """
    return (rate - (ordinal - 1)).clip(0.0, 1.0)
