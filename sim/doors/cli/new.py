"""``forbear new``: begin a scenario file of one's own."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from sim.show.language import CODES

EXAMPLES = """\
examples:
  forbear new my_question.toml
  forbear new my_question.toml --preset chinese_consumer_finance
  forbear new - --lang zh

exit codes: 0 written; 2 the file is there already, or cannot be written
"""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """``new`` is among the commands."""
    parser = commands.add_parser(
        "new",
        help="write a scenario file to begin with",
        description="Write a small scenario file with a comment for each part: a world, a\n"
        "baseline, two policies, a person to follow, an expectation. It runs as it is.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", help="the file to write, none that is there; - prints it")
    parser.add_argument(
        "--preset", default="generic_unsecured", metavar="NAME", help="default %(default)s"
    )
    parser.add_argument("--lang", choices=CODES, default="en", help="language of the comments")
    parser.set_defaults(command=run)


def run(chosen: argparse.Namespace) -> int:
    """Write the file, unless there is one."""
    from sim.parameter import ForbearError
    from sim.scenario.draft import Draft
    from sim.show.starter import starter

    text = starter(chosen.preset, chosen.lang)
    _ = Draft.read(text.encode(), chosen.file).scenario  # a preset that is none is told now
    if chosen.file == "-":
        print(text, end="")
        return 0
    try:
        with Path(chosen.file).open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise ForbearError(f"{chosen.file}: is there already: choose another name") from None
    except OSError as error:
        raise ForbearError(f"{chosen.file}: cannot be written: {error.strerror}") from error
    print(f"forbear: next: forbear check {chosen.file}; forbear run {chosen.file}", file=sys.stderr)
    return 0
