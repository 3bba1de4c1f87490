"""``forbear check``: do scenario files hold together, and does a run show what they expect?"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sim.doors.cli.options import add_language_and_jobs, progress
from sim.doors.cli.run import WORLD_OPTIONS
from sim.show.language import Language

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sim.experiment.drift import Drift
    from sim.experiment.expectations import Checked
    from sim.experiment.record import Record

EXAMPLES = """\
examples:
  forbear check scenarios/*.toml --no-run
  forbear check scenarios/relief_options.toml
  forbear check shipped:relief_options --replicas 30 --lang zh
  forbear check scenarios/penalty_waiver.toml --junit out.xml --markdown summary.md

For a CI: --junit is what GitLab, Jenkins and others read, --markdown a table fit for a pull
request, --json for programs; - stands for standard output, where nothing else goes then. In GitHub
Actions failures are marked in the files, and the table is added to the job's summary.

exit codes: 0 every expectation held; 1 one failed or was not proven, or (--against) something moved
beyond noise; 2 a file is wrong; 3 a run broke
"""

NOT_HELD = 1
WRONG = 2
BROKE = 3
FORMS = ("junit", "markdown", "json")
PRINTED = "-"


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """``check`` is among the commands."""
    parser = commands.add_parser(
        "check",
        help="validate scenario files and hold them to what they expect",
        description="Validate scenario files, every problem of each on standard error. If all are\n"
        "right, run those that say what they expect ([[expect]]) and hold them to it: an\n"
        "expectation holds only if the run proves it; not proven is not passed.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("files", nargs="+", metavar="FILE", help="a file, or shipped:NAME")
    parser.add_argument("--no-run", action="store_true", help="validate only")
    for option in WORLD_OPTIONS:
        parser.add_argument(
            f"--{option}", type=int, metavar="N", help=f"in place of each file's world.{option}"
        )
    for form, what in (
        ("junit", "JUnit XML"),
        ("markdown", "a Markdown table"),
        ("json", "JSON"),
    ):
        parser.add_argument(f"--{form}", metavar="FILE", help=f"write {what}; - prints it")
    parser.add_argument(
        "--against",
        type=Path,
        metavar="RECORD",
        help="of one file: tell what changed since the run of this record, too",
    )
    parser.add_argument(
        "--results", type=Path, metavar="FOLDER", help="keep results there, as forbear run does"
    )
    add_language_and_jobs(parser, "outcomes")
    parser.set_defaults(command=run)


def run(chosen: argparse.Namespace) -> int:
    """Check every file; 2 if one is wrong, else run them, and 1 unless all they expect held."""
    from sim.parameter import ForbearError

    if [getattr(chosen, form) for form in FORMS].count(PRINTED) > 1:
        raise ForbearError("--junit, --markdown, --json: only one can be printed")
    if chosen.against and len(chosen.files) > 1:
        raise ForbearError("--against: goes with one file")
    if chosen.against and chosen.no_run:
        raise ForbearError("--against: needs the run that --no-run leaves out")
    check_writable(chosen)
    before = read_record(chosen.against) if chosen.against else None
    checks = [read(file, chosen) for file in dict.fromkeys(chosen.files)]
    wrong = any(check.problems for check in checks)
    if not wrong and not chosen.no_run:
        checks = [held_to_it(check, chosen) for check in checks]
        if before:
            checks = [held_against(check, before) for check in checks]
    write(checks, chosen)
    if wrong:
        return WRONG
    if chosen.no_run:
        return 0
    if any(check.broke for check in checks):
        return BROKE
    done = [outcome for check in checks for outcome in check.outcomes]
    if sum(bool(check.outcomes) for check in checks) > 1:
        from sim.show.expectations import counted

        say(counted(done, Language(chosen.lang)), chosen)
    moved = [check.drift for check in checks if check.drift]
    for found in moved:
        show_drift(found, chosen)
    held = all(outcome.verdict == "held" for outcome in done)
    return 0 if held and not any(found.beyond_noise for found in moved) else NOT_HELD


def say(text: str, chosen: argparse.Namespace) -> None:
    """Print a line for people, unless standard output is for a program."""
    if PRINTED not in [getattr(chosen, form) for form in FORMS]:
        print(text)


def read(file: str, chosen: argparse.Namespace) -> Checked:
    """Return a file with its scenario or with its problems; say which."""
    from sim.experiment.expectations import Checked
    from sim.scenario.load import ScenarioError, load

    world = {option: getattr(chosen, option) for option in WORLD_OPTIONS}
    overrides = {f"world.{key}": value for key, value in world.items() if value is not None}
    try:
        scenario = load(file, overrides)
    except ScenarioError as error:
        count = len(error.problems)
        say(f"{file}: {count} problem{'s' if count > 1 else ''}", chosen)
        print(error, file=sys.stderr)
        return Checked(file, problems=tuple(str(problem) for problem in error.problems))
    say(f"{file}: ok", chosen)
    return Checked(file, scenario)


def held_to_it(check: Checked, chosen: argparse.Namespace) -> Checked:
    """Run a scenario that expects something and print what became of each expectation."""
    from rich.console import Console

    from sim.experiment.expectations import Checked, checked
    from sim.experiment.results_folder import InFolder
    from sim.experiment.workers import WorkerError
    from sim.show.checks import told
    from sim.show.expectations import counted, print_lines

    scenario = check.scenario
    assert scenario is not None, "only files that are right are run"
    whole = chosen.against is not None
    if not scenario.expectations and not whole:
        return check
    store = InFolder(chosen.results) if chosen.results else None
    try:
        with progress(shown=sys.stderr.isatty()) as report:
            done = checked(
                check.file, scenario, whole=whole, jobs=chosen.jobs, progress=report, store=store
            )
    except WorkerError as error:
        print(f"{check.file}: {error}", file=sys.stderr)
        return Checked(check.file, scenario, broke=str(error))
    if done.outcomes and PRINTED not in [getattr(chosen, form) for form in FORMS]:
        language = Language(chosen.lang, scenario.world.currency)
        tally = counted(done.outcomes, language)
        print(language.say("expect.of", file=check.file, tally=tally))
        # a line each where nobody's screen is to be filled
        width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 10_000
        lines = [(each.verdict, told(done, each, language)) for each in done.outcomes]
        print_lines(lines, language, Console(width=width))
    return done


def read_record(folder: Path) -> Record:
    """Return a record, before anything is run: RecordError where there is none."""
    from sim.experiment import record

    return record.read(folder)


def held_against(check: Checked, before: Record) -> Checked:
    """Return a file with what changed since a record, unless its run broke."""
    from dataclasses import replace

    from sim.experiment.drift import against

    return replace(check, drift=against(check.comparison, before)) if check.comparison else check


def show_drift(found: Drift, chosen: argparse.Namespace) -> None:
    """Tell people what changed since a record."""
    from rich.console import Console

    from sim.show.drift import print_drift, spoken

    console = Console(
        width=shutil.get_terminal_size().columns,
        stderr=PRINTED in [getattr(chosen, form) for form in FORMS],
    )
    print_drift(found, spoken(found, chosen.lang), console)


def check_writable(chosen: argparse.Namespace) -> None:
    """Raise ForbearError, before anything is run, where a form cannot be written."""
    from sim.parameter import ForbearError

    for form in FORMS:
        path = getattr(chosen, form)
        if path and path != PRINTED:
            place = Path(path) if Path(path).exists() else Path(path).absolute().parent
            if Path(path).is_dir() or not os.access(place, os.W_OK):
                raise ForbearError(f"--{form} {path}: cannot be written there")


def write(checks: Sequence[Checked], chosen: argparse.Namespace) -> None:
    """Write or print each form that was asked for, and tell GitHub where it runs this."""
    from sim.doors.cli.page import put
    from sim.show.checks import as_tables, github_commands, junit, markdown

    made: dict[str, Callable[[], str]] = {
        "junit": lambda: junit(checks, chosen.lang),
        "markdown": lambda: markdown(checks, chosen.lang),
        "json": lambda: json.dumps(as_tables(checks), ensure_ascii=False, indent=2) + "\n",
    }
    for form, make in made.items():
        if path := getattr(chosen, form):
            put(make(), path)
    if os.environ.get("GITHUB_ACTIONS") == "true":
        for line in github_commands(checks, chosen.lang):
            say(line, chosen)
        if summary := os.environ.get("GITHUB_STEP_SUMMARY"):
            with Path(summary).open("a", encoding="utf-8") as page:
                page.write(markdown(checks, chosen.lang))
