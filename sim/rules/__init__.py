"""The rules: what happens to rows - array functions by subject, which never import each other."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from sim.book import Book, Int32, Int64, Mask, Rows, Status
from sim.clock import NEVER, YEAR
from sim.facts import balance, days_past_due
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


WITHOUT_PAYMENT_DAYS: Final = 90
FORBORNE_DAYS: Final = YEAR + 2 * YEAR
"""The EU's forborne status: a year of cure, then two of probation."""

LONGEST_RUN: Final = 2**15 - 1
WIDE_ENOUGH: Final = {
    np.dtype(np.bool_): np.int16,
    np.dtype(np.int8): np.int32,
    np.dtype(np.int16): np.int32,
}
"""What the sum of a run of a narrow column fits; NumPy is slow to widen each to 64 bits."""


class Replicas:
    """Sums whole columns by replica: rows of a replica, or of its new loans, lie in runs."""

    def __init__(self, book: Book) -> None:
        """Find the runs of a book, and cut the longest."""
        replica, new = book.replica, book.newcomer
        starts = (replica[1:] != replica[:-1]) | (new[1:] != new[:-1])
        starts[LONGEST_RUN - 1 :: LONGEST_RUN] = True
        self.count = len(book.replicas)
        self.starts = np.concatenate(([0], np.flatnonzero(starts) + 1))
        of_a_run = book.replica_positions(self.starts)
        # new loans belong to one replica more, which is dropped in the end
        self.owner = np.where(new[self.starts], self.count, of_a_run)

    def sum(self, column: npt.NDArray[Any]) -> Totals:
        """Return the column's total in each replica."""
        totals = np.zeros(self.count + 1, dtype=np.int64)
        if column.itemsize < totals.itemsize and not column.any():
            return totals[:-1]  # most counts of what a policy lacks; it is quicker to look
        wide = WIDE_ENOUGH.get(column.dtype, np.int64)
        np.add.at(totals, self.owner, np.add.reduceat(column, self.starts, dtype=wide))
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


class Stock:
    """A book at the close of a day: sums of all loans, and a closer look at a few.

    Most loans are current and paid, and nothing else is to be said of them. Those that are not are
    ``apart``: late, without a payment, or under relief now or not long ago.
    """

    def __init__(self, book: Book, day: int) -> None:
        """Take stock of ``book`` at the close of ``day``."""
        self.book = book
        self.day = day
        self.replicas = Replicas(book)
        self.active: Mask = book.status == Status.ACTIVE
        self.charged_off: Mask = book.status == Status.CHARGED_OFF
        self.owing = {name: self.sum(getattr(book, name)) for name in BALANCES}
        """Totals of what all loans owe, by the column."""
        self.loans = {"borrowers": self.sum(np.ones(len(book), dtype=np.bool_))}
        """The number of loans, of all and in each state."""
        for status, name in Status.names().items():
            self.loans[name] = self.sum(book.status == status)

        self.late: Mask = book.oldest_due_day != NEVER
        eased = _lasts(book.deferral_until_day, day) | _lasts(book.arrangement_until_day, day)
        forborne = known(book.restructured_day) & (book.restructured_day > day - FORBORNE_DAYS)
        unpaid = book.last_payment_day <= day - WITHOUT_PAYMENT_DAYS

        self.apart = self.some(self.late | self.active & (eased | forborne | unpaid))
        rows = self.apart.rows
        self.eased: Mask = eased[rows]
        self.forborne: Mask = forborne[rows]
        self.balance = balance(book, rows)
        self.overdue: Int64 = np.zeros(len(rows), dtype=np.int64)
        """Days past due."""
        late = self.late[rows]
        self.overdue[late] = days_past_due(book, rows[late], day)
        self.bucket = bucket_of(self.overdue)
        """The delinquency bucket."""
        self.silent: Mask = self.active[rows] & unpaid[rows] & (self.balance > 0)
        """Who owes on an active loan and has not paid for 90 days; nothing freezes this."""

    def sum(self, column: npt.NDArray[Any]) -> Totals:
        """Return a column's total in each replica."""
        return self.replicas.sum(column)

    def some(self, which: Mask) -> SomeRows:
        """Return the rows that a mask holds."""
        return SomeRows(self.replicas, np.flatnonzero(which))

    def loans_by(self, kind: Int64, kinds: int) -> Int64:
        """Return active loans by the kind of those apart, shape (kinds, replicas).

        All others are of the first kind.
        """
        counts = self.apart.count_by(kind, kinds)
        counts[0] += self.loans["active"] - counts.sum(axis=0)
        return counts

    def balances_by(self, kind: Int64, kinds: int) -> Int64:
        """Return the balances of loans by kind, in the same way."""
        balances = self.apart.sum_by(kind, kinds, self.balance)
        balances[0] += sum(self.owing.values()) - balances.sum(axis=0)
        return balances

    def defaulted(self) -> Mask:
        """Return who of those at risk has defaulted since."""
        defaulted: Mask = self.book.at_risk & known(self.book.default_day)
        return defaulted

    def lost(self) -> Mask:
        """Return who of those at risk has defaulted since, or is silent."""
        gone = known(self.book.default_day)
        gone[self.apart.rows[self.silent]] = True
        lost: Mask = self.book.at_risk & gone
        return lost


def known(day: Int32) -> Mask:
    """Return whose day, in a column of days, has come or is known to come."""
    comes: Mask = day != NEVER
    return comes


def _lasts(until: Int32, day: int) -> Mask:
    lasts: Mask = (until > day) & known(until)
    return lasts
