"""Every number of a scenario: what it is here, what by default, and where that is from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel

from sim.parameter import ASSUMPTION, Parameter, parameters
from sim.scenario.schema import Policy, World
from sim.scenario.words import BASELINE
from sim.show.parameters import name_of, source_of, unit_of

if TYPE_CHECKING:
    from sim.scenario.schema import Scenario
    from sim.show.language import Language

HEAD: Final = ("key", "name", "value", "default", "unit", "bounds", "source")


@dataclass(frozen=True)
class Number:
    """One parameter of a scenario, as it is shown."""

    key: str
    name: str
    value: str
    default: str
    unit: str
    bounds: str
    source: str
    is_assumed: bool
    is_changed: bool

    @property
    def cells(self) -> tuple[str, ...]:
        """What is shown of it."""
        return (
            self.key,
            self.name,
            self.value,
            self.default,
            self.unit,
            self.bounds,
            self.source,
        )


def numbers(scenario: Scenario, language: Language) -> tuple[Number, ...]:
    """Return every parameter: of the world, the baseline, and what each policy has otherwise."""
    return tuple(_numbers(scenario, language))


def _numbers(scenario: Scenario, language: Language) -> Iterator[Number]:
    for each in parameters(World):
        if "[]" not in each.key:
            yield _number(f"world.{each.key}", each, _value(scenario.world, each.key), language)
    for name, policy in scenario.policies.items():
        for each in parameters(Policy):
            if "[]" in each.key:
                continue
            value = _value(policy, each.key)
            if name == BASELINE or value != _value(scenario.baseline, each.key):
                yield _number(f"{name}.{each.key}", each, value, language)


def _number(key: str, about: Parameter, value: Any, language: Language) -> Number:
    bounded = about.low is not None and about.high is not None
    return Number(
        key=key,
        name=name_of(about, language),
        value=_written(value),
        default=_written(about.default),
        unit=unit_of(about, language),
        bounds=f"{about.low:,} - {about.high:,}" if bounded else "",
        source=source_of(about, language),
        is_assumed=ASSUMPTION in about.source,
        is_changed=value != about.default,
    )


def _value(group: BaseModel, key: str) -> Any:
    value: Any = group
    for part in key.split("."):
        value = getattr(value, part)
    return value


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return ", ".join(_written(each) for each in value)
    if isinstance(value, BaseModel):
        said = value.model_dump(mode="json", exclude_defaults=True)
        return " ".join(f"{key}={each}" for key, each in said.items())
    return str(value)
