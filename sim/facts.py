"""Facts: what a row implies but does not store - arrears, days past due, hardship, cash."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from sim.book import Book, Int64, Mask, Rows, Status
from sim.clock import MONTH, NEVER, YEAR
from sim.money import ceil_div, half_up

DEFAULT_DPD = 90
"""Days past due at which a loan is in default."""
LATE_START_POINTS, DEFAULT_POINTS = 40, 100
"""What the score loses."""


def arrears(book: Book, rows: Rows) -> Int64:
    """Return what was billed and is unpaid, money."""
    return book.arrears_principal[rows] + book.arrears_interest[rows]


def is_late(book: Book, rows: Rows | slice) -> Mask:
    """Return who has arrears; a loan that has ended has none."""
    late: Mask = book.oldest_due_day[rows] != NEVER
    return late


def late_rows(book: Book) -> Rows:
    """Return all borrowers with arrears."""
    return book.late().rows


def owed(book: Book, rows: Rows) -> Int64:
    """Return all that is payable now, money: arrears, late interest, penalty and costs."""
    return arrears(book, rows) + book.late_interest[rows] + book.penalty[rows] + book.costs[rows]


def balance(book: Book, rows: Rows) -> Int64:
    """Return all there is, due or not, money."""
    return owed(book, rows) + book.principal[rows] + book.deferred_interest[rows]


def claim(book: Book, rows: Rows) -> Int64:
    """Return what the lender may claim, money: the balance, or what charge-off left unrecovered."""
    left = np.where(book.sold[rows], 0, lost(book, rows))
    return np.where(book.status[rows] == Status.CHARGED_OFF, left, balance(book, rows))


def lost(book: Book, rows: Rows) -> Int64:
    """Return what was written off and has not come back since, money; a sale changes nothing."""
    written_off = (
        book.written_off_principal[rows]
        + book.written_off_interest[rows]
        + book.written_off_penalty[rows]
        + book.written_off_costs[rows]
    )
    left: Int64 = written_off - book.late_recovered[rows]
    return left


def unpaid_instalments(book: Book, rows: Rows) -> Int64:
    """Return how many instalments are not fully paid.

    What was billed before the instalment was set anew counts by the old one.
    """
    unpaid, instalment = arrears(book, rows), book.instalment[rows]
    count = ceil_div(unpaid, instalment)
    mixed = np.flatnonzero(book.old_instalment[rows])
    if len(mixed):
        those, unpaid, instalment = rows[mixed], unpaid[mixed], instalment[mixed]
        bills = book.billed_instalments[those] - book.billed_before[those]
        new = np.minimum(unpaid, bills * instalment)
        old = ceil_div(unpaid - new, book.old_instalment[those])
        count[mixed] = old + ceil_div(new, instalment)
    return count


def deferral_in_force(book: Book, rows: Rows, day: int) -> Mask:
    """Return whose instalments are deferred on ``day``."""
    return (book.deferral_from_day[rows] <= day) & (day < book.deferral_until_day[rows])


def deferral_granted(book: Book, rows: Rows, day: int) -> Mask:
    """Return who holds a deferral that has not ended, begun or not."""
    until = book.deferral_until_day[rows]
    granted: Mask = (until > day) & (until != NEVER)
    return granted


def arrangement_in_force(book: Book, rows: Rows, day: int) -> Mask:
    """Return who repays arrears by arrangement."""
    until = book.arrangement_until_day[rows]
    in_force: Mask = (until > day) & (until != NEVER)
    return in_force


def settlement_open(book: Book, rows: Rows, day: int) -> Mask:
    """Return who may still settle at the amount agreed."""
    until = book.settlement_until_day[rows]
    is_open: Mask = (until >= day) & (until != NEVER)
    return is_open


def conditional_waiver_open(book: Book, rows: Rows, day: int) -> Mask:
    """Return who may still earn a waiver by paying the rest."""
    until = book.waiver_until_day[rows]
    is_open: Mask = (until >= day) & (until != NEVER)
    return is_open


def days_past_due(book: Book, rows: Rows, day: int) -> Int64:
    """Return contractual days past due; in a deferral they stand as on its eve."""
    counted_to = np.full(len(rows), day)
    begun = book.deferral_from_day[rows] <= day
    if begun.any():
        held = begun.nonzero()[0]
        held = held[book.deferral_until_day[rows[held]] > day]
        counted_to[held] = book.deferral_from_day[rows[held]] - 1
    return np.maximum(counted_to - book.oldest_due_day[rows], 0)  # 0 where none is unpaid


def unbilled(book: Book, rows: Rows) -> Mask:
    """Return whose loan has instalments still to be billed."""
    to_come: Mask = book.billed_instalments[rows] < book.term_months[rows]
    return to_come


def next_due_day(book: Book, rows: Rows, day: int) -> Int64:
    """Return the first due day after ``day``."""
    return day + MONTH - book.days_since_due(rows, day)


def next_bill_day(book: Book, rows: Rows, day: int) -> Int64:
    """Return the first due day after ``day`` that is not deferred."""
    due = next_due_day(book, rows, day)
    return np.where(deferral_granted(book, rows, day), book.deferral_until_day[rows], due)


def on_probation(book: Book, rows: Rows, day: int) -> Mask:
    """Return who has had relief so lately that there is no other yet."""
    until = book.probation_until_day[rows]
    waits: Mask = (until > day) & (until != NEVER)
    return waits


def disengaged(book: Book, rows: Rows, day: int) -> Mask:
    """Return who no longer deals with the lender on ``day``."""
    return book.disengage_day[rows] <= day


def without_job(book: Book, rows: Rows, day: int) -> Mask:
    """Return who has no job on ``day``."""
    return (day >= book.job_loss_day[rows]) & (day < book.reemployed_day[rows])


def ill(book: Book, rows: Rows, day: int) -> Mask:
    """Return who is ill on ``day``."""
    return (day >= book.ill_from_day[rows]) & (day < book.ill_until_day[rows])


def struck_by_disaster(book: Book, rows: Rows, day: int) -> Mask:
    """Return who suffers from a disaster on ``day``."""
    return (day >= book.disaster_from_day[rows]) & (day < book.disaster_until_day[rows])


def in_distress(book: Book, rows: Rows, day: int) -> Mask:
    """Return who is without a job, ill or struck by disaster on ``day``."""
    return without_job(book, rows, day) | ill(book, rows, day) | struck_by_disaster(book, rows, day)


def hardship(book: Book, rows: Rows, day: int, kinds: Collection[str]) -> tuple[Mask, Int64]:
    """Return who is in hardship of one of ``kinds`` on ``day``, and since when it lasts.

    The kind ``any`` asks for none: it holds for everybody, since the year began.
    """
    suffers = np.full(len(rows), "any" in kinds)
    since = np.full(len(rows), day // YEAR * YEAR, dtype=np.int64)
    # the first kind that holds names the spell, so the last one is looked at first
    for kind, holds, begun in (
        ("disaster", struck_by_disaster, book.disaster_from_day),
        ("illness", ill, book.ill_from_day),
        ("job_loss", without_job, book.job_loss_day),
    ):
        if kind in kinds:
            struck = holds(book, rows, day)
            suffers |= struck
            since[struck] = begun[rows[struck]]
    return suffers, since


def score(book: Book, rows: Rows) -> Int64:
    """Return the credit score: it falls with every late start, and with default.

    Source: assumption; only the order of borrowers matters to a limit on scores.
    """
    defaulted = book.default_day[rows] != NEVER
    late_starts = book.late_starts[rows].astype(np.int64)
    points: Int64 = (
        book.base_score[rows] - LATE_START_POINTS * late_starts - DEFAULT_POINTS * defaulted
    )
    return points


def cash(book: Book, rows: Rows, day: int) -> Int64:
    """Return what each household could pay on ``day``, money."""
    gained = book.surplus[rows] * book.days_since_due(rows, day) // MONTH
    return np.maximum(0, book.savings[rows] + gained - book.paid_since_billing[rows])


def least_payment(book: Book, rows: Rows, share: float) -> Int64:
    """Return the least worth bringing: so much of an instalment, and at least something."""
    return np.maximum(1, half_up(share * book.instalment[rows]))
