"""A parameter is a document: what `forbear describe` and the JSON Schema say is what loads."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
import tomli_w
from drawn import LEVERS, WINDOWS, WORLDS
from hypothesis import given, settings
from jsonschema import Draft202012Validator
from pydantic import BaseModel

from sim.parameter import ASSUMPTION, Parameter, parameters
from sim.scenario.files import shipped_folder
from sim.scenario.load import ScenarioError, file_schema, load
from sim.scenario.schema import Policy, World

HEAD = """\
format = 1
title = { en = "A question", zh = "一个问题" }
question = { en = "What then?", zh = "然后呢？" }
"""
EVERY = [*parameters(World, "world."), *parameters(Policy, "baseline.")]
PARAMETERS = pytest.mark.parametrize("one", EVERY, ids=lambda one: one.key)
BOUNDED = pytest.mark.parametrize(
    "one", [one for one in EVERY if one.low is not None], ids=lambda one: one.key
)
SHIPPED = sorted(shipped_folder().rglob("*.toml"))


def at(key: str, value: Any) -> dict[str, Any]:
    """The tables of a file that says one thing, its dotted key split at ``.`` or ``__``."""
    *groups, name = key.replace("__", ".").split(".")
    table = {name: value}
    for group in reversed(groups):
        table = {group: table}
    return table


def merged(tables: list[dict[str, Any]]) -> dict[str, Any]:
    """The tables as one."""
    whole: dict[str, Any] = {}
    for table in tables:
        for key, value in table.items():
            old = whole.get(key)
            both = isinstance(old, dict) and isinstance(value, dict)
            whole[key] = merged([old, value]) if both else value
    return whole


def loads(folder: Path, text: str) -> bool:
    path = folder / "study.toml"
    path.write_text(text, encoding="utf-8")
    try:
        load(path)
    except ScenarioError:
        return False
    return True


@pytest.fixture(scope="module")
def schema() -> Draft202012Validator:
    Draft202012Validator.check_schema(file_schema())
    return Draft202012Validator(file_schema())


def leaves(group: type[BaseModel], prefix: str) -> list[str]:
    """Every dotted key of a group but those of labels, without asking what is a parameter."""
    keys = []
    for name, field in group.model_fields.items():
        inner = field.annotation
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            keys += leaves(inner, f"{prefix}{name}.") if name != "label" else []
        else:
            keys.append(prefix + name)
    return keys


def test_every_leaf_is_a_parameter_and_nothing_else() -> None:
    expected = leaves(World, "world.") + leaves(Policy, "baseline.")
    assert [one.key for one in EVERY] == expected
    assert len(expected) > 80


@PARAMETERS
def test_a_parameter_says_what_it_is(one: Parameter) -> None:
    assert one.meaning.endswith(".")
    assert one.unit
    assert one.source
    assert one.label_en
    assert any("\u4e00" <= character <= "\u9fff" for character in one.label_zh)


def test_no_two_parameters_have_one_label() -> None:
    assert len({one.label_en for one in EVERY}) == len(EVERY)
    assert len({one.label_zh for one in EVERY}) == len(EVERY)


@PARAMETERS
def test_a_source_carries_its_mark(one: Parameter) -> None:
    own = ("the study's choice", "the lender's choice", ASSUMPTION)
    marks = ("(V)", "(W)", "(D)", "(V/W)", "V)", "D)")
    assert one.source.startswith(own) or one.source.endswith(marks) or ASSUMPTION in one.source


@PARAMETERS
def test_a_number_has_bounds_and_its_default_lies_within(one: Parameter) -> None:
    if one.kind in ("integer", "number"):
        assert one.low is not None
        assert one.high is not None
        assert one.low <= one.default <= one.high


# one end of a window cannot pass the other, and charge-off is a whole number of months
PAIRED = {"min_dpd": {"max_dpd": 360}, "max_dpd": {"min_dpd": 0}}
SMALLEST_STUDY = {"borrowers": 1, "replicas": 1}


@BOUNDED
@pytest.mark.parametrize("end", ["low", "high"])
def test_a_bound_itself_is_legal_and_what_lies_beyond_is_not(
    one: Parameter, end: str, tmp_path: Path, schema: Draft202012Validator
) -> None:
    group, _, name = one.key.rpartition(".")
    bound = getattr(one, end)
    bound = int(bound) if one.kind == "integer" else float(bound)
    beyond = bound + (-1 if end == "low" else 1)
    beside = [at(f"{group}.{key}", value) for key, value in PAIRED.get(name, {}).items()]
    study = [at(f"world.{key}", value) for key, value in SMALLEST_STUDY.items()]
    for value, legal in ((bound, True), (beyond, False)):
        text = HEAD + tomli_w.dumps(merged([*study, *beside, at(one.key, value)]))
        assert loads(tmp_path, text) == legal
        assert schema.is_valid(tomllib.loads(text)) == legal


@PARAMETERS
def test_a_default_written_out_changes_nothing(one: Parameter, tmp_path: Path) -> None:
    path = tmp_path / "study.toml"
    default = list(one.default) if isinstance(one.default, tuple) else one.default
    path.write_text(HEAD + tomli_w.dumps(at(one.key, default)), encoding="utf-8")
    scenario = load(path)
    assert scenario.world == World()
    assert scenario.baseline == Policy()


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_the_schema_accepts_a_shipped_file(path: Path, schema: Draft202012Validator) -> None:
    schema.validate(tomllib.loads(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    "text",
    [
        HEAD.replace("format = 1", "format = 2"),
        HEAD.replace("format = 1\n", ""),
        HEAD.replace(', zh = "一个问题"', ""),
        HEAD + "wrld = 1",
        HEAD + "[world]\nborowers = 3",
        HEAD + '[world]\ncurrency = "cny"',
        HEAD + '[world]\nmonths = "24"',
        HEAD + "[world]\nmonths = true",
        HEAD + "[world.loans]\nterms = []",
        HEAD + '[baseline]\ncollections.agents = "many"',
        HEAD + "[baseline]\ncollections.agents = 10_001",
        HEAD + "[baseline]\nservicing.charge_off_dpd = 100",
        HEAD + "[policy.Firm]",
        HEAD + "[policy.baseline]",
        HEAD + '[policy.a]\nrelief.deferral.hardships = ["job_los"]',
        HEAD + '[[case]]\nname = "x"\nillness = { month = 0, months = 1 }',
    ],
)
def test_the_schema_refuses_what_does_not_load(
    text: str, tmp_path: Path, schema: Draft202012Validator
) -> None:
    assert not schema.is_valid(tomllib.loads(text))
    assert not loads(tmp_path, text)


@given(WORLDS, LEVERS, WINDOWS)
@settings(max_examples=50, derandomize=True, deadline=None)
def test_the_schema_accepts_any_legal_file(
    schema: Draft202012Validator,
    worldly: dict[str, Any],
    levers: dict[str, Any],
    windows: dict[str, Any],
) -> None:
    changes = [at(f"world.{key}", value) for key, value in worldly.items()]
    changes += [at(f"policy.a.{key}", value) for key, value in (levers | windows).items()]
    schema.validate(tomllib.loads(HEAD) | merged(changes))


def test_the_schema_explains_a_key_to_an_editor() -> None:
    months = file_schema()["$defs"]["Deferral"]["properties"]["months"]
    assert months["description"] == "Instalments deferred; 0: there is no deferral."
    assert months["unit"] == "months"
    assert months["source"] == "the lender's choice"
    assert (months["minimum"], months["maximum"], months["default"]) == (0, 12, 0)
