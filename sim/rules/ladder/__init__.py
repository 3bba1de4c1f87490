"""The collections ladder: one file per step; this page says who may be worked, and how often."""

from __future__ import annotations

from functools import lru_cache
from math import ceil
from typing import Literal

import numpy as np

from sim.book import Book, Int32, Int64, Mask, Rows, WhyMissed
from sim.clock import NEVER
from sim.facts import arrangement_in_force, deferral_granted, owed


def workable_dpd(book: Book, rows: Rows, day: int) -> Int32:
    """Return the days past due of those whom collections may work on ``day``, 0 of all others."""
    awaited = np.minimum(book.hearing_day[rows], book.promise_day[rows]) != NEVER
    relieved = deferral_granted(book, rows, day) | arrangement_in_force(book, rows, day)
    # without a deferral no days past due stand still: they run to today
    overdue = np.maximum(0, day - book.oldest_due_day[rows])
    overdue[awaited | relieved] = 0
    return overdue


@lru_cache(maxsize=64)
def _on_schedule(dpd: tuple[int, ...]) -> Mask:
    scheduled = np.zeros(max(dpd) + 2, dtype=np.bool_)
    scheduled[list(dpd)] = True
    scheduled.flags.writeable = False
    return scheduled


def falls_on(overdue: Int32, dpd: tuple[int, ...]) -> Mask:
    """Return whose days past due are among those of a schedule, of which there is one at least."""
    scheduled = _on_schedule(dpd)
    return scheduled[np.minimum(overdue, len(scheduled) - 1)]


def rounds(rate: float) -> range:
    """Return the ordinals of the attempts that so many a day can take."""
    return range(1, ceil(rate) + 1)


def attempt_chance(rate: float, ordinal: int) -> float:
    """Return the chance of the ``ordinal``-th attempt of a day at ``rate`` attempts a day.

    Raising the rate only adds attempts: the first ones stay as they were.
    """
    return min(1.0, max(0.0, rate - (ordinal - 1)))


def priority(
    book: Book, rows: Rows, overdue: Int32, first: Literal["oldest", "largest", "newest"]
) -> Int32 | Int64:
    """Return the key by which staff take their work, smallest first."""
    if first == "largest":
        return -owed(book, rows)
    return -overdue if first == "oldest" else overdue


def unwilling(book: Book, rows: Rows) -> Mask:
    """Return who could pay but will not, or waits to be waived something."""
    why = book.why_missed[rows]
    will_not: Mask = (why == WhyMissed.UNWILLING) | (why == WhyMissed.WAITING)
    return will_not


def bring_back(book: Book, rows: Rows) -> None:
    """Let the disengaged deal with the lender again: from now on only means are wanting."""
    book.disengage_day[rows] = NEVER
    book.why_missed[rows] = WhyMissed.UNABLE
