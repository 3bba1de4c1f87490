"""Staff: callers, visitors and judges serve in one way, as far as a day's minutes go."""

from __future__ import annotations

from typing import Literal

import numpy as np

from sim.book import Book, Int32, Int64, Mask, Rows
from sim.rules.admission import admit, minutes_a_day


class Shift:
    """What people of one kind can work on a day, and what they have worked, by replica."""

    def __init__(
        self,
        people: int | Literal["unlimited"],
        minutes_per_person: int,
        minutes_each: int,
        replicas: int,
    ) -> None:
        """Begin the day of ``people`` in each replica, who serve one in ``minutes_each``."""
        self.minutes_each = minutes_each
        self.left = minutes_a_day(people, minutes_per_person, replicas)
        self.worked: Int64 = np.zeros(replicas, dtype=np.int64)

    def serve(self, book: Book, rows: Rows, replica: Int64, key: Int64 | Int32) -> Mask:
        """Return who is served, smallest key first, then smallest number; the minutes are gone."""
        served = np.ones(len(rows), dtype=np.bool_)
        minutes = self._minutes(replica)
        if (minutes > self.left).any():
            each = np.full(len(rows), self.minutes_each, dtype=np.int64)
            served = admit(replica, each, self.left, key, book.number[rows])
            minutes = self._minutes(replica[served])
        self.left -= minutes
        self.worked += minutes
        return served

    def _minutes(self, replica: Int64) -> Int64:
        return np.bincount(replica, minlength=len(self.left)) * self.minutes_each
