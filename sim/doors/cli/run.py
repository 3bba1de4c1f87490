"""``forbear run``: simulate all policies of a scenario and print how they compare."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sim.doors.cli.options import add_language_and_jobs, half_width, minutes, progress
from sim.show.language import Code, Language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.experiment.compare import Comparison, Running
    from sim.experiment.precision import Reach
    from sim.experiment.results_folder import InFolder
    from sim.scenario.schema import Scenario

EXAMPLES = """\
examples:
  forbear run scenarios/relief_options.toml
  forbear run shipped:relief_options --replicas 5 --borrowers 500 --months 12
  forbear run shipped:relief_options --lang zh --no-record
  forbear run shipped:relief_options --precision default_rate=0.001 --within 10
  forbear run shipped:relief_options --results runs/results

A half-width is in the metric's unit as in expectations: 0.001 of a rate is 0.1 points, 500 of money
is 5.00. Finished batches are kept in the folder of results: the same command, or one with another
policy or more replicas, simulates only what is not there.

exit codes: 0 done; 1 not as precise as --precision asks; 2 the input is wrong; 3 the run broke, or
a batch failed twice and is left out
"""

NOT_PRECISE = 1
INCOMPLETE = 3
WORLD_OPTIONS = ("replicas", "borrowers", "months", "seed")


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """``run`` is among the commands."""
    parser = commands.add_parser(
        "run",
        help="simulate a scenario's policies and compare them",
        description="Simulate every policy of a scenario on the same borrowers and the same luck,\n"
        "print how each compares with the baseline, and keep a record of the run.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", help="a scenario file, or shipped:NAME for one that comes along")
    for option in WORLD_OPTIONS:
        parser.add_argument(
            f"--{option}", type=int, metavar="N", help=f"in place of the file's world.{option}"
        )
    parser.add_argument("--all", action="store_true", help="show every metric, not the headline")
    parser.add_argument("--json", action="store_true", help="print the summary as JSON instead")
    parser.add_argument(
        "--precision",
        action="append",
        type=half_width,
        metavar="METRIC=HALF_WIDTH",
        help="add replicas until the 95%% interval of every policy's difference from the baseline "
        "is at most so wide to either side; may be given for several metrics",
    )
    parser.add_argument(
        "--within",
        type=minutes,
        metavar="MINUTES",
        help="with --precision: add no replicas that would take longer, default as long as it "
        "takes; those to begin with (--replicas) are had at any rate",
    )
    add_language_and_jobs(parser, "comparison")
    parser.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="run on the workers of this Dask scheduler, as tcp://HOST:8786, in place of --jobs",
    )
    kept = parser.add_mutually_exclusive_group()
    kept.add_argument(
        "--out", type=Path, metavar="FOLDER", help="where the record goes, default runs/NAME"
    )
    kept.add_argument("--no-record", action="store_true", help="keep no record of the run")
    parser.add_argument(
        "--results",
        type=Path,
        metavar="FOLDER",
        help="keep finished batches there and simulate none that is there; with --precision by "
        "default beside the record, runs/NAME.results",
    )
    parser.add_argument("--quiet", action="store_true", help="nothing on standard error but errors")
    parser.set_defaults(command=run)


def run(chosen: argparse.Namespace) -> int:
    """Compare, keep the record, print the comparison; the last line printed is the digest."""
    from sim.experiment import record
    from sim.scenario.load import load

    world = {option: getattr(chosen, option) for option in WORLD_OPTIONS}
    overrides = {f"world.{key}": value for key, value in world.items() if value is not None}
    scenario = load(chosen.file, overrides)
    asked = asked_for(chosen, scenario)
    folder = None if chosen.no_record else chosen.out or default_folder(chosen.file)
    if folder:
        record.check_replaceable(folder)  # now, not after a long run
    store = store_of(chosen, folder)
    comparison = compared(chosen, scenario, asked, store)
    if store and not chosen.quiet:
        found, simulated = comparison.found, comparison.simulated
        results = f"{found} of {found + simulated} results"
        tell(f"{results} (each a replica under a policy) were found in {store.folder}")
    try:
        if folder:
            replaced = "; it replaces the one before" if folder.exists() else ""
            record.write(comparison, folder, chosen.typed)
            if not chosen.quiet:
                tell(f"the record of this run is in {folder}{replaced}")
    finally:  # a record that cannot be written does not cost the reader the result
        if chosen.json:
            print(json.dumps(record.summary_of(comparison, chosen.typed), ensure_ascii=False))
        else:
            show(comparison, chosen.lang, everything=chosen.all)
    if comparison.failures:
        return INCOMPLETE
    return NOT_PRECISE if comparison.precision and not comparison.precision.is_reached else 0


def asked_for(chosen: argparse.Namespace, scenario: Scenario) -> dict[str, float]:
    """Return the half-width asked for of each metric; ForbearError where that makes no sense."""
    from sim.parameter import ForbearError

    asked = dict(chosen.precision or ())
    if len(asked) < len(chosen.precision or ()):
        raise ForbearError("--precision: give each metric once")
    if chosen.within is not None and not asked:
        raise ForbearError("--within: goes with --precision, which says when there is enough")
    if asked and len(scenario.policies) == 1:
        rule = "there is nothing to compare: the file has no policy but the baseline"
        raise ForbearError(f"{chosen.file}: --precision: {rule}")
    return asked


def store_of(chosen: argparse.Namespace, record: Path | None) -> InFolder | None:
    """Return where results are kept: where that is said, or, for precision, beside the record."""
    from sim.experiment.results_folder import InFolder
    from sim.parameter import ForbearError

    folder = chosen.results
    record = record and Path(os.path.abspath(record))
    if folder is None and chosen.precision and record:
        folder = record.with_name(f"{record.name}.results")
    if folder and record and Path(os.path.abspath(folder)).is_relative_to(record):
        raise ForbearError(f"--results {folder}: lies in the record's folder, {record}")
    return InFolder(folder, (lambda _: None) if chosen.quiet else tell) if folder else None


def compared(
    chosen: argparse.Namespace,
    scenario: Scenario,
    asked: dict[str, float],
    store: InFolder | None,
) -> Comparison:
    """Return the comparison, with as many replicas as the precision asked for takes."""
    from sim.experiment.compare import compare
    from sim.experiment.precision import precisely

    with progress(shown=not chosen.quiet and sys.stderr.isatty()) as bar:

        def describe(reaches: Sequence[Reach]) -> None:
            known = [each for each in reaches if each.half_width is not None]
            if bar and known:
                widest = max(known, key=lambda each: (each.half_width or 0.0) / each.asked)
                now = f"±{widest.half_width:.2g} of ±{widest.asked:g} asked"
                bar.describe(f"simulating ({widest.metric} {now})")

        running: Running = {
            "jobs": chosen.jobs,
            "progress": bar,
            "store": store,
            "incomplete": True,
            "scheduler": chosen.scheduler,
        }
        if not asked:
            return compare(scenario, **running)
        within = None if chosen.within is None else 60 * chosen.within
        return precisely(scenario, asked, within=within, on_round=describe, **running)


def tell(message: str) -> None:
    """Print a line for people on standard error."""
    print(f"forbear: {message}", file=sys.stderr)


def show(comparison: Comparison, language: Code, *, everything: bool) -> None:
    """Print a comparison and its digest."""
    from rich.console import Console

    from sim.experiment.expectations import outcomes
    from sim.show import completeness
    from sim.show.expectations import print_expectations
    from sim.show.folding import fold
    from sim.show.tables import print_comparison

    spoken = Language(language, comparison.scenario.world.currency)
    console = Console(width=shutil.get_terminal_size().columns)  # 80 where there is no terminal
    print_comparison(comparison, spoken, console, everything=everything)
    if comparison.scenario.expectations:
        print(f"\n{spoken.say('expect.heading')}")
        print_expectations(comparison.scenario, outcomes(comparison), spoken, console)
    told = list(completeness.failures(comparison, spoken))
    if comparison.precision:
        told += completeness.precision(comparison, comparison.precision, spoken)
    if told:
        print()
    for line in told:
        print(fold(line, console.width, first=""))
    print(f"\ndigest {comparison.digest}")


def default_folder(file: str) -> Path:
    """Return where the record of ``file`` goes: ``runs/`` and its name, in the current folder."""
    return Path("runs", Path(file.removeprefix("shipped:")).stem)
