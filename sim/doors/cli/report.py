"""``forbear report``: a run record as a page for people who decide, or as tables."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from sim.show.language import CODES, Language

EXAMPLES = """\
examples:
  forbear report runs/relief_options
  forbear report runs/relief_options --lang zh --out relief.html
  forbear report runs/relief_options --format md --out -
  forbear report runs/relief_options --format xlsx

The page holds both languages and opens without a network; --lang says which it opens in. A record
whose digest does not follow from its numbers is refused; what another program made of the same
numbers is told where it differs.

exit codes: 0 done; 2 not a run record, or it cannot be written there
"""

FORMATS = ("html", "csv", "md", "xlsx")


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """``report`` is among the commands."""
    parser = commands.add_parser(
        "report",
        help="make a page of a run record, for those who decide",
        description="Write one HTML file of a run record: verdict, charts, tables, who gains and\n"
        "who loses, assumptions with sources, limits, and the command that gives the same numbers.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("record", type=Path, metavar="RUN", help="the folder of a run record")
    parser.add_argument("--format", choices=FORMATS, default="html", help="default %(default)s")
    parser.add_argument(
        "--out", metavar="FILE", help="default RUN.html beside the record; - prints (not xlsx)"
    )
    parser.add_argument("--lang", choices=CODES, default="en", help="default %(default)s")
    parser.set_defaults(command=run)


def run(chosen: argparse.Namespace) -> int:
    """Read the record, write what was asked for."""
    from sim.experiment.atomic import write_file
    from sim.experiment.record import comparison_of
    from sim.parameter import ForbearError
    from sim.show.report import report
    from sim.show.sheets import as_csv, as_markdown, as_workbook
    from sim.show.verification import origin

    comparison, record = comparison_of(chosen.record)
    command = record.summary.command
    language = Language(chosen.lang, comparison.scenario.world.currency)
    told = origin(record, language)
    for line in told:  # a table of CSV has no room for it
        print(line, file=sys.stderr)
    content: str | bytes
    if chosen.format == "html":
        content = report(comparison, command, first=chosen.lang, record=record)
    elif chosen.format == "md":
        content = as_markdown(comparison, language, command, told)
    elif chosen.format == "csv":
        content = as_csv(comparison, language)
    else:
        content = as_workbook(comparison, language, told)
    if chosen.out == "-":
        if isinstance(content, bytes):
            raise ForbearError("--out -: a workbook is no text: name a file")
        print(content, end="")
        return 0
    folder = Path(chosen.record)
    path = (
        Path(chosen.out)
        if chosen.out
        else folder.absolute().with_name(f"{folder.absolute().name}.{chosen.format}")
    )
    try:
        write_file(path, content)
    except OSError as error:
        raise ForbearError(f"{path}: cannot be written: {error.strerror or error}") from error
    print(f"forbear: the report is in {path}", file=sys.stderr)
    return 0
