"""Calibration files: which numbers of a book's world are fitted, and to what.

::

    format = 1
    title = { en = "Loss by status", zh = "按逾期状态的损失" }
    book = "preset:generic_unsecured"
    seed = 2026
    held_back_seed = 7

    [[parameter]]
    key = "world.behaviour.forgetting"
    low = 0.01
    high = 0.20

    [[moment]]
    scenario = "loss_by_status.toml"
    that = "baseline.charge_off_rate[days_1_15]"
    value = 0.23
    tolerance = 0.05
    source = "LendingClub 2014 (V)"
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from math import exp, log
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from sim.parameter import Group, Parameter, parameters
from sim.scenario.formula import Formula, formula
from sim.scenario.load import load
from sim.scenario.schema import Label, Scenario, World
from sim.scenario.words import BASELINE, Line

WIDE: Final = 10
"""A range whose ends are more than this many times apart is searched on a logarithmic scale."""

NUMBER: Final = "number"
INTEGER: Final = "integer"
"""The kinds of parameters that can be fitted."""

Values = Mapping[str, float]
"""Dotted key -> number."""


def _version(number: object) -> object:
    if type(number) is not int or number != 1:  # true and 1.0 equal 1
        raise ValueError("must be 1")
    return number


def _well_formed(text: str) -> str:
    formula(text)
    return text


class Bounds(Group):
    """A number of the world that is to be fitted, and between which values."""

    key: str = Field(description='Which: "world.behaviour.forgetting".')
    low: float = Field(description="The least that is tried.")
    high: float = Field(description="The most that is tried.")

    @model_validator(mode="after")
    def _has_an_inside(self) -> Bounds:
        if self.low >= self.high:
            raise ValueError(f"low ({self.low:g}) must be less than high ({self.high:g})")
        return self


class Moment(Group):
    """What a scenario is to show, and how exactly that is known."""

    scenario: str = Field(
        description="Where it is measured: a path from this file's folder, or shipped:NAME."
    )
    that: Annotated[str, AfterValidator(_well_formed)] = Field(
        description='What is measured: "baseline.charge_off_rate[days_1_15]".'
    )
    value: float = Field(description="What it is to be.")
    tolerance: Annotated[float, Field(ge=1e-12)] = Field(
        description="The uncertainty of that value: one standard deviation."
    )
    source: Line = Field(description="Who found the value.")
    fit: bool = Field(default=True, description="false: held back, only reported.")
    own: Annotated[tuple[str, ...], Field(strict=False, max_length=20)] = Field(
        default=(),
        description="Fitted numbers that the scenario states itself, so that they stay there.",
    )
    label: Label | None = Field(default=None, description="What is measured, in words.")


class CalibrationFile(Group):
    """A calibration file: a book, the numbers of it that are fitted, and what it is to show."""

    format: Annotated[Literal[1], BeforeValidator(_version)] = Field(
        description="Version of this format."
    )
    title: Label = Field(description="What the book is fitted to, in a few words.")
    book: str = Field(description='Whose world is fitted: "preset:NAME", or a path.')
    seed: Annotated[int, Field(ge=0, le=2**63 - 1)] = Field(
        default=2026, description="The luck that it is fitted on."
    )
    held_back_seed: Annotated[int, Field(ge=0, le=2**63 - 1)] = Field(
        default=7, description="The luck that the fit is held against."
    )
    parameter: Annotated[tuple[Bounds, ...], Field(strict=False, min_length=1, max_length=20)]
    moment: Annotated[tuple[Moment, ...], Field(strict=False, min_length=1, max_length=200)]


@dataclass(frozen=True)
class Range:
    """A number of the world, what is known of it, where it begins and between which values it lies.

    Searched on a scale from 0 to 1, which is logarithmic for a wide range above 0.
    """

    about: Parameter
    start: float
    low: float
    high: float

    @property
    def key(self) -> str:
        """The dotted key."""
        return self.about.key

    @property
    def logarithmic(self) -> bool:
        """Whether equal steps are equal ratios."""
        return self.low > 0 and self.high / self.low > WIDE

    def scaled(self, value: float) -> float:
        """Return where a value lies, from 0 to 1."""
        if self.logarithmic:
            return log(value / self.low) / log(self.high / self.low)
        return (value - self.low) / (self.high - self.low)

    def value(self, scaled: float) -> float:
        """Return the value at a place from 0 to 1, never beyond the bounds."""
        if self.logarithmic:
            value = self.low * exp(scaled * log(self.high / self.low))
        else:
            value = self.low + scaled * (self.high - self.low)
        return self._within(value)

    def around(self, scaled: float, step: float) -> tuple[float, float]:
        """Return places a step below and above one, or a whole unit; never beyond the bounds."""
        unit = 1 if self.about.kind == INTEGER else 0
        here = self.value(scaled)
        below = min(self.value(scaled - step), self._within(here - unit))
        above = max(self.value(scaled + step), self._within(here + unit))
        return self.scaled(below), self.scaled(above)

    def slope(self, value: float) -> float:
        """Return by how much the value grows for each unit of the scale, at a value."""
        return value * log(self.high / self.low) if self.logarithmic else self.high - self.low

    def rounded(self, value: float) -> float:
        """Return a value with three significant figures, within the bounds."""
        return self._within(float(f"{value:.3g}"))

    def _within(self, value: float) -> float:
        """Return a value within the bounds, whole where the parameter is."""
        inside = min(max(value, self.low), self.high)
        return round(inside) if self.about.kind == INTEGER else inside


@dataclass(frozen=True)
class Target:
    """A moment, the file of its scenario and what it says there."""

    moment: Moment
    file: str
    formula: Formula


@dataclass(frozen=True)
class Calibration:
    """What is to be fitted to what; ``book`` is the one whose world it is, read from ``file``."""

    title: Label
    book: Scenario
    file: Path
    ranges: tuple[Range, ...]
    targets: tuple[Target, ...]
    seed: int
    held_back_seed: int
    size: Mapping[str, int]

    @property
    def files(self) -> tuple[str, ...]:
        """The files of all scenarios, each once."""
        return tuple(dict.fromkeys(target.file for target in self.targets))

    def scenario(self, file: str, values: Values, seed: int) -> Scenario:
        """Return a scenario in this book with these values, without policies that nobody asks for.

        ScenarioError if the values do not go together.
        """
        overrides = {"world.seed": seed, **{f"world.{key}": n for key, n in self.size.items()}}
        scenario = load(file, overrides, book={**_beyond_defaults(self.book.world), **values})
        terms = (term for each in self.targets if each.file == file for term in each.formula.terms)
        asked = {BASELINE, *(term.policy for term in terms)}
        policies = {name: each for name, each in scenario.policies.items() if name in asked}
        return scenario.model_copy(update={"policies": policies, "cases": (), "expectations": ()})


def numbers_of(world: World) -> dict[str, Any]:
    """Return every parameter of a world by dotted key."""
    found: dict[str, Any] = {}
    for one in parameters(World):
        if "[]" not in one.key:
            value: Any = world
            for part in one.key.split("."):
                value = getattr(value, part)
            found[f"world.{one.key}"] = value
    return found


def _beyond_defaults(world: World) -> dict[str, Any]:
    """Return what a book says of its borrowers that is not the default, not the study's size."""
    defaults = numbers_of(World())
    return {
        key: deepcopy(value)
        for key, value in numbers_of(world).items()
        if value != defaults[key] and key.count(".") > 1
    }
