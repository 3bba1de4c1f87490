"""``forbear evidence``: does the model give what was found in the world?"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.doors.cli.options import add_language_and_jobs, at_least_one, progress
from sim.doors.cli.page import put
from sim.show.language import Language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.experiment.evidence import Trial

EXAMPLES = """\
examples:
  forbear evidence
  forbear evidence 01_moratorium_trial --size small
  forbear evidence --no-run --lang zh
  forbear evidence --markdown -
  forbear evidence --sensitivity --resume sensitivity.jsonl

exit codes: 0 every finding lies in its band, or its file says why it does not; 1 one does not, or
does although its file says why it would not; 2 a file is wrong. A run of --sensitivity gives 0.
"""

NOT_AS_SAID = 1


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """``evidence`` is among the commands."""
    parser = commands.add_parser(
        "evidence",
        help="hold the model against published findings",
        description="Run scenarios that stand for published findings ([evidence] in a file) and\n"
        "print what was published, the band the model should lie in, and what it gives.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "files", nargs="*", metavar="FILE", help="files, or names of those that come along: all"
    )
    parser.add_argument(
        "--no-run", action="store_true", help="run nothing: list what there is to run"
    )
    parser.add_argument(
        "--size",
        choices=("full", "small"),
        default="full",
        help="small: a fifth of the replicas, at least 5; more noise",
    )
    for option in ("replicas", "seed"):
        parser.add_argument(
            f"--{option}", type=int, metavar="N", help=f"in place of each file's world.{option}"
        )
    parser.add_argument(
        "--sensitivity",
        action="store_true",
        help="run all with each assumption at both ends of what is plausible: long",
    )
    parser.add_argument(
        "--shrink",
        type=at_least_one,
        metavar="N",
        help="with --sensitivity: an N-th of the borrowers x replicas of each file, default 10",
    )
    parser.add_argument(
        "--resume",
        type=Path,
        metavar="FILE",
        help="with --sensitivity: keep results in FILE and take up those that are there; delete "
        "it when the program has changed",
    )
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print JSON instead")
    form.add_argument("--markdown", metavar="FILE", help="write the whole page; - prints it")
    add_language_and_jobs(parser, "table")
    parser.set_defaults(command=run)


def run(chosen: argparse.Namespace) -> int:
    """Run and print; 1 if a finding lies where its file does not say it would."""
    from sim.experiment.evidence import as_tables, hold, read, shipped

    files = chosen.files or shipped()
    world = {option: getattr(chosen, option) for option in ("replicas", "seed")}
    overrides = {f"world.{key}": value for key, value in world.items() if value is not None}
    if chosen.sensitivity:
        return _sensitivity(chosen, files, overrides)
    trials = read(files, overrides, size=chosen.size)
    if not chosen.no_run:
        with progress(shown=sys.stderr.isatty()) as report:
            trials = hold(trials, jobs=chosen.jobs, progress=report)
    if chosen.json:
        print(json.dumps(list(as_tables(trials)), ensure_ascii=False, indent=2))
    elif chosen.markdown:
        from sim.show.evidence_page import page

        put(page(trials, Language(chosen.lang, _currency(trials))), chosen.markdown)
    else:
        from rich.console import Console

        from sim.show.evidence import print_evidence

        console = Console(width=shutil.get_terminal_size().columns)  # 80 without a terminal
        print_evidence(trials, Language(chosen.lang, _currency(trials)), console)
    as_said = all(each.is_as_said for trial in trials for each in trial.measured)
    return 0 if chosen.no_run or as_said else NOT_AS_SAID


def _sensitivity(
    chosen: argparse.Namespace, files: Sequence[str], overrides: dict[str, Any]
) -> int:
    from sim.experiment.sensitivity import FRACTION, as_table, assumptions, sensitivity
    from sim.show.sensitivity import lines, page, ranges

    if chosen.no_run:
        print("\n".join(ranges(assumptions(), Language(chosen.lang))))
        return 0
    with progress(shown=sys.stderr.isatty()) as report:
        found = sensitivity(
            files,
            assumptions(),
            overrides=overrides,
            fraction=chosen.shrink or FRACTION,
            jobs=chosen.jobs,
            resume=chosen.resume,
            progress=report,
        )
    language = Language(chosen.lang, _currency(found.trials))
    if chosen.json:
        print(json.dumps(as_table(found), ensure_ascii=False, indent=2))
    elif chosen.markdown:
        put(page(found, language), chosen.markdown)
    else:
        print("\n".join(lines(found, language)))
    return 0


def _currency(trials: Sequence[Trial]) -> str:
    return trials[0].scenario.world.currency
