"""A book in which many are late and nobody has been contacted yet, and what to do with it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
from oracle_defaults import policy, world

from sim.book import Book
from sim.clock import NEVER
from sim.facts import days_past_due
from sim.lender.timetable import run
from sim.rules.origination import originate
from sim.scenario.schema import Policy, World

START = 75
STRESSED: dict[str, Any] = {
    "months": 24,
    "burn_in_months": 0,
    "borrowers": 600,
    "replicas": 2,
    "household__job_loss_per_month": 0.15,
    "behaviour__forgetting": 0.2,
    "behaviour__opportunists": 0.2,
}
EVERY_CYCLE = list(range(3, 61, 3))
"""On START, a due day, days past due are a multiple of the days between billing cycles."""
EAGER: dict[str, Any] = {
    "collections__intensity": 3.0,
    "collections__call__opens_dpd": 1,
    "collections__message__dpd": list(range(1, 21)),
    "collections__visit__rate": 0.3,
    "collections__visit__opens_dpd": 1,
    "collections__notice__dpd": [10, 40, 70],
}
CONTACTS = ("messages_sent", "calls_attempted", "visits_attempted", "notices_sent")
COUNTED = (*CONTACTS, "calls_connected", "visits_connected", "contacts_refused")


def stressed(**changes: Any) -> World:
    return World.model_validate(world(**(STRESSED | changes)))


def terms(*bundles: dict[str, Any], **changes: Any) -> Policy:
    merged: dict[str, Any] = {}
    for bundle in (*bundles, changes):
        merged |= bundle
    return Policy.model_validate(policy(**merged))


def note_oldest_due(book: Book) -> None:
    """Note since when arrears that were made by hand are unpaid, by whole instalments."""
    for row in range(len(book)):
        arrears = int(book.arrears_principal[row] + book.arrears_interest[row])
        unpaid = -(-arrears // int(book.instalment[row]))
        oldest = int(book.last_billed_due_day[row]) - 30 * (unpaid - 1)
        book.oldest_due_day[row] = oldest if unpaid else NEVER


@cache
def _uncontacted() -> Book:
    settled = stressed()
    book = originate(settled, range(settled.replicas))
    run(book, settled, terms(collections__intensity=0.0), START)
    assert (days_past_due(book, np.arange(len(book)), START - 1) > 30).sum() > 20
    return book


def late_book() -> Book:
    """Many are late, at the start of day START; no contact has been made."""
    return _uncontacted().copy()


def days(
    book: Book, settled: World, in_force: Policy, until: int
) -> Iterator[tuple[int, Book, dict[str, np.ndarray]]]:
    """Run day by day; yield the day, the book before it, and what it added to each count."""
    while book.day < until:
        before = book.copy()
        run(book, settled, in_force, before.day + 1)
        yield (
            before.day,
            before,
            {name: getattr(book, name) - getattr(before, name) for name in COUNTED},
        )


def falls_due(book: Book, day: int) -> np.ndarray:
    return book.days_since_due(np.arange(len(book)), day) == 0
