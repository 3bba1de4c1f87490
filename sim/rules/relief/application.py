"""Application: who asks for relief, or takes what is offered, once per hardship spell.

Some only pretend a hardship.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple, Self

import numpy as np

from sim.book import Book, Int64, Mask, Rows
from sim.clock import NEVER, YEAR
from sim.facts import days_past_due, disengaged, hardship
from sim.luck import uniform, uniforms
from sim.rules.relief import Instrument, in_window, may_receive, on_offer
from sim.scenario.schema import Behaviour, Offer, Relief


class Candidates(NamedTuple):
    """Borrowers in a hardship that entitles to an instrument, or pretending one."""

    rows: Rows
    suffers: Mask
    """Whether the hardship is real."""
    spell: Int64
    """The day since when it lasts; a pretender's is the first of the year."""
    overdue: Int64
    """Days past due."""
    willing: Mask
    """Whether they would ask for the instrument, take it from an agent, or not opt out of it."""

    def where(self, mask: Mask) -> Self:
        """Return those for whom ``mask`` holds."""
        rows, suffers, spell, overdue, willing = self
        return type(self)(rows[mask], suffers[mask], spell[mask], overdue[mask], willing[mask])


def concerned(
    book: Book,
    rows: Rows,
    day: int,
    instruments: Sequence[Instrument],
    relief: Relief,
    behaviour: Behaviour,
) -> Iterator[tuple[Instrument, Offer, Candidates]]:
    """Yield each instrument on offer with its settings and whom it concerns, if anybody.

    Who is in hardship, how late and how willing, is asked once for all instruments that name the
    same hardships: no application and no grant changes it.
    """
    on_offer_today = {
        instrument: offer
        for instrument in instruments
        if on_offer(offer := instrument.settings(relief), day)
    }
    alike: dict[tuple[str, ...], list[Instrument]] = {}
    for instrument, offer in on_offer_today.items():
        alike.setdefault(offer.hardships, []).append(instrument)
    candidates: dict[Instrument, Candidates] = {}
    for hardships, group in alike.items():
        offers = [on_offer_today[instrument] for instrument in group]
        of_all = _candidates(book, rows, day, hardships, group, offers, behaviour)
        candidates.update(zip(group, of_all, strict=True))
    for instrument, offer in on_offer_today.items():
        if len(candidates[instrument].rows):
            yield instrument, offer, candidates[instrument]


def _candidates(
    book: Book,
    rows: Rows,
    day: int,
    hardships: Collection[str],
    instruments: Sequence[Instrument],
    offers: Sequence[Offer],
    behaviour: Behaviour,
) -> Iterator[Candidates]:
    """Yield for each instrument who is in one of the hardships on ``day``, or may pretend to be."""
    suffers, since = hardship(book, rows, day, hardships)
    those = suffers | book.opportunist[rows]
    rows, suffers = rows[those], suffers[those]
    spell = np.where(suffers, since[those], day // YEAR * YEAR)
    overdue = days_past_due(book, rows, day)
    chances = {
        "opt_in": behaviour.application,
        "on_contact": behaviour.accepts_offer,
        "universal": behaviour.stays_in_universal,
    }
    purposes = [instrument.luck("APPLY") for instrument in instruments]
    chance = np.array([chances[offer.offer] for offer in offers])[:, np.newaxis]
    luck = uniforms(purposes, spell, book.fate[rows])
    for willing in (luck < chance) | book.sure_to_apply[rows]:
        yield Candidates(rows, suffers, spell, overdue, willing)


def eligible(
    book: Book, those: Candidates, day: int, instrument: Instrument, offer: Offer
) -> Candidates:
    """Note and return who may receive an instrument and is in hardship for it."""
    suffering = those.where(those.suffers & in_window(those.overdue, offer))
    if not len(suffering.rows):
        return suffering
    may = may_receive(book, suffering.rows, suffering.overdue, day, instrument, offer)
    instrument.eligible(book)[suffering.rows[may]] = True
    return suffering.where(may)


def universally_granted(book: Book, those: Candidates, instrument: Instrument) -> Rows:
    """Return which of the eligible have it without asking: once a spell, all but who opt out."""
    first = those.where(instrument.spell_day(book)[those.rows] != those.spell)
    instrument.spell_day(book)[first.rows] = first.spell
    return first.rows[first.willing]


def apply(
    book: Book,
    those: Candidates,
    day: int,
    instrument: Instrument,
    offer: Offer,
    behaviour: Behaviour,
) -> None:
    """Let the willing apply who know of relief, or anybody to whom an agent offers it."""
    asks_anew = those.willing & in_window(those.overdue, offer)
    asks_anew &= instrument.spell_day(book)[those.rows] != those.spell
    if not asks_anew.any():
        return
    those = those.where(asks_anew)
    rows = those.rows
    free = (instrument.file_day(book)[rows] == NEVER) & ~disengaged(book, rows, day)
    if offer.offer == "opt_in":
        free &= book.aware[rows]
    those = those.where(free)
    if len(those.rows):
        may = may_receive(book, those.rows, those.overdue, day, instrument, offer)
        if may.any():
            _file(book, those.where(may), day, instrument, offer, behaviour)


def _file(
    book: Book,
    those: Candidates,
    day: int,
    instrument: Instrument,
    offer: Offer,
    behaviour: Behaviour,
) -> None:
    """File applications; want of papers ends some of those whose hardship is real."""
    rows, suffers, spell = those.rows, those.suffers, those.spell
    instrument.spell_day(book)[rows] = spell
    book.applications[rows] += np.int16(1)
    instrument.eligible(book)[rows[suffers]] = True
    if not offer.proof_required:
        instrument.file_day(book)[rows] = day
        return
    brings = uniform(instrument.luck("PROOF"), spell, book.fate[rows]) < behaviour.proof_share
    proven = brings | ~suffers | book.sure_to_apply[rows]
    book.abandoned[rows[~proven]] += np.int16(1)
    instrument.file_day(book)[rows[proven]] = day + behaviour.proof_days
