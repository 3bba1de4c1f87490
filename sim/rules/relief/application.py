"""Application: who asks for relief, or takes what is offered, once per hardship spell.

Some only pretend a hardship.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple, Self

import numpy as np

from sim.book import Book, Int64, Mask, Rows
from sim.clock import NEVER, YEAR
from sim.facts import disengaged, hardship
from sim.luck import uniform
from sim.rules.relief import Instrument, may_receive
from sim.scenario.schema import Behaviour, Offer


class Candidates(NamedTuple):
    """Borrowers in a hardship that entitles to an instrument, or pretending one."""

    rows: Rows
    suffers: Mask
    """Whether the hardship is real."""
    spell: Int64
    """The day since when it lasts; a pretender's is the first of the year."""

    def where(self, mask: Mask) -> Self:
        """Return those for whom ``mask`` holds."""
        return type(self)(self.rows[mask], self.suffers[mask], self.spell[mask])


def concerned(book: Book, rows: Rows, day: int, hardships: Collection[str]) -> Candidates:
    """Return who is in one of the hardships on ``day``, or may pretend to be."""
    suffers, since = hardship(book, rows, day, hardships)
    spell = np.where(suffers, since, day // YEAR * YEAR)
    return Candidates(rows, suffers, spell).where(suffers | book.opportunist[rows])


def eligible(
    book: Book, those: Candidates, day: int, instrument: Instrument, offer: Offer
) -> Candidates:
    """Note and return who may receive an instrument and is in hardship for it."""
    suffering = those.where(those.suffers)
    may = may_receive(book, suffering.rows, day, instrument, offer)
    instrument.eligible(book)[suffering.rows[may]] = True
    return suffering.where(may)


def universally_granted(
    book: Book, those: Candidates, instrument: Instrument, behaviour: Behaviour
) -> Rows:
    """Return which of the eligible have it without asking: once a spell, all but who opt out."""
    rows, _, spell = those.where(instrument.spell_day(book)[those.rows] != those.spell)
    instrument.spell_day(book)[rows] = spell
    stays = uniform(instrument.luck("APPLY"), spell, book.fate[rows])
    return rows[stays < behaviour.stays_in_universal]


def apply(
    book: Book,
    those: Candidates,
    day: int,
    instrument: Instrument,
    offer: Offer,
    behaviour: Behaviour,
) -> None:
    """Let active borrowers apply who know of relief, or anybody where an agent offers it.

    The cheap questions come first: few are left for the dear one, whether they may receive it.
    """
    first_time = instrument.spell_day(book)[those.rows] != those.spell
    if not first_time.any():
        return
    those = those.where(first_time)
    by_agent = offer.offer == "on_contact"
    rows = those.rows
    free = (instrument.file_day(book)[rows] == NEVER) & ~disengaged(book, rows, day)
    those = those.where(free if by_agent else free & book.aware[rows])
    chance = behaviour.accepts_offer if by_agent else behaviour.application
    u = uniform(instrument.luck("APPLY"), those.spell, book.fate[those.rows])
    those = those.where((u < chance) | book.sure_to_apply[those.rows])
    if not len(those.rows):
        return
    those = those.where(may_receive(book, those.rows, day, instrument, offer))
    _file(book, those, day, instrument, offer, behaviour)


def _file(
    book: Book,
    those: Candidates,
    day: int,
    instrument: Instrument,
    offer: Offer,
    behaviour: Behaviour,
) -> None:
    """File applications; want of papers ends some of those whose hardship is real."""
    rows, suffers, spell = those
    instrument.spell_day(book)[rows] = spell
    book.applications[rows] += np.int16(1)
    if not offer.proof_required:
        instrument.file_day(book)[rows] = day
        return
    brings = uniform(instrument.luck("PROOF"), spell, book.fate[rows]) < behaviour.proof_share
    proven = brings | ~suffers | book.sure_to_apply[rows]
    book.abandoned[rows[~proven]] += np.int16(1)
    instrument.file_day(book)[rows[proven]] = day + behaviour.proof_days
