"""What several commands share: options that are the same everywhere, and the bar of progress."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sim.show.language import CODES


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


@contextmanager
def progress(*, shown: bool) -> Iterator[Callable[[int, int], None] | None]:
    """Draw a bar on standard error while inside; give what moves it, or None if not shown."""
    if not shown:
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), *Progress.get_default_columns()[:-1], TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("simulating", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
