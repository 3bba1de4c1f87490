"""The oracle's origination: a borrower as the run finds it (model page, section 2)."""

from __future__ import annotations

import math
from typing import Any

from oracle_borrower import Borrower
from oracle_loan import month_interest
from oracle_numbers import annuity, exponential, fate_of, half_up, lognormal, normal

MISFORTUNES = {
    "job_loss": ("job_loss_day", "reemployed_day"),
    "illness": ("ill_from_day", "ill_until_day"),
    "disaster": ("disaster_from_day", "disaster_until_day"),
}


def originate(
    world: dict[str, Any],
    policy: dict[str, Any],
    replica: int,
    number: int,
    case: dict[str, Any] | None = None,
) -> Borrower:
    """A borrower of its replica; by script if there is a case."""
    fate = fate_of(world["seed"], replica, number)
    b = Borrower(world=world, policy=policy, replica=replica, number=number, fate=fate)
    b.newcomer = case is None and number >= world["borrowers"]
    b.cycle = math.floor(b.luck("CYCLE", 0) * 10)
    _lend(b)
    _meet(b)
    b.savings = b.buffer = half_up(b.income * _buffer_months(b))
    if case is not None:
        _follow(b, case)
    _season(b, _instalments_before_day_0(b))
    return b


def _lend(b: Borrower) -> None:
    """The household can afford the loan, and the loan is made."""
    loans, household = b.world["loans"], b.world["household"]
    income_factor = lognormal(loans["income_log_sd"], b.luck("INCOME", 0))
    b.income = max(1, half_up(loans["median_income"] * income_factor))
    share_factor = lognormal(loans["instalment_share_log_sd"], b.luck("INSTALMENT_SHARE", 0))
    share = loans["instalment_share"] * share_factor
    essentials = household["essentials_sd"] * normal(b.luck("ESSENTIALS", 0))
    essentials = min(max(household["essentials_share"] + essentials, 0.2), 0.9)
    other = household["other_debt_share"] * exponential(b.luck("OTHER_DEBT", 0))
    share = min(share, max(0.01, loans["burden_cap"] - essentials))
    other = min(other, max(0.0, loans["burden_cap"] - essentials - share))

    b.term_months = loans["terms"][math.floor(b.luck("TERM", 0) * len(loans["terms"]))]
    b.rate_bp = b.contract_rate_bp = loans["annual_rate_bp"]
    factor = annuity(b.rate_bp, b.term_months)
    b.original_principal = max(100, half_up(b.income * share / factor))
    b.instalment = math.floor(b.original_principal * factor) + 1
    b.essentials = half_up(b.income * essentials)
    b.other_debt = half_up(b.income * other)
    b.surplus = b.income - b.essentials - b.other_debt


def _meet(b: Borrower) -> None:
    """It is known what kind of person the borrower is."""
    loans, behaviour = b.world["loans"], b.world["behaviour"]
    attention = exponential(b.luck("ATTENTION", 0))
    b.forgetting_probability = min(0.9, behaviour["forgetting"] * attention)
    b.reachability = 0.5 + b.luck("REACHABILITY", 0)
    b.aware = b.luck("AWARENESS", 0) < behaviour["awareness"]
    b.opportunist = b.luck("OPPORTUNISM", 0) < behaviour["opportunists"]
    b.auto_debit_luck = b.luck("AUTO_DEBIT", 0)
    b.puts_us_first = b.luck("PRIORITY", 0) < behaviour["puts_us_first"]
    b.region = math.floor(b.luck("REGION", 0) * loans["regions"])
    b.sector = math.floor(b.luck("SECTOR", 0) * loans["sectors"])
    b.base_score = 700 + half_up(40 * normal(b.luck("SCORE", 0)))


def _buffer_months(b: Borrower) -> float:
    household = b.world["household"]
    size = b.luck("BUFFER_SIZE", 0)
    months: float
    if b.luck("BUFFER_KIND", 0) < household["hand_to_mouth_share"]:
        months = household["hand_to_mouth_months"] * size
    else:
        months = household["buffer_months"] * lognormal(household["buffer_log_sd"], size)
    return months


def _follow(b: Borrower, case: dict[str, Any]) -> None:
    """The script replaces the draws it speaks of."""
    b.scripted = True
    b.forgetting_probability = 0.0
    b.sure_to_apply = case.get("applies", False)
    if case.get("aware") is not None:
        b.aware = case["aware"]
    if case.get("savings_months") is not None:
        b.savings = b.buffer = half_up(b.income * case["savings_months"])
    for misfortune, (from_day, until_day) in MISFORTUNES.items():
        spell = case.get(misfortune)
        if spell is not None:
            begins = 30 * (spell["month"] - 1)
            setattr(b, from_day, begins)
            setattr(b, until_day, begins + 30 * spell["months"])


def _instalments_before_day_0(b: Borrower) -> int:
    if b.scripted:
        return 0
    if b.newcomer:
        month: int = (b.number - b.world["borrowers"]) // b.world["new_loans_per_month"]
        return -(month + 1)
    return math.floor(b.luck("AGE", 0) * b.term_months)


def _season(b: Borrower, age: int) -> None:
    """What fell due before the run has been billed and paid."""
    burn_in_months = b.world["burn_in_months"]
    b.first_due_day = 3 * b.cycle - 30 * age
    b.strain_day = -30 * burn_in_months
    b.principal = b.original_principal
    seasoned = max(0, age - burn_in_months)
    for _ in range(seasoned):
        interest, b.interest_remainder = month_interest(b)
        b.principal -= max(0, min(b.principal, b.instalment - interest))
    b.billed_instalments = seasoned
    b.last_billed_due_day = b.first_due_day + 30 * (seasoned - 1)
    b.last_payment_day = b.accrued_through_day = b.last_billed_due_day
    b.opening_principal = b.principal
