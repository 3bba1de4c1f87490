"""The benchmarks run: tried where they are as small as can be, so that none of them rots."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TINY = ("--scale", "0.001", "--short")


def python(*arguments):
    alone = {name: value for name, value in os.environ.items() if "XDIST" not in name}
    return subprocess.run(
        (sys.executable, "-m", *arguments),
        cwd=ROOT,
        env=alone,
        capture_output=True,
        text=True,
        timeout=300,
    )


@pytest.fixture(scope="module")
def printed():
    ended = python("tests.benchmarks", *TINY)
    assert not ended.returncode, ended.stderr
    return ended.stdout


def numbers_beside(what, printed):
    """The row that begins with ``what``; a dash is no number."""
    (cells,) = re.findall(rf"^ *{re.escape(what)}  +(.*)$", printed, re.MULTILINE)
    return [float(cell.replace(",", "")) for cell in cells.split() if cell != "-"]


@pytest.mark.parametrize(
    ("what", "figures"),
    [
        ("core, cold", 5),
        ("core, warm", 5),
        ("all, cold", 5),
        ("all, warm", 5),
        ("1,000 x 1 month", 7 if sys.platform != "win32" else 6),  # bytes a borrower among them
        ("100 x 1, hardly anybody is late", 6),
        ("100 x 1, every other is", 6),
        ("1 replica of 20 x 1", 6),
        ("30 replicas of 20 x 1", 6),
        ("1 replica of 600 x 1", 6),
        ("replica 10", 3 if sys.platform != "win32" else 1),
        ("1 policy", 3),
        ("5 policies", 3),
        ("study in 2 jobs: 20 x 1 month x 5 policies x 30 replicas", 1),
        ("forbear run, cold: 20 x 1 month x 4 policies x 10 replicas", 2),  # and what was meant
        ("one policy changed, --results: 20 x 1 month x 4 policies x 10 replicas", 1),
        ("one policy changed, in memory: 20 x 1 month x 4 policies x 10 replicas", 2),
        ("importing numpy, simpy, pydantic", 1),
        ("importing what a run needs above that", 1),
    ],
)
def test_the_table_says_what_was_measured_at_which_size(printed, what, figures):
    assert len(numbers_beside(what, printed)) == figures


def test_the_table_says_what_the_machine_can_do_and_what_the_floor_is(printed):
    for limit in ("processor", "caches", "copy b to a", "gather a[rows]", "a NumPy call", "NumPy "):
        assert limit in printed
    assert re.search(r"[1-9][0-9.]* GB/s read and written", printed)
    assert "The floor: all" in printed
    assert "Smaller than meant" in printed


def test_the_table_fits_into_a_hundred_columns(printed):
    assert max(map(len, printed.splitlines())) <= 100
    assert "…" not in printed


def test_a_scale_of_nothing_is_refused():
    ended = python("tests.benchmarks", "--scale", "0")
    assert ended.returncode == 2
    assert "--scale is a positive number" in ended.stderr


def test_ratios_are_shown_and_not_held_where_benchmarks_are_tiny():
    ended = python(
        "pytest", "-n=0", "tests/benchmarks", *TINY, "-q", "-k", "oracle or size or burn_in"
    )
    assert not ended.returncode, ended.stdout
    assert re.search(r"3 passed, 3 skipped", ended.stdout)
