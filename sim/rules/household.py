"""The household: work, health, income, expenses, savings.

On each due day the next 30 days are drawn at once; the *days* of a job lost or found and of an
illness are stored, and income is prorated by them.
"""

from __future__ import annotations

from collections.abc import Sequence
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
from sim.rules import FELL_ILL, JOB_LOST
from sim.scenario.schema import Economy, Household, World

MOST_LIKELY = 0.95
"""What a factor of the economy can raise a chance a month to."""


def spend(book: Book, rows: Rows, amount: Int64, day: int) -> None:
    """Take a payment from savings on the due day, later from what the month leaves."""
    from_savings = amount * (book.days_since_due(rows, day) == 0)
    book.savings[rows] -= from_savings
    book.paid_since_billing[rows] += amount - from_savings


def consume_above_buffer(book: Book, rows: Rows) -> None:
    """Cap savings at the buffer; the rest is consumed."""
    book.savings[rows] = np.minimum(book.savings[rows], book.buffer[rows])


def close_month(book: Book, rows: Rows, household: Household) -> None:
    """Settle the 30 days that end: of a shortfall a share is owed to others, the rest is gone."""
    rest = book.savings[rows] + book.surplus[rows] - book.paid_since_billing[rows]
    book.savings[rows] = np.maximum(0, rest)
    lacking = (rest < 0).nonzero()[0]
    book.other_arrears[rows[lacking]] += half_up(household.carry * -rest[lacking])
    book.paid_since_billing[rows] = 0
    book.diverted_since_billing[rows] = 0
    book.squeezed_since_billing[rows] = 0


def draw_month(book: Book, rows: Rows, day: int, world: World) -> None:
    """Draw jobs, health, income and expenses of the 30 days from due day ``day``."""
    household = world.household
    lucky = ~book.scripted[rows]
    by_luck = rows[lucky]
    _draw_job(book, by_luck, day, household, world.economy)
    _draw_health(book, by_luck, day, household, world.economy)
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
    surplus = earned - book.essentials[rows] - book.other_debt[rows] - expense
    repaid = np.minimum(book.other_arrears[rows], np.maximum(0, surplus))
    book.other_arrears[rows] -= repaid
    book.surplus[rows] = surplus - repaid


def factor(path: Sequence[float], day: int) -> float:
    """Return the factor of an economic path on ``day``: 1 before day 0; the last holds on."""
    if day < 0 or not path:
        return 1.0
    return path[min(day // MONTH, len(path) - 1)]


def _hazard(chance: float) -> Floats:
    """Return the days of an event of this chance a month, which no path makes certain."""
    return hazard(min(MOST_LIKELY, chance))


def _draw_job(book: Book, rows: Rows, day: int, household: Household, economy: Economy) -> None:
    searching = without_job(book, rows, day)
    usual = household.job_loss_per_month * household.risk_multiplier
    losing = _hazard(usual * factor(economy.job_loss_by_month, day))
    at_work = rows[~searching]
    luck = uniform(Purpose.JOB_LOSS, day, book.fate[at_work])
    loses = (luck < losing[-1]).nonzero()[0]
    lost, lost_after = at_work[loses], offset(losing, luck[loses])
    book.job_loss_day[lost] = day + lost_after
    book.reemployed_day[lost] = NEVER
    book.shocks_met[lost] |= JOB_LOST
    book.misfortune_day[lost] = _later(book.misfortune_day[lost], book.job_loss_day[lost])
    search_type = uniform(Purpose.SEARCH_TYPE, day, book.fate[lost])
    book.slow_finder[lost] = search_type < household.slow_finder_share

    still = rows[searching]
    still = still[book.reemployed_day[still] == NEVER]
    seekers = np.concatenate((lost, still))
    start = np.concatenate((lost_after, np.zeros(len(still), dtype=np.int64)))
    u = uniform(Purpose.REEMPLOYMENT, day, book.fate[seekers])
    easier = factor(economy.job_finding_by_month, day)
    found_after = np.where(
        book.slow_finder[seekers],
        offset(_hazard(household.slow_finding_per_month * easier), u),
        offset(_hazard(household.fast_finding_per_month * easier), u),
    )
    back_after = start + found_after + 1
    finds = back_after <= MONTH
    book.reemployed_day[seekers[finds]] = day + back_after[finds]


def _draw_health(book: Book, rows: Rows, day: int, household: Household, economy: Economy) -> None:
    sick = ill(book, rows, day)
    healthy = rows[~sick]
    falling_ill = _hazard(household.illness_per_month * factor(economy.illness_by_month, day))
    luck = uniform(Purpose.ILLNESS, day, book.fate[healthy])
    falls = (luck < falling_ill[-1]).nonzero()[0]
    fallen, onset = healthy[falls], offset(falling_ill, luck[falls])
    book.ill_from_day[fallen] = day + onset
    book.ill_until_day[fallen] = NEVER
    book.shocks_met[fallen] |= FELL_ILL
    book.misfortune_day[fallen] = _later(book.misfortune_day[fallen], book.ill_from_day[fallen])

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
    hurt = rows[expense > 0]
    book.misfortune_day[hurt] = _later(book.misfortune_day[hurt], day)
    return expense


def _later(last: Int32, day: Int32 | int) -> Int32:
    """Return the later of two days of which the first may not have come."""
    return np.where(last == NEVER, day, np.maximum(last, day)).astype(np.int32)


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
