"""Application: the aware and eligible apply once per hardship spell, some only pretend one."""

from __future__ import annotations

import numpy as np

from sim.book import Book, Int64, Mask, Rows
from sim.clock import NEVER, YEAR
from sim.facts import disengaged, hardship
from sim.luck import uniform
from sim.rules.relief import Instrument
from sim.scenario.schema import Behaviour, Deferral, PenaltyWaiver


def note_eligible(
    book: Book, rows: Rows, day: int, instrument: Instrument, settings: Deferral | PenaltyWaiver
) -> None:
    """Remember which active borrowers are in hardship and could be granted it on their due day."""
    suffers, _ = hardship(book, rows, day, settings.hardships)
    suffering = rows[suffers]
    eligible = instrument.may_receive(book, suffering, day, settings)
    instrument.eligible(book)[suffering[eligible]] = True


def apply(
    book: Book,
    rows: Rows,
    day: int,
    instrument: Instrument,
    settings: Deferral | PenaltyWaiver,
    behaviour: Behaviour,
) -> None:
    """File the applications that active borrowers make on ``day``; want of proof ends some."""
    rows = rows[
        book.aware[rows] & ~disengaged(book, rows, day) & (instrument.file_day(book)[rows] == NEVER)
    ]
    suffers, since = hardship(book, rows, day, settings.hardships)
    spell = np.where(suffers, since, day // YEAR * YEAR)
    considers = (suffers | book.opportunist[rows]) & (instrument.spell_day(book)[rows] != spell)
    rows, suffers, spell = rows[considers], suffers[considers], spell[considers]
    willing = uniform(instrument.apply, spell, book.fate[rows]) < behaviour.application
    applies = willing & instrument.may_receive(book, rows, day, settings)
    rows, suffers, spell = rows[applies], suffers[applies], spell[applies]

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
    return ~suffers | (uniform(instrument.prove, spell, book.fate[rows]) < behaviour.proof_share)
