"""``forbear verify``: is a run record what was written, and does its scenario still give it?"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

from sim.doors.cli.options import add_language_and_jobs, progress
from sim.show.language import Language

EXAMPLES = """\
examples:
  forbear verify runs/relief_options
  forbear verify runs/relief_options --no-run
  forbear verify runs/relief_options --jobs 2 --lang zh

exit codes: 0 confirmed, all of it; 1 something differs or could be held against nothing, and it
says what; 2 not a run record, or one of another format; 3 the rerun broke
"""

DIFFERS = 1


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """``verify`` is among the commands."""
    parser = commands.add_parser(
        "verify",
        help="hold a run record against itself and against its scenario run again",
        description="Find out whether a run record is what was written: every file against its\n"
        "checksum, the numbers against each other, the versions against those here. Then run its\n"
        "scenario again and hold the digest and every table against what it gives.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("record", type=Path, metavar="RUN", help="the folder of a run record")
    parser.add_argument("--no-run", action="store_true", help="look at the record alone")
    add_language_and_jobs(parser, "findings")
    parser.add_argument("--quiet", action="store_true", help="nothing on standard error but errors")
    parser.set_defaults(command=run)


def run(chosen: argparse.Namespace) -> int:
    """Verify the record and say what was found; 1 if anything differs."""
    from sim.experiment.verification import verify
    from sim.show.folding import fold
    from sim.show.verification import lines

    with progress(shown=not chosen.quiet and sys.stderr.isatty()) as bar:
        found = verify(chosen.record, run=not chosen.no_run, jobs=chosen.jobs, progress=bar)
    width = shutil.get_terminal_size().columns
    for line in lines(found, Language(chosen.lang), run=not chosen.no_run):
        indent = " " * (len(line) - len(line.lstrip(" ")))
        print(fold(line, width, first=indent, then=indent and 2 * indent))
    print(f"\ndigest {found.digest}")
    return 0 if found.is_confirmed else DIFFERS
