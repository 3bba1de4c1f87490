"""Visits: a visitor goes to the door of who is long overdue, and may meet the borrower."""

from __future__ import annotations

from sim.book import Book, Fate, Mask, Rows
from sim.luck import Purpose, uniform
from sim.rules.ladder import attempt_chance
from sim.scenario.schema import Collections, Contact


def wanted(fate: Fate, day: int, collections: Collections) -> Mask:
    """Return whom the rhythm wants visited on ``day``."""
    chance = attempt_chance(collections.intensity * collections.visit.rate, 1)
    return uniform(Purpose.VISIT_ATTEMPTED, day, fate) < chance


def connects(book: Book, rows: Rows, day: int, contact: Contact) -> Mask:
    """Count a visit to each and return which meet the borrower."""
    book.visits_attempted[rows] += 1
    reach = contact.visit_reach * book.reachability[rows]
    connected = uniform(Purpose.VISIT_CONNECTS, day, book.fate[rows]) < reach
    book.visits_connected[rows[connected]] += 1
    return connected
