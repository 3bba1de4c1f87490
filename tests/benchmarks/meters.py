"""How the engine is measured: by processor time and by peak memory.

Ratios are taken from processor time in one run: a machine that others use, too, says less by the
clock on the wall.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from time import process_time
from typing import ParamSpec, TypeVar

import oracle
import oracle_numbers
from oracle_defaults import policy
from worlds import CORE, EVERYTHING, Changes, arms, policy_of, world_of

from sim import luck
from sim.book import COLUMNS, Book
from sim.clock import MONTH
from sim.experiment.simulate import Entries, simulate_batch
from sim.lender.timetable import run
from sim.rules.origination import originate
from sim.scenario.schema import Policy, World
from sim.scenario.words import BASELINE

P = ParamSpec("P")
T = TypeVar("T")

Judge = Callable[[bool], None]
Timed = Callable[..., None]
"""What the fixtures of conftest.py give: ``judged`` and ``timed``."""

ROW = sum(column.dtype.itemsize for column in COLUMNS.values())
"""Bytes of all columns of one borrower."""


@dataclass(frozen=True)
class Run:
    """What one run of the engine took.

    ``borrowers`` are those of all replicas, ``seconds`` processor time. ``active`` is the share of
    borrower-months in which the loan was open at the month's end, ``late`` the share of these in
    arrears. ``peak`` is in bytes, above what the process held before; None where nobody tells.
    """

    borrowers: int
    months: int
    seconds: float
    active: float
    late: float
    peak: int | None

    @property
    def each(self) -> float:
        """Return the seconds of a borrower-month."""
        return self.seconds / (self.borrowers * self.months)

    @property
    def bytes_each(self) -> float | None:
        """Return the bytes of a borrower at the peak."""
        return None if self.peak is None else self.peak / self.borrowers

    def traffic(self, bandwidth: float) -> float:
        """Return the seconds of a borrower-month that the bare traffic of its columns would take.

        Each month all columns of every open loan are read once and written once at ``bandwidth``.
        """
        return self.active * 2 * ROW / bandwidth


def engine(
    borrowers: int, months: int, on: tuple[Changes, Changes] = EVERYTHING, replicas: int = 1
) -> Run:
    """Run ``replicas`` of so many ``borrowers`` side by side, in this process."""
    before = peak_memory()
    book, world, terms = prepared(borrowers, months, on, replicas)
    start = process_time()
    run(book, world, terms, MONTH * months)
    seconds = process_time() - start
    after = peak_memory()
    peak = None if before is None or after is None else after - before
    total = borrowers * replicas
    return Run(total, months, seconds, *shares(book.ledger.entries, total), peak)


def prepared(
    borrowers: int, months: int, on: tuple[Changes, Changes], replicas: int = 1
) -> tuple[Book, World, Policy]:
    """Return a book before day 0, its world and the policy to run it under."""
    settled = world_of(borrowers, months, on[0], replicas)
    return originate(settled, range(replicas)), settled, policy_of(on[1])


def shares(entries: Entries, borrowers: int) -> tuple[float, float]:
    """Return the share of borrower-months in which a loan was open, and of these the late."""
    stood, behind = entries["active"].sum(axis=1)[1:], entries["months_in_arrears"].sum(axis=1)
    late = int(behind[-1] - behind[0])  # the first row is the eve of day 0
    return int(stood.sum()) / (borrowers * len(stood)), late / max(1, int(stood.sum()))


def engine_seconds(borrowers: int, months: int, on: tuple[Changes, Changes] = CORE) -> float:
    """Return the processor time of one replica."""
    return engine(borrowers, months, on).seconds


def oracle_seconds(borrowers: int, months: int, on: tuple[Changes, Changes]) -> float:
    """Return the processor time of the second program, one SimPy process a borrower."""
    settings = world_of(borrowers, months, on[0]).model_dump(mode="json")
    terms = policy(**on[1])
    start = process_time()
    oracle.run(settings, terms, terms)
    return process_time() - start


def forget_tables() -> None:
    """Make every cached table of both programs be computed again."""
    for module in (luck, oracle_numbers):
        for value in vars(module).values():
            if hasattr(value, "cache_clear"):
                value.cache_clear()


@dataclass(frozen=True)
class Race:
    """Seconds of a borrower-month of the oracle and, by number of borrowers, of the engine."""

    oracle: float
    engine: dict[int, float]


def race(
    on: tuple[Changes, Changes], few: int, many: tuple[int, ...], months: int
) -> tuple[Race, Race]:
    """Run the oracle and the engine, with cold tables and then with warm ones.

    Cold: each makes its tables anew, as a program does that starts. Warm: they are at hand.
    """

    def once(before: Callable[[], None]) -> Race:
        before()
        slow = oracle_seconds(few, months, on) / (few * months)
        fast = {}
        for borrowers in many:
            before()
            fast[borrowers] = engine_seconds(borrowers, months, on) / (borrowers * months)
        return Race(slow, fast)

    return once(forget_tables), once(lambda: None)


def batch_seconds(world: World, policies: dict[str, Policy], baseline: Policy) -> float:
    """Return the processor time of one replica under every policy, its burn-in and origination."""
    start = process_time()
    simulate_batch(world, policies, [0], baseline=baseline)
    return process_time() - start


def shared_burn_in(
    borrowers: int, months: int, burn_in_months: int, count: int
) -> tuple[float, float]:
    """Return the seconds of ``count`` policies in one batch, and in a batch for each.

    Both season by the baseline, so that the work after the burn-in is the same.
    """
    world = world_of(borrowers, months, EVERYTHING[0], burn_in_months=burn_in_months)
    policies = arms(count)
    baseline = policies[BASELINE]
    together = batch_seconds(world, policies, baseline)
    apart = sum(batch_seconds(world, {name: each}, baseline) for name, each in policies.items())
    return together, apart


def whole_replicas(count: int, borrowers: int, months: int, burn_in_months: int) -> list[Run]:
    """Run replicas one after another, each of them a batch; the peaks are those so far."""
    before = peak_memory()
    world = world_of(borrowers, months, EVERYTHING[0], count, burn_in_months)
    runs = []
    for replica in range(count):
        start = process_time()
        batch = simulate_batch(world, arms(1), [replica])
        seconds = process_time() - start
        after = peak_memory()
        peak = None if before is None or after is None else after - before
        told = shares(batch.ledgers[BASELINE], borrowers)
        runs.append(Run(borrowers, months, seconds, *told, peak))
    return runs


def alone(measured: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Return what ``measured`` returns in a fresh process, whose peak is nobody else's."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(partial(measured, *args, **kwargs)).result()


def peak_memory() -> int | None:
    """Return the most bytes that this process has held; None where the system does not tell."""
    status = Path("/proc/self/status")
    if status.exists():  # getrusage would begin with what the parent process held
        for line in status.read_text("utf-8").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    if sys.platform == "win32":
        return None
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
