"""The oracle's due day: one borrower's BILLING (model page, section 6)."""

from __future__ import annotations

from oracle_borrower import Borrower
from oracle_collections import silent
from oracle_columns import ACTIVE, DISENGAGED, FORGOT, NONE, UNABLE, UNWILLING, WAITING
from oracle_household import live_a_month
from oracle_loan import accrue, bill, capitalise_arrears, close_if_settled, relevel, skip
from oracle_numbers import NEVER, daily_offset, hazard_offset
from oracle_payment import pay, pays_what_it_can
from oracle_relief import on_offer, present, relief_on_the_due_day


def billing(b: Borrower, due: int) -> None:
    """The due day's BILLING is over."""
    accrue(b, due - 1)
    b.penalty_at_billing = b.penalty
    live_a_month(b, due)
    if b.newly_late and b.arrears == 0:
        b.cures += 1
    b.newly_late = False
    if b.deferral_in_force(due):
        _pass_a_deferred_due_date(b, due)
    else:
        if due == b.deferral_until_day:
            _come_out_of_the_deferral(b, due)
        if due == b.relevel_day and b.instalments_left > 0:
            relevel(b)
        b.was_current = b.arrears == 0 and b.instalments_left > 0
        billed = bill(b, due)
        reminded = _is_reminded(b, due)
        _pay_on_the_due_date(b, due, billed, reminded=reminded)
        _may_pay_off_early(b, due)
        _may_disengage(b, due)
    if b.status == ACTIVE:
        relief_on_the_due_day(b, due)
    b.savings = min(b.savings, b.buffer)


def _pass_a_deferred_due_date(b: Borrower, due: int) -> None:
    if due == b.deferral_from_day and b.policy["relief"]["deferral"]["capitalise_arrears"]:
        capitalise_arrears(b)
    b.was_current = _pays_of_its_own_will(b, due)
    b.why_missed = NONE
    b.next_payment_day = b.promise_day = NEVER
    if b.was_current:
        b.voluntary_payments += 1
        bill(b, due)
        pays_what_it_can(b, due)
    else:
        skip(b)


def _pays_of_its_own_will(b: Borrower, due: int) -> bool:
    return (
        b.arrears == 0
        and not b.disengaged(due)
        and b.instalments_left > 1
        and b.savings >= b.owed + b.instalment
        and b.luck("VOLUNTARY", due) < b.world["behaviour"]["pays_in_holiday"]
    )


def _come_out_of_the_deferral(b: Borrower, due: int) -> None:
    """The habit of paying, or of paying this lender first, may be lost; not by the grateful."""
    if b.grateful:
        return
    behaviour = b.world["behaviour"]
    months = (b.deferral_until_day - b.deferral_from_day) // 30
    stops = min(1, behaviour["stops_per_holiday_month"] * months)
    if b.luck("STOPPING", due) < stops and b.disengage_day == NEVER:
        b.disengage_day = due
    demotes = min(1, behaviour["priority_lost_per_holiday_month"] * months)
    if b.luck("DEMOTING", due) < demotes:
        b.puts_us_first = False


def _is_reminded(b: Borrower, due: int) -> bool:
    """Whether a message that strains nobody has come before the due date."""
    ladder = b.policy["collections"]
    if not ladder["message"]["before_due"] or not b.was_current:
        return False
    if not b.luck("MESSAGE_SENT", due) < min(1, ladder["intensity"]):
        return False
    if silent(b):
        b.contacts_refused += 1
        b.noted.add("collections: reminder refused")
        return False
    b.messages_sent += 1
    return True


def _pay_on_the_due_date(b: Borrower, due: int, billed: int, *, reminded: bool) -> None:
    behaviour = b.world["behaviour"]
    b.why_missed = NONE
    b.next_payment_day = b.promise_day = NEVER
    if b.owed == 0:
        close_if_settled(b)
        return
    if b.disengaged(due) and b.luck("RETURNING", due) < behaviour["returns_per_month"]:
        b.disengage_day = NEVER
        b.noted.add("behaviour: returned unprompted")
    if b.disengaged(due):
        b.why_missed = DISENGAGED
    elif b.arrangement_in_force(due):
        _pay_as_arranged(b, due, billed)
    elif b.on_auto_debit:
        pays_what_it_can(b, due)
    elif _forgets(b, due, reminded=reminded):
        b.why_missed = FORGOT
        days = daily_offset(behaviour["remembering_per_day"], b.luck("REMEMBERING", due))
        if days < 29:
            b.next_payment_day = due + 1 + days
    elif _skips(b, due):
        b.why_missed = UNWILLING
    elif _waits_for_the_waiver(b, due):
        b.why_missed = WAITING
    else:
        pays_what_it_can(b, due)


def _forgets(b: Borrower, due: int, *, reminded: bool) -> bool:
    if not b.luck("FORGETTING", due) < b.forgetting_probability:
        return False
    if reminded and b.luck("REMINDER", due) < b.world["contact"]["message_works"]:
        b.noted.add("collections: reminded in time")
        return False
    return True


def _skips(b: Borrower, due: int) -> bool:
    return b.opportunist and b.luck("SKIPPING", due) < b.world["behaviour"]["skipping"]


def _waits_for_the_waiver(b: Borrower, due: int) -> bool:
    return (
        present(b.policy, "waiver")
        and b.policy["relief"]["penalty_waiver"]["announced"]
        and on_offer(b.policy, "waiver", due)
        and b.aware
        and b.waiver_bp == 0
        and b.luck("WAITING", due) < b.world["behaviour"]["waits_for_waiver"]
    )


def _pay_as_arranged(b: Borrower, due: int, billed: int) -> None:
    """The month's part of the arrears has come with the instalment, or the arrangement broke."""
    asked = min(b.owed, billed + b.arrangement_amount)
    unwilling = _skips(b, due)
    if unwilling or b.cash(due) < asked:
        b.arrangements_broken += 1
        b.arrangement_until_day = due
        if unwilling:
            b.why_missed = UNWILLING
        else:
            pays_what_it_can(b, due)
        return
    b.spend(asked, due)
    pay(b, due, asked)
    if b.arrangement_until_day == due + 1:
        b.arrangements_kept += 1
        b.arrangement_until_day = due


def _may_pay_off_early(b: Borrower, due: int) -> None:
    rest = b.principal + b.deferred_interest
    if b.status != ACTIVE or b.owed > 0 or b.instalments_left == 0 or b.savings < rest:
        return
    if b.luck("EARLY_PAYOFF", due) < b.world["behaviour"]["early_payoff_per_month"]:
        b.savings -= rest
        b.paid_principal += b.principal
        b.paid_interest += b.deferred_interest
        b.principal = b.deferred_interest = 0
        b.billed_instalments = b.term_months
        b.last_payment_day = due
        b.early_payoffs += 1
        close_if_settled(b)


def _may_disengage(b: Borrower, due: int) -> None:
    if b.arrears == 0 or b.why_missed not in (UNABLE, UNWILLING, WAITING):
        return
    if b.grateful or b.disengage_day != NEVER:
        return
    nth = {1: "first", 2: "second"}.get(b.unpaid_instalments, "later")
    gain = b.world["strain"]["disengagement_gain"]
    u = b.luck("DISENGAGEMENT", due) / (1 + gain * b.strain_now(due))
    days = hazard_offset(b.world["behaviour"][f"disengagement_{nth}"], u)
    if days < 30:
        b.disengage_day = due + 1 + days
