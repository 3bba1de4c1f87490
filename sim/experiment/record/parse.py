"""What a record's files say, read as they are: whoever wrote them, and whatever follows from it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from sim.experiment.record.manifest import Fault, Held, Manifest, RecordError, first_of
from sim.experiment.record.summary import Summary
from sim.experiment.record.tables import METRICS_CSV, MONTHLY, SEGMENTS, Grid, grid
from sim.experiment.simulate import Entries
from sim.luck import Floats
from sim.scenario.files import Table, parse
from sim.scenario.load import load_alone
from sim.scenario.problems import ScenarioError
from sim.scenario.schema import Scenario
from sim.scenario.words import BASELINE, seen

POLICY_NAME: Final = "[a-z][a-z0-9_]{0,39}"


@dataclass(frozen=True)
class Record:
    """A run's record, every file of it as it was written.

    ``scenario`` is the resolved scenario as plain data, ``scenario_text`` its file. The rest is as
    in ``Comparison``, ``metrics`` as they were recorded, whatever this program would measure.
    ``doubts``: of another program's record, what differs from what this one makes of the record's
    own numbers, and what could be held against nothing.
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
    doubts: tuple[Fault, ...] = ()

    @property
    def digest(self) -> str:
        """The digest that the record states."""
        return self.summary.digest


def parsed(found: Held) -> Record:
    """Return what a record's files say; RecordError where they do not say it as records do."""
    summary = said(found)
    monthly = grid(MONTHLY, content_of(found, MONTHLY), ("policy", "replica", "month"))
    metrics = grid(METRICS_CSV, content_of(found, METRICS_CSV), ("policy", "replica"))
    segments = grid(SEGMENTS, content_of(found, SEGMENTS), ("policy", "segment", "replica"))
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
    text = content_of(found, "scenario.toml")
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
        return Summary.model_validate_json(content_of(found, "summary.json"), strict=True)
    except ValidationError as error:
        raise RecordError(f"summary.json: {first_of(error)}") from None


def scenario_of(found: Held) -> Scenario:
    """Return the recorded scenario; RecordError where this program cannot run it."""
    try:
        return load_alone("scenario.toml", content_of(found, "scenario.toml"))
    except ScenarioError as error:
        raise RecordError(str(error)) from None


def digest_of(found: Held) -> str:
    """Return what ``digest.txt`` states, nothing if it could not be read."""
    return found.contents.get("digest.txt", b"").decode(errors="replace").strip()


def content_of(found: Held, name: str) -> bytes:
    """Return what stands in a file; RecordError if it could not be read."""
    if name not in found.contents:
        raise RecordError(f"{name}: cannot be read")
    return found.contents[name]
