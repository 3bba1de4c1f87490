"""How fast the engine is: ``python -m pytest tests/benchmarks -s -n 0`` on a quiet machine.

``--scale 0.01`` and ``--short`` make everything smaller; then ratios are shown and not held.
Ratios are taken from processor time in one run, because machines are noisy; nothing here asserts a
number of seconds. ``python -m tests.benchmarks`` prints all of it as one table, beside what the
machine can do.
"""

from __future__ import annotations

from time import process_time

import pytest
from meters import (
    Judge,
    Timed,
    alone,
    engine,
    engine_seconds,
    oracle_seconds,
    race,
    shared_burn_in,
)
from worlds import (
    BURN_IN,
    CORE,
    EVERYTHING,
    LATENESS,
    RELIEF,
    RELIEFS,
    Changes,
    Scale,
)

__all__ = ["CORE", "EVERYTHING", "RELIEF", "RELIEFS", "engine_seconds", "oracle_seconds"]

TIMES_THE_ORACLE = 150
"""How many times as fast as one SimPy process a borrower a large book is at least, tables cold."""
MORE_THAN_ITS_ROWS = 1.25
"""How many times as much as one of its size a book of thirty replicas may cost."""
STRAIGHT = 1.25
"""How many times as much a borrower-month may cost in three times the borrowers."""


@pytest.mark.parametrize("on", [CORE, EVERYTHING], ids=["core", "everything"])
def test_engine_is_at_least_so_many_times_the_oracle(
    on: tuple[Changes, Changes], scale: Scale, judged: Judge
) -> None:
    sizes = (scale.of(100_000), scale.of(1_000_000))
    few, months = scale.of(300), scale.during(36)
    cold, warm = race(on, few, sizes, months)
    for tables, ran in (("made anew", cold), ("at hand", warm)):
        for size, seconds in ran.engine.items():
            print(
                f"\ntables {tables}: oracle {ran.oracle * 1e9:,.0f} ns ({few:,} borrowers), "
                f"engine {seconds * 1e9:,.0f} ns a borrower-month ({size:,} borrowers), "
                f"{months} months: {ran.oracle / seconds:,.0f} times",
                end="",
            )
    print()
    judged(cold.oracle / min(cold.engine.values()) >= TIMES_THE_ORACLE)


@pytest.mark.benchmark(group="size", timer=process_time)
@pytest.mark.parametrize("borrowers", [10_000, 100_000, 1_000_000])
def test_cost_against_size(timed: Timed, scale: Scale, borrowers: int) -> None:
    timed(scale.of(borrowers), scale.during(12))


@pytest.mark.benchmark(group="months", timer=process_time)
@pytest.mark.parametrize("months", [12, 24, 36, 60])
def test_cost_against_months(timed: Timed, scale: Scale, months: int) -> None:
    timed(scale.of(100_000), scale.during(months))


@pytest.mark.benchmark(group="share late", timer=process_time)
@pytest.mark.parametrize("how", LATENESS)
def test_cost_against_the_share_late(timed: Timed, scale: Scale, how: str) -> None:
    timed(scale.of(100_000), scale.during(24), (EVERYTHING[0] | LATENESS[how], EVERYTHING[1]))


@pytest.mark.benchmark(group="replicas", timer=process_time)
@pytest.mark.parametrize(("replicas", "each"), [(1, 10_000), (30, 10_000), (1, 300_000)])
def test_cost_against_replicas(timed: Timed, scale: Scale, replicas: int, each: int) -> None:
    timed(scale.of(each), scale.during(36), replicas=replicas)


def test_replicas_side_by_side_cost_little_more_than_their_rows(
    scale: Scale, judged: Judge
) -> None:
    borrowers, months = scale.of(10_000), scale.during(36)
    side_by_side = engine(borrowers, months, replicas=30)
    as_one = engine(30 * borrowers, months)
    ratio = side_by_side.seconds / as_one.seconds
    print(f"\n30 replicas of {borrowers:,} cost {ratio:.2f} times one of {30 * borrowers:,}")
    judged(ratio <= MORE_THAN_ITS_ROWS)


def test_time_is_linear_in_borrowers(scale: Scale, judged: Judge) -> None:
    """In separate processes: what one leaves in memory is no burden to the other."""
    months = scale.during(12)
    some, more = (alone(engine, scale.of(size), months) for size in (300_000, 900_000))
    ratio = more.each / some.each
    print(f"\na borrower-month among {more.borrowers:,} costs {ratio:.2f} of {some.borrowers:,}")
    judged(ratio <= STRAIGHT)


def test_policies_share_their_burn_in(scale: Scale, judged: Judge) -> None:
    borrowers, months = scale.of(50_000), scale.during(12)
    together, apart = shared_burn_in(borrowers, months, scale.during(BURN_IN), 5)
    print(f"\n5 policies of {borrowers:,}: in one batch {together / apart:.2f} of a batch each")
    judged(together < apart)
