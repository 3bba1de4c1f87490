"""The world's side of the model: who is lent to, what households go through, what strikes them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from late_book import note_oldest_due

from sim.book import Book, Status
from sim.clock import MONTH, NEVER
from sim.experiment.simulate import simulate_batch
from sim.facts import days_past_due, ill, late_rows, struck_by_disaster, without_job
from sim.luck import EXPONENTIAL, NORMAL, Purpose, hazard, quantile, uniform
from sim.rules import ageing, economy, household, stocktaking
from sim.rules.origination import originate, originate_cases
from sim.scenario.schema import Case, Household, Policy, Servicing, Shock, World

WORLD = World(borrowers=400, replicas=2, months=6, burn_in_months=2, seed=7)
CALM = {
    "job_loss_per_month": 0.0,
    "illness_per_month": 0.0,
    "expense_per_month": 0.0,
    "permanent_sd": 0.0,
    "transitory_sd": 0.0,
}


def world(**changes: Any) -> World:
    return World.model_validate(WORLD.model_dump() | changes)


def rows_of(book: Book) -> np.ndarray:
    return np.arange(len(book))


# Origination


def test_new_loans_are_numbered_on_and_paid_out_in_their_month() -> None:
    book = originate(world(new_loans_per_month=3), [0, 1])
    assert len(book) == 2 * (400 + 6 * 3)
    new = book.newcomer
    assert new.sum() == 2 * 6 * 3
    assert (new == (book.number >= 400)).all()
    paid_out = book.last_billed_due_day[new]
    assert (paid_out // MONTH == (book.number[new] - 400) // 3).all()
    assert (book.first_due_day[new] == paid_out + MONTH).all()
    assert (book.billed_instalments[new] == 0).all()
    assert (book.principal[new] == book.original_principal[new]).all()


def test_new_loans_change_nobody_else() -> None:
    alone, among = originate(WORLD, [0, 1]), originate(world(new_loans_per_month=50), [0, 1])
    for name, column in vars(alone).items():
        if isinstance(column, np.ndarray) and len(column) == len(alone):
            others = getattr(among, name)[~among.newcomer]
            np.testing.assert_array_equal(column, others, err_msg=name)


def test_regions_and_sectors_are_equally_large_and_scores_normal() -> None:
    book = originate(world(borrowers=20_000, loans={"regions": 3, "sectors": 2}), [0])
    assert np.bincount(book.region) == pytest.approx([6_667] * 3, abs=250)
    assert np.bincount(book.sector) == pytest.approx([10_000] * 2, abs=250)
    z = quantile(NORMAL, uniform(Purpose.SCORE, 0, book.fate))
    assert (book.base_score == 700 + np.floor(40 * z + 0.5)).all()
    assert book.base_score.std() == pytest.approx(40, rel=0.03)


def test_who_pays_us_first_is_as_frequent_as_said() -> None:
    assert not originate(WORLD, [0]).puts_us_first.any()
    some = originate(world(behaviour={"puts_us_first": 0.3}, borrowers=20_000), [0])
    assert some.puts_us_first.mean() == pytest.approx(0.3, abs=0.02)


def test_a_scripted_disaster_has_its_days_and_no_new_loans_come_along() -> None:
    case = Case.model_validate({"name": "flood", "disaster": {"month": 3, "months": 2}})
    book = originate_cases(world(new_loans_per_month=5), [case])
    assert len(book) == 1 and not book.newcomer.any()
    assert (book.disaster_from_day[0], book.disaster_until_day[0]) == (60, 120)
    days = [day for day in range(200) if struck_by_disaster(book, rows_of(book), day)[0]]
    assert (days[0], days[-1]) == (60, 119)


# Household


@pytest.mark.parametrize(
    ("path", "day", "factor"),
    [
        ((), 100, 1.0),
        ((2.0, 0.5), -1, 1.0),
        ((2.0, 0.5), 0, 2.0),
        ((2.0, 0.5), 29, 2.0),
        ((2.0, 0.5), 30, 0.5),
        ((2.0, 0.5), 3_000, 0.5),
    ],
)
def test_a_path_begins_with_day_0_and_its_last_factor_holds_on(path, day, factor) -> None:
    assert household.factor(path, day) == factor


@pytest.mark.parametrize(
    ("path", "loses"),
    [((3.0,), 3.0 * 0.02 * 1.5), ((0.0,), 0.0), ((), 0.02 * 1.5), ((10.0,), 10.0 * 0.02 * 1.5)],
)
def test_a_path_of_job_loss_multiplies_the_chance(path, loses) -> None:
    settled = world(
        borrowers=40_000,
        household={"job_loss_per_month": 0.02, "risk_multiplier": 1.5},
        economy={"job_loss_by_month": path},
    )
    book = originate(settled, [0])
    household.draw_month(book, rows_of(book), 0, settled)
    u = uniform(Purpose.JOB_LOSS, 0, book.fate)
    assert ((book.job_loss_day != NEVER) == (u < hazard(loses)[-1])).all()
    assert ((book.shocks_met & 1) == (book.job_loss_day != NEVER)).all()


def test_no_path_makes_a_job_certain_and_none_found_is_none() -> None:
    settled = world(
        household={"job_loss_per_month": 0.5, "risk_multiplier": 10.0},
        economy={"job_finding_by_month": (0.0,)},
    )
    book = originate(settled, [0])
    household.draw_month(book, rows_of(book), 0, settled)
    u = uniform(Purpose.JOB_LOSS, 0, book.fate)
    assert ((book.job_loss_day < 30) == (u < hazard(0.95)[-1])).all()
    assert (book.reemployed_day == NEVER).all()


def one_household(**changes: int) -> tuple[Book, np.ndarray]:
    """One borrower on due day 0 of cycle 0, to be filled in."""
    book = Book(np.zeros(1, dtype=np.int64), 1, 0)
    for name, value in changes.items():
        getattr(book, name)[:] = value
    return book, np.arange(1)


@pytest.mark.parametrize(
    ("surplus", "paid", "carry", "savings", "owed"),
    [
        (50, 0, 1.0, 150, 0),
        (-70, 0, 1.0, 30, 0),
        (-170, 0, 1.0, 0, 70),
        (-170, 0, 0.5, 0, 35),
        (-171, 0, 0.5, 0, 36),  # 35.5 is rounded up
        (20, 150, 0.5, 0, 15),
        (-170, 0, 0.0, 0, 0),
    ],
)
def test_a_shortfall_becomes_arrears_with_others_as_far_as_it_is_carried(
    surplus, paid, carry, savings, owed
) -> None:
    book, row = one_household(savings=100, surplus=surplus, paid_since_billing=paid)
    book.diverted_since_billing[:] = book.squeezed_since_billing[:] = 9
    household.close_month(book, row, Household(carry=carry))
    assert (book.savings[0], book.other_arrears[0]) == (savings, owed)
    since = (book.paid_since_billing, book.diverted_since_billing, book.squeezed_since_billing)
    assert [int(column[0]) for column in since] == [0, 0, 0]


@pytest.mark.parametrize(
    ("before", "surplus", "after"), [(30, 70, 0), (130, 0, 30), (30, -10, 30), (0, 100, 0)]
)
def test_arrears_with_others_are_repaid_before_the_surplus_is_ours(before, surplus, after) -> None:
    """The month leaves 100 with no arrears elsewhere; in the third case it leaves less than 0."""
    left = -10 if surplus < 0 else 100
    book, row = one_household(income=1_000, essentials=1_000 - left, other_arrears=before)
    household.draw_month(book, row, 0, world(household=CALM))
    assert (book.other_arrears[0], book.surplus[0]) == (after, surplus)


@pytest.mark.parametrize(
    ("day", "amount", "savings", "later"),
    [(0, 60, 40, 0), (30, 100, 0, 0), (7, 60, 100, 60), (29, 130, 100, 130)],
)
def test_a_payment_takes_savings_on_the_due_day_alone(day, amount, savings, later) -> None:
    book, row = one_household(savings=100)
    household.spend(book, row, np.array([amount]), day)
    assert (book.savings[0], book.paid_since_billing[0]) == (savings, later)


def test_shocks_met_are_noted_and_those_of_a_script_are_not() -> None:
    wild = world(household={"job_loss_per_month": 0.5, "illness_per_month": 0.5})
    book = originate(wild, [0])
    book.scripted[::2] = True
    household.draw_month(book, rows_of(book), 0, wild)
    assert not book.shocks_met[::2].any()
    assert set(book.shocks_met[1::2].tolist()) == {0, 1, 2, 3}
    lost = book.job_loss_day != NEVER
    assert ((book.shocks_met & 1 > 0) == lost).all()
    assert ((book.shocks_met & 2 > 0) == (book.ill_from_day != NEVER)).all()


# Shocks


def shock(kind: str, **changes: Any) -> Shock:
    return Shock.model_validate({"kind": kind, "month": 2, "share": 1.0, **changes})


def struck(kind: str, *, number: int = 0, **changes: Any) -> tuple[Book, Book]:
    """The book before and after a shock on day 30."""
    before = originate(world(new_loans_per_month=10), [0])
    after = before.copy()
    economy.strike(after, number, shock(kind, **changes), 30, WORLD.household)
    return before, after


@pytest.mark.parametrize("kind", ["layoffs", "epidemic", "disaster", "price_rise"])
def test_a_shock_strikes_whom_it_concerns_and_nobody_else(kind) -> None:
    before = originate(world(new_loans_per_month=10), [0])
    before.status[::7] = Status.PAID_OFF
    before.scripted[::11] = True
    after = before.copy()
    economy.strike(after, 0, shock(kind, regions=(1, 2), sectors=(0,)), 30, WORLD.household)
    changed = np.zeros(len(before), dtype=bool)
    for name, column in vars(before).items():
        if isinstance(column, np.ndarray) and len(column) == len(before):
            changed |= getattr(after, name) != column
    concerned = (
        (before.status == Status.ACTIVE)
        & ~before.scripted
        & np.isin(before.region, (1, 2))
        & (before.sector == 0)
        & (before.first_due_day <= 60)
    )
    assert (changed == concerned).all()
    assert 10 < concerned.sum() < 100


def test_a_loan_paid_out_on_the_day_itself_is_struck_and_a_later_one_is_not() -> None:
    before, after = struck("layoffs")
    met = (after.shocks_met & 1) > 0
    assert met[before.first_due_day == 60].all()
    assert not met[before.first_due_day == 63].any()


def test_the_share_that_a_shock_strikes_is_the_same_whatever_else_strikes() -> None:
    for number in (0, 1):
        before, after = struck("layoffs", number=number, share=0.3)
        u = uniform(Purpose.LAYOFF, 30, before.fate, number)
        concerned = before.first_due_day <= 60
        assert ((after.job_loss_day == 30) == (concerned & (u < 0.3))).all()


def test_layoffs_take_the_income_of_the_days_to_the_next_due_day() -> None:
    before, after = struck("layoffs")
    here = before.first_due_day <= 60
    left = (3 * before.cycle.astype(int) - 30) % 30
    kept = WORLD.household.searching_income
    loss = np.floor(before.income * (1 - kept) * left / 30 + 0.5)
    assert (before.surplus - after.surplus == np.where(here, loss, 0)).all()
    assert (after.surplus == before.surplus)[before.cycle == 0].all()  # its bill comes today
    assert without_job(after, rows_of(after), 30)[here].all()
    assert (after.reemployed_day[here] == NEVER).all()
    u = uniform(Purpose.LAYOFF_SEARCH, 30, before.fate, 0)
    assert (after.slow_finder == (here & (u < WORLD.household.slow_finder_share))).all()


def test_who_has_no_job_already_is_not_laid_off_again() -> None:
    book, _ = one_household(income=900, job_loss_day=10, reemployed_day=31, surplus=5)
    economy.strike(book, 0, shock("layoffs"), 30, WORLD.household)
    assert (book.job_loss_day[0], book.reemployed_day[0], book.surplus[0]) == (10, 31, 5)
    book.reemployed_day[:] = 30
    economy.strike(book, 0, shock("layoffs"), 30, WORLD.household)
    assert (book.job_loss_day[0], book.reemployed_day[0]) == (30, NEVER)


def test_a_job_loss_drawn_for_later_in_the_month_is_overwritten() -> None:
    book, _ = one_household(job_loss_day=44, reemployed_day=50)
    economy.strike(book, 0, shock("layoffs"), 30, WORLD.household)
    assert (book.job_loss_day[0], book.reemployed_day[0]) == (30, NEVER)


def test_an_epidemic_lasts_its_months_and_costs_the_employed_alone() -> None:
    book = originate(WORLD, [0])
    book.job_loss_day[::2] = 0
    before = book.copy()
    economy.strike(book, 0, shock("epidemic", months=2), 30, WORLD.household)
    sick = [ill(book, rows_of(book), day) for day in (29, 30, 89, 90)]
    assert [each.all() for each in sick] == [False, True, True, False]
    assert (book.shocks_met == 2).all()
    left = (3 * before.cycle.astype(int) - 30) % 30
    loss = np.floor(before.income * (1 - WORLD.household.illness_income) * left / 30 + 0.5)
    assert (before.surplus - book.surplus == np.where(before.job_loss_day == 0, 0, loss)).all()


def test_who_is_ill_already_is_not_infected() -> None:
    book, _ = one_household(income=900, ill_from_day=10, ill_until_day=31, surplus=5)
    economy.strike(book, 0, shock("epidemic"), 30, WORLD.household)
    assert (book.ill_from_day[0], book.ill_until_day[0], book.shocks_met[0]) == (10, 31, 0)
    book.ill_until_day[:] = 30
    economy.strike(book, 0, shock("epidemic"), 30, WORLD.household)
    assert (book.ill_from_day[0], book.ill_until_day[0], book.shocks_met[0]) == (30, 120, 2)


def test_a_disaster_takes_savings_never_more_than_there_are() -> None:
    before, after = struck("disaster", loss_incomes=1.0, months=1)
    here = before.first_due_day <= 60
    size = quantile(EXPONENTIAL, uniform(Purpose.DISASTER_LOSS, 30, before.fate, 0))
    lost = np.floor(before.income * 1.0 * size + 0.5)
    expected = np.where(here, np.maximum(0, before.savings - lost), before.savings)
    assert (after.savings == expected).all()
    assert (after.savings[here] == 0).any() and (after.savings[here] > 0).any()
    assert struck_by_disaster(after, rows_of(after), 59)[here].all()
    assert not struck_by_disaster(after, rows_of(after), 60).any()
    assert (after.shocks_met[here] == 4).all()


def test_a_price_rise_raises_essentials_and_the_next_month_feels_it() -> None:
    before, after = struck("price_rise", share=0.1)
    here = before.first_due_day <= 60
    raised = np.floor(before.essentials * 1.1 + 0.5)
    assert (after.essentials == np.where(here, raised, before.essentials)).all()
    assert (after.surplus == before.surplus).all()
    assert not after.shocks_met.any()


# Ageing


def late_book() -> Book:
    """Owing one instalment of 100 since day 0, 30, 60, none, and 30 in a deferral; day 89."""
    book = Book(np.zeros(1, dtype=np.int64), 5, 0)
    book.instalment[:] = 100
    book.arrears_principal[:] = (100, 100, 100, 0, 100)
    book.last_billed_due_day[:] = (0, 30, 60, 60, 30)
    book.deferral_from_day[4], book.deferral_until_day[4] = 75, 165
    note_oldest_due(book)
    return book


def test_a_month_in_arrears_counts_for_all_and_is_reported_from_the_bureaus_day_on() -> None:
    book = late_book()
    assert days_past_due(book, rows_of(book), 89).tolist() == [89, 59, 29, 0, 44]
    late = late_rows(book)
    overdue = days_past_due(book, late, 89)
    ageing.end_month(book, late, overdue, 89, Servicing(bureau_dpd=30))
    assert book.months_in_arrears.tolist() == [1, 1, 1, 0, 1]
    assert book.adverse_marks.tolist() == [1, 1, 0, 0, 0]
    ageing.end_month(book, late, overdue, 89, Servicing(bureau_dpd=60))
    assert book.adverse_marks.tolist() == [2, 1, 0, 0, 0]
    assert book.months_in_arrears.tolist() == [2, 2, 2, 0, 2]


def test_buckets_are_noted_for_active_loans() -> None:
    book = late_book()
    book.status[3] = Status.PAID_OFF
    late = late_rows(book)
    ageing.note_buckets(book, late, days_past_due(book, late, 89))
    assert book.bucket.tolist() == [3, 2, 1, -1, 2]
    ageing.note_buckets(book, late, days_past_due(book, late, 121))
    assert book.bucket.tolist() == [5, 4, 3, -1, 2]


def test_observation_opens_with_all_counted_anew() -> None:
    book = originate(world(new_loans_per_month=4), [0])
    book.shocks_met[:], book.late_starts[:], book.default_day[:] = 7, 2, -5
    book.settlement_eligible[:] = book.reduction_eligible[:] = True
    book.status[0] = Status.CHARGED_OFF
    ageing.open_observation(book, 0)
    assert not book.shocks_met.any() and (book.late_before == 2).all()
    assert not (book.settlement_eligible | book.reduction_eligible).any()
    assert (book.at_risk == (~book.newcomer & (book.status == Status.ACTIVE))).all()
    assert (book.default_day == np.where(book.at_risk, NEVER, -5)).all()


# New loans load the staff and no measure

RELIEF: dict[str, Any] = {
    "deferral": {"months": 3},
    "penalty_waiver": {"share": 0.5},
    "rate_reduction": {"share": 0.5},
    "arrangement": {"months": 6},
    "settlement": {"haircut": 0.3, "min_dpd": 60},
    "outreach": {"share_per_month": 0.1},
}
PRESSED: dict[str, Any] = {
    "visit": {"rate": 0.1},
    "notice": {"dpd": [30, 60]},
    "court": {"filing_share": 0.3, "min_claim": 1_000},
}
STAFF_MINUTES = {"call_minutes", "visit_minutes", "desk_minutes"}


def run_with(new_loans: int, **staff: int | str) -> Any:
    settled = world(
        borrowers=300,
        new_loans_per_month=new_loans,
        months=9,
        shocks=[{"kind": "layoffs", "month": 2, "share": 0.3}],
    )
    baseline = Policy.model_validate({"collections": staff})
    pressed = {"relief": RELIEF, "collections": {**staff, **PRESSED}}
    policies = {"baseline": baseline, "other": Policy.model_validate(pressed)}
    return simulate_batch(settled, policies, [0, 1])


def differing(one: Any, other: Any) -> set[str]:
    return {
        entry
        for policy in ("baseline", "other")
        for entry, rows in one.ledgers[policy].items()
        if not np.array_equal(rows, other.ledgers[policy][entry])
    }


def test_new_loans_change_no_total_but_minutes_while_staff_suffices() -> None:
    alone, among = (run_with(count, agents="unlimited") for count in (0, 60))
    assert differing(alone, among) == STAFF_MINUTES
    for policy, segments in alone.segments.items():
        for segment, entries in segments.items():
            for entry, totals in entries.items():
                np.testing.assert_array_equal(totals, among.segments[policy][segment][entry])


def test_new_loans_take_the_minutes_of_scarce_staff() -> None:
    scarce = {"agents": 1, "minutes_per_agent_day": 12}
    alone, among = (run_with(count, **scarce) for count in (0, 300))
    assert {"calls_attempted", "calls_connected", "paid_principal"} <= differing(alone, among)
    for policy in ("baseline", "other"):
        minutes = [each.ledgers[policy]["call_minutes"] for each in (alone, among)]
        assert (minutes[0] == minutes[1]).all()  # they work all they can
        calls = [each.ledgers[policy]["calls_attempted"][-1] for each in (alone, among)]
        assert (calls[0] > calls[1]).all()


def test_stocktaking_counts_new_loans_nowhere() -> None:
    book = originate(world(new_loans_per_month=9), [0, 1])
    taken = stocktaking.totals(book, -1)
    assert taken["borrowers"].tolist() == taken["active"].tolist() == [400, 400]
    assert taken["dpd_0"].tolist() == taken["class_normal"].tolist() == [400, 400]
    assert taken["balance_dpd_0"].tolist() == taken["principal"].tolist()
