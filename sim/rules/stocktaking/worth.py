"""Worth: how late each balance counts when what is still to come of it is judged."""

from __future__ import annotations

import numpy as np

from sim.book import Book, Int64, Rows, Status
from sim.facts import arrangement_in_force, balance, deferral_granted
from sim.ledger import Totals
from sim.rules import BALANCES, BUCKETS, SomeRows, bucket_of

EASED, SILENT = BUCKETS.index(1), BUCKETS.index(90)
"""The best buckets in which a loan under relief and a silent one count."""


def worth(
    book: Book, late: SomeRows, overdue: Int64, silent: Rows, day: int, taken: dict[str, Totals]
) -> dict[str, Totals]:
    """Return balances by the bucket that counts for what they are worth.

    It is that of the days past due, but no relief makes a loan look like one that is paid, nor does
    the calendar make one that nobody pays look new.
    """
    least = np.zeros(len(book), dtype=np.int64)
    least[silent] = SILENT
    active = np.flatnonzero(book.status == Status.ACTIVE)
    eased = deferral_granted(book, active, day) | arrangement_in_force(book, active, day)
    least[active[eased]] = EASED
    least[late.rows] = np.maximum(least[late.rows], bucket_of(overdue))
    other = SomeRows(late.replicas, np.flatnonzero(least))
    balances = other.sum_by(least[other.rows], len(BUCKETS), balance(book, other.rows))
    balances[0] += sum(taken[name] for name in BALANCES) - balances.sum(axis=0)
    return {f"balance_worth_{lower}": balances[place] for place, lower in enumerate(BUCKETS)}
