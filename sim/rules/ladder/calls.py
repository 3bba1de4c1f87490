"""Calls: an attempt may reach the right person; a conversation may bring back, persuade, inform."""

from __future__ import annotations

import numpy as np

from sim.book import Book, Int64, Mask, Rows, WhyMissed
from sim.luck import Floats, Purpose, uniform
from sim.rules.ladder import attempt_chance
from sim.scenario.schema import Collections, Contact


def due(
    book: Book, rows: Rows, overdue: Int64, day: int, ordinal: int, collections: Collections
) -> Mask:
    """Return whom the rhythm wants called for the ``ordinal``-th time on ``day``.

    ``overdue`` holds the days past due of ``rows``.
    """
    call = collections.call
    rate = np.where(overdue <= call.early_until_dpd, call.early_rate, call.late_rate)
    chance = attempt_chance(collections.intensity * rate, ordinal)
    return uniform(Purpose.CALL_ATTEMPTED, day, book.fate[rows], ordinal) < chance


def priority(overdue: Int64, owed: Int64, collections: Collections) -> Int64:
    """Return the key by which agents take their work, smallest first."""
    return {"oldest": -overdue, "largest": -owed, "newest": overdue}[collections.priority]


def connects(book: Book, rows: Rows, early: Mask, day: int, ordinal: int, contact: Contact) -> Mask:
    """Count the attempts on ``rows`` and return which reach the borrower."""
    book.calls_attempted[rows] += np.int32(1)
    reach = np.where(early, contact.reach_early, contact.reach_late) * book.reachability[rows]
    connected = uniform(Purpose.CALL_CONNECTS, day, book.fate[rows], ordinal) < reach
    book.calls_connected[rows] += connected
    book.last_connected_day[rows[connected]] = day
    return connected


def reengages(book: Book, rows: Rows, day: int, cooperation: Floats, contact: Contact) -> Mask:
    """Return which of the disengaged deal with the lender again."""
    return uniform(Purpose.REENGAGED, day, book.fate[rows]) < contact.reengaged * cooperation


def will_pay(
    book: Book, rows: Rows, early: Mask, day: int, cooperation: Floats, contact: Contact
) -> Mask:
    """Return who pays now if able: who forgot always, the others if persuaded or cooperative."""
    fate = book.fate[rows]
    why = book.why_missed[rows]
    persuaded = uniform(Purpose.PERSUADED, day, fate) < contact.persuaded * cooperation
    chance = np.where(early, contact.pays_early, contact.pays_late) * cooperation
    cooperates = uniform(Purpose.COOPERATES, day, fate) < chance
    talked_round = np.where(why == WhyMissed.UNWILLING, persuaded, cooperates)
    pays_now: Mask = (why == WhyMissed.FORGOT) | talked_round
    return pays_now


def inform(book: Book, rows: Rows, day: int, contact: Contact) -> None:
    """Tell the borrowers that relief exists; some take it in."""
    heard = uniform(Purpose.INFORMED, day, book.fate[rows]) < contact.informs
    book.aware[rows[heard]] = True
