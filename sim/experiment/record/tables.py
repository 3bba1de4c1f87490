"""The tables of a record: as rows, as CSV, as Parquet, and read back from CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from math import isnan
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from sim.experiment.cases import CaseOutcome
from sim.experiment.compare import Comparison
from sim.experiment.inference import Effect
from sim.experiment.record.manifest import TABLES, RecordError
from sim.rules.measures import METRICS
from sim.rules.stocktaking import SEGMENT_ENTRIES
from sim.scenario.words import seen

NO_VALUE: Final = "n/a"
TEXTS: Final = frozenset({"policy", "metric", "unit", "verdict", "segment", "case", "status"})
MONTHLY, METRICS_CSV, EFFECTS, SEGMENTS, CASES = TABLES
FLOATS: Final = {METRICS_CSV: frozenset(METRICS), EFFECTS: frozenset({"difference", "low", "high"})}
"""The columns of texts, and those of floats by table; all others hold integers."""
LARGEST: Final = 1e100
"""No metric is larger: sums and squares of what a file claims must not overflow."""

Cell = str | int | float | None
Rows = Iterator[Sequence[Cell]]
Values = npt.NDArray[Any]


def rows_of(comparison: Comparison) -> dict[str, Rows]:
    """Return every table by the name of its file: a row with the columns' names, then the rest."""
    made = (_monthly, _metrics, _effects, _segments, _cases)
    return {name: make(comparison) for name, make in zip(TABLES, made, strict=True)}


def _monthly(comparison: Comparison) -> Rows:
    entries = list(next(iter(comparison.ledgers.values())))
    yield ("policy", "replica", "month", "day", *entries)
    for policy, ledger in comparison.ledgers.items():
        columns = [ledger[entry].tolist() for entry in entries]
        for at, replica in enumerate(comparison.replicas):
            for month, day in enumerate(comparison.days):
                yield (policy, replica, month, day, *(column[month][at] for column in columns))


def _metrics(comparison: Comparison) -> Rows:
    yield ("policy", "replica", *METRICS)
    for policy, metrics in comparison.metrics.items():
        columns = [metrics[metric].tolist() for metric in METRICS]
        for replica, *row in zip(comparison.replicas, *columns, strict=True):
            yield (policy, replica, *row)


def _effects(comparison: Comparison) -> Rows:
    yield ("policy", "metric", "unit", *(field.name for field in fields(Effect)))
    for policy, effects in comparison.effects.items():
        for metric, effect in effects.items():
            yield (policy, metric, METRICS[metric].unit, *asdict(effect).values())


def _segments(comparison: Comparison) -> Rows:
    yield ("policy", "segment", "replica", *SEGMENT_ENTRIES)
    for policy, segments in comparison.segments.items():
        for segment, entries in segments.items():
            columns = [entries[entry].tolist() for entry in SEGMENT_ENTRIES]
            for replica, *row in zip(comparison.replicas, *columns, strict=True):
                yield (policy, segment, replica, *row)


def _cases(comparison: Comparison) -> Rows:
    yield tuple(field.name for field in fields(CaseOutcome))
    for outcome in comparison.cases:
        yield tuple(asdict(outcome).values())


def as_csv(rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return rows as CSV."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([cell(value) for value in row] for row in rows)
    return text.getvalue().encode()


FORMULA_START = re.compile(r"(^|[,;|\t\r\n])(\s*)(?=[=+\-@＝＋－＠])")
"""Where a spreadsheet, whatever its separator, would take what follows for a formula."""


def cell(value: Cell) -> str | int | float:
    """Return what stands in a CSV file for ``value``: never a formula, n/a for no value."""
    if value is None or (isinstance(value, float) and isnan(value)):
        return NO_VALUE
    return FORMULA_START.sub(r"\1\2'", value) if isinstance(value, str) else value


def as_parquet(name: str, rows: Iterable[Sequence[Cell]]) -> bytes | None:
    """Return the rows of a table as Parquet, None where pyarrow is not installed.

    Texts stand as they are, null for no value.
    """
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:  # few people want it; pip install 'forbear[parquet]'
        return None
    head, *body = rows
    columns = zip(*body, strict=True) if body else ([] for _ in head)
    floats = FLOATS.get(name, frozenset())
    types = [
        pyarrow.string()
        if column in TEXTS
        else pyarrow.float64()
        if column in floats
        else pyarrow.int64()
        for column in head
    ]
    arrays = [
        pyarrow.array(column, kind, from_pandas=True)  # NaN is no value
        for column, kind in zip(columns, types, strict=True)
    ]
    content = io.BytesIO()
    parquet.write_table(pyarrow.table(arrays, names=list(head)), content)
    return content.getvalue()


@dataclass(frozen=True)
class Grid:
    """A table read back: numbers for every combination of its keys.

    ``axes`` holds the values of each key in their order, ``values`` one number for each key and
    column; its last axis are the ``columns``.
    """

    axes: tuple[tuple[str, ...], ...]
    columns: tuple[str, ...]
    values: Values


def read_rows(name: str, content: bytes) -> list[list[str]]:
    """Return the rows of a table, the names of its columns first; RecordError if it is none."""
    try:
        rows = list(csv.reader(io.StringIO(content.decode(), newline=""), strict=True))
    except (ValueError, csv.Error) as error:
        raise RecordError(f"{name}: is not a table of comma-separated values: {error}") from None
    if not rows or len(set(rows[0])) < len(rows[0]):
        raise RecordError(f"{name}: has no row with a name for each column")
    for number, row in enumerate(rows, 1):
        if len(row) != len(rows[0]):
            rule = f"has {len(row)} cells, and there are {len(rows[0])} columns"
            raise RecordError(f"{name}: row {number}: {rule}")
    return rows


def grid(name: str, content: bytes, keys: Sequence[str]) -> Grid:
    """Return a table as numbers by its leading ``keys``; RecordError where any does not fit.

    Numbers are floats in the table of metrics, integers in all others.
    """
    head, *body = read_rows(name, content)
    if head[: len(keys)] != list(keys):
        raise RecordError(f"{name}: must begin with the columns {', '.join(keys)}")
    axes = tuple(tuple(dict.fromkeys(row[at] for row in body)) for at in range(len(keys)))
    for key, axis in zip(keys, axes, strict=True):
        for value in axis:
            if key not in TEXTS and not re.fullmatch("0|[1-9][0-9]{0,8}", value):
                raise RecordError(f"{name}: {key} = {seen(value)}: must be a whole number from 0")
    shape = tuple(map(len, axes))
    for number, (row, place) in enumerate(zip(body, np.ndindex(shape), strict=False), 2):
        if row[: len(keys)] != [axis[at] for axis, at in zip(axes, place, strict=True)]:
            raise RecordError(f"{name}: row {number}: is out of order, or one is missing before it")
    if len(body) != np.prod(shape):
        raise RecordError(f"{name}: has {len(body)} rows of {np.prod(shape)}")
    columns = tuple(head[len(keys) :])
    kind = np.float64 if name == METRICS_CSV else np.int64
    values = np.empty((len(body), len(columns)), dtype=kind)
    for at, row in enumerate(body):
        try:
            values[at] = [_number(text, kind) for text in row[len(keys) :]]
        except (ValueError, OverflowError) as error:
            raise RecordError(f"{name}: row {at + 2}: {seen(str(error))}") from None
    return Grid(axes, columns, values.reshape(*shape, len(columns)))


def _number(text: str, kind: type[np.float64] | type[np.int64]) -> float | int:
    """Return a number as it is written in a table; ValueError or OverflowError if it is none."""
    if kind is not np.float64:
        return int(text)
    value = np.nan if text == NO_VALUE else float(text)
    if text != NO_VALUE and not abs(value) <= LARGEST:
        raise ValueError(f"{text}: is beyond any number that a run can give")
    return value


def read_cases(content: bytes, cases: Sequence[str], policies: Sequence[str]) -> list[CaseOutcome]:
    """Return what became of each case under each policy; RecordError where anything does not fit.

    The names of ``cases`` and ``policies`` are those of the scenario: in the table a text that
    would be a formula is marked.
    """
    name = CASES
    head, *body = read_rows(name, content)
    expected = [(case, policy) for case in cases for policy in policies]
    if head != [field.name for field in fields(CaseOutcome)]:
        raise RecordError(f"{name}: has other columns than this Forbear writes")
    if [tuple(row[:2]) for row in body] != [(str(cell(case)), policy) for case, policy in expected]:
        raise RecordError(f"{name}: must have the scenario's cases under its policies, in order")
    outcomes = []
    for number, ((case, policy), row) in enumerate(zip(expected, body, strict=True), 2):
        try:
            figures = {
                column: text if column in TEXTS else None if text == NO_VALUE else int(text)
                for column, text in zip(head, row, strict=True)
            }
        except ValueError as error:
            raise RecordError(f"{name}: row {number}: {seen(str(error))}") from None
        outcomes.append(CaseOutcome(**{**figures, "case": case, "policy": policy}))  # type: ignore[arg-type]
    return outcomes
