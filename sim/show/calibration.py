"""A calibration in words and tables: what was found, how sure it is, what it cannot say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isinf
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from sim.show.parameters import name_of

if TYPE_CHECKING:
    from rich.console import Console

    from sim.experiment.calibrate import Fit, FittedMoment, FittedParameter
    from sim.show.language import Language

INDENT: Final = 2
GAP: Final = 2
COLOURS: Final = {True: "green", False: "red"}


@dataclass(frozen=True)
class Row:
    """A name, the numbers under each head, and a word on them; whether that word is a good one."""

    name: str
    cells: Sequence[str]
    good: bool | None = None


@dataclass(frozen=True)
class Sheet:
    """A heading, the heads of columns, and rows."""

    heading: str
    head: Sequence[str]
    rows: Sequence[Row]


def print_fit(fit: Fit, language: Language, console: Console) -> None:
    """Print a calibration, folded where the console ends; a number is never cut."""
    from rich.padding import Padding
    from rich.text import Text

    with console.capture() as printed:
        console.print(Text(language.text(fit.calibration.title), style="bold"))
        for sentence in conclusions(fit, language):
            console.print(Text(sentence))
        for sheet in (parameters(fit, language), moments(fit, language)):
            _print_sheet(sheet, console)
        kept = list(remarks(fit, language))
        if kept:
            console.print(Text(f"\n{language.say('calibrate.remarks')}", style="bold"))
            for remark in kept:
                console.print(Padding(Text(remark), (0, 0, 0, INDENT)))
        console.print()
        for line in footing(fit, language):
            console.print(Text(line, style="dim"))
    for line in printed.get().splitlines():
        print(line.rstrip(), file=console.file)


def _print_sheet(sheet: Sheet, console: Console) -> None:
    """Print the names on lines of their own, the numbers below in columns that line up."""
    from rich.cells import cell_len
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    columns = zip(sheet.head, *(row.cells for row in sheet.rows), strict=True)
    widths = [max(map(cell_len, column)) for column in columns]
    inner = 2 * INDENT
    console.width = max(console.width, inner + sum(widths) + GAP * (len(widths) - 1))

    def line(cells: Sequence[str], style: str) -> Padding:
        table = Table.grid(padding=(0, GAP, 0, 0), pad_edge=False)
        for width in widths:
            table.add_column(width=width, no_wrap=True)
        *numbers, word = cells
        table.add_row(*(Text(each, justify="right") for each in numbers), Text(word, style=style))
        return Padding(table, (0, 0, 0, inner))

    console.print(Text(f"\n{sheet.heading}", style="bold"))
    console.print(line(sheet.head, ""))
    for row in sheet.rows:
        console.print(Padding(Text(row.name), (0, 0, 0, INDENT)))
        console.print(line(row.cells, "" if row.good is None else COLOURS[row.good]))


def markdown(fit: Fit, language: Language) -> str:
    """Return a calibration as a page of Markdown."""
    lines = [f"# {language.text(fit.calibration.title)}", ""]
    lines += [f"- {sentence}" for sentence in conclusions(fit, language)]
    for sheet in (parameters(fit, language), moments(fit, language)):
        marks = ["---", *["---:"] * (len(sheet.head) - 1), "---"]
        rows = [["", *sheet.head], marks, *([row.name, *row.cells] for row in sheet.rows)]
        lines += ["", f"## {sheet.heading}", ""]
        lines += [f"| {' | '.join(each.replace('|', '/') for each in row)} |" for row in rows]
    kept = list(remarks(fit, language))
    if kept:
        lines += ["", f"## {language.say('calibrate.remarks')}", ""]
        lines += [f"- {remark}" for remark in kept]
    return "\n".join([*lines, "", *footing(fit, language), ""])


def conclusions(fit: Fit, language: Language) -> Iterator[str]:
    """Yield what it comes to: that all holds, or what does not and why."""
    if fit.holds:
        yield language.say(
            "calibrate.check_holds" if fit.found is None else "calibrate.holds",
            count=len(fit.fitted_moments),
        )
    yield from undetermined(fit, language)
    at_bounds = [_key(each) for each in fit.parameters if each.at_bound]
    for each in fit.fitted_moments:
        if each.met:
            continue
        said = {"moment": _name(each, language), "value": _number(each.target.moment.value)}
        if fit.found is None or not fit.settled:
            found = _number(each.held_back.value)
            yield language.say("calibrate.unmet", found=found, **said)
        elif each.met_when_fitted:
            found = _number(each.held_back.value)
            yield language.say("calibrate.luck", found=found, **said)
        elif at_bounds:
            found, ends = _number(each.fitted.value), _listed(at_bounds, language)
            yield language.say("calibrate.out_of_reach", found=found, parameters=ends, **said)
        else:
            found = _number(each.fitted.value)
            yield language.say("calibrate.conflict", found=found, **said)
    if not fit.settled:
        yield language.say("calibrate.unsettled")


def undetermined(fit: Fit, language: Language) -> Iterator[str]:
    """Yield what the targets leave open: parameters, and combinations of them."""
    if fit.found is None:
        return
    named = set(fit.found.idle)
    for at in fit.found.idle:
        yield language.say("calibrate.idle", parameter=_key(fit.parameters[at]))
    for direction in fit.found.open_directions:
        keys = [_key(fit.parameters[at]) for at in direction.parts]
        named |= direction.parts.keys()
        parts, value = direction.parts.values(), _number(direction.singular_value)
        if len(keys) == 1:
            yield language.say("calibrate.weak", parameter=keys[0], value=value)
            continue
        terms = (f"{part:+.2f} {key}" for key, part in zip(keys, parts, strict=True))
        yield language.say(
            "calibrate.together",
            parameters=_listed(keys, language),
            combination=" ".join(terms),
            value=value,
        )
    for at in fit.found.loose:
        if at not in named:
            each = fit.parameters[at]
            error = _error(each, language)
            yield language.say("calibrate.loose", parameter=_key(each), error=error)


def remarks(fit: Fit, language: Language) -> Iterator[str]:
    """Yield what is not wrong but to be known."""
    for each in fit.parameters:
        if each.at_bound and fit.found is not None:
            yield language.say(
                "calibrate.at_bound", parameter=_key(each), value=_number(each.value)
            )
    if fit.found is not None:
        for one, other, correlation in fit.found.correlated:
            yield language.say(
                "calibrate.correlated",
                one=_key(fit.parameters[one]),
                other=_key(fit.parameters[other]),
                correlation=f"{correlation:+.2f}",
            )


def footing(fit: Fit, language: Language) -> Iterator[str]:
    """Yield how it was fitted and how well."""
    yield language.say(
        "calibrate.chi_square",
        fitted=_number(fit.chi_square(held_back=False)),
        held_back=_number(fit.chi_square(held_back=True)),
        degrees=fit.degrees,
    )
    if fit.found is not None:
        values = _listed([_number(each) for each in fit.found.singular_values], language)
        yield language.say("calibrate.singular", values=values)
        yield language.say("calibrate.errors")
    yield language.say(
        "calibrate.design",
        seed=fit.calibration.seed,
        held_back=fit.calibration.held_back_seed,
        evaluations=fit.evaluations,
    )


def parameters(fit: Fit, language: Language) -> Sheet:
    """Return the parameters: where they began and ended, and how sure that is."""
    rows = []
    for each in fit.parameters:
        label = name_of(each.range.about, language)
        span = language.say(
            "calibrate.range", low=_number(each.range.low), high=_number(each.range.high)
        )
        cells = [_number(each.range.start), span, ""]
        if fit.found is not None:
            word = language.say(f"calibrate.is_{_standing(each)}")
            error = _error(each, language)
            cells = [_number(each.range.start), _number(each.value), error, span, word]
        name = language.say("calibrate.parameter", label=label, key=_key(each))
        rows.append(Row(name, cells, None if fit.found is None else _standing(each) == "pinned"))
    heads = ["start", "value", "error", "range"] if fit.found is not None else ["present", "range"]
    head = [language.say(f"calibrate.head_{one}") for one in heads]
    return Sheet(language.say("calibrate.parameters"), [*head, ""], rows)


def moments(fit: Fit, language: Language) -> Sheet:
    """Return the moments: what they are to be, and what they are on either luck."""
    rows = []
    for each in fit.moments:
        moment = each.target.moment
        word = "met" if each.met else "missed"
        cells = [
            language.say(
                "calibrate.target",
                value=_number(moment.value),
                tolerance=_number(moment.tolerance),
            ),
            _number(each.fitted.value),
            _number(each.held_back.value),
            f"{each.off:+.1f}",
            language.say(f"calibrate.is_{word if moment.fit else f'spared_{word}'}"),
        ]
        name = language.say("calibrate.moment", moment=_name(each, language), source=moment.source)
        rows.append(Row(name, cells, each.met if moment.fit else None))
    second = "present" if fit.found is None else "value"
    heads = ["target", second, "held_back", "off"]
    head = [language.say(f"calibrate.head_{one}") for one in heads]
    return Sheet(language.say("calibrate.moments"), [*head, ""], rows)


def _standing(each: FittedParameter) -> str:
    if each.at_bound:
        return each.at_bound
    return "pinned" if each.pinned else "loose"


def _error(each: FittedParameter, language: Language) -> str:
    error = each.error
    if error is None or isinf(error):
        return language.say("calibrate.without_end")
    return f"{error:.2g}"


def _key(each: FittedParameter) -> str:
    return each.range.key.removeprefix("world.")


def _name(each: FittedMoment, language: Language) -> str:
    """Return what a moment is called: its label, or its formula and where it is measured."""
    moment = each.target.moment
    if moment.label:
        return language.text(moment.label)
    scenario = PurePath(moment.scenario.removeprefix("shipped:")).stem
    return language.say("calibrate.unlabelled", that=moment.that, scenario=scenario)


def _listed(names: Sequence[str], language: Language) -> str:
    return language.say("listed").join(names)


def _number(value: float) -> str:
    return f"{value:.4g}"
