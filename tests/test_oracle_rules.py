"""The oracle's relief, court, recovery and shocks against hand-worked numbers."""

from __future__ import annotations

import pytest
import simpy
from oracle_billing import billing
from oracle_borrower import Borrower
from oracle_branch import Branch, Happening
from oracle_by_hand import OWED, borrower, charged_off, in_arrears
from oracle_columns import (
    ACTIVE,
    NONE,
    PAID_OFF,
    SETTLED,
    UNABLE,
    UNWILLING,
)
from oracle_court import hearing
from oracle_defaults import policy, world
from oracle_economy import shocks
from oracle_grant import grant
from oracle_laws import assert_lawful
from oracle_loan import accelerate, accrue, bill, relevel, settle, skip
from oracle_numbers import (
    CENT,
    NEVER,
    annuity,
    exponential,
    half_up,
    path,
)
from oracle_payment import pay, payments, pays_what_it_can, reconsiders_on
from oracle_recovery import recovery


def test_an_economic_path_begins_at_day_0_and_its_last_entry_holds_on() -> None:
    assert [path([2.0, 3.0], day) for day in (-1, 0, 29, 30, 400)] == [1, 2.0, 2.0, 3.0, 3.0]
    assert path([], 100) == 1


def test_a_settlement_pays_principal_first_and_forgives_the_rest() -> None:
    b = in_arrears(**OWED, costs=9, deferred_interest=5, opening_principal=9550)
    b.interest_charged, b.penalty_charged, b.costs_charged = 286, 17, 9
    assert b.balance == 2550 + 250 + 31 + 17 + 9 + 5 + 7000
    settle(b, 75, 9700)
    assert b.status == SETTLED
    assert (b.paid_principal, b.paid_interest, b.paid_penalty, b.paid_costs) == (9550, 150, 0, 0)
    assert (b.forgiven_interest, b.forgiven_penalty, b.forgiven_costs) == (136, 17, 9)
    assert (b.balance, b.last_payment_day) == (0, 75)
    b.bucket = -1
    assert_lawful(b.row())


@pytest.mark.parametrize(("short_by", "status"), [(0, SETTLED), (1, ACTIVE)])
def test_a_settlement_is_taken_with_help_from_outside_or_not_at_all(
    short_by: int, status: int
) -> None:
    b = in_arrears(income=4000, surplus=0)
    b.policy = policy(relief__settlement__haircut=0.4, relief__settlement__days=20)
    grant(b, "settlement", 61)
    assert b.settlement_amount == 5880  # 0.6 of 9,800
    assert (b.settlement_until_day, b.next_payment_day) == (81, 62)
    b.savings = 3880 - short_by  # and 0.5 x 4,000 from outside
    payments(b, 62)
    assert b.status == status
    if status == SETTLED:
        assert b.cash(62) == 0
        assert b.paid_principal == 5880


def arranged() -> Borrower:
    """A borrower who on day 61 was given three months to pay its arrears of 2,801."""
    b = in_arrears(surplus=0, buffer=10**6, income=0, essentials=0, other_debt=0)
    b.policy = policy(relief__arrangement__months=3, collections__intensity=0)
    accrue(b, 60)
    b.late_interest = 1
    grant(b, "arrangement", 61)
    assert (b.arrangement_amount, b.arrangement_until_day) == (934, 151)
    assert b.arrangement_in_force(150)
    return b


def test_an_arrangement_kept_pays_a_third_with_every_instalment() -> None:
    b = arranged()
    b.savings = 10**6
    for paid, due in enumerate((90, 120, 150), start=1):
        billing(b, due)
        assert b.why_missed == NONE
        assert 10**6 - b.savings == paid * 1934
        assert b.arrangements_kept == (due == 150)
    assert b.arrears > 0  # interest went on meanwhile
    assert b.penalty_charged == b.arrangements_broken == 0
    assert b.arrangement_until_day == 150


def test_an_arrangement_ends_when_the_arrears_do() -> None:
    b = arranged()
    pay(b, 70, b.owed + 2550 * 1800 * 9 // CENT)
    assert (b.arrears, b.arrangements_kept, b.arrangement_until_day) == (0, 1, 70)


@pytest.mark.parametrize(("opportunist", "why"), [(False, UNABLE), (True, UNWILLING)])
def test_an_arrangement_broken_ends_at_once(opportunist: bool, why: int) -> None:
    b = arranged()
    b.opportunist = opportunist
    b.world["behaviour"]["skipping"] = 1.0
    b.savings = 1934 if opportunist else 1933
    billing(b, 90)
    assert (b.arrangements_broken, b.arrangements_kept) == (1, 0)
    assert (b.arrangement_until_day, b.why_missed) == (90, why)
    assert b.savings == (1934 if opportunist else 0)


@pytest.mark.parametrize(("short_by", "kept"), [(0, 1), (1, 0)])
def test_a_conditional_waiver_is_earned_by_paying_all_the_rest(short_by: int, kept: int) -> None:
    b = in_arrears(penalty=101, surplus=0)
    b.policy = policy(
        relief__penalty_waiver__share=0.5,
        relief__penalty_waiver__condition_days=10,
        servicing__penalty_multiple=1.0,
    )
    grant(b, "waiver", 61)
    assert (b.waiver_bp, b.waiver_offer_bp, b.waiver_until_day) == (0, 5000, 71)
    b.savings = 2801 + 50 - short_by  # with a day's interest; 51 of 101 are forgiven
    payments(b, 62)
    assert b.waivers_kept == kept
    assert b.forgiven_penalty == 51 * kept
    assert (b.owed == 0) == bool(kept)
    assert b.waiver_until_day == (NEVER if kept else 71)


def test_bands_and_a_clean_record_make_the_share() -> None:
    b = in_arrears(penalty=100, late_starts=1)
    b.policy = policy(
        relief__penalty_waiver__share=0.1,
        relief__penalty_waiver__bands=[
            {"from_dpd": 30, "share": 0.2},
            {"from_dpd": 62, "share": 0.4},
        ],
        relief__penalty_waiver__clean_record_bonus=0.05,
    )
    grant(b, "waiver", 61)
    assert b.waiver_bp == 2500
    b.late_starts = 2
    grant(b, "waiver", 62)
    assert b.waiver_bp == 4000


def test_simple_interest_of_a_deferral_bears_none_and_is_billed_bit_by_bit() -> None:
    b = borrower(principal=100_000, instalment=10_000, term_months=14, billed_instalments=4)
    b.policy = policy(relief__deferral__interest="simple")
    for _ in range(3):
        skip(b)
    assert (b.principal, b.deferred_interest, b.interest_charged) == (100_000, 4500, 4500)
    relevel(b)
    assert b.instalment == int(100_000 * annuity(1800, 10)) + 1 + 450
    assert bill(b, 200) == b.instalment
    assert b.deferred_interest == 4050
    assert b.arrears_interest == 1500 + 450


@pytest.mark.parametrize(("interest", "forgiven"), [("waived", 1500), ("capitalised", 0)])
def test_interest_of_a_deferral_is_waived_or_capitalised(interest: str, forgiven: int) -> None:
    b = borrower(principal=100_000, instalment=10_000)
    b.policy = policy(relief__deferral__interest=interest)
    skip(b)
    assert b.forgiven_interest == forgiven
    assert b.capitalised_interest == b.principal - 100_000 == 1500 - forgiven


def test_a_compounding_penalty_bears_penalty_on_that_of_the_last_due_date() -> None:
    b = in_arrears(penalty=120, penalty_at_billing=100)
    b.policy = policy(servicing__penalty_base="compounding", servicing__penalty_multiple=2.0)
    accrue(b, 70)
    assert (b.penalty_charged, b.penalty) == ((2550 + 250 + 100) * 1800 * 10 // CENT, 134)
    accrue(b, 80)
    assert b.penalty_charged == (2550 + 250 + 100) * 1800 * 20 // CENT == 29


def test_an_all_in_cap_clips_the_penalty() -> None:
    b = in_arrears()
    b.policy = policy(servicing__all_in_cap_bp=2400)
    accrue(b, 89)
    assert b.penalty_charged == 2550 * 600 * 29 // CENT == 12
    assert b.clipped_penalty == 2550 * 300 * 29 // CENT == 6


def test_attempts_of_seven_days_are_counted_in_eight_bits_each() -> None:
    b = borrower()
    assert (b.recent_attempts, b.recent_attempts_day) == (0, NEVER)
    for day in (100, 100, 103, 106):
        b.note_attempt(day)
    assert b.recent_attempts == 2 * 256**6 + 256**3 + 1
    assert [b.attempts_in_7_days(day) for day in (106, 107, 109, 110, 113)] == [4, 2, 2, 1, 0]
    b.note_attempt(107)
    assert b.recent_attempts == 256**4 + 256 + 1
    assert b.recent_attempts_day == 107


@pytest.mark.parametrize(("hearings_per_day", "heard"), [("unlimited", "abc"), (2, "ab"), (0, "")])
def test_a_court_hears_the_oldest_cases_first(hearings_per_day: int | str, heard: str) -> None:
    env = simpy.Environment()
    branch = Branch(env, world(court__hearings_per_day=hearings_per_day), policy(), policy())
    had = []

    def case(name: str, hearing_day: int, number: int) -> Happening:
        if (yield branch.court.join((hearing_day, number), 1)):
            had.append(name)

    for name, hearing_day, number in (("c", 30, 1), ("b", 20, 9), ("a", 20, 2)):
        env.process(case(name, hearing_day, number))
    env.run(until=10)
    assert "".join(sorted(had)) == heard


def test_a_judgment_is_enforced_on_what_is_owed() -> None:
    b = in_arrears(hearing_day=70, filed_day=40, accrued_through_day=74, surplus=0, savings=10)
    b.world["court"] |= {"default_judgments": 1.0, "recovers_low": 0.25, "recovers_high": 0.25}
    hearing(b, 75)
    assert (b.hearings, b.judgments, b.adverse_marks, b.court_waiting_days) == (1, 1, 1, 5)
    assert (b.hearing_day, b.judgment_day) == (NEVER, 75)
    assert b.paid_since_billing == b.paid_principal + b.paid_interest == 2450  # of 9,800
    assert b.last_payment_day == 75


@pytest.mark.parametrize(("due", "proceeds"), [(60 + 180, 1100), (60 + 360, 450), (660, 250)])
def test_debt_is_sold_at_the_price_of_its_age(due: int, proceeds: int) -> None:
    b = charged_off()
    b.policy = policy(
        collections__recovery__route="sale", collections__recovery__sell_after_months=6
    )
    b.world["recovery"] |= {"pays_per_month": 0.0}
    recovery(b, 60 + 150)
    assert not b.sold
    recovery(b, due)
    assert (b.sold, b.sale_proceeds, b.claim) == (True, proceeds, 0)


def test_debt_pays_a_part_of_what_is_left_and_the_agency_keeps_its_commission() -> None:
    b = charged_off()
    b.policy = policy(collections__recovery__route="agency")
    b.world["recovery"] |= {"pays_per_month": 1.1}  # fades to 0.5 ** (1 / 28) of it in a month
    recovery(b, 90)
    recovery(b, 120)
    assert b.late_recovered == 2500 + 1875
    assert b.commissions == 550 + 413
    assert b.claim == 10_000 - 4375


def test_a_disaster_takes_savings_and_lasts() -> None:
    b = borrower(savings=5000, income=1000)
    b.scripted = False
    here = {"kind": "disaster", "month": 3, "share": 1.0, "months": 2, "loss_incomes": 1.5}
    elsewhere = here | {"regions": [b.region + 1]}
    b.world["shocks"] = [elsewhere, here]
    shocks(b, 60)
    loss = half_up(1000 * 1.5 * exponential(b.luck("DISASTER_LOSS", 60, 1)))
    assert b.savings == max(0, 5000 - loss) < 5000
    assert (b.disaster_from_day, b.disaster_until_day, b.shocks_met) == (60, 120, 4)
    assert b.struck(119)
    assert not b.struck(120)


def test_layoffs_cost_the_rest_of_the_month() -> None:
    b = borrower(cycle=2, first_due_day=6, income=30_000, surplus=1000)
    b.scripted = False
    b.world["shocks"] = [{"kind": "layoffs", "month": 2, "share": 1.0}]
    b.world["household"]["searching_income"] = 0.5
    shocks(b, 30)
    assert (b.job_loss_day, b.reemployed_day, b.shocks_met) == (30, NEVER, 1)
    assert b.surplus == 1000 - 3000  # six days at half pay


def test_acceleration_calls_everything_due_and_does_not_age_it() -> None:
    b = in_arrears(deferred_interest=40)
    accelerate(b, 61)
    assert (b.principal, b.arrears_principal, b.arrears_interest) == (0, 9550, 290)
    assert (b.billed_instalments, b.accelerated_due_day) == (12, 0)
    assert b.days_past_due(75) == 75
    pay(b, 75, 8000)
    assert b.days_past_due(80) == 80
    accrue(b, 79)
    pay(b, 80, b.owed)
    assert (b.status, b.days_past_due(81)) == (PAID_OFF, 0)


def test_a_smaller_instalment_does_not_age_old_arrears() -> None:
    b = in_arrears(relevel_day=90)
    b.policy = policy(relief__term_extension__months=24)
    grant(b, "extension", 61)
    assert (b.term_months, b.relevel_day) == (36, 90)
    relevel(b)
    assert b.instalment < 400
    assert (b.old_instalment, b.days_past_due(89)) == (934, 89)
    bill(b, 90)
    assert (b.unpaid_instalments, b.days_past_due(90)) == (4, 90)


def test_a_lower_rate_is_interest_forgone() -> None:
    b = in_arrears()
    b.policy = policy(relief__rate_reduction__share=0.5)
    grant(b, "reduction", 61)
    assert (b.rate_bp, b.contract_rate_bp) == (900, 1800)
    bill(b, 90)
    assert b.forgone_interest == 7000 * 900 * 30 // CENT == 52


def test_who_puts_us_first_pays_with_other_lenders_money() -> None:
    b = in_arrears(savings=1000, surplus=0, other_debt=700, essentials=5000)
    b.puts_us_first = True
    pays_what_it_can(b, 61)
    assert b.paid_principal + b.paid_interest == 1700
    assert (b.other_arrears, b.diverted_since_billing, b.squeezed) == (700, 700, 0)
    pays_what_it_can(b, 62, squeezing=True)
    assert b.squeezed == 1000  # a fifth of essentials; nothing more from the others
    assert b.diverted_since_billing == 700


def test_an_account_on_debit_is_tried_again_on_retry_days_too() -> None:
    b = in_arrears()
    assert reconsiders_on(b, 61) == 67
    b.policy = policy(servicing__auto_debit_share=1.0)
    assert [reconsiders_on(b, day) for day in (61, 63, 67, 74)] == [63, 67, 74, 81]


@pytest.mark.parametrize("kept", [False, True])
def test_a_promise_is_kept_or_not(kept: bool) -> None:
    b = in_arrears(promise_day=65, next_payment_day=65, why_missed=UNABLE, savings=600, surplus=0)
    b.world["contact"]["keeps_promise"] = float(kept)
    payments(b, 65)
    assert b.promises_kept == kept
    assert (b.savings + b.paid_since_billing, b.promise_day) == (600 + 600 * kept, NEVER)
    assert b.next_payment_day == 67
