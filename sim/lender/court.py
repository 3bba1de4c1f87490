"""Court: hearings of the cases whose day has come, and filings on a borrower's due day."""

from __future__ import annotations

import numpy as np

from sim.book import Book, Int64, Rows, Status
from sim.facts import claim
from sim.lender.staff import Shift
from sim.rules import courts, servicing
from sim.scenario.schema import Policy, World


def sit(book: Book, day: int, world: World, policy: Policy) -> None:
    """Hear the cases that the court gets to, oldest first; judgments are enforced at once."""
    rows = courts.due_for_hearing(book, day)
    if not len(rows):
        return
    hearings = Shift(world.court.hearings_per_day, 1, 1, len(book.replicas))
    rows = rows[hearings.serve(book, rows, book.replica_positions(rows), book.hearing_day[rows])]
    active = rows[book.status[rows] == Status.ACTIVE]
    servicing.accrue(book, active, day - 1, policy.servicing)
    courts.hear(book, rows, day)
    won = rows[courts.lender_wins(book, rows, day, world.court)]
    claimed = claim(book, won)
    won, claimed = won[claimed > 0], claimed[claimed > 0]
    courts.enter_judgments(book, won, day)
    brought = courts.enforced(book, won, claimed, day, world.court)
    lost = book.status[won] == Status.CHARGED_OFF
    courts.recover_late(book, won[lost], brought[lost])
    _levy(book, won[~lost], brought[~lost], day, policy)


def _levy(book: Book, rows: Rows, brought: Int64, day: int, policy: Policy) -> None:
    """Book what enforcement brought on active loans as a payment, whether or not it was spare."""
    due = servicing.due(book, rows)
    amount = np.minimum(brought, due.sum(axis=0))
    servicing.pay(book, rows, amount, due, day, policy.servicing)
    courts.garnish(book, rows, amount)
    servicing.conclude(book, rows)


def file(book: Book, cycle: slice, day: int, world: World, policy: Policy) -> None:
    """File cases on the borrowers of a cycle due today; filing may call the whole loan due."""
    collections = policy.collections
    if collections.intensity == 0 or collections.court.filing_share == 0:
        return
    rows = courts.to_file(book, cycle, day, collections, policy.servicing)
    courts.file(book, rows, day, collections.court, world.court)
    if policy.servicing.acceleration == "court":
        servicing.accelerate(book, rows, day, policy.servicing)
