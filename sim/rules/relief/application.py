"""Application: who asks for relief, or takes what is offered, once per hardship spell.

Some only pretend a hardship. All instruments of a programme are asked about at once: an array
without ``rows`` in its name has shape (instruments, borrowers).
"""

from __future__ import annotations

from typing import NamedTuple, Self

import numpy as np

from sim.book import Book, Float, Int64, Mask, Rows
from sim.clock import NEVER, YEAR
from sim.facts import disengaged, hardship
from sim.luck import uniforms
from sim.rules.relief import Instrument, Programme, may_receive
from sim.scenario.schema import Behaviour


class Candidates(NamedTuple):
    """Borrowers whom a programme may concern, each row of an array for one of its instruments."""

    rows: Rows
    suffers: Mask
    """Whether they are in a hardship that entitles to the instrument."""
    spell: Int64
    """The day since when it lasts; a pretender's is the first of the year."""
    concerned: Mask
    """Whom the instrument still concerns: at first all who suffer, or may pretend to."""

    def only(self, concerned: Mask) -> Self:
        """Return them without those whom no instrument concerns any more."""
        left = np.flatnonzero(concerned.any(axis=0))
        rows, suffers, spell, _ = self
        return type(self)(rows[left], suffers[:, left], spell[:, left], concerned[:, left])

    def part(self, places: slice) -> Self:
        """Return the same borrowers as candidates for some of the instruments."""
        rows, suffers, spell, concerned = self
        return type(self)(rows, suffers[places], spell[places], concerned[places])


def candidates(book: Book, rows: Rows, day: int, programme: Programme) -> Candidates:
    """Return who is in a hardship that an instrument is meant for, or may pretend to be."""
    found = [hardship(book, rows, day, kinds) for kinds in programme.hardships]
    pretends = book.opportunist[rows]
    anyhow = pretends
    for suffers, _ in found:
        anyhow = anyhow | suffers
    those = anyhow.nonzero()[0]
    suffers = np.array([suffers[those] for suffers, _ in found])[programme.names]
    since = np.array([since[those] for _, since in found])[programme.names]
    spell = np.where(suffers, since, day // YEAR * YEAR)
    return Candidates(rows[those], suffers, spell, suffers | pretends[those])


def eligible(
    book: Book, those: Candidates, overdue: Int64, day: int, programme: Programme
) -> Candidates:
    """Return them as of concern to what they could be granted, ``overdue`` days past due."""
    may = may_receive(book, those.rows, overdue, day, those.concerned, programme)
    return those._replace(concerned=may)


def note_eligible(book: Book, those: Candidates, programme: Programme) -> None:
    """Note which of the eligible are in hardship."""
    entitled = those.concerned & those.suffers
    for place in np.flatnonzero(entitled.any(axis=1)):
        instrument = programme.instruments[place]
        instrument.eligible(book)[those.rows[entitled[place]]] = True


def universally_granted(
    book: Book, those: Candidates, programme: Programme, behaviour: Behaviour
) -> Rows:
    """Return which of the eligible have an instrument unasked, once a spell: who do not opt out.

    The programme is of this instrument alone.
    """
    those = those.only(those.concerned & those.suffers & _anew(book, those, programme))
    (instrument,) = programme.instruments
    instrument.spell_day(book)[those.rows] = those.spell[0]
    stays: Rows = those.rows[_willing(book, those, programme, behaviour.stays_in_universal)[0]]
    return stays


def asking(
    book: Book, those: Candidates, day: int, programme: Programme, behaviour: Behaviour
) -> Candidates:
    """Return those who would apply, once a spell: aware of relief, or offered it by an agent."""
    rows = those.rows
    hears = (book.aware[rows] | ~programme.by_application) & ~disengaged(book, rows, day)
    those = those.only(those.concerned & hears & _anew(book, those, programme))
    if not len(those.rows):
        return those
    free = programme.each(Instrument.file_day, book, those.rows) == NEVER
    chance = np.where(programme.by_application, behaviour.application, behaviour.accepts_offer)
    return those.only(those.concerned & free & _willing(book, those, programme, chance))


def _anew(book: Book, those: Candidates, programme: Programme) -> Mask:
    """Return for whom the spell is another than the one last applied for."""
    anew: Mask = programme.each(Instrument.spell_day, book, those.rows) != those.spell
    return anew


def _willing(book: Book, those: Candidates, programme: Programme, chance: Float | float) -> Mask:
    """Return who would ask for an instrument, take it from an agent, or not opt out of it."""
    luck = uniforms(programme.apply, those.spell, book.fate[those.rows])
    willing: Mask = (luck < chance) | book.sure_to_apply[those.rows]
    return willing


def file(
    book: Book, those: Candidates, day: int, programme: Programme, behaviour: Behaviour
) -> None:
    """File applications; want of papers ends some of those whose hardship is real."""
    rows, suffers, spell, asked = those
    if not asked.any():
        return
    note_eligible(book, those, programme)
    proven = ~suffers | book.sure_to_apply[rows] | ~programme.proof_required
    proven |= uniforms(programme.proof, spell, book.fate[rows]) < behaviour.proof_share
    book.applications[rows] += asked.sum(axis=0, dtype=np.int16)
    book.abandoned[rows] += (asked & ~proven).sum(axis=0, dtype=np.int16)
    for place in np.flatnonzero(asked.any(axis=1)):
        instrument, here = programme.instruments[place], asked[place]
        instrument.spell_day(book)[rows[here]] = spell[place, here]
        reaches_desk = day + behaviour.proof_days * programme.offers[place].proof_required
        files = rows[here & proven[place]]
        instrument.file_day(book)[files] = reaches_desk
        book.note_files(files, reaches_desk)
