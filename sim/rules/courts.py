"""Courts: what is filed, heard and judged, and what a judgment brings in."""

from __future__ import annotations

import numpy as np

from sim.book import Book, Int64, Mask, Rows, Status
from sim.clock import MONTH, NEVER
from sim.facts import (
    arrangement_in_force,
    claim,
    days_past_due,
    deferral_granted,
    is_late,
    settlement_open,
)
from sim.luck import Purpose, uniform
from sim.money import half_up
from sim.scenario.schema import Collections, Court, CourtRules, Servicing


def due_for_hearing(book: Book, day: int) -> Rows:
    """Return the rows whose case may be heard on ``day``."""
    if book.hearing_day.min() > day:
        return np.zeros(0, dtype=np.int64)  # as on most days: the quicker look
    return np.flatnonzero(book.hearing_day <= day)


def hear(book: Book, rows: Rows, day: int) -> None:
    """Hold the hearings: no case is pending any more."""
    book.court_waiting_days[rows] += day - book.hearing_day[rows]
    book.hearings[rows] += 1
    book.hearing_day[rows] = NEVER


def lender_wins(book: Book, rows: Rows, day: int, court: CourtRules) -> Mask:
    """Return which hearings the lender wins: by default, or by argument."""
    fate = book.fate[rows]
    stays_away = uniform(Purpose.APPEARS, day, fate) < court.default_judgments
    loses = uniform(Purpose.CONTESTED, day, fate) < court.contested_won
    won: Mask = stays_away | loses
    return won


def enter_judgments(book: Book, rows: Rows, day: int) -> None:
    """Give the lender judgment; the credit bureau takes note."""
    book.judgments[rows] += 1
    book.judgment_day[rows] = day
    book.adverse_marks[rows] += 1


def enforced(book: Book, rows: Rows, claimed: Int64, day: int, court: CourtRules) -> Int64:
    """Return what enforcement brings at once of what is claimed."""
    spread = court.recovers_high - court.recovers_low
    share = court.recovers_low + spread * uniform(Purpose.ENFORCEMENT, day, book.fate[rows])
    return np.minimum(claimed, half_up(claimed * share))


def garnish(book: Book, rows: Rows, amount: Int64) -> None:
    """Take what enforcement brought from the household's month, whether or not it can spare it."""
    book.paid_since_billing[rows] += amount


def recover_late(book: Book, rows: Rows, amount: Int64) -> None:
    """Book what enforcement brought on charged-off loans."""
    book.late_recovered[rows] += amount


def to_file(
    book: Book, cycle: slice, day: int, collections: Collections, servicing: Servicing
) -> Rows:
    """Return the rows of a cycle due today on which a case is filed."""
    court = collections.court
    unfiled = book.filed_day[cycle] == NEVER
    rows = np.flatnonzero(unfiled) + cycle.start
    rows = rows[_ripe(book, rows, day, court, servicing)]
    claimed = claim(book, rows)  # nothing once sold
    rows = rows[(claimed > 0) & (claimed >= court.min_claim)]
    chance = min(1.0, collections.intensity * court.filing_share)
    filed: Rows = rows[uniform(Purpose.FILING, day, book.fate[rows]) < chance]
    return filed


def _ripe(book: Book, rows: Rows, day: int, court: Court, servicing: Servicing) -> Mask:
    """Return whose debt is old enough for court, no relief standing in the way."""
    ripe = np.zeros(len(rows), dtype=np.bool_)
    lost = np.flatnonzero(book.status[rows] == Status.CHARGED_OFF)
    age = day - book.charged_off_day[rows[lost]] + servicing.charge_off_dpd
    ripe[lost] = age >= court.opens_dpd
    late = is_late(book, rows).nonzero()[0]
    behind = rows[late]
    ripe[late] = (
        (days_past_due(book, behind, day) >= court.opens_dpd)
        & ~deferral_granted(book, behind, day)
        & ~arrangement_in_force(book, behind, day)
        & ~settlement_open(book, behind, day)
    )
    return ripe


def file(book: Book, rows: Rows, day: int, court: Court, rules: CourtRules) -> None:
    """File a case on each, to be heard after the court's delay; active loans bear the fee."""
    book.filed_day[rows] = day
    book.hearing_day[rows] = day + MONTH * rules.delay_months
    book.cases_filed[rows] += 1
    charged = rows[book.status[rows] == Status.ACTIVE]
    book.costs[charged] += court.borrower_fee
    book.costs_charged[charged] += court.borrower_fee
