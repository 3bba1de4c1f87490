"""Means: what a household can raise - cash, what it keeps from others, what it cuts, and help."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.book import Book, Int64, Mask, Rows
from sim.facts import cash
from sim.money import half_up
from sim.scenario.schema import Behaviour, Contact


class Means(NamedTuple):
    """What each household can bring today, money: its own, at other lenders' cost, by cutting."""

    cash: Int64
    diverted: Int64
    cut: Int64

    @property
    def total(self) -> Int64:
        """All of it."""
        return self.cash + self.diverted + self.cut


def raised_for(
    book: Book, rows: Rows, day: int, need: Int64, squeezing: Mask | None, contact: Contact
) -> Means:
    """Return what each can raise towards ``need``; cash first, essentials last.

    Who puts this lender first keeps back what it owes to others this month; who is ``squeezing``
    cuts essentials.
    """
    own = cash(book, rows, day)
    diverted = cut = np.zeros(len(rows), dtype=np.int64)
    first = book.puts_us_first[rows].nonzero()[0]
    if len(first):
        diverted = diverted.copy()
        those = rows[first]
        kept_back = np.maximum(0, book.other_debt[those] - book.diverted_since_billing[those])
        diverted[first] = np.minimum(np.maximum(0, need[first] - own[first]), kept_back)
    if squeezing is not None:
        at_most = half_up(contact.squeeze_share * book.essentials[rows])
        uncut = np.maximum(0, at_most - book.squeezed_since_billing[rows])
        missing = np.maximum(0, need - own - diverted)
        cut = np.where(squeezing, np.minimum(missing, uncut), 0)
    return Means(own, diverted, cut)


def help_of_others(book: Book, rows: Rows, behaviour: Behaviour) -> Int64:
    """Return what family and friends would lend for a settlement, money."""
    return half_up(behaviour.outside_help * book.income[rows])


def use(book: Book, rows: Rows, amount: Int64, means: Means) -> Int64:
    """Note where ``amount`` comes from; return what the household itself spends of it."""
    spent: Int64 = np.minimum(amount, means.cash)
    beyond = amount - spent
    if beyond.any():
        diverted = np.minimum(beyond, means.diverted)
        book.diverted_since_billing[rows] += diverted
        book.other_arrears[rows] += diverted
        book.squeezed[rows] += beyond - diverted
        book.squeezed_since_billing[rows] += beyond - diverted
    return spent
