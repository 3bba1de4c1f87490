"""Sensitivity in words: what moves each finding most, and every parameter against every target."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sim.experiment.sensitivity import ENDS, Move, Sensitivity
from sim.show.evidence import band, number
from sim.show.markdown import table
from sim.show.parameters import name_of

if TYPE_CHECKING:
    from sim.experiment.evidence import Trial
    from sim.experiment.sensitivity import Varied
    from sim.scenario.evidence import Finding
    from sim.show.language import Language

MOST: Final = 5
"""How many parameters are told of a finding, but for those that carry it across its band."""
LEAST_SWING: Final = 0.01
"""What moves a finding less is not told."""

COLUMNS: Final = ("parameter", "range", "low", "high", "swing")


def page(found: Sensitivity, language: Language) -> str:
    """Return everything as a Markdown page."""
    parts = [
        "# " + language.say("sensitivity.title"),
        language.say("sensitivity.about"),
        language.say("sensitivity.reading", size=sizes(found, language)),
        f"**{counted(found, language)}**",
        "## " + language.say("sensitivity.findings"),
    ]
    for trial, finding, moves in by_finding(found):
        parts += [
            "### " + _heading(trial, finding, language),
            _central(finding, moves, language),
            _told(moves, language),
        ]
    parts += [
        "## " + language.say("sensitivity.matrix"),
        language.say("sensitivity.matrix_about"),
        matrix(found, language),
    ]
    if found.refused:
        lines = "\n".join(f"- {line}" for line in refusals(found, language))
        parts += ["## " + language.say("sensitivity.refused"), lines]
    return "\n\n".join(parts) + "\n"


def lines(found: Sensitivity, language: Language) -> Iterator[str]:
    """Yield the lines of a plain text: the parameters that move each finding most."""
    for trial, finding, moves in by_finding(found):
        yield _heading(trial, finding, language)
        yield "   " + _central(finding, moves, language)
        told = strongest(moves)
        if not told:
            yield "   " + language.say("sensitivity.nothing")
        for move in told:
            cells = _row(move, language)
            yield "   " + cells[0]
            yield "      " + "  ".join(cell for cell in cells[1:] if cell)
        yield ""
    yield from refusals(found, language)
    yield counted(found, language)


def ranges(varied: Sequence[Varied], language: Language) -> Iterator[str]:
    """Yield each parameter with both of its ends."""
    for one in varied:
        label = _label(one, language)
        low, high = json.dumps(one.low), json.dumps(one.high)
        yield f"{label}: {language.say('sensitivity.range', low=low, high=high)}"


def by_finding(found: Sensitivity) -> Iterator[tuple[Trial, Finding, Sequence[Move]]]:
    """Yield every finding that has a band, with its moves."""
    for trial in found.trials:
        for finding in trial.note.finding:
            moves = [
                move for move in found.moves if move.trial is trial and move.finding is finding
            ]
            if moves:
                yield trial, finding, moves


def strongest(moves: Sequence[Move]) -> list[Move]:
    """Return the moves worth telling, the largest first: a few, and all that change sides."""
    ordered = sorted(moves, key=lambda move: (-move.swing, move.varied.parameter.key))
    told = [move for move in ordered if move.swing >= LEAST_SWING][:MOST]
    return [move for move in ordered if move in told or crossings(move)]


def crossings(move: Move) -> list[str]:
    """Return the ends at which a finding changes sides."""
    return [end for end in ENDS if move.crosses(end)]


def counted(found: Sensitivity, language: Language) -> str:
    """Return how much was tried, and how many parameters matter to a verdict."""
    return language.say(
        "sensitivity.tally",
        parameters=len(found.varied),
        findings=sum(1 for _ in by_finding(found)),
        crossing=len({move.varied.parameter.key for move in found.moves if crossings(move)}),
    )


def sizes(found: Sensitivity, language: Language) -> str:
    """Return the replicas and borrowers of every file."""
    return language.say("listed").join(
        language.say(
            "sensitivity.size",
            file=Path(trial.file).stem,
            replicas=trial.scenario.world.replicas,
            borrowers=f"{trial.scenario.world.borrowers:,}",
        )
        for trial in found.trials
    )


def refusals(found: Sensitivity, language: Language) -> Iterator[str]:
    """Yield what could not be run, and why."""
    for file, key, end, rule in found.refused:
        said = language.say(f"sensitivity.end.{end}")
        yield language.say(
            "sensitivity.refusal", key=key, end=said, file=Path(file).stem, rule=rule
        )


def matrix(found: Sensitivity, language: Language) -> str:
    """Return the largest swing of each parameter in each target, the largest of all first."""
    targets = sorted({trial.note.target for trial in found.trials})
    largest = {
        one.parameter.key: max((m.swing for m in _of(found, one)), default=0.0)
        for one in found.varied
    }
    ordered = sorted(found.varied, key=lambda one: (-largest[one.parameter.key], one.parameter.key))
    head = (language.say("sensitivity.head.parameter"), *map(str, targets))
    return table(
        head,
        [
            (f"`{one.parameter.key.removeprefix('world.')}`", *_cells(found, one, targets))
            for one in ordered
        ],
    )


def _of(found: Sensitivity, one: Varied) -> list[Move]:
    return [move for move in found.moves if move.varied is one]


def _cells(found: Sensitivity, one: Varied, targets: Sequence[int]) -> Iterator[str]:
    moves = _of(found, one)
    for target in targets:
        own = [move for move in moves if move.trial.note.target == target]
        if not own:
            yield "-"
            continue
        swing = f"{max(move.swing for move in own):.0%}"
        yield f"**{swing}**" if any(map(crossings, own)) else swing


def _told(moves: Sequence[Move], language: Language) -> str:
    told = strongest(moves)
    if not told:
        return language.say("sensitivity.nothing")
    head = [language.say(f"sensitivity.head.{name}") for name in COLUMNS]
    rows = []
    for move in told:
        name, *cells, crossing = _row(move, language)
        rows.append((name, *cells, f"**{crossing}**" if crossing else ""))
    return table((*head, ""), rows)


def _row(move: Move, language: Language) -> tuple[str, ...]:
    """Return parameter, its ends, the number at both, the swing, and what changes sides."""
    one = move.varied
    return (
        _label(one, language),
        language.say("sensitivity.range", low=json.dumps(one.low), high=json.dumps(one.high)),
        number(move.low, move.finding, language),
        number(move.high, move.finding, language),
        f"{move.swing:.0%}",
        _crossing(move, language),
    )


def _label(one: Varied, language: Language) -> str:
    return f"{name_of(one.parameter, language)} ({one.parameter.key})"


def _crossing(move: Move, language: Language) -> str:
    ends = crossings(move)
    if not ends:
        return ""
    both = language.say("sensitivity.both")
    said = both if len(ends) == len(ENDS) else language.say(f"sensitivity.end.{ends[0]}")
    if move.finding.holds(move.central):
        return language.say("sensitivity.leaves", ends=said)
    return language.say("sensitivity.enters", ends=said)


def _central(finding: Finding, moves: Sequence[Move], language: Language) -> str:
    central = number(moves[0].central, finding, language)
    return language.say("sensitivity.central", central=central, band=band(finding, language))


def _heading(trial: Trial, finding: Finding, language: Language) -> str:
    label = language.text(finding.label)
    return language.say("evidence.heading", target=trial.note.target, title=label)
