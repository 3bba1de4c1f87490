"""What several commands share: options that are the same everywhere, and the bar of progress."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sim.show.language import CODES

if TYPE_CHECKING:
    from rich.progress import Progress


def add_language_and_jobs(parser: argparse.ArgumentParser, spoken: str) -> None:
    """Add --lang, the language of what is ``spoken``, and --jobs."""
    parser.add_argument("--lang", choices=CODES, default="en", help=f"language of the {spoken}")
    parser.add_argument(
        "--jobs",
        type=at_least_one,
        default=usable_processors(),
        metavar="N",
        help="processes to use, default %(default)s; the numbers do not depend on it",
    )


def at_least_one(text: str) -> int:
    """Return the number, which an argument needs to be whole and 1 or more."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of at least 1")
    return int(text)


def usable_processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):  # not on macOS or Windows
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def half_width(text: str) -> tuple[str, float]:
    """Return a metric's name and how exactly it is to be known, of ``METRIC=HALF_WIDTH``."""
    from math import isfinite

    from sim.scenario.measured import METRIC_UNITS
    from sim.scenario.problems import nearest

    metric, _, number = text.partition("=")
    if metric not in METRIC_UNITS:
        hint = nearest(metric, METRIC_UNITS) or "; forbear describe expect lists them all"
        raise argparse.ArgumentTypeError(f"{text!r}: no metric is called {metric!r}{hint}")
    try:
        width = float(number)
    except ValueError:
        width = 0.0
    if not (isfinite(width) and width > 0):
        rule = f"after {metric}= there must be a number above 0, such as {metric}=0.001"
        raise argparse.ArgumentTypeError(f"{text!r}: {rule}")
    return metric, width


def minutes(text: str) -> float:
    """Return the number of minutes, which must be above 0."""
    from math import isfinite

    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not (isfinite(number) and number > 0):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of minutes above 0")
    return number


class Bar:
    """A bar of progress: called with the units done and in total, it moves."""

    def __init__(self, bar: Progress) -> None:
        """Add a task to the bars of a terminal."""
        self._bar = bar
        self._task = bar.add_task("simulating", total=None)

    def __call__(self, done: int, total: int) -> None:
        """Move to so many units of so many."""
        self._bar.update(self._task, completed=done, total=total)

    def describe(self, text: str) -> None:
        """Say what is going on."""
        self._bar.update(self._task, description=text)


@contextmanager
def progress(*, shown: bool) -> Iterator[Bar | None]:
    """Draw a bar on standard error while inside; give what moves it, or None if not shown."""
    if not shown:
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), *Progress.get_default_columns()[:-1], TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        yield Bar(bar)
