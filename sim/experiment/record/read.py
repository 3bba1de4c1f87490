"""Read a record, and doubt it: whatever was changed by hand is found and named.

What the very program that runs here recorded must follow from the record's own ledger to the last
number. Of another program's record the digest must, wherever its scenario is read as it was
written; its metrics may have been defined otherwise, so that one which is not what this program
makes of the same ledger is a doubt, and so is what can be held against nothing.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from sim.experiment.cases import CaseOutcome
from sim.experiment.compare import Comparison, concluded
from sim.experiment.digest import digest as digest_from
from sim.experiment.program import called
from sim.experiment.record import elsewhere
from sim.experiment.record.cells import apart, differing
from sim.experiment.record.manifest import Fault, Held, RecordError, held
from sim.experiment.record.parse import Record, content_of, digest_of, parsed, scenario_of
from sim.experiment.record.summary import Summary, failures_of, precision_of
from sim.experiment.record.tables import CASES, EFFECTS, METRICS_CSV, MONTHLY, read_cases
from sim.experiment.record.write import contents_of
from sim.experiment.results import Result
from sim.scenario.load import to_toml
from sim.scenario.schema import Scenario
from sim.scenario.words import seen

DOUBTS: Final = ("apart", "unknown", "unheld")
"""What of another program's record is told, but does not make it none."""
RECKONED: Final = (METRICS_CSV, EFFECTS, "summary.json")
"""What a program makes of a ledger; the digest covers none of it."""

ODD: Final = (KeyError, IndexError, ValueError, ArithmeticError)
"""What comes of numbers that no run gives."""


@dataclass(frozen=True)
class Examined:
    """A record held against what this program makes of the record's own numbers.

    ``again`` is that comparison, None where this program makes none of them.
    """

    record: Record
    again: Comparison | None
    faults: tuple[Fault, ...]


def read(folder: Path) -> Record:
    """Return the record at ``folder``; its copies as Parquet are only held to their checksums.

    Raises RecordError, naming files and rules, for what is no record, and for one in which anything
    is not as it was written or does not follow from the rest.
    """
    return _read(folder).record


def comparison_of(folder: Path) -> tuple[Comparison, Record]:
    """Return what this program makes of a record's own numbers, and the record.

    Raises RecordError as ``read`` does, and where not even the digest could be held against them.
    """
    found = _read(folder)
    unheld = [fault for fault in found.faults if fault.kind == "unheld"]
    if found.again is None or unheld:
        raise RecordError("\n".join(f"{found.record.folder}: {fault}" for fault in unheld))
    return found.again, found.record


def _read(folder: Path) -> Examined:
    found = held(folder)
    wrong = [str(fault) for fault in found.faults]
    if not wrong:
        try:
            examination = examined(found)
            wrong = [str(fault) for fault in examination.faults if fault.kind not in DOUBTS]
            if not wrong:
                return examination
        except RecordError as error:
            wrong = str(error).splitlines()
    raise RecordError("\n".join(f"{found.folder}: {line}" for line in wrong))


def is_of_this_program(summary: Summary) -> bool:
    """Return whether the very code that runs here, with the same NumPy, made a record."""
    return summary.program == called()


def examined(found: Held) -> Examined:
    """Return a record with what is amiss in it; RecordError where it does not go together."""
    record = parsed(found)
    if not is_of_this_program(record.summary):
        again, faults = _of_another(found, record)
        doubts = tuple(fault for fault in faults if fault.kind in DOUBTS)
        return Examined(replace(record, doubts=doubts), again, tuple(faults))
    scenario = scenario_of(found)
    _check_replicas(scenario, record)
    cases = _cases(found, scenario)
    again = _concluded(scenario, record, cases)
    faults = [*_wrong_digests(found, record, _digest(scenario, record, cases))]
    faults += _inconsistencies(found, record, _told(again, record))
    return Examined(record, again, tuple(faults))


def _of_another(found: Held, record: Record) -> tuple[Comparison | None, list[Fault]]:
    """Return what this program makes of another's record, with what is amiss and what is unheld."""
    try:
        scenario = scenario_of(found)
        cases = _cases(found, scenario)
    except RecordError as error:
        return None, [_unheld(("digest.txt", *RECKONED), error)]
    _check_replicas(scenario, record)
    faults = list(_wrong_digests(found, record, _digest(scenario, record, cases)))
    if faults and _reads_otherwise(scenario, record) and digest_of(found) == record.digest:
        reason = "its scenario has other parameters than this Forbear's"
        faults = [_unheld(("digest.txt",), reason)]
    try:
        again = _concluded(scenario, record, cases)
        told = _told(again, record)
    except RecordError as error:
        return None, [*faults, _unheld(RECKONED, error)]
    return again, [*faults, *elsewhere.faults(found, record.summary, told)]


def _unheld(files: tuple[str, ...], reason: object) -> Fault:
    return Fault("unheld", ", ".join(files), reason=seen(str(reason).partition("\n")[0]))


def _reads_otherwise(scenario: Scenario, record: Record) -> bool:
    """Return whether a recorded scenario lacks what this program would write, or has more."""
    return {"policy": {}, **tomllib.loads(to_toml(scenario))} != record.scenario


def _cases(found: Held, scenario: Scenario) -> tuple[CaseOutcome, ...]:
    names = [case.name for case in scenario.cases]
    return tuple(read_cases(content_of(found, CASES), names, list(scenario.policies)))


def _missing(record: Record) -> set[int]:
    failures = failures_of(record.summary)
    return {replica for failed in failures for replica in failed.replicas}


def _check_replicas(scenario: Scenario, record: Record) -> None:
    """Raise RecordError unless each of the scenario's replicas is in the tables or had failed."""
    missing, everything = _missing(record), range(scenario.world.replicas)
    if not missing < set(everything):
        raise RecordError("summary.json: failures: must be replicas of the scenario, and not all")
    if record.replicas != tuple(each for each in everything if each not in missing):
        raise RecordError(f"{MONTHLY}: has other replicas than scenario.toml and summary.json")


def _digest(scenario: Scenario, record: Record, cases: tuple[CaseOutcome, ...]) -> str:
    """Return the digest that follows from a record's tables, whatever metrics do."""
    said = (record.days, record.ledgers, record.segments)
    return digest_from(scenario, *said, cases, sorted(_missing(record)))


def _concluded(scenario: Scenario, record: Record, cases: tuple[CaseOutcome, ...]) -> Comparison:
    """Return the comparison that follows from the recorded ledger, segments and cases."""
    results = {
        name: [Result(record.replicas, tuple(record.days), ledger, record.segments[name])]
        for name, ledger in record.ledgers.items()
    }
    try:
        comparison = concluded(scenario, results, cases, failures_of(record.summary))
    except ODD as error:
        raise RecordError(f"{MONTHLY}: no metrics follow from it: {error!r}") from None
    return replace(comparison, precision=precision_of(record.summary))


def _told(again: Comparison, record: Record) -> Mapping[str, bytes]:
    """Return what would stand in the files of a record of ``again`` that was made likewise."""
    try:
        return contents_of(again, record.summary.command, record.summary)
    except ODD as error:
        raise RecordError(f"{MONTHLY}: no summary follows from it: {error!r}") from None


def _inconsistencies(found: Held, record: Record, told: Mapping[str, bytes]) -> Iterator[Fault]:
    """Yield where a record says anything but what is ``told`` of its own ledger."""
    summary = record.summary
    yield from differing(found, told, (METRICS_CSV, EFFECTS), "value")
    expected = Summary.model_validate_json(told["summary.json"])
    for key, ours, theirs in apart(summary.model_dump(), expected.model_dump()):
        if key != "digest":
            yield Fault("value", "summary.json", {"key": key}, ours, theirs)
            return


def _wrong_digests(found: Held, record: Record, digest: str) -> Iterator[Fault]:
    """Yield the files that state any digest but that of the scenario and the tables."""
    stated = {"digest.txt": digest_of(found), "summary.json": record.digest}
    for name, said in stated.items():
        if said != digest:
            yield Fault("digest", name, {}, seen(said), digest)
