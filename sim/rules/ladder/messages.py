"""Messages: reminders on fixed days past due; a moral one may also win back who has left."""

from __future__ import annotations

import numpy as np

from sim.book import Book, Mask, Rows, WhyMissed
from sim.facts import disengaged
from sim.luck import Floats, Purpose, uniform
from sim.rules.ladder import attempt_chance
from sim.scenario.schema import Contact


def wanted(book: Book, rows: Rows, day: int, ordinal: int, intensity: float) -> Mask:
    """Return to whom the rhythm wants the day's ``ordinal``-th message sent."""
    chance = attempt_chance(intensity, ordinal)
    return uniform(Purpose.MESSAGE_SENT, day, book.fate[rows], ordinal) < chance


def wanted_in_advance(book: Book, rows: Rows, day: int, intensity: float) -> Mask:
    """Return who is to be reminded of the due date ``day`` before it comes."""
    return uniform(Purpose.MESSAGE_SENT, day, book.fate[rows]) < attempt_chance(intensity, 1)


def send(book: Book, rows: Rows) -> None:
    """Count a message sent to each."""
    book.messages_sent[rows] += 1


def reminds(book: Book, rows: Rows, day: int, ordinal: int, contact: Contact) -> Rows:
    """Return the rows of those whom the message makes remember."""
    forgetters = rows[book.why_missed[rows] == WhyMissed.FORGOT]
    u = uniform(Purpose.MESSAGE_WORKS, day, book.fate[forgetters], ordinal)
    reminded: Rows = forgetters[u < contact.message_works]
    return reminded


def reminds_in_advance(book: Book, rows: Rows, day: int, contact: Contact) -> Mask:
    """Return whom a message before the due date ``day`` would keep from forgetting it."""
    kept: Mask = uniform(Purpose.REMINDER, day, book.fate[rows]) < contact.message_works
    return kept


def appeals(
    book: Book, rows: Rows, day: int, ordinal: int, cooperation: Floats, contact: Contact
) -> Rows:
    """Return the rows of the disengaged whom a moral message wins back."""
    away = np.flatnonzero(disengaged(book, rows, day))
    u = uniform(Purpose.MORAL, day, book.fate[rows[away]], ordinal)
    won_back: Rows = rows[away[u < contact.moral_reengages * cooperation[away]]]
    return won_back
