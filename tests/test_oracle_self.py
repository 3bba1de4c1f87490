"""The oracle against hand-worked numbers and the laws of the model page."""

from __future__ import annotations

from copy import deepcopy
from itertools import pairwise
from typing import Any

import pytest
from oracle import OracleRun, run
from oracle_borrower import COLUMNS, PAID_OFF, Borrower, originate
from oracle_defaults import policy, world
from oracle_loan import accrue, bill, pay
from oracle_numbers import CENT, GOLDEN, NEVER, annuity, half_up, hazard_offset, mix

CALM: dict[str, Any] = {
    "household__job_loss_per_month": 0.0,
    "household__illness_per_month": 0.0,
    "household__permanent_sd": 0.0,
    "household__transitory_sd": 0.0,
    "household__expense_per_month": 0.0,
    "household__hand_to_mouth_share": 0.0,
    "household__buffer_log_sd": 0.0,
    "behaviour__forgetting": 0.0,
    "behaviour__opportunists": 0.0,
}
STRESS: dict[str, Any] = {
    "months": 14,
    "borrowers": 40,
    "replicas": 2,
    "loans__terms": [3, 6, 12],
    "household__job_loss_per_month": 0.08,
    "household__illness_per_month": 0.05,
    "household__expense_per_month": 0.2,
    "behaviour__forgetting": 0.25,
    "behaviour__remembering_per_day": 0.05,
    "behaviour__opportunists": 0.2,
    "behaviour__awareness": 0.7,
    "behaviour__application": 0.8,
}
RELIEF: dict[str, Any] = {
    "relief__deferral__months": 2,
    "relief__deferral__max_dpd": 120,
    "relief__deferral__max_uses": 2,
    "relief__penalty_waiver__share": 0.6,
    "relief__desk__reviewers": 1,
    "relief__desk__minutes_per_reviewer_day": 35,
    "collections__agents": 1,
    "collections__minutes_per_agent_day": 20,
}


def borrower(**columns: int) -> Borrower:
    """A borrower of the default world with these columns."""
    b = originate(world(burn_in_months=0), policy(), 0, 0, case={"name": "by hand"})
    for name, value in columns.items():
        assert name in COLUMNS
        setattr(b, name, value)
    return b


def in_arrears(**columns: int) -> Borrower:
    """A borrower on day 60 with three instalments of 1,000 unpaid, the oldest since day 0."""
    at_day_60 = {
        "first_due_day": 0,
        "cycle": 0,
        "rate_bp": 1800,
        "term_months": 12,
        "billed_instalments": 3,
        "last_billed_due_day": 60,
        "accrued_through_day": 60,
        "instalment": 1000,
        "principal": 7000,
        "arrears_principal": 2550,
        "arrears_interest": 250,
    }
    return borrower(**(at_day_60 | columns))


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


OWED = {"arrears_principal": 2550, "arrears_interest": 250, "late_interest": 31, "penalty": 17}


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


def stressed(burn_in_months: int, waterfall: str, intensity: float) -> OracleRun:
    """A run in which nearly everything goes wrong."""
    bad = world(**STRESS, burn_in_months=burn_in_months, seed=int(10 * intensity) + burn_in_months)
    strict = policy(
        **RELIEF,
        servicing__waterfall=waterfall,
        servicing__charge_off_dpd=120,
        collections__intensity=intensity,
        collections__priority=["oldest", "largest", "newest"][int(intensity) % 3],
        relief__deferral__proof_required=intensity > 1,
        servicing__penalty_base="principal_and_interest" if intensity > 1 else "principal",
        servicing__grace_days=int(intensity),
    )
    return run(bad, policy(), strict)


@pytest.mark.parametrize("burn_in_months", [0, 3])
@pytest.mark.parametrize("waterfall", ["horizontal", "vertical", "principal_first"])
@pytest.mark.parametrize("intensity", [0, 0.5, 1.0, 3.0])
def test_the_laws_hold_in_a_stressed_world(
    burn_in_months: int, waterfall: str, intensity: float
) -> None:
    months = stressed(burn_in_months, waterfall, intensity).months
    assert [month.day for month in months] == list(range(29 - 30 * burn_in_months, 420, 30))
    for month in months:
        for row in month.rows.values():
            assert_lawful(row)
    for before, after in pairwise(months):
        for key, row in after.rows.items():
            assert_later(before.rows[key], row)
        if before.day >= 0:
            for replica, minutes in after.replicas.items():
                earlier = before.replicas[replica]
                assert minutes["desk_minutes"] - earlier["desk_minutes"] <= 30 * 35
                assert minutes["call_minutes"] - earlier["call_minutes"] <= 30 * 20
    rows = months[-1].rows.values()
    for column in ("deferrals_granted", "waivers_granted", "refusals", "misses", "cures"):
        assert sum(row[column] for row in rows) > 0, column
    assert {row["status"] for row in rows} >= {1, 2}
    assert (sum(row["calls_connected"] for row in rows) > 0) == (
        intensity > 0 or burn_in_months > 0
    )


def assert_lawful(row: dict[str, Any]) -> None:
    """The laws of section 9, and what else is always true of one borrower."""
    assert row["opening_principal"] + row["capitalised_interest"] == (
        row["principal"]
        + row["arrears_principal"]
        + row["paid_principal"]
        + row["written_off_principal"]
    )
    assert row["interest_charged"] == (
        row["arrears_interest"]
        + row["late_interest"]
        + row["paid_interest"]
        + row["capitalised_interest"]
        + row["written_off_interest"]
    )
    assert row["penalty_charged"] == (
        row["penalty"] + row["paid_penalty"] + row["forgiven_penalty"] + row["written_off_penalty"]
    )
    balances = ["principal", "arrears_principal", "arrears_interest", "late_interest", "penalty"]
    for name in [*balances, "savings", "paid_since_billing", "strain", "waiting_days"]:
        assert row[name] >= 0, name
    for name in ("interest_remainder", "late_interest_remainder", "penalty_remainder"):
        assert 0 <= row[name] < CENT
    assert row["billed_instalments"] <= row["term_months"]
    assert row["misses"] <= row["due_dates"]
    assert row["cures"] <= row["late_starts"]
    assert row["calls_connected"] <= row["calls_attempted"]
    granted = row["deferrals_granted"] + row["waivers_granted"]
    assert granted + row["refusals"] == row["files_decided"] <= row["applications"]
    assert row["refused_in_hardship"] <= row["refusals"]
    arrears = row["arrears_principal"] + row["arrears_interest"]
    if row["status"] != 0:
        assert not any(row[name] for name in balances)
        assert row["deferral_file_day"] == row["waiver_file_day"] == NEVER
        assert row["next_payment_day"] == NEVER
    elif row["billed_instalments"] == row["term_months"]:
        assert arrears + row["late_interest"] + row["penalty"] > 0
    if arrears == 0 and row["status"] != 2:
        assert row["why_missed"] in (0, 2, 3)
        assert row["disengage_day"] == NEVER


CUMULATIVE = [
    "interest_charged",
    "penalty_charged",
    "paid_principal",
    "paid_interest",
    "paid_penalty",
    "forgiven_penalty",
    "capitalised_interest",
    "written_off_principal",
    "written_off_interest",
    "written_off_penalty",
    "deferrals_granted",
    "waivers_granted",
    "applications",
    "abandoned",
    "refusals",
    "refused_in_hardship",
    "waiting_days",
    "files_decided",
    "messages_sent",
    "calls_attempted",
    "calls_connected",
    "due_dates",
    "misses",
    "late_starts",
    "cures",
    "billed_instalments",
    "aware",
    "deferral_eligible",
    "waiver_eligible",
]


def assert_later(before: dict[str, Any], after: dict[str, Any]) -> None:
    """The second row may follow the first: counts only grow and closed loans stand still."""
    for name in CUMULATIVE:
        assert before[name] <= after[name], name
    if before["status"] != 0:
        counted_at_end_of_grace = ("due_dates", "misses", "at_risk")
        changed = {name for name in COLUMNS if before[name] != after[name]}
        assert changed <= set(counted_at_end_of_grace)


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
