"""Evidence scenarios run, and each finding held against its band.

The number is that of the run, at the size its file states; it lies inside or outside, whatever its
interval. Its Monte Carlo error should be at most a fifth of the band, so that another seed would
rarely say otherwise; where it is more, that is told. Of a band that is open on one side it should
be at most a fifth of how far the number lies from its end.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Final, Literal, get_args

import sim
from sim.experiment.compare import Comparison, Progress, compare
from sim.experiment.estimates import Estimate, estimate
from sim.parameter import ForbearError
from sim.scenario.evidence import EvidenceNote, Finding
from sim.scenario.files import shipped_folder
from sim.scenario.load import ScenarioError, load
from sim.scenario.schema import Scenario
from sim.scenario.world import FEWEST_REPLICAS

Verdict = Literal["inside", "outside", "told"]
Size = Literal["full", "small"]
SIZES: Final[tuple[Size, ...]] = get_args(Size)

SMALL: Final = 5
"""A small run has one replica in so many, but not fewer than an interval needs."""
ONE_SIDED: Final = 0.975
"""The confidence of each bound: 95 % for both."""
KEPT: Final = Path(sim.__file__).parent / "evidence.json"
"""What ``forbear evidence --json`` wrote when it was last run in full."""
LARGEST_NOISE: Final = 0.2
"""Of the room a finding has: what the Monte Carlo error should be at most."""


@dataclass(frozen=True)
class Measured:
    """One finding and what the run gives for it; ``estimate`` is None where nothing was run."""

    finding: Finding
    estimate: Estimate | None

    @property
    def value(self) -> float | None:
        """The number measured, None where there is none."""
        value = self.estimate.value if self.estimate else None
        return value if isinstance(value, float | int) else None

    @property
    def verdict(self) -> Verdict:
        """Where the number lies; what has none is outside, what has no band is only told."""
        if not self.finding.is_judged:
            return "told"
        return "inside" if self.finding.holds(self.value) else "outside"

    @property
    def is_as_said(self) -> bool:
        """Whether the file says why it is outside exactly where it is."""
        return (self.verdict == "outside") == (self.finding.missed is not None)

    @property
    def is_noisy(self) -> bool:
        """Whether its error is more than the band allows, or not known."""
        if self.estimate is None or not self.finding.is_judged:
            return False
        error, room = self.estimate.error, self.room
        return error is None or (error > 0 and (room is None or error > LARGEST_NOISE * room))

    @property
    def room(self) -> float | None:
        """The width of the band, or how far the number lies from the end of an open one."""
        return self.finding.room(self.value)


@dataclass(frozen=True)
class Trial:
    """One file of evidence; ``digest`` is that of its run, None where nothing was run."""

    file: str
    scenario: Scenario
    measured: tuple[Measured, ...]
    digest: str | None = None

    @property
    def note(self) -> EvidenceNote:
        """What the file says of its evidence."""
        note = self.scenario.evidence
        assert note is not None, "read() lets nothing else through"
        return note

    @property
    def is_inside(self) -> bool:
        """Whether no finding lies outside."""
        return all(each.verdict != "outside" for each in self.measured)


def shipped() -> tuple[str, ...]:
    """Return the paths of the evidence that comes along."""
    return tuple(str(path) for path in sorted((shipped_folder() / "evidence").glob("*.toml")))


def path_of(file: str) -> str:
    """Return the path of a file, or of shipped evidence by its name alone."""
    return {Path(path).stem: path for path in shipped()}.get(file, file)


def read(
    files: Sequence[str],
    overrides: Mapping[str, Any] | None = None,
    *,
    book: Mapping[str, Any] | None = None,
    size: Size = "full",
) -> tuple[Trial, ...]:
    """Return the files, nothing run, by target and then by name; without their scripted cases.

    Raises ScenarioError with every problem of every file, ForbearError where a file is no evidence.
    """
    trials, problems = [], []
    for file in files:
        try:
            scenario = load(path_of(file), overrides, book=book)
        except ScenarioError as error:
            problems += error.problems
            continue
        note = scenario.evidence
        if note is None:
            raise ForbearError(f"{file}: is no evidence: it has no table [evidence]")
        scenario = scenario.model_copy(update={"cases": (), "expectations": ()})
        if size == "small" and "world.replicas" not in (overrides or {}):
            scenario = shrunk(scenario, SMALL, borrowers_too=False)
        findings = tuple(Measured(finding, None) for finding in note.finding)
        trials.append(Trial(path_of(file), scenario, findings))
    if problems:
        raise ScenarioError(problems)
    if not trials:
        raise ForbearError("there is no evidence to run")
    return tuple(sorted(trials, key=lambda trial: (trial.note.target, Path(trial.file).stem)))


def kept() -> tuple[Trial, ...]:
    """Return the evidence that comes along, with what was measured when it was last run."""
    tables = {each["file"]: each for each in json.loads(KEPT.read_text("utf-8"))}
    return tuple(
        replace(
            trial,
            measured=tuple(
                replace(each, estimate=_kept(found))
                for each, found in zip(
                    trial.measured, tables[Path(trial.file).stem]["findings"], strict=True
                )
            ),
            digest=tables[Path(trial.file).stem]["digest"],
        )
        for trial in read(shipped())
    )


def _kept(table: Mapping[str, Any]) -> Estimate:
    low, high = table["interval"]
    return Estimate(table["value"], low, high, table["reason"], error=table["error"])


def shrunk(scenario: Scenario, factor: int, *, borrowers_too: bool) -> Scenario:
    """Return a scenario with a ``factor``-th of its borrowers x replicas, as nearly as may be.

    Replicas go first, but not below what an interval needs; then borrowers, if they may. Not where
    a lender's staff or a court is limited, or loans are added: fewer borrowers would have more of
    them each.
    """
    world = scenario.world
    replicas = min(world.replicas, max(FEWEST_REPLICAS, world.replicas // factor))
    size: dict[str, int] = {"replicas": replicas}
    if borrowers_too and not _is_shared(scenario):
        wanted = world.borrowers * world.replicas // (factor * replicas)
        size["borrowers"] = max(1, min(world.borrowers, wanted))
    return scenario.model_copy(update={"world": world.model_copy(update=size)})


def _is_shared(scenario: Scenario) -> bool:
    """Return whether borrowers have to share what does not grow with their number."""
    hands = [scenario.world.court.hearings_per_day]
    for policy in scenario.policies.values():
        collections = policy.collections
        hands += [policy.relief.desk.reviewers, collections.agents, collections.visit.visitors]
    return scenario.world.new_loans_per_month > 0 or any(isinstance(each, int) for each in hands)


def hold(
    trials: Sequence[Trial], *, jobs: int = 1, progress: Progress | None = None
) -> tuple[Trial, ...]:
    """Run the files one after another, each in ``jobs`` processes; return what they measure.

    ``progress`` is told of borrower-months done and in total. Errors are those of ``compare``.
    """
    done, total = 0, sum(work(trial.scenario) for trial in trials)
    held = []
    for trial in trials:
        share = work(trial.scenario)
        report = partial(_pass_on, progress, done, share, total) if progress else None
        held.append(judged(trial, compare(trial.scenario, jobs=jobs, progress=report)))
        done += share
    return tuple(held)


def judged(trial: Trial, comparison: Comparison) -> Trial:
    """Return a file with what its comparison gives for every finding."""
    measured = tuple(
        Measured(finding, estimate(comparison, finding.formula, ONE_SIDED))
        for finding in trial.note.finding
    )
    return Trial(trial.file, trial.scenario, measured, comparison.digest)


def work(scenario: Scenario) -> int:
    """Return how much there is to simulate: borrower-months."""
    world = scenario.world
    months = world.months + world.burn_in_months
    return world.borrowers * world.replicas * months * len(scenario.policies)


def _pass_on(report: Progress, before: int, share: int, total: int, done: int, units: int) -> None:
    report(before + share * done // units, total)


def tally(trials: Sequence[Trial]) -> dict[str, int]:
    """Return how many targets and findings there are with a band, and how many lie inside."""
    targets: dict[int, bool] = {}
    for trial in trials:
        if any(each.finding.is_judged for each in trial.measured):
            so_far = targets.get(trial.note.target, True)
            targets[trial.note.target] = so_far and trial.is_inside
    verdicts = [each.verdict for trial in trials for each in trial.measured]
    return {
        "targets": len(targets),
        "targets_inside": sum(targets.values()),
        "findings": len(verdicts) - verdicts.count("told"),
        "findings_inside": verdicts.count("inside"),
    }


def as_tables(trials: Sequence[Trial]) -> Iterator[dict[str, Any]]:
    """Yield each file as plain data."""
    for trial in trials:
        note, world = trial.note, trial.scenario.world
        yield {
            "file": Path(trial.file).stem,
            "target": note.target,
            "title": trial.scenario.title.model_dump(),
            "source": note.source,
            "replicas": world.replicas,
            "borrowers": world.borrowers,
            "months": world.months,
            "seed": world.seed,
            "digest": trial.digest,
            "findings": [_as_table(each) for each in trial.measured],
        }


def _as_table(measured: Measured) -> dict[str, Any]:
    finding, found = measured.finding, measured.estimate
    said = finding.model_dump(mode="json", include={"label", "published", "mark", "that"})
    table = {
        **said,
        "band": [finding.low, finding.high],
        "missed": finding.missed.model_dump() if finding.missed else None,
    }
    if found is None:
        return table
    return table | {
        "value": measured.value,
        "interval": [found.low, found.high],
        "error": found.error,
        "reason": found.reason,
        "verdict": measured.verdict,
        "noisy": measured.is_noisy,
    }
