"""Search: borrowers whom a policy saves, and borrowers whom it harms, on the same luck."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from sim.book import Book
from sim.experiment.simulate import season, simulate
from sim.experiment.story import check_policies
from sim.parameter import ForbearError
from sim.rules import Stock
from sim.rules.origination import originate
from sim.scenario.schema import Scenario
from sim.scenario.words import BASELINE

Fortune = Literal["saved", "harmed"]


@dataclass(frozen=True)
class Found:
    """Numbers of borrowers of one replica, ascending.

    ``saved``: lost under the baseline and not under the policy; ``harmed``: the other way round.
    """

    replica: int
    saved: tuple[int, ...]
    harmed: tuple[int, ...]

    def of(self, fortune: Fortune) -> tuple[int, ...]:
        """Return those of a fortune."""
        return self.saved if fortune == "saved" else self.harmed


def search(
    scenario: Scenario,
    policy: str,
    replica: int = 0,
    on_month: Callable[[int], None] | None = None,
) -> Found:
    """Return whom ``policy`` saves and harms in a replica, as the default rate counts who is lost.

    ``on_month`` is called at every month's end; an error it raises ends the search. Raises
    ForbearError where there is no such policy or replica.
    """
    check_policies(scenario, [policy])
    world = scenario.world
    if not 0 <= replica < world.replicas:
        last = world.replicas - 1
        raise ForbearError(f"no replica {replica}: they are numbered from 0 to {last}")

    def look(_: Book, day: int) -> None:
        if on_month is not None:
            on_month(day)

    seasoned = originate(world, [replica])
    season(seasoned, world, scenario.baseline, on_month)
    lost = {
        name: _lost(simulate(seasoned, world, scenario.policies[name], look))
        for name in (BASELINE, policy)
    }
    before, after = lost[BASELINE], lost[policy]
    return Found(
        replica,
        *(
            tuple(map(int, np.sort(seasoned.number[each])))
            for each in (before & ~after, after & ~before)
        ),
    )


def _lost(book: Book) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Return who is lost at the horizon."""
    lost: np.ndarray[tuple[int], np.dtype[np.bool_]] = Stock(book, book.day - 1).lost()
    return lost
