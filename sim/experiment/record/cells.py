"""Where two tables, or two summaries, of records say something else: the first place is named."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from math import isclose
from typing import Final

from sim.experiment.record.manifest import PARQUET, Fault, Held, Kind, RecordError
from sim.experiment.record.tables import as_csv, read_rows
from sim.scenario.words import seen

ROUNDING: Final = 1e-9
"""Floats that differ by no more than this part are the same: processors round differently."""
KEYS: Final = ("policy", "replica", "month", "metric", "segment", "case")


def differing(
    found: Held, told: Mapping[str, bytes], names: tuple[str, ...], kind: Kind
) -> Iterator[Fault]:
    """Yield the first cell in which each recorded table says anything but what is ``told``."""
    for name in names:
        content = found.contents.get(name)
        if content is not None and content != told[name]:
            yield from _first(name, content, told[name], kind)


def _first(name: str, content: bytes, told: bytes, kind: Kind) -> Iterator[Fault]:
    try:
        ours, theirs = read_rows(name, content), read_rows(name, told)
    except RecordError as error:
        file, _, reason = str(error).partition(": ")
        yield Fault("unreadable", file, reason=reason)
        return
    head = theirs[0]
    keys = [column for column in head if column in KEYS]
    for our, their in zip(ours, theirs, strict=False):
        at = {
            column: seen(text) for column, text in zip(head, their, strict=True) if column in keys
        }
        for column, mine, yours in zip(head, our, their, strict=False):
            if not same(mine, yours):
                where = {**at, "column": seen(column)} if our is not ours[0] else {"row": "1"}
                yield Fault(kind, name, where, seen(mine), seen(yours))
                return
    if len(ours[0]) != len(head):  # every row has as many cells as the first
        yield Fault(kind, name, {"row": "columns"}, str(len(ours[0])), str(len(head)))
    elif len(ours) != len(theirs):
        yield Fault(kind, name, {"column": "rows"}, str(len(ours)), str(len(theirs)))


def same(ours: str, theirs: str) -> bool:
    """Return whether two cells say the same, floats but for their rounding."""
    if ours == theirs:
        return True
    if ours.lstrip("-").isdecimal() and theirs.lstrip("-").isdecimal():
        return False
    try:
        return isclose(float(ours), float(theirs), rel_tol=ROUNDING)
    except ValueError:
        return False


def apart(ours: object, theirs: object, key: str = "") -> Iterator[tuple[str, str, str]]:
    """Yield the keys at which two summaries differ, with what each says."""
    if isinstance(ours, dict) and isinstance(theirs, dict) and ours.keys() == theirs.keys():
        for name in theirs:
            yield from apart(ours[name], theirs[name], f"{key}.{name}" if key else str(name))
    elif not _alike(ours, theirs):
        yield seen(key), seen(str(ours)), seen(str(theirs))


def _alike(ours: object, theirs: object) -> bool:
    if isinstance(ours, float) and isinstance(theirs, float):
        return isclose(ours, theirs, rel_tol=ROUNDING)
    if isinstance(ours, tuple) and isinstance(theirs, tuple):
        return len(ours) == len(theirs) and all(map(_alike, ours, theirs))
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return not any(apart(ours, theirs))
    return ours == theirs


def copies(found: Held) -> Iterator[Fault]:
    """Yield the first cell in which a table as Parquet says anything but its CSV does.

    Where pyarrow is not installed, that they are held against nothing but their checksums.
    """
    names = [name for name in sorted(PARQUET) if name in found.contents]
    try:
        import pyarrow  # noqa: F401
    except ImportError:
        if names:
            yield Fault("unopened", ", ".join(names))
        return
    for name in names:
        original = found.contents.get(name.replace(".parquet", ".csv"))
        if original is None:
            continue  # said already
        try:
            copy = _as_csv(name, found.contents[name], original)
        except RecordError as error:
            yield Fault("unreadable", name, reason=str(error))
            continue
        if copy != original:
            yield from _first(name, copy, original, "copy")


def _as_csv(name: str, content: bytes, original: bytes) -> bytes:
    """Return a table of Parquet as the CSV it is a copy of; RecordError where it is no table."""
    from pyarrow import ArrowException, parquet

    try:
        file = parquet.ParquetFile(io.BytesIO(content))
        # a few bytes can claim any number of rows: none are unpacked that the CSV has not
        if file.metadata.num_rows > original.count(b"\n"):
            raise RecordError(f"has {file.metadata.num_rows} rows, more than its CSV")
        columns = file.read().to_pydict()
    except (ArrowException, OSError, ValueError) as error:
        raise RecordError(f"is not a table of Parquet: {seen(str(error))}") from None
    return as_csv([list(columns), *zip(*columns.values(), strict=True)])
