"""The oracle's household month and servicing (model page, sections 3 and 4)."""

from __future__ import annotations

import math

from oracle_borrower import (
    ACTIVE,
    CHARGED_OFF,
    NONE,
    PAID_OFF,
    UNABLE,
    Borrower,
    month_interest,
)
from oracle_numbers import (
    CENT,
    NEVER,
    annuity,
    ceil_div,
    daily_offset,
    exponential,
    half_up,
    hazard_offset,
    normal,
)


def live_a_month(b: Borrower, due: int) -> None:
    """The past month's money is settled and the next 30 days are known."""
    b.savings = max(0, b.savings + b.surplus - b.paid_since_billing)
    b.paid_since_billing = 0
    household = b.world["household"]
    transitory = 1.0
    expense = 0
    if not b.scripted:
        _draw_job(b, due)
        _draw_illness(b, due)
        permanent = household["permanent_sd"] * normal(b.luck("INCOME_PERMANENT", due))
        b.income = max(1, half_up(b.income * max(0.5, 1 + permanent)))
        change = household["transitory_sd"] * normal(b.luck("INCOME_TRANSITORY", due))
        transitory = max(0.0, 1 + change)
        if b.luck("EXPENSE", due) < household["expense_per_month"]:
            size = exponential(b.luck("EXPENSE_SIZE", due))
            expense = half_up(b.income * household["expense_incomes"] * size)

    month = range(due, due + 30)
    searching = sum(not b.employed(day) for day in month)
    ill = sum(b.employed(day) and b.ill(day) for day in month)
    earning = 30 - searching - ill
    share = (
        earning + household["illness_income"] * ill + household["searching_income"] * searching
    ) / 30
    earned = half_up(b.income * transitory * share)
    b.surplus = earned - b.essentials - b.other_debt - expense


def _draw_job(b: Borrower, due: int) -> None:
    household = b.world["household"]
    if b.employed(due):
        chance = min(0.95, household["job_loss_per_month"] * household["risk_multiplier"])
        lost = hazard_offset(chance, b.luck("JOB_LOSS", due))
        if lost < 30:
            b.job_loss_day = due + lost
            b.reemployed_day = NEVER
            b.slow_finder = b.luck("SEARCH_TYPE", due) < household["slow_finder_share"]
            found = _days_of_search(b, due)
            if lost + found + 1 <= 30:
                b.reemployed_day = due + lost + found + 1
    elif b.reemployed_day == NEVER:
        found = _days_of_search(b, due)
        if found < 30:
            b.reemployed_day = due + found + 1


def _days_of_search(b: Borrower, due: int) -> int:
    kind = "slow" if b.slow_finder else "fast"
    per_month = b.world["household"][f"{kind}_finding_per_month"]
    return hazard_offset(per_month, b.luck("REEMPLOYMENT", due))


def _draw_illness(b: Borrower, due: int) -> None:
    household = b.world["household"]
    recovery = 1 / (30 * household["illness_months"])
    if not b.ill(due):
        onset = hazard_offset(household["illness_per_month"], b.luck("ILLNESS", due))
        if onset < 30:
            b.ill_from_day = due + onset
            b.ill_until_day = NEVER
            well = daily_offset(recovery, b.luck("RECOVERY", due))
            if onset + well + 1 <= 30:
                b.ill_until_day = due + onset + well + 1
    elif b.ill_until_day == NEVER:
        well = daily_offset(recovery, b.luck("RECOVERY", due))
        if well < 30:
            b.ill_until_day = due + well + 1


def bill(b: Borrower, due: int) -> None:
    """One more instalment, if any is left, is in arrears."""
    if b.billed_instalments == b.term_months:
        return
    interest, b.interest_remainder = month_interest(b)
    if b.billed_instalments == b.term_months - 1:
        repayment = b.principal
    else:
        repayment = max(0, min(b.principal, b.instalment - interest))
    b.principal -= repayment
    b.arrears_principal += repayment
    b.arrears_interest += interest
    b.interest_charged += interest
    b.billed_instalments += 1
    b.last_billed_due_day = due


def capitalise(b: Borrower) -> None:
    """The month's interest is principal; no instalment is billed."""
    interest, b.interest_remainder = month_interest(b)
    b.principal += interest
    b.interest_charged += interest
    b.capitalised_interest += interest


def relevel(b: Borrower) -> None:
    """The instalment repays what is left in the instalments that are left."""
    left = b.term_months - b.billed_instalments
    b.instalment = math.floor(b.principal * annuity(b.rate_bp, left)) + 1


def accrue(b: Borrower, day: int) -> None:
    """Every close up to and including the day has borne interest and penalty on arrears.

    Each close adds to the numerators; they move to money once, here.
    """
    since = b.accrued_through_day
    assert day >= since
    b.accrued_through_day = day
    if b.arrears == 0:
        return
    servicing = b.policy["servicing"]
    penalty_bp = half_up(b.rate_bp * (servicing["penalty_multiple"] - 1))
    base = b.arrears_principal
    if servicing["penalty_base"] == "principal_and_interest":
        base += b.arrears_interest
    interest = b.late_interest_remainder
    penalty = b.penalty_remainder
    for close in range(since + 1, day + 1):
        interest += b.arrears_principal * b.rate_bp
        past_grace = close - b.oldest_due_day > servicing["grace_days"]
        if past_grace and not b.deferral_in_force(close):
            penalty += base * penalty_bp
    charged, b.late_interest_remainder = divmod(interest, CENT)
    b.late_interest += charged
    b.interest_charged += charged
    charged, b.penalty_remainder = divmod(penalty, CENT)
    forgiven = (charged * b.waiver_bp + 5000) // 10000
    b.penalty_charged += charged
    b.forgiven_penalty += forgiven
    b.penalty += charged - forgiven


PAID_AS = {
    "penalty": "paid_penalty",
    "late_interest": "paid_interest",
    "arrears_interest": "paid_interest",
    "arrears_principal": "paid_principal",
}


def _settle(b: Borrower, parts: list[tuple[str, int]], money: int) -> int:
    """Each part is paid in turn as far as the money goes; what is left of it is returned."""
    for component, amount in parts:
        paid = min(amount, money)
        setattr(b, component, getattr(b, component) - paid)
        setattr(b, PAID_AS[component], getattr(b, PAID_AS[component]) + paid)
        money -= paid
    return money


def _settle_oldest_first(b: Borrower, money: int) -> int:
    while money > 0 and b.arrears > 0:
        unpaid = b.unpaid_instalments
        oldest = b.arrears - (unpaid - 1) * b.instalment
        interest = min(ceil_div(b.arrears_interest, unpaid), oldest)
        parts = [
            ("penalty", ceil_div(b.penalty, unpaid)),
            ("late_interest", ceil_div(b.late_interest, unpaid)),
            ("arrears_interest", interest),
            ("arrears_principal", oldest - interest),
        ]
        money = _settle(b, parts, money)
    return _settle(b, [("penalty", b.penalty), ("late_interest", b.late_interest)], money)


def pay(b: Borrower, day: int, money: int) -> None:
    """The money has gone down the waterfall; the loan is closed if nothing is left."""
    accrue(b, day - 1)
    in_full = [(component, getattr(b, component)) for component in PAID_AS]
    waterfall = b.policy["servicing"]["waterfall"]
    if waterfall == "vertical":
        left = _settle(b, in_full, money)
    elif waterfall == "principal_first" and b.days_past_due(day) >= 90:
        left = _settle(b, in_full[::-1], money)
    else:
        left = _settle_oldest_first(b, money)
    assert left == 0
    if money > 0:
        b.last_payment_day = day
    if b.arrears == 0:
        b.why_missed = NONE
        b.next_payment_day = NEVER
        b.disengage_day = NEVER
    close_if_settled(b)


def close_if_settled(b: Borrower) -> None:
    """Nobody who owes nothing has a waiver, and nobody who will owe nothing is active."""
    if b.owed > 0:
        return
    b.waiver_bp = 0
    if b.billed_instalments == b.term_months and b.principal == 0:
        b.status = PAID_OFF
        b.cures += b.newly_late
        b.newly_late = False
        b.deferral_file_day = b.waiver_file_day = NEVER


def pays_what_it_can(b: Borrower, day: int) -> None:
    """It has paid all, a worthwhile part, or nothing, and knows when it will think again."""
    accrue(b, day - 1)
    cash = b.cash(day)
    part = max(1, half_up(b.world["behaviour"]["partial_share"] * b.instalment))
    money = b.owed if cash >= b.owed else cash if cash >= part else 0
    if b.is_due(day):
        b.savings -= money
    else:
        b.paid_since_billing += money
    pay(b, day, money)
    if b.arrears > 0:
        b.why_missed = UNABLE
        b.next_payment_day = reconsiders_on(b, day)


def reconsiders_on(b: Borrower, day: int) -> int:
    """The next of its days of reconsideration after the day."""
    due = b.due_on_or_before(day)
    days = [due + after for after in b.world["behaviour"]["reconsider_days"] if due + after > day]
    return min(days, default=NEVER)


def charge_off(b: Borrower, day: int) -> None:
    """The loan is written off."""
    assert b.status == ACTIVE
    accrue(b, day)
    b.written_off_principal += b.principal + b.arrears_principal
    b.written_off_interest += b.arrears_interest + b.late_interest
    b.written_off_penalty += b.penalty
    b.principal = b.arrears_principal = b.arrears_interest = b.late_interest = b.penalty = 0
    b.interest_remainder = b.late_interest_remainder = b.penalty_remainder = 0
    b.deferral_file_day = b.waiver_file_day = NEVER
    b.next_payment_day = NEVER
    b.status = CHARGED_OFF
