"""Relief: who holds it, who took it of those who could, what became of them, what is pending."""

from __future__ import annotations

from typing import Final

import numpy as np

from sim.book import COLUMNS, Book, Status
from sim.clock import NEVER, YEAR
from sim.ledger import Totals
from sim.rules import Replicas, SomeRows

HALF_A_YEAR: Final = YEAR // 2
"""A deferral that ends later before the horizon leaves too little to be seen of what follows."""
INSTRUMENTS: Final = tuple(
    name.removesuffix("_taken") for name in COLUMNS if name.endswith("_taken")
)


def relief(book: Book, replicas: Replicas, day: int) -> dict[str, Totals]:
    """Return who holds or took relief, who fell into default only after it, what is pending.

    A grant to who has been in default already can prevent no default: it counts in neither.
    """
    until = book.deferral_until_day
    deferred = SomeRows(replicas, np.flatnonzero((until >= 0) & (until != NEVER)))
    begun = book.deferral_from_day[deferred.rows] <= day
    until = until[deferred.rows]
    active = book.status[deferred.rows] == Status.ACTIVE
    granted = (book.relieved_day >= 0) & (book.relieved_day != NEVER)
    granted &= book.default_day > book.relieved_day
    relieved = SomeRows(replicas, np.flatnonzero(granted))
    taken_up = {
        f"{name}_taken_up": replicas.sum(
            getattr(book, f"{name}_eligible") & getattr(book, f"{name}_taken")
        )
        for name in INSTRUMENTS
    }
    pending = np.zeros(len(book), dtype=np.int8)
    for file_day in book.file_days():
        pending += file_day != NEVER
    return {
        "deferral_in_force": deferred.count(active & begun & (until > day)),
        "deferred_ever": deferred.count(),
        "late_holidays": deferred.count(until > day - HALF_A_YEAR),
        "relieved": relieved.count(),
        "redefaulted": relieved.count(book.default_day[relieved.rows] != NEVER),
        "files_pending": replicas.sum(pending),
        **taken_up,
    }
