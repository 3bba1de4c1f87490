"""Deferral: whole months without an instalment, from the next due day on; the maturity moves along.

Arrears at entry stay, with their days past due frozen, unless they are capitalised; what becomes of
the months' interest is the policy's choice, and the instalment is set anew at the end
(``rules.servicing``).
"""

from __future__ import annotations

from sim.book import Book, Mask, Rows
from sim.clock import MONTH
from sim.facts import arrangement_in_force, deferral_granted, next_due_day, unbilled
from sim.rules.relief import Instrument
from sim.scenario.schema import Deferral


def _present(deferral: Deferral) -> bool:
    return deferral.months > 0


def _open_to(book: Book, rows: Rows, day: int, _: Deferral) -> Mask:
    other = deferral_granted(book, rows, day) | arrangement_in_force(book, rows, day)
    return unbilled(book, rows) & ~other


def _grant(book: Book, rows: Rows, day: int, deferral: Deferral) -> None:
    begins = next_due_day(book, rows, day)
    ends = begins + MONTH * deferral.months
    book.deferral_from_day[rows] = begins
    book.deferral_until_day[rows] = ends
    book.relevel_day[rows] = ends


DEFERRAL = Instrument("deferral", "deferral", _present, _open_to, _grant)
