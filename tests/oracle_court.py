"""The oracle's court: hearings, then filings (model page, section 9)."""

from __future__ import annotations

from oracle_borrower import Borrower
from oracle_branch import Branch, Happening
from oracle_columns import ACTIVE, CHARGED_OFF
from oracle_loan import accelerate, accrue
from oracle_numbers import NEVER, half_up
from oracle_payment import pay


def court(b: Borrower, branch: Branch, day: int) -> Happening:
    """Its pending case is heard, if its turn has come; or a case is filed against it."""
    if b.hearing_day <= day:
        if (yield branch.court.join((b.hearing_day, b.number), 1)):
            hearing(b, day)
    elif b.is_due(day) and may_be_sued(b, day):
        _may_file(b, day)


def hearing(b: Borrower, day: int) -> None:
    """The case is heard, and won with what it brings, or lost."""
    if b.status == ACTIVE:
        accrue(b, day - 1)
    b.hearings += 1
    b.court_waiting_days += day - b.hearing_day
    b.hearing_day = NEVER
    rules = b.world["court"]
    stays_away = b.luck("APPEARS", day) < rules["default_judgments"]
    loses = b.luck("CONTESTED", day) < rules["contested_won"]
    if (stays_away or loses) and b.claim > 0:
        b.judgments += 1
        b.judgment_day = day
        b.adverse_marks += 1
        _enforce(b, day)


def _enforce(b: Borrower, day: int) -> None:
    low, high = b.world["court"]["recovers_low"], b.world["court"]["recovers_high"]
    share = low + (high - low) * b.luck("ENFORCEMENT", day)
    recovered = min(b.claim, half_up(b.claim * share))
    if b.status == ACTIVE:
        money = min(recovered, b.owed)
        b.paid_since_billing += money
        pay(b, day, money)
    else:
        b.late_recovered += recovered


def comes_to_court(b: Borrower) -> bool:
    """Whether, as things stand, a case against it may be filed some day."""
    collections = b.policy["collections"]
    return (
        collections["court"]["filing_share"] > 0
        and collections["intensity"] > 0
        and b.filed_day == NEVER
        and b.claim > 0
        and (b.arrears > 0 or b.status == CHARGED_OFF)
    )


def may_be_sued(b: Borrower, day: int) -> bool:
    """Whether a case against it may be filed on this due day."""
    rules = b.policy["collections"]["court"]
    if not comes_to_court(b) or b.claim < rules["min_claim"]:
        return False
    if b.status == CHARGED_OFF:
        charge_off_dpd: int = b.policy["servicing"]["charge_off_dpd"]
        return bool(day - b.charged_off_day + charge_off_dpd >= rules["opens_dpd"])
    relieved = b.deferral_granted(day) or b.arrangement_in_force(day) or b.settlement_open(day)
    return b.days_past_due(day) >= rules["opens_dpd"] and not relieved


def _may_file(b: Borrower, day: int) -> None:
    collections = b.policy["collections"]
    chance = min(1, collections["intensity"] * collections["court"]["filing_share"])
    if not b.luck("FILING", day) < chance:
        return
    b.filed_day = day
    b.hearing_day = day + 30 * b.world["court"]["delay_months"]
    b.cases_filed += 1
    if b.status == ACTIVE:
        fee = collections["court"]["borrower_fee"]
        b.costs += fee
        b.costs_charged += fee
        if b.policy["servicing"]["acceleration"] == "court":
            accelerate(b, day)
