"""The rules: what happens to rows - array functions by subject, which never import each other."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from sim.book import Book, Int64, Mask, Rows
from sim.ledger import Totals

BALANCES: Final = (
    "principal",
    "arrears_principal",
    "arrears_interest",
    "late_interest",
    "deferred_interest",
    "penalty",
    "costs",
)
"""The columns whose sum is the balance of a loan; all are 0 once it has ended."""
BUCKETS: Final = (0, 1, 30, 60, 90, 120)
"""Lower bounds of the delinquency buckets, days past due."""
SPELLS: Final = (
    "spells_under_5_weeks",
    "spells_5_to_14_weeks",
    "spells_15_to_26_weeks",
    "spells_27_weeks_on",
)
"""The entries that count who is without a job, by how long."""

JOB_LOST: Final = np.int8(1)
FELL_ILL: Final = np.int8(2)
MET_DISASTER: Final = np.int8(4)
"""The bits of the column ``shocks_met``."""


def bucket_of(days_past_due: Int64) -> Int64:
    """Return the number of the bucket that each number of days past due lies in."""
    return np.searchsorted(BUCKETS, days_past_due, side="right") - 1


class Replicas:
    """Sums whole columns by replica: rows of a replica, or of its new loans, lie in runs."""

    def __init__(self, book: Book) -> None:
        """Find the runs of a book."""
        replica, new = book.replica, book.newcomer
        change = (replica[1:] != replica[:-1]) | (new[1:] != new[:-1])
        self.count = len(book.replicas)
        self.starts = np.concatenate(([0], np.flatnonzero(change) + 1))
        of_a_run = book.replica_positions(self.starts)
        # new loans belong to one replica more, which is dropped in the end
        self.owner = np.where(new[self.starts], self.count, of_a_run)

    def sum(self, column: npt.NDArray[Any]) -> Totals:
        """Return the column's total in each replica."""
        totals = np.zeros(self.count + 1, dtype=np.int64)
        if column.itemsize < totals.itemsize and not column.any():
            return totals[:-1]  # most counts of what a policy lacks; it is quicker to look
        np.add.at(totals, self.owner, np.add.reduceat(column, self.starts, dtype=np.int64))
        return totals[:-1]


class SomeRows:
    """Some rows, to be counted and summed by replica, new loans left out."""

    def __init__(self, replicas: Replicas, rows: Rows) -> None:
        """Find the replica of each of the rows, which are in ascending order."""
        self.replicas = replicas
        self.rows = rows
        begins = np.searchsorted(rows, replicas.starts)
        self.owner: Int64 = np.repeat(replicas.owner, np.diff(begins, append=len(rows)))

    def count(self, which: Mask | None = None) -> Totals:
        """Return how many there are, or how many of them a mask holds."""
        owner = self.owner if which is None else self.owner[which]
        counts: Totals = np.bincount(owner, minlength=self.replicas.count + 1)[:-1]
        return counts

    def sum(self, values: Int64) -> Totals:
        """Return the total of their values."""
        total: Totals = self.sum_by(np.zeros(len(self.rows), dtype=np.int64), 1, values)[0]
        return total

    def count_by(self, kind: Int64, kinds: int) -> Int64:
        """Return how many there are of each kind, shape (kinds, replicas)."""
        width = self.replicas.count + 1
        counts: Int64 = np.bincount(kind * width + self.owner, minlength=kinds * width)
        return counts.reshape(kinds, width)[:, :-1]

    def sum_by(self, kind: Int64, kinds: int, values: Int64) -> Int64:
        """Return the total of their values for each kind, shape (kinds, replicas)."""
        width = self.replicas.count + 1
        totals = np.zeros(kinds * width, dtype=np.int64)
        np.add.at(totals, kind * width + self.owner, values)
        return totals.reshape(kinds, width)[:, :-1]
