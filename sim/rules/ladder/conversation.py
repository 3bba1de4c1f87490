"""A conversation, by phone or at the door: it may bring back, promote, persuade, bind, inform.

``ordinal`` is the number of conversations that a borrower has already had on the day.
"""

from __future__ import annotations

import numpy as np

from sim.book import Book, Int8, Mask, Rows, WhyMissed
from sim.clock import NEVER
from sim.facts import disengaged
from sim.luck import Floats, Purpose, uniform
from sim.rules.ladder import unwilling
from sim.scenario.schema import Contact


def had_today(book: Book, rows: Rows, day: int) -> Int8:
    """Return how many conversations each has had on ``day`` so far."""
    spoken_to = book.last_connected_day[rows] == day
    return np.where(spoken_to, book.connected_today[rows], np.int8(0))


def note(book: Book, rows: Rows, day: int, ordinal: int) -> None:
    """Note that each is spoken to on ``day``."""
    book.last_connected_day[rows] = day
    book.connected_today[rows] = ordinal + 1


def reengages(
    book: Book, rows: Rows, day: int, ordinal: int, cooperation: Floats, contact: Contact
) -> Rows:
    """Return the rows of the disengaged who deal with the lender again."""
    away = np.flatnonzero(disengaged(book, rows, day))
    u = uniform(Purpose.REENGAGED, day, book.fate[rows[away]], ordinal)
    back: Rows = rows[away[u < contact.reengaged * cooperation[away]]]
    return back


def promote(book: Book, rows: Rows, day: int, ordinal: int, contact: Contact) -> None:
    """Let some put this lender before others."""
    if contact.promotes:
        u = uniform(Purpose.PROMOTES, day, book.fate[rows], ordinal)
        book.puts_us_first[rows[u < contact.promotes]] = True


def will_pay(
    book: Book,
    rows: Rows,
    day: int,
    ordinal: int,
    pays: Floats,
    cooperation: Floats,
    contact: Contact,
) -> Mask:
    """Return who pays now if able: who forgot always, others if persuaded, or else at ``pays``."""
    unmoved = unwilling(book, rows)
    agrees: Mask = book.why_missed[rows] == WhyMissed.FORGOT
    for purpose, chance, those in (
        (Purpose.PERSUADED, contact.persuaded * cooperation, unmoved),
        (Purpose.COOPERATES, pays * cooperation, ~unmoved & ~agrees),
    ):
        asked = np.flatnonzero(those)
        u = uniform(purpose, day, book.fate[rows[asked]], ordinal)
        agrees[asked] = u < chance[asked]
    return agrees


def squeezes(book: Book, rows: Rows, day: int, ordinal: int, contact: Contact) -> Mask | None:
    """Return which of those who agree to pay cut essentials to do so; None where nobody does."""
    if not contact.squeezes:
        return None
    return uniform(Purpose.SQUEEZES, day, book.fate[rows], ordinal) < contact.squeezes


def promise(
    book: Book, rows: Rows, day: int, ordinal: int, cooperation: Floats, contact: Contact
) -> None:
    """Let some who do not pay now promise to, on a day that is then waited for."""
    u = uniform(Purpose.PROMISES, day, book.fate[rows], ordinal)
    promised = rows[u < contact.promises * cooperation]
    book.promises_made[promised] += 1
    book.promise_day[promised] = day + contact.promise_days
    book.next_payment_day[promised] = day + contact.promise_days


def inform(book: Book, rows: Rows, day: int, ordinal: int, contact: Contact) -> None:
    """Tell the borrowers that relief exists; some take it in."""
    unaware = rows[~book.aware[rows]]
    u = uniform(Purpose.INFORMED, day, book.fate[unaware], ordinal)
    book.aware[unaware[u < contact.informs]] = True


def ask_to_stop(
    book: Book, rows: Rows, day: int, ordinal: int, strain: Floats, contact: Contact
) -> None:
    """Let some ask not to be contacted again, the sooner the more strained they are."""
    u = uniform(Purpose.ASKS_TO_STOP, day, book.fate[rows], ordinal)
    asks = rows[u < contact.asks_to_stop * (1 + strain)]
    book.stop_requested_day[asks[book.stop_requested_day[asks] == NEVER]] = day
