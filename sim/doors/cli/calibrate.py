"""``forbear calibrate``: fit numbers of a book's world to what it is to show."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.doors.cli.options import add_language_and_jobs, at_least_one, progress
from sim.show.language import Language

if TYPE_CHECKING:
    from sim.experiment.calibrate import Fit

EXAMPLES = """\
examples:
  forbear calibrate my_targets.toml --write my_book.toml
  forbear calibrate my_targets.toml --replicas 5 --borrowers 1000
  forbear calibrate my_targets.toml --check

exit codes: 0 every fitted moment is met on luck held back and every parameter is determined;
1 not so, and the report says what and why; 2 the input is wrong
"""

NOT_HELD = 1
SIZES = ("replicas", "borrowers")


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """``calibrate`` is among the commands."""
    parser = commands.add_parser(
        "calibrate",
        help="fit numbers of a book to what it is to show",
        description="Fit the numbers of a book's world that a file names to the moments that it\n"
        "states, and say how far these determine them. What they leave open is said, not hidden.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", help="a calibration file, or shipped:calibration/NAME")
    parser.add_argument(
        "--evaluations",
        type=at_least_one,
        default=200,
        metavar="N",
        help="the most that the search may try, default %(default)s",
    )
    for option in SIZES:
        parser.add_argument(
            f"--{option}",
            type=int,
            metavar="N",
            help=f"in place of each scenario's world.{option}",
        )
    goal = parser.add_mutually_exclusive_group()
    goal.add_argument(
        "--check", action="store_true", help="fit nothing: do the moments hold for the book?"
    )
    goal.add_argument(
        "--write", type=Path, metavar="FILE", help="write the fitted book there as a preset"
    )
    parser.add_argument("--json", action="store_true", help="print the result as JSON instead")
    parser.add_argument(
        "--markdown", type=Path, metavar="FILE", help="write the report there as Markdown too"
    )
    add_language_and_jobs(parser, "report")
    parser.add_argument("--quiet", action="store_true", help="nothing on standard error but errors")
    parser.set_defaults(command=run)


def run(chosen: argparse.Namespace) -> int:
    """Fit or check, print the report, write what was asked for; 1 unless all of it holds."""
    from sim.experiment.calibrate import calibrate, check
    from sim.scenario.read_calibration import read_calibration
    from sim.show.calibration import markdown
    from sim.show.preset import check_replaceable, preset

    size = {key: getattr(chosen, key) for key in SIZES if getattr(chosen, key) is not None}
    calibration = read_calibration(chosen.file, size)
    if chosen.write:
        check_replaceable(chosen.write)  # now, not after a long run
    with progress(shown=not chosen.quiet and sys.stderr.isatty()) as report:
        if chosen.check:
            fit = check(calibration, jobs=chosen.jobs, progress=report)
        else:
            fit = calibrate(
                calibration, jobs=chosen.jobs, evaluations=chosen.evaluations, progress=report
            )
    language = Language(chosen.lang)
    try:
        if chosen.write:
            text = preset(chosen.write, calibration.file, fit.values, calibration.title)
            keep(chosen.write, text, "the fitted book", quiet=chosen.quiet)
        if chosen.markdown:
            keep(chosen.markdown, markdown(fit, language), "the report", quiet=chosen.quiet)
    finally:  # a file that cannot be written does not cost the reader the result
        if chosen.json:
            print(json.dumps(summary(fit), ensure_ascii=False))
        else:
            show(fit, language)
    return 0 if fit.holds else NOT_HELD


def show(fit: Fit, language: Language) -> None:
    """Print the report."""
    from rich.console import Console

    from sim.show.calibration import print_fit

    console = Console(width=shutil.get_terminal_size().columns)  # 80 where there is no terminal
    print_fit(fit, language, console)


def keep(path: Path, text: str, what: str, *, quiet: bool) -> None:
    """Put a text at a path, whole or not at all, and say so on standard error."""
    from sim.experiment.atomic import write_file
    from sim.parameter import ForbearError

    try:
        write_file(path, text)
    except OSError as error:
        reason = error.strerror or error
        raise ForbearError(f"{path}: {what} cannot be written: {reason}") from error
    if not quiet:
        print(f"forbear: {what} is in {path}", file=sys.stderr)


def summary(fit: Fit) -> dict[str, Any]:
    """Return a calibration for programs; what has no end is null."""
    found = fit.found
    keys = [each.range.key for each in fit.parameters]
    return {
        "kind": "forbear calibration",
        "title": fit.calibration.title.model_dump(),
        "seed": fit.calibration.seed,
        "held_back_seed": fit.calibration.held_back_seed,
        "holds": fit.holds,
        "fitted": found is not None,
        "settled": fit.settled,
        "evaluations": fit.evaluations,
        "chi_square": fit.chi_square(held_back=False),
        "chi_square_held_back": fit.chi_square(held_back=True),
        "degrees_of_freedom": fit.degrees,
        "parameters": [
            {
                "key": each.range.key,
                "start": each.range.start,
                "low": each.range.low,
                "high": each.range.high,
                "value": each.value,
                "error": _finite(each.error),
                "error_of_simulation": _finite(each.of_simulation),
                "at_bound": each.at_bound,
                "pinned": each.pinned if found else None,
            }
            for each in fit.parameters
        ],
        "moments": [
            {
                "scenario": each.target.moment.scenario,
                "that": each.target.moment.that,
                "fit": each.target.moment.fit,
                "value": each.target.moment.value,
                "tolerance": each.target.moment.tolerance,
                "source": each.target.moment.source,
                "fitted": each.fitted.value,
                "fitted_error": each.fitted.error,
                "held_back": each.held_back.value,
                "held_back_error": each.held_back.error,
                "tolerances_off": each.off,
                "met": each.met,
            }
            for each in fit.moments
        ],
        "singular_values": list(found.singular_values) if found else None,
        "open_directions": [
            {
                "singular_value": each.singular_value,
                "parts": {keys[at]: part for at, part in each.parts.items()},
            }
            for each in (found.open_directions if found else ())
        ],
        "correlated": [
            {"one": keys[one], "other": keys[other], "correlation": correlation}
            for one, other, correlation in (found.correlated if found else ())
        ],
    }


def _finite(number: float | None) -> float | None:
    return number if number is not None and isfinite(number) else None
