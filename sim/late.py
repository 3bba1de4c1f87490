"""Who is late: found without a look at the whole Book, with what is asked of them every day."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Self

import numpy as np

from sim.clock import NEVER
from sim.columns import Fate, Float, Int64, Rows

if TYPE_CHECKING:
    from sim.book import Book


class Late(NamedTuple):
    """Borrowers with arrears in ascending order, and what never changes of each, close together."""

    rows: Rows
    fate: Fate
    reachability: Float
    owner: Int64
    """The position of each one's replica among those of the Book."""

    @classmethod
    def of(cls, book: Book, part: slice) -> Self:
        """Return who is late in a part of the Book."""
        rows = (book.oldest_due_day[part] != NEVER).nonzero()[0] + part.start
        return cls(rows, book.fate[rows], book.reachability[rows], book.replica_positions(rows))

    def at(self, places: Rows | slice) -> Self:
        """Return those at some places."""
        rows, fate, reachability, owner = self
        return type(self)(rows[places], fate[places], reachability[places], owner[places])

    def still(self, book: Book) -> Self:
        """Return who is late still: only a bill makes anybody late anew."""
        late = book.oldest_due_day[self.rows] != NEVER
        return self if late.all() else self.at(late.nonzero()[0])

    def billed(self, book: Book, part: slice) -> Self:
        """Return all who are late now that a part of the Book has been billed."""
        before, after = np.searchsorted(self.rows, (part.start, part.stop))
        pieces = self.at(slice(before)), self.of(book, part), self.at(slice(after, None))
        return type(self)(*(np.concatenate(columns) for columns in zip(*pieces, strict=True)))
