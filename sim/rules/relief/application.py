"""Application: the aware and eligible apply once per hardship spell, some only pretend one."""

from __future__ import annotations

import numpy as np

from sim.book import Book, Int64, Mask, Rows
from sim.clock import NEVER, YEAR
from sim.facts import disengaged, hardship
from sim.luck import uniform
from sim.rules.relief import Instrument
from sim.scenario.schema import Behaviour, Deferral, PenaltyWaiver


def consider(
    book: Book,
    rows: Rows,
    day: int,
    instrument: Instrument,
    settings: Deferral | PenaltyWaiver,
    behaviour: Behaviour,
    *,
    due_day: bool,
) -> None:
    """Let active borrowers apply on ``day``; on their due day also note who is eligible."""
    suffers, since = hardship(book, rows, day, settings.hardships)
    concerned = suffers | book.opportunist[rows]
    rows, suffers, since = rows[concerned], suffers[concerned], since[concerned]
    may_receive = instrument.may_receive(book, rows, day, settings)
    rows, suffers, since = rows[may_receive], suffers[may_receive], since[may_receive]
    if due_day:
        instrument.eligible(book)[rows[suffers]] = True
    spell = np.where(suffers, since, day // YEAR * YEAR)
    free = (
        book.aware[rows]
        & ~disengaged(book, rows, day)
        & (instrument.file_day(book)[rows] == NEVER)
        & (instrument.spell_day(book)[rows] != spell)
    )
    willing = uniform(instrument.apply, spell, book.fate[rows]) < behaviour.application
    applies = free & (willing | book.sure_to_apply[rows])
    _file(
        book, rows[applies], suffers[applies], spell[applies], day, instrument, settings, behaviour
    )


def _file(
    book: Book,
    rows: Rows,
    suffers: Mask,
    spell: Int64,
    day: int,
    instrument: Instrument,
    settings: Deferral | PenaltyWaiver,
    behaviour: Behaviour,
) -> None:
    """File applications; want of proof ends some."""
    instrument.spell_day(book)[rows] = spell
    book.applications[rows] += np.int16(1)
    if not settings.proof_required:
        instrument.file_day(book)[rows] = day
        return
    proven = _proven(book, rows, suffers, spell, instrument, behaviour)
    book.abandoned[rows[~proven]] += np.int16(1)
    instrument.file_day(book)[rows[proven]] = day + behaviour.proof_days


def _proven(
    book: Book,
    rows: Rows,
    suffers: Mask,
    spell: Int64,
    instrument: Instrument,
    behaviour: Behaviour,
) -> Mask:
    """Return who brings papers: a share of those in hardship, and all who pretend."""
    brings = uniform(instrument.prove, spell, book.fate[rows]) < behaviour.proof_share
    proven: Mask = brings | ~suffers | book.sure_to_apply[rows]
    return proven
