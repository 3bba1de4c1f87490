"""A world and a policy with the default of every parameter, as plain nested dicts."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

_WORLD: dict[str, Any] = {
    "months": 24,
    "burn_in_months": 6,
    "borrowers": 5000,
    "replicas": 20,
    "seed": 2026,
    "currency": "CNY",
    "new_loans_per_month": 0,
    "discount_bp": 600,
    "loans": {
        "median_income": 500_000,
        "income_log_sd": 0.45,
        "instalment_share": 0.13,
        "instalment_share_log_sd": 0.45,
        "terms": [12, 18, 24],
        "annual_rate_bp": 1800,
        "burden_cap": 0.95,
        "regions": 4,
        "sectors": 5,
    },
    "household": {
        "job_loss_per_month": 0.013,
        "risk_multiplier": 1.5,
        "slow_finder_share": 0.321,
        "fast_finding_per_month": 0.605,
        "slow_finding_per_month": 0.163,
        "searching_income": 0.45,
        "illness_per_month": 0.004,
        "illness_months": 3.0,
        "illness_income": 0.6,
        "permanent_sd": 0.035,
        "transitory_sd": 0.15,
        "expense_per_month": 0.05,
        "expense_incomes": 0.3,
        "essentials_share": 0.514,
        "essentials_sd": 0.08,
        "other_debt_share": 0.06,
        "hand_to_mouth_share": 0.4,
        "hand_to_mouth_months": 0.25,
        "buffer_months": 1.0,
        "buffer_log_sd": 1.0,
        "carry": 0.0,
    },
    "behaviour": {
        "forgetting": 0.0434,
        "remembering_per_day": 0.0218,
        "opportunists": 0.02,
        "skipping": 0.3,
        "disengagement_first": 0.3,
        "disengagement_second": 0.4,
        "disengagement_later": 0.5,
        "partial_share": 0.25,
        "reconsider_days": [7, 14, 21, 28],
        "reconsiders": 0.5,
        "returns_per_month": 0.17,
        "awareness": 0.35,
        "application": 0.35,
        "proof_share": 0.85,
        "proof_days": 5,
        "accepts_offer": 0.5,
        "stays_in_universal": 0.6,
        "puts_us_first": 0.0,
        "pays_in_holiday": 0.1,
        "stops_per_holiday_month": 0.0,
        "priority_lost_per_holiday_month": 0.0,
        "waits_for_waiver": 0.0,
        "waiver_willingness": 0.0,
        "reciprocity": 0.05,
        "grant_reengages": 0.0,
        "early_payoff_per_month": 0.0,
        "outside_help": 0.5,
    },
    "contact": {
        "message_works": 0.35,
        "reach_early": 0.10,
        "reach_late": 0.04,
        "pays_early": 0.35,
        "pays_late": 0.15,
        "reengaged": 0.2,
        "persuaded": 0.3,
        "informs": 0.3,
        "moral_reengages": 0.15,
        "promises": 0.15,
        "promise_days": 5,
        "keeps_promise": 0.5,
        "visit_reach": 0.4,
        "visit_pays": 0.3,
        "notice_pays": 0.3,
        "asks_to_stop": 0.005,
        "squeezes": 0.0,
        "squeeze_share": 0.2,
        "promotes": 0.0,
    },
    "strain": {
        "per_message": 0.1,
        "per_call": 1.0,
        "half_life_days": 30,
        "cooperation_loss": 0.3,
        "disengagement_gain": 0.3,
        "per_visit": 2.0,
        "per_notice": 0.5,
        "complaints": 0.002,
    },
    "economy": {
        "job_loss_by_month": [],
        "job_finding_by_month": [],
        "illness_by_month": [],
    },
    "court": {
        "delay_months": 12,
        "hearings_per_day": "unlimited",
        "default_judgments": 0.7,
        "contested_won": 0.8,
        "recovers_low": 0.15,
        "recovers_high": 0.30,
    },
    "recovery": {
        "pays_per_month": 0.016,
        "half_life_months": 25,
        "part": 0.25,
        "agency_factor": 1.2,
        "residual_by_status": [0.98, 0.80, 0.55, 0.35, 0.20, 0.12, 0.06],
    },
    "shocks": [],
}

_OFFER: dict[str, Any] = {  # what every instrument of relief says
    "hardships": ["job_loss", "illness"],
    "offer": "opt_in",
    "max_late_before": 99,
    "min_score": 0,
    "max_balance": 0,
    "opens_month": 0,
    "closes_month": 120,
    "proof_required": True,
}
_POLICY: dict[str, Any] = {
    "label": {"en": "Baseline", "zh": "基准"},
    "relief": {
        "deferral": _OFFER
        | {
            "min_dpd": 0,
            "max_dpd": 60,
            "max_uses": 1,
            "minutes": 25,
            "months": 0,
            "interest": "capitalised",
            "capitalise_arrears": False,
        },
        "penalty_waiver": _OFFER
        | {
            "min_dpd": 1,
            "max_dpd": 180,
            "max_uses": 10,
            "minutes": 10,
            "share": 0.0,
            "bands": [],
            "clean_record_bonus": 0.0,
            "condition_days": 0,
            "announced": False,
        },
        "rate_reduction": _OFFER
        | {"min_dpd": 0, "max_dpd": 90, "max_uses": 1, "minutes": 25, "share": 0.0},
        "term_extension": _OFFER
        | {"min_dpd": 0, "max_dpd": 90, "max_uses": 1, "minutes": 25, "months": 0},
        "arrangement": _OFFER
        | {"min_dpd": 1, "max_dpd": 150, "max_uses": 2, "minutes": 20, "months": 0},
        "settlement": _OFFER
        | {
            "min_dpd": 90,
            "max_dpd": 360,
            "max_uses": 2,
            "minutes": 20,
            "haircut": 0.0,
            "days": 30,
        },
        "framing": "lender",
        "probation_months": 0,
        "outreach": {"share_per_month": 0.0, "unit_cost": 50},
        "desk": {
            "reviewers": "unlimited",
            "minutes_per_reviewer_day": 420,
            "sensitivity": 0.9,
            "specificity": 0.9,
            "specificity_without_proof": 0.6,
            "unit_cost_per_minute": 100,
        },
    },
    "collections": {
        "intensity": 1.0,
        "agents": "unlimited",
        "minutes_per_agent_day": 420,
        "priority": "oldest",
        "complaint_cost": 20_000,
        "message": {
            "dpd": [1, 3, 7, 14, 21],
            "before_due": False,
            "unit_cost": 10,
            "tone": "plain",
        },
        "call": {
            "opens_dpd": 3,
            "early_until_dpd": 30,
            "early_rate": 1.0,
            "late_rate": 0.5,
            "minutes": 4,
            "unit_cost": 150,
        },
        "visit": {
            "opens_dpd": 60,
            "rate": 0.0,
            "visitors": "unlimited",
            "minutes_per_visitor_day": 420,
            "minutes": 60,
            "unit_cost": 6_000,
        },
        "notice": {"dpd": [], "unit_cost": 500},
        "court": {
            "filing_share": 0.0,
            "opens_dpd": 180,
            "min_claim": 300_000,
            "filing_cost": 20_000,
            "borrower_fee": 10_000,
        },
        "conduct": {
            "rounds_a_day": 25,
            "attempts_in_7_days": 0,
            "connected_a_day": 1,
            "quiet_days": 0,
            "stop_on_request": False,
        },
        "recovery": {
            "route": "in_house",
            "sell_after_months": 12,
            "agency_commission": 0.22,
            "in_house_cost": 0.10,
            "price_first_year": 0.11,
            "price_second_year": 0.045,
            "price_later": 0.025,
        },
    },
    "servicing": {
        "waterfall": "horizontal",
        "penalty_multiple": 1.5,
        "penalty_base": "principal",
        "all_in_cap_bp": 0,
        "grace_days": 3,
        "charge_off_dpd": 180,
        "acceleration": "none",
        "auto_debit_share": 0.0,
        "retry_days": [3, 7],
        "bureau_dpd": 30,
    },
}


def changed(defaults: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """A copy in which each `a__b__c=value` has replaced the value at [a][b][c]."""
    result = deepcopy(defaults)
    for path, value in changes.items():
        *groups, name = path.split("__")
        target = result
        for group in groups:
            target = target[group]
        assert name in target, path
        target[name] = deepcopy(value)
    return result


def world(**changes: Any) -> dict[str, Any]:
    """The default world, changed."""
    return changed(_WORLD, **changes)


def policy(**changes: Any) -> dict[str, Any]:
    """The default policy, changed."""
    return changed(_POLICY, **changes)
