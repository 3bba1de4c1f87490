"""A run record held against itself and against its scenario run again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from sim.experiment.compare import Comparison, Progress, concluded
from sim.experiment.record.manifest import TABLES, Fault, Held, RecordError, held
from sim.experiment.record.read import (
    differing,
    digest_of,
    inconsistencies,
    is_of_this_program,
    recomputed,
    said,
    scenario_of,
    wrong_digests,
)
from sim.experiment.record.summary import Environment, Summary, environment, failures_of
from sim.experiment.record.tables import CASES, MONTHLY, SEGMENTS
from sim.experiment.record.write import contents_of
from sim.experiment.study import FailedBatch, Study
from sim.scenario.schema import Scenario
from sim.scenario.words import seen

T = TypeVar("T")


@dataclass(frozen=True)
class Verification:
    """What became of holding a record of so many ``files`` against itself and against a rerun.

    ``made_by`` is what made it, None where it does not say so; ``here`` is this program. ``digest``
    is what the record states, ``rerun`` that of the scenario run again, None where it was not run.
    ``missing`` are the replicas that failed when the record was made; they are left out again.
    """

    folder: Path
    files: int
    faults: tuple[Fault, ...]
    made_by: Summary | None
    here: Environment
    digest: str
    rerun: str | None
    missing: tuple[int, ...]

    @property
    def is_confirmed(self) -> bool:
        """Whether nothing is amiss."""
        return not self.faults


def verify(
    folder: Path, *, run: bool = True, jobs: int = 1, progress: Progress | None = None
) -> Verification:
    """Hold the record at ``folder`` against its manifest, its own ledger and, to ``run``, a rerun.

    What this program computes from a ledger is held against the record's metrics only where the
    same program made it. Raises RecordError for what is no record, WorkerError where the rerun
    breaks.
    """
    found = held(folder)
    faults = list(found.faults)
    summary, scenario = _tried(said, found, faults), _tried(scenario_of, found, faults)
    is_ours = summary is not None and is_of_this_program(summary)
    again = _tried(recomputed, found, faults) if summary and scenario else None
    if again:
        faults += (inconsistencies if is_ours else wrong_digests)(found, again)
    failures = failures_of(summary) if summary else ()
    rerun = None
    if run and scenario:
        rerun = _run_again(scenario, failures, jobs, progress)
        faults += _beside(found, rerun, TABLES if is_ours else (MONTHLY, SEGMENTS, CASES))
    return Verification(
        found.folder,
        len(found.manifest.files),
        tuple(faults),
        summary,
        environment(),
        seen(digest_of(found)),
        rerun.digest if rerun else None,
        tuple(replica for failed in failures for replica in failed.replicas),
    )


def _tried(what: Callable[[Held], T], found: Held, faults: list[Fault]) -> T | None:
    """Return what can be made of a record, or None and a fault, told once a file."""
    try:
        return what(found)
    except RecordError as error:
        file, _, reason = str(error).splitlines()[0].partition(": ")
        unread = {fault.file for fault in faults if fault.kind != "edited"}
        if file not in unread:
            faults.append(Fault("unreadable", file, reason=seen(reason)))
        return None


def _run_again(
    scenario: Scenario,
    failures: tuple[FailedBatch, ...],
    jobs: int,
    progress: Progress | None,
) -> Comparison:
    """Return the comparison of a scenario run again, without what had failed."""
    with Study(scenario, jobs=jobs, progress=progress) as study:
        study.run(scenario.world.replicas)
    return concluded(scenario, study.results, study.cases, failures)


def _beside(found: Held, ran: Comparison, tables: tuple[str, ...]) -> Iterator[Fault]:
    """Yield the digest, and the first cell of each table, that is another when run again."""
    if digest_of(found) != ran.digest:
        yield Fault("rerun_digest", "digest.txt", {}, seen(digest_of(found)), ran.digest)
    yield from differing(found, contents_of(ran, ()), tables, "rerun_value")
