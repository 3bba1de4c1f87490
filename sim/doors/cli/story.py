"""``forbear story``: one person's life under several policies, day by day."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sim.doors.cli.options import at_least_one
from sim.show.language import CODES, Language

if TYPE_CHECKING:
    from sim.experiment.story import Person, Story
    from sim.scenario.schema import Scenario

EXAMPLES = """\
examples:
  forbear story scenarios/relief_options.toml --case jobless_briefly
  forbear story shipped:relief_options --case ill --policy waiver --policy firm
  forbear story shipped:relief_options --borrower 17 --replica 2 --lang zh
  forbear story shipped:relief_options --policy deferral --find saved
"""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """``story`` is among the commands."""
    parser = commands.add_parser(
        "story",
        help="tell one person's life under two policies",
        description="Tell what happens to one person under two policies or more: money, contacts,\n"
        "relief, and why each payment was missed.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", help="a scenario file, or shipped:NAME for one that comes along")
    person = parser.add_mutually_exclusive_group(required=True)
    person.add_argument("--case", metavar="NAME", help="a [[case]] of the file")
    person.add_argument("--borrower", type=int, metavar="N", help="a borrower, numbered from 0")
    person.add_argument(
        "--find",
        choices=("saved", "harmed"),
        help="a borrower of the replica who is lost under the baseline and not under the policy, "
        "or the other way round",
    )
    parser.add_argument(
        "--nth", type=at_least_one, default=1, metavar="N", help="with --find: which of them"
    )
    parser.add_argument(
        "--replica", type=int, default=0, metavar="R", help="the borrower's replica, default 0"
    )
    parser.add_argument(
        "--policy",
        action="append",
        metavar="NAME",
        help="a policy, once for each; one alone is told beside the baseline; default: the "
        "baseline and the first policy of the file",
    )
    parser.add_argument("--json", action="store_true", help="print the events as JSON instead")
    parser.add_argument("--lang", choices=CODES, default="en", help="language of the story")
    parser.set_defaults(command=run)


def run(chosen: argparse.Namespace) -> int:
    """Tell the stories one after the other, or side by side where there is room."""
    from sim.experiment.story import Person, stories
    from sim.scenario.load import load

    scenario = load(chosen.file)
    policies = wanted(scenario, chosen.policy)
    person: Person | None = Person(chosen.case, chosen.borrower or 0, chosen.replica)
    if chosen.find:
        person = found(scenario, policies, chosen)
    if person is None:
        return 0
    told = stories(scenario, person, policies)
    if chosen.json:
        print(json.dumps(summary(scenario, person, told), ensure_ascii=False))
        return 0
    from rich.console import Console

    from sim.show.story import print_stories

    language = Language(chosen.lang, scenario.world.currency)
    console = Console(width=shutil.get_terminal_size().columns)  # 80 where there is no terminal
    print_stories(scenario, person, told, language, console)
    return 0


def found(scenario: Scenario, policies: Sequence[str], chosen: argparse.Namespace) -> Person | None:
    """Return a borrower whom the last of the policies saves or harms; None if there is none.

    How many there are is said on standard error.
    """
    from sim.experiment.search import search
    from sim.experiment.story import Person

    language = Language(chosen.lang)
    policy = policies[-1]
    numbers = search(scenario, policy, chosen.replica).of(chosen.find)
    told = language.say(
        f"search.{chosen.find}",
        count=f"{len(numbers):,}",
        policy=language.text(scenario.policies[policy].label),
        replica=chosen.replica,
    )
    print(told, file=sys.stderr)
    if chosen.nth > len(numbers):
        return None
    return Person(number=numbers[chosen.nth - 1], replica=chosen.replica)


def wanted(scenario: Scenario, named: Sequence[str] | None) -> list[str]:
    """Return the policies to tell of, each once."""
    from sim.scenario.words import BASELINE

    names = list(dict.fromkeys(named or list(scenario.policies)[1:2]))
    return names if len(names) > 1 or names == [BASELINE] else [BASELINE, *names]


def summary(scenario: Scenario, person: Person, told: Sequence[Story]) -> dict[str, object]:
    """Return the stories for programs: amounts in minor units, days from day 0."""
    from dataclasses import asdict

    return {
        "person": asdict(person),
        "currency": scenario.world.currency,
        "stories": [
            {
                "policy": story.policy,
                "opening": asdict(story.opening),
                "events": [
                    {
                        "day": event.day,
                        "slot": event.slot.name.lower(),
                        "kind": event.kind,
                        "details": dict(event.details),
                    }
                    for event in story.events
                ],
                "ending": asdict(story.ending),
                "months": [asdict(moment) for moment in story.months],
            }
            for story in told
        ],
    }
