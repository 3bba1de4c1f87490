"""Relief: one file per instrument; this page says what an instrument is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sim.book import Book, Int32, Mask, Rows
from sim.luck import Purpose


@dataclass(frozen=True)
class Instrument:
    """A relief that borrowers apply for and the desk decides.

    ``name`` prefixes its columns in the Book. The functions take the instrument's own settings
    (``policy.relief``'s field of that instrument).
    """

    name: str
    apply: Purpose
    prove: Purpose
    decide: Purpose
    present: Callable[[Any], bool]
    """Whether these settings give any relief at all."""
    may_receive: Callable[[Book, Rows, int, Any], Mask]
    """Who could be granted it on a day, hardship apart."""
    grantable: Callable[[Book, Rows], Mask]
    """For whom it can still take effect when the desk decides."""
    grant: Callable[[Book, Rows, int, Any], None]
    """Put it in force."""

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
