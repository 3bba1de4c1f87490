"""Read a record, and doubt it: whatever was changed by hand is found and named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from math import isclose
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from sim.experiment.cases import CaseOutcome
from sim.experiment.compare import Comparison, concluded
from sim.experiment.program import called
from sim.experiment.record.manifest import (
    Fault,
    Held,
    Kind,
    Manifest,
    RecordError,
    first_of,
    held,
)
from sim.experiment.record.summary import Summary, failures_of, precision_of
from sim.experiment.record.tables import (
    CASES,
    EFFECTS,
    METRICS_CSV,
    MONTHLY,
    SEGMENTS,
    Grid,
    grid,
    read_cases,
    read_rows,
)
from sim.experiment.record.write import contents_of
from sim.experiment.results import Result
from sim.experiment.simulate import Entries
from sim.luck import Floats
from sim.scenario.files import Table, parse
from sim.scenario.load import load_alone
from sim.scenario.problems import ScenarioError
from sim.scenario.schema import Scenario
from sim.scenario.words import BASELINE, seen

POLICY_NAME: Final = "[a-z][a-z0-9_]{0,39}"
ROUNDING: Final = 1e-9
"""Floats that differ by no more than this part are the same: processors round differently."""


@dataclass(frozen=True)
class Record:
    """A run's record, every file of it as it was written.

    ``scenario`` is the resolved scenario as plain data, ``scenario_text`` its file. The rest is as
    in ``Comparison``, ``metrics`` as they were recorded, whatever this program would measure.
    """

    folder: Path
    manifest: Manifest
    summary: Summary
    scenario: Table
    scenario_text: bytes
    replicas: tuple[int, ...]
    days: list[int]
    ledgers: dict[str, Entries]
    metrics: dict[str, dict[str, Floats]]
    segments: dict[str, dict[str, Entries]]

    @property
    def digest(self) -> str:
        """The digest that the record states."""
        return self.summary.digest


def read(folder: Path) -> Record:
    """Return the record at ``folder``.

    Raises RecordError, naming files and rules, for what is no record, and for one in which anything
    is not as it was written or does not follow from the rest.
    """
    found = held(folder)
    wrong = [str(fault) for fault in found.faults]
    if not wrong:
        try:
            record = parsed(found)
            if is_of_this_program(record.summary):  # another may measure, and say, something else
                wrong = [str(fault) for fault in inconsistencies(found, recomputed(found))]
            if not wrong:
                return record
        except RecordError as error:
            wrong = str(error).splitlines()
    raise RecordError("\n".join(f"{found.folder}: {line}" for line in wrong))


def is_of_this_program(summary: Summary) -> bool:
    """Return whether the very code that runs here, with the same NumPy, made a record."""
    return summary.program == called()


def parsed(found: Held) -> Record:
    """Return what a record's files say; RecordError where they do not say it as records do."""
    summary = said(found)
    monthly = grid(MONTHLY, _content(found, MONTHLY), ("policy", "replica", "month"))
    metrics = grid(METRICS_CSV, _content(found, METRICS_CSV), ("policy", "replica"))
    segments = grid(SEGMENTS, _content(found, SEGMENTS), ("policy", "segment", "replica"))
    policies = tuple(summary.policies)
    odd = [seen(name) for name in policies if not re.fullmatch(POLICY_NAME, name)]
    if odd or BASELINE not in policies:
        raise RecordError(f"summary.json: policies: {odd[0] if odd else 'there is no baseline'}")
    if monthly.axes[0] != policies or metrics.axes != monthly.axes[:2]:
        rule = "has other policies or replicas than summary.json and the table of months"
        raise RecordError(f"{METRICS_CSV if monthly.axes[0] == policies else MONTHLY}: {rule}")
    if segments.axes[0] and (segments.axes[0], segments.axes[2]) != monthly.axes[:2]:
        raise RecordError(f"{SEGMENTS}: has other policies or replicas than the table of months")
    ledgers = {
        policy: {entry: values.T for entry, values in _columns(monthly, at)}
        for at, policy in enumerate(policies)
    }
    days = {tuple(rows) for ledger in ledgers.values() for rows in ledger.pop("day").T.tolist()}
    if days != {summary.days} or monthly.axes[2] != tuple(map(str, range(len(summary.days)))):
        raise RecordError(f"{MONTHLY}: has other months than summary.json")
    text = _content(found, "scenario.toml")
    settings = _settings(text)
    if {BASELINE, *settings["policy"]} != {*policies}:
        raise RecordError("scenario.toml: has other policies than the tables")
    return Record(
        found.folder,
        found.manifest,
        summary,
        settings,
        text,
        tuple(int(replica) for replica in monthly.axes[1]),
        list(summary.days),
        ledgers,
        {policy: dict(_columns(metrics, at)) for at, policy in enumerate(policies)},
        {
            policy: {
                segment: dict(_columns(segments, policies.index(policy), place))
                for place, segment in enumerate(segments.axes[1])
            }
            for policy in policies
        },
    )


def _settings(text: bytes) -> Table:
    """Return what ``scenario.toml`` says as plain data, whatever program wrote it."""
    try:
        settings = {"policy": {}, **parse("scenario.toml", text)}
    except ScenarioError as error:
        raise RecordError(str(error)) from None
    for name in ("world", "baseline", "policy"):
        if not isinstance(settings.get(name), dict):
            raise RecordError(f"scenario.toml: {name}: must be a table")
    return settings


def _columns(table: Grid, *at: int) -> Iterator[tuple[str, Any]]:
    """Yield the columns of a part of a table by name."""
    for place, name in enumerate(table.columns):
        yield name, table.values[at][..., place]


def said(found: Held) -> Summary:
    """Return the summary; RecordError where it is none."""
    try:
        return Summary.model_validate_json(_content(found, "summary.json"), strict=True)
    except ValidationError as error:
        raise RecordError(f"summary.json: {first_of(error)}") from None


def scenario_of(found: Held) -> Scenario:
    """Return the recorded scenario; RecordError where this program cannot run it."""
    try:
        return load_alone("scenario.toml", _content(found, "scenario.toml"))
    except ScenarioError as error:
        raise RecordError(str(error)) from None


def comparison_of(folder: Path) -> tuple[Comparison, tuple[str, ...]]:
    """Return the comparison that a record holds, and the command that made it.

    Raises RecordError as ``read`` does.
    """
    record = read(folder)
    return recomputed(held(folder)), tuple(record.summary.command)


def recomputed(found: Held) -> Comparison:
    """Return the comparison that follows from the recorded scenario, ledger, segments and cases.

    Raises RecordError where they do not go together.
    """
    scenario, record = scenario_of(found), parsed(found)
    cases = read_cases(
        _content(found, CASES), [case.name for case in scenario.cases], list(scenario.policies)
    )
    return _concluded(scenario, record, tuple(cases))


def _concluded(scenario: Scenario, record: Record, cases: tuple[CaseOutcome, ...]) -> Comparison:
    results = {
        name: [Result(record.replicas, tuple(record.days), ledger, record.segments[name])]
        for name, ledger in record.ledgers.items()
    }
    try:
        comparison = concluded(scenario, results, cases, failures_of(record.summary))
    except (KeyError, ValueError, ArithmeticError) as error:
        raise RecordError(f"{MONTHLY}: no metrics follow from it: {error!r}") from None
    if comparison.replicas != record.replicas:
        raise RecordError(f"{MONTHLY}: has other replicas than scenario.toml and summary.json")
    return replace(comparison, precision=precision_of(record.summary))


def inconsistencies(found: Held, again: Comparison) -> Iterator[Fault]:
    """Yield where a record says anything but what follows from its own ledger (``again``)."""
    yield from wrong_digests(found, again)
    summary = said(found)
    told = contents_of(again, summary.command, summary)
    yield from differing(found, told, (METRICS_CSV, EFFECTS), "value")
    expected = Summary.model_validate_json(told["summary.json"])
    for key, ours, theirs in _apart(summary.model_dump(), expected.model_dump()):
        if key != "digest":
            yield Fault("value", "summary.json", {"key": key}, ours, theirs)
            return


def wrong_digests(found: Held, again: Comparison) -> Iterator[Fault]:
    """Yield the files that state any digest but that of the scenario and the tables."""
    stated = {"digest.txt": digest_of(found), "summary.json": said(found).digest}
    for name, digest in stated.items():
        if digest != again.digest:
            yield Fault("digest", name, {}, seen(digest), again.digest)


def digest_of(found: Held) -> str:
    """Return what ``digest.txt`` states, nothing if it could not be read."""
    return found.contents.get("digest.txt", b"").decode(errors="replace").strip()


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
    except RecordError:
        return  # said already
    head = theirs[0]
    keys = [column for column in head if column in KEYS]
    for our, their in zip(ours, theirs, strict=False):
        at = {
            column: seen(text) for column, text in zip(head, their, strict=True) if column in keys
        }
        for column, mine, yours in zip(head, our, their, strict=False):
            if not _same(mine, yours):
                where = {**at, "column": seen(column)} if our is not ours[0] else {"row": "1"}
                yield Fault(kind, name, where, seen(mine), seen(yours))
                return
    if len(ours) != len(theirs):
        yield Fault(kind, name, {"column": "rows"}, str(len(ours)), str(len(theirs)))


KEYS: Final = ("policy", "replica", "month", "metric", "segment", "case")


def _same(ours: str, theirs: str) -> bool:
    """Return whether two cells say the same, floats but for their rounding."""
    if ours == theirs:
        return True
    if ours.lstrip("-").isdecimal() and theirs.lstrip("-").isdecimal():
        return False
    try:
        return isclose(float(ours), float(theirs), rel_tol=ROUNDING)
    except ValueError:
        return False


def _apart(ours: object, theirs: object, key: str = "") -> Iterator[tuple[str, str, str]]:
    """Yield the keys at which two summaries differ, with what each says."""
    if isinstance(ours, dict) and isinstance(theirs, dict) and ours.keys() == theirs.keys():
        for name in theirs:
            yield from _apart(ours[name], theirs[name], f"{key}.{name}" if key else str(name))
    elif not _alike(ours, theirs):
        yield seen(key), seen(str(ours)), seen(str(theirs))


def _alike(ours: object, theirs: object) -> bool:
    if isinstance(ours, float) and isinstance(theirs, float):
        return isclose(ours, theirs, rel_tol=ROUNDING)
    if isinstance(ours, tuple) and isinstance(theirs, tuple):
        return len(ours) == len(theirs) and all(map(_alike, ours, theirs))
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return not any(_apart(ours, theirs))
    return ours == theirs


def _content(found: Held, name: str) -> bytes:
    """Return what stands in a file; RecordError if it could not be read."""
    if name not in found.contents:
        raise RecordError(f"{name}: cannot be read")
    return found.contents[name]
