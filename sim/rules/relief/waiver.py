"""Penalty waiver: a share is forgiven of what stands and of what accrues until nothing is owed.

Before 90 days past due the penalty is a few per cent of an instalment, and so is this lever.
"""

from __future__ import annotations

import numpy as np

from sim.book import Book, Mask, Rows
from sim.facts import days_past_due, owed
from sim.luck import Purpose
from sim.money import BASIS_POINTS, share_of
from sim.rules.relief import Instrument
from sim.scenario.schema import PenaltyWaiver


def _present(waiver: PenaltyWaiver) -> bool:
    return waiver.share > 0


def _may_receive(book: Book, rows: Rows, day: int, waiver: PenaltyWaiver) -> Mask:
    overdue = days_past_due(book, rows, day)
    in_band = (overdue >= waiver.min_dpd) & (overdue <= waiver.max_dpd)
    may: Mask = in_band & (book.waiver_bp[rows] == 0) & (owed(book, rows) > 0)
    return may


def _grantable(book: Book, rows: Rows) -> Mask:
    return owed(book, rows) > 0


def _grant(book: Book, rows: Rows, day: int, waiver: PenaltyWaiver) -> None:
    """Waive; the penalty must have been accrued through the day before."""
    share = int(np.floor(waiver.share * BASIS_POINTS + 0.5))
    forgiven = share_of(book.penalty[rows], share)
    book.waiver_bp[rows] = share
    book.penalty[rows] -= forgiven
    book.forgiven_penalty[rows] += forgiven
    book.waivers_granted[rows] += np.int16(1)


WAIVER = Instrument(
    name="waiver",
    apply=Purpose.APPLY_WAIVER,
    prove=Purpose.PROOF_WAIVER,
    decide=Purpose.DECIDE_WAIVER,
    present=_present,
    may_receive=_may_receive,
    grantable=_grantable,
    grant=_grant,
)
