"""Facts: what a row implies but does not store - arrears, days past due, hardship, cash."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from sim.book import Book, Int64, Mask, Rows
from sim.clock import MONTH, NEVER
from sim.money import ceil_div

DEFAULT_DPD = 90
"""Days past due at which a loan is in default."""


def arrears(book: Book, rows: Rows) -> Int64:
    """Return what was billed and is unpaid, money."""
    return book.arrears_principal[rows] + book.arrears_interest[rows]


def late_rows(book: Book) -> Rows:
    """Return all borrowers with arrears; a loan that has ended has none."""
    return np.flatnonzero((book.arrears_principal | book.arrears_interest) > 0)


def owed(book: Book, rows: Rows) -> Int64:
    """Return all that is payable now, money: arrears, late interest and penalty."""
    return arrears(book, rows) + book.late_interest[rows] + book.penalty[rows]


def unpaid_instalments(book: Book, rows: Rows) -> Int64:
    """Return how many instalments are not fully paid."""
    return ceil_div(arrears(book, rows), book.instalment[rows])


def oldest_due_day(book: Book, rows: Rows) -> Int64:
    """Return the due day of the oldest unpaid instalment; meaningless where none is unpaid."""
    return book.last_billed_due_day[rows] - MONTH * (unpaid_instalments(book, rows) - 1)


def deferral_in_force(book: Book, rows: Rows, day: int) -> Mask:
    """Return whose instalments are deferred on ``day``."""
    return (book.deferral_from_day[rows] <= day) & (day < book.deferral_until_day[rows])


def deferral_granted(book: Book, rows: Rows, day: int) -> Mask:
    """Return who holds a deferral that has not ended, begun or not."""
    until = book.deferral_until_day[rows]
    granted: Mask = (until > day) & (until != NEVER)
    return granted


def days_past_due(book: Book, rows: Rows, day: int) -> Int64:
    """Return contractual days past due; in a deferral they stand as on its eve."""
    eve = book.deferral_from_day[rows] - 1
    counted_to = np.where(deferral_in_force(book, rows, day), eve, day)
    overdue = np.maximum(0, counted_to - oldest_due_day(book, rows))
    return np.where(arrears(book, rows) > 0, overdue, 0)


def disengaged(book: Book, rows: Rows, day: int) -> Mask:
    """Return who no longer deals with the lender on ``day``."""
    return book.disengage_day[rows] <= day


def without_job(book: Book, rows: Rows, day: int) -> Mask:
    """Return who has no job on ``day``."""
    return (day >= book.job_loss_day[rows]) & (day < book.reemployed_day[rows])


def ill(book: Book, rows: Rows, day: int) -> Mask:
    """Return who is ill on ``day``."""
    return (day >= book.ill_from_day[rows]) & (day < book.ill_until_day[rows])


def hardship(book: Book, rows: Rows, day: int, kinds: Collection[str]) -> tuple[Mask, Int64]:
    """Return who is in hardship of one of ``kinds`` on ``day``, and since when it lasts."""
    jobless = without_job(book, rows, day) & ("job_loss" in kinds)
    sick = ill(book, rows, day) & ("illness" in kinds)
    since = np.where(jobless, book.job_loss_day[rows], book.ill_from_day[rows])
    return jobless | sick, since.astype(np.int64)


def cash(book: Book, rows: Rows, day: int) -> Int64:
    """Return what each household could pay on ``day``, money."""
    gained = book.surplus[rows] * book.days_since_due(rows, day) // MONTH
    return np.maximum(0, book.savings[rows] + gained - book.paid_since_billing[rows])
