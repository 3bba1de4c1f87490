"""Conduct: hard limits on contacts, whatever the rhythm wants; nothing goes beyond a cap.

Attempts of the last seven days are seven counts of eight bits in one integer, the last day's
lowest. Formal notices and courts are bound by none of this.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from sim.book import Book, Int64, Mask, Rows
from sim.clock import NEVER
from sim.scenario.schema import Conduct

DAYS: Final = 7
_BITS: Final = 8
_WEEK: Final = 2 ** (_BITS * DAYS) - 1
_ONE_EACH: Final = _WEEK // (2**_BITS - 1)


def forbids_message(book: Book, rows: Rows, conduct: Conduct) -> Mask:
    """Return who must not be written to."""
    return _silent(book, rows, conduct)


def forbids_call(
    book: Book, rows: Rows, week: Int64, day: int, ordinal: int, conduct: Conduct
) -> Mask:
    """Return who must not be called, or not for the ``ordinal``-th time today: silent hours.

    ``week`` holds the attempts of seven days (``week_until``).
    """
    if ordinal > conduct.rounds_a_day:
        return np.ones(len(rows), dtype=np.bool_)
    forbidden = _silent(book, rows, conduct) | _resting(book, rows, day, conduct)
    if conduct.attempts_in_7_days:
        forbidden |= attempts_in(week) >= conduct.attempts_in_7_days
    return forbidden


def forbids_visit(book: Book, rows: Rows, day: int, conduct: Conduct) -> Mask:
    """Return who must not be visited."""
    return _silent(book, rows, conduct) | _resting(book, rows, day, conduct)


def talked_enough(book: Book, rows: Rows, day: int, conduct: Conduct) -> Mask:
    """Return who has had the conversations that one day may bring."""
    spoken_to = book.last_connected_day[rows] == day
    enough: Mask = spoken_to & (book.connected_today[rows] >= conduct.connected_a_day)
    return enough


def _silent(book: Book, rows: Rows, conduct: Conduct) -> Mask:
    """Return who has asked not to be contacted, where that is respected."""
    if not conduct.stop_on_request:
        return np.zeros(len(rows), dtype=np.bool_)
    silent: Mask = book.stop_requested_day[rows] != NEVER
    return silent


def _resting(book: Book, rows: Rows, day: int, conduct: Conduct) -> Mask:
    """Return who is in the quiet days after a conversation of an earlier day."""
    if not conduct.quiet_days:
        return np.zeros(len(rows), dtype=np.bool_)
    since = day - book.last_connected_day[rows]  # negative where there has been none
    return (since > 0) & (since <= conduct.quiet_days)


def week_until(book: Book, rows: Rows, day: int) -> Int64:
    """Return the counts of the calls attempted on each of the seven days that end with ``day``."""
    passed = day - book.recent_attempts_day[rows].astype(np.int64)  # below 0: none was ever made
    shift = _BITS * np.minimum(np.maximum(passed, 0), DAYS)
    week: Int64 = (book.recent_attempts[rows] & (_WEEK >> shift)) << shift
    return week


def attempts_in(week: Int64) -> Int64:
    """Return the sum of the seven counts."""
    # times one in every count, the seventh count is the sum of all: at most 7 x 25, eight bits
    return (week * _ONE_EACH & _WEEK) >> (_BITS * (DAYS - 1))


def note_attempts(book: Book, rows: Rows, week: Int64, day: int) -> None:
    """Count one attempt of ``day`` for each, on top of the ``week`` until then."""
    book.recent_attempts[rows] = week + 1
    book.recent_attempts_day[rows] = day


def refuse(book: Book, rows: Rows) -> None:
    """Count a contact that a limit forbade for each."""
    book.contacts_refused[rows] += 1
