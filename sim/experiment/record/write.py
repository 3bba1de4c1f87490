"""Write a record, whole or not at all."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

from sim.experiment.atomic import locked, recover, write_folder
from sim.experiment.compare import Comparison
from sim.experiment.record.manifest import (
    FILES,
    KIND,
    MANIFEST,
    PARQUET,
    RecordError,
    inside,
    sealed,
)
from sim.experiment.record.summary import Environment, summary_of
from sim.experiment.record.tables import as_csv, as_parquet, rows_of
from sim.scenario.load import to_toml


def write(comparison: Comparison, folder: Path, command: Sequence[str]) -> None:
    """Put the record of ``comparison``, made by ``command``, at ``folder``, whole or not at all.

    A record already there is replaced. Raises RecordError where the folder holds anything that no
    record wrote, and where it cannot be written; what was there then stays as it was.
    """
    folder = Path(os.path.abspath(folder))
    contents = contents_of(comparison, command)
    for name, rows in rows_of(comparison).items():
        table = as_parquet(name, rows)
        if table is not None:
            contents[name.replace(".csv", ".parquet")] = table
    assert contents.keys() <= FILES | PARQUET, "what is written is what may be replaced"
    try:
        write_folder(folder, {**contents, MANIFEST: sealed(contents)}, _check_replaceable)
    except OSError as error:
        reason = error.strerror or error
        raise RecordError(f"{folder}: the run record cannot be written: {reason}") from error


def contents_of(
    comparison: Comparison, command: Sequence[str], made_by: Environment | None = None
) -> dict[str, bytes]:
    """Return every file of a record but its manifest and the tables as Parquet.

    It was made by this program, unless told.
    """
    summary = summary_of(comparison, command, made_by)
    said = json.dumps(summary, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
    return {
        "scenario.toml": to_toml(comparison.scenario).encode(),
        "summary.json": said.encode(),
        "digest.txt": f"{comparison.digest}\n".encode(),
        **{name: as_csv(rows) for name, rows in rows_of(comparison).items()},
    }


def check_replaceable(folder: Path) -> None:
    """Raise RecordError if ``folder`` is, or holds, anything that no record wrote."""
    folder = Path(os.path.abspath(folder))
    recover(folder)
    with locked(folder.parent, shared=True):
        _check_replaceable(folder)


def _check_replaceable(folder: Path) -> None:
    if not os.path.lexists(folder):
        return
    if folder.is_symlink() or not folder.is_dir():
        raise RecordError(f"{folder} exists and is not a folder: choose another place")
    if Path.cwd().is_relative_to(folder.resolve()):
        raise RecordError(f"{folder} is the current folder, or around it: choose another")
    present = set(inside(folder))
    foreign = sorted(present - FILES - PARQUET - {"tables"})
    if foreign:
        raise RecordError(
            f"{folder} holds what no run record wrote, such as {foreign[0]!r}: "
            "choose another folder, or move that away"
        )
    # a record of before there were manifests says what it is in its summary
    if present and not any(_says_so(folder / name) for name in (MANIFEST, "summary.json")):
        raise RecordError(f"{folder} is not a run record: choose another folder")


def _says_so(path: Path) -> bool:
    try:
        said = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(said, dict) and said.get("kind") == KIND
