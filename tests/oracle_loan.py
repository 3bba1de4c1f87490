"""The oracle's loan: bills, accrual and the ways a loan ends (model page, section 5)."""

from __future__ import annotations

import math

from oracle_borrower import Borrower
from oracle_columns import ACTIVE, CHARGED_OFF, NONE, PAID_OFF, SETTLED
from oracle_numbers import CENT, NEVER, annuity, ceil_div, half_up, share_of

INSTRUMENTS = ("deferral", "waiver", "reduction", "extension", "arrangement", "settlement")


def month_interest(b: Borrower) -> tuple[int, int]:
    """The month's ordinary interest on the principal, and the remainder kept."""
    return divmod(b.principal * b.rate_bp * 30 + b.interest_remainder, CENT)


def bill(b: Borrower, due: int) -> int:
    """One more instalment, if any is left, is in arrears; its amount is returned."""
    if b.instalments_left == 0:
        return 0
    before = b.arrears
    interest, b.interest_remainder = month_interest(b)
    b.forgone_interest += b.principal * (b.contract_rate_bp - b.rate_bp) * 30 // CENT
    put_off = ceil_div(b.deferred_interest, b.instalments_left)
    repayment = b.principal
    if b.instalments_left > 1:
        repayment = max(0, min(b.principal, b.instalment - interest - put_off))
    b.principal -= repayment
    b.arrears_principal += repayment
    b.deferred_interest -= put_off
    b.arrears_interest += interest + put_off
    b.interest_charged += interest
    b.billed_instalments += 1
    b.last_billed_due_day = due
    return b.arrears - before


def skip(b: Borrower) -> None:
    """No instalment is billed; the month's interest is where the policy puts it."""
    interest, b.interest_remainder = month_interest(b)
    b.interest_charged += interest
    treatment = b.policy["relief"]["deferral"]["interest"]
    if treatment == "capitalised":
        b.principal += interest
        b.capitalised_interest += interest
    elif treatment == "simple":
        b.deferred_interest += interest
    else:
        b.forgiven_interest += interest


def capitalise_arrears(b: Borrower) -> None:
    """What was billed and unpaid is principal again."""
    b.principal += b.arrears
    b.capitalised_interest += b.arrears_interest
    b.arrears_principal = b.arrears_interest = 0


def relevel(b: Borrower) -> None:
    """The instalment repays what is left in the instalments that are left."""
    b.old_instalment = ceil_div(b.arrears, b.unpaid_instalments) if b.arrears > 0 else 0
    b.billed_before = b.billed_instalments
    left = b.instalments_left
    level = math.floor(b.principal * annuity(b.rate_bp, left)) + 1
    b.instalment = level + ceil_div(b.deferred_interest, left)


def accrue(b: Borrower, day: int) -> None:
    """Every close up to and including the day has borne interest and penalty on arrears.

    Each close adds to the numerators; they move to money once, here.
    """
    closes = range(b.accrued_through_day + 1, day + 1)
    assert day >= b.accrued_through_day
    b.accrued_through_day = day
    if b.arrears == 0 or not closes:
        return
    interest = b.arrears_principal * b.rate_bp * len(closes)
    charged, b.late_interest_remainder = divmod(interest + b.late_interest_remainder, CENT)
    b.late_interest += charged
    b.interest_charged += charged
    if not b.deferral_in_force(day) and not b.arrangement_in_force(day):
        grace_ends = b.oldest_due_day + b.policy["servicing"]["grace_days"]
        _charge_penalty(b, sum(close > grace_ends for close in closes))


def _charge_penalty(b: Borrower, closes: int) -> None:
    servicing = b.policy["servicing"]
    asked_bp = half_up(b.rate_bp * (servicing["penalty_multiple"] - 1))
    penalty_bp = asked_bp
    if servicing["all_in_cap_bp"] > 0:
        penalty_bp = min(asked_bp, max(0, servicing["all_in_cap_bp"] - b.rate_bp))
    base = _penalty_base(b)
    numerator = base * penalty_bp * closes + b.penalty_remainder
    charged, b.penalty_remainder = divmod(numerator, CENT)
    forgiven = share_of(charged, b.waiver_bp)
    b.penalty_charged += charged
    b.forgiven_penalty += forgiven
    b.penalty += charged - forgiven
    b.clipped_penalty += base * (asked_bp - penalty_bp) * closes // CENT


def _penalty_base(b: Borrower) -> int:
    kind = b.policy["servicing"]["penalty_base"]
    if kind == "principal":
        return b.arrears_principal
    if kind == "principal_and_interest":
        return b.arrears
    return b.arrears + min(b.penalty, b.penalty_at_billing)


def withdraw_files(b: Borrower) -> None:
    """Nothing of the borrower waits at the desk."""
    for instrument in INSTRUMENTS:
        setattr(b, f"{instrument}_file_day", NEVER)


def close_if_settled(b: Borrower) -> None:
    """Nobody who owes nothing has a waiver, and nobody who will owe nothing is active."""
    if b.status != ACTIVE or b.owed > 0:
        return
    b.waiver_bp = 0
    if b.instalments_left == 0 and b.principal == 0:
        b.status = PAID_OFF
        b.cures += b.newly_late
        b.newly_late = False
        withdraw_files(b)
        b.hearing_day = NEVER


def _clear_balances(b: Borrower) -> None:
    b.principal = b.arrears_principal = b.arrears_interest = b.late_interest = 0
    b.deferred_interest = b.penalty = b.costs = 0
    b.interest_remainder = b.late_interest_remainder = b.penalty_remainder = 0


def charge_off(b: Borrower, day: int) -> None:
    """The loan is written off."""
    assert b.status == ACTIVE
    accrue(b, day)
    b.written_off_principal += b.principal + b.arrears_principal
    b.written_off_interest += b.arrears_interest + b.late_interest + b.deferred_interest
    b.written_off_penalty += b.penalty
    b.written_off_costs += b.costs
    _clear_balances(b)
    withdraw_files(b)
    b.next_payment_day = b.promise_day = NEVER
    b.charged_off_day = day
    b.status = CHARGED_OFF


SETTLED_AS = {
    "arrears_principal": "principal",
    "principal": "principal",
    "arrears_interest": "interest",
    "late_interest": "interest",
    "deferred_interest": "interest",
    "penalty": "penalty",
    "costs": "costs",
}


def settle(b: Borrower, day: int, amount: int) -> None:
    """The amount is paid, what it does not reach is forgiven, and the loan has ended."""
    assert b.status == ACTIVE
    for component, kind in SETTLED_AS.items():
        owing = getattr(b, component)
        paid = min(owing, amount)
        amount -= paid
        setattr(b, f"paid_{kind}", getattr(b, f"paid_{kind}") + paid)
        setattr(b, f"forgiven_{kind}", getattr(b, f"forgiven_{kind}") + owing - paid)
    _clear_balances(b)
    withdraw_files(b)
    b.last_payment_day = day
    b.why_missed = NONE
    b.next_payment_day = b.promise_day = b.disengage_day = b.hearing_day = NEVER
    b.newly_late = False
    b.status = SETTLED


def accelerate(b: Borrower, day: int) -> None:
    """The whole loan, if something of it is yet to be billed, is due and in arrears."""
    if b.status != ACTIVE or b.arrears == 0 or b.instalments_left == 0:
        return
    accrue(b, day - 1)
    b.accelerated_due_day = b.oldest_due_day
    b.arrears_principal += b.principal
    b.arrears_interest += b.deferred_interest
    b.principal = b.deferred_interest = 0
    b.billed_instalments = b.term_months
