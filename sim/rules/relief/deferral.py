"""Deferral: whole months without an instalment, from the next due day on; the maturity moves along.

Arrears at entry stay, with their days past due frozen; interest goes on and is capitalised, the
instalment re-levelled at the end (``rules.servicing``).
"""

from __future__ import annotations

import numpy as np

from sim.book import Book, Mask, Rows
from sim.clock import MONTH
from sim.facts import days_past_due, deferral_granted
from sim.luck import Purpose
from sim.rules.relief import Instrument
from sim.scenario.schema import Deferral


def _present(deferral: Deferral) -> bool:
    return deferral.months > 0


def _may_receive(book: Book, rows: Rows, day: int, deferral: Deferral) -> Mask:
    overdue = days_past_due(book, rows, day)
    return (
        (overdue >= deferral.min_dpd)
        & (overdue <= deferral.max_dpd)
        & _grantable(book, rows)
        & ~deferral_granted(book, rows, day)
        & (book.deferrals_granted[rows] < deferral.max_uses)
    )


def _grantable(book: Book, rows: Rows) -> Mask:
    unbilled: Mask = book.billed_instalments[rows] < book.term_months[rows]
    return unbilled


def _grant(book: Book, rows: Rows, day: int, deferral: Deferral) -> None:
    next_due_day = day + MONTH - book.days_since_due(rows, day)
    book.deferral_from_day[rows] = next_due_day
    book.deferral_until_day[rows] = next_due_day + MONTH * deferral.months
    book.deferrals_granted[rows] += np.int16(1)


DEFERRAL = Instrument(
    name="deferral",
    apply=Purpose.APPLY_DEFERRAL,
    prove=Purpose.PROOF_DEFERRAL,
    decide=Purpose.DECIDE_DEFERRAL,
    present=_present,
    may_receive=_may_receive,
    grantable=_grantable,
    grant=_grant,
)
