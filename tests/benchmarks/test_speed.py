"""How fast and how large: run with ``python -m pytest tests/benchmarks --benchmark-only -s``.

Ratios are taken in one run, because machines are noisy; nothing here asserts a number of seconds.
"""

from __future__ import annotations

import subprocess
import sys
import textwrap
from time import process_time
from typing import Any

import oracle
import oracle_numbers
import pytest
from oracle_defaults import policy, world

from sim import luck
from sim.clock import MONTH
from sim.lender.timetable import run
from sim.rules.origination import originate
from sim.scenario.schema import Policy, World

BORROWERS, MONTHS = 100_000, 36
ORACLE_BORROWERS = 300
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


def engine_seconds(borrowers: int, months: int, on: tuple[Changes, Changes] = CORE) -> float:
    """Processor time: a machine that others use, too, says less by the clock on the wall."""
    size = {"borrowers": borrowers, "months": months, "burn_in_months": 0, "replicas": 1}
    settled = World.model_validate(world(**size, **on[0]))
    terms = Policy.model_validate(policy(**on[1]))
    book = originate(settled, [0])
    start = process_time()
    run(book, settled, terms, MONTH * months)
    return process_time() - start


def oracle_seconds(borrowers: int, months: int, on: tuple[Changes, Changes]) -> float:
    size = {"borrowers": borrowers, "months": months, "burn_in_months": 0, "replicas": 1}
    settings = World.model_validate(world(**size, **on[0])).model_dump(mode="json")
    start = process_time()
    oracle.run(settings, policy(**on[1]), policy(**on[1]))
    return process_time() - start


def forget_tables() -> None:
    """Make every cached table of both programs be computed again."""
    for module in (luck, oracle_numbers):
        for value in vars(module).values():
            if hasattr(value, "cache_clear"):
                value.cache_clear()


@pytest.mark.parametrize("on", [CORE, EVERYTHING], ids=["core", "everything"])
def test_engine_is_at_least_fifty_times_the_oracle(on: tuple[Changes, Changes]) -> None:
    """Both make their tables anew, as a program does that starts; with tables at hand the oracle
    is about a sixth quicker, and so is said, too.
    """
    forget_tables()
    slow = oracle_seconds(ORACLE_BORROWERS, MONTHS, on) / (ORACLE_BORROWERS * MONTHS)
    warm = oracle_seconds(ORACLE_BORROWERS, MONTHS, on) / (ORACLE_BORROWERS * MONTHS)
    fast = engine_seconds(BORROWERS, MONTHS, on) / (BORROWERS * MONTHS)
    print(
        f"\noracle {slow * 1e9:,.0f} ns, engine {fast * 1e9:,.0f} ns a borrower-month: "
        f"{slow / fast:,.0f} times ({BORROWERS:,} borrowers, {MONTHS} months); "
        f"{warm / fast:,.0f} times the oracle with its tables made"
    )
    assert slow / fast >= 50


def test_a_hundred_thousand_borrowers_fit_in_a_gigabyte() -> None:
    """Measured in a process of its own, whose peak is nobody else's."""
    program = textwrap.dedent(
        f"""
        import resource
        from sim.lender.timetable import run
        from sim.rules.origination import originate
        from sim.scenario.schema import Policy, World

        world = World(borrowers={BORROWERS}, months={MONTHS}, burn_in_months=0, replicas=1)
        book = originate(world, [0])
        run(book, world, Policy(), {MONTH * MONTHS})
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
        """
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    unit = 1 if sys.platform == "darwin" else 1024
    peak = int(done.stdout) * unit
    print(f"\npeak memory {peak / 1e6:,.0f} MB for {BORROWERS:,} borrowers")
    assert peak < 1e9


@pytest.mark.parametrize("borrowers", [1_000, 10_000, 100_000])
def test_cost_against_size(benchmark: pytest.FixtureRequest, borrowers: int) -> None:
    seconds = benchmark.pedantic(engine_seconds, args=(borrowers, 12), rounds=2)  # type: ignore[attr-defined]
    print(f"\n{borrowers:>9,} borrowers: {seconds / borrowers / 12 * 1e9:,.0f} ns a borrower-month")
