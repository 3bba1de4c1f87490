"""A folder of texts is there whole or not at all, whatever fails on the way and at which step."""

import errno
import os
import shutil
import tempfile
from pathlib import Path

import pytest

from sim.experiment.atomic import write_file, write_folder

OLD = {"digest.txt": "old\n", "tables/a.csv": "1,2\n", "tables/b.csv": "旧\n"}
NEW = {"digest.txt": "new\n", "tables/a.csv": "3,4\n", "tables/c.csv": "新\n"}
FULL_DISK = OSError(errno.ENOSPC, "No space left on device")


def content(folder):
    """Every text below ``folder``; None if there is no such folder."""
    if not folder.exists():
        return None
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in files}


def fail_at(patch, steps, which, error, *, done=False):
    """Let the calls numbered in ``which`` raise, before or after doing their work.

    ``steps`` are the functions counted, each with its owner. Returns the names of all calls so far,
    in a list that goes on growing.
    """
    calls = []

    def failing(name, original):
        def call(*arguments, **named):
            calls.append(name)
            now = len(calls) in which
            if now and not done:
                raise error
            result = original(*arguments, **named)
            if now:
                if hasattr(result, "close"):
                    result.close()
                raise error
            return result

        return call

    for owner, name in steps:
        patch.setattr(owner, name, failing(name, getattr(owner, name)))
    return calls


BEFORE = [(tempfile, "mkdtemp"), (Path, "mkdir"), (Path, "open"), (os, "fsync"), (os, "replace")]
AFTER = BEFORE[1:]  # struck between making the workshop and learning its name, an empty one stays


@pytest.mark.parametrize("error", [FULL_DISK, KeyboardInterrupt()], ids=["full disk", "Ctrl-C"])
@pytest.mark.parametrize("done", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("old", [None, OLD], ids=["fresh", "replacing"])
def test_a_failure_at_any_step_leaves_the_old_or_the_new_whole(tmp_path, old, done, error):
    folder = tmp_path / "run"
    steps = AFTER if done else BEFORE
    succeeded = False
    struck = []
    for step in range(1, 100):
        shutil.rmtree(folder, ignore_errors=True)
        if old:
            write_folder(folder, old)
        with pytest.MonkeyPatch.context() as patch:
            calls = fail_at(patch, steps, {step}, error, done=done)
            try:
                write_folder(folder, NEW)
                succeeded = True
            except (OSError, KeyboardInterrupt) as raised:
                succeeded = False
                assert raised is error
        assert content(folder) in ([NEW] if succeeded else [old, NEW]), calls
        assert set(os.listdir(tmp_path)) <= {"run"}, calls
        if step > len(calls):
            break
        struck.append(calls[step - 1])
    assert succeeded
    assert set(struck) == {name for _, name in steps}
    assert struck.count("replace") == (3 if old else 1)  # out, in, and out of the way


FULL = Path("/dev/full")


@pytest.mark.skipif(not FULL.exists(), reason="needs the device that is always full")
@pytest.mark.parametrize("old", [None, OLD], ids=["fresh", "replacing"])
def test_a_disk_that_is_full_when_bytes_arrive_leaves_the_old(tmp_path, old, monkeypatch):
    folder = tmp_path / "run"
    if old:
        write_folder(folder, old)
    with monkeypatch.context() as patch:
        really_open = Path.open
        patch.setattr(Path, "open", lambda _, *how, **more: really_open(FULL, *how, **more))
        with pytest.raises(OSError, match="No space left"):
            write_folder(folder, NEW)
    assert content(folder) == old
    assert os.listdir(tmp_path) == (["run"] if old else [])


def test_what_was_there_and_cannot_be_moved_back_is_named_and_whole(tmp_path, monkeypatch):
    """The second rename fails, and so does the third, which was to undo the first."""
    folder = tmp_path / "run"
    write_folder(folder, OLD)
    with monkeypatch.context() as patch:
        fail_at(patch, [(os, "replace")], {2, 3}, OSError(errno.EIO, "Input/output error"))
        with pytest.raises(OSError, match="what was there is now at") as raised:
            write_folder(folder, NEW)
    saved = Path(str(raised.value).removeprefix("what was there is now at "))
    assert content(saved) == OLD
    assert os.listdir(saved.parent) == ["old"]


def test_somebody_elses_folder_that_appears_meanwhile_is_not_touched(tmp_path, monkeypatch):
    folder = tmp_path / "run"
    replace = os.replace

    def overtaken(source, target):
        folder.mkdir()
        (folder / "theirs.txt").write_text("theirs", encoding="utf-8")
        replace(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", overtaken)
        with pytest.raises(OSError, match=r"not empty|exists|denied"):
            write_folder(folder, NEW)
    assert content(folder) == {"theirs.txt": "theirs"}
    assert os.listdir(tmp_path) == ["run"]


def test_texts_are_written_as_they_are_and_readable_as_the_users_other_files(tmp_path):
    write_folder(tmp_path / "a" / "b", {"x.txt": "1\n2\r\n三"})
    assert (tmp_path / "a" / "b" / "x.txt").read_bytes() == "1\n2\r\n三".encode()
    (tmp_path / "plain").mkdir()
    assert (tmp_path / "a" / "b").stat().st_mode == (tmp_path / "plain").stat().st_mode


@pytest.mark.parametrize("error", [FULL_DISK, KeyboardInterrupt()], ids=["full disk", "Ctrl-C"])
@pytest.mark.parametrize("old", [None, "旧\n"], ids=["fresh", "replacing"])
def test_a_file_is_the_old_or_the_new_whatever_fails(tmp_path, old, error):
    path = tmp_path / "book.toml"
    for step in range(1, 20):
        path.unlink(missing_ok=True)
        if old:
            path.write_text(old, "utf-8")
        with pytest.MonkeyPatch.context() as patch:
            calls = fail_at(patch, BEFORE, {step}, error)
            try:
                write_file(path, "新\n")
            except (OSError, KeyboardInterrupt) as raised:
                assert raised is error
        found = path.read_text("utf-8") if path.exists() else None
        assert found == ("新\n" if step > len(calls) else old) or calls[-1] == "fsync"
        assert set(os.listdir(tmp_path)) <= {"book.toml"}, calls
        if step > len(calls):
            break
    assert found == "新\n"
