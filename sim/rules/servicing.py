"""Servicing: bills, overdue accrual, waterfalls, the end of a loan."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.book import Book, Int64, Rows, Status, WhyMissed
from sim.clock import MONTH, NEVER
from sim.facts import (
    DEFAULT_DPD,
    arrears,
    days_past_due,
    deferral_in_force,
    oldest_due_day,
    owed,
)
from sim.money import annuities, ceil_div, half_up, interest, level_instalment, share_of
from sim.parameter import ForbearError
from sim.scenario.schema import Servicing

LARGEST_BALANCE = 2**63 // (3 * 10_000 * 400)
"""Twice the highest rate on top of it for more than a year still fits 64 bits."""


def accrue(book: Book, rows: Rows, day: int, terms: Servicing) -> None:
    """Count the closes up to and including ``day``: interest and penalty on what is overdue.

    Exact: the numerator's remainder is kept, so that 30 times one day equals once 30 days.
    """
    rows = rows[book.accrued_through_day[rows] < day]
    late = rows[arrears(book, rows) > 0]
    through = book.accrued_through_day[late].astype(np.int64)
    principal = book.arrears_principal[late]

    rate = book.rate_bp[late].astype(np.int64)
    ordinary, book.late_interest_remainder[late] = interest(
        principal, rate, day - through, book.late_interest_remainder[late]
    )
    book.late_interest[late] += ordinary
    book.interest_charged[late] += ordinary

    past_grace = np.maximum(through, oldest_due_day(book, late) + terms.grace_days)
    penal_days = np.where(deferral_in_force(book, late, day), 0, np.maximum(0, day - past_grace))
    base = principal
    if terms.penalty_base == "principal_and_interest":
        base = principal + book.arrears_interest[late]
    penalty_rate = half_up(rate * (terms.penalty_multiple - 1))
    charged, book.penalty_remainder[late] = interest(
        base, penalty_rate, penal_days, book.penalty_remainder[late]
    )
    forgiven = share_of(charged, book.waiver_bp[late].astype(np.int64))
    book.penalty_charged[late] += charged
    book.forgiven_penalty[late] += forgiven
    book.penalty[late] += charged - forgiven

    book.accrued_through_day[rows] = day


def check_amounts(book: Book) -> None:
    """Raise ForbearError where a balance is too large for exact interest in 64-bit integers."""
    if max(book.principal.max(), book.arrears_principal.max()) > LARGEST_BALANCE:
        raise ForbearError(
            f"a loan has grown beyond {LARGEST_BALANCE:,} minor units, more than can be computed "
            "exactly: lower incomes, their spread, or what deferrals capitalise"
        )


def bill(book: Book, rows: Rows, day: int) -> None:
    """Move the instalment due on ``day`` into arrears; the last one bills the remainder."""
    charged = _interest_of_month(book, rows)
    scheduled = np.clip(book.instalment[rows] - charged, 0, book.principal[rows])
    last = book.billed_instalments[rows] + 1 == book.term_months[rows]
    part = np.where(last, book.principal[rows], scheduled)
    book.principal[rows] -= part
    book.arrears_principal[rows] += part
    book.arrears_interest[rows] += charged
    book.billed_instalments[rows] += 1
    book.last_billed_due_day[rows] = day


def capitalise(book: Book, rows: Rows) -> None:
    """Skip an instalment: the month's interest becomes principal."""
    charged = _interest_of_month(book, rows)
    book.principal[rows] += charged
    book.capitalised_interest[rows] += charged


def relevel(book: Book, rows: Rows) -> None:
    """Spread the principal over the instalments that remain, so that no balloon is hidden."""
    remaining = book.term_months[rows] - book.billed_instalments[rows]
    factor = annuities(book.rate_bp[rows], remaining)
    book.instalment[rows] = level_instalment(book.principal[rows], factor)


def _interest_of_month(book: Book, rows: Rows) -> Int64:
    charged, book.interest_remainder[rows] = interest(
        book.principal[rows], book.rate_bp[rows], MONTH, book.interest_remainder[rows]
    )
    book.interest_charged[rows] += charged
    return charged


class _Due(NamedTuple):
    """What a borrower owes by component, or what is paid of it."""

    penalty: Int64
    late_interest: Int64
    interest: Int64
    principal: Int64


def pay(book: Book, rows: Rows, amount: Int64, day: int, terms: Servicing) -> None:
    """Book payments, each at most what is owed after accrual, along the waterfall."""
    paying = amount > 0
    _book_payments(book, rows[paying], amount[paying], day, terms)
    cured = rows[arrears(book, rows) == 0]
    book.why_missed[cured] = WhyMissed.NONE
    book.next_payment_day[cured] = NEVER
    book.disengage_day[cured] = NEVER


def _book_payments(book: Book, rows: Rows, amount: Int64, day: int, terms: Servicing) -> None:
    due = _Due(
        book.penalty[rows],
        book.late_interest[rows],
        book.arrears_interest[rows],
        book.arrears_principal[rows],
    )
    paid = due
    short = np.flatnonzero(amount < sum(due))
    if len(short):
        paid = _Due(*(part.copy() for part in due))
        partial = _waterfall(
            amount[short],
            _Due(*(part[short] for part in due)),
            book.instalment[rows[short]],
            days_past_due(book, rows[short], day),
            terms,
        )
        for part, share in zip(paid, partial, strict=True):
            part[short] = share
    book.penalty[rows] -= paid.penalty
    book.late_interest[rows] -= paid.late_interest
    book.arrears_interest[rows] -= paid.interest
    book.arrears_principal[rows] -= paid.principal
    book.paid_penalty[rows] += paid.penalty
    book.paid_interest[rows] += paid.late_interest + paid.interest
    book.paid_principal[rows] += paid.principal
    book.last_payment_day[rows] = day


def _waterfall(
    amount: Int64, due: _Due, instalment: Int64, overdue_days: Int64, terms: Servicing
) -> _Due:
    """Return what of ``amount`` goes to each component."""
    if terms.waterfall == "vertical":
        return _in_turn(amount, due)
    paid = _oldest_first(amount, due, instalment)
    if terms.waterfall == "principal_first":
        reverse = _Due(*_in_turn(amount, _Due(*reversed(due)))[::-1])
        long_overdue = overdue_days >= DEFAULT_DPD
        paid = _Due(*(np.where(long_overdue, a, b) for a, b in zip(reverse, paid, strict=True)))
    return paid


def _in_turn(amount: Int64, due: _Due) -> _Due:
    """Pay each component in full before the next."""
    left = amount
    paid = []
    for part in due:
        taken = np.minimum(part, left)
        left = left - taken
        paid.append(taken)
    return _Due(*paid)


def _oldest_first(amount: Int64, due: _Due, instalment: Int64) -> _Due:
    """Pay instalment by instalment, oldest first; the oldest carries an equal share of the rest.

    The book keeps arrears by component, not by instalment.
    """
    left = amount
    rest = due
    while True:
        overdue = rest.interest + rest.principal
        going = (left > 0) & (overdue > 0)
        if not going.any():
            break
        unpaid: Int64 = np.maximum(1, ceil_div(overdue, instalment))
        oldest = overdue - (unpaid - 1) * instalment
        of_interest = np.minimum(ceil_div(rest.interest, unpaid), oldest)
        share = _Due(
            ceil_div(rest.penalty, unpaid),
            ceil_div(rest.late_interest, unpaid),
            of_interest,
            oldest - of_interest,
        )
        paid = _in_turn(np.where(going, left, 0), share)
        left = left - sum(paid)
        rest = _Due(*(a - b for a, b in zip(rest, paid, strict=True)))
    residue = _in_turn(left, rest)
    return _Due(*(a - b + c for a, b, c in zip(due, rest, residue, strict=True)))


def conclude(book: Book, rows: Rows) -> None:
    """End the waiver of those who owe nothing, and the loan of those with nothing left to bill."""
    clear = rows[(owed(book, rows) == 0) & (book.status[rows] == Status.ACTIVE)]
    book.waiver_bp[clear] = 0
    nothing_left = (book.billed_instalments[clear] == book.term_months[clear]) & (
        book.principal[clear] == 0
    )
    done = clear[nothing_left]
    book.cures[done] += book.newly_late[done]
    book.newly_late[done] = False
    book.status[done] = Status.PAID_OFF
    _withdraw_files(book, done)


def charge_off(book: Book, rows: Rows, day: int, terms: Servicing) -> None:
    """Write the loans off: no balance is left on the book."""
    accrue(book, rows, day, terms)
    book.written_off_principal[rows] += book.principal[rows] + book.arrears_principal[rows]
    book.written_off_interest[rows] += book.arrears_interest[rows] + book.late_interest[rows]
    book.written_off_penalty[rows] += book.penalty[rows]
    for balance in (
        book.principal,
        book.interest_remainder,
        book.arrears_principal,
        book.arrears_interest,
        book.late_interest,
        book.late_interest_remainder,
        book.penalty,
        book.penalty_remainder,
    ):
        balance[rows] = 0
    book.status[rows] = Status.CHARGED_OFF
    book.next_payment_day[rows] = NEVER
    _withdraw_files(book, rows)


def _withdraw_files(book: Book, rows: Rows) -> None:
    book.deferral_file_day[rows] = NEVER
    book.waiver_file_day[rows] = NEVER
