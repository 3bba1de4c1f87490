"""A comparison as a page of text that fits where it is printed.

A terminal's width is used, or 80 columns in a pipe or a file, or as many as the numbers need: a
label is folded, a number is never cut. Colour only repeats what the words say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from sim.rules.measures import METRICS
from sim.show.findings import (
    HEADLINE,
    Difference,
    Finding,
    Parting,
    design,
    empty,
    findings,
    lives,
    partings,
    remarked,
    sentences,
)

if TYPE_CHECKING:
    from sim.experiment.compare import Comparison
    from sim.show.language import Language

INDENT: Final = 2
GAP: Final = 2
NARROWEST_LABEL: Final = 12

COLOURS: Final = {"better": "green", "worse": "red", "different": "yellow"}

Row = tuple[Text, ...]


@dataclass(frozen=True)
class Block:
    """A heading with a row for each policy below it; the first cell of a row is a label."""

    heading: str
    rows: Sequence[Row]
    head: Row = ()


def print_comparison(
    comparison: Comparison, language: Language, console: Console, *, everything: bool = False
) -> None:
    """Print a comparison from the question down; ``everything`` for all metrics."""
    nothing = empty(comparison) if everything else ()
    told = [metric for metric in METRICS if metric not in nothing] if everything else HEADLINE
    shown = findings(comparison, language, told)
    page: list[RenderableType] = [
        Text(language.text(comparison.scenario.title), style="bold"),
        Text(language.text(comparison.scenario.question)),
        Text(),
        *(Text(sentence) for sentence in sentences(comparison, language)),
        Text(),
        Text(design(comparison, language), style="dim"),
        *laid_out([finding_block(finding) for finding in shown], console),
    ]
    if nothing:
        names = [language.text(METRICS[metric].label) for metric in nothing]
        page += [Text(), Text(language.say("nothing", metrics=language.say("listed").join(names)))]
    if everything:
        parted = [parting_block(parting) for parting in partings(comparison, language)]
        page += laid_out(parted, console)
        page += [Text(), Text(language.say("many_intervals"), style="dim")]
    if comparison.cases:
        page += laid_out(case_blocks(comparison, language), console)
    remarks = remarked(comparison, language)
    if remarks:
        page += [Text(), Text(language.say("remarks"), style="bold")]
        page += [Padding(Text(remark), (0, 0, 0, INDENT)) for remark in remarks]

    with console.capture() as printed:
        for part in page:
            console.print(part)
    for line in printed.get().splitlines():
        print(line.rstrip(), file=console.file)


def finding_block(finding: Finding) -> Block:
    """Return one metric as a block."""
    return Block(finding.heading, [difference_row(line) for line in finding.differences])


def parting_block(parting: Parting) -> Block:
    """Return one way to part the borrowers as a block: each segment, then how policies differ."""
    rows: list[Row] = []
    for part in parting.parts:
        rows.append((Text(part.name, style="bold"), Text(), Text(), Text(part.value)))
        rows += [difference_row(line, indent=INDENT) for line in part.differences]
    return Block(parting.heading, rows)


def difference_row(line: Difference, indent: int = 0) -> Row:
    """Return a policy's difference as a row."""
    return (
        Text(" " * indent + line.policy),
        Text(line.difference, justify="right"),
        Text(line.interval, justify="right"),
        Text(line.words, style=COLOURS.get(line.verdict, "")),
    )


def case_blocks(comparison: Comparison, language: Language) -> list[Block]:
    """Return each scripted case as a block: what became of it under every policy."""
    blocks = []
    for life in lives(comparison, language):
        rows = [
            (Text(policy), Text(status), *(Text(number, justify="right") for number in numbers))
            for policy, status, *numbers in life.fates
        ]
        head = tuple(Text(column, style="dim", justify="right") for column in life.columns)
        blocks.append(Block(life.heading, rows, head))
    return blocks


def laid_out(blocks: Sequence[Block], console: Console) -> Iterator[RenderableType]:
    """Yield the blocks with columns that line up from block to block.

    Only labels and heads are folded; the console is widened where the rest needs more room.
    """
    cells = zip(*(row for block in blocks for row in block.rows), strict=True)
    widths = [max(cell_len(cell.plain) for cell in column) for column in cells] or [0]
    for block in blocks:
        for column, cell in enumerate(block.head):
            longest_word = max(cell_len(word) for word in cell.plain.split() or [""])
            widths[column] = max(widths[column], longest_word)
    label, *others = widths
    taken = INDENT + sum(others) + GAP * len(others)
    console.width = max(console.width, taken + NARROWEST_LABEL)
    for block in blocks:
        yield Text()
        yield Text(block.heading, style="bold")
        table = Table.grid(padding=(0, GAP, 0, 0))
        for width in (min(label, console.width - taken), *others):
            table.add_column(width=width, overflow="fold", vertical="bottom")
        for row in (block.head, *block.rows):
            if row:
                table.add_row(*map(hung, row))
        yield Padding(table, (0, 0, 0, INDENT))


def hung(cell: Text) -> RenderableType:
    """Return a cell whose indent stays when it is folded."""
    indent = len(cell.plain) - len(cell.plain.lstrip(" "))
    return Padding(Text(cell.plain.lstrip(" ")), (0, 0, 0, indent)) if indent else cell
