"""The Book: one row a loan and its borrower, one column a fact; the only mutable state there is.

A Book holds several *replicas* side by side: independent portfolios, each with its own desk and
agents. Rows lie by billing cycle, then replica, then the end of the loan, so that a due day is one
contiguous slice. Facts are stored as *when*, never as a countdown; whatever can be derived (days
past due, unpaid instalments, cash) is derived.
"""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Self

import numpy as np

from sim.clock import CYCLE_STEP, CYCLES, MONTH, NEVER
from sim.columns import (
    COLUMNS,
    Columns,
    Fate,
    Float,
    Int8,
    Int16,
    Int32,
    Int64,
    Mask,
    Rows,
    Status,
    WhyMissed,
)
from sim.late import Late
from sim.ledger import Ledger

__all__ = [
    "COLUMNS",
    "MINUTES",
    "Book",
    "Fate",
    "Float",
    "Int8",
    "Int16",
    "Int32",
    "Int64",
    "Mask",
    "Rows",
    "Status",
    "WhyMissed",
]


class Book(Columns):
    """A table of borrowers with the minutes their lenders worked and the ledger of their months."""

    # what follows from the columns, found again where a Book is copied, loaded or run anew
    _late: Late | None = None
    _at_desk: Rows | None = None
    """Whose file had come to the desk when it was last looked for; None: nobody has looked."""
    _on_their_way: dict[int, list[Rows]]
    """Whose files come later, by day."""

    def __init__(self, replicas: Int64, rows: int, day: int) -> None:
        """Make a Book of ``rows`` rows at their start values, about to run ``day``."""
        self._allot(rows)
        for name, column in COLUMNS.items():
            if column.start:
                getattr(self, name)[:] = column.start
        self.replicas = replicas
        self.day = day
        self.desk_minutes: Int64 = np.zeros(len(replicas), dtype=np.int64)
        self.call_minutes: Int64 = np.zeros(len(replicas), dtype=np.int64)
        self.visit_minutes: Int64 = np.zeros(len(replicas), dtype=np.int64)
        self.ledger = Ledger()

    def _allot(self, rows: int) -> None:
        """Give every column its place in one block of zeros: the system serves it in large pages.

        What is never written to costs no memory.
        """
        places = [0]
        for column in COLUMNS.values():
            places.append(places[-1] + -(-rows * column.dtype.itemsize // ALIGNED) * ALIGNED)
        block = np.zeros(places[-1], dtype=np.uint8)
        for place, (name, column) in zip(places, COLUMNS.items(), strict=False):
            size = rows * column.dtype.itemsize
            setattr(self, name, block[place : place + size].view(column.dtype))

    def __len__(self) -> int:
        """Return the number of borrowers."""
        return len(self.fate)

    def cycle_slices(self) -> list[slice]:
        """Return where each billing cycle lies."""
        edges = np.searchsorted(self.cycle, np.arange(CYCLES + 1)).tolist()
        return [slice(start, stop) for start, stop in pairwise(edges)]

    def file_days(self) -> list[Int32]:
        """Return the columns of the days on which pending files reach the desk."""
        return [getattr(self, name) for name in FILE_DAYS]

    def late(self) -> Late:
        """Return who has arrears."""
        everybody = slice(0, len(self))
        self._late = self._late.still(self) if self._late else Late.of(self, everybody)
        return self._late

    def note_billed(self, cycle: slice) -> None:
        """Take note that a cycle may have fallen late."""
        if self._late:
            self._late = self._late.billed(self, cycle)

    def look_anew(self) -> None:
        """Forget who is late and which files are at the desk: a hand may have changed anything."""
        self._late = None
        self._at_desk = None

    def note_files(self, rows: Rows, day: int) -> None:
        """Note that files of ``rows`` reach the desk on ``day``."""
        if self._at_desk is not None:
            self._on_their_way.setdefault(day, []).append(rows)

    def files_by(self, day: int) -> Rows:
        """Return the rows with a pending file, ascending, but for noted ones of after ``day``.

        Only the first time is the whole Book looked through; a file must be noted from then on.
        """
        if self._at_desk is None:
            self._on_their_way = {}
            rows = np.arange(len(self))
        else:
            come = [reached for reached in self._on_their_way if reached <= day]
            new = [rows for reached in come for rows in self._on_their_way.pop(reached)]
            rows = np.unique(np.concatenate([self._at_desk, *new]))
        pending = np.zeros(len(rows), dtype=np.bool_)
        for file_day in self.file_days():
            pending |= file_day[rows] != NEVER
        self._at_desk = rows[pending]
        return self._at_desk

    def replica_positions(self, rows: Rows) -> Int64:
        """Return for each row the position of its replica in ``replicas``."""
        first, last = self.replicas[0], self.replicas[-1]
        if last - first + 1 == len(self.replicas):  # a batch numbers them in one run
            position: Int64 = self.replica[rows] - first
            return position
        return np.searchsorted(self.replicas, self.replica[rows])

    def days_since_due(self, rows: Rows, day: int) -> Int64:
        """Return the days since each row's last due day, 0 to 29."""
        since: Int64 = SINCE_DUE[day % MONTH][self.cycle[rows]]
        return since

    def active_rows(self, within: slice) -> Rows:
        """Return the rows of active loans within a slice."""
        rows: Rows = np.flatnonzero(self.status[within] == Status.ACTIVE) + within.start
        return rows

    def copy(self) -> Self:
        """Return an independent Book in the same state."""
        twin = object.__new__(type(self))
        twin._allot(len(self))
        for name in COLUMNS:
            getattr(twin, name)[:] = getattr(self, name)
        for name in ("replicas", *MINUTES):
            setattr(twin, name, getattr(self, name).copy())
        twin.day = self.day
        twin.ledger = self.ledger.copy()
        return twin

    def save(self, path: Path) -> None:
        """Write the Book to ``path`` (NumPy's npz); loaded again, it runs on to the same end."""
        arrays = {name: getattr(self, name) for name in (*COLUMNS, *MINUTES)}
        arrays |= {f"ledger.{name}": table for name, table in self.ledger.entries.items()}
        about = json.dumps({"day": self.day, "ledger_days": self.ledger.days})
        with path.open("wb") as file:
            np.savez(
                file,
                allow_pickle=False,
                about=np.array(about),
                replicas=self.replicas,
                **arrays,
            )

    @classmethod
    def load(cls, path: Path) -> Self:
        """Return the Book that ``save`` wrote to ``path``."""
        with np.load(path, allow_pickle=False) as stored:
            about = json.loads(stored["about"].item())
            book = cls(stored["replicas"], 0, about["day"])
            book._allot(len(stored["fate"]))
            for name in COLUMNS:
                getattr(book, name)[:] = stored[name]
            for name in MINUTES:
                setattr(book, name, stored[name])
            ledger = {
                name.removeprefix("ledger."): stored[name]
                for name in stored.files
                if name.startswith("ledger.")
            }
            for month, day in enumerate(about["ledger_days"]):
                book.ledger.append(day, {name: table[month] for name, table in ledger.items()})
        return book


ALIGNED = 64
"""Bytes: a column begins with a line of the processor's cache."""
SINCE_DUE = (np.arange(MONTH)[:, np.newaxis] - CYCLE_STEP * np.arange(CYCLES)) % MONTH
"""By day of the month and cycle: the days since the last due day."""
FILE_DAYS = tuple(name for name in COLUMNS if name.endswith("_file_day"))
MINUTES = ("desk_minutes", "call_minutes", "visit_minutes")
"""What staff worked so far, one number a replica."""
