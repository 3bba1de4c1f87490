"""What theory says: amortisation, spells of unemployment, accrual, a queue that can be computed."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from late_book import note_oldest_due
from oracle_defaults import policy, world

from sim.book import Book, Status
from sim.clock import MONTH, NEVER
from sim.facts import arrears, days_past_due
from sim.lender.timetable import run
from sim.money import INTEREST_UNIT, annuities, annuity, level_instalment
from sim.parameter import ForbearError
from sim.rules import servicing
from sim.rules.origination import originate
from sim.scenario.schema import Policy, Servicing, World

QUIET = {
    "burn_in_months": 0,
    "replicas": 1,
    "household__job_loss_per_month": 0.0,
    "household__illness_per_month": 0.0,
    "household__expense_per_month": 0.0,
    "household__transitory_sd": 0.0,
    "household__permanent_sd": 0.0,
    "household__buffer_months": 60.0,
    "household__hand_to_mouth_share": 0.0,
    "behaviour__forgetting": 0.0,
    "behaviour__opportunists": 0.0,
}


def simulated(months: int, terms: Policy | None = None, **changes: object) -> Book:
    settled = World.model_validate(world(months=months, **(QUIET | changes)))
    book = originate(settled, range(settled.replicas))
    run(book, settled, terms or Policy(), MONTH * months)
    return book


@pytest.mark.parametrize("rate_bp", [0, 1, 600, 1_800, 3_600, 10_000])
@pytest.mark.parametrize("months", [1, 12, 24, 120])
def test_the_annuity_is_the_textbook_one(rate_bp: int, months: int) -> None:
    rate = Fraction(rate_bp, 120_000)
    exact = rate / (1 - (1 + rate) ** -months) if rate else Fraction(1, months)
    assert annuity(rate_bp, months) == pytest.approx(float(exact), rel=1e-10)


@pytest.mark.parametrize("rate_bp", [0, 777, 1_800, 10_000])
def test_a_loan_paid_on_time_ends_with_an_instalment_not_larger_than_the_others(
    rate_bp: int,
) -> None:
    book = simulated(25, loans__annual_rate_bp=rate_bp, borrowers=400)
    assert (book.status == Status.PAID_OFF).all()
    assert (book.paid_principal == book.opening_principal).all()
    assert (book.paid_penalty == 0).all()
    whole = book.paid_principal + book.paid_interest
    fresh = book.opening_principal == book.original_principal
    last = (whole - (book.term_months - 1) * book.instalment)[fresh]
    assert (last <= book.instalment[fresh]).all()
    assert (last > 0.9 * book.instalment[fresh] - book.term_months[fresh]).all()
    # Up to a minor unit more is paid each month than the exact annuity; it can only save interest.
    exact = book.original_principal * annuities(book.rate_bp, book.term_months)
    saved = (exact * book.term_months - whole)[fresh]
    most = book.term_months[fresh] * (1 + rate_bp / 120_000) ** book.term_months[fresh]
    assert (saved > -1).all()
    assert (saved < most).all()


def test_a_deferral_without_arrears_costs_the_interest_of_its_months_and_no_more() -> None:
    book = simulated(1, loans__terms=[12], borrowers=200)
    rows = np.flatnonzero((book.billed_instalments > 0) & (book.status == Status.ACTIVE))
    owed, rate = book.principal[rows].copy(), 1 + Fraction(1_800, 120_000)
    for _ in range(3):
        servicing.skip(book, rows, "capitalised")
    expected = [float(amount * rate**3) for amount in owed.tolist()]
    assert book.principal[rows] == pytest.approx(np.array(expected), abs=3)
    before = book.instalment[rows].copy()
    servicing.relevel(book, rows)
    ratio = book.instalment[rows] / before
    assert ratio == pytest.approx(np.full(len(rows), float(rate**3)), rel=0.01)


def overdue_book(principal: int, grace_days: int) -> tuple[Book, Servicing]:
    """One borrower whose only instalment fell due on day 0 and is unpaid."""
    book = Book(np.zeros(1, dtype=np.int64), 1, 0)
    book.rate_bp[:] = 1_777
    book.arrears_principal[:] = principal
    book.instalment[:] = principal
    book.accrued_through_day[:] = -1
    note_oldest_due(book)
    terms = Servicing(penalty_multiple=1.5, grace_days=grace_days)
    return book, terms


@pytest.mark.parametrize("grace_days", [0, 3])
def test_thirty_times_one_day_is_once_thirty_days(grace_days: int) -> None:
    daily, terms = overdue_book(123_457, grace_days)
    once, _ = overdue_book(123_457, grace_days)
    row = np.arange(1)
    for day in range(30):
        servicing.accrue(daily, row, day, terms)
    servicing.accrue(once, row, 29, terms)
    for name in ("penalty", "penalty_remainder", "late_interest", "late_interest_remainder"):
        assert getattr(daily, name) == getattr(once, name)
    penal_days = 29 - grace_days
    assert once.penalty[0] == 123_457 * 889 * penal_days // INTEREST_UNIT
    assert once.late_interest[0] == 123_457 * 1_777 * 30 // INTEREST_UNIT


def test_a_level_instalment_is_rounded_up() -> None:
    principal = np.array([1_000, 120_000])
    factor = np.array([annuity(0, 12)] * 2)
    assert level_instalment(principal, factor).tolist() == [84, 10_001]


def test_unemployment_spells_in_progress_last_as_long_as_published() -> None:
    """BLS 2024: 32.9 / 29.0 / 15.9 / 22.2 % under 5, 5-14, 15-26 and 27 weeks or more, +-3 points.

    50,000 borrowers lose jobs at 7.5 % a month for five years; the stock has settled by then.
    Some 4,000 spells are in progress, so a share's standard error is below 0.8 points.
    """
    months = 60
    settled = World.model_validate(
        world(
            **(QUIET | {"household__job_loss_per_month": 0.05, "borrowers": 50_000}),
            months=months,
            loans__terms=[120],
        )
    )
    book = originate(settled, [0])
    run(book, settled, Policy.model_validate(policy(servicing__charge_off_dpd=360)), MONTH * months)
    day = MONTH * months - 1
    searching = (book.job_loss_day <= day) & (day < book.reemployed_day)
    searching &= (book.status == Status.ACTIVE) & (book.last_billed_due_day > day - MONTH)
    weeks = (day - book.job_loss_day[searching]) / 7
    assert len(weeks) > 3_000
    shares = np.histogram(weeks, bins=[0, 5, 15, 27, np.inf])[0] / len(weeks)
    assert shares == pytest.approx([0.329, 0.290, 0.159, 0.222], abs=0.03)


def test_amounts_beyond_exact_interest_are_refused_and_never_wrap() -> None:
    huge = {
        "loans__median_income": 10**9,
        "loans__income_log_sd": 2.0,
        "loans__instalment_share_log_sd": 2.0,
        "loans__terms": [120],
    }
    with pytest.raises(ForbearError, match="more than can be computed exactly"):
        simulated(2, borrowers=20_000, **huge)


def test_a_desk_with_one_file_a_day_serves_the_oldest_first_and_waits_add_up() -> None:
    """Ten files of one day and one file decided a day: they wait 0, 1, ..., 9 days."""
    terms = Policy.model_validate(
        policy(
            relief__deferral__months=3,
            relief__desk__reviewers=1,
            relief__desk__minutes_per_reviewer_day=25,
            relief__deferral__minutes=25,
        )
    )
    settled = World.model_validate(world(**QUIET, months=1, borrowers=10, loans__terms=[120]))
    book = originate(settled, [0])
    book.day = 1
    book.deferral_file_day[:] = 1
    run(book, settled, terms, 30)
    assert sorted(book.waiting_days.tolist()) == list(range(10))
    by_number = np.argsort(book.number)
    assert book.waiting_days[by_number].tolist() == list(range(10))
    assert book.desk_minutes.tolist() == [250]
    assert (book.deferral_file_day == NEVER).all()


def test_days_past_due_follow_the_oldest_unpaid_instalment() -> None:
    book, _ = overdue_book(1_000, 0)
    row = np.arange(1)
    assert [int(days_past_due(book, row, day)[0]) for day in (0, 1, 29)] == [0, 1, 29]
    book.arrears_principal[:] = 1_001  # a second instalment billed on day 30, but for 999 paid
    book.last_billed_due_day[:] = 30
    note_oldest_due(book)
    assert int(days_past_due(book, row, 45)[0]) == 45
    book.arrears_principal[:] = 1_000
    note_oldest_due(book)
    assert int(days_past_due(book, row, 45)[0]) == 15
    book.deferral_from_day[:], book.deferral_until_day[:] = 60, 150
    assert int(days_past_due(book, row, 149)[0]) == 29
    assert int(arrears(book, row)[0]) == 1_000
