"""The calendar (30/360) and the timetable of the lender's day.

A month is 30 days. Day 0 is the day the policies start, burn-in days are negative. The clock counts
integer ticks, so that two operations of one day never tie.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum
from typing import Final

MONTH: Final = 30
YEAR: Final = 360
NEVER: Final = 2**30
"""The day that does not come."""

CYCLES: Final = 10
"""Billing cycles: due days are 0, 3, ..., 27 of each month."""
CYCLE_STEP: Final = MONTH // CYCLES


class Slot(IntEnum):
    """The operations of a day, in the order in which they run."""

    OPENING = 0
    SHOCKS = 1
    BILLING = 2
    PAYMENTS = 3
    RELIEF_DESK = 4
    COLLECTIONS = 5
    COURT = 6
    CLOSE = 7


def tick(day: int, slot: Slot) -> int:
    """Return the time at which ``slot`` of ``day`` runs."""
    return day * len(Slot) + slot


def cycle_due_on(day: int) -> int | None:
    """Return the billing cycle whose due day is ``day``, or None."""
    cycle, rest = divmod(day % MONTH, CYCLE_STEP)
    return None if rest else cycle


def due_days(cycle: int, first_day: int, until_day: int) -> Iterator[int]:
    """Yield the due days of ``cycle`` from ``first_day`` up to, not including, ``until_day``."""
    start = first_day + (CYCLE_STEP * cycle - first_day) % MONTH
    yield from range(start, until_day, MONTH)


def ends_month(day: int) -> bool:
    """Return whether ``day`` is the last of its month."""
    return (day + 1) % MONTH == 0
