"""Visits: a visitor goes to the door of who is long overdue, and may meet the borrower."""

from __future__ import annotations

from sim.book import Book, Fate, Mask, Rows
from sim.late import Late
from sim.luck import Purpose, uniform
from sim.rules.ladder import attempt_chance
from sim.scenario.schema import Collections, Contact


def wanted(fate: Fate, day: int, collections: Collections) -> Mask:
    """Return whom the rhythm wants visited on ``day``."""
    chance = attempt_chance(collections.intensity * collections.visit.rate, 1)
    return uniform(Purpose.VISIT_ATTEMPTED, day, fate) < chance


def connects(book: Book, visited: Late, day: int, contact: Contact) -> Rows:
    """Count a visit to each and return the rows of those that meet the borrower."""
    book.visits_attempted[visited.rows] += 1
    reach = contact.visit_reach * visited.reachability
    met: Rows = visited.rows[uniform(Purpose.VISIT_CONNECTS, day, visited.fate) < reach]
    book.visits_connected[met] += 1
    return met
