"""A file, or a folder of texts, that is there whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path


def write_folder(folder: Path, texts: Mapping[str, str]) -> None:
    """Put ``texts`` (relative path -> content) at ``folder``, in the place of what was there.

    They are written and flushed in a workshop folder beside it, ``.NAME.*.partial``, and moved into
    place; what was there is moved out first, and back if anything fails, Ctrl-C included. Should
    the machine itself stop between the two renames, both lie whole in the workshop. Raises OSError.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    workshop = Path(tempfile.mkdtemp(".partial", f".{folder.name}.", folder.parent))
    new, old = workshop / "new", workshop / "old"
    try:
        _write(new, texts)
        _swap(new, folder, old)
    finally:
        if old.exists() and not folder.exists():  # it could not be moved back
            shutil.rmtree(new, ignore_errors=True)
            raise OSError(f"what was there is now at {old}")
        shutil.rmtree(workshop, ignore_errors=True)
    _flush_folder(folder.parent)


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
