"""A run record held against itself and against its scenario run again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from sim.experiment.compare import Comparison, Progress, concluded
from sim.experiment.record.cells import copies, differing
from sim.experiment.record.manifest import TABLES, Fault, Held, RecordError, held
from sim.experiment.record.parse import digest_of, said, scenario_of
from sim.experiment.record.read import examined, is_of_this_program
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
        """Whether nothing is amiss, and nothing was held against nothing."""
        return not self.faults


def verify(
    folder: Path, *, run: bool = True, jobs: int = 1, progress: Progress | None = None
) -> Verification:
    """Hold the record at ``folder`` against its manifest, its own ledger and, to ``run``, a rerun.

    What could be held against nothing is a fault, too: it is not confirmed. Raises RecordError for
    what is no record, WorkerError where the rerun breaks.
    """
    found = held(folder)
    faults = list(found.faults)
    summary, scenario = _tried(said, found, faults), _tried(scenario_of, found, faults)
    is_ours = summary is not None and is_of_this_program(summary)
    examination = _tried(examined, found, faults) if summary else None
    faults += examination.faults if examination else ()
    faults += copies(found)
    failures = failures_of(summary) if summary else ()
    missing = tuple(replica for failed in failures for replica in failed.replicas)
    rerun = None
    if run and scenario:
        if not {*missing} < {*range(scenario.world.replicas)}:
            failures = missing = ()  # that there were others is said already
        rerun = _run_again(scenario, failures, jobs, progress)
        faults += _beside(found, rerun, TABLES if is_ours else (MONTHLY, SEGMENTS, CASES))
    return Verification(
        found.folder,
        len(found.manifest.files),
        tuple(_each_once(faults)),
        summary,
        environment(),
        seen(digest_of(found)),
        rerun.digest if rerun else None,
        missing,
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


def _each_once(faults: list[Fault]) -> Iterator[Fault]:
    """Yield the faults; that a file cannot be used once only, however often it was tried."""
    unreadable: set[str] = set()
    for fault in faults:
        if fault.kind != "unreadable" or fault.file not in unreadable:
            yield fault
        if fault.kind == "unreadable":
            unreadable.add(fault.file)


def _run_again(
    scenario: Scenario,
    failures: tuple[FailedBatch, ...],
    jobs: int,
    progress: Progress | None,
) -> Comparison:
    """Return the comparison of a scenario run again, without what had failed."""
    with Study(scenario, jobs=jobs, progress=progress) as study:
        study.failures += failures  # nor tried: they would most likely fail again
        study.run(scenario.world.replicas)
    return concluded(scenario, study.results, study.cases, failures)


def _beside(found: Held, ran: Comparison, tables: tuple[str, ...]) -> Iterator[Fault]:
    """Yield the digest, and the first cell of each table, that is another when run again."""
    if digest_of(found) != ran.digest:
        yield Fault("rerun_digest", "digest.txt", {}, seen(digest_of(found)), ran.digest)
    yield from differing(found, contents_of(ran, ()), tables, "rerun_value")
