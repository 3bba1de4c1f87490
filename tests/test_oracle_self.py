"""The oracle against hand-worked numbers and the laws of the model page."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from oracle import OracleRun, run
from oracle_borrower import COLUMNS
from oracle_by_hand import CALM, OWED, RELIEF, STRESS, in_arrears
from oracle_columns import (
    PAID_OFF,
)
from oracle_defaults import policy, world
from oracle_laws import assert_lawful_run
from oracle_loan import accrue, bill
from oracle_numbers import (
    CENT,
    GOLDEN,
    NEVER,
    annuity,
    half_up,
    hazard_offset,
    mix,
)
from oracle_origination import originate
from oracle_payment import pay


def test_luck_is_splitmix64() -> None:
    assert mix(GOLDEN) == 0xE220A8397B1DCDAF  # the generator's first number from seed 0


def test_an_annuity_of_one_instalment_repays_with_a_month_of_interest() -> None:
    assert annuity(0, 4) == 0.25
    assert annuity(1200, 1) == pytest.approx(1.01, abs=1e-12)
    assert annuity(1800, 12) == pytest.approx(0.0916799929, abs=1e-10)


def test_a_hazard_is_met_within_the_month_with_its_chance() -> None:
    assert hazard_offset(0.0, 0.0) == 30
    assert hazard_offset(0.3, 0.0) == 0
    assert hazard_offset(0.3, 0.2999) == 29
    assert hazard_offset(0.3, 0.3001) == 30


@pytest.mark.parametrize("rate_bp", [0, 1800, 3600])
def test_level_instalments_repay_the_loan(rate_bp: int) -> None:
    b = originate(world(loans__annual_rate_bp=rate_bp), policy(), 0, 1, case={"name": "calm"})
    opening = b.principal
    billed = []
    for number in range(b.term_months):
        due = b.first_due_day + 30 * number
        accrue(b, due - 1)
        bill(b, due)
        billed.append(b.owed)
        pay(b, due, b.owed)
    assert set(billed[:-1]) == {b.instalment}
    assert 0 < billed[-1] <= b.instalment
    assert b.status == PAID_OFF
    assert b.principal == b.owed == 0
    assert b.paid_principal == opening
    assert b.paid_interest == b.interest_charged == sum(billed) - opening


def test_a_seasoned_borrower_owes_what_its_paid_instalments_left() -> None:
    for number in range(20):
        b = originate(world(burn_in_months=2), policy(), 0, number)
        new = originate(world(burn_in_months=36), policy(), 0, number)
        assert new.billed_instalments == 0 or new.term_months > 36
        assert b.billed_instalments == max(0, (-b.first_due_day + 29) // 30 - 2)
        for count in range(new.billed_instalments, b.billed_instalments):
            due = b.first_due_day + 30 * count
            accrue(new, due - 1)
            bill(new, due)
            pay(new, due, new.owed)
        assert (b.principal, b.interest_remainder) == (new.principal, new.interest_remainder)
        assert b.last_billed_due_day == new.last_billed_due_day
        assert b.interest_charged == 0


def test_without_misfortune_every_loan_is_repaid_to_the_cent() -> None:
    calm = world(months=24, burn_in_months=0, borrowers=15, replicas=1, **CALM)
    first, *_, last = run(calm, policy(), policy()).months
    for key, row in last.rows.items():
        assert row["paid_principal"] == row["opening_principal"]
        assert row["paid_interest"] == row["interest_charged"]
        assert row["penalty_charged"] == row["misses"] == row["calls_attempted"] == 0
        assert row["status"] == PAID_OFF
        before = first.rows[key]["billed_instalments"] - 1
        assert row["due_dates"] == row["term_months"] - before
        assert row["last_payment_day"] == row["first_due_day"] + 30 * (row["term_months"] - 1)


def test_a_deferral_of_three_months_moves_maturity_by_three() -> None:
    case = {
        "name": "laid off",
        "job_loss": {"month": 3, "months": 2},
        "aware": True,
        "savings_months": 40,
    }
    easy = world(
        months=30,
        burn_in_months=0,
        behaviour__application=1.0,
        behaviour__opportunists=0.0,
        behaviour__pays_in_holiday=0.0,
        loans__terms=[12],
    )
    relief = policy(
        relief__deferral__months=3,
        relief__deferral__proof_required=False,
        relief__desk__sensitivity=1.0,
    )
    (without,) = run(easy, policy(), policy(), cases=[case]).months[-1].rows.values()
    (deferred,) = run(easy, policy(), relief, cases=[case]).months[-1].rows.values()
    assert without["status"] == deferred["status"] == PAID_OFF
    assert without["last_payment_day"] == without["first_due_day"] + 330
    assert deferred["last_payment_day"] == without["last_payment_day"] + 90
    assert deferred["deferral_from_day"] == without["first_due_day"] + 90
    assert deferred["deferral_until_day"] == deferred["deferral_from_day"] + 90
    assert deferred["deferrals_granted"] == deferred["files_decided"] == 1
    assert deferred["waiting_days"] == 0

    principal, remainder, capitalised = without["original_principal"], 0, 0
    for skipped in [False] * 3 + [True] * 3:
        interest, remainder = divmod(principal * 1800 * 30 + remainder, CENT)
        principal += interest if skipped else interest - without["instalment"]
        capitalised += interest if skipped else 0
    assert deferred["capitalised_interest"] == capitalised
    assert deferred["instalment"] == int(principal * annuity(1800, 9)) + 1


def test_late_interest_and_penalty_are_what_a_hand_finds() -> None:
    b = in_arrears()
    accrue(b, 70)
    assert b.days_past_due(70) == 70
    assert divmod(2550 * 1800 * 10, CENT) == (b.late_interest, b.late_interest_remainder)
    assert divmod(2550 * 900 * 10, CENT) == (b.penalty, b.penalty_remainder)


def test_penalty_waits_for_the_end_of_grace() -> None:
    first = {"last_billed_due_day": 60, "arrears_principal": 900, "arrears_interest": 100}
    b = in_arrears(**first)
    accrue(b, 63)
    assert b.penalty_remainder == 0 < b.late_interest_remainder
    accrue(b, 64)
    assert b.penalty_remainder == 900 * 900


@pytest.mark.parametrize("waiver_bp", [0, 10000])
def test_thirty_times_one_day_is_once_thirty_days(waiver_bp: int) -> None:
    daily, monthly = (in_arrears(waiver_bp=waiver_bp, last_billed_due_day=58) for _ in range(2))
    for day in range(61, 91):
        accrue(daily, day)
    accrue(monthly, 90)
    assert daily == monthly
    assert monthly.penalty_charged > 0


def test_no_penalty_but_interest_accrues_in_a_deferral() -> None:
    b = in_arrears(deferral_from_day=60, deferral_until_day=120)
    accrue(b, 89)
    assert b.penalty_charged == b.penalty_remainder == 0
    assert b.interest_charged == 2550 * 1800 * 29 // CENT
    assert b.days_past_due(89) == 59


@pytest.mark.parametrize(
    ("waterfall", "money", "principal", "interest", "late", "penalty"),
    [
        # the oldest owes 800: penalty 6 of 17, late 11 of 31, interest 84 of 250, principal 716
        ("horizontal", 5, 0, 0, 0, 5),
        ("horizontal", 817, 716, 84, 11, 6),
        ("horizontal", 818, 716, 84, 11, 7),
        # the second owes 1,000: penalty 6 of 11, late 10 of 20, interest 83 of 166, principal 917
        ("horizontal", 1833, 1633, 167, 21, 12),
        ("horizontal", 2848, 2550, 250, 31, 17),
        ("vertical", 60, 0, 12, 31, 17),
        ("vertical", 300, 2, 250, 31, 17),
        ("principal_first", 2560, 2550, 10, 0, 0),
        ("principal_first", 2845, 2550, 250, 31, 14),
    ],
)
def test_money_goes_down_the_waterfall(
    waterfall: str, money: int, principal: int, interest: int, late: int, penalty: int
) -> None:
    b = in_arrears(accrued_through_day=89, late_interest=31, penalty=17)
    b.policy = policy(servicing__waterfall=waterfall)
    pay(b, 90, money)
    assert b.last_payment_day == 90
    paid = {name: amount - getattr(b, name) for name, amount in OWED.items()}
    assert list(paid.values()) == [principal, interest, late, penalty]
    assert (b.paid_principal, b.paid_interest) == (principal, interest + late)


def test_below_90_days_principal_first_is_horizontal() -> None:
    b = in_arrears(accrued_through_day=88, late_interest=31, penalty=17)
    b.policy = policy(servicing__waterfall="principal_first")
    pay(b, 89, 817)
    assert b.paid_principal == 716


def strict(waterfall: str, intensity: float) -> dict[str, Any]:
    """A policy under which nearly everything is in short supply."""
    return policy(
        **RELIEF,
        servicing__waterfall=waterfall,
        servicing__charge_off_dpd=120,
        collections__intensity=intensity,
        collections__priority=["oldest", "largest", "newest"][int(intensity) % 3],
        relief__deferral__proof_required=intensity > 1,
        servicing__penalty_base="principal_and_interest" if intensity > 1 else "principal",
        servicing__grace_days=int(intensity),
    )


def stressed(burn_in_months: int, waterfall: str, intensity: float) -> OracleRun:
    """A run in which nearly everything goes wrong."""
    bad = world(**STRESS, burn_in_months=burn_in_months, seed=int(10 * intensity) + burn_in_months)
    return run(bad, policy(), strict(waterfall, intensity))


@pytest.mark.parametrize("burn_in_months", [0, 3])
@pytest.mark.parametrize("waterfall", ["horizontal", "vertical", "principal_first"])
@pytest.mark.parametrize("intensity", [0, 0.5, 1.0, 3.0])
def test_the_laws_hold_in_a_stressed_world(
    burn_in_months: int, waterfall: str, intensity: float
) -> None:
    studied = strict(waterfall, intensity)
    result = stressed(burn_in_months, waterfall, intensity)
    months = result.months
    assert [month.day for month in months] == list(range(29 - 30 * burn_in_months, 420, 30))
    assert_lawful_run(result, studied)
    rows = months[-1].rows.values()
    for column in ("deferrals_granted", "waivers_granted", "refusals", "misses", "cures"):
        assert sum(row[column] for row in rows) > 0, column
    assert {row["status"] for row in rows} >= {1, 2}
    assert (sum(row["calls_connected"] for row in rows) > 0) == (
        intensity > 0 or burn_in_months > 0
    )


def test_the_same_run_twice_is_the_same() -> None:
    assert stressed(3, "horizontal", 1.0) == stressed(3, "horizontal", 1.0)


def test_a_replica_does_not_know_of_the_others() -> None:
    bad, relief = world(**STRESS, burn_in_months=1), policy(**RELIEF)
    both, second = run(bad, policy(), relief), run(bad, policy(), relief, replicas=[1])
    for month, alone in zip(both.months, second.months, strict=True):
        assert alone.rows == {key: row for key, row in month.rows.items() if key[0] == 1}
        assert alone.replicas == {1: month.replicas[1]}


def test_more_than_enough_people_are_as_good_as_unlimited() -> None:
    bad = world(**STRESS, burn_in_months=1)
    many = RELIEF | {"relief__desk__reviewers": 10_000, "collections__agents": 10_000}
    without_end = RELIEF | {
        "relief__desk__reviewers": "unlimited",
        "collections__agents": "unlimited",
    }
    assert run(bad, policy(), policy(**many)) == run(bad, policy(), policy(**without_end))


def test_the_policy_changes_nothing_before_day_0() -> None:
    bad = world(**STRESS, burn_in_months=3)
    base = deepcopy(policy())
    relief = run(bad, base, policy(**RELIEF, collections__intensity=3.0))
    assert relief.months[:3] == run(bad, base, base).months[:3]
    assert base == policy()


def test_no_agents_no_calls_but_messages() -> None:
    bad = world(**STRESS, burn_in_months=0)
    rows = run(bad, policy(), policy(collections__agents=0)).months[-1].rows.values()
    assert sum(row["calls_attempted"] for row in rows) == 0
    assert sum(row["messages_sent"] for row in rows) > 0


def test_a_scripted_borrower_meets_the_script_and_nothing_else() -> None:
    case = {"name": "ill", "illness": {"month": 2, "months": 1}, "job_loss": None, "aware": None}
    bad = world(**STRESS, burn_in_months=2)
    months = run(bad, policy(), policy(), cases=[case]).months
    incomes = {row["income"] for month in months for row in month.rows.values()}
    (last,) = months[-1].rows.values()
    assert len(incomes) == 1
    assert (last["replica"], last["number"], last["scripted"]) == (2**20, 0, True)
    assert (last["ill_from_day"], last["ill_until_day"]) == (30, 60)
    assert last["job_loss_day"] == NEVER
    (first,) = months[2].rows.values()
    healthy = 30 - max(0, first["first_due_day"])
    earned = half_up(first["income"] * 1.0 * ((healthy + 0.6 * (30 - healthy)) / 30))
    assert first["surplus"] == earned - first["essentials"] - first["other_debt"]


def test_new_loans_are_lent_month_by_month_outside_all_measures() -> None:
    growing = world(
        months=5, burn_in_months=1, borrowers=3, replicas=1, new_loans_per_month=2, **CALM
    )
    rows = run(growing, policy(), policy()).months[-1].rows
    assert len(rows) == 3 + 2 * 5
    for (_, number), row in rows.items():
        assert row["newcomer"] == (number >= 3)
        if row["newcomer"]:
            month = (number - 3) // 2
            assert row["first_due_day"] == 3 * row["cycle"] + 30 * (month + 1)
            assert not row["at_risk"]
            assert row["billed_instalments"] == max(0, 4 - month)


EVERYTHING: dict[str, Any] = {
    **RELIEF,
    "relief__rate_reduction__share": 0.4,
    "relief__rate_reduction__offer": "on_contact",
    "relief__term_extension__months": 6,
    "relief__arrangement__months": 3,
    "relief__arrangement__hardships": ["any"],
    "relief__settlement__haircut": 0.4,
    "relief__settlement__min_dpd": 60,
    "relief__settlement__hardships": ["any"],
    "relief__settlement__offer": "universal",
    "relief__penalty_waiver__condition_days": 20,
    "relief__outreach__share_per_month": 0.1,
    "collections__visit__rate": 0.3,
    "collections__visit__visitors": 1,
    "collections__notice__dpd": [30, 75],
    "collections__message__tone": "moral",
    "collections__message__before_due": True,
    "collections__conduct__attempts_in_7_days": 3,
    "collections__conduct__quiet_days": 2,
    "collections__conduct__stop_on_request": True,
    "collections__court__filing_share": 0.5,
    "collections__court__opens_dpd": 60,
    "collections__court__min_claim": 1,
    "servicing__acceleration": "court",
    "servicing__auto_debit_share": 0.3,
    "servicing__charge_off_dpd": 120,
}


@pytest.mark.parametrize("route", ["in_house", "agency", "sale"])
def test_the_laws_hold_with_everything_on(route: str) -> None:
    bad = world(
        **STRESS,
        burn_in_months=2,
        new_loans_per_month=2,
        court__delay_months=1,
        court__hearings_per_day=1,
        contact__reach_early=0.4,
        contact__asks_to_stop=0.05,
        strain__complaints=0.02,
        recovery__pays_per_month=0.3,
        behaviour__reconsiders=0.5,
        behaviour__returns_per_month=0.1,
        shocks=[
            {"kind": "disaster", "month": 2, "share": 0.5, "months": 3, "loss_incomes": 1.0},
            {"kind": "layoffs", "month": 4, "share": 0.4, "sectors": [0, 1]},
        ],
    )
    studied = policy(
        **EVERYTHING,
        collections__recovery__route=route,
        collections__recovery__sell_after_months=2,
    )
    result = run(bad, policy(), studied)
    assert_lawful_run(result, studied)
    rows = result.months[-1].rows.values()
    for row in rows:
        if 6 <= row["recent_attempts_day"] < NEVER:
            assert sum(row["recent_attempts"] >> 8 * day & 255 for day in range(7)) <= 3
    happened = {name for row in rows for name in COLUMNS if row[name] not in (0, NEVER)}
    happened |= {f"status {row['status']}" for row in rows}
    assert happened >= {
        "arrangements_granted",
        "settlements_granted",
        "reductions_granted",
        "extensions_granted",
        "promises_kept",
        "visits_connected",
        "notices_sent",
        "contacts_refused",
        "complaints",
        "judgments",
        "accelerated_due_day",
        "paid_costs",
        "disaster_from_day",
        "late_recovered",
        "commissions",
        "default_after_misfortune",
        "restructured_day",
        "status 2",
        "status 3",
    }
    assert any(row["sold"] for row in rows) == (route == "sale")
    assert result.noted >= {
        "behaviour: returned unprompted",
        "behaviour: did not look again",
        "collections: reminded in time",
    }
