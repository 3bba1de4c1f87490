"""The command line among other tools: pipes that close, terminals, Ctrl-C."""

import os
import re
import shlex
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from sim.doors.cli.main import BROKEN, INTERRUPTED, OK, READER_GONE

ROOT = Path(__file__).parents[1]
SHIPPED = "shipped:relief_options"
SMALL = ["--replicas", "2", "--borrowers", "50", "--months", "2", "--jobs", "1"]
FORBEAR = [sys.executable, "-m", "sim"]


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    for variable in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(variable, raising=False)


def test_a_reader_that_goes_away_is_no_error():
    with subprocess.Popen(
        [*FORBEAR, "describe"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout and process.stderr
        process.stdout.close()
        assert process.stderr.read() == ""
    assert process.returncode == READER_GONE


def test_the_record_is_kept_when_the_reader_goes_away():
    command = shlex.join([*FORBEAR, "run", SHIPPED, *SMALL, "--all", "--quiet"])
    ended = subprocess.run(
        ["bash", "-c", f"{command} | head -n 1"],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert ended.stderr == ""
    assert len(ended.stdout.splitlines()) == 1
    assert Path("runs/relief_options/summary.json").exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_under_standard_output_is_said():
    with open("/dev/full", "w") as full:
        ended = subprocess.run(
            [*FORBEAR, "describe"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
        )
    assert ended.returncode == BROKEN
    assert "No space left" in ended.stderr


def on_a_terminal(*arguments: str, stream: str, **environment: str) -> tuple[str, int]:
    """What a run writes to a terminal at ``stream`` (``stdout`` or ``stderr``), and its code."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    streams = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, stream: theirs}
    with subprocess.Popen(
        [*FORBEAR, *arguments],
        env={**os.environ, "TERM": "xterm", **environment},
        **streams,
    ) as process:
        os.close(theirs)
        written = read_all(ours)
    return written, process.returncode


def read_all(descriptor: int) -> str:
    pieces = []
    while True:
        try:
            piece = os.read(descriptor, 65536)
        except OSError:  # Linux says so when the last writer has closed a terminal
            piece = b""
        if not piece:
            os.close(descriptor)
            return b"".join(pieces).decode()
        pieces.append(piece)


COLOUR = re.compile(r"\x1b\[[0-9;]*3[0-7]")


def test_a_terminal_gets_colour_unless_it_asks_for_none():
    words = ["run", SHIPPED, *SMALL, "--replicas", "5", "--all", "--no-record"]
    coloured, code = on_a_terminal(*words, stream="stdout")
    assert code == OK
    assert COLOUR.search(coloured)
    plain, code = on_a_terminal(*words, stream="stdout", NO_COLOR="1")
    assert code == OK
    assert not COLOUR.search(plain)


def test_a_terminal_sees_progress_unless_told_to_be_quiet():
    words = ["run", SHIPPED, *SMALL, "--no-record"]
    assert "simulating" in on_a_terminal(*words, stream="stderr")[0]
    assert on_a_terminal(*words, "--quiet", stream="stderr")[0] == ""


def test_a_terminal_sees_how_precise_a_run_is_so_far():
    words = ["run", SHIPPED, *SMALL, "--replicas", "5", "--no-record"]
    seen, code = on_a_terminal(*words, "--precision", "recovered=2000", stream="stderr")
    assert code == OK
    assert re.search(r"recovered ±\S+ of ±2000", seen)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_interrupt_leaves_nothing_half_written(jobs, tmp_path):
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    words = ["run", SHIPPED, "--replicas", "400", "--jobs", jobs]
    with subprocess.Popen(
        [*FORBEAR, *words],
        env={**os.environ, "TERM": "xterm"},
        stdout=subprocess.PIPE,
        stderr=theirs,
        start_new_session=True,
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.default_int_handler),
    ) as process:
        os.close(theirs)
        seen = b""
        while b"simulating" not in seen:
            seen += os.read(ours, 1024)
        os.killpg(process.pid, signal.SIGINT)
        said = read_all(ours)
        assert process.stdout and process.stdout.read() == b""
    assert process.returncode == INTERRUPTED
    assert "interrupted" in said
    assert "Traceback" not in said
    assert list(tmp_path.rglob("*")) == []
