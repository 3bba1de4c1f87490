"""Repayment arrangement: arrears in equal parts beside the instalments; while kept, nobody presses.

Whether it is kept is found on each due date (``lender.due_date``).
"""

from __future__ import annotations

from sim.book import Book, Mask, Rows, WhyMissed
from sim.clock import MONTH, NEVER
from sim.facts import arrangement_in_force, arrears, deferral_granted, next_due_day, owed
from sim.money import ceil_div
from sim.rules.relief import Instrument
from sim.scenario.schema import Arrangement


def _present(arrangement: Arrangement) -> bool:
    return arrangement.months > 0


def _open_to(book: Book, rows: Rows, day: int, _: Arrangement) -> Mask:
    other = arrangement_in_force(book, rows, day) | deferral_granted(book, rows, day)
    return (arrears(book, rows) > 0) & ~other


def _grant(book: Book, rows: Rows, day: int, arrangement: Arrangement) -> None:
    last_due_day = next_due_day(book, rows, day) + MONTH * (arrangement.months - 1)
    book.arrangement_amount[rows] = ceil_div(owed(book, rows), arrangement.months)
    book.arrangement_until_day[rows] = last_due_day + 1
    book.why_missed[rows] = WhyMissed.NONE
    for clock in (book.next_payment_day, book.promise_day, book.disengage_day):
        clock[rows] = NEVER


ARRANGEMENT = Instrument("arrangement", "arrangement", _present, _open_to, _grant)
