"""Ageing: what the close of a day finds - late starts, misses, defaults, who is at risk."""

from __future__ import annotations

from typing import Final

import numpy as np

from sim.book import COLUMNS, Book, Int64, Rows, Status
from sim.clock import MONTH, NEVER
from sim.facts import (
    DEFAULT_DPD,
    days_past_due,
    deferral_in_force,
    ill,
    in_distress,
    is_late,
    late_rows,
    lost,
    struck_by_disaster,
    without_job,
)
from sim.rules import FELL_ILL, JOB_LOST, MET_DISASTER, bucket_of
from sim.scenario.schema import Servicing

REMEMBERED_DAYS: Final = 240
"""A default so long after the start of a misfortune is put down to it."""


def note_late_starts(book: Book, rows: Rows) -> None:
    """Mark which of those with arrears were current until today's due date."""
    late = rows[book.was_current[rows]]
    book.late_starts[late] += np.int16(1)
    book.newly_late[late] = True


def note_cures(book: Book, rows: Rows) -> None:
    """Count, before the next bill, who fell late at the last due date and is current again."""
    fell = rows[book.newly_late[rows]]
    book.cures[fell] += ~is_late(book, fell)
    book.newly_late[fell] = False


def note_misses(book: Book, cycle: slice, due_day: int) -> None:
    """Count the due dates of current accounts whose grace ends, and those that were missed."""
    judged = book.was_current[cycle] & (book.last_billed_due_day[cycle] == due_day)
    book.due_dates[cycle] += judged
    book.misses[cycle] += judged & is_late(book, cycle)


def note_defaults(book: Book, rows: Rows, overdue: Int64, day: int) -> None:
    """Note the first close at 90 days past due; ``overdue`` holds the rows' days past due."""
    first = rows[(overdue >= DEFAULT_DPD) & (book.default_day[rows] == NEVER)]
    book.default_day[first] = day
    since = day - book.misfortune_day[first]  # far below 0 where none has ever come
    book.default_after_misfortune[first] = in_distress(book, first, day) | (
        (since >= 0) & (since <= REMEMBERED_DAYS)
    )


def end_month(book: Book, late: Rows, overdue: Int64, day: int, terms: Servicing) -> None:
    """Count the month in arrears, and the adverse mark of who is late enough to be reported.

    ``overdue`` holds the days past due of the ``late``. A loan given up stays on record as long as
    something of it is unpaid, whoever owns it.
    """
    book.months_in_arrears[late] += np.int16(1)
    reported = overdue >= terms.bureau_dpd
    reported &= ~deferral_in_force(book, late, day)
    book.adverse_marks[late[reported]] += np.int16(1)

    charged_off = np.flatnonzero(book.status == Status.CHARGED_OFF)
    unpaid = charged_off[lost(book, charged_off) > 0]
    book.months_in_arrears[unpaid] += np.int16(1)
    book.adverse_marks[unpaid] += np.int16(1)


def note_buckets(book: Book, late: Rows, overdue: Int64) -> None:
    """Note each active loan's delinquency bucket, to be compared with the next month's."""
    book.bucket[:] = np.where(book.status == Status.ACTIVE, np.int8(0), np.int8(-1))
    book.bucket[late] = bucket_of(overdue)


def open_observation(book: Book, day: int) -> None:
    """Note on the morning of day 0 who can still default; count anew from here."""
    late = late_rows(book)
    lent = book.first_due_day < day + MONTH
    book.at_risk[:] = (book.status == Status.ACTIVE) & lent
    book.at_risk[late[days_past_due(book, late, day - 1) >= DEFAULT_DPD]] = False
    book.default_day[book.at_risk] = NEVER
    book.default_after_misfortune[:] = False
    for name in COLUMNS:
        if name.endswith(("_eligible", "_taken")):
            getattr(book, name)[:] = False
    book.shocks_met[:] = 0
    active = np.flatnonzero(book.status == Status.ACTIVE)
    for met, under in (
        (JOB_LOST, without_job),
        (FELL_ILL, ill),
        (MET_DISASTER, struck_by_disaster),
    ):
        book.shocks_met[active] += np.int8(met) * under(book, active, day)
    book.late_before[:] = book.late_starts
