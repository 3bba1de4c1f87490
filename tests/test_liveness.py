"""Every parameter is alive: nudged within its bounds in a witness scenario, it matters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from nudges import (
    BAND,
    BAND_NEEDS,
    BAND_NUDGES,
    NEEDS,
    POLICY_NUDGES,
    SHOCK,
    SHOCK_NEEDS,
    SHOCK_NUDGES,
    WITNESS_POLICY,
    WITNESS_WORLD,
    WORLD_NUDGES,
)
from oracle_defaults import changed

from sim.clock import MONTH
from sim.experiment.compare import yardstick
from sim.lender.timetable import run
from sim.rules.measures import measure
from sim.rules.origination import originate
from sim.scenario.schema import Policy, Shock, WaiverBand, World

EXEMPT = {
    "currency": "a name beside amounts; the command line shows it",
    "label": "words; the tables show them",
}


def leaves(settings: dict[str, Any], prefix: str = "") -> Iterator[str]:
    for name, value in settings.items():
        if name in EXEMPT:
            continue
        if isinstance(value, dict):
            yield from leaves(value, f"{prefix}{name}__")
        else:
            yield f"{prefix}{name}"


def result(world_settings: dict[str, Any], policy_settings: dict[str, Any]) -> list[np.ndarray]:
    """All that the ledger and the metrics say."""
    settled, terms = World.model_validate(world_settings), Policy.model_validate(policy_settings)
    book = originate(settled, range(settled.replicas))
    run(book, settled, terms, MONTH * settled.months)
    entries = book.ledger.entries
    return [*entries.values(), *measure(entries, yardstick(settled, terms)).values()]


def nudged(more_world: dict[str, Any], more_policy: dict[str, Any]) -> list[np.ndarray]:
    """The result of the witness, changed."""
    return result(changed(WITNESS_WORLD, **more_world), changed(WITNESS_POLICY, **more_policy))


WITNESSES: dict[str, list[np.ndarray]] = {}


def witness(more_world: dict[str, Any], more_policy: dict[str, Any]) -> list[np.ndarray]:
    """The same, computed once for all parameters with the same needs."""
    needs = repr((more_world, more_policy))
    if needs not in WITNESSES:
        WITNESSES[needs] = nudged(more_world, more_policy)
    return WITNESSES[needs]


def differ(one: list[np.ndarray], other: list[np.ndarray]) -> bool:
    return any(
        a.shape != b.shape or not np.array_equal(a, b, equal_nan=a.dtype.kind == "f")
        for a, b in zip(one, other, strict=True)
    )


def test_every_parameter_has_a_nudge() -> None:
    assert set(leaves(World().model_dump())) == set(WORLD_NUDGES)
    assert set(leaves(Policy().model_dump())) == set(POLICY_NUDGES)


def test_every_field_of_a_table_in_a_list_has_a_nudge() -> None:
    assert set(Shock.model_fields) == set(SHOCK_NUDGES)
    assert set(WaiverBand.model_fields) == set(BAND_NUDGES)


def test_the_same_settings_give_the_same_result() -> None:
    assert not differ(witness({}, {}), nudged({}, {}))


@pytest.mark.parametrize("key", [*WORLD_NUDGES, *POLICY_NUDGES])
def test_a_nudge_changes_the_result(key: str) -> None:
    more_world, more_policy = NEEDS.get(key, ({}, {}))
    before = witness(more_world, more_policy)
    if key in WORLD_NUDGES:
        more_world = more_world | {key: WORLD_NUDGES[key]}
    else:
        more_policy = more_policy | {key: POLICY_NUDGES[key]}
    assert differ(before, nudged(more_world, more_policy))


@pytest.mark.parametrize("field", SHOCK_NUDGES)
def test_a_nudge_of_a_shock_changes_the_result(field: str) -> None:
    more_world, more_policy = SHOCK_NEEDS
    before = witness(more_world | {"shocks": [SHOCK]}, more_policy)
    shock = SHOCK | {field: SHOCK_NUDGES[field]}
    assert differ(before, nudged(more_world | {"shocks": [shock]}, more_policy))


@pytest.mark.parametrize("field", BAND_NUDGES)
def test_a_nudge_of_a_band_changes_the_result(field: str) -> None:
    more_world, more_policy = BAND_NEEDS
    bands = "relief__penalty_waiver__bands"
    before = witness(more_world, more_policy | {bands: [BAND]})
    band = BAND | {field: BAND_NUDGES[field]}
    assert differ(before, nudged(more_world, more_policy | {bands: [band]}))
