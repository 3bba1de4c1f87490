"""The oracle's grants: what each relief does to loan and borrower (model page, section 7)."""

from __future__ import annotations

from typing import Any

from oracle_borrower import Borrower
from oracle_columns import NONE, UNABLE
from oracle_numbers import NEVER, ceil_div, half_up, share_of

SETTINGS = {
    "deferral": "deferral",
    "waiver": "penalty_waiver",
    "reduction": "rate_reduction",
    "extension": "term_extension",
    "arrangement": "arrangement",
    "settlement": "settlement",
}


def terms_of(policy: dict[str, Any], instrument: str) -> dict[str, Any]:
    """What the policy says of the instrument."""
    terms: dict[str, Any] = policy["relief"][SETTINGS[instrument]]
    return terms


def times_late_before(b: Borrower, day: int) -> int:
    """How often it fell late, the present time not counted."""
    return b.late_starts - (1 if b.days_past_due(day) > 0 else 0)


def waiver_share(b: Borrower, day: int) -> float:
    """The share of penalty that the waiver forgives at these days past due."""
    terms = terms_of(b.policy, "waiver")
    share: float = terms["share"]
    for band in terms["bands"]:
        if band["from_dpd"] <= b.days_past_due(day):
            share = band["share"]
    if share > 0 and times_late_before(b, day) == 0:
        share = min(1, share + terms["clean_record_bonus"])
    return share


def grant(b: Borrower, instrument: str, day: int) -> None:
    """The relief is granted, and what it means to the borrower has happened."""
    GIVE[instrument](b, day, terms_of(b.policy, instrument))
    granted = f"{instrument}s_granted"
    setattr(b, granted, getattr(b, granted) + 1)
    setattr(b, f"{instrument}_taken", True)
    b.relieved_day = day
    if instrument not in ("waiver", "settlement"):
        b.restructured_day = day
    _begin_probation(b, instrument, day)
    _may_win_back(b, instrument, day)


def _defer(b: Borrower, day: int, terms: dict[str, Any]) -> None:
    b.deferral_from_day = b.due_on_or_after(day + 1)
    b.deferral_until_day = b.deferral_from_day + 30 * terms["months"]
    b.relevel_day = b.deferral_until_day


def _waive(b: Borrower, day: int, terms: dict[str, Any]) -> None:
    bp = half_up(waiver_share(b, day) * 10000)
    if terms["condition_days"] == 0:
        b.waiver_bp = bp
        forgiven = share_of(b.penalty, bp)
        b.penalty -= forgiven
        b.forgiven_penalty += forgiven
        return
    b.waiver_offer_bp = bp
    b.waiver_until_day = day + terms["condition_days"]
    if not b.disengaged(day) and b.arrears > 0:
        b.next_payment_day = day + 1


def _reduce(b: Borrower, day: int, terms: dict[str, Any]) -> None:
    b.rate_bp = half_up(b.contract_rate_bp * (1 - terms["share"]))
    _relevel_soon(b, day)


def _extend(b: Borrower, day: int, terms: dict[str, Any]) -> None:
    b.term_months += terms["months"]
    _relevel_soon(b, day)


def _relevel_soon(b: Borrower, day: int) -> None:
    """The instalment is set anew on the next due day that is billed."""
    b.relevel_day = b.due_on_or_after(day + 1)
    if b.deferral_granted(day):
        b.relevel_day = b.deferral_until_day


def _arrange(b: Borrower, day: int, terms: dict[str, Any]) -> None:
    b.arrangement_amount = ceil_div(b.owed, terms["months"])
    last_part_due = b.due_on_or_after(day + 1) + 30 * (terms["months"] - 1)
    b.arrangement_until_day = last_part_due + 1
    b.why_missed = NONE
    b.next_payment_day = b.promise_day = b.disengage_day = NEVER


def _offer_settlement(b: Borrower, day: int, terms: dict[str, Any]) -> None:
    b.settlement_amount = max(1, half_up(b.balance * (1 - terms["haircut"])))
    b.settlement_until_day = day + terms["days"]
    if not b.disengaged(day):
        b.next_payment_day = day + 1


GIVE = {
    "deferral": _defer,
    "waiver": _waive,
    "reduction": _reduce,
    "extension": _extend,
    "arrangement": _arrange,
    "settlement": _offer_settlement,
}


def _begin_probation(b: Borrower, instrument: str, day: int) -> None:
    months = b.policy["relief"]["probation_months"]
    if months > 0:
        relief_ends = b.deferral_until_day if instrument == "deferral" else day
        b.probation_until_day = relief_ends + 30 * months


def _may_win_back(b: Borrower, instrument: str, day: int) -> None:
    """The grant may have made the borrower grateful, or brought it back to the lender."""
    behaviour = b.world["behaviour"]
    in_our_name = b.policy["relief"]["framing"] == "lender"
    if in_our_name and b.luck("RECIPROCITY", day) < behaviour["reciprocity"]:
        b.grateful = True
    comes_back = b.disengage_day != NEVER and (
        b.grateful or b.luck("GRANT_REENGAGES", day) < behaviour["grant_reengages"]
    )
    encouraged = (
        instrument == "waiver" and b.luck("ENCOURAGED", day) < behaviour["waiver_willingness"]
    )
    if comes_back or encouraged:
        b.disengage_day = NEVER
        if b.arrears > 0 and not b.arrangement_in_force(day):
            b.why_missed = UNABLE
            b.next_payment_day = day + 1
