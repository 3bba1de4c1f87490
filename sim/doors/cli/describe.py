"""``forbear describe``: whatever a file can say, with meaning, unit, bounds, default and source."""

from __future__ import annotations

import argparse
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

from sim.doors.cli.page import put
from sim.show.language import CODES, Language

if TYPE_CHECKING:
    from sim.parameter import Parameter
    from sim.scenario.keys import Key

EXAMPLES = """\
examples:
  forbear describe
  forbear describe relief.deferral
  forbear describe world.household.job_loss_per_month --lang zh
  forbear describe expect
  forbear describe case.job_loss
  forbear describe --markdown -
  forbear describe --schema
  forbear describe --record-schema
"""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """``describe`` is among the commands."""
    parser = commands.add_parser(
        "describe",
        help="explain the parameters of a scenario",
        description="Print every parameter with its meaning, unit, bounds, default and source. A\n"
        "key that begins with policy. stands in [baseline] or in any [policy.NAME]. KEY can be\n"
        "whatever a file says, title and case too; expect also lists what can be asked for.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("key", nargs="?", metavar="KEY", help="a key of a file, or a group of them")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--schema", action="store_true", help="print the JSON Schema for editors")
    form.add_argument(
        "--record-schema", action="store_true", help="print the JSON Schema of a run's summary.json"
    )
    form.add_argument("--json", action="store_true", help="print the declarations as JSON instead")
    form.add_argument(
        "--markdown", metavar="FILE", help="write all of it and the metrics as a page; - prints it"
    )
    parser.add_argument("--lang", choices=CODES, default="en", help="language of the texts")
    parser.set_defaults(command=run)


def run(chosen: argparse.Namespace) -> int:
    """Print what was asked for: the schema, the page, or what is known of the key given."""
    from sim.parameter import ForbearError

    language = Language(chosen.lang)
    if chosen.schema:
        from sim.scenario.load import file_schema

        print(json.dumps(file_schema(), ensure_ascii=False, indent=2))
        return 0
    if chosen.record_schema:
        from sim.experiment.record import schema

        print(json.dumps(schema(), ensure_ascii=False, indent=2))
        return 0
    if chosen.markdown:
        from sim.show.pages import page

        if chosen.key:
            raise ForbearError("--markdown writes the whole page: leave out KEY")
        put(page(language), chosen.markdown)
        return 0
    shown = list(matching(chosen.key))
    if chosen.json:
        print(json.dumps([asdict(one) for one in shown], ensure_ascii=False, indent=2))
        return 0
    width = shutil.get_terminal_size().columns
    print("\n\n".join(described(one, language, width) for one in shown))
    if chosen.key == "expect":
        from sim.show import expectable

        print("\n" + "\n".join(expectable.described(language, width)).rstrip())
    return 0


def every_parameter() -> Iterator[Parameter]:
    """Yield the parameters of the world, then those of a policy."""
    from sim.parameter import parameters
    from sim.scenario.schema import Policy, World

    yield from parameters(World, "world.")
    yield from parameters(Policy, "policy.")


def matching(key: str | None) -> Iterator[Parameter | Key]:
    """Yield what ``key`` names: whole, by group or by the end of its key; None: all parameters.

    Raises ForbearError, with the nearest key there is, where it names nothing.
    """
    from difflib import get_close_matches

    from sim.parameter import ForbearError
    from sim.scenario.keys import file_keys

    if key is None:
        yield from every_parameter()
        return
    everything: list[Parameter | Key] = [*file_keys(), *every_parameter()]
    wanted = as_of_a_policy(key)
    as_written = str if "[]" in key else bare  # the list with its fields, or those alone
    found = [one for one in everything if f".{wanted}." in f".{as_written(one.key)}."]
    if not found:
        endings = {ending for one in everything for ending in endings_of(bare(one.key))}
        near = get_close_matches(wanted, sorted(endings), n=1)
        hint = f'; did you mean "{near[0]}"?' if near else "; forbear describe lists them all"
        raise ForbearError(f"no parameter or group is called {key!r}{hint}")
    yield from found


def as_of_a_policy(key: str) -> str:
    """Return a key of the baseline, or of a policy by name, as that of any policy."""
    return re.sub(r"^(baseline|policy\.\w+)\.(relief|collections|servicing)\b", r"policy.\2", key)


def bare(key: str) -> str:
    """Return a key without the marks of tables in lists."""
    return key.replace("[]", "")


def endings_of(key: str) -> Iterator[str]:
    """Yield a dotted key, then the same without its first part, and so on."""
    parts = key.split(".")
    for start in range(len(parts)):
        yield ".".join(parts[start:])


def described(one: Parameter | Key, language: Language, width: int) -> str:
    """Return what is known of a key as a few lines."""
    from sim.parameter import Parameter
    from sim.show.folding import fold

    lines = of_parameter(one, language) if isinstance(one, Parameter) else of_key(one, language)
    return "\n".join((one.key, *(fold(line, width) for line in lines)))


def of_parameter(one: Parameter, language: Language) -> Iterator[str]:
    """Yield name and meaning, what it can be, and the source."""
    from sim.scenario.assumed import assumed
    from sim.show.parameters import named, source_of, unit_of

    facts = list(facts_of(one, language))
    if one.plausible is not None:
        tried = one in assumed()
        low, high = (f"{end:,}" for end in one.plausible)
        facts.append(language.say("plausible.tried" if tried else "plausible", low=low, high=high))
    if one.unit != one.kind:
        facts.append(language.say("unit", unit=unit_of(one, language)))
    if one.default is None:
        facts.append(language.say("required"))
    else:
        facts.append(language.say("default", default=json.dumps(one.default)))
    yield named(one, language)
    yield language.say("and").join(facts)
    yield language.say("source", source=source_of(one, language))


def of_key(one: Key, language: Language) -> Iterator[str]:
    """Yield the meaning and what it can be."""
    from sim.show.parameters import meaning_of

    facts = list(facts_of(one, language))
    if one.required:
        facts.append(language.say("required"))
    elif one.default is None:
        facts.append(language.say("optional"))
    else:
        facts.append(language.say("default", default=json.dumps(one.default)))
    yield meaning_of(one, language)
    yield language.say("and").join(facts)


def facts_of(one: Parameter | Key, language: Language) -> Iterator[str]:
    """Yield kind, bounds and choices."""
    yield language.say(f"kind.{one.kind}")
    if one.low is not None and one.high is not None:
        yield language.say("bounds", low=f"{one.low:,}", high=f"{one.high:,}")
    if one.choices:
        choices = language.say("listed").join(map(json.dumps, one.choices))
        yield language.say("choices", choices=choices)
