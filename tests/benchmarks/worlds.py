"""The worlds that benchmarks run: one in which every mechanism is at work, and sizes of it."""

from __future__ import annotations

from typing import Any

from oracle_defaults import policy, world

from sim.scenario.schema import Policy, Scenario, World
from sim.scenario.words import BASELINE

Changes = dict[str, Any]

RELIEF: Changes = {"relief__deferral__months": 3, "relief__penalty_waiver__share": 0.5}
RELIEFS = (
    *("deferral", "penalty_waiver", "rate_reduction", "term_extension"),
    *("arrangement", "settlement"),
)
EVERYTHING: tuple[Changes, Changes] = (
    {
        "household__carry": 0.2,
        "behaviour__puts_us_first": 0.3,
        "behaviour__stops_per_holiday_month": 0.02,
        "behaviour__priority_lost_per_holiday_month": 0.02,
        "behaviour__waits_for_waiver": 0.05,
        "behaviour__waiver_willingness": 0.05,
        "behaviour__grant_reengages": 0.1,
        "behaviour__early_payoff_per_month": 0.002,
        "contact__squeezes": 0.1,
        "contact__promotes": 0.05,
        "economy__job_loss_by_month": [1.0, 1.5, 2.0, 1.2, 1.0],
        "court__delay_months": 6,
        "shocks": [
            {"kind": "layoffs", "month": 6, "share": 0.05, "sectors": [0]},
            {"kind": "epidemic", "month": 9, "share": 0.02},
            {"kind": "disaster", "month": 12, "share": 0.2, "regions": [1]},
            {"kind": "price_rise", "month": 18, "share": 0.03},
        ],
    },
    RELIEF
    | {
        **{f"relief__{each}__hardships": ["job_loss", "illness", "disaster"] for each in RELIEFS},
        "relief__penalty_waiver__bands": [{"from_dpd": 31, "share": 0.3}],
        "relief__penalty_waiver__announced": True,
        "relief__rate_reduction__share": 0.3,
        "relief__term_extension__months": 6,
        "relief__arrangement__months": 4,
        "relief__arrangement__offer": "on_contact",
        "relief__settlement__haircut": 0.4,
        "relief__outreach__share_per_month": 0.05,
        "collections__message__tone": "moral",
        "collections__visit__rate": 0.05,
        "collections__notice__dpd": [60, 90],
        "collections__court__filing_share": 0.1,
        "collections__conduct__attempts_in_7_days": 7,
        "collections__conduct__connected_a_day": 3,
        "collections__conduct__quiet_days": 1,
        "collections__conduct__stop_on_request": True,
        "collections__recovery__route": "agency",
        "servicing__acceleration": "court",
        "servicing__auto_debit_share": 0.3,
        "servicing__all_in_cap_bp": 2400,
        "servicing__penalty_base": "compounding",
    },
)
"""What a world and a policy look like in which every mechanism is at work."""
CORE: tuple[Changes, Changes] = ({}, RELIEF)
"""A default world, and a policy with a deferral and a waiver."""

LATENESS: dict[str, Changes] = {
    "hardly anybody is late": {
        "household__job_loss_per_month": 0.0,
        "household__illness_per_month": 0.0,
        "household__expense_per_month": 0.0,
        "household__essentials_share": 0.3,
        "behaviour__forgetting": 0.0,
        "behaviour__opportunists": 0.0,
        "shocks": [],
    },
    "few are": {
        "household__job_loss_per_month": 0.004,
        "household__expense_per_month": 0.02,
        "household__essentials_share": 0.4,
        "behaviour__forgetting": 0.02,
        "behaviour__opportunists": 0.0,
    },
    "as many as by default": {},
    "many are": {
        "household__job_loss_per_month": 0.04,
        "behaviour__forgetting": 0.15,
    },
    "every other is": {
        "household__job_loss_per_month": 0.08,
        "household__essentials_share": 0.6,
        "behaviour__forgetting": 0.3,
        "behaviour__opportunists": 0.1,
    },
}
"""What to change in a world so that few borrowers are late in it, or many."""


class Scale:
    """How much smaller than they are meant benchmarks run, for a quick look."""

    def __init__(self, borrowers: float = 1.0, months: float = 1.0) -> None:
        """Multiply the numbers of borrowers and of months."""
        self.borrowers = borrowers
        self.months = months

    @property
    def tells(self) -> bool:
        """Return whether the sizes are large enough for a ratio to mean anything."""
        return self.borrowers >= 1 and self.months >= 1

    def of(self, borrowers: int) -> int:
        """Return so many borrowers at this scale; a book has twenty at least."""
        return max(20, round(borrowers * self.borrowers))

    def during(self, months: int) -> int:
        """Return so many months at this scale, one at least."""
        return max(1, round(months * self.months))


SHORT = 1 / 36
"""The scale of months that tries the benchmarks themselves: hardly any."""
BURN_IN = 6
"""Months before day 0, where a benchmark has any."""
JOBS = 2
"""Processes, where a benchmark uses more than one."""


def world_of(
    borrowers: int, months: int, changes: Changes, replicas: int = 1, burn_in_months: int = 0
) -> World:
    """Return a world of that size."""
    size = {
        "borrowers": borrowers,
        "months": months,
        "burn_in_months": burn_in_months,
        "replicas": replicas,
    }
    return World.model_validate(world(**size, **changes))


def policy_of(changes: Changes) -> Policy:
    """Return the default policy, changed."""
    return Policy.model_validate(policy(**changes))


def arms(count: int) -> dict[str, Policy]:
    """Return ``count`` policies with every mechanism at work, the baseline first."""
    names = (BASELINE, *(f"arm_{number}" for number in range(1, count)))
    return {
        name: policy_of(EVERYTHING[1] | {"relief__deferral__months": months})
        for months, name in enumerate(names, start=1)
    }


def study(
    borrowers: int, months: int, burn_in_months: int, policies: int, replicas: int
) -> Scenario:
    """Return a whole comparison with every mechanism at work."""
    words = {"en": "How fast?", "zh": "有多快？"}
    return Scenario.model_validate(
        {
            "title": words,
            "question": words,
            "world": world_of(borrowers, months, EVERYTHING[0], replicas, burn_in_months),
            "policies": arms(policies),
        }
    )
