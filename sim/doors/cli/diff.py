"""``forbear diff``: what changed between two run records, and what of it is more than noise."""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

from sim.show.language import CODES

EXAMPLES = """\
examples:
  forbear diff runs/before runs/after
  forbear diff runs/before runs/after --all --lang zh
  forbear diff runs/before runs/after --markdown
  forbear diff runs/before runs/after --json

exit codes: 0 nothing differs beyond noise; 1 something does; 2 the input is wrong
"""

DIFFERS = 1


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """``diff`` is among the commands."""
    parser = commands.add_parser(
        "diff",
        help="tell what changed between two run records",
        description="Tell what changed from one run record to another: parameters, policies,\n"
        "versions, size, and what the policies do, where that is more than noise. The same luck\n"
        "is compared replica by replica, different luck as independent samples.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("before", type=Path, metavar="RUN_A", help="the folder of a run record")
    parser.add_argument("after", type=Path, metavar="RUN_B", help="that of another")
    parser.add_argument("--all", action="store_true", help="show every metric, moved or not")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print JSON instead, of every metric")
    form.add_argument(
        "--markdown", action="store_true", help="print Markdown instead, for whoever reviews it"
    )
    parser.add_argument("--lang", choices=CODES, default="en", help="language of the findings")
    parser.set_defaults(command=run)


def run(chosen: argparse.Namespace) -> int:
    """Print what changed; 1 if anything does beyond noise."""
    from sim.experiment import record
    from sim.experiment.drift import as_table, drift
    from sim.show.drift import markdown, print_drift, spoken

    found = drift(record.read(chosen.before), record.read(chosen.after))
    language = spoken(found, chosen.lang)
    if chosen.json:
        print(json.dumps(as_table(found), ensure_ascii=False, allow_nan=False))
    elif chosen.markdown:
        print(markdown(found, language, everything=chosen.all), end="")
    else:
        from rich.console import Console

        console = Console(width=shutil.get_terminal_size().columns)  # 80 where there is no terminal
        print_drift(found, language, console, everything=chosen.all)
    return DIFFERS if found.beyond_noise else 0
