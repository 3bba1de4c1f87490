"""Settlement: one sum, less than the balance and paid within days, that closes the loan."""

from __future__ import annotations

import numpy as np

from sim.book import Book, Mask, Rows
from sim.facts import balance, disengaged, owed, settlement_open
from sim.money import half_up
from sim.rules.relief import Instrument
from sim.scenario.schema import Settlement


def _present(settlement: Settlement) -> bool:
    return settlement.haircut > 0


def _open_to(book: Book, rows: Rows, day: int, _: Settlement) -> Mask:
    return (owed(book, rows) > 0) & ~settlement_open(book, rows, day)


def _grant(book: Book, rows: Rows, day: int, settlement: Settlement) -> None:
    agreed = half_up(balance(book, rows) * (1 - settlement.haircut))
    book.settlement_amount[rows] = np.maximum(1, agreed)
    book.settlement_until_day[rows] = day + settlement.days
    book.next_payment_day[rows[~disengaged(book, rows, day)]] = day + 1


SETTLEMENT = Instrument("settlement", "settlement", _present, _open_to, _grant, restructures=False)
