"""Notices: formal letters on fixed days past due; they move who will not pay, not who cannot."""

from __future__ import annotations

import numpy as np

from sim.book import Book, Rows
from sim.facts import disengaged
from sim.luck import Floats, Purpose, uniform
from sim.rules.ladder import attempt_chance, unwilling
from sim.scenario.schema import Contact


def send(book: Book, rows: Rows, day: int, intensity: float) -> Rows:
    """Send the day's notice to ``rows``; return who got one."""
    chance = attempt_chance(intensity, 1)
    sent: Rows = rows[uniform(Purpose.NOTICE_SENT, day, book.fate[rows]) < chance]
    book.notices_sent[sent] += 1
    return sent


def moves(book: Book, rows: Rows, day: int, cooperation: Floats, contact: Contact) -> Rows:
    """Return the rows of the unwilling whom a notice makes pay."""
    those = np.flatnonzero(unwilling(book, rows) & ~disengaged(book, rows, day))
    u = uniform(Purpose.NOTICE_WORKS, day, book.fate[rows[those]])
    moved: Rows = rows[those[u < contact.notice_pays * cooperation[those]]]
    return moved
