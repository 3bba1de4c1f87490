"""``forbear``: reads the arguments, runs one command, turns what went wrong into an exit code.

=====  =====================================================================================
code   meaning
=====  =====================================================================================
0      it held
1      an expectation failed or was not proven (``check``), or a finding lies outside its band, or
       inside it, though its file says otherwise (``evidence``), or a book is not determined by
       its targets or does not meet them (``calibrate``), or the precision asked for was not
       reached (``run --precision``), or a run record is not what was written or its scenario gives
       other numbers (``verify``), or two records differ beyond noise (``diff``)
2      the input is wrong: arguments, a scenario file, an output folder, what is no run record, a
       cluster that cannot be used
3      the run broke: a defect of ours, or a worker process died; or (``run``) a batch of it failed
       twice and is left out
130    interrupted with Ctrl-C; nothing was left half-written
141    whoever read our output went away, as after ``| head``
=====  =====================================================================================

Results go to standard output, everything else to standard error. Nothing heavy is imported here:
``forbear --help`` should not wait for numpy.
"""

import argparse
import os
import sys
import traceback
from collections.abc import Sequence

from sim import __version__
from sim.doors.cli import (
    app,
    calibrate,
    check,
    describe,
    diff,
    evidence,
    new,
    report,
    run,
    story,
    verify,
)

OK = 0
WRONG_INPUT = 2
BROKEN = 3
INTERRUPTED = 128 + 2  # 128 + SIGINT, as a shell reports it
READER_GONE = 128 + 13  # 128 + SIGPIPE

COMMANDS = (new, run, check, app, report, verify, diff, story, evidence, calibrate, describe)


def parser() -> argparse.ArgumentParser:
    """The whole command line, with every command's own arguments and examples."""
    whole = argparse.ArgumentParser(
        prog="forbear",
        description="A sandbox for debt-relief policies: who defaults, what comes back, and how "
        "sure that is.",
        epilog="example: forbear run shipped:relief_options",
    )
    whole.add_argument("--version", action="version", version=f"forbear {__version__}")
    commands = whole.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.add_to(commands)
    return whole


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; no traceback for what a person did."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal that cannot show a character shows "?"
            stream.reconfigure(errors="replace")
    typed = sys.argv[1:] if arguments is None else list(arguments)
    try:
        chosen = parser().parse_args(typed)
        chosen.typed = ["forbear", *typed]
        code: int = chosen.command(chosen)
        print(end="", flush=True)
    except BrokenPipeError:
        discard_output()
        return READER_GONE
    except KeyboardInterrupt:
        print("\nforbear: interrupted; nothing was left half-written", file=sys.stderr)
        return INTERRUPTED
    except Exception as error:
        return explained(error)
    return code


def explained(error: Exception) -> int:
    """Say on standard error what went wrong; return whose fault it was as an exit code."""
    from sim.experiment.workers import WorkerError
    from sim.parameter import ForbearError

    if isinstance(error, ForbearError) and not isinstance(error, WorkerError):
        print(error, file=sys.stderr)
        return WRONG_INPUT
    if os.environ.get("FORBEAR_TRACEBACK"):
        traceback.print_exception(error)
    reason = " ".join(str(error).split())
    print(f"forbear: the run broke: {type(error).__name__}: {reason}", file=sys.stderr)
    print("forbear: FORBEAR_TRACEBACK=1 shows where", file=sys.stderr)
    discard_output()
    return BROKEN


def discard_output() -> None:
    """What standard output still buffers goes nowhere, so that closing it cannot fail again."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
