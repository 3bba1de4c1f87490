"""The oracle's reminders, returns, misfortunes and reports against hand-worked numbers."""

from __future__ import annotations

from typing import Any

import pytest
from oracle import close, opening
from oracle_billing import billing
from oracle_borrower import Borrower
from oracle_by_hand import borrower, charged_off, in_arrears
from oracle_columns import DISENGAGED, FORGOT, NONE, PAID_OFF, UNABLE, UNWILLING
from oracle_defaults import policy, world
from oracle_grant import grant
from oracle_household import live_a_month
from oracle_numbers import NEVER, what_is_left
from oracle_payment import payments
from oracle_recovery import recovery
from oracle_relief import decide


def test_late_debt_pays_half_as_often_after_its_half_life_and_costs_in_house() -> None:
    assert what_is_left(28, 28) == pytest.approx(0.5, abs=1e-6)
    assert what_is_left(1, 3) == 0.125
    assert what_is_left(5, 720) == what_is_left(5, 10_000) > 0
    b = charged_off()
    b.world["recovery"] |= {"half_life_months": 1}
    for chance, paid in ((2 * b.luck("LATE_PAYS", 90), 0), (2 * b.luck("LATE_PAYS", 90) + 1e-9, 1)):
        b.world["recovery"] |= {"pays_per_month": chance}
        recovery(b, 90)
        assert (b.late_recovered, b.commissions) == (2500 * paid, 250 * paid)


def forgetful(**settings: Any) -> Borrower:
    """A borrower with money enough who forgets every due date, today's on day 90 included."""
    b = in_arrears(arrears_principal=0, arrears_interest=0, savings=5000, buffer=5000, surplus=0)
    b.income = b.essentials = b.other_debt = 0
    b.forgetting_probability = 1.0
    b.policy = policy(collections__message__before_due=True, **settings)
    b.world["contact"]["message_works"] = 1.0
    return b


def test_a_reminder_comes_before_the_due_date_and_strains_nobody() -> None:
    b = forgetful()
    billing(b, 90)
    assert (b.messages_sent, b.contacts_refused, b.strain) == (1, 0, 0.0)
    assert (b.arrears, b.why_missed) == (0, NONE)
    assert b.noted == {"collections: reminded in time"}


@pytest.mark.parametrize(
    ("settings", "asked", "refused"),
    [
        ({"collections__intensity": 0.0}, NEVER, 0),
        ({"collections__conduct__stop_on_request": True}, 50, 1),
    ],
)
def test_who_gets_no_reminder_forgets(settings: dict[str, Any], asked: int, refused: int) -> None:
    b = forgetful(**settings)
    b.stop_requested_day = asked
    billing(b, 90)
    assert (b.messages_sent, b.contacts_refused, b.why_missed) == (0, refused, FORGOT)


def test_who_is_behind_already_is_not_reminded() -> None:
    b = forgetful()
    b.arrears_principal = 1
    billing(b, 90)
    assert (b.messages_sent, b.why_missed) == (0, FORGOT)


@pytest.mark.parametrize(("chance", "returns"), [(0.0, False), (1.0, True)])
def test_who_has_stopped_dealing_with_the_lender_may_return(chance: float, returns: bool) -> None:
    b = in_arrears(disengage_day=80, savings=5000, buffer=5000, surplus=0)
    b.income = b.essentials = b.other_debt = 0
    b.world["behaviour"]["returns_per_month"] = chance
    billing(b, 90)
    assert (b.disengage_day, b.owed == 0) == ((NEVER, True) if returns else (80, False))
    assert b.why_missed == (NONE if returns else DISENGAGED)


def test_who_does_not_look_again_waits_for_the_next_day_of_reconsidering() -> None:
    short: dict[str, int] = {
        "why_missed": UNABLE,
        "next_payment_day": 67,
        "savings": 600,
        "surplus": 0,
    }
    never = {"behaviour__reconsiders": 0.0}
    for columns, settings, looks in (
        ({}, {}, False),
        ({"promise_day": 67}, {"contact__keeps_promise": 1.0}, True),
        ({"promise_day": 70}, {}, False),
        ({"settlement_until_day": 67, "settlement_amount": 9000}, {}, True),
        ({"waiver_until_day": 66}, {}, False),
        ({"waiver_until_day": 67}, {}, True),
        ({"why_missed": UNWILLING}, {}, True),
        ({}, {"behaviour__reconsider_days": [8]}, True),
    ):
        b = in_arrears(**(short | columns))
        b.world = world(burn_in_months=0, behaviour__outside_help=0.0, **(never | settings))
        payments(b, 67)
        assert (b.paid_since_billing == 600) == looks
        assert b.next_payment_day == (68 if "behaviour__reconsider_days" in settings else 74)
    b = in_arrears(**short)
    b.world = world(burn_in_months=0, **never)
    b.policy = policy(servicing__auto_debit_share=1.0)
    payments(b, 67)
    assert b.paid_since_billing == 600


@pytest.mark.parametrize(
    ("columns", "after_one"),
    [
        ({}, False),
        ({"misfortune_day": -150}, True),
        ({"misfortune_day": -151}, False),
        ({"misfortune_day": 91}, False),
        ({"misfortune_day": -300, "job_loss_day": -300}, True),
        ({"job_loss_day": 0, "reemployed_day": 90}, False),
        ({"ill_from_day": 90}, True),
        ({"disaster_from_day": 0, "disaster_until_day": 91}, True),
    ],
)
def test_a_default_follows_a_misfortune_of_240_days_or_one_that_lasts(
    columns: dict[str, int], after_one: bool
) -> None:
    b = in_arrears(last_billed_due_day=90, arrears_principal=3750, **columns)
    assert b.days_past_due(90) == 90
    close(b, 90)
    assert (b.default_day, b.default_after_misfortune) == (90, after_one)


def test_a_month_remembers_its_latest_misfortune() -> None:
    b = borrower(first_due_day=0, cycle=0, misfortune_day=-50)
    b.scripted = False
    b.world = world(burn_in_months=0, household__expense_per_month=0.0)
    b.world["household"] |= {"job_loss_per_month": 0.0, "illness_per_month": 0.0}
    live_a_month(b, 0)
    assert b.misfortune_day == -50
    b.world["household"]["expense_per_month"] = 1.0
    b.world["household"]["expense_incomes"] = 0.0
    live_a_month(b, 30)
    assert b.misfortune_day == -50  # an expense of nothing is none
    b.world["household"]["expense_incomes"] = 1.0
    live_a_month(b, 60)
    assert b.misfortune_day == 60
    b.world["household"]["job_loss_per_month"] = 0.95
    live_a_month(b, 90)
    assert b.misfortune_day == b.job_loss_day in range(90, 120)


def test_day_0_finds_who_is_in_a_misfortune() -> None:
    jobless_and_ill = {"job_loss_day": -40, "reemployed_day": 1, "ill_from_day": 0}
    over = {"job_loss_day": -40, "reemployed_day": 0, "shocks_met": 7}
    struck = {"disaster_from_day": -9, "disaster_until_day": 1}
    for columns, met in ((jobless_and_ill, 3), (over, 0), (struck, 4)):
        b = borrower(**columns)
        b.default_day, b.default_after_misfortune, b.waiver_taken = -5, True, True
        opening(b, policy())
        assert (b.shocks_met, b.default_day) == (met, NEVER)
        assert (b.default_after_misfortune, b.waiver_taken) == (False, False)
    b = borrower(**jobless_and_ill)
    b.status = PAID_OFF
    opening(b, policy())
    assert b.shocks_met == 0


def test_a_written_off_loan_is_reported_until_all_of_it_is_back() -> None:
    b = charged_off()
    close(b, 88)
    assert (b.months_in_arrears, b.adverse_marks) == (0, 0)
    close(b, 89)
    b.sold = True
    close(b, 119)
    b.late_recovered = 9_999
    close(b, 149)
    assert (b.months_in_arrears, b.adverse_marks) == (3, 3)
    b.late_recovered = 10_000
    close(b, 179)
    assert (b.months_in_arrears, b.adverse_marks) == (3, 3)


@pytest.mark.parametrize(
    ("hardships", "columns", "counted"),
    [
        (["job_loss"], {"job_loss_day": 0}, 1),
        (["any"], {"job_loss_day": 0}, 0),
        (["any", "illness"], {"ill_from_day": 0}, 1),
        (["illness"], {"job_loss_day": 0}, 0),
        (["job_loss"], {"job_loss_day": 0, "deferral_until_day": 150}, 0),
    ],
)
def test_refused_in_hardship_is_whom_it_would_have_suited(
    hardships: list[str], columns: dict[str, int], counted: int
) -> None:
    b = in_arrears(deferral_file_day=61, **columns)
    b.policy = policy(
        relief__deferral__months=2,
        relief__deferral__hardships=hardships,
        relief__desk__sensitivity=0.0,
        relief__desk__specificity=1.0,
    )
    decide(b, "deferral", 61)
    assert (b.refusals, b.refused_in_hardship) == (1, counted)


def test_a_waiver_and_a_settlement_restructure_nothing() -> None:
    b = in_arrears(penalty=100)
    b.policy = policy(
        relief__penalty_waiver__share=0.5,
        relief__settlement__haircut=0.5,
        relief__rate_reduction__share=0.5,
    )
    grant(b, "waiver", 61)
    grant(b, "settlement", 62)
    assert (b.restructured_day, b.relieved_day) == (NEVER, 62)
    grant(b, "reduction", 63)
    grant(b, "waiver", 64)
    assert (b.restructured_day, b.relieved_day) == (63, 64)
    assert (b.waiver_taken, b.reduction_taken, b.deferral_taken) == (True, True, False)
