"""Penalty waiver: a share is forgiven of what stands and of what accrues until nothing is owed.

A conditional one forgives only once the rest is paid. Before 90 days past due the penalty is a few
per cent of an instalment, and so is this lever.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from sim.book import Book, Float, Int64, Mask, Rows
from sim.facts import arrears, conditional_waiver_open, days_past_due, disengaged, owed
from sim.money import BASIS_POINTS, half_up, share_of
from sim.rules.relief import Instrument
from sim.scenario.schema import PenaltyWaiver


def shares(book: Book, rows: Rows, day: int, waiver: PenaltyWaiver) -> Float:
    """Return the share waived for each: by days past due, more for who was never late before."""
    reached, by_band = _bands(waiver)
    overdue = days_past_due(book, rows, day)
    share = by_band[np.searchsorted(reached, overdue, side="right")]
    if not waiver.clean_record_bonus:
        return share
    never_before = book.late_starts[rows] == (overdue > 0)
    rewarded = never_before & (share > 0)
    return np.where(rewarded, np.minimum(1.0, share + waiver.clean_record_bonus), share)


@lru_cache(maxsize=64)
def _bands(waiver: PenaltyWaiver) -> tuple[Int64, Float]:
    """Return the days past due at which each band begins, and the shares, the first below them."""
    reached = np.array([band.from_dpd for band in waiver.bands], dtype=np.int64)
    return reached, np.array([waiver.share, *(band.share for band in waiver.bands)])


def _present(waiver: PenaltyWaiver) -> bool:
    return waiver.share > 0 or any(band.share > 0 for band in waiver.bands)


def _open_to(book: Book, rows: Rows, day: int, waiver: PenaltyWaiver) -> Mask:
    held = (book.waiver_bp[rows] != 0) | conditional_waiver_open(book, rows, day)
    open_to: Mask = ~held & (owed(book, rows) > 0)
    if not _bands(waiver)[1].all():
        open_to &= shares(book, rows, day, waiver) > 0
    return open_to


def _grant(book: Book, rows: Rows, day: int, waiver: PenaltyWaiver) -> None:
    """Waive, or offer to; the penalty must have been accrued through the day before."""
    share_bp = half_up(shares(book, rows, day, waiver) * BASIS_POINTS)
    if waiver.condition_days:
        book.waiver_offer_bp[rows] = share_bp
        book.waiver_until_day[rows] = day + waiver.condition_days
        tempted = rows[~disengaged(book, rows, day) & (arrears(book, rows) > 0)]
        book.next_payment_day[tempted] = day + 1
        return
    forgiven = share_of(book.penalty[rows], share_bp)
    book.waiver_bp[rows] = share_bp
    book.penalty[rows] -= forgiven
    book.forgiven_penalty[rows] += forgiven


WAIVER = Instrument("waiver", "penalty_waiver", _present, _open_to, _grant, restructures=False)
