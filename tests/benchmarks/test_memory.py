"""How large the engine is: peaks of processes of their own, in bytes of columns."""

from __future__ import annotations

import pytest
from meters import ROW, Judge, alone, engine, whole_replicas
from worlds import BURN_IN, Scale

TIMES_ITS_COLUMNS = 1.5
"""How many times the bytes of its columns a book of a hundred thousand and more may take."""
MEANT_A_BORROWER = 600
"""Bytes that a borrower was to take by design where every mechanism is at work."""
HELD_BACK = 1.1
"""How many times as much memory ten replicas one after another may take as the first of them."""


@pytest.mark.parametrize("borrowers", [10_000, 100_000, 1_000_000])
def test_a_borrower_takes_little_more_than_its_columns(
    scale: Scale, judged: Judge, borrowers: int
) -> None:
    run = alone(engine, scale.of(borrowers), scale.during(12))
    if run.bytes_each is None:
        pytest.skip("this system does not tell a process its peak")
    print(
        f"\n{run.borrowers:,} borrowers: {run.bytes_each:,.0f} bytes each at the peak, "
        f"{run.bytes_each / ROW:.2f} times their columns ({ROW} bytes)"
    )
    if borrowers >= 100_000:  # in fewer, what does not grow with them weighs more
        judged(run.bytes_each / ROW <= TIMES_ITS_COLUMNS)


@pytest.mark.xfail(
    strict=False,
    reason="measured: 792 to 904 bytes each, of which the columns alone have 767",
)
def test_a_million_borrowers_take_the_600_megabytes_they_were_to_take(
    scale: Scale, judged: Judge
) -> None:
    run = alone(engine, scale.of(1_000_000), scale.during(36))
    if run.bytes_each is None:
        pytest.skip("this system does not tell a process its peak")
    print(f"\n{run.borrowers:,} borrowers x {run.months}: {run.bytes_each:,.0f} bytes each")
    judged(run.bytes_each <= MEANT_A_BORROWER)


def test_whole_replicas_take_linear_time_and_bounded_memory(scale: Scale, judged: Judge) -> None:
    """``--scale 10``: ten million borrowers."""
    months = scale.during(12)
    first, *_, last = runs = alone(
        whole_replicas, 10, scale.of(100_000), months, scale.during(BURN_IN)
    )
    slowest = max(run.seconds for run in runs) / min(run.seconds for run in runs)
    print(f"\n10 replicas of {first.borrowers:,} x {months}: the slowest {slowest:.2f} the fastest")
    if first.peak is None or last.peak is None:
        pytest.skip("this system does not tell a process its peak")
    print(f"peak {first.peak / 1e6:,.0f} MB after the first, {last.peak / 1e6:,.0f} after the last")
    judged(last.peak <= HELD_BACK * first.peak)
