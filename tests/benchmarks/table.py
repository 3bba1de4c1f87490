"""The table of how fast and how large, with the machine's own limit beside it."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

import machine
from meters import ROW, Run, alone, engine, race, shared_burn_in, whole_replicas
from programs import (
    LIBRARIES,
    changed_command_seconds,
    changed_in_memory_seconds,
    command_seconds,
    import_seconds,
    study_seconds,
)
from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from worlds import BURN_IN, CORE, EVERYTHING, JOBS, LATENESS, SHORT, Scale, study

from sim.book import COLUMNS

NARROWEST, WIDEST = 80, 100

Rows = Iterator[tuple[str, Run]]


def main(arguments: list[str] | None = None) -> int:
    """Measure and print; what is printed says at what size."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks",
        description="Measure how fast and how large the engine is, beside what the machine can do.",
        epilog="Whole, it takes several minutes; let the machine do nothing else meanwhile.",
    )
    parser.add_argument(
        "--scale", type=float, default=1.0, metavar="X", help="so many times the borrowers: 0.1"
    )
    parser.add_argument(
        "--short", action="store_true", help="one month or two: only to see that all of it runs"
    )
    parser.add_argument("--only", choices=SECTIONS, action="append", help="this part; repeatable")
    chosen = parser.parse_args(arguments)
    if not 0 < chosen.scale < float("inf"):
        parser.error("--scale is a positive number")
    scale = Scale(chosen.scale, SHORT if chosen.short else 1.0)
    paper = Console()
    if not paper.is_terminal:
        paper = Console(width=WIDEST)
    paper.width = min(WIDEST, max(NARROWEST, paper.width))
    Report(paper, scale).write(chosen.only or list(SECTIONS))
    return 0


class Report:
    """What is measured, part by part, each printed when it is done."""

    def __init__(self, paper: Console, scale: Scale) -> None:
        """Print on ``paper`` what is measured at ``scale``."""
        self.paper = paper
        self.scale = scale
        self.bandwidth = 0.0

    def write(self, parts: list[str]) -> None:
        """Measure and print the machine, and then the parts asked for."""
        if not self.scale.tells:
            self.say("Smaller than meant: calls into NumPy weigh more, ratios say little.\n")
        with Console(stderr=True).status("measuring") as status:
            self.machine()
            for name, part in SECTIONS.items():
                if name in parts:
                    status.update(f"measuring: {name}")
                    part(self)

    def say(self, text: str) -> None:
        """Print a line or several; only rich folds them."""
        self.paper.print(text, highlight=False, markup=False)

    def machine(self) -> None:
        """Print what the machine is, how fast it moves memory, and what is called the floor."""
        speed = machine.measure()
        self.bandwidth = speed.copy
        table = self.table("The machine", *("", ""), left=2)
        table.add_row("processor", machine.processor())
        table.add_row("cores, caches", f"{machine.cores()} usable; {machine.caches()}")
        table.add_row("versions", machine.versions())
        size = f"arrays of {machine.LARGE * 8 / 1e6:,.0f} MB"
        table.add_row("copy b to a", f"{speed.copy / 1e9:.1f} GB/s read and written, {size}")
        table.add_row("triad a = b + 3 c", f"{speed.triad / 1e9:.1f} GB/s, in two calls")
        table.add_row(
            escape("gather a[rows]"),
            f"{speed.gather * 1e9:.2f} ns an element, every eighth in order; "
            f"{speed.gather_at_random * 1e9:.2f} at random",
        )
        table.add_row("a NumPy call", f"{speed.call * 1e9:,.0f} ns, on {machine.FEW} elements")
        self.paper.print(table)
        self.say(
            f"The floor: all {len(COLUMNS)} columns of a borrower ({ROW} bytes) read once and "
            "written once for every month in which its loan is open, at the speed of the copy. No "
            "engine on columns that touches each fact once a month is faster in one process; one "
            "that leaves columns alone could be.\n"
        )

    def oracle(self) -> None:
        """Print how many times as fast as the second program the engine is."""
        few, months = self.scale.of(300), self.scale.during(36)
        many = tuple(self.scale.of(borrowers) for borrowers in (100_000, 1_000_000))
        table = self.table(
            f"Against one SimPy process a borrower: {few:,} of them, {count(months, 'month')}",
            "mechanisms, tables",
            "oracle\nns",
            *(heading for size in many for heading in (f"engine ns\n{size:,}", "times\nas fast")),
        )
        for name, on in (("core", CORE), ("all", EVERYTHING)):
            for tables, ran in zip(("cold", "warm"), race(on, few, many, months), strict=True):
                figures = (
                    each
                    for seconds in ran.engine.values()
                    for each in (nanoseconds(seconds), f"{ran.oracle / seconds:,.0f}")
                )
                table.add_row(f"{name}, {tables}", nanoseconds(ran.oracle), *figures)
        self.paper.print(table)
        self.say("Nanoseconds of processor time a borrower-month.\n")

    def engine(self) -> None:
        """Print what a borrower-month costs as books grow in size, months, lateness, replicas."""
        table = self.table(
            "The engine, every mechanism at work, no burn-in, one process",
            "what",
            *("open\n%", "late\n%", "ns a\nb-month", "million\nb-m/s", "bytes a\nborrower"),
            *("floor\nns", "times\nfloor"),
        )
        for group in (self.sizes, self.horizons, self.lateness, self.side_by_side):
            for what, run in group():
                table.add_row(what, *self.figures(run))
            table.add_section()
        self.paper.print(table)
        self.say(
            "b-month: a borrower-month, whether the loan is still open or not; open: the share in "
            "which it is; late: of these, in arrears at the month's end. Bytes: the peak of a "
            "process of its own above what it held before, where it had one.\n"
        )

    def sizes(self) -> Rows:
        """Run books of several sizes, each in a process of its own."""
        months = self.scale.during(36)
        for borrowers in map(self.scale.of, (10_000, 100_000, 1_000_000)):
            run = alone(engine, borrowers, months)
            yield f"{borrowers:,} x {count(months, 'month')}", run

    def horizons(self) -> Rows:
        """Run one size for longer and longer."""
        borrowers = self.scale.of(100_000)
        for months in map(self.scale.during, (12, 24, 36, 60)):
            yield (
                f"{borrowers:,} x {count(months, 'month')}",
                without_peak(engine(borrowers, months)),
            )

    def lateness(self) -> Rows:
        """Run one size with hardly anybody late, and with more and more."""
        borrowers, months = self.scale.of(100_000), self.scale.during(24)
        for name, changes in LATENESS.items():
            on = (EVERYTHING[0] | changes, EVERYTHING[1])
            yield (
                f"{borrowers:,} x {months}, {name}",
                without_peak(engine(borrowers, months, on)),
            )

    def side_by_side(self) -> Rows:
        """Run replicas in one book, and as many borrowers as one replica."""
        borrowers, months = self.scale.of(10_000), self.scale.during(36)
        for replicas, each in ((1, borrowers), (30, borrowers), (1, 30 * borrowers)):
            run = engine(each, months, replicas=replicas)
            yield f"{count(replicas, 'replica')} of {each:,} x {months}", without_peak(run)

    def figures(self, run: Run) -> tuple[str, ...]:
        """Return the cells of a run; a dash for what was not measured."""
        floor = run.traffic(self.bandwidth)
        return (
            f"{run.active:.0%}".rstrip("%"),
            f"{run.late:.0%}".rstrip("%"),
            nanoseconds(run.each),
            f"{1e-6 / run.each:.2f}",
            "-" if run.bytes_each is None else f"{run.bytes_each:,.0f}",
            nanoseconds(floor),
            f"{run.each / floor:,.0f}" if floor else "-",
        )

    def replicas(self) -> None:
        """Print that whole replicas one after another take linear time and bounded memory."""
        borrowers, months = self.scale.of(100_000), self.scale.during(36)
        table = self.table(
            f"Ten replicas of {borrowers:,} x {count(months, 'month')}, one after another in one "
            f"process, each after {self.burn_in()}",
            "",
            *("ns a\nb-month", "peak so far\nMB", "bytes a borrower\nof one replica"),
        )
        size = (10, borrowers, months, self.scale.during(BURN_IN))
        for number, run in enumerate(alone(whole_replicas, *size), start=1):
            peak = "-" if run.peak is None else f"{run.peak / 1e6:,.0f}"
            each = "-" if run.bytes_each is None else f"{run.bytes_each:,.0f}"
            table.add_row(f"replica {number}", nanoseconds(run.each), peak, each)
        self.paper.print(table)
        self.say("The burn-in's time is in it, its months are not counted.\n")

    def batches(self) -> None:
        """Print what policies cost in one batch, which shares its burn-in, and each in its own."""
        borrowers, months = self.scale.of(50_000), self.scale.during(24)
        table = self.table(
            f"Policies in one batch of {borrowers:,} x {count(months, 'month')}, which shares "
            f"{self.burn_in()}",
            "",
            *("one batch\ns", "a batch each\ns", "ratio"),
        )
        for policies in (1, 2, 5):
            size = (borrowers, months, self.scale.during(BURN_IN))
            together, apart = shared_burn_in(*size, policies)
            figures = (f"{together:.2f}", f"{apart:.2f}", f"{together / apart:.2f}")
            table.add_row(count(policies, "policy", "policies"), *figures)
        self.paper.print(table)
        self.say("Seconds of processor time, origination with it.\n")

    def programs(self) -> None:
        """Print how long people wait, by the clock on the wall."""
        large, months = self.scale.of(10_000), self.scale.during(36)
        small, two_years = self.scale.of(2_000), self.scale.during(24)
        table = self.table(
            f"Whole programs, every mechanism at work, {self.burn_in()}, by the clock on the wall",
            *("what", "s", "meant\ns"),
        )
        many, few = (large, months, 5, 30), (small, two_years, 4, 10)
        rows = (
            (f"study in {JOBS} jobs:", partial(study_seconds, JOBS), many, "-"),
            ("forbear run, cold:", command_seconds, few, "4"),
            ("one policy changed, --results:", changed_command_seconds, few, "-"),
            ("one policy changed, in memory:", changed_in_memory_seconds, few, "1"),
        )
        for what, seconds, (borrowers, during, policies, replicas), meant in rows:
            scenario = study(borrowers, during, self.scale.during(BURN_IN), policies, replicas)
            size = f"{borrowers:,} x {count(during, 'month')} x {policies} policies"
            took = f"{seconds(scenario):.2f}"
            table.add_row(f"{what} {size} x {replicas} replicas", took, meant)
        libraries, ours = import_seconds()
        table.add_row(f"importing {LIBRARIES}", f"{libraries:.2f}", "-")
        table.add_row("importing what a run needs above that", f"{ours:.2f}", "-")
        self.paper.print(table)
        self.say("meant: what they were to take at full scale, by design, on two cores.\n")

    def burn_in(self) -> str:
        """Return how long the burn-in is, in words."""
        return f"{count(self.scale.during(BURN_IN), 'month')} of burn-in"

    def table(self, title: str, *headings: str, left: int = 1) -> Table:
        """Print a title; return a table whose first ``left`` columns are words, others numbers."""
        self.paper.print(title, style="bold", highlight=False)
        table = Table(box=box.SIMPLE_HEAD, show_header=any(headings), pad_edge=False)
        for position, heading in enumerate(headings):
            words = position < left
            table.add_column(heading, justify="left" if words else "right", no_wrap=not words)
        return table


SECTIONS: Final[dict[str, Callable[[Report], None]]] = {
    "oracle": Report.oracle,
    "engine": Report.engine,
    "replicas": Report.replicas,
    "batches": Report.batches,
    "programs": Report.programs,
}
"""The parts of the report by the name that ``--only`` takes."""


def nanoseconds(seconds: float) -> str:
    """Return a time in nanoseconds, whole ones where there are many."""
    return f"{seconds * 1e9:,.0f}" if seconds >= 1e-8 else f"{seconds * 1e9:.1f}"


def count(number: int, one: str, many: str = "") -> str:
    """Return so many of them, in words."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def without_peak(run: Run) -> Run:
    """Return a run of a process that others ran in before: its peak may be theirs."""
    return Run(run.borrowers, run.months, run.seconds, run.active, run.late, None)
