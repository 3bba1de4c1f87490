"""What is assumed of borrowers: the numbers nobody has measured, between what seems plausible."""

from __future__ import annotations

from typing import Final

from sim.parameter import ASSUMPTION, Parameter, parameters
from sim.scenario.world import World

GROUPS: Final = ("behaviour", "contact", "strain", "household", "recovery")
"""Contracts and courts are left out: they can be looked up for a place."""


def assumed() -> tuple[Parameter, ...]:
    """Return the numbers that are at least in part assumed and have a plausible range.

    Only those of one number each: no list, no choice.
    """
    return tuple(
        one
        for one in parameters(World, "world.")
        if one.key.split(".")[1] in GROUPS
        and one.kind in ("integer", "number")
        and ASSUMPTION in one.source
        and one.plausible is not None
    )
