"""The oracle's payments: the waterfall, and what a borrower can pay (model page, 5 and 6)."""

from __future__ import annotations

from oracle_borrower import Borrower
from oracle_columns import NONE, UNABLE
from oracle_loan import accrue, close_if_settled, settle
from oracle_numbers import NEVER, ceil_div, half_up, share_of

PAID_AS = {
    "costs": "paid_costs",
    "penalty": "paid_penalty",
    "late_interest": "paid_interest",
    "arrears_interest": "paid_interest",
    "arrears_principal": "paid_principal",
}


def _pay_parts(b: Borrower, parts: list[tuple[str, int]], money: int) -> int:
    """Each part is paid in turn as far as the money goes; what is left of it is returned."""
    for component, amount in parts:
        paid = min(amount, money)
        setattr(b, component, getattr(b, component) - paid)
        setattr(b, PAID_AS[component], getattr(b, PAID_AS[component]) + paid)
        money -= paid
    return money


def _pay_oldest_first(b: Borrower, money: int) -> int:
    while money > 0 and b.arrears > 0:
        unpaid = ceil_div(b.arrears, b.instalment)
        oldest = b.arrears - (unpaid - 1) * b.instalment
        interest = min(ceil_div(b.arrears_interest, unpaid), oldest)
        parts = [
            ("costs", ceil_div(b.costs, unpaid)),
            ("penalty", ceil_div(b.penalty, unpaid)),
            ("late_interest", ceil_div(b.late_interest, unpaid)),
            ("arrears_interest", interest),
            ("arrears_principal", oldest - interest),
        ]
        money = _pay_parts(b, parts, money)
    rest = [(component, getattr(b, component)) for component in list(PAID_AS)[:3]]
    return _pay_parts(b, rest, money)


def pay(b: Borrower, day: int, money: int) -> None:
    """The money has gone down the waterfall; the loan is closed if nothing is left."""
    accrue(b, day - 1)
    in_full = [(component, getattr(b, component)) for component in PAID_AS]
    waterfall = b.policy["servicing"]["waterfall"]
    if waterfall == "vertical":
        left = _pay_parts(b, in_full, money)
    elif waterfall == "principal_first" and b.days_past_due(day) >= 90:
        left = _pay_parts(b, in_full[::-1], money)
    else:
        left = _pay_oldest_first(b, money)
    assert left == 0
    if money > 0:
        b.last_payment_day = day
    if b.arrears == 0:
        b.old_instalment = 0
        b.why_missed = NONE
        b.next_payment_day = b.disengage_day = b.promise_day = NEVER
        if b.arrangement_in_force(day):
            b.arrangements_kept += 1
            b.arrangement_until_day = day
    close_if_settled(b)


def pays_what_it_can(b: Borrower, day: int, *, squeezing: bool = False) -> bool:
    """It has settled, paid all, a worthwhile part, or nothing; whether any money came."""
    accrue(b, day - 1)
    b.promise_day = NEVER
    if _settles(b, day):
        return True
    cash = b.cash(day)
    forgiven = 0
    if b.conditional_waiver_open(day):
        forgiven = share_of(b.penalty, b.waiver_offer_bp)
    need = b.owed - forgiven
    from_others = from_essentials = 0
    if b.puts_us_first:
        from_others = min(max(0, need - cash), max(0, b.other_debt - b.diverted_since_billing))
    if squeezing:
        can_be_cut = half_up(b.world["contact"]["squeeze_share"] * b.essentials)
        can_be_cut = max(0, can_be_cut - b.squeezed_since_billing)
        from_essentials = min(max(0, need - cash - from_others), can_be_cut)

    means = cash + from_others + from_essentials
    worthwhile = max(1, half_up(b.world["behaviour"]["partial_share"] * b.instalment))
    if means >= need:
        _earn_the_waiver(b, day, forgiven)
        money = need
    else:
        money = means if means >= worthwhile else 0

    pay(b, day, money)
    own = min(money, cash)
    b.spend(own, day)
    diverted = min(money - own, from_others)
    b.diverted_since_billing += diverted
    b.other_arrears += diverted
    b.squeezed += money - own - diverted
    b.squeezed_since_billing += money - own - diverted
    if b.arrears > 0:
        b.why_missed = UNABLE
        b.next_payment_day = reconsiders_on(b, day)
    return money > 0


def _settles(b: Borrower, day: int) -> bool:
    """Whether it could take, and so has taken, the settlement that is open."""
    if not b.settlement_open(day):
        return False
    cash = b.cash(day)
    outside_help = half_up(b.world["behaviour"]["outside_help"] * b.income)
    agreed = min(b.settlement_amount, b.balance)
    if cash + outside_help < agreed:
        return False
    settle(b, day, agreed)
    b.spend(min(cash, agreed), day)
    return True


def _earn_the_waiver(b: Borrower, day: int, forgiven: int) -> None:
    if b.conditional_waiver_open(day):
        b.penalty -= forgiven
        b.forgiven_penalty += forgiven
        b.waivers_kept += 1
        b.waiver_until_day = NEVER


def reconsiders_on(b: Borrower, day: int) -> int:
    """The next day after this one on which it looks again, or its bank does."""
    after_due = list(b.world["behaviour"]["reconsider_days"])
    if b.on_auto_debit:
        after_due += b.policy["servicing"]["retry_days"]
    due = b.due_on_or_before(day)
    return min((due + days for days in after_due if due + days > day), default=NEVER)


def _may_leave_it(b: Borrower, day: int) -> bool:
    """Whether it looks at its money today only of its own accord."""
    return (
        b.why_missed == UNABLE
        and b.promise_day != day
        and not b.on_auto_debit
        and day - b.due_on_or_before(day) in b.world["behaviour"]["reconsider_days"]
        and not b.settlement_open(day)
        and not b.conditional_waiver_open(day)
    )


def _looks_again(b: Borrower, day: int) -> bool:
    return b.luck("RECONSIDERS", day) < float(b.world["behaviour"]["reconsiders"])


def payments(b: Borrower, day: int) -> None:
    """Who remembered, reconsidered or promised has paid what it can, or has thought better."""
    promised = b.promise_day == day
    if b.disengaged(day):
        b.next_payment_day = b.promise_day = NEVER
    elif promised and not b.luck("KEEPS_PROMISE", day) < b.world["contact"]["keeps_promise"]:
        b.promise_day = NEVER
        b.next_payment_day = reconsiders_on(b, day)
    elif _may_leave_it(b, day) and not _looks_again(b, day):
        b.noted.add("behaviour: did not look again")
        b.promise_day = NEVER
        b.next_payment_day = reconsiders_on(b, day)
    else:
        paid = pays_what_it_can(b, day)
        b.promises_kept += promised and paid
