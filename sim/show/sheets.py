"""A comparison as tables for other people's documents: CSV, Markdown, or an Excel workbook.

Every cell of text is text: no cell is a formula, none is markup.
"""

from __future__ import annotations

import csv
import io
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sim.experiment.record import Cell, cell
from sim.parameter import ForbearError
from sim.rules.measures import METRICS
from sim.scenario.words import BASELINE, seen
from sim.show import charts
from sim.show.assumptions import HEAD, numbers
from sim.show.language import NOTATIONS
from sim.show.limits import limits
from sim.show.markdown import code, plain, table
from sim.show.verdict import verdict

if TYPE_CHECKING:
    from sim.experiment.compare import Comparison
    from sim.show.language import Language


LONGEST: Final = 100_000
"""Characters of a command."""


@dataclass(frozen=True)
class Sheet:
    """One table; its numbers are in the units that its head says."""

    name: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def sheets(comparison: Comparison, language: Language) -> list[Sheet]:
    """Return what a reader takes along: every difference, the charts' numbers, the sources."""
    say = language.say
    told = [_effects(comparison, language)]
    for chart in charts.every(comparison, language, "light", BASELINE):
        if chart.name == "segments":
            told.append(_segments(comparison, language))
        elif chart.name != "differences":
            told.append(Sheet(chart.name, chart.head, chart.rows))
    head = tuple(say(f"app.head.{each}") for each in HEAD)
    rows = tuple(each.cells for each in numbers(comparison.scenario, language))
    return [*told, Sheet("assumptions", head, rows)]


def _segments(comparison: Comparison, language: Language) -> Sheet:
    """Return the segments and cohorts under every policy, not one as a chart has them."""
    head: tuple[str, ...] = ()
    rows: list[tuple[Cell, ...]] = []
    for policy in comparison.effects or [BASELINE]:
        chart = charts.segments(comparison, language, "light", policy)
        head = (language.say("chart.head.policy"), *chart.head)
        label = language.text(comparison.scenario.policies[policy].label)
        rows += [(label, *row) for row in chart.rows]
    return Sheet("segments", head, tuple(rows))


def _effects(comparison: Comparison, language: Language) -> Sheet:
    say = language.say
    names = ("policy", "metric", "unit", "difference", "low", "high", "verdict")
    rows: list[tuple[Cell, ...]] = []
    for policy, effects in comparison.effects.items():
        for metric, effect in effects.items():
            about = METRICS[metric]
            factor = NOTATIONS[about.unit].factor
            ends = (effect.difference, effect.low, effect.high)
            rows.append(
                (
                    language.text(comparison.scenario.policies[policy].label),
                    language.text(about.label),
                    charts.unit_of(about.unit, language, difference=True),
                    *(None if end is None else factor * end for end in ends),
                    say(f"verdict.{effect.verdict}"),
                )
            )
    head = tuple(say(f"chart.head.{name}") for name in names)
    return Sheet("differences", head, tuple(rows))


def typed(command: Sequence[str]) -> str:
    """Return a command as one line that a shell takes for it."""
    return seen(shlex.join(command), LONGEST)


def as_csv(comparison: Comparison, language: Language) -> str:
    """Return every metric's differences as CSV."""
    sheet = _effects(comparison, language)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([cell(value) for value in row] for row in (sheet.head, *sheet.rows))
    return text.getvalue()


def as_markdown(
    comparison: Comparison,
    language: Language,
    command: Sequence[str],
    origin: Sequence[str] = (),
) -> str:
    """Return verdict, differences and limits as Markdown; ``origin``: whose numbers they are."""
    sheet = _effects(comparison, language)
    rows = [tuple(_written(value, language) for value in row) for row in sheet.rows]
    limited = "\n".join(f"- {plain(line)}" for line in limits(language))
    parts = [
        f"# {plain(language.text(comparison.scenario.title))}",
        plain(language.text(comparison.scenario.question)),
        f"**{plain(verdict(comparison, language))}**",
        *map(plain, origin),
        table([plain(each) for each in sheet.head], rows),
        f"## {language.say('report.limits')}",
        limited,
        code(typed(command)),
        f"digest {comparison.digest}",
    ]
    return "\n\n".join(parts) + "\n"


def _written(value: Cell, language: Language) -> str:
    if value is None or value != value:
        return language.say("not_available")
    return f"{value:,.4g}" if isinstance(value, float) else plain(str(value))


def as_workbook(comparison: Comparison, language: Language, origin: Sequence[str] = ()) -> bytes:
    """Return an Excel workbook, a sheet a table. Raises ForbearError without the library for it."""
    try:
        from xlsxwriter import Workbook
    except ModuleNotFoundError as error:
        raise ForbearError(
            f"a workbook needs XlsxWriter ({error}): pip install 'forbear[xlsx]'"
        ) from error
    content = io.BytesIO()
    # text is text whatever it begins with, and no clock is in the file: equal runs, equal files
    with Workbook(content, {"in_memory": True, "strings_to_formulas": False}) as workbook:
        bold = workbook.add_format({"bold": True})
        first = workbook.add_worksheet("verdict")
        first.write_string(0, 0, language.text(comparison.scenario.title), bold)
        first.write_string(1, 0, verdict(comparison, language))
        first.write_string(3, 0, f"digest {comparison.digest}")
        for place, line in enumerate((*origin, *limits(language)), start=5):
            first.write_string(place, 0, line)
        for sheet in sheets(comparison, language):
            page = workbook.add_worksheet(sheet.name)
            for column, name in enumerate(sheet.head):
                page.write_string(0, column, name, bold)
            for line_number, row in enumerate(sheet.rows, start=1):
                for column, value in enumerate(row):
                    if isinstance(value, str):
                        page.write_string(line_number, column, value)
                    elif value is not None and value == value:
                        page.write_number(line_number, column, value)
    return content.getvalue()
