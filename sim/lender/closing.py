"""The close of a day: ageing, and at month's end the penalty, the credit bureau and the ledger."""

from __future__ import annotations

import numpy as np

from sim.book import Book
from sim.facts import (
    arrangement_in_force,
    days_past_due,
    deferral_granted,
    is_late,
    late_rows,
    settlement_open,
)
from sim.parameter import ForbearError
from sim.rules import ageing, servicing, stocktaking
from sim.scenario.schema import Policy

LARGEST_BALANCE = 2**63 // (3 * 10_000 * 400)
"""Twice the highest rate on top of it for more than a year still fits 64 bits."""


def check_amounts(book: Book) -> None:
    """Raise ForbearError where a balance is too large for exact interest in 64-bit integers."""
    late = book.arrears_principal + book.arrears_interest + book.penalty
    if max(book.principal.max(), late.max()) > LARGEST_BALANCE:
        raise ForbearError(
            f"a loan has grown beyond {LARGEST_BALANCE:,} minor units, more than can be computed "
            "exactly: lower incomes, their spread, or what deferrals capitalise"
        )


def age(book: Book, cycle: slice, day: int, policy: Policy) -> None:
    """Age the borrowers whose due day is today.

    Days past due are a multiple of 30 on a borrower's own due day only, so default and charge-off
    need no look at anybody else.
    """
    late = np.flatnonzero(is_late(book, cycle)) + cycle.start
    overdue = days_past_due(book, late, day)
    ageing.note_late_starts(book, late)
    ageing.note_defaults(book, late, overdue, day)
    lost = late[overdue >= policy.servicing.charge_off_dpd]
    spared = (
        deferral_granted(book, lost, day)
        | arrangement_in_force(book, lost, day)
        | settlement_open(book, lost, day)
    )
    servicing.charge_off(book, lost[~spared], day, policy.servicing)


def end_grace(book: Book, cycle: slice, due_day: int) -> None:
    """Judge the due date whose grace ends today."""
    ageing.note_misses(book, cycle, due_day)


def end_month(book: Book, day: int, policy: Policy) -> None:
    """Bring penalty and late interest up to date; report to the bureau; take the ledger's month."""
    check_amounts(book)
    late = late_rows(book)
    servicing.accrue(book, late, day, policy.servicing)
    overdue = days_past_due(book, late, day)
    ageing.end_month(book, late, overdue, day, policy.servicing)
    if day >= 0:
        book.ledger.append(day, stocktaking.totals(book, day))
    ageing.note_buckets(book, late, overdue)


def open_observation(book: Book, day: int) -> None:
    """Note who is at risk on the eve of the policies, and take that eve into the ledger."""
    ageing.open_observation(book, day)
    book.ledger.append(day - 1, stocktaking.totals(book, day - 1))
