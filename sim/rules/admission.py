"""Admission: the one rule by which finite minutes are shared out."""

from __future__ import annotations

from typing import Final, Literal

import numpy as np

from sim.book import Int64, Mask

UNLIMITED: Final = 2**62


def minutes_a_day(staff: int | Literal["unlimited"], minutes_each: int, replicas: int) -> Int64:
    """Return the minutes that each replica's staff can work in a day, shape (replicas,)."""
    minutes = UNLIMITED if staff == "unlimited" else staff * minutes_each
    return np.full(replicas, minutes, dtype=np.int64)


def admit(replica: Int64, order: Int64, minutes: Int64, available: Int64) -> Mask:
    """Return who is served: per replica, in ``order``, as long as the running total fits.

    ``order`` ranks all claims and is unique to each; ``replica`` is the position of a claim's
    replica in ``available``, the minutes left. The first that does not fit ends the day.
    """
    sequence = np.lexsort((order, replica))
    owner = replica[sequence]
    total = np.cumsum(minutes[sequence])
    first = np.searchsorted(owner, owner)
    running = total - (total - minutes[sequence])[first]
    admitted = np.empty(len(sequence), dtype=np.bool_)
    admitted[sequence] = running <= available[owner]
    return admitted


def rank(*keys: Int64) -> Int64:
    """Return the rank of each claim by the first key, ties by the second, and so on."""
    sequence = np.lexsort(keys[::-1])
    ranks = np.empty(len(sequence), dtype=np.int64)
    ranks[sequence] = np.arange(len(sequence))
    return ranks
