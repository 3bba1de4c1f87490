"""Servicing: bills, overdue accrual, waterfalls, the end of a loan."""

from __future__ import annotations

from typing import Literal

import numpy as np

from sim.book import Book, Int64, Rows, Status, WhyMissed
from sim.clock import MONTH, NEVER
from sim.facts import (
    DEFAULT_DPD,
    arrangement_in_force,
    arrears,
    days_past_due,
    deferral_in_force,
    is_late,
    owed,
    unpaid_instalments,
)
from sim.money import (
    INTEREST_UNIT,
    annuities,
    ceil_div,
    half_up,
    interest,
    level_instalment,
    share_of,
)
from sim.scenario.schema import Servicing
from sim.waterfall import split


def accrue(book: Book, rows: Rows, day: int, terms: Servicing) -> None:
    """Count the closes up to and including ``day``: interest and penalty on what is overdue.

    Exact: the numerator's remainder is kept, so that 30 times one day equals once 30 days.
    """
    late = rows[is_late(book, rows) & (book.accrued_through_day[rows] < day)]
    if not len(late):
        return
    through = book.accrued_through_day[late].astype(np.int64)
    principal = book.arrears_principal[late]
    rate = book.rate_bp[late].astype(np.int64)
    ordinary, book.late_interest_remainder[late] = interest(
        principal, rate, day - through, book.late_interest_remainder[late]
    )
    book.late_interest[late] += ordinary
    book.interest_charged[late] += ordinary
    _accrue_penalty(book, late, principal, rate, through, day, terms)
    book.accrued_through_day[late] = day


def _accrue_penalty(
    book: Book,
    rows: Rows,
    principal: Int64,
    rate: Int64,
    through: Int64,
    day: int,
    terms: Servicing,
) -> None:
    """Add the penalty of the closes after ``through`` that lie beyond the grace days."""
    days = np.maximum(0, day - np.maximum(through, book.oldest_due_day[rows] + terms.grace_days))
    days[deferral_in_force(book, rows, day) | arrangement_in_force(book, rows, day)] = 0
    if not days.any():
        return
    base = principal
    if terms.penalty_base != "principal":
        base = base + book.arrears_interest[rows]
    if terms.penalty_base == "compounding":
        base = base + np.minimum(book.penalty[rows], book.penalty_at_billing[rows])

    asked = allowed = half_up(rate * (terms.penalty_multiple - 1))
    if terms.all_in_cap_bp:
        allowed = np.minimum(asked, np.maximum(0, terms.all_in_cap_bp - rate))
        book.clipped_penalty[rows] += base * (asked - allowed) * days // INTEREST_UNIT
    charged, book.penalty_remainder[rows] = interest(
        base, allowed, days, book.penalty_remainder[rows]
    )
    book.penalty_charged[rows] += charged
    waived_bp = book.waiver_bp[rows]
    if waived_bp.any():
        forgiven = share_of(charged, waived_bp.astype(np.int64))
        book.forgiven_penalty[rows] += forgiven
        charged = charged - forgiven
    book.penalty[rows] += charged


def bill(book: Book, rows: Rows, day: int) -> Int64:
    """Move the instalment due on ``day`` into arrears and return it; the last bills what is left.

    Interest put off in a deferral comes back in equal parts with the instalments that remain.
    """
    principal = book.principal[rows]
    discount_bp = book.contract_rate_bp[rows] - book.rate_bp[rows]
    book.forgone_interest[rows] += principal * discount_bp * MONTH // INTEREST_UNIT
    charged = _interest_of_month(book, rows)
    remaining = book.term_months[rows] - book.billed_instalments[rows]
    extra = ceil_div(book.deferred_interest[rows], remaining)
    scheduled = np.clip(book.instalment[rows] - charged - extra, 0, principal)
    part = np.where(remaining == 1, principal, scheduled)
    book.principal[rows] -= part
    book.deferred_interest[rows] -= extra
    book.arrears_principal[rows] += part
    book.arrears_interest[rows] += charged + extra
    book.billed_instalments[rows] += 1
    book.last_billed_due_day[rows] = day
    book.accrued_through_day[rows] = day - 1  # what is new bears nothing before tonight's close
    _note_oldest_due(book, rows)
    return part + charged + extra


def skip(book: Book, rows: Rows, treatment: Literal["capitalised", "simple", "waived"]) -> None:
    """Skip an instalment: its interest becomes principal, is put off, or is forgiven."""
    charged = _interest_of_month(book, rows)
    if treatment == "capitalised":
        book.principal[rows] += charged
        book.capitalised_interest[rows] += charged
    elif treatment == "simple":
        book.deferred_interest[rows] += charged
    else:
        book.forgiven_interest[rows] += charged


def capitalise_arrears(book: Book, rows: Rows) -> None:
    """Turn arrears into principal: a re-age."""
    book.capitalised_interest[rows] += book.arrears_interest[rows]
    book.principal[rows] += arrears(book, rows)
    book.arrears_principal[rows] = 0
    book.arrears_interest[rows] = 0
    book.oldest_due_day[rows] = NEVER


def _note_oldest_due(book: Book, rows: Rows) -> None:
    """Note the due day of each one's oldest unpaid instalment, as far as any is unpaid."""
    unpaid = unpaid_instalments(book, rows)
    by_count = book.last_billed_due_day[rows] - MONTH * (unpaid - 1)
    accelerated = book.accelerated_due_day[rows]
    oldest = np.where(accelerated == NEVER, by_count, accelerated)
    book.oldest_due_day[rows] = np.where(unpaid > 0, oldest, NEVER)


def relevel(book: Book, rows: Rows) -> None:
    """Spread what is to come over the instalments that remain, so that no balloon is hidden.

    Arrears keep their count of instalments: a smaller instalment does not age them.
    """
    late = arrears(book, rows)
    unpaid = np.maximum(1, unpaid_instalments(book, rows))
    book.old_instalment[rows] = ceil_div(late, unpaid)
    book.billed_before[rows] = book.billed_instalments[rows]
    remaining = book.term_months[rows] - book.billed_instalments[rows]
    factor = annuities(book.rate_bp[rows], remaining)
    put_off = ceil_div(book.deferred_interest[rows], remaining)
    book.instalment[rows] = level_instalment(book.principal[rows], factor) + put_off
    _note_oldest_due(book, rows)


def accelerate(book: Book, rows: Rows, day: int, terms: Servicing) -> None:
    """Call the whole loan due, where one is late and not fully billed; its days late go on."""
    unbilled = book.billed_instalments[rows] < book.term_months[rows]
    called = rows[unbilled & (book.status[rows] == Status.ACTIVE) & is_late(book, rows)]
    accrue(book, called, day - 1, terms)
    book.accelerated_due_day[called] = book.oldest_due_day[called]
    book.arrears_principal[called] += book.principal[called]
    book.arrears_interest[called] += book.deferred_interest[called]
    book.principal[called] = 0
    book.deferred_interest[called] = 0
    book.billed_instalments[called] = book.term_months[called]


def _interest_of_month(book: Book, rows: Rows) -> Int64:
    charged, book.interest_remainder[rows] = interest(
        book.principal[rows], book.rate_bp[rows], MONTH, book.interest_remainder[rows]
    )
    book.interest_charged[rows] += charged
    return charged


def due(book: Book, rows: Rows) -> Int64:
    """Return all that is payable now, money, by component: shape (``COMPONENTS``, rows)."""
    return np.array([balance[rows] for balance, _ in _components(book)])


def _components(book: Book) -> tuple[tuple[Int64, Int64], ...]:
    """Return for each of ``COMPONENTS`` what is unpaid and what has been paid."""
    return (
        (book.costs, book.paid_costs),
        (book.penalty, book.paid_penalty),
        (book.late_interest, book.paid_interest),
        (book.arrears_interest, book.paid_interest),
        (book.arrears_principal, book.paid_principal),
    )


def pay(book: Book, rows: Rows, amount: Int64, asked: Int64, day: int, terms: Servicing) -> None:
    """Book payments along the waterfall, each at most all that is ``asked``: what is ``due``."""
    paying = amount.nonzero()[0]
    if len(paying) == len(rows):
        _book_payments(book, rows, amount, asked, day, terms)
    else:
        _book_payments(book, rows[paying], amount[paying], asked.take(paying, axis=1), day, terms)
    cured = rows[~is_late(book, rows)]
    book.old_instalment[cured] = 0
    book.why_missed[cured] = WhyMissed.NONE
    for clock in (book.next_payment_day, book.disengage_day, book.promise_day):
        clock[cured] = NEVER
    kept = cured[arrangement_in_force(book, cured, day)]
    book.arrangements_kept[kept] += np.int16(1)
    book.arrangement_until_day[kept] = day


def _book_payments(
    book: Book, rows: Rows, amount: Int64, asked: Int64, day: int, terms: Servicing
) -> None:
    paid = asked
    short = (amount < asked.sum(axis=0)).nonzero()[0]
    if len(short):
        paid = asked.copy()
        paid[:, short] = split(
            amount[short],
            asked.take(short, axis=1),
            book.instalment[rows[short]],
            terms.waterfall,
            lambda: days_past_due(book, rows[short], day) >= DEFAULT_DPD,
        )
    left = asked - paid
    for component in np.flatnonzero(paid.any(axis=1)).tolist():  # most owe no costs or penalty
        unpaid, flow = _components(book)[component]
        unpaid[rows] = left[component]
        flow[rows] += paid[component]
    book.last_payment_day[rows] = day
    book.oldest_due_day[rows] = NEVER
    _note_oldest_due(book, rows[short])


def forgive_penalty(book: Book, rows: Rows, amount: Int64) -> None:
    """Forgive so much of the penalty that stands."""
    book.penalty[rows] -= amount
    book.forgiven_penalty[rows] += amount


def pay_off(book: Book, rows: Rows, day: int) -> Int64:
    """Book the payment of all principal and interest to come, ahead of time; return the amount."""
    amount = book.principal[rows] + book.deferred_interest[rows]
    book.paid_principal[rows] += book.principal[rows]
    book.paid_interest[rows] += book.deferred_interest[rows]
    book.principal[rows] = 0
    book.deferred_interest[rows] = 0
    book.billed_instalments[rows] = book.term_months[rows]
    book.last_payment_day[rows] = day
    book.early_payoffs[rows] += np.int8(1)
    return amount


def settle(book: Book, rows: Rows, amount: Int64, day: int) -> None:
    """Take an amount, at most the balance, as full payment: principal first; forgive the rest."""
    left = amount
    for balance, paid, forgiven in (
        (book.arrears_principal, book.paid_principal, book.forgiven_principal),
        (book.principal, book.paid_principal, book.forgiven_principal),
        (book.arrears_interest, book.paid_interest, book.forgiven_interest),
        (book.late_interest, book.paid_interest, book.forgiven_interest),
        (book.deferred_interest, book.paid_interest, book.forgiven_interest),
        (book.penalty, book.paid_penalty, book.forgiven_penalty),
        (book.costs, book.paid_costs, book.forgiven_costs),
    ):
        part = np.minimum(balance[rows], left)
        left = left - part
        paid[rows] += part
        forgiven[rows] += balance[rows] - part
    _clear_balances(book, rows)
    book.last_payment_day[rows] = day
    book.status[rows] = Status.SETTLED
    book.why_missed[rows] = WhyMissed.NONE
    book.newly_late[rows] = False
    book.disengage_day[rows] = NEVER
    book.hearing_day[rows] = NEVER
    _end_plans(book, rows)


def conclude(book: Book, rows: Rows) -> None:
    """End the waiver of those who owe nothing, and the loan of those with nothing left to bill."""
    rows = rows[~is_late(book, rows)]
    conclude_paid(book, rows[(owed(book, rows) == 0) & (book.status[rows] == Status.ACTIVE)])


def conclude_paid(book: Book, clear: Rows) -> None:
    """Do the same for active loans on which nothing is owed."""
    book.waiver_bp[clear] = 0
    nothing_left = (book.billed_instalments[clear] == book.term_months[clear]) & (
        book.principal[clear] == 0
    )
    done = clear[nothing_left]
    if not len(done):
        return
    book.cures[done] += book.newly_late[done]
    book.newly_late[done] = False
    book.status[done] = Status.PAID_OFF
    book.hearing_day[done] = NEVER
    _withdraw_files(book, done)


def charge_off(book: Book, rows: Rows, day: int, terms: Servicing) -> None:
    """Write the loans off: no balance is left on the book."""
    accrue(book, rows, day, terms)
    book.written_off_principal[rows] += book.principal[rows] + book.arrears_principal[rows]
    book.written_off_interest[rows] += (
        book.arrears_interest[rows] + book.late_interest[rows] + book.deferred_interest[rows]
    )
    book.written_off_penalty[rows] += book.penalty[rows]
    book.written_off_costs[rows] += book.costs[rows]
    _clear_balances(book, rows)
    book.status[rows] = Status.CHARGED_OFF
    book.charged_off_day[rows] = day
    _end_plans(book, rows)


def _clear_balances(book: Book, rows: Rows) -> None:
    for balance in (
        book.principal,
        book.interest_remainder,
        book.arrears_principal,
        book.arrears_interest,
        book.late_interest,
        book.late_interest_remainder,
        book.deferred_interest,
        book.penalty,
        book.penalty_remainder,
        book.costs,
    ):
        balance[rows] = 0
    book.oldest_due_day[rows] = NEVER


def _end_plans(book: Book, rows: Rows) -> None:
    book.next_payment_day[rows] = NEVER
    book.promise_day[rows] = NEVER
    _withdraw_files(book, rows)


def _withdraw_files(book: Book, rows: Rows) -> None:
    for file_day in book.file_days():
        file_day[rows] = NEVER
