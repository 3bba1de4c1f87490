"""Load: a file becomes a frozen Scenario, or all of its errors at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Annotated, Any, Literal

import tomli_w
from pydantic import BeforeValidator, Field, StringConstraints, ValidationError
from pydantic_core import ErrorDetails

from sim.parameter import Group
from sim.scenario import evidence
from sim.scenario.evidence import EvidenceNote
from sim.scenario.expectation import Expectation, misnamed, names_of
from sim.scenario.files import Document, Table, merge, parse, read_document
from sim.scenario.problems import Location, Problem, ScenarioError, problem_of
from sim.scenario.schema import Case, Cohort, Label, Policy, Scenario, World

__all__ = [
    "Problem",
    "ScenarioError",
    "ScenarioFile",
    "file_schema",
    "load",
    "load_alone",
    "scenario_of",
    "states",
    "to_toml",
]

PolicyName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]


def _version(number: object) -> object:
    if type(number) is not int or number != 1:  # true and 1.0 equal 1
        raise ValueError("must be 1")
    return number


class ScenarioFile(Group):
    """A scenario file: one question, a world, a baseline and policies that differ from it."""

    format: Annotated[Literal[1], BeforeValidator(_version)] = Field(
        description="Version of this format."
    )
    title: Label = Field(description="The question in a few words.")
    question: Label = Field(description="What the comparison is to answer.")
    extends: str | None = Field(
        default=None,
        description='What this file builds on: "preset:NAME", or a file inside its own folder.',
    )
    world: World = Field(default_factory=World, description="What nobody chooses.")
    baseline: Policy = Field(default_factory=Policy, description="What all are compared with.")
    policy: dict[PolicyName, Policy] = Field(
        default_factory=dict, description="Policies by name; each states what differs."
    )
    case: Annotated[tuple[Case, ...], Field(strict=False, max_length=100)] = Field(
        default=(), description="People to follow through every policy."
    )
    cohort: Annotated[tuple[Cohort, ...], Field(strict=False, max_length=20)] = Field(
        default=(), description="Borrowers by days past due on the eve of day 0, told of apart."
    )
    expect: Annotated[tuple[Expectation, ...], Field(strict=False, max_length=200)] = Field(
        default=(), description="What its author expects; forbear check holds the run to it."
    )
    evidence: EvidenceNote | None = Field(
        default=None, description="Published findings; forbear evidence holds the run against them."
    )


def load(
    source: str | Path,
    overrides: Mapping[str, Any] | None = None,
    *,
    book: Mapping[str, Any] | None = None,
) -> Scenario:
    """Return the scenario of a path or of ``shipped:NAME``.

    ``overrides`` replaces values by dotted key, as the command line does (``world.seed``); ``book``
    does so only where nothing but a preset says otherwise: neither the file nor one that it
    extends. Raises ScenarioError with every problem of the file.
    """
    for values in (overrides or {}, book or {}):
        if "extends" in values:
            raise ValueError("extends cannot be overridden: write a file that extends another")
    document = read_document(source, book)
    document.put(overrides or {}, "command line")
    return scenario_of(document)


def load_alone(name: str, content: bytes) -> Scenario:
    """Return the scenario of a file's content that stands alone, as ``to_toml`` writes it.

    No other file is read. Raises ScenarioError, under ``name``, with every problem of it.
    """
    table = parse(name, content)
    if "extends" in table:
        rule = "must not be given: this file stands alone"
        raise ScenarioError([Problem(name, rule, "extends", table["extends"])])
    return scenario_of(Document(name, table))


def states(source: str | Path, key: str) -> bool:
    """Return whether a file itself says a dotted key, or a key below it, whatever a preset says.

    A file that it extends counts as itself, a preset does not. Raises ScenarioError if a file
    cannot be read.
    """
    return read_document(source).states(tuple(key.split(".")))


def scenario_of(document: Document) -> Scenario:
    """Return the scenario of a document; ScenarioError with every problem of it."""
    table = deepcopy(document.table)
    _complete_policies(table)
    problems = []
    try:
        file = ScenarioFile.model_validate(table)
    except ValidationError as error:
        details = [each for each in error.errors() if not _inherited(each, document.table)]
        wrong = {each["loc"] for each in details}
        problems = [
            problem_of(each, ScenarioFile, document.origin(each["loc"]))
            for each in details
            if not only_shortened(each, wrong)
        ]
        assert problems, "every error is somebody's"
    problems += _beyond_types(document)
    if problems:
        raise ScenarioError(problems)
    return Scenario(
        title=file.title,
        question=file.question,
        world=file.world,
        policies={"baseline": file.baseline, **file.policy},
        cases=file.case,
        cohorts=file.cohort,
        expectations=file.expect,
        evidence=file.evidence,
    )


def _complete_policies(table: Table) -> None:
    """Fill each policy up with what it shares with the baseline; its label is its own."""
    baseline, policies = table.get("baseline", {}), table.get("policy", {})
    if not isinstance(baseline, dict) or not isinstance(policies, dict):
        return
    for name, difference in policies.items():
        if isinstance(difference, dict):
            complete = deepcopy(baseline)
            complete["label"] = difference.get("label", {"en": name[:200], "zh": name[:200]})
            merge(complete, difference, {}, "")
            policies[name] = complete


def _inherited(error: ErrorDetails, table: Table) -> bool:
    """Return whether an error in a policy is the baseline's, reported there."""
    location = error["loc"]
    misnamed = error["type"] == "string_pattern_mismatch"
    if location[:1] != ("policy",) or len(location) < 3 or misnamed or location[2] == "label":
        return False  # a label is the policy's own
    own: Any = table["policy"][location[1]]
    for part in location[2:]:
        if not isinstance(own, dict):
            return False
        if part not in own:
            return True
        own = own[part]
    return False


def only_shortened(error: ErrorDetails, wrong: set[Location]) -> bool:
    """Return whether a list is too short only because an entry of it is wrong, reported there."""
    location = error["loc"]
    return error["type"] == "too_short" and any(
        len(other) > len(location) and other[: len(location)] == location for other in wrong
    )


def _beyond_types(document: Document) -> Iterator[Problem]:
    """Yield what is wrong though every value on its own is right."""
    policies = document.table.get("policy")
    if isinstance(policies, dict) and "baseline" in policies:
        location = ("policy", "baseline")
        rule = "the baseline has a table of its own, [baseline]"
        yield Problem(document.origin(location), rule, "policy.baseline")
    for kind in ("case", "cohort"):
        yield from _named_twice(document, kind)
    months = World.model_fields["months"].default
    names = names_of(document.table, months)
    for key, value, rule in misnamed(document.table, names):
        yield Problem(document.origin(("expect",)), rule, key, value)
    for key, value, rule in evidence.misnamed(document.table, names):
        yield Problem(document.origin(("evidence", "finding")), rule, key, value)


def _named_twice(document: Document, kind: str) -> Iterator[Problem]:
    """Yield the entries of a list that bear the name of one before."""
    entries = document.table.get(kind)
    if not isinstance(entries, list):
        return
    names = [entry.get("name") if isinstance(entry, dict) else None for entry in entries]
    for position, name in enumerate(names):
        if isinstance(name, str) and name in names[:position]:
            key = f"{kind}[{position + 1}].name"
            yield Problem(document.origin((kind,)), f"names another {kind} already", key, name)


def to_toml(scenario: Scenario) -> str:
    """Return the resolved scenario as a file that stands alone and loads back to an equal one."""
    policies = {
        name: policy.model_dump(mode="json", exclude_none=True)
        for name, policy in scenario.policies.items()
    }
    table: Table = {
        "format": 1,
        "title": scenario.title.model_dump(),
        "question": scenario.question.model_dump(),
        "world": scenario.world.model_dump(mode="json"),
        "baseline": policies.pop("baseline"),
        "policy": policies,
        "case": [case.model_dump(mode="json", exclude_none=True) for case in scenario.cases],
        "cohort": [each.model_dump(mode="json", exclude_none=True) for each in scenario.cohorts],
        "expect": [
            each.model_dump(mode="json", exclude_none=True) for each in scenario.expectations
        ],
    }
    if scenario.evidence:
        table["evidence"] = scenario.evidence.model_dump(mode="json", exclude_none=True)
    return tomli_w.dumps({key: value for key, value in table.items() if value})


def file_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a scenario file, for editors."""
    schema = ScenarioFile.model_json_schema()
    policies = schema["properties"]["policy"]
    policies |= {"additionalProperties": False, "propertyNames": {"not": {"const": "baseline"}}}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
