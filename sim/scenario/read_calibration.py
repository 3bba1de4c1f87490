"""Read a calibration file: everything it names is found, or all that is wrong with it is said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from sim.parameter import Parameter, parameters
from sim.scenario.calibration import (
    INTEGER,
    NUMBER,
    Bounds,
    Calibration,
    CalibrationFile,
    Range,
    Target,
    numbers_of,
)
from sim.scenario.expectation import Names, wrong_of_borrowers
from sim.scenario.files import PRESET, SHIPPED, read_table, shipped_folder
from sim.scenario.formula import formula
from sim.scenario.load import Problem, ScenarioError, load, only_shortened, states
from sim.scenario.problems import nearest, problem_of
from sim.scenario.schema import Scenario, World
from sim.scenario.words import BASELINE
from sim.scenario.world import FEWEST_REPLICAS

FOLDER: Final = "calibration"
"""Where calibration files that come along lie, in the folder of shipped scenarios."""


def read_calibration(source: str | Path, size: Mapping[str, int] | None = None) -> Calibration:
    """Return what a calibration file asks for, its scenarios found and its names held against them.

    ``source`` is a path, or ``shipped:calibration/NAME``; ``size`` replaces ``borrowers`` and
    ``replicas`` of every scenario. Raises ScenarioError with all that is wrong with the file, or
    with a scenario.
    """
    name = str(source)
    path = Path(source)
    if name.startswith(SHIPPED):
        wanted = name.removeprefix(SHIPPED).removeprefix(f"{FOLDER}/")
        path = shipped_folder() / FOLDER / f"{wanted}.toml"
    file = _validated(name, read_table(name, path))
    book_file = _book_file(name, path, file.book)
    book = load(book_file)
    ranges, problems = _ranges(name, file.parameter, book.world)
    files = [_beside(path, moment.scenario) for moment in file.moment]
    targets = tuple(
        Target(moment, where, formula(moment.that))
        for moment, where in zip(file.moment, files, strict=True)
    )
    found = Calibration(
        title=file.title,
        book=book,
        file=book_file,
        ranges=tuple(ranges),
        targets=targets,
        seed=file.seed,
        held_back_seed=file.held_back_seed,
        size=dict(size or {}),
    )
    problems += _wrong_seeds(name, file)
    problems += _wrong_moments(name, found)
    if problems:
        raise ScenarioError(problems)
    return found


def _validated(name: str, table: Mapping[str, Any]) -> CalibrationFile:
    try:
        return CalibrationFile.model_validate(table)
    except ValidationError as error:
        wrong = {each["loc"] for each in error.errors()}
        raise ScenarioError(
            problem_of(each, CalibrationFile, name)
            for each in error.errors()
            if not only_shortened(each, wrong)
        ) from None


def _book_file(name: str, path: Path, book: str) -> Path:
    """Return the file of the book; ScenarioError if there is none."""
    if book.startswith(PRESET):
        folder = shipped_folder() / "presets"
        presets = sorted(each.stem for each in folder.glob("*.toml"))
        wanted = book.removeprefix(PRESET)
        if wanted in presets:
            return folder / f"{wanted}.toml"
        rule = "no such preset" + (nearest(wanted, presets) or f"; there are: {', '.join(presets)}")
        raise ScenarioError([Problem(name, rule, "book", book)])
    found = path.parent / book
    if "\0" in book or not found.is_file():
        raise ScenarioError([Problem(name, "no such file", "book", book)])
    return found


def _beside(path: Path, scenario: str) -> str:
    return scenario if scenario.startswith(SHIPPED) else str(path.parent / scenario)


def _ranges(name: str, wanted: Sequence[Bounds], world: World) -> tuple[list[Range], list[Problem]]:
    """Return the ranges that are right, and what is wrong with the others."""
    known = {one.key: one for one in parameters(World, "world.") if "[]" not in one.key}
    start = numbers_of(world)
    ranges: list[Range] = []
    problems: list[Problem] = []
    for position, each in enumerate(wanted, start=1):
        at = f"parameter[{position}]"
        about = known.get(each.key)
        if about is None or about.kind not in (NUMBER, INTEGER) or about.key.count(".") < 2:
            rule = _not_a_number(each.key, about, known)
            problems.append(Problem(name, rule, f"{at}.key", each.key))
        elif each.key in {one.key for one in wanted[: position - 1]}:
            problems.append(Problem(name, "is fitted already", f"{at}.key", each.key))
        elif wrong := list(_wrong_bounds(name, at, each, about, start[each.key])):
            problems += wrong
        else:
            ranges.append(Range(about, start[each.key], each.low, each.high))
    if not problems:
        problems += _wrong_together(name, ranges, world)
    return ranges, problems


def _not_a_number(key: str, about: Parameter | None, known: Mapping[str, Parameter]) -> str:
    if about is None:
        numbers = [one.key for one in known.values() if one.kind in (NUMBER, INTEGER)]
        return f"is no number of the world{nearest(key, numbers)}"
    if about.kind in (NUMBER, INTEGER):
        return "is the study's own: only what is said of borrowers is fitted"
    return f"is of the kind {about.kind}: only numbers are fitted"


def _wrong_bounds(
    name: str, at: str, bounds: Bounds, about: Parameter, start: float
) -> Iterator[Problem]:
    assert about.low is not None and about.high is not None, "every number has bounds"
    for name_of_end, end in (("low", bounds.low), ("high", bounds.high)):
        if about.kind == INTEGER and end != round(end):
            yield Problem(name, "must be a whole number", f"{at}.{name_of_end}", end)
    if bounds.low < about.low:
        yield Problem(name, f"must be at least {about.low:g}", f"{at}.low", bounds.low)
    if bounds.high > about.high:
        yield Problem(name, f"must be at most {about.high:g}", f"{at}.high", bounds.high)
    if not bounds.low <= start <= bounds.high:
        rule = f"the book begins with {start:g}, which is not between low and high"
        yield Problem(name, rule, f"{at}.key", bounds.key)


def _wrong_together(name: str, ranges: Sequence[Range], world: World) -> Iterator[Problem]:
    """Yield what the world refuses at the corners: each number at one end, the others opposite."""
    for position, one in enumerate(ranges, start=1):
        for low in (True, False):
            values = {each.key: each.high if low else each.low for each in ranges}
            values[one.key] = one.low if low else one.high
            table = world.model_dump(mode="json")
            for key, value in values.items():
                *groups, last = key.split(".")[1:]
                group = table
                for part in groups:
                    group = group[part]
                group[last] = round(value) if isinstance(group[last], int) else value
            try:
                World.model_validate(table)
            except ValidationError as error:
                said = "; ".join(str(each.get("ctx", {}).get("error")) for each in error.errors())
                rule = f"its range and the others' hold what the world refuses: {said}"
                yield Problem(name, rule, f"parameter[{position}].key", one.key)
                return


def _wrong_seeds(name: str, file: CalibrationFile) -> Iterator[Problem]:
    if file.seed == file.held_back_seed:
        rule = "must not be the seed: a fit is held against luck that it has not seen"
        yield Problem(name, rule, "held_back_seed", file.held_back_seed)


def _wrong_moments(name: str, found: Calibration) -> Iterator[Problem]:
    """Yield what is wrong with the moments, each scenario read once."""
    if not any(target.moment.fit for target in found.targets):
        yield Problem(name, "at least one moment must be fitted (fit = true)", "moment")
    scenarios: dict[str, Scenario] = {}
    for position, target in enumerate(found.targets, start=1):
        at = f"moment[{position}]"
        file, where = target.file, target.moment.scenario
        if file not in scenarios:
            overrides = {f"world.{key}": number for key, number in found.size.items()}
            scenario = scenarios[file] = load(file, overrides)
            own = {key for each in found.targets if each.file == file for key in each.moment.own}
            for each in found.ranges:
                if states(file, each.key) and each.key not in own:
                    rule = (
                        f"states {each.key} itself, so that the fit cannot move it there; if that "
                        "is meant, name it in own"
                    )
                    yield Problem(name, rule, f"{at}.scenario", where)
            if scenario.world.replicas < FEWEST_REPLICAS:
                rule = f"needs at least {FEWEST_REPLICAS} replicas, not {scenario.world.replicas}"
                yield Problem(name, rule, f"{at}.scenario", where)
        scenario = scenarios[file]
        names = Names(
            policies=[policy for policy in scenario.policies if policy != BASELINE],
            cases=(),
            cohorts=[cohort.name for cohort in scenario.cohorts],
            months=scenario.world.months,
        )
        for rule in wrong_of_borrowers(target.formula, names):
            yield Problem(name, rule, f"{at}.that", target.moment.that)
