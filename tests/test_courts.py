"""Court and what comes after charge-off, each situation named by a sentence."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from late_book import CONTACTS, COUNTED, EAGER, START, days, late_book, stressed, terms

from sim.book import Book, Status
from sim.clock import CYCLES, MONTH, NEVER, cycle_due_on
from sim.facts import claim, owed
from sim.lender import court
from sim.lender.timetable import run
from sim.rules import recovery
from sim.rules.origination import originate
from sim.scenario.schema import Policy, World

# court

LITIGIOUS: dict[str, Any] = {
    "collections__court__filing_share": 1.0,
    "collections__court__opens_dpd": 60,
    "collections__court__min_claim": 0,
}


def filed(settled: World, in_force: Policy) -> Book:
    """The book after a month in which cases could be filed."""
    book = late_book()
    run(book, settled, in_force, START + MONTH)
    assert book.cases_filed.sum() > 10
    return book


def test_a_filing_costs_the_borrower_the_fee_and_stops_the_ladder() -> None:
    settled = stressed(court__delay_months=3)
    suing = terms(EAGER, LITIGIOUS, collections__court__borrower_fee=777)
    book = filed(settled, suing)
    sued = book.filed_day != NEVER
    assert (book.costs_charged[sued] == 777).all()
    assert (book.costs_charged[~sued] == 0).all()
    waiting = sued & (book.status == Status.ACTIVE)  # who has paid off is heard no more
    assert (book.hearing_day[waiting] == book.filed_day[waiting] + 3 * MONTH).all()
    for _, before, added in days(book, settled, suing, START + 2 * MONTH):
        pending = before.hearing_day != NEVER
        for contact in CONTACTS:
            assert (added[contact][pending] == 0).all()


def test_filing_calls_the_whole_loan_due_where_the_policy_says_so() -> None:
    suing = terms(LITIGIOUS, servicing__acceleration="court")
    book = filed(stressed(), suing)
    sued = (book.filed_day != NEVER) & (book.status == Status.ACTIVE)
    assert (book.principal[sued] == 0).all()
    assert (book.accelerated_due_day[book.filed_day == NEVER] == NEVER).all()


@pytest.mark.parametrize(
    ("default_judgments", "contested_won", "won"), [(1.0, 0.0, True), (0.0, 0.0, False)]
)
def test_who_stays_away_loses_by_default(
    default_judgments: float, contested_won: float, won: bool
) -> None:
    settled = stressed(
        court__delay_months=0,
        court__default_judgments=default_judgments,
        court__contested_won=contested_won,
        court__recovers_low=0.5,
        court__recovers_high=0.5,
    )
    suing = terms(LITIGIOUS, servicing__charge_off_dpd=90)
    book = filed(settled, suing)
    day = book.day
    pending = np.flatnonzero(book.hearing_day <= day)
    before = book.copy()
    court.sit(book, day, settled, suing)
    heard = np.flatnonzero(book.hearings > 0)
    assert set(pending) <= set(heard)
    assert (book.judgments[heard] == won).all()
    assert ((book.judgment_day[heard] != NEVER) == won).all()
    if won:
        sued_after_loss = heard[(book.status[heard] == Status.CHARGED_OFF)]
        assert len(sued_after_loss)
        assert (book.late_recovered[sued_after_loss] > 0).all()
    assert (book.adverse_marks[pending] == before.adverse_marks[pending] + won).all()


def test_a_judgment_takes_its_share_whether_or_not_the_household_can_spare_it() -> None:
    settled = stressed(
        court__delay_months=0,
        court__default_judgments=1.0,
        court__recovers_low=1.0,
        court__recovers_high=1.0,
    )
    suing = terms(LITIGIOUS)
    book = late_book()
    while not (book.hearing_day <= book.day).any():
        run(book, settled, suing, book.day + 1)
    rows = np.flatnonzero(book.hearing_day <= book.day)
    due, spent = owed(book, rows), book.paid_since_billing[rows].copy()
    court.sit(book, book.day, settled, suing)
    assert (owed(book, rows) == 0).all()
    assert (book.paid_since_billing[rows] - spent >= due).all()  # a day's penalty more
    assert (book.last_payment_day[rows] == book.day).all()


def test_a_finite_court_hears_the_oldest_cases_first_and_lets_the_others_wait() -> None:
    settled = stressed(court__delay_months=0, court__hearings_per_day=1)
    suing = terms(LITIGIOUS)
    book = late_book()
    for day, before, _ in days(book, settled, suing, START + 2 * MONTH):
        heard = np.flatnonzero(book.hearings > before.hearings)
        for replica in book.replicas:
            waiting = np.flatnonzero((before.hearing_day <= day) & (before.replica == replica))
            waiting = waiting[(book.hearing_day[waiting] <= day) | np.isin(waiting, heard)]
            mine = heard[before.replica[heard] == replica]
            assert len(mine) == min(1, len(waiting))
            if len(mine):
                oldest = np.lexsort((before.number[waiting], before.hearing_day[waiting]))[0]
                assert mine[0] == waiting[oldest]
    assert book.court_waiting_days.sum() > 0


def test_no_intensity_means_no_contact_and_no_case() -> None:
    book = late_book()
    idle = terms(EAGER, LITIGIOUS, collections__intensity=0.0)
    run(book, stressed(), idle, START + 2 * MONTH)
    for name in (*COUNTED, "cases_filed", "costs_charged", "complaints"):
        assert (getattr(book, name) == 0).all()


# after charge-off


@pytest.fixture(scope="module")
def lost() -> Book:
    """A book in which some loans have been charged off."""
    settled = stressed()
    book = originate(settled, range(settled.replicas))
    quick = terms(collections__recovery__route="none", servicing__charge_off_dpd=90)
    run(book, settled, quick, 8 * MONTH)
    assert (book.status == Status.CHARGED_OFF).sum() > 50
    assert (book.late_recovered == 0).all()
    return book


def after_charge_off(lost: Book, settled: World, in_force: Policy, months: int) -> Book:
    """The charged-off loans of the book so many months later, nothing else having happened."""
    book = lost.copy()
    slices = book.cycle_slices()
    assert len(slices) == CYCLES
    for day in range(book.day, book.day + MONTH * months):
        cycle = cycle_due_on(day)
        if cycle is not None:
            rows = np.arange(slices[cycle].start, slices[cycle].stop)
            recovery.bring_in(book, rows, day, settled.recovery, in_force)
    return book


def written_off(book: Book) -> np.ndarray:
    return (
        book.written_off_principal
        + book.written_off_interest
        + book.written_off_penalty
        + book.written_off_costs
    )


def test_charged_off_debt_never_brings_more_than_was_written_off(lost: Book) -> None:
    often = stressed(
        recovery__pays_per_month=0.5, recovery__half_life_months=720, recovery__part=0.7
    )
    book = after_charge_off(lost, often, terms(), 18)
    assert (book.late_recovered <= written_off(book)).all()
    gone = book.status == Status.CHARGED_OFF
    assert (book.late_recovered[gone] == written_off(book)[gone]).any()
    assert (book.late_recovered[~gone] == 0).all()
    assert (claim(book, np.flatnonzero(gone)) >= 0).all()


def test_older_debt_pays_less_often(lost: Book) -> None:
    settled = stressed(
        recovery__pays_per_month=0.5, recovery__half_life_months=1, recovery__part=0.1
    )
    paid = [after_charge_off(lost, settled, terms(), months).late_recovered for months in (0, 2, 4)]
    rows = np.flatnonzero((lost.status == Status.CHARGED_OFF) & (lost.charged_off_day >= 210))
    young, old = ((later > sooner)[rows].sum() for sooner, later in pairwise(paid))
    assert 0 < 2 * old < young  # a quarter as often, two half-lives on
    late = [after_charge_off(lost, settled, terms(), months).late_recovered for months in (30, 36)]
    assert (late[0] == late[1]).all()


def test_an_agency_brings_more_and_keeps_its_commission(lost: Book) -> None:
    settled = stressed(recovery__pays_per_month=0.3, recovery__agency_factor=1.5)
    own = after_charge_off(lost, settled, terms(collections__recovery__in_house_cost=0.1), 12)
    agency = terms(
        collections__recovery__route="agency", collections__recovery__agency_commission=0.25
    )
    book = after_charge_off(lost, settled, agency, 12)
    assert book.late_recovered.sum() > own.late_recovered.sum()
    per_payment = 1 + 12 // 2  # half a unit of rounding on each
    for each, cost in ((own, 0.1), (book, 0.25)):
        assert (np.abs(each.commissions - each.late_recovered * cost) <= per_payment).all()
        assert each.commissions.sum() > 0


def test_a_sale_brings_its_price_once_and_nothing_after(lost: Book) -> None:
    settled = stressed(recovery__pays_per_month=0.0)
    sale = terms(
        collections__recovery__route="sale",
        collections__recovery__sell_after_months=6,
        collections__recovery__price_first_year=0.1,
        servicing__charge_off_dpd=90,
    )
    gone = lost.status == Status.CHARGED_OFF
    sold = after_charge_off(lost, settled, sale, 7)
    assert sold.sold[gone].all()
    assert not sold.sold[~gone].any()
    first_year = gone & (sold.sale_proceeds > 0)
    expected = np.floor(written_off(lost) * 0.1 + 0.5)
    assert (sold.sale_proceeds[first_year] == expected[first_year]).all()
    assert (claim(sold, np.flatnonzero(gone)) == 0).all()
    often = stressed(recovery__pays_per_month=0.5)
    later = after_charge_off(sold, often, sale, 12)
    assert (later.sale_proceeds == sold.sale_proceeds).all()
    assert (later.late_recovered == sold.late_recovered).all()


def test_debt_for_sale_pays_as_in_house_until_it_is_sold(lost: Book) -> None:
    settled = stressed(recovery__pays_per_month=0.5)
    sale = terms(collections__recovery__route="sale", collections__recovery__sell_after_months=120)
    waiting = after_charge_off(lost, settled, sale, 6)
    own = after_charge_off(lost, settled, terms(), 6)
    assert (waiting.late_recovered == own.late_recovered).all()
    assert (waiting.commissions == own.commissions).all()
    assert own.late_recovered.sum() > 0
