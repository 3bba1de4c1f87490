"""Relief: one file per instrument; this page says what an instrument is and who may receive it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
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


class Programme:
    """Instruments of a policy that are asked about together.

    Their settings have shape (instruments, 1), to be held against one number a borrower.
    """

    def __init__(self, instruments: Sequence[Instrument], relief: Relief) -> None:
        """Take the instruments, and what a policy says of them."""
        self.instruments = tuple(instruments)
        self.offers: list[Offer] = [each.settings(relief) for each in instruments]
        named = [offer.hardships for offer in self.offers]
        self.hardships = list(dict.fromkeys(named))
        """The different hardships that they name."""
        self.names = [self.hardships.index(hardships) for hardships in named]
        """Which of these each instrument does."""
        self.any_will_do = self._column("any" in hardships for hardships in named)
        self.has_universal = any(offer.offer == "universal" for offer in self.offers)
        self.by_application = self._column(offer.offer == "opt_in" for offer in self.offers)
        self.min_dpd = self._column(offer.min_dpd for offer in self.offers)
        self.max_dpd = self._column(offer.max_dpd for offer in self.offers)
        self.max_uses = self._column(offer.max_uses for offer in self.offers)
        self.max_late_before = self._column(offer.max_late_before for offer in self.offers)
        self.min_score = self._column(offer.min_score for offer in self.offers)
        self.max_balance = self._column(offer.max_balance for offer in self.offers)
        self.proof_required = self._column(offer.proof_required for offer in self.offers)
        self.minutes = self._column(offer.minutes for offer in self.offers)
        self.apply, self.proof, self.decide = (
            tuple(instrument.luck(question) for instrument in instruments)
            for question in ("APPLY", "PROOF", "DECIDE")
        )

    @staticmethod
    def _column(values: Iterable[int]) -> Any:
        return np.array(list(values))[:, np.newaxis]

    def each(self, column: Callable[[Instrument, Book], Any], book: Book, rows: Rows) -> Any:
        """Return what a column of each instrument holds, shape (instruments, rows)."""
        return np.array([column(instrument, book)[rows] for instrument in self.instruments])


def may_receive(
    book: Book, rows: Rows, overdue: Int64, day: int, among: Mask, programme: Programme
) -> Mask:
    """Return which active borrowers could be granted which instrument, hardship apart.

    ``overdue`` holds their days past due; the result and ``among``, who is asked about, have shape
    (instruments, rows).
    """
    may: Mask = among & (overdue >= programme.min_dpd) & (overdue <= programme.max_dpd)
    may &= programme.each(Instrument.granted, book, rows) < programme.max_uses
    may &= book.late_starts[rows] - (overdue > 0) <= programme.max_late_before
    may &= ~on_probation(book, rows, day)
    if programme.min_score.any():
        may &= (score(book, rows) >= programme.min_score) | (programme.min_score == 0)
    if programme.max_balance.any():
        may &= (balance(book, rows) <= programme.max_balance) | (programme.max_balance == 0)
    for place in np.flatnonzero(may.any(axis=1)):
        instrument, offer = programme.instruments[place], programme.offers[place]
        still = may[place].nonzero()[0]  # few, so that its own question costs little
        may[place, still] = instrument.open_to(book, rows[still], day, offer)
    return may
