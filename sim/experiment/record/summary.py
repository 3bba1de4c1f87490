"""What ``summary.json`` says, as types: what is written, how it is read, the published schema."""

from __future__ import annotations

import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from importlib.metadata import version
from math import isnan
from pathlib import PurePosixPath, PureWindowsPath
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from sim import __version__
from sim.experiment.compare import Comparison
from sim.experiment.expectations import as_table, outcomes
from sim.experiment.inference import Effect, Verdict, mean_of_defined
from sim.experiment.precision import Ended, Precision, Reach
from sim.experiment.program import called, code_of
from sim.experiment.record.manifest import FORMAT, KIND
from sim.experiment.remarks import remarks
from sim.experiment.study import FailedBatch
from sim.scenario.words import seen


def one_line(word: str) -> str:
    """Return a word of a command; ValueError if it would not be seen as it is written."""
    if seen(word, len(word)) != word:
        raise ValueError("must not hold control or direction characters")
    return word


class Said(BaseModel):
    """A part of a summary: exactly these fields, of exactly these types."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class SaidTitle(Said):
    """The title in both languages."""

    en: str
    zh: str


class SaidEffect(Said):
    """A policy's difference from the baseline in one metric, with its 95 % interval."""

    difference: float | None = Field(description="In the metric's unit; null: no value.")
    low: float | None
    high: float | None
    replicas: int = Field(ge=1)
    verdict: Verdict


class SaidReach(Said):
    """How exactly one difference is known, and was asked for."""

    policy: str
    metric: str
    replicas: int
    asked: float
    half_width: float | None
    would_take: int | None


class SaidPrecision(Said):
    """How a run for precision ended."""

    began_with: int
    replicas: int
    ended: Ended
    reaches: tuple[SaidReach, ...]
    reached: bool


class SaidFailure(Said):
    """Replicas that failed twice and are left out under every policy."""

    replicas: tuple[int, ...]
    reason: str


class Versions(Said):
    """What computed it."""

    forbear: str
    python: str
    numpy: str
    simpy: str


class Machine(Said):
    """What it was computed on; no name of anybody or anything."""

    system: str = Field(description="Such as Linux.")
    processor: str = Field(description="Its architecture, such as x86_64.")


class Environment(Said):
    """What made a record: the versions, the program by its code, and the kind of machine."""

    versions: Versions
    program: str = Field(description="The whole program by its version, its code and NumPy.")
    code: str = Field(description="A hash of the code that decides numbers.")
    machine: Machine


class Summary(Environment):
    """What a run record says in short. Money is in minor units, a share between 0 and 1."""

    kind: Literal["forbear run record"]
    format: Literal[3]
    title: SaidTitle
    digest: str = Field(pattern=r"^[0-9a-f]{64}$")
    seed: int
    days: tuple[int, ...] = Field(description="Last days of the months; the eve of day 0 first.")
    policies: dict[str, dict[str, float | None]] = Field(
        description="Policy, metric, its mean over the replicas that have a value."
    )
    effects: dict[str, dict[str, SaidEffect]]
    precision: SaidPrecision | None = Field(description="Null: none was asked for.")
    failures: tuple[SaidFailure, ...]
    remarks: tuple[dict[str, str | int | float], ...]
    expectations: tuple[dict[str, str | int | float | bool | None], ...]
    command: tuple[Annotated[str, AfterValidator(one_line)], ...] = Field(
        description="What made it; of a path from the root the name alone, and no address."
    )


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of ``summary.json``."""
    dialect = "https://json-schema.org/draft/2020-12/schema"
    return {"$schema": dialect, **Summary.model_json_schema()}


def environment() -> Environment:
    """Return what this program is, and on what it runs."""
    return Environment(
        versions=Versions(
            forbear=__version__,
            python=platform.python_version(),
            numpy=version("numpy"),
            simpy=version("simpy"),
        ),
        program=called(),
        code=code_of(),
        machine=Machine(system=platform.system(), processor=platform.machine()),
    )


def summary_of(
    comparison: Comparison, command: Sequence[str], made_by: Environment | None = None
) -> dict[str, Any]:
    """Return what ``summary.json`` says of a comparison, made by this program unless told."""
    scenario = comparison.scenario
    made_by = made_by or environment()
    said = {
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
        "versions": made_by.versions,
        "program": made_by.program,
        "code": made_by.code,
        "machine": made_by.machine,
        "command": impersonal(command),
    }
    checked = Summary.model_validate(said).model_dump(mode="json")
    return {key: checked[key] for key in said}


def precision_of(summary: Summary) -> Precision | None:
    """Return how precise a recorded run is, where that was asked for."""
    said = summary.precision
    if said is None:
        return None
    reaches = tuple(Reach(**dict(reach)) for reach in said.reaches)
    return Precision(said.began_with, said.replicas, said.ended, reaches)


def failures_of(summary: Summary) -> tuple[FailedBatch, ...]:
    """Return what failed twice in a recorded run."""
    return tuple(FailedBatch(each.replicas, each.reason) for each in summary.failures)


ADDRESSED: Final = "--scheduler"
LONGEST_WORD: Final = 10_000


def impersonal(command: Sequence[str]) -> list[str]:
    """Return a command with no folder that may bear a person's name, and with no host's.

    Each word stands as it is seen: a file's name may hold anything.
    """
    told: list[str] = []
    for word in command:
        option, equals, value = word.partition("=") if word.startswith("--") else ("", "", word)
        if (told and told[-1] == ADDRESSED) or (option == ADDRESSED and equals):
            value = "tcp://SCHEDULER:8786"
        for kind in (PurePosixPath(value), PureWindowsPath(value)):
            if kind.is_absolute():
                value = kind.name
        told.append(seen(f"{option}{equals}{value}", LONGEST_WORD))
    return told


def _precision(precision: Precision | None) -> Mapping[str, Any] | None:
    if precision is None:
        return None
    return asdict(precision) | {"reached": precision.is_reached}


def _effect(effect: Effect) -> dict[str, Any]:
    return asdict(effect) | {"difference": _finite(effect.difference)}


def _finite(value: float) -> float | None:
    return None if isnan(value) else value


def facts(made_by: Environment) -> dict[str, str]:
    """Return what made a record by name, to be held against what made another."""
    versions: dict[str, str] = made_by.versions.model_dump()
    return {
        **versions,
        "code": made_by.code[:12],
        "program": made_by.program,
        "system": made_by.machine.system,
        "processor": made_by.machine.processor,
    }
