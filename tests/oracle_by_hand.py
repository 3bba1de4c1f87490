"""Settings and borrowers for tests that are worked out by hand."""

from __future__ import annotations

from typing import Any

from oracle_borrower import COLUMNS, Borrower
from oracle_columns import CHARGED_OFF
from oracle_defaults import policy, world
from oracle_loan import charge_off
from oracle_origination import originate

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


OWED = {"arrears_principal": 2550, "arrears_interest": 250, "late_interest": 31, "penalty": 17}


def charged_off() -> Borrower:
    """A borrower charged off on day 60 with a claim of 10,000."""
    b = in_arrears(principal=7200)
    charge_off(b, 60)
    assert (b.status, b.charged_off_day, b.claim) == (CHARGED_OFF, 60, 10_000)
    return b
