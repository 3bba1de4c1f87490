"""The page of parameters: all that a file can say and all that a run measures, as Markdown."""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from sim.parameter import ASSUMPTION, Parameter, parameters
from sim.rules.measures import METRICS
from sim.scenario.keys import Key, file_keys
from sim.scenario.measured import FIGURE_UNITS, SEGMENT_UNITS, SEGMENTS
from sim.scenario.schema import Policy, World
from sim.show import expectable
from sim.show.markdown import table
from sim.show.parameters import group_of, meaning_of, named, source_of, unit_of

if TYPE_CHECKING:
    from sim.show.language import Language

NONE = "-"


def page(language: Language) -> str:
    """Return the whole page."""
    world, policy = list(parameters(World, "world.")), list(parameters(Policy, "policy."))
    assumed = sum(ASSUMPTION in one.source for one in world)
    parts = [
        "# " + language.say("pages.title"),
        language.say("pages.generated"),
        language.say("pages.about"),
        language.say("pages.marks"),
        language.say(
            "pages.counted",
            all=len(world) + len(policy),
            world=len(world),
            policy=len(policy),
            assumed=assumed,
        ),
        "## " + language.say("pages.file"),
        language.say("pages.file_about"),
        keys(file_keys(), language),
        "## " + language.say("pages.world"),
        language.say("pages.world_about"),
        *grouped(World, "world", world, language),
        "## " + language.say("pages.policy"),
        language.say("pages.policy_about"),
        *grouped(Policy, "policy", policy, language),
        *measured(language),
    ]
    return "\n\n".join(parts) + "\n"


def keys(told: Iterable[Key], language: Language) -> str:
    """Return the table of what a file says besides parameters."""
    rows = [
        (
            code(one.key),
            kind(one, language),
            language.say("pages.given") if one.required else written(one.default),
            between(one.low, one.high, language),
            meaning_of(one, language),
        )
        for one in told
    ]
    return table(heads(("key", "kind", "default", "bounds", "meaning"), language), rows)


def grouped(
    group: type[BaseModel], prefix: str, told: Iterable[Parameter], language: Language
) -> Iterator[str]:
    """Yield a heading, what the group is, and a table, for each group of parameters."""
    columns = ("key", "default", "unit", "bounds", "plausible", "source", "meaning")
    members: dict[str, list[Parameter]] = {}
    for one in told:
        members.setdefault(one.key.rpartition(".")[0], []).append(one)
    for name, each in members.items():
        yield f"### {name}"
        yield group_of(inspect.getdoc(_group(group, name.removeprefix(prefix))) or "", language)
        yield table(heads(columns, language), (row(one, language) for one in each))


def row(one: Parameter, language: Language) -> tuple[str, ...]:
    """Return what is known of a parameter, cell by cell."""
    default = language.say("pages.given") if one.default is None else written(one.default)
    return (
        code(one.key.rpartition(".")[2]),
        default,
        unit_of(one, language),
        ", ".join(map(code, one.choices)) if one.choices else between(one.low, one.high, language),
        between(*one.plausible, language) if one.plausible else NONE,
        source_of(one, language),
        named(one, language),
    )


def measured(language: Language) -> Iterator[str]:
    """Yield the tables of metrics, of what is known of segments, and of figures of cases."""
    told = expectable.names(language)
    yield "## " + language.say("pages.metrics")
    yield language.say("pages.metrics_about")
    yield table(
        heads(("metric", "unit", "better", "meaning"), language),
        (
            (
                code(metric.name),
                unit(metric.unit, language),
                language.say(f"pages.{metric.better or 'neither'}"),
                told["metric"][metric.name],
            )
            for metric in METRICS.values()
        ),
    )
    segments = ", ".join(f"{code(name)} ({told['segment'][name]})" for name in SEGMENTS)
    for name, kind_of_name, units in (
        ("segments", "metric_of_segment", SEGMENT_UNITS),
        ("figures", "figure_of_case", FIGURE_UNITS),
    ):
        yield "### " + language.say(f"pages.{name}")
        yield language.say(f"pages.{name}_about", segments=segments)
        meanings = told[kind_of_name]
        yield table(
            heads(("metric", "unit", "meaning"), language),
            ((code(each), unit(units[each], language), meanings[each]) for each in meanings),
        )


def heads(columns: Iterable[str], language: Language) -> list[str]:
    """Return the heads of columns."""
    return [language.say(f"pages.head.{name}") for name in columns]


def unit(name: str, language: Language) -> str:
    """Return the unit of a metric in a word."""
    return language.say(f"pages.unit.{name}")


def kind(one: Key, language: Language) -> str:
    """Return what a key holds; of words, which."""
    if one.choices:
        return ", ".join(map(code, one.choices))
    return language.say(f"kind.{one.kind}")


def between(low: float | None, high: float | None, language: Language) -> str:
    """Return two bounds; a list has none of its own, its entries are told of in words."""
    if low is None or high is None:
        return NONE
    return language.say("bounds", low=f"{low:,}", high=f"{high:,}")


def written(value: Any) -> str:
    """Return a value as a file says it."""
    return NONE if value is None else code(json.dumps(value, ensure_ascii=False))


def code(text: str) -> str:
    """Return a text as code."""
    return f"`{text}`"


def _group(group: type[BaseModel], path: str) -> type[BaseModel]:
    """Return the group at a dotted path, ``[]`` standing for the tables of a list."""
    for part in filter(None, path.split(".")):
        inner: Any = group.model_fields[part.removesuffix("[]")].annotation
        group = inner.__args__[0] if part.endswith("[]") else inner
    return group
