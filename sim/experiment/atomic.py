"""A file, or a folder of files, that is there whole or not at all, whoever is killed when."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from time import time
from typing import Final

A_DAY: Final = 24 * 60 * 60
"""Seconds: nobody writes a file for so long."""

try:
    import fcntl
except ModuleNotFoundError:  # Windows: two who write one folder there at once must not be
    fcntl = None  # type: ignore[assignment]


def write_folder(
    folder: Path,
    contents: Mapping[str, str | bytes],
    allowed: Callable[[Path], object] = lambda _: None,
) -> None:
    """Put ``contents`` (relative path -> content) at ``folder``, in the place of what was there.

    They are written and flushed in a workshop folder beside it, ``.NAME.*.partial``, and moved into
    place; what was there is moved out first, and back if anything fails, Ctrl-C included. Whoever
    is killed between the two renames leaves it whole in the workshop, from where ``recover``, or
    the next to write, moves it back; other leftovers of the dead are cleaned away. Who writes
    beside another waits for it. ``allowed`` is asked, by raising, before anything is touched.
    Raises OSError.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with locked(folder.parent) as alone:
        if alone:
            _clean(folder)
        allowed(folder)
        _write_folder(folder, contents)


def recover(folder: Path) -> None:
    """Move back what somebody who was killed had moved out of ``folder``, where that can be."""
    if not os.path.lexists(folder) and list(_workshops(folder)):
        with suppress(OSError), locked(folder.parent) as alone:
            if alone:
                _move_back(folder)


@contextmanager
def locked(folder: Path, *, shared: bool = False) -> Iterator[bool]:
    """Keep writers out of ``folder`` while inside, and readers too unless ``shared``.

    Waits for whoever is inside; the dead are not. Gives whether it could be had: a system or a
    file system without locks has none.
    """
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        yield False
        return
    try:
        yield _lock(descriptor, shared)
    finally:
        os.close(descriptor)


def _lock(descriptor: int, shared: bool) -> bool:
    if fcntl is None:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH if shared else fcntl.LOCK_EX)
    except OSError:
        return False
    return True


def write_file(path: Path, content: str | bytes) -> None:
    """Put ``content`` at ``path``, in the place of what was there, which stays if anything fails.

    It is written and flushed beside it, as ``.NAME.*.partial/new``. Raises OSError.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    workshop = Path(tempfile.mkdtemp(".partial", f".{path.name}.", path.parent))
    try:
        _write(workshop / "new", {path.name: content})
        os.replace(workshop / "new" / path.name, path)
    finally:
        shutil.rmtree(workshop, ignore_errors=True)
    _flush_folder(path.parent)


def _write_folder(folder: Path, contents: Mapping[str, str | bytes]) -> None:
    workshop = Path(tempfile.mkdtemp(".partial", f".{folder.name}.", folder.parent))
    new, old = workshop / "new", workshop / "old"
    try:
        _write(new, contents)
        _swap(new, folder, old)
        with suppress(OSError):  # what is called old is whole: not so while it is taken apart
            if old.exists():
                os.replace(old, workshop / "replaced")
    finally:
        if old.exists() and not folder.exists():  # it could not be moved back
            shutil.rmtree(new, ignore_errors=True)
            raise OSError(f"what was there is now at {old}")
        shutil.rmtree(workshop, ignore_errors=True)
    _flush_folder(folder.parent)


def _workshops(folder: Path) -> Iterator[Path]:
    """Yield the workshops of ``folder``; with the lock held, all of them are of the dead."""
    begin, end = f".{folder.name}.", ".partial"
    with suppress(FileNotFoundError, NotADirectoryError):
        for path in sorted(folder.parent.iterdir()):
            token = path.name.removeprefix(begin).removesuffix(end)
            if path.name == f"{begin}{token}{end}" and "." not in token:
                yield path


def _move_back(folder: Path) -> None:
    for workshop in _workshops(folder):
        if (workshop / "old").is_dir() and not os.path.lexists(folder):
            os.replace(workshop / "old", folder)


def _clean(folder: Path) -> None:
    _move_back(folder)
    for workshop in _workshops(folder):
        shutil.rmtree(workshop, ignore_errors=True)


def sweep(folder: Path, names: str) -> None:
    """Remove workshops of files called ``names`` (``*.npz``) whose writers died a day ago or more.

    Not for folders: the workshop of one may hold what was there. Raises OSError.
    """
    for workshop in folder.glob(f".{names}.*.partial"):
        with suppress(FileNotFoundError):  # its writer, or another who sweeps, was quicker
            if workshop.stat().st_mtime < time() - A_DAY:
                shutil.rmtree(workshop, ignore_errors=True)


def _write(folder: Path, contents: Mapping[str, str | bytes]) -> None:
    """Write all contents into ``folder``, a new one, and flush them to the disk."""
    folder.mkdir()
    for name, content in contents.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        with path.open("wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())
    for inner in {path.parent for path in map(folder.joinpath, contents)}:
        _flush_folder(inner)


def _swap(new: Path, folder: Path, old: Path) -> None:
    """Move ``folder``, if it exists, to ``old``, and ``new`` to ``folder``; undo it on failure."""
    try:
        if folder.exists():
            os.replace(folder, old)
        os.replace(new, folder)
    except BaseException:
        if old.exists() and not folder.exists():
            os.replace(old, folder)
        raise


def _flush_folder(folder: Path) -> None:
    """Flush the names in ``folder`` where the system can; the files' own flush may not fail."""
    if os.name != "posix":
        return
    with suppress(OSError):  # some network file systems refuse it for folders
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
