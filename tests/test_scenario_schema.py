"""A parameter is a document: what `forbear describe` and the JSON Schema say is what loads."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, get_args

import pytest
import tomli_w
from drawn import LEVERS, POLICIES, WINDOWS, WORLDS
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from oracle_defaults import policy, world
from pydantic import BaseModel

from sim.parameter import ASSUMPTION, Parameter, parameters
from sim.scenario.files import shipped_folder
from sim.scenario.load import ScenarioError, file_schema, load
from sim.scenario.schema import Offer, Policy, Relief, World

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
SHIPPED = sorted(
    path for path in shipped_folder().rglob("*.toml") if path.parent.name != "calibration"
)


LEAST: dict[str, dict[str, Any]] = {
    "shocks[]": {"kind": "layoffs", "month": 1, "share": 0.1},
    "bands[]": {"from_dpd": 30, "share": 0.5},
}


def at(key: str, value: Any) -> dict[str, Any]:
    """The tables of a file that says one thing, its dotted key split at ``.`` or ``__``."""
    *groups, name = key.replace("__", ".").split(".")
    table = {name: value}
    for group in reversed(groups):
        if group.endswith("[]"):  # a table of a list, with what it must say
            table = {group.removesuffix("[]"): [LEAST[group] | table]}
        else:
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
            for entry in get_args(inner):
                if isinstance(entry, type) and issubclass(entry, BaseModel):
                    keys += leaves(entry, f"{prefix}{name}[].")
    return keys


def test_every_leaf_is_a_parameter_and_nothing_else() -> None:
    expected = leaves(World, "world.") + leaves(Policy, "baseline.")
    assert sorted(one.key for one in EVERY) == sorted(expected)
    assert len(expected) > 250


@PARAMETERS
def test_a_parameter_says_what_it_is(one: Parameter) -> None:
    assert one.meaning.endswith(".")
    assert one.unit
    assert one.source
    assert one.label_en
    assert any("\u4e00" <= character <= "\u9fff" for character in one.label_zh)


def test_no_two_parameters_have_one_label() -> None:
    """But for what all instruments of relief have in common, which is called alike in each."""
    common = list(parameters(Offer))
    own = [one for one in EVERY if one.key.rpartition(".")[2] not in Offer.model_fields]
    own += [one for one in EVERY if one.key.endswith("call.minutes")]
    own += [one for one in EVERY if one.key.endswith("visit.minutes")]
    assert len({one.label_en for one in (*common, *own)}) == len(common) + len(own)
    assert len({one.label_zh for one in (*common, *own)}) == len(common) + len(own)


def test_every_instrument_is_an_offer_and_says_first_what_it_gives() -> None:
    offers = {
        name: field.annotation
        for name, field in Relief.model_fields.items()
        if isinstance(field.annotation, type) and issubclass(field.annotation, Offer)
    }
    assert list(offers) == [
        "deferral",
        "penalty_waiver",
        "rate_reduction",
        "term_extension",
        "arrangement",
        "settlement",
    ]
    for offer in offers.values():
        assert next(parameters(offer)).key not in Offer.model_fields


def test_the_oracle_has_the_same_defaults() -> None:
    assert World().model_dump(mode="json") == world()
    ours, theirs = Policy().model_dump(mode="json"), policy()
    assert ours.pop("label").keys() == theirs.pop("label").keys()
    assert ours == theirs


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
        assert one.default is None or one.low <= one.default <= one.high


# one end cannot pass the other, and a study has an end
PAIRED = {
    "min_dpd": {"max_dpd": 360},
    "max_dpd": {"min_dpd": 0},
    "opens_month": {"closes_month": 120},
    "closes_month": {"opens_month": 0},
    "recovers_low": {"recovers_high": 1.0},
    "recovers_high": {"recovers_low": 0.0},
}
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


@pytest.mark.parametrize(
    "one", [one for one in EVERY if "[]" not in one.key], ids=lambda one: one.key
)
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
        HEAD + '[[case]]\nname = "x"\ndisaster = { month = 1 }',
        HEAD + '[[world.shocks]]\nkind = "layoffs"\nmonth = 1',
        HEAD + '[[world.shocks]]\nkind = "layofs"\nmonth = 1\nshare = 1',
        HEAD + '[[world.shocks]]\nkind = "layoffs"\nmonth = 1\nshare = 1\nregions = [20]',
        HEAD + "[world.recovery]\nresidual_by_status = [1, 1, 1, 1, 1, 1]",
        HEAD + "[world.economy]\nillness_by_month = [11]",
        HEAD + "[policy.a]\nrelief.penalty_waiver.bands = [{ from_dpd = 3, share = 2 }]",
        HEAD + '[policy.a]\ncollections.visit.visitors = "many"',
    ],
)
def test_the_schema_refuses_what_does_not_load(
    text: str, tmp_path: Path, schema: Draft202012Validator
) -> None:
    assert not schema.is_valid(tomllib.loads(text))
    assert not loads(tmp_path, text)


@given(WORLDS, st.tuples(LEVERS, POLICIES, WINDOWS))
@settings(max_examples=50, derandomize=True, deadline=None)
def test_the_schema_accepts_any_legal_file(
    schema: Draft202012Validator,
    worldly: dict[str, Any],
    terms: tuple[dict[str, Any], ...],
) -> None:
    changes = [at(f"world.{key}", value) for key, value in worldly.items()]
    changes += [at(f"policy.a.{key}", value) for part in terms for key, value in part.items()]
    schema.validate(tomllib.loads(HEAD) | merged(changes))


def test_the_schema_explains_a_key_to_an_editor() -> None:
    months = file_schema()["$defs"]["Deferral"]["properties"]["months"]
    assert months["description"] == "Instalments deferred; 0: there is no deferral."
    assert months["unit"] == "months"
    assert months["source"] == "the lender's choice"
    assert (months["minimum"], months["maximum"], months["default"]) == (0, 12, 0)
