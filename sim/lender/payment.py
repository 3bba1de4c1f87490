"""A borrower who means to pay brings what it can."""

from __future__ import annotations

import numpy as np

from sim.book import Book, Rows, WhyMissed
from sim.clock import NEVER
from sim.facts import arrears, cash, disengaged, owed
from sim.rules import household, paying, servicing
from sim.scenario.schema import Policy, World


def of_what_they_can(book: Book, rows: Rows, day: int, world: World, policy: Policy) -> None:
    """Pay all, part or nothing of what is owed; who stays short looks again on a later day."""
    if not len(rows):
        return
    servicing.accrue(book, rows, day - 1, policy.servicing)
    amount = paying.affordable(
        owed(book, rows), cash(book, rows, day), book.instalment[rows], world.behaviour
    )
    servicing.pay(book, rows, amount, day, policy.servicing)
    household.spend(book, rows, amount, day)
    short = rows[arrears(book, rows) > 0]
    book.why_missed[short] = WhyMissed.UNABLE
    paying.schedule_reconsidering(book, short, day, world.behaviour)
    servicing.conclude(book, rows)


def of_those_who_remember(book: Book, day: int, world: World, policy: Policy) -> None:
    """Take what those bring whose day to remember or reconsider is today, if still engaged."""
    rows = np.flatnonzero(book.next_payment_day == day)
    away = disengaged(book, rows, day)
    book.next_payment_day[rows[away]] = NEVER
    of_what_they_can(book, rows[~away], day, world, policy)
