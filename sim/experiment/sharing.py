"""Sharing out: into how many batches and groups of policies a study is cut for all jobs to be busy.

A day costs so many calls into NumPy, however few the rows, and every task is seasoned anew. So
replicas lie side by side as far as memory goes, and where there are fewer batches than jobs, the
jobs take different policies.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from sim.scenario.schema import World

BORROWERS_A_BATCH: Final = 200_000
"""At most so many side by side: a job then takes about 400 MB."""
CALLS_IN_BORROWERS: Final = 80_000
"""The calls of a day take as long as so many borrowers; see ``tests/benchmarks``."""
LITTLE_LATER: Final = 1.05
"""More tasks must gain more than this: each makes the calls of every day once more."""
WORKERS_IN_BORROWER_MONTHS: Final = 1_000_000
"""To start workers takes as long as so many borrower-months."""


def share_out(
    world: World,
    policies: int,
    replicas: int,
    jobs: int,
    size: int | None = None,
    *,
    ready: bool = False,
) -> tuple[int, int]:
    """Return the replicas of a batch, ``size`` if given, and how many groups of policies to make.

    Of all ways to cut them it is the one in which the last job is expected to end first, or one
    with fewer tasks that is expected to end little later: the other processors may have something
    else to do. Workers that are ``ready`` need no time to start.
    """
    if size is None:
        largest = largest_batch(world)
        sizes = {-(-replicas // count) for count in range(1, replicas + 1)}
    else:
        sizes, largest = {size}, size
    ways = [
        (size, groups)
        for size in sorted(sizes, reverse=True)
        if size <= largest
        for groups in range(1, policies + 1)
    ]
    start = 0 if ready else WORKERS_IN_BORROWER_MONTHS

    def takes(way: tuple[int, int]) -> tuple[int, int]:
        """Return how long it takes in borrower-months, and the number of tasks: better few."""
        size, groups = way
        tasks = -(-replicas // size) * groups
        months = world.burn_in_months + -(-policies // groups) * world.months
        a_task = months * (CALLS_IN_BORROWERS + size * _rows(world))
        return -(-tasks // jobs) * a_task + start * (tasks > 1), tasks

    first = min(takes(way)[0] for way in ways)
    soon = [way for way in ways if takes(way)[0] <= LITTLE_LATER * first]
    return min(soon, key=lambda way: takes(way)[::-1])


def largest_batch(world: World) -> int:
    """Return how many replicas may lie side by side, one at least."""
    return max(1, BORROWERS_A_BATCH // _rows(world))


def batches(replicas: int, size: int) -> list[range]:
    """Return the replicas cut into batches of ``size``; the last may be smaller."""
    return [range(first, min(first + size, replicas)) for first in range(0, replicas, size)]


def groups(policies: Sequence[str], count: int) -> Iterator[tuple[str, ...]]:
    """Yield the policies cut into so many groups that differ by one at most."""
    edges = [len(policies) * edge // count for edge in range(count + 1)]
    for first, last in pairwise(edges):
        yield tuple(policies[first:last])


def _rows(world: World) -> int:
    return world.borrowers + world.new_loans_per_month * world.months
