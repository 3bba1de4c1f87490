"""Shocks to the economy: what strikes many households on one day, in the midst of their month."""

from __future__ import annotations

import numpy as np

from sim.book import Book, Int64, Rows, Status
from sim.clock import CYCLE_STEP, MONTH, NEVER
from sim.facts import ill, without_job
from sim.luck import EXPONENTIAL, Purpose, quantile, uniform
from sim.money import half_up
from sim.rules import FELL_ILL, JOB_LOST, MET_DISASTER
from sim.scenario.schema import Household, Shock


def strike(book: Book, number: int, shock: Shock, day: int, household: Household) -> None:
    """Let the shock, counted from 0 in the file, strike on ``day`` the share it concerns."""
    rows = concerned(book, shock, day)
    if shock.kind == "layoffs":
        _lay_off(book, rows[~without_job(book, rows, day)], number, shock, day, household)
    elif shock.kind == "epidemic":
        _infect(book, rows[~ill(book, rows, day)], number, shock, day, household)
    elif shock.kind == "disaster":
        _devastate(book, rows, number, shock, day)
    else:
        book.essentials[rows] = half_up(book.essentials[rows] * (1 + shock.share))


def concerned(book: Book, shock: Shock, day: int) -> Rows:
    """Return the borrowers of the regions and sectors struck; a script is left alone."""
    lent = book.first_due_day - MONTH <= day
    there = (book.status == Status.ACTIVE) & ~book.scripted & lent
    if shock.regions:
        there &= np.isin(book.region, shock.regions)
    if shock.sectors:
        there &= np.isin(book.sector, shock.sectors)
    return np.flatnonzero(there)


def _struck(book: Book, rows: Rows, purpose: Purpose, number: int, shock: Shock, day: int) -> Rows:
    return rows[uniform(purpose, day, book.fate[rows], number) < shock.share]


def _days_left(book: Book, rows: Rows, day: int) -> Int64:
    """Return the days until each next due day; 0 on a due day, whose bill sees the shock."""
    left: Int64 = (CYCLE_STEP * book.cycle[rows].astype(np.int64) - day) % MONTH
    return left


def _lose_income(book: Book, rows: Rows, day: int, kept: float) -> None:
    """Take what is not kept of the income of the days until the next due day."""
    lost = book.income[rows] * (1 - kept) * _days_left(book, rows, day) / MONTH
    book.surplus[rows] -= half_up(lost)


def _lay_off(
    book: Book, at_work: Rows, number: int, shock: Shock, day: int, household: Household
) -> None:
    """Take jobs from today on; the search begins on the next due day."""
    rows = _struck(book, at_work, Purpose.LAYOFF, number, shock, day)
    book.job_loss_day[rows] = day
    book.reemployed_day[rows] = NEVER
    search_type = uniform(Purpose.LAYOFF_SEARCH, day, book.fate[rows], number)
    book.slow_finder[rows] = search_type < household.slow_finder_share
    book.shocks_met[rows] |= JOB_LOST
    book.misfortune_day[rows] = day
    _lose_income(book, rows, day, household.searching_income)


def _infect(
    book: Book, healthy: Rows, number: int, shock: Shock, day: int, household: Household
) -> None:
    rows = _struck(book, healthy, Purpose.EPIDEMIC, number, shock, day)
    book.ill_from_day[rows] = day
    book.ill_until_day[rows] = day + MONTH * shock.months
    book.shocks_met[rows] |= FELL_ILL
    book.misfortune_day[rows] = day
    at_work = rows[~without_job(book, rows, day)]
    _lose_income(book, at_work, day, household.illness_income)


def _devastate(book: Book, rows: Rows, number: int, shock: Shock, day: int) -> None:
    rows = _struck(book, rows, Purpose.DISASTER, number, shock, day)
    book.disaster_from_day[rows] = day
    book.disaster_until_day[rows] = day + MONTH * shock.months
    book.shocks_met[rows] |= MET_DISASTER
    book.misfortune_day[rows] = day
    size = quantile(EXPONENTIAL, uniform(Purpose.DISASTER_LOSS, day, book.fate[rows], number))
    loss = half_up(book.income[rows] * shock.loss_incomes * size)
    book.savings[rows] = np.maximum(0, book.savings[rows] - loss)
