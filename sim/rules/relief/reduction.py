"""Rate reduction: a lower rate to the end of the loan, the instalment set anew at the next bill."""

from __future__ import annotations

from sim.book import Book, Mask, Rows
from sim.facts import next_bill_day, unbilled
from sim.money import half_up
from sim.rules.relief import Instrument
from sim.scenario.schema import RateReduction


def _present(reduction: RateReduction) -> bool:
    return reduction.share > 0


def _open_to(book: Book, rows: Rows, _day: int, _: RateReduction) -> Mask:
    return unbilled(book, rows)


def _grant(book: Book, rows: Rows, day: int, reduction: RateReduction) -> None:
    book.rate_bp[rows] = half_up(book.contract_rate_bp[rows] * (1 - reduction.share))
    book.relevel_day[rows] = next_bill_day(book, rows, day)


REDUCTION = Instrument("reduction", "rate_reduction", _present, _open_to, _grant)
