"""The story of one person under several policies, and what made the difference.

The policies stand side by side where the terminal is wide, month by month, else one after the
other.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from sim.experiment.story import parting
from sim.show.story_lines import Line, lines
from sim.show.story_words import date, money, percent, sentence

if TYPE_CHECKING:
    from sim.experiment.step import Event
    from sim.experiment.story import Ending, Opening, Person, Story
    from sim.scenario.schema import Scenario
    from sim.show.language import Language

INDENT: Final = 2
GAP: Final = 2
A_STORY_NEEDS: Final = 66
"""Columns; with as many for each, stories stand side by side."""

ENDING_MONEY: Final = ("paid", "late_recovered", "forgiven", "written_off", "outstanding")
ENDING_COUNTS: Final = (
    "adverse_marks",
    "messages",
    "calls",
    "answered",
    "visits",
    "met",
    "notices",
    "complaints",
)
ALWAYS_SHOWN: Final = frozenset({"paid", "forgiven", "outstanding", "adverse_marks", "calls"})


def print_stories(
    scenario: Scenario,
    person: Person,
    told: Sequence[Story],
    language: Language,
    console: Console,
) -> None:
    """Print who it is, each life, how they ended and what made the difference."""
    names = [language.text(scenario.policies[story.policy].label) for story in told]
    headings, bodies = [], []
    for position, story in enumerate(told):
        twins = [names[other] for other in range(position) if told[other].events == story.events]
        entry = "story.as_under" if twins else "story.under"
        headings.append(language.say(entry, policy=names[position], other=(*twins, "")[0]))
        bodies.append([] if twins else lines(story.events, language))
    side_by_side = console.width >= A_STORY_NEEDS * len(told) > A_STORY_NEEDS
    page: list[RenderableType] = [
        Text(who(scenario, person, language), style="bold"),
        *(Text(text) for text in opening(told[0].opening, language)),
    ]
    if side_by_side:
        page += [Text(), _side_by_side(headings, bodies)]
    else:
        for heading, body in zip(headings, bodies, strict=True):
            page += [Text(), Text(heading, style="bold")]
            page += [Padding(_one(body), (0, 0, 0, INDENT))] if body else []
    page += [Text(), Text(language.say("story.compared"), style="bold")]
    page += [Padding(_endings(names, told, language), (0, 0, 0, INDENT))]
    page += [part for text in differences(names, told, language) for part in (Text(), Text(text))]

    with console.capture() as printed:
        for part in page:
            console.print(part)
    for line in printed.get().splitlines():
        print(line.rstrip(), file=console.file)


def who(scenario: Scenario, person: Person, language: Language) -> str:
    """Return who the story is about."""
    if person.case is None:
        return language.say("story.borrower", number=person.number, replica=person.replica)
    labels = {case.name: case.label for case in scenario.cases}
    label = labels[person.case]
    return language.text(label) if label else person.case


def opening(start: Opening, language: Language) -> list[str]:
    """Return how things stood before the policies differ, in sentences."""
    amounts = {
        name: money(getattr(start, name), language)
        for name in ("income", "essentials", "other_debt", "savings")
    }
    said = [language.say("story.household", **amounts)]
    if start.status != "active":
        status = language.say(f"status.{start.status}")
        return [*said, language.say("story.over", status=status)]
    said.append(
        language.say(
            "story.loan",
            balance=money(start.balance, language),
            left=start.instalments_left,
            instalment=money(start.instalment, language),
            due_day=start.due_day,
            rate=percent(start.rate_bp, language),
        )
    )
    if start.day > 0:
        said.append(language.say("story.lent", day=date(start.day, language)))
    if start.arrears:
        arrears = money(start.arrears, language)
        said.append(language.say("story.behind", arrears=arrears, days=start.days_past_due))
    return said


def differences(names: Sequence[str], told: Sequence[Story], language: Language) -> list[str]:
    """Return where each life parts from the first, in a sentence each."""
    return [
        _parting(names[0], name, told[0], story, language)
        for name, story in zip(names[1:], told[1:], strict=True)
    ]


def _parting(first: str, second: str, one: Story, other: Story, language: Language) -> str:
    parts = parting(one, other)
    if parts is None:
        return language.say("story.same", first=first, second=second)
    day = min(event.day for event in parts if event is not None)
    ours, theirs = (_on(day, event, language) for event in parts)
    entry = "story.alike_in_the_end" if one.ending.status == other.ending.status else "story.why"
    return language.say(
        entry,
        day=date(day, language),
        first=first,
        second=second,
        ours=ours,
        theirs=theirs,
    )


def _on(day: int, event: Event | None, language: Language) -> str:
    """Return what happened on the day on which two lives part."""
    if event is None or event.day != day:
        return language.say("story.nothing")
    return sentence(event, language)


def _one(body: Sequence[Line], width: int | None = None) -> Table:
    """Return lines as a table; ``width`` is that of the dates, their own unless given."""
    table = Table.grid(padding=(0, GAP, 0, 0))
    table.add_column(no_wrap=True, width=width)
    table.add_column(overflow="fold")
    for line in body:
        table.add_row(Text(line.when, style="dim"), Text(line.text))
    return table


def _side_by_side(headings: Sequence[str], bodies: Sequence[Sequence[Line]]) -> Table:
    """Return a table of one row a month that any of the lives tells of."""
    table = Table.grid(padding=(0, GAP, 0, 0), expand=True)
    for _ in headings:
        table.add_column(ratio=1)
    table.add_row(*(Text(heading, style="bold") for heading in headings))
    by_month = [
        {month: list(group) for month, group in groupby(body, key=lambda line: line.month)}
        for body in bodies
    ]
    widths = [max((cell_len(line.when) for line in body), default=0) for body in bodies]
    for month in sorted({month for each in by_month for month in each}):
        cells = zip(by_month, widths, strict=True)
        table.add_row(*(_one(each.get(month, []), width) for each, width in cells))
    return table


def _endings(names: Sequence[str], told: Sequence[Story], language: Language) -> Table:
    """Return how each life ended, a column a policy."""
    table = Table.grid(padding=(0, GAP, 0, 0))
    table.add_column()
    table.add_row("", *(Text(name, style="dim", justify="right") for name in names))
    for entry, cells in ending_rows([story.ending for story in told], language):
        table.add_row(Text(entry), *(Text(cell, justify="right") for cell in cells))
    return table


def ending_rows(ends: Sequence[Ending], language: Language) -> list[tuple[str, list[str]]]:
    """Return the rows of the comparison, but for what is nobody's and nobody asks for first."""
    default = [
        language.say("story.never") if end.default_day is None else date(end.default_day, language)
        for end in ends
    ]
    rows = [
        ("status", [language.say(f"status.{end.status}") for end in ends]),
        ("default_day", default),
        ("worst_dpd", [str(end.worst_dpd) for end in ends]),
    ]
    for name in (*ENDING_MONEY, *ENDING_COUNTS):
        amounts = [getattr(end, name) for end in ends]
        if any(amounts) or name in ALWAYS_SHOWN:
            as_money = name in ENDING_MONEY
            rows.append((name, [money(a, language) if as_money else f"{a:,}" for a in amounts]))
    return [(language.say(f"story.ending.{name}"), cells) for name, cells in rows]
