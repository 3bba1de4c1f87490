"""The household: work, health, income, expenses, savings.

On each due day the next 30 days are drawn at once; the *days* of a job lost or found and of an
illness are stored, and income is prorated by them.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.book import Book, Int32, Int64, Rows
from sim.clock import MONTH, NEVER
from sim.facts import ill, without_job
from sim.luck import (
    EXPONENTIAL,
    NORMAL,
    Floats,
    Purpose,
    daily_hazard,
    hazard,
    offset,
    quantile,
    uniform,
)
from sim.money import half_up
from sim.scenario.schema import Household


def spend(book: Book, rows: Rows, amount: Int64, day: int) -> None:
    """Take a payment from savings on the due day, later from what the month leaves."""
    due_today = book.days_since_due(rows, day) == 0
    book.savings[rows[due_today]] -= amount[due_today]
    book.paid_since_billing[rows[~due_today]] += amount[~due_today]


def consume_above_buffer(book: Book, rows: Rows) -> None:
    """Cap savings at the buffer; the rest is consumed."""
    book.savings[rows] = np.minimum(book.savings[rows], book.buffer[rows])


def close_month(book: Book, rows: Rows) -> None:
    """Settle the 30 days that end: a shortfall squeezes spending and is gone."""
    rest = book.savings[rows] + book.surplus[rows] - book.paid_since_billing[rows]
    book.savings[rows] = np.maximum(0, rest)
    book.paid_since_billing[rows] = 0


def draw_month(book: Book, rows: Rows, day: int, household: Household) -> None:
    """Draw jobs, health, income and expenses of the 30 days from due day ``day``."""
    lucky = ~book.scripted[rows]
    by_luck = rows[lucky]
    _draw_job(book, by_luck, day, household)
    _draw_health(book, by_luck, day, household)
    _draw_permanent_income(book, by_luck, day, household)
    transitory = np.ones(len(rows))
    expense = np.zeros(len(rows), dtype=np.int64)
    transitory[lucky] = _transitory_income(book, by_luck, day, household)
    expense[lucky] = _expense(book, by_luck, day, household)
    spells = _days_in_month(book, rows, day)
    working = MONTH - spells.without_job - spells.ill_at_work
    income_share = (
        working
        + household.illness_income * spells.ill_at_work
        + household.searching_income * spells.without_job
    ) / MONTH
    earned = half_up(book.income[rows] * transitory * income_share)
    book.surplus[rows] = earned - book.essentials[rows] - book.other_debt[rows] - expense


def _draw_job(book: Book, rows: Rows, day: int, household: Household) -> None:
    searching = without_job(book, rows, day)
    losing = hazard(min(0.95, household.job_loss_per_month * household.risk_multiplier))
    at_work = rows[~searching]
    lost_after = offset(losing, uniform(Purpose.JOB_LOSS, day, book.fate[at_work]))
    loses = lost_after < MONTH
    lost, lost_after = at_work[loses], lost_after[loses]
    book.job_loss_day[lost] = day + lost_after
    book.reemployed_day[lost] = NEVER
    search_type = uniform(Purpose.SEARCH_TYPE, day, book.fate[lost])
    book.slow_finder[lost] = search_type < household.slow_finder_share

    still = rows[searching]
    still = still[book.reemployed_day[still] == NEVER]
    seekers = np.concatenate((lost, still))
    start = np.concatenate((lost_after, np.zeros(len(still), dtype=np.int64)))
    u = uniform(Purpose.REEMPLOYMENT, day, book.fate[seekers])
    found_after = np.where(
        book.slow_finder[seekers],
        offset(hazard(household.slow_finding_per_month), u),
        offset(hazard(household.fast_finding_per_month), u),
    )
    back_after = start + found_after + 1
    finds = back_after <= MONTH
    book.reemployed_day[seekers[finds]] = day + back_after[finds]


def _draw_health(book: Book, rows: Rows, day: int, household: Household) -> None:
    sick = ill(book, rows, day)
    healthy = rows[~sick]
    onset = offset(
        hazard(household.illness_per_month), uniform(Purpose.ILLNESS, day, book.fate[healthy])
    )
    falls = onset < MONTH
    fallen, onset = healthy[falls], onset[falls]
    book.ill_from_day[fallen] = day + onset
    book.ill_until_day[fallen] = NEVER

    still = rows[sick]
    still = still[book.ill_until_day[still] == NEVER]
    patients = np.concatenate((fallen, still))
    start = np.concatenate((onset, np.zeros(len(still), dtype=np.int64)))
    recovering = daily_hazard(1 / (MONTH * household.illness_months))
    u = uniform(Purpose.RECOVERY, day, book.fate[patients])
    back_after = start + offset(recovering, u) + 1
    recovers = back_after <= MONTH
    book.ill_until_day[patients[recovers]] = day + back_after[recovers]


def _draw_permanent_income(book: Book, rows: Rows, day: int, household: Household) -> None:
    z = quantile(NORMAL, uniform(Purpose.INCOME_PERMANENT, day, book.fate[rows]))
    change = np.maximum(0.5, 1 + household.permanent_sd * z)
    book.income[rows] = np.maximum(1, half_up(book.income[rows] * change))


def _transitory_income(book: Book, rows: Rows, day: int, household: Household) -> Floats:
    z = quantile(NORMAL, uniform(Purpose.INCOME_TRANSITORY, day, book.fate[rows]))
    return np.maximum(0.0, 1 + household.transitory_sd * z)


def _expense(book: Book, rows: Rows, day: int, household: Household) -> Int64:
    expense = np.zeros(len(rows), dtype=np.int64)
    struck = uniform(Purpose.EXPENSE, day, book.fate[rows]) < household.expense_per_month
    hit = rows[struck]
    size = quantile(EXPONENTIAL, uniform(Purpose.EXPENSE_SIZE, day, book.fate[hit]))
    expense[struck] = half_up(book.income[hit] * household.expense_incomes * size)
    return expense


class _Spells(NamedTuple):
    without_job: npt.NDArray[np.int32]
    ill_at_work: npt.NDArray[np.int32]


def _days_in_month(book: Book, rows: Rows, day: int) -> _Spells:
    """Count days of the month without a job, and ill while employed."""
    end = day + MONTH
    lost, found = book.job_loss_day[rows], book.reemployed_day[rows]
    sick, well = book.ill_from_day[rows], book.ill_until_day[rows]

    def overlap(start: Int32, stop: Int32) -> Int32:
        days: Int32 = np.maximum(0, np.minimum(stop, end) - np.maximum(start, day))
        return days

    both = overlap(np.maximum(lost, sick), np.minimum(found, well))
    return _Spells(overlap(lost, found), overlap(sick, well) - both)
