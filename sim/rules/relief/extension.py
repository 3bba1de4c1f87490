"""Term extension: more and smaller instalments, set anew at the next bill."""

from __future__ import annotations

from sim.book import Book, Mask, Rows
from sim.facts import next_bill_day, unbilled
from sim.rules.relief import Instrument
from sim.scenario.schema import TermExtension


def _present(extension: TermExtension) -> bool:
    return extension.months > 0


def _open_to(book: Book, rows: Rows, _day: int, _: TermExtension) -> Mask:
    return unbilled(book, rows)


def _grant(book: Book, rows: Rows, day: int, extension: TermExtension) -> None:
    book.term_months[rows] += extension.months
    book.relevel_day[rows] = next_bill_day(book, rows, day)


EXTENSION = Instrument("extension", "term_extension", _present, _open_to, _grant)
