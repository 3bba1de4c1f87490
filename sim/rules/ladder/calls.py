"""Calls: who is called, in which order, and who answers."""

from __future__ import annotations

import numpy as np

from sim.book import Book, Fate, Int32, Mask, Rows
from sim.late import Late
from sim.luck import Purpose, uniform
from sim.rules.ladder import attempt_chance
from sim.scenario.schema import Call, Collections, Contact


def early(overdue: Int32, call: Call) -> Mask:
    """Return who is in the early stage, by days past due."""
    return overdue <= call.early_until_dpd


def busiest(collections: Collections) -> float:
    """Return the most attempts a day that the rhythm wants."""
    return collections.intensity * max(collections.call.early_rate, collections.call.late_rate)


def wanted(fate: Fate, early: Mask, day: int, ordinal: int, collections: Collections) -> Rows:
    """Return the places of those the rhythm wants called for the ``ordinal``-th time on ``day``."""
    chance = np.where(
        early,
        attempt_chance(collections.intensity * collections.call.early_rate, ordinal),
        attempt_chance(collections.intensity * collections.call.late_rate, ordinal),
    )
    places: Rows = (uniform(Purpose.CALL_ATTEMPTED, day, fate, ordinal) < chance).nonzero()[0]
    return places


def connects(
    book: Book, called: Late, early: Mask, day: int, ordinal: int, contact: Contact
) -> Rows:
    """Count an attempt on each and return the places of those that reach the borrower."""
    book.calls_attempted[called.rows] += 1
    reach = np.where(early, contact.reach_early, contact.reach_late) * called.reachability
    connected: Rows = (uniform(Purpose.CALL_CONNECTS, day, called.fate, ordinal) < reach).nonzero()[
        0
    ]
    book.calls_connected[called.rows[connected]] += 1
    return connected
