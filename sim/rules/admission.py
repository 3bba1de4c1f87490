"""Admission: the one rule by which finite minutes are shared out."""

from __future__ import annotations

from typing import Final, Literal

import numpy as np

from sim.book import Int8, Int32, Int64, Mask

IntegerKey = Int64 | Int32 | Int8

UNLIMITED: Final = 2**62


def minutes_a_day(staff: int | Literal["unlimited"], minutes_each: int, replicas: int) -> Int64:
    """Return the minutes that each replica's staff can work in a day, shape (replicas,)."""
    minutes = UNLIMITED if staff == "unlimited" else staff * minutes_each
    return np.full(replicas, minutes, dtype=np.int64)


def admit(replica: Int64, minutes: Int64, available: Int64, *order: IntegerKey) -> Mask:
    """Return who is served: per replica, by the keys of ``order``, while the running total fits.

    ``replica`` is the position of a claim's replica in ``available``, the minutes left. The first
    key counts first; together they are unique to a claim. The first claim that does not fit ends
    the day.
    """
    sequence = np.lexsort((*order[::-1], replica))
    owner = replica[sequence]
    total = np.cumsum(minutes[sequence])
    first = np.searchsorted(owner, owner)
    running = total - (total - minutes[sequence])[first]
    admitted = np.empty(len(sequence), dtype=np.bool_)
    admitted[sequence] = running <= available[owner]
    return admitted


def minutes_worked(replica: Int64, minutes: Int64, available: Int64) -> Int64:
    """Return the total of the minutes in each replica, in the shape of ``available``."""
    total = np.zeros(len(available), dtype=np.int64)
    np.add.at(total, replica, minutes)
    return total
