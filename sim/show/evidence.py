"""Evidence in words: a table by target for a terminal, and how each number is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil, isclose, log10
from typing import TYPE_CHECKING, Final

from sim.experiment.evidence import Measured, Trial, tally
from sim.scenario.evidence import Finding, Unit
from sim.scenario.world import FEWEST_REPLICAS
from sim.show.language import MOST_DECIMALS, NOTATIONS, signed

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from sim.show.language import Language

NOTATION_OF: Final[dict[Unit, str]] = {
    "percent": "share",
    "points": "share",
    "times": "times",
    "money": "money",
    "days": "days",
    "number": "count",
}
STEPS: Final = 100
"""A number is written so exactly that the width of its band is at least so many steps."""
COLOURS: Final = {"inside": "green", "outside": "red", "told": ""}
INDENT: Final = 3
GAP: Final = 2
NARROWEST_LABEL: Final = 20


def print_evidence(trials: Sequence[Trial], language: Language, console: Console) -> None:
    """Print what was measured for each finding, by target, folded where the console ends.

    Where nothing was run only what was published is printed, with the bands.
    """
    from rich.cells import cell_len
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    head = [language.say(f"evidence.head.{name}") for name in ("band", "measured", "interval")]
    cells = [numbers(each, language) for trial in trials for each in trial.measured]
    ran = any(trial.digest for trial in trials)
    columns = list(zip(*cells, strict=True))[: 4 if ran else 1]
    widths = [max(map(cell_len, column)) for column in columns]
    for index, name in enumerate(head[: len(widths)]):
        widths[index] = max(widths[index], *map(cell_len, name.split()))
    taken = INDENT + 1 + GAP + sum(widths) + GAP * len(widths)
    console.width = max(console.width, taken + NARROWEST_LABEL)

    page: list[RenderableType] = []
    for trial in trials:
        table = Table.grid(padding=(0, GAP, 0, 0))
        table.add_column(width=1)
        table.add_column(width=console.width - taken, overflow="fold")
        for width in widths:
            table.add_column(width=width, overflow="fold", vertical="top")
        if ran:
            dim = [Text(name, style="dim", justify="right") for name in head]
            table.add_row("", "", *dim, "")
        for each in trial.measured:
            *told, verdict = numbers(each, language)
            style = COLOURS[each.verdict]
            last = [Text(verdict, style=style)] if ran else []
            right = [Text(cell, justify="right") for cell in told[: len(widths) - len(last)]]
            published = language.text(each.finding.published)
            label = Text(language.text(each.finding.label))
            label.append("\n" + language.say("evidence.published", published=published), "dim")
            table.add_row(each.finding.mark, label, *right, *last)
        heading = language.say(
            "evidence.heading",
            target=trial.note.target,
            title=language.text(trial.scenario.title),
        )
        beside = [*(remarks(trial, language) if ran else ()), doubt(trial, language)]
        page += [
            Text(heading, style="bold"),
            *(Padding(part, (0, 0, 0, INDENT)) for part in (Text(trial.note.source), table)),
            *(Padding(Text(remark), (0, 0, 0, INDENT)) for remark in beside),
            Text(),
        ]
    with console.capture() as printed:
        for part in page:
            console.print(part)
    for line in printed.get().splitlines():
        print(line.rstrip(), file=console.file)
    if ran:
        print(language.say("evidence.tally", **tally(trials)), file=console.file)


def numbers(measured: Measured, language: Language) -> tuple[str, str, str, str]:
    """Return band, number, interval and verdict of a finding."""
    return (
        band(measured.finding, language),
        value(measured, language),
        interval(measured),
        verdict(measured, language),
    )


def band(finding: Finding, language: Language) -> str:
    """Return the band, with its unit once."""
    low, high = finding.low, finding.high
    if low is not None and high is not None:
        last = _with_unit(_plain(high, finding), finding, language)
        return language.say("evidence.band.between", low=_plain(low, finding), high=last)
    if low is not None:
        least = _with_unit(_plain(low, finding), finding, language)
        return language.say("evidence.band.at_least", low=least)
    if high is not None:
        most = _with_unit(_plain(high, finding), finding, language)
        return language.say("evidence.band.at_most", high=most)
    return language.say("evidence.band.none")


def value(measured: Measured, language: Language) -> str:
    """Return the number with its unit."""
    return number(measured.value, measured.finding, language)


def number(value: float | None, finding: Finding, language: Language) -> str:
    """Return a number that a finding came to, with its unit; what has no value is said to."""
    if value is None:
        return language.say("not_available")
    sign = "+" if finding.is_change else ""
    text = signed(value * _factor(finding), decimals(value, finding), sign)
    return _with_unit(text, finding, language)


def interval(measured: Measured) -> str:
    """Return the 95 % interval without its unit, or nothing."""
    finding, found = measured.finding, measured.estimate
    if found is None or found.low is None or found.high is None:
        return ""
    places = decimals(measured.value, finding)
    sign = "+" if finding.is_change else ""
    ends = (signed(end * _factor(finding), places, sign) for end in (found.low, found.high))
    return f"[{', '.join(ends)}]"


def verdict(measured: Measured, language: Language) -> str:
    """Return where the number lies."""
    said = language.say(f"evidence.{measured.verdict}")
    return language.say("evidence.noisy", verdict=said) if measured.is_noisy else said


def doubt(trial: Trial, language: Language) -> str:
    """Return why one might doubt the comparison."""
    return language.say("evidence.doubt", doubt=language.text(trial.note.doubt))


def remarks(trial: Trial, language: Language) -> Iterator[str]:
    """Yield what has to be said of findings that lie outside or should, and of noise."""
    for each in trial.measured:
        label = language.text(each.finding.label)
        if each.finding.missed:
            entry = "evidence.missed" if each.is_as_said else "evidence.missed_inside"
            yield language.say(entry, label=label, missed=language.text(each.finding.missed))
        elif not each.is_as_said:
            yield language.say("evidence.unexplained", label=label)
        if each.is_noisy:
            yield noise(each, language)


def noise(measured: Measured, language: Language) -> str:
    """Return how exact a noisy number is."""
    label, room = language.text(measured.finding.label), measured.room
    error = measured.estimate.error if measured.estimate else None
    if error is None or room is None:
        return language.say("evidence.no_interval", label=label, fewest=FEWEST_REPLICAS)
    return language.say("evidence.noise", label=label, share=f"{error / room:.0%}")


def decimals(value: float | None, finding: Finding) -> int:
    """Return how many decimals tell steps of the band, and a value from an end it is not at."""
    factor, ends = _factor(finding), [end for end in (finding.low, finding.high) if end is not None]
    size = max(ends) - min(ends) if len(ends) == 2 else max(map(abs, ends), default=0.0)
    places = max(0, ceil(round(-log10(size * factor / STEPS), 6))) if size else 1
    if value is None or not ends:
        return min(places, MOST_DECIMALS)
    while places < MOST_DECIMALS:
        read = round(value * factor, places) / factor
        at_an_end = any(isclose(read, end, abs_tol=1e-12) for end in ends)
        if not at_an_end or finding.holds(value):
            break
        places += 1
    return min(places, MOST_DECIMALS)


def _factor(finding: Finding) -> float:
    return NOTATIONS[NOTATION_OF[finding.shown_in]].factor


def _plain(end: float, finding: Finding) -> str:
    """Return an end of the band as exactly as it is stated."""
    size = round(end * _factor(finding), MOST_DECIMALS)
    sign = "+" if finding.is_change else ""
    places = next((few for few in range(MOST_DECIMALS) if round(size, few) == size), MOST_DECIMALS)
    return signed(size, places, sign)


def _with_unit(text: str, finding: Finding, language: Language) -> str:
    unit = finding.shown_in
    notation = NOTATIONS[NOTATION_OF[unit]]
    entry = notation.difference if unit == "points" else notation.value
    currency = "元" if (language.code, language.currency) == ("zh", "CNY") else language.currency
    return language.say(entry, number=text, currency=currency).strip()
