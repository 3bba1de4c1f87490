"""Every parameter is alive: nudged within its bounds in a witness scenario, it matters."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
import pytest
from oracle_defaults import changed, policy, world

from sim.clock import MONTH
from sim.experiment.compare import unit_costs
from sim.lender.timetable import run
from sim.rules.measures import measure
from sim.rules.origination import originate
from sim.scenario.schema import Policy, World

Changes = dict[str, Any]

# A book in trouble, a lender with every instrument and too few hands.
WITNESS_WORLD = world(
    months=9,
    burn_in_months=2,
    borrowers=400,
    replicas=2,
    household__job_loss_per_month=0.05,
    household__illness_per_month=0.03,
    behaviour__awareness=0.8,
    behaviour__application=0.7,
    behaviour__opportunists=0.1,
    contact__reach_early=0.3,
    contact__reach_late=0.2,
)
WITNESS_POLICY = policy(
    relief__deferral__months=2,
    relief__deferral__hardships=["job_loss"],
    relief__penalty_waiver__share=0.5,
    relief__penalty_waiver__hardships=["illness"],
    relief__desk__reviewers=1,
    relief__desk__minutes_per_reviewer_day=60,
    collections__agents=1,
    collections__minutes_per_agent_day=120,
)
UNPROVEN = {
    "relief__deferral__proof_required": False,
    "relief__penalty_waiver__proof_required": False,
}

WORLD_NUDGES: dict[str, Any] = {
    "months": 10,
    "burn_in_months": 3,
    "borrowers": 401,
    "replicas": 3,
    "seed": 2027,
    "loans__median_income": 500_100,
    "loans__income_log_sd": 0.46,
    "loans__instalment_share": 0.131,
    "loans__instalment_share_log_sd": 0.46,
    "loans__terms": [12, 18, 25],
    "loans__annual_rate_bp": 1_801,
    "loans__burden_cap": 0.94,
    "household__job_loss_per_month": 0.055,
    "household__risk_multiplier": 1.6,
    "household__slow_finder_share": 0.35,
    "household__fast_finding_per_month": 0.62,
    "household__slow_finding_per_month": 0.2,
    "household__searching_income": 0.44,
    "household__illness_per_month": 0.033,
    "household__illness_months": 3.3,
    "household__illness_income": 0.59,
    "household__permanent_sd": 0.036,
    "household__transitory_sd": 0.16,
    "household__expense_per_month": 0.055,
    "household__expense_incomes": 0.31,
    "household__essentials_share": 0.515,
    "household__essentials_sd": 0.081,
    "household__other_debt_share": 0.061,
    "household__hand_to_mouth_share": 0.41,
    "household__hand_to_mouth_months": 0.26,
    "household__buffer_months": 1.05,
    "household__buffer_log_sd": 1.05,
    "behaviour__forgetting": 0.05,
    "behaviour__remembering_per_day": 0.04,
    "behaviour__opportunists": 0.12,
    "behaviour__skipping": 0.35,
    "behaviour__disengagement_first": 0.16,
    "behaviour__disengagement_second": 0.32,
    "behaviour__disengagement_later": 0.55,
    "behaviour__partial_share": 0.3,
    "behaviour__reconsider_days": [7, 14, 21, 27],
    "behaviour__awareness": 0.85,
    "behaviour__application": 0.75,
    "behaviour__proof_share": 0.8,
    "behaviour__proof_days": 6,
    "contact__message_works": 0.4,
    "contact__reach_early": 0.31,
    "contact__reach_late": 0.22,
    "contact__pays_early": 0.4,
    "contact__pays_late": 0.25,
    "contact__reengaged": 0.25,
    "contact__persuaded": 0.4,
    "contact__informs": 0.6,
    "strain__per_message": 0.2,
    "strain__per_call": 1.5,
    "strain__half_life_days": 20,
    "strain__cooperation_loss": 0.6,
    "strain__disengagement_gain": 0.6,
}
POLICY_NUDGES: dict[str, Any] = {
    "relief__deferral__months": 3,
    "relief__deferral__hardships": ["job_loss", "illness"],
    "relief__deferral__min_dpd": 5,
    "relief__deferral__max_dpd": 30,
    "relief__deferral__max_uses": 2,
    "relief__deferral__proof_required": False,
    "relief__penalty_waiver__share": 0.51,
    "relief__penalty_waiver__hardships": ["job_loss", "illness"],
    "relief__penalty_waiver__min_dpd": 10,
    "relief__penalty_waiver__max_dpd": 30,
    "relief__penalty_waiver__proof_required": False,
    "relief__desk__reviewers": 2,
    "relief__desk__minutes_per_reviewer_day": 70,
    "relief__desk__deferral_minutes": 31,
    "relief__desk__waiver_minutes": 11,
    "relief__desk__sensitivity": 0.7,
    "relief__desk__specificity": 0.6,
    "relief__desk__specificity_without_proof": 0.3,
    "relief__desk__unit_cost_per_minute": 101,
    "collections__intensity": 1.1,
    "collections__agents": 2,
    "collections__minutes_per_agent_day": 124,
    "collections__priority": "newest",
    "collections__message__dpd": [1, 3, 7, 14, 22],
    "collections__message__unit_cost": 11,
    "collections__call__opens_dpd": 4,
    "collections__call__early_until_dpd": 31,
    "collections__call__early_rate": 0.9,
    "collections__call__late_rate": 0.6,
    "collections__call__minutes": 5,
    "collections__call__unit_cost": 151,
    "servicing__waterfall": "vertical",
    "servicing__penalty_multiple": 1.51,
    "servicing__penalty_base": "principal_and_interest",
    "servicing__grace_days": 4,
    "servicing__charge_off_dpd": 150,
}
# (what else the witness needs for this parameter to matter)
NEEDS: dict[str, tuple[Changes, Changes]] = {
    "relief__desk__specificity_without_proof": ({}, UNPROVEN),
}
EXEMPT = {
    "currency": "a name beside amounts; the command line shows it",
    "label": "words; the tables show them",
}


def leaves(settings: dict[str, Any], prefix: str = "") -> Iterator[str]:
    for name, value in settings.items():
        if name in EXEMPT:
            continue
        if isinstance(value, dict):
            yield from leaves(value, f"{prefix}{name}__")
        else:
            yield f"{prefix}{name}"


def result(world_settings: dict[str, Any], policy_settings: dict[str, Any]) -> list[np.ndarray]:
    """All that the ledger and the metrics say."""
    settled, terms = World.model_validate(world_settings), Policy.model_validate(policy_settings)
    book = originate(settled, range(settled.replicas))
    run(book, settled, terms, MONTH * settled.months)
    entries = book.ledger.entries
    return [*entries.values(), *measure(entries, unit_costs(terms)).values()]


@cache
def witness(name: str) -> list[np.ndarray]:
    more_world, more_policy = NEEDS.get(name, ({}, {}))
    return result(changed(WITNESS_WORLD, **more_world), changed(WITNESS_POLICY, **more_policy))


@cache
def plain_witness() -> list[np.ndarray]:
    return result(WITNESS_WORLD, WITNESS_POLICY)


def differ(one: list[np.ndarray], other: list[np.ndarray]) -> bool:
    return any(
        a.shape != b.shape or not np.array_equal(a, b, equal_nan=a.dtype.kind == "f")
        for a, b in zip(one, other, strict=True)
    )


def test_every_parameter_has_a_nudge() -> None:
    assert set(leaves(World().model_dump())) == set(WORLD_NUDGES)
    assert set(leaves(Policy().model_dump())) == set(POLICY_NUDGES)


def test_the_same_settings_give_the_same_result() -> None:
    assert not differ(plain_witness(), result(WITNESS_WORLD, WITNESS_POLICY))


@pytest.mark.parametrize("key", [*WORLD_NUDGES, *POLICY_NUDGES])
def test_a_nudge_changes_the_result(key: str) -> None:
    before = witness(key) if key in NEEDS else plain_witness()
    more_world, more_policy = NEEDS.get(key, ({}, {}))
    if key in WORLD_NUDGES:
        more_world = more_world | {key: WORLD_NUDGES[key]}
    else:
        more_policy = more_policy | {key: POLICY_NUDGES[key]}
    after = result(changed(WITNESS_WORLD, **more_world), changed(WITNESS_POLICY, **more_policy))
    assert differ(before, after)
