"""Granting: an instrument is put in force, and what any relief does to the borrower besides."""

from __future__ import annotations

import numpy as np

from sim.book import Book, Rows, WhyMissed
from sim.clock import MONTH, NEVER
from sim.facts import arrangement_in_force, arrears
from sim.luck import Purpose, uniform
from sim.rules.relief import Instrument
from sim.scenario.schema import Behaviour, Relief


def grant(
    book: Book,
    rows: Rows,
    day: int,
    instrument: Instrument,
    relief: Relief,
    behaviour: Behaviour,
) -> None:
    """Grant an instrument to ``rows``, accrued through the day before: it is in force, and felt."""
    if not len(rows):
        return
    instrument.grant(book, rows, day, instrument.settings(relief))
    instrument.granted(book)[rows] += np.int16(1)
    instrument.taken(book)[rows] = True
    book.relieved_day[rows] = day
    if instrument.restructures:
        book.restructured_day[rows] = day
    if relief.probation_months:
        ends = book.deferral_until_day[rows] if instrument.name == "deferral" else day
        book.probation_until_day[rows] = ends + MONTH * relief.probation_months
    _win_over(book, rows, day, instrument, relief, behaviour)


def _win_over(
    book: Book,
    rows: Rows,
    day: int,
    instrument: Instrument,
    relief: Relief,
    behaviour: Behaviour,
) -> None:
    """Bring back some of those who had turned away, and some for good.

    Source: relief framed as the lender's own lowered default, the regulator's did not (Fiorin, Hall
    and Kanz 2023).
    """
    fate = book.fate[rows]
    if relief.framing == "lender" and behaviour.reciprocity:
        won = uniform(Purpose.RECIPROCITY, day, fate) < behaviour.reciprocity
        book.grateful[rows[won]] = True
    back = book.disengage_day[rows] != NEVER
    if back.any():
        moved = book.grateful[rows]
        if behaviour.grant_reengages:
            moved |= uniform(Purpose.GRANT_REENGAGES, day, fate) < behaviour.grant_reengages
        back &= moved
    if instrument.name == "waiver" and behaviour.waiver_willingness:
        back |= uniform(Purpose.ENCOURAGED, day, fate) < behaviour.waiver_willingness
    if not back.any():
        return
    back = rows[back]
    book.disengage_day[back] = NEVER
    late = back[(arrears(book, back) > 0) & ~arrangement_in_force(book, back, day)]
    book.why_missed[late] = WhyMissed.UNABLE
    book.next_payment_day[late] = day + 1
