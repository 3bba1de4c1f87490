"""Ageing: what the close of a day finds - late starts, misses, defaults, who is at risk."""

from __future__ import annotations

import numpy as np

from sim.book import Book, Rows, Status
from sim.clock import NEVER
from sim.facts import DEFAULT_DPD, arrears, days_past_due


def note_late_starts(book: Book, rows: Rows) -> None:
    """Mark who was current until today's due date and has not paid it."""
    late = rows[book.was_current[rows] & (arrears(book, rows) > 0)]
    book.late_starts[late] += np.int16(1)
    book.newly_late[late] = True


def note_cures(book: Book, rows: Rows) -> None:
    """Count, before the next bill, who fell late at the last due date and is current again."""
    cured = book.newly_late[rows] & (arrears(book, rows) == 0)
    book.cures[rows] += cured
    book.newly_late[rows] = False


def note_misses(book: Book, rows: Rows, due_day: int) -> None:
    """Count the due dates of current accounts whose grace ends, and those that were missed."""
    judged = rows[book.was_current[rows] & (book.last_billed_due_day[rows] == due_day)]
    book.due_dates[judged] += np.int16(1)
    book.misses[judged] += arrears(book, judged) > 0


def note_defaults(book: Book, rows: Rows, day: int) -> None:
    """Note the first close at 90 days past due."""
    reached = days_past_due(book, rows, day) >= DEFAULT_DPD
    first = rows[reached & (book.default_day[rows] == NEVER)]
    book.default_day[first] = day


def open_observation(book: Book, day: int) -> None:
    """Note on the morning of day 0 who can still default; count anew from here."""
    rows = np.arange(len(book))
    healthy = days_past_due(book, rows, day - 1) < DEFAULT_DPD
    book.at_risk[:] = (book.status == Status.ACTIVE) & healthy
    book.default_day[book.at_risk] = NEVER
    book.deferral_eligible[:] = False
    book.waiver_eligible[:] = False
