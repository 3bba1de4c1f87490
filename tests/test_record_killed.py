"""A record is the old or the new whole, whoever is killed, overtaken or left without room, when."""

import errno
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from sim.doors.cli.main import WRONG_INPUT, main
from sim.experiment.compare import compare
from sim.experiment.record import read, write
from tests.test_record_reading import SCENARIO

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def comparison():
    return compare(SCENARIO)


@pytest.fixture
def record(comparison, tmp_path):
    write(comparison, tmp_path / "run", ["forbear", "run", "q.toml"])
    return tmp_path / "run"


HEAD = """
import os, random, signal, sys, tempfile, time
from pathlib import Path
sys.modules["pyarrow"] = None  # no threads of others here
import shutil
from sim.experiment.compare import compare
from sim.experiment.record import read, write
from tests.test_record_reading import SCENARIO
folder = Path(sys.argv[1], "run")
ran = [compare(SCENARIO)]
shorter = SCENARIO.world.model_copy(update={"seed": 7})
ran.append(compare(SCENARIO.model_copy(update={"world": shorter})))
def content():
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
whole = {}
for each in ran:
    write(each, folder, ["forbear"])
    whole[each.digest] = content()
def alive():
    digest = read(folder).digest
    assert content() == whole[digest], "mixed"
def leftovers():
    return [name for name in os.listdir(folder.parent) if name != "run"]
def again_and_again(records):
    while True:
        for each in records:
            write(each, folder, ["forbear"])
def child(work, *arguments):
    process = os.fork()
    if not process:
        try:
            work(*arguments)
        except BaseException as error:
            print(repr(error), file=sys.stderr)
            os._exit(1)
        os._exit(0)
    return process
"""

KILLED_AT_RANDOM = """
chance, struck = random.Random(11), 0
for _ in range(40):
    process = child(again_and_again, ran)
    time.sleep(chance.uniform(0.0, 0.06))
    os.kill(process, signal.SIGKILL)
    assert os.waitpid(process, 0)[1] == signal.SIGKILL
    struck += bool(leftovers())
    alive()
assert struck, "no write was struck: sleep longer"
write(ran[0], folder, ["forbear"])
assert leftovers() == [], leftovers()
alive()
"""

KILLED_AT_EVERY_STEP = """
steps = [(tempfile, "mkdtemp"), (Path, "mkdir"), (Path, "open"), (os, "fsync"), (os, "replace"),
         (os, "unlink"), (os, "rmdir"), (shutil, "rmtree")]
def struck(which, late):
    calls = []
    def counted(original):
        def call(*arguments, **named):
            calls.append(original.__name__)
            if len(calls) == which and not late:
                os.kill(os.getpid(), signal.SIGKILL)
            result = original(*arguments, **named)
            if len(calls) == which and late:
                os.kill(os.getpid(), signal.SIGKILL)
            return result
        return call
    for owner, name in steps:
        setattr(owner, name, counted(getattr(owner, name)))
    write(ran[which % 2], folder, ["forbear"])
for late in (False, True):
    for which in range(1, 400):
        process = child(struck, which, late)
        ended = os.waitpid(process, 0)[1]
        alive()
        if not ended:
            break
        assert ended == signal.SIGKILL, ended
    assert which > 40, which
write(ran[0], folder, ["forbear"])
assert leftovers() == [], leftovers()
"""

TWO_AT_ONCE = """
def some(record):
    for _ in range(40):
        write(record, folder, ["forbear"])
children = [child(some, record) for record in ran]
seen = set()
while children:
    seen.add(read(folder).digest)
    gone, status = os.waitpid(-1, os.WNOHANG)
    if gone:
        assert status == 0
        children.remove(gone)
assert seen == set(whole), "both were seen"
assert leftovers() == [], leftovers()
alive()
"""

FULL = """
import resource
from sim.experiment.record import RecordError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
for most in (0, 1_000, 20_000):
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
    try:
        write(ran[0], folder, ["forbear"])
    except RecordError as error:
        assert str(error) == f"{folder}: the run record cannot be written: File too large", error
    else:
        raise AssertionError("that was enough")
    assert read(folder).digest == ran[1].digest
    assert leftovers() == [], leftovers()
    alive()
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and kill -9")
@pytest.mark.parametrize(
    "what",
    [KILLED_AT_RANDOM, KILLED_AT_EVERY_STEP, TWO_AT_ONCE, FULL],
    ids=["killed at random moments", "killed at every step", "two at once", "no room"],
)
def test_a_record_is_the_old_or_the_new_whole(tmp_path, what):
    ended = subprocess.run(
        [sys.executable, "-c", HEAD + what, str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert (ended.returncode, ended.stderr) == (0, "")


@pytest.mark.parametrize("command", ["read", "write"])
def test_what_a_killed_writer_had_moved_out_is_moved_back(comparison, record, command):
    workshop = record.parent / ".run.abcd1234.partial"
    workshop.mkdir()
    record.rename(workshop / "old")
    (workshop / "new").mkdir()
    if command == "write":
        other = replace(comparison, digest="f" * 64)
        write(other, record, ["forbear"])
        assert os.listdir(record.parent) == ["run"]
    else:
        assert read(record).digest == comparison.digest


def test_a_folder_of_somebody_else_beside_a_record_is_left_alone(comparison, record):
    for name in (".run.partial", ".run.x.y.partial", ".other.abcd1234.partial"):
        (record.parent / name).mkdir()
    write(comparison, record, ["forbear"])
    assert len(os.listdir(record.parent)) == 4


SMALL = ["--replicas", "2", "--borrowers", "50", "--months", "2", "--jobs", "1"]


@pytest.mark.parametrize(
    ("error", "words"),
    [(errno.ENOSPC, "No space left on device"), (errno.EROFS, "Read-only file system")],
)
def test_a_record_that_cannot_be_written_costs_nobody_the_result(
    tmp_path, monkeypatch, capsys, error, words
):
    def fails(*_):
        raise OSError(error, os.strerror(error))

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(os, "fsync", fails)
    assert main(["run", "shipped:relief_options", *SMALL]) == WRONG_INPUT
    out, err = capsys.readouterr()
    assert out.splitlines()[-1].startswith("digest ")
    assert [line for line in err.splitlines() if words in line] == [err.strip()]
    assert list((tmp_path / "runs").iterdir()) == []
