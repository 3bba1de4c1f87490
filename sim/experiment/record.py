"""The run record: a folder with all that is needed to read a comparison, or to run it again.

::

    scenario.toml         the resolved scenario; run again, it gives the same digest
    summary.json          title, versions, seed, means, effects, remarks, digest, command; how
                          precise it is, if that was asked for; what failed and is left out
    digest.txt            the digest alone
    tables/monthly.csv    the ledger: policy, replica, month, day, every entry (cumulative)
    tables/metrics.csv    policy, replica, every metric
    tables/effects.csv    policy, metric, difference from the baseline, interval, verdict
    tables/segments.csv   policy, segment or cohort, replica, totals since day 0; none too small
    tables/cases.csv      what became of each scripted case under each policy

Money is in minor units, a share lies between 0 and 1, ``n/a`` stands where there is no value. No
clock and no path of the machine is recorded but what the command names: equal runs, equal records.
"""

from __future__ import annotations

import csv
import io
import json
import os
import platform
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, fields
from importlib.metadata import version
from math import isnan
from pathlib import Path
from typing import Any

from sim import __version__
from sim.experiment.atomic import write_folder
from sim.experiment.cases import CaseOutcome
from sim.experiment.compare import Comparison
from sim.experiment.expectations import as_table, outcomes
from sim.experiment.inference import Effect, mean_of_defined
from sim.experiment.precision import Precision
from sim.experiment.remarks import remarks
from sim.parameter import ForbearError
from sim.rules.measures import METRICS
from sim.rules.stocktaking import SEGMENT_ENTRIES
from sim.scenario.load import to_toml

FORMAT = 2
KIND = "forbear run record"
FILES = frozenset(
    {
        "scenario.toml",
        "summary.json",
        "digest.txt",
        "tables/monthly.csv",
        "tables/metrics.csv",
        "tables/effects.csv",
        "tables/segments.csv",
        "tables/cases.csv",
    }
)
NO_VALUE = "n/a"

Cell = str | int | float | None


class RecordError(ForbearError):
    """A run record could not be written where it was asked for."""


def write(comparison: Comparison, folder: Path, command: Sequence[str]) -> None:
    """Put the record of ``comparison``, made by ``command``, at ``folder``, whole or not at all.

    A record already there is replaced. Raises RecordError where the folder holds anything that no
    record wrote, and where it cannot be written; what was there then stays as it was.
    """
    folder = Path(os.path.abspath(folder))
    try:
        check_replaceable(folder)
        write_folder(folder, _texts(comparison, command))
    except OSError as error:
        reason = error.strerror or error
        raise RecordError(f"{folder}: the run record cannot be written: {reason}") from error


def check_replaceable(folder: Path) -> None:
    """Raise RecordError if ``folder`` is, or holds, anything that no record wrote."""
    if not os.path.lexists(folder):
        return
    if folder.is_symlink() or not folder.is_dir():
        raise RecordError(f"{folder} exists and is not a folder: choose another place")
    inside = [*folder.iterdir(), *(folder / "tables").glob("*")]
    present = {path.relative_to(folder).as_posix() for path in inside}
    foreign = sorted(present - FILES - {"tables"})
    if foreign:
        raise RecordError(
            f"{folder} holds what no run record wrote, such as {foreign[0]!r}: "
            "choose another folder, or move that away"
        )
    if present and not _is_summary(folder / "summary.json"):
        raise RecordError(f"{folder} is not a run record: choose another folder")


def _is_summary(path: Path) -> bool:
    try:
        summary = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(summary, dict) and summary.get("kind") == KIND


def _texts(comparison: Comparison, command: Sequence[str]) -> dict[str, str]:
    """Return the content of every file of the record."""
    summary = summary_of(comparison, command)
    texts = {
        "scenario.toml": to_toml(comparison.scenario),
        "summary.json": json.dumps(summary, ensure_ascii=False, indent=2, allow_nan=False) + "\n",
        "digest.txt": comparison.digest + "\n",
        "tables/monthly.csv": _csv(_monthly(comparison)),
        "tables/metrics.csv": _csv(_metrics(comparison)),
        "tables/effects.csv": _csv(_effects(comparison)),
        "tables/segments.csv": _csv(_segments(comparison)),
        "tables/cases.csv": _csv(_cases(comparison)),
    }
    assert texts.keys() == FILES, "what is written is what may be replaced"
    return texts


def summary_of(comparison: Comparison, command: Sequence[str]) -> dict[str, Any]:
    """Return what ``summary.json`` says."""
    scenario = comparison.scenario
    return {
        "kind": KIND,
        "format": FORMAT,
        "title": scenario.title.model_dump(),
        "digest": comparison.digest,
        "seed": scenario.world.seed,
        "days": comparison.days,
        "policies": {
            name: {metric: _finite(mean_of_defined(values)) for metric, values in metrics.items()}
            for name, metrics in comparison.metrics.items()
        },
        "effects": {
            name: {metric: _effect(effect) for metric, effect in effects.items()}
            for name, effects in comparison.effects.items()
        },
        "precision": _precision(comparison.precision),
        "failures": [asdict(failed) for failed in comparison.failures],
        "remarks": [{"remark": remark.key, **remark.values} for remark in remarks(comparison)],
        "expectations": [as_table(outcome) for outcome in outcomes(comparison)],
        "versions": {
            "forbear": __version__,
            "python": platform.python_version(),
            "numpy": version("numpy"),
            "simpy": version("simpy"),
        },
        "command": list(command),
    }


def _precision(precision: Precision | None) -> dict[str, Any] | None:
    if precision is None:
        return None
    return asdict(precision) | {"reached": precision.is_reached}


def _effect(effect: Effect) -> dict[str, Any]:
    return asdict(effect) | {"difference": _finite(effect.difference)}


def _finite(value: float) -> float | None:
    return None if isnan(value) else value


def _monthly(comparison: Comparison) -> Iterator[Sequence[Cell]]:
    entries = list(next(iter(comparison.ledgers.values())))
    yield ("policy", "replica", "month", "day", *entries)
    for policy, ledger in comparison.ledgers.items():
        columns = [ledger[entry].tolist() for entry in entries]
        for at, replica in enumerate(comparison.replicas):
            for month, day in enumerate(comparison.days):
                yield (policy, replica, month, day, *(column[month][at] for column in columns))


def _metrics(comparison: Comparison) -> Iterator[Sequence[Cell]]:
    yield ("policy", "replica", *METRICS)
    for policy, metrics in comparison.metrics.items():
        columns = [metrics[metric].tolist() for metric in METRICS]
        for replica, *row in zip(comparison.replicas, *columns, strict=True):
            yield (policy, replica, *row)


def _effects(comparison: Comparison) -> Iterator[Sequence[Cell]]:
    yield ("policy", "metric", "unit", *(field.name for field in fields(Effect)))
    for policy, effects in comparison.effects.items():
        for metric, effect in effects.items():
            yield (policy, metric, METRICS[metric].unit, *asdict(effect).values())


def _segments(comparison: Comparison) -> Iterator[Sequence[Cell]]:
    yield ("policy", "segment", "replica", *SEGMENT_ENTRIES)
    for policy, segments in comparison.segments.items():
        for segment, entries in segments.items():
            columns = [entries[entry].tolist() for entry in SEGMENT_ENTRIES]
            for replica, *row in zip(comparison.replicas, *columns, strict=True):
                yield (policy, segment, replica, *row)


def _cases(comparison: Comparison) -> Iterator[Sequence[Cell]]:
    yield tuple(field.name for field in fields(CaseOutcome))
    for outcome in comparison.cases:
        yield tuple(asdict(outcome).values())


def _csv(rows: Iterable[Sequence[Cell]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([cell(value) for value in row] for row in rows)
    return text.getvalue()


FORMULA_START = re.compile(r"(^|[,;|\t\r\n])(\s*)(?=[=+\-@＝＋－＠])")
"""Where a spreadsheet, whatever its separator, would take what follows for a formula."""


def cell(value: Cell) -> str | int | float:
    """Return what stands in a CSV file for ``value``: never a formula, n/a for no value."""
    if value is None or (isinstance(value, float) and isnan(value)):
        return NO_VALUE
    return FORMULA_START.sub(r"\1\2'", value) if isinstance(value, str) else value
