"""How fast and how large: run with ``python -m pytest tests/benchmarks --benchmark-only -s``.

Ratios are taken in one run, because machines are noisy; nothing here asserts a number of seconds.
"""

from __future__ import annotations

import subprocess
import sys
import textwrap
from time import perf_counter

import oracle
import pytest
from oracle_defaults import policy, world

from sim.clock import MONTH
from sim.lender.timetable import run
from sim.rules.origination import originate
from sim.scenario.schema import Policy, World

BORROWERS, MONTHS = 100_000, 36
ORACLE_BORROWERS = 300
RELIEF = {"relief__deferral__months": 3, "relief__penalty_waiver__share": 0.5}


def engine_seconds(borrowers: int, months: int) -> float:
    settled = World.model_validate(
        world(borrowers=borrowers, months=months, burn_in_months=0, replicas=1)
    )
    terms = Policy.model_validate(policy(**RELIEF))
    book = originate(settled, [0])
    start = perf_counter()
    run(book, settled, terms, MONTH * months)
    return perf_counter() - start


def oracle_seconds(borrowers: int, months: int) -> float:
    settings = world(borrowers=borrowers, months=months, burn_in_months=0, replicas=1)
    start = perf_counter()
    oracle.run(settings, policy(**RELIEF), policy(**RELIEF))
    return perf_counter() - start


def test_engine_is_at_least_fifty_times_the_oracle() -> None:
    slow = oracle_seconds(ORACLE_BORROWERS, MONTHS) / (ORACLE_BORROWERS * MONTHS)
    fast = engine_seconds(BORROWERS, MONTHS) / (BORROWERS * MONTHS)
    print(
        f"\noracle {slow * 1e9:,.0f} ns, engine {fast * 1e9:,.0f} ns a borrower-month: "
        f"{slow / fast:,.0f} times ({BORROWERS:,} borrowers, {MONTHS} months)"
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
