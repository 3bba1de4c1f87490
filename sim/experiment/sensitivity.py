"""Sensitivity: how far each assumption about the world moves each finding of the evidence.

One parameter at a time is put at either end of what is plausible, everything else and all luck the
same, and every file is run again, at a fraction of its size. A file that says the parameter itself
keeps what it says. A task is one file with one parameter at one value; what it gave is a line of
JSON in the file named to resume from, so that a run that was interrupted goes on where it was.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, Literal

from sim import __version__
from sim.experiment.compare import Progress, compare
from sim.experiment.evidence import Trial, judged, read, shrunk, work
from sim.experiment.workers import executor, finished
from sim.parameter import ForbearError, Parameter
from sim.scenario.assumed import assumed
from sim.scenario.evidence import Finding
from sim.scenario.files import read_document
from sim.scenario.load import ScenarioError, load
from sim.scenario.schema import Scenario

FRACTION: Final = 10
"""The runs have one borrower in so many, unless told otherwise."""

Number = int | float
End = Literal["low", "high"]
ENDS: Final[tuple[End, ...]] = ("low", "high")


@dataclass(frozen=True)
class Varied:
    """A parameter and the two ends of what is plausible for it."""

    parameter: Parameter
    low: Number
    high: Number

    def at(self, end: End) -> Number:
        """Return the value at an end."""
        return self.low if end == "low" else self.high


@dataclass(frozen=True)
class Reading:
    """What a file's findings came to, in their order; ``refused`` says why there was no run."""

    values: tuple[float | None, ...]
    refused: str | None = None


@dataclass(frozen=True)
class Task:
    """One file, with one parameter at one value; none of them as the file has it."""

    trial: int
    key: str | None = None
    value: Number | None = None


@dataclass(frozen=True)
class Move:
    """One finding, as its file has it and with one parameter at either end."""

    trial: Trial
    finding: Finding
    varied: Varied
    central: float | None
    low: float | None
    high: float | None

    def at(self, end: End) -> float | None:
        """Return what is measured with the parameter at an end."""
        return self.low if end == "low" else self.high

    @property
    def swing(self) -> float:
        """How far apart the three numbers are, in widths of the band; 0 where one is missing.

        Of a band that is open on one side: in distances of the central number from its end.
        """
        known = [value for value in (self.central, self.low, self.high) if value is not None]
        room = self.finding.room(self.central)
        return (max(known) - min(known)) / room if len(known) == 3 and room else 0.0

    def crosses(self, end: End) -> bool:
        """Return whether the finding changes sides when the parameter goes to an end.

        Where there is no number, there is no side.
        """
        there, here = self.at(end), self.central
        if there is None or here is None:
            return False
        return self.finding.holds(there) != self.finding.holds(here)


@dataclass(frozen=True)
class Sensitivity:
    """All moves; what was not run because a file states it, and what could not be.

    ``stated``: file and key. ``refused``: file, key, end and the rule that it breaks.
    """

    trials: tuple[Trial, ...]
    varied: tuple[Varied, ...]
    moves: tuple[Move, ...]
    stated: frozenset[tuple[str, str]]
    refused: tuple[tuple[str, str, End, str], ...]


def assumptions() -> tuple[Varied, ...]:
    """Return what is assumed of borrowers, each number with both ends of what is plausible."""
    found = []
    for one in assumed():
        assert one.plausible is not None
        low, high = one.plausible
        whole = one.kind == "integer"
        found.append(Varied(one, round(low) if whole else low, round(high) if whole else high))
    return tuple(found)


def sensitivity(
    files: Sequence[str],
    varied: Sequence[Varied],
    *,
    overrides: Mapping[str, Any] | None = None,
    fraction: int = FRACTION,
    jobs: int = 1,
    resume: Path | None = None,
    progress: Progress | None = None,
) -> Sensitivity:
    """Run every file with every parameter at both ends, and return what moved.

    ``resume`` names a file of results to take up and add to. ``progress`` is told of
    borrower-months done and in total. Raises ScenarioError for a wrong file, ForbearError where
    ``resume`` cannot be read or written, WorkerError when a worker process dies.
    """
    trials = tuple(
        Trial(trial.file, shrunk(trial.scenario, fraction, borrowers_too=True), trial.measured)
        for trial in read(files, overrides)
    )
    stated = frozenset(_stated(trials, varied))
    tasks = list(dict.fromkeys(_tasks(trials, varied, stated)))
    contents = [_content(trial.scenario) for trial in trials]
    names = {task: _name(contents[task.trial], task) for task in tasks}
    known = _kept(resume)
    done = {task: known[names[task]] for task in tasks if names[task] in known}
    missing = [task for task in tasks if task not in done]
    runs: list[Callable[[], tuple[Task, Reading]]] = [
        partial(_run, task, trials[task.trial], overrides) for task in missing
    ]
    shares = {task: work(trials[task.trial].scenario) for task in tasks}
    so_far, total = sum(shares[task] for task in done), sum(shares.values())
    report = progress or _silent
    report(so_far, total)
    with executor(jobs) as workers:
        for task, reading in finished(workers, runs):
            done[task] = reading
            _keep(resume, names[task], task, reading)
            so_far += shares[task]
            report(so_far, total)
    return _gathered(trials, tuple(varied), stated, done)


def _stated(trials: Sequence[Trial], varied: Sequence[Varied]) -> Iterator[tuple[str, str]]:
    """Yield the file and key of each parameter that a file, and no preset, says."""
    for trial in trials:
        document = read_document(trial.file)
        for one in varied:
            if document.states(tuple(one.parameter.key.split("."))):
                yield trial.file, one.parameter.key


def _tasks(
    trials: Sequence[Trial], varied: Sequence[Varied], stated: frozenset[tuple[str, str]]
) -> Iterator[Task]:
    for index, trial in enumerate(trials):
        yield Task(index)
        for one in varied:
            if (trial.file, one.parameter.key) not in stated:
                for end in ENDS:
                    yield _task(index, trial, one, end)


def _task(index: int, trial: Trial, one: Varied, end: End) -> Task:
    """Return the task of an end; at the value that the file has anyway, the file's own."""
    value: Any = trial.scenario
    for part in one.parameter.key.split("."):
        value = getattr(value, part)
    if value == one.at(end):
        return Task(index)
    return Task(index, one.parameter.key, one.at(end))


def _run(task: Task, trial: Trial, overrides: Mapping[str, Any] | None) -> tuple[Task, Reading]:
    """Run a task; everything but the parameter is as in ``trial``, its size too."""
    scenario = trial.scenario
    if task.key is not None:
        try:
            changed = load(trial.file, overrides, book={task.key: task.value})
        except ScenarioError as error:  # beside what the file says it cannot be
            rule = "; ".join(problem.rule for problem in error.problems)
            return task, Reading((None,) * len(trial.measured), rule)
        study = {"borrowers": scenario.world.borrowers, "replicas": scenario.world.replicas}
        scenario = scenario.model_copy(update={"world": changed.world.model_copy(update=study)})
    measured = judged(trial, compare(scenario)).measured
    return task, Reading(tuple(each.value for each in measured))


def _gathered(
    trials: tuple[Trial, ...],
    varied: tuple[Varied, ...],
    stated: frozenset[tuple[str, str]],
    done: Mapping[Task, Reading],
) -> Sensitivity:
    moves: list[Move] = []
    refused: list[tuple[str, str, End, str]] = []
    for index, trial in enumerate(trials):
        central = done[Task(index)].values
        for one in varied:
            key = one.parameter.key
            if (trial.file, key) in stated:
                continue
            low, high = (done[_task(index, trial, one, end)] for end in ENDS)
            for end, reading in zip(ENDS, (low, high), strict=True):
                if reading.refused is not None:
                    refused.append((trial.file, key, end, reading.refused))
            numbers = zip(trial.note.finding, central, low.values, high.values, strict=True)
            moves += [
                Move(trial, finding, one, *values)
                for finding, *values in numbers
                if finding.is_judged
            ]
    return Sensitivity(trials, varied, tuple(moves), stated, tuple(refused))


def _content(scenario: Scenario) -> str:
    """Return a text that differs where what a file's runs give may differ."""
    study = scenario.model_dump(mode="json", exclude={"title", "question", "evidence"})
    assert scenario.evidence is not None
    said = [finding.formula.text for finding in scenario.evidence.finding]
    return json.dumps([__version__, study, said], sort_keys=True)


def _name(content: str, task: Task) -> str:
    """Return the name under which a task's result is kept."""
    return sha256(json.dumps([content, task.key, task.value]).encode()).hexdigest()


def _kept(resume: Path | None) -> dict[str, Reading]:
    """Return the results kept so far, by name; a line that was cut off is none."""
    if resume is None or not resume.exists():
        return {}
    try:
        lines = resume.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ForbearError(f"{resume}: the results kept there cannot be read: {error}") from None
    kept = {}
    for line in lines:
        try:
            table = json.loads(line)
            kept[table["name"]] = Reading(tuple(table["values"]), table["refused"])
        except (ValueError, KeyError, TypeError):
            continue
    return kept


def _keep(resume: Path | None, name: str, task: Task, reading: Reading) -> None:
    """Add a result to those that are kept."""
    if resume is None:
        return
    table = {"name": name, "key": task.key, "value": task.value, **asdict(reading)}
    try:
        resume.parent.mkdir(parents=True, exist_ok=True)
        with resume.open("a+b") as file:
            if file.tell() and not _ends_a_line(file):
                file.write(b"\n")
            file.write(json.dumps(table).encode() + b"\n")
    except OSError as error:
        reason = error.strerror or error
        raise ForbearError(f"{resume}: results cannot be kept there: {reason}") from None


def _ends_a_line(file: Any) -> bool:
    """Return whether the last byte of a file, opened to be added to, ends a line."""
    file.seek(-1, 2)
    return bool(file.read(1) == b"\n")


def as_table(found: Sensitivity) -> dict[str, Any]:
    """Return everything as plain data."""
    return {
        "parameters": [
            {"key": one.parameter.key, "low": one.low, "high": one.high} for one in found.varied
        ],
        "moves": [
            {
                "file": Path(move.trial.file).stem,
                "target": move.trial.note.target,
                "label": move.finding.label.model_dump(),
                "band": [move.finding.low, move.finding.high],
                "key": move.varied.parameter.key,
                "central": move.central,
                "at_low": move.low,
                "at_high": move.high,
                "swing": move.swing,
                "crosses": [end for end in ENDS if move.crosses(end)],
            }
            for move in found.moves
        ],
        "stated": sorted([Path(file).stem, key] for file, key in found.stated),
        "refused": [[Path(file).stem, *rest] for file, *rest in found.refused],
    }


def _silent(done: int, total: int) -> None:
    """Report to nobody."""
