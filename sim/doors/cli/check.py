"""``forbear check``: say of each scenario file whether it holds, and what is wrong with it."""

from __future__ import annotations

import argparse
import sys

EXAMPLES = """\
examples:
  forbear check scenarios/relief_options.toml
  forbear check scenarios/*.toml
"""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """``check`` is among the commands."""
    parser = commands.add_parser(
        "check",
        help="validate scenario files",
        description="Validate scenario files without running them: a line for each on standard\n"
        "output, every problem of each on standard error.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("files", nargs="+", metavar="FILE", help="a file, or shipped:NAME")
    parser.set_defaults(command=run)


def run(chosen: argparse.Namespace) -> int:
    """Check every file, the ones after a wrong one too; 2 if any is wrong."""
    from sim.scenario.load import ScenarioError, load

    wrong = 0
    for file in chosen.files:
        try:
            load(file)
        except ScenarioError as error:
            wrong += 1
            count = len(error.problems)
            print(f"{file}: {count} problem{'s' if count > 1 else ''}")
            print(error, file=sys.stderr)
        else:
            print(f"{file}: ok")
    return 2 if wrong else 0
