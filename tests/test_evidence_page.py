"""The page of evidence says what the files say, and what the model gives today.

Its fixed parts are made anew and compared to the letter. Its numbers are those of the full size;
here each file runs small, and may differ by no more than the noise of that. A finding that its
file knows to be missed is an expected failure that carries its number.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from sim.doors.cli.options import usable_processors
from sim.experiment.evidence import Measured, hold, read, shipped
from sim.scenario.evidence import Finding
from sim.show.evidence import NOTATION_OF
from sim.show.evidence_page import HOLE, page, section
from sim.show.language import NOTATIONS, Language

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "sim" / "evidence.md"
WRITE = "write the page anew: forbear evidence --markdown sim/evidence.md"
LANGUAGE = Language("en", "CNY")

MANY_ERRORS = 4
"""Standard errors that a small run may differ by; of a normal number one in 16,000 does by more."""
AT_95 = 1.96
"""Half an interval is at least so many standard errors."""


@dataclass(frozen=True)
class Printed:
    """What the page says of one finding, as text."""

    number: str
    interval: str
    verdict: str


def stated() -> Iterator[tuple[str, int, dict[str, Any]]]:
    """Every finding as its file states it, with the file and its number there."""
    for path in shipped():
        table = tomllib.loads(Path(path).read_text("utf-8"))
        for position, finding in enumerate(table.get("evidence", {}).get("finding", [])):
            yield path, position, finding


def printed_form(text: str) -> str:
    """A pattern for a text with holes: what fills one stands in one cell."""
    return re.escape(text).replace(re.escape(HOLE), r"([^|\n]*?)")


@cache
def printed(path: str) -> tuple[Printed, ...]:
    """What the page says of a file's findings."""
    (trial,) = read([path])
    form = "\n\n".join(section(trial, LANGUAGE))
    found = re.search(printed_form(form), PAGE.read_text("utf-8"))
    assert found, f"{Path(path).stem}: {WRITE}"
    filled = found.groups()
    return tuple(Printed(*filled[at : at + 3]) for at in range(0, len(filled), 3))


def in_its_unit(text: str, finding: Finding) -> tuple[float | None, float]:
    """The number that a text begins with, and half a step of its last digit."""
    found = re.match(r"[+-]?[\d,]+(?:\.(\d+))?", text)
    if not found:
        return None, 0.0
    factor = NOTATIONS[NOTATION_OF[finding.shown_in]].factor
    half_a_step = 0.5 * 10 ** -len(found[1] or "") / factor
    return float(found[0].replace(",", "")) / factor, half_a_step


def error_of(said: Printed, finding: Finding) -> float:
    """The standard error that a printed interval shows, at most."""
    ends = said.interval.strip("[]").split(", ")
    low, high = (in_its_unit(end, finding)[0] for end in ends) if len(ends) == 2 else (None, None)
    return 0.0 if low is None or high is None else (high - low) / 2 / AT_95


def tolerance(said: Printed, measured: Measured, replicas: tuple[int, int]) -> float:
    """How far a run with the first of some replicas may lie from the page's, with all of them."""
    few, all_of_them = replicas
    error = error_of(said, measured.finding) * (all_of_them / few - 1) ** 0.5
    return MANY_ERRORS * error + 1.01 * in_its_unit(said.number, measured.finding)[1]


def test_the_page_says_what_the_files_say() -> None:
    form = page(read(shipped()), LANGUAGE)
    assert PAGE.exists(), WRITE
    assert re.fullmatch(printed_form(form), PAGE.read_text("utf-8")), WRITE


@pytest.mark.parametrize("path", shipped(), ids=lambda path: Path(path).stem)
def test_the_model_still_gives_what_the_page_says(path: str) -> None:
    (whole,), small = read([path]), read([path], size="small")
    (trial,) = hold(small, jobs=usable_processors())
    sizes = trial.scenario.world.replicas, whole.scenario.world.replicas
    for said, now in zip(printed(path), trial.measured, strict=True):
        value, _ = in_its_unit(said.number, now.finding)
        where = f"{now.finding.label.en}: the page says {said.number}, here {now.value}; {WRITE}"
        assert (value is None) == (now.value is None), where
        if value is not None and now.value is not None:
            assert abs(value - now.value) <= tolerance(said, now, sizes), where


def findings_with_a_band() -> Iterator[Any]:
    """Every finding that is judged; one known to be missed is expected to fail."""
    for path, position, finding in stated():
        if "low" in finding or "high" in finding:
            missed = finding.get("missed")
            marks = [pytest.mark.xfail(reason=missed["en"], strict=True)] if missed else []
            yield pytest.param(path, position, marks=marks, id=f"{Path(path).stem}-{position + 1}")


@pytest.mark.parametrize(("path", "position"), list(findings_with_a_band()))
def test_a_finding_lies_in_its_band(path: str, position: int) -> None:
    (trial,) = read([path])
    finding, said = trial.note.finding[position], printed(path)[position]
    inside = said.verdict.startswith("inside")
    value, half_a_step = in_its_unit(said.number, finding)
    edges = () if value is None else (value - half_a_step, value + half_a_step)
    consistent = any(finding.holds(edge) == inside for edge in edges) or value is None
    assert consistent, f"{said}: {WRITE}"
    assert inside, f"{said.number} {said.interval}, band {finding.low} to {finding.high}"
