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
    "loans": {
        "median_income": 500_000,
        "income_log_sd": 0.45,
        "instalment_share": 0.13,
        "instalment_share_log_sd": 0.45,
        "terms": [12, 18, 24],
        "annual_rate_bp": 1800,
        "burden_cap": 0.95,
    },
    "household": {
        "job_loss_per_month": 0.013,
        "risk_multiplier": 1.5,
        "slow_finder_share": 0.31,
        "fast_finding_per_month": 0.59,
        "slow_finding_per_month": 0.167,
        "searching_income": 0.45,
        "illness_per_month": 0.004,
        "illness_months": 3.0,
        "illness_income": 0.6,
        "permanent_sd": 0.035,
        "transitory_sd": 0.15,
        "expense_per_month": 0.05,
        "expense_incomes": 0.3,
        "essentials_share": 0.51,
        "essentials_sd": 0.08,
        "other_debt_share": 0.06,
        "hand_to_mouth_share": 0.4,
        "hand_to_mouth_months": 0.25,
        "buffer_months": 1.0,
        "buffer_log_sd": 1.0,
    },
    "behaviour": {
        "forgetting": 0.045,
        "remembering_per_day": 0.035,
        "opportunists": 0.02,
        "skipping": 0.3,
        "disengagement_first": 0.12,
        "disengagement_second": 0.25,
        "disengagement_later": 0.40,
        "partial_share": 0.25,
        "reconsider_days": [7, 14, 21, 28],
        "awareness": 0.35,
        "application": 0.35,
        "proof_share": 0.85,
        "proof_days": 5,
    },
    "contact": {
        "message_works": 0.35,
        "reach_early": 0.10,
        "reach_late": 0.04,
        "pays_early": 0.35,
        "pays_late": 0.15,
        "reengaged": 0.2,
        "persuaded": 0.3,
        "informs": 0.5,
    },
    "strain": {
        "per_message": 0.1,
        "per_call": 1.0,
        "half_life_days": 30,
        "cooperation_loss": 0.3,
        "disengagement_gain": 0.3,
    },
}

_POLICY: dict[str, Any] = {
    "label": {"en": "Baseline", "zh": "基准"},
    "relief": {
        "deferral": {
            "months": 0,
            "hardships": ["job_loss", "illness"],
            "min_dpd": 0,
            "max_dpd": 60,
            "max_uses": 1,
            "proof_required": True,
        },
        "penalty_waiver": {
            "share": 0.0,
            "hardships": ["job_loss", "illness"],
            "min_dpd": 1,
            "max_dpd": 180,
            "proof_required": True,
        },
        "desk": {
            "reviewers": "unlimited",
            "minutes_per_reviewer_day": 420,
            "deferral_minutes": 25,
            "waiver_minutes": 10,
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
        "message": {"dpd": [1, 3, 7, 14, 21], "unit_cost": 10},
        "call": {
            "opens_dpd": 3,
            "early_until_dpd": 30,
            "early_rate": 1.0,
            "late_rate": 0.5,
            "minutes": 4,
            "unit_cost": 150,
        },
    },
    "servicing": {
        "waterfall": "horizontal",
        "penalty_multiple": 1.5,
        "penalty_base": "principal",
        "grace_days": 3,
        "charge_off_dpd": 180,
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
