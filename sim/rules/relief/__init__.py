"""Relief: one file per instrument; this page says what an instrument is and who may receive it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.book import Book, Int16, Int32, Int64, Mask, Rows
from sim.clock import MONTH
from sim.facts import balance, on_probation, score
from sim.luck import Purpose
from sim.scenario.schema import Offer, Relief


@dataclass(frozen=True, eq=False)  # there is one of each
class Instrument:
    """A relief that a lender can give: its columns in the Book, its settings, what it does.

    The functions take the instrument's own settings, the field ``setting`` of ``policy.relief``.
    """

    name: str
    """Prefix of its columns."""
    setting: str
    present: Callable[[Any], bool]
    """Whether these settings give any relief at all."""
    open_to: Callable[[Book, Rows, int, Any], Mask]
    """For whom it can take effect on a day, whatever else is asked of them."""
    grant: Callable[[Book, Rows, int, Any], None]
    """Put it in force."""
    restructures: bool = True
    """Whether it changes what is due when, or at which rate: the loan is forborne for a time."""

    def settings(self, relief: Relief) -> Any:
        """Return what a policy says of it."""
        return getattr(relief, self.setting)

    def luck(self, question: str) -> Purpose:
        """Return the purpose of its draws for ``APPLY``, ``PROOF`` or ``DECIDE``."""
        return Purpose[f"{question}_{self.name.upper()}"]

    def file_day(self, book: Book) -> Int32:
        """Return the column of the day on which a pending file reaches the desk."""
        column: Int32 = getattr(book, f"{self.name}_file_day")
        return column

    def spell_day(self, book: Book) -> Int32:
        """Return the column of the hardship spell last applied for."""
        column: Int32 = getattr(book, f"{self.name}_spell_day")
        return column

    def eligible(self, book: Book) -> Mask:
        """Return the column of who was ever eligible."""
        column: Mask = getattr(book, f"{self.name}_eligible")
        return column

    def taken(self, book: Book) -> Mask:
        """Return the column of who was granted it since day 0."""
        column: Mask = getattr(book, f"{self.name}_taken")
        return column

    def granted(self, book: Book) -> Int16:
        """Return the column of how often it was granted."""
        column: Int16 = getattr(book, f"{self.name}s_granted")
        return column


def on_offer(offer: Offer, day: int) -> bool:
    """Return whether applications are taken, or offers made, on ``day``."""
    opened = offer.opens_month == 0 or day >= MONTH * (offer.opens_month - 1)
    return opened and day < MONTH * offer.closes_month


def in_window(overdue: Int64, offer: Offer) -> Mask:
    """Return whose days past due an instrument is meant for."""
    meant: Mask = (overdue >= offer.min_dpd) & (overdue <= offer.max_dpd)
    return meant


def may_receive(
    book: Book, rows: Rows, overdue: Int64, day: int, instrument: Instrument, offer: Offer
) -> Mask:
    """Return which active borrowers could be granted an instrument on offer, hardship apart.

    ``overdue`` holds their days past due.
    """
    may: Mask = (
        in_window(overdue, offer)
        & (instrument.granted(book)[rows] < offer.max_uses)
        & (book.late_starts[rows] - (overdue > 0) <= offer.max_late_before)
        & ~on_probation(book, rows, day)
    )
    if offer.min_score:
        may &= score(book, rows) >= offer.min_score
    if offer.max_balance:
        may &= balance(book, rows) <= offer.max_balance
    still = np.flatnonzero(may)  # few, so that the instrument's own question costs little
    may[still] = instrument.open_to(book, rows[still], day, offer)
    return may
