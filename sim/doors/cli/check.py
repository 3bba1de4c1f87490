"""``forbear check``: do scenario files hold together, and does a run show what they expect?"""

from __future__ import annotations

import argparse
import shutil
import sys
from typing import TYPE_CHECKING

from sim.doors.cli.options import add_language_and_jobs, progress
from sim.doors.cli.run import WORLD_OPTIONS
from sim.show.language import Language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sim.experiment.expectations import Outcome
    from sim.scenario.schema import Scenario

EXAMPLES = """\
examples:
  forbear check scenarios/*.toml --no-run
  forbear check scenarios/relief_options.toml
  forbear check shipped:relief_options --replicas 30 --lang zh

exit codes: 0 every expectation held; 1 one failed or was not proven; 2 a file is wrong
"""

NOT_HELD = 1
WRONG = 2


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
    add_language_and_jobs(parser, "outcomes")
    parser.set_defaults(command=run)


def run(chosen: argparse.Namespace) -> int:
    """Check every file; 2 if one is wrong, else run them, and 1 unless all they expect held."""
    scenarios = validated(chosen)
    if scenarios is None:
        return WRONG
    if chosen.no_run:
        return 0
    done: list[Outcome] = []
    expecting = {file: each for file, each in scenarios.items() if each.expectations}
    for file, scenario in expecting.items():
        done += held_to_it(file, scenario, chosen)
    if len(expecting) > 1:
        from sim.show.expectations import counted

        print(counted(done, Language(chosen.lang)))
    return 0 if all(outcome.verdict == "held" for outcome in done) else NOT_HELD


def validated(chosen: argparse.Namespace) -> Mapping[str, Scenario] | None:
    """Return the scenarios by file, or None if any is wrong; say which are right."""
    from sim.scenario.load import ScenarioError, load

    world = {option: getattr(chosen, option) for option in WORLD_OPTIONS}
    overrides = {f"world.{key}": value for key, value in world.items() if value is not None}
    right = {}
    for file in chosen.files:
        try:
            right[file] = load(file, overrides)
        except ScenarioError as error:
            count = len(error.problems)
            print(f"{file}: {count} problem{'s' if count > 1 else ''}")
            print(error, file=sys.stderr)
        else:
            print(f"{file}: ok")
    return right if len(right) == len(set(chosen.files)) else None


def held_to_it(file: str, scenario: Scenario, chosen: argparse.Namespace) -> tuple[Outcome, ...]:
    """Run a scenario and print what became of each of its expectations."""
    from rich.console import Console

    from sim.experiment.expectations import verify
    from sim.show.expectations import counted, print_expectations

    with progress(shown=sys.stderr.isatty()) as report:
        done = verify(scenario, jobs=chosen.jobs, progress=report)
    language = Language(chosen.lang, scenario.world.currency)
    print(language.say("expect.of", file=file, tally=counted(done, language)))
    # a line each where nobody's screen is to be filled
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 10_000
    print_expectations(scenario, done, language, Console(width=width))
    return done
