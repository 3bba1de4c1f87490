"""How long people wait for whole programs; nothing here asserts anything but that they end."""

from __future__ import annotations

from programs import (
    changed_command_seconds,
    changed_in_memory_seconds,
    command_seconds,
    import_seconds,
    study_seconds,
)
from worlds import BURN_IN, JOBS, Scale, study


def test_whole_study(scale: Scale) -> None:
    """Long: 54 million borrower-months, and the burn-in."""
    world = study(scale.of(10_000), scale.during(36), scale.during(BURN_IN), 5, 30)
    seconds = study_seconds(JOBS, world)
    print(f"\n{world.world.borrowers:,} x {world.world.months} x 5 x 30: {seconds:.1f} s")


def test_run_from_the_command_line_cold_and_one_policy_changed(scale: Scale) -> None:
    world = study(scale.of(2_000), scale.during(24), scale.during(BURN_IN), 4, 10)
    print(f"\nforbear run, {world.world.borrowers:,} x {world.world.months} x 4 x 10: ", end="")
    print(f"{command_seconds(world):.2f} s cold, {changed_command_seconds(world):.2f} s with the ")
    print(f"results of all but one policy kept, {changed_in_memory_seconds(world):.2f} s in memory")


def test_importing_the_command_line() -> None:
    libraries, ours = import_seconds()
    print(f"\nthe libraries {libraries * 1e3:,.0f} ms, the rest {ours * 1e3:,.0f} ms")
