"""``forbear run``: simulate all policies of a scenario and print how they compare."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sim.doors.cli.options import add_language_and_jobs, progress
from sim.show.language import Code, Language

if TYPE_CHECKING:
    from sim.experiment.compare import Comparison

EXAMPLES = """\
examples:
  forbear run scenarios/relief_options.toml
  forbear run shipped:relief_options --replicas 5 --borrowers 500 --months 12
  forbear run shipped:relief_options --lang zh --no-record
"""

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
    add_language_and_jobs(parser, "comparison")
    kept = parser.add_mutually_exclusive_group()
    kept.add_argument(
        "--out", type=Path, metavar="FOLDER", help="where the record goes, default runs/NAME"
    )
    kept.add_argument("--no-record", action="store_true", help="keep no record of the run")
    parser.add_argument("--quiet", action="store_true", help="nothing on standard error but errors")
    parser.set_defaults(command=run)


def run(chosen: argparse.Namespace) -> int:
    """Compare, keep the record, print the comparison; the last line printed is the digest."""
    from sim.experiment import record
    from sim.experiment.compare import compare
    from sim.scenario.load import load

    world = {option: getattr(chosen, option) for option in WORLD_OPTIONS}
    overrides = {f"world.{key}": value for key, value in world.items() if value is not None}
    scenario = load(chosen.file, overrides)
    folder = None if chosen.no_record else chosen.out or default_folder(chosen.file)
    if folder:
        record.check_replaceable(folder)  # now, not after a long run
    with progress(shown=not chosen.quiet and sys.stderr.isatty()) as report:
        comparison = compare(scenario, jobs=chosen.jobs, progress=report)
    try:
        if folder:
            replaced = "; it replaces the one before" if folder.exists() else ""
            record.write(comparison, folder, chosen.typed)
            if not chosen.quiet:
                print(f"forbear: the record of this run is in {folder}{replaced}", file=sys.stderr)
    finally:  # a record that cannot be written does not cost the reader the result
        if chosen.json:
            print(json.dumps(record.summary_of(comparison, chosen.typed), ensure_ascii=False))
        else:
            show(comparison, chosen.lang, everything=chosen.all)
    return 0


def show(comparison: Comparison, language: Code, *, everything: bool) -> None:
    """Print a comparison and its digest."""
    from rich.console import Console

    from sim.experiment.expectations import outcomes
    from sim.show.expectations import print_expectations
    from sim.show.tables import print_comparison

    spoken = Language(language, comparison.scenario.world.currency)
    console = Console(width=shutil.get_terminal_size().columns)  # 80 where there is no terminal
    print_comparison(comparison, spoken, console, everything=everything)
    if comparison.scenario.expectations:
        print(f"\n{spoken.say('expect.heading')}")
        print_expectations(comparison.scenario, outcomes(comparison), spoken, console)
    print(f"\ndigest {comparison.digest}")


def default_folder(file: str) -> Path:
    """Return where the record of ``file`` goes: ``runs/`` and its name, in the current folder."""
    return Path("runs", Path(file.removeprefix("shipped:")).stem)
