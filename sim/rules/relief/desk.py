"""The desk: what reviewers decide on files, rightly or wrongly."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, Self

import numpy as np

from sim.book import Book, Int32, Mask, Rows, Status
from sim.clock import NEVER
from sim.facts import hardship
from sim.luck import uniforms
from sim.rules.relief import Instrument, Programme
from sim.scenario.schema import Desk


class Files(NamedTuple):
    """Files of some borrowers, each row of an array for one instrument of a programme."""

    rows: Rows
    filed: Int32
    """The day on which each reached the desk; NEVER where there is none."""
    decided: Mask
    """Which of them are decided today."""

    def only_decided(self) -> Self:
        """Return them without those of whom no file is decided."""
        some = np.flatnonzero(self.decided.any(axis=0))
        rows, filed, decided = self
        return type(self)(rows[some], filed[:, some], decided[:, some])


def decide(
    book: Book, files: Files, day: int, programme: Programme, desk: Desk
) -> Iterator[tuple[Instrument, Rows]]:
    """Close files; yield whom each instrument is granted to, for the next may depend on it."""
    rows, filed, decided = files
    book.waiting_days[rows] += np.where(decided, day - filed, 0).sum(axis=0, dtype=np.int32)
    book.files_decided[rows] += decided.sum(axis=0, dtype=np.int16)
    book.review_minutes[rows] += (decided * programme.minutes).sum(axis=0, dtype=np.int32)

    struck = _struck(book, rows, day, programme)
    approved = decided & _convinced(book, files, struck, programme, desk)
    grantable = decided & (book.status[rows] == Status.ACTIVE)
    for place in np.flatnonzero(decided.any(axis=1)):
        instrument, offer = programme.instruments[place], programme.offers[place]
        here = decided[place].nonzero()[0]
        those = rows[here]
        instrument.file_day(book)[those] = NEVER
        grantable[place, here] &= instrument.open_to(book, those, day, offer)
        yield instrument, rows[approved[place] & grantable[place]]

    refused = decided & ~(approved & grantable)
    book.refusals[rows] += refused.sum(axis=0, dtype=np.int16)
    book.refused_in_hardship[rows] += (refused & grantable & struck).sum(axis=0, dtype=np.int16)


def _struck(book: Book, rows: Rows, day: int, programme: Programme) -> Mask:
    """Return who suffers a hardship that an instrument names, shape (instruments, rows)."""
    named = ([kind for kind in kinds if kind != "any"] for kinds in programme.hardships)
    struck: Mask = np.array([hardship(book, rows, day, kinds)[0] for kinds in named])
    return struck[programme.names]


def _convinced(book: Book, files: Files, struck: Mask, programme: Programme, desk: Desk) -> Mask:
    """Return which files convince the reviewers.

    A file shows hardship as it is on the day of the decision: who waited until it was over is no
    longer in it. Sensitivity is the chance to grant where there is hardship, specificity the chance
    to refuse where there is none.
    """
    specificity = np.where(
        programme.proof_required, desk.specificity, desk.specificity_without_proof
    )
    shown = struck | programme.any_will_do
    chance = np.where(shown, desk.sensitivity, 1 - specificity)
    filed = files.filed.astype(np.int64)
    convinced: Mask = uniforms(programme.decide, filed, book.fate[files.rows]) < chance
    return convinced
