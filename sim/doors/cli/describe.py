"""``forbear describe``: every parameter with its meaning, unit, bounds, default and source."""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Iterator
from dataclasses import asdict
from textwrap import fill
from typing import TYPE_CHECKING

from sim.show.language import CODES, Language

if TYPE_CHECKING:
    from sim.parameter import Parameter

EXAMPLES = """\
examples:
  forbear describe
  forbear describe relief.deferral
  forbear describe world.household.job_loss_per_month --lang zh
  forbear describe expect
  forbear describe --schema
"""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """``describe`` is among the commands."""
    parser = commands.add_parser(
        "describe",
        help="explain the parameters of a scenario",
        description="Print every parameter with its meaning, unit, bounds, default and source. A\n"
        "key that begins with policy. stands in [baseline] or in any [policy.NAME]. The key\n"
        "expect lists what an expectation can ask for.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("key", nargs="?", metavar="KEY", help="a parameter, or a group of them")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--schema", action="store_true", help="print the JSON Schema for editors")
    form.add_argument("--json", action="store_true", help="print the parameters as JSON")
    parser.add_argument("--lang", choices=CODES, default="en", help="language of the labels")
    parser.set_defaults(command=run)


def run(chosen: argparse.Namespace) -> int:
    """Print what was asked for: the schema, or the parameters whose key holds the one given."""
    if chosen.schema:
        from sim.scenario.load import file_schema

        print(json.dumps(file_schema(), ensure_ascii=False, indent=2))
        return 0
    width = shutil.get_terminal_size().columns
    if chosen.key == "expect":
        from sim.show import expectable

        language = Language(chosen.lang)
        if chosen.json:
            print(json.dumps(expectable.names(language), ensure_ascii=False, indent=2))
        else:
            print("\n".join(expectable.described(language, width)).rstrip())
        return 0
    shown = list(matching(chosen.key))
    if chosen.json:
        print(json.dumps([asdict(one) for one in shown], ensure_ascii=False, indent=2))
    else:
        print("\n\n".join(described(one, Language(chosen.lang), width) for one in shown))
    return 0


def every_parameter() -> Iterator[Parameter]:
    """Yield the parameters of the world, then those of a policy."""
    from sim.parameter import parameters
    from sim.scenario.schema import Collections, Relief, Servicing, World

    yield from parameters(World, "world.")
    yield from parameters(Relief, "policy.relief.")
    yield from parameters(Collections, "policy.collections.")
    yield from parameters(Servicing, "policy.servicing.")


def matching(key: str | None) -> Iterator[Parameter]:
    """Yield the parameters that ``key`` names: whole, by group or by the end of their key.

    Raises ForbearError, with the nearest key there is, where it names none.
    """
    from difflib import get_close_matches

    from sim.parameter import ForbearError

    everything = list(every_parameter())
    as_written = str if key and "[]" in key else bare  # the list with its fields, or those alone
    found = [one for one in everything if key is None or f".{key}." in f".{as_written(one.key)}."]
    if not found:
        endings = {ending for one in everything for ending in endings_of(bare(one.key))}
        near = get_close_matches(str(key), sorted(endings), n=1)
        hint = f'; did you mean "{near[0]}"?' if near else "; forbear describe lists them all"
        raise ForbearError(f"no parameter or group is called {key!r}{hint}")
    yield from found


def bare(key: str) -> str:
    """Return a key without the marks of tables in lists."""
    return key.replace("[]", "")


def endings_of(key: str) -> Iterator[str]:
    """Yield a dotted key, then the same without its first part, and so on."""
    parts = key.split(".")
    for start in range(len(parts)):
        yield ".".join(parts[start:])


def described(one: Parameter, language: Language, width: int) -> str:
    """Return what is known of a parameter as a few lines."""
    from sim.parameter import ASSUMPTION

    facts = [language.say(f"kind.{one.kind}")]
    if one.low is not None and one.high is not None:
        facts.append(language.say("bounds", low=f"{one.low:,}", high=f"{one.high:,}"))
    if one.choices:
        facts.append(language.say("choices", choices=", ".join(map(json.dumps, one.choices))))
    if one.unit != one.kind:
        facts.append(language.say("unit", unit=one.unit))
    if one.default is None:
        facts.append(language.say("required"))
    else:
        facts.append(language.say("default", default=json.dumps(one.default)))
    name = one.label_zh if language.code == "zh" else one.label_en
    source = language.say("assumption") if one.source == ASSUMPTION else one.source
    lines = (
        f"{name}. {one.meaning}",
        language.say("and").join(facts),
        language.say("source", source=source),
    )
    inner = (
        fill(line, width, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False)
        for line in lines
    )
    return "\n".join((one.key, *inner))
