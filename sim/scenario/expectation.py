"""Expectations: what the author of a scenario says its run will show, held by ``forbear check``.

``that`` is a formula (``formula``): a value (``deferral.default_rate``), a difference
(``deferral.default_rate - baseline.default_rate``), a ratio (with ``/``), or any arithmetic of
metrics. With ``case`` it speaks of one scripted person instead (``waiver.status``,
``deferral.worst_dpd``), is one of the first three, and is exact.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Final

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from sim.parameter import Group
from sim.scenario.formula import LONGEST_TEXT, Formula, Shape, Term, formula
from sim.scenario.measured import (
    DAY,
    FIGURE_UNITS,
    METRIC_UNITS,
    NEVER,
    SEGMENT_UNITS,
    SEGMENTS,
    STATUS,
    STATUSES,
)
from sim.scenario.problems import nearest
from sim.scenario.words import BASELINE, Label

MOST_LISTED: Final = 12
"""Names that are all listed where none is near; of more, the reader is told nothing."""
ONE_UNIT: Final[Collection[Shape]] = ("difference", "ratio")
"""Shapes whose terms are in one unit."""


def _well_formed(text: str) -> str:
    formula(text)
    return text


def _word_or_number(value: object) -> object:
    if value is None or isinstance(value, str) or type(value) is int:
        return value
    raise ValueError("must be a whole number, or a word in quotes")


class Expectation(Group):
    """What the run is expected to show; it passes only if that is proven, not if it may be so."""

    that: Annotated[str, Field(max_length=LONGEST_TEXT), AfterValidator(_well_formed)] = Field(
        description='Arithmetic of metrics: "deferral.default_rate - baseline.default_rate". '
        "Brackets after a metric name a segment, a cohort or a month: "
        '"deferral.default_rate[income_low]", "deferral.default_rate[month_12]".'
    )
    case: str | None = Field(
        default=None, description="The scripted case it speaks of, in place of all borrowers."
    )
    below: float | None = Field(default=None, description="It is less than this.")
    above: float | None = Field(
        default=None,
        description="It is more than this; a day of a case that never comes is later than all.",
    )
    within: Annotated[tuple[float, float], Field(strict=False)] | None = Field(
        default=None, description="[above, below] in one: it lies between the two."
    )
    equals: Annotated[str | int | None, BeforeValidator(_word_or_number)] = Field(
        default=None, description="It is exactly this: a figure of a case, or a case's status."
    )
    confidence: float = Field(
        default=0.95, ge=0.5, le=0.999, description="How sure that must be; a case is certain."
    )
    label: Label | None = Field(default=None, description="What is expected, in words.")

    @model_validator(mode="before")
    @classmethod
    def _within_is_both(cls, said: object) -> object:
        """``within`` is another way to say ``above`` and ``below``."""
        if not isinstance(said, dict) or {"above", "below"} & said.keys():
            return said
        ends = said.get("within")
        numbers = isinstance(ends, list) and [
            each for each in ends if isinstance(each, int | float) and not isinstance(each, bool)
        ]
        if not numbers or not isinstance(ends, list) or len(numbers) != len(ends) or len(ends) != 2:
            return said
        rest = {key: value for key, value in said.items() if key != "within"}
        return rest | {"above": ends[0], "below": ends[1]}

    @model_validator(mode="after")
    def _asks_something(self) -> Expectation:
        if self.within is not None:
            raise ValueError("within says above and below in one: give it or those")
        if self.equals is not None:
            if self.below is not None or self.above is not None:
                raise ValueError("equals stands alone, without below or above")
            if self.case is None:
                raise ValueError("equals is for a case: a mean over replicas is never known so")
        elif self.below is None and self.above is None:
            either = "below, above or both" if self.case is None else "below, above or equals"
            raise ValueError(f"needs {either}")
        elif self.below is not None and self.above is not None and self.below <= self.above:
            raise ValueError(
                f"above ({self.above:g}) must be less than below ({self.below:g}), or nothing lies "
                "between"
            )
        return self

    @property
    def formula(self) -> Formula:
        """What ``that`` says."""
        return formula(self.that)


@dataclass(frozen=True)
class Names:
    """What a file defines and a formula can name; ``months`` are those of the world.

    ``months`` is None where the file says something that is no such number.
    """

    policies: Collection[str]
    cases: Collection[str]
    cohorts: Collection[str]
    months: int | None


def names_of(table: Mapping[str, object], default_months: int) -> Names:
    """Return what a file, as read, defines; it may be wrong in any way."""
    policies, world = table.get("policy"), table.get("world")
    months = world.get("months", default_months) if isinstance(world, dict) else default_months
    return Names(
        policies=list(policies) if isinstance(policies, dict) else [],
        cases=_named(table.get("case")),
        cohorts=_named(table.get("cohort")),
        months=months if type(months) is int else None,
    )


def _named(entries: object) -> list[str]:
    each = entries if isinstance(entries, list) else []
    found = [entry.get("name") for entry in each if isinstance(entry, dict)]
    return [name for name in found if isinstance(name, str)]


def misnamed(table: Mapping[str, object], names: Names) -> Iterator[tuple[str, object, str]]:
    """Yield key, value and rule of what the expectations of a file, as read, name and is not there.

    The table may be wrong in any other way: that is said elsewhere.
    """
    entries = table.get("expect")
    for position, entry in enumerate(entries if isinstance(entries, list) else ()):
        if isinstance(entry, dict):
            for key, rule in _misnamed(entry, names):
                yield f"expect[{position + 1}].{key}", entry[key], rule


def _misnamed(entry: Mapping[str, object], names: Names) -> Iterator[tuple[str, str]]:
    """Yield the keys of one entry that name what is not there, and the rules they break."""
    case, that = entry.get("case"), entry.get("that")
    if isinstance(case, str) and case not in names.cases:
        yield "case", _no("such case", case, names.cases)
    try:
        said = formula(that) if isinstance(that, str) else None
    except ValueError:  # said already
        said = None
    if said is None:
        return
    wrong = wrong_of_a_case(said, names) if case is not None else wrong_of_borrowers(said, names)
    yield from (("that", rule) for rule in wrong)
    if not wrong and case is not None:
        yield from _wrong_figure(entry, said)


def wrong_of_borrowers(said: Formula, names: Names) -> list[str]:
    """Return the rules that a formula about all borrowers breaks by what it names."""
    wrong = [rule for term in said.terms for rule in _unknown(term, names)]
    return list(dict.fromkeys(wrong)) or _apart(said, [unit_of(term) for term in said.terms])


def wrong_of_a_case(said: Formula, names: Names) -> list[str]:
    """Return the rules that a formula about a case breaks by what it names."""
    wrong = [rule for term in said.terms for rule in _unknown_of_a_case(term, names)]
    if said.shape == "other":
        wrong.append("of a case it is one figure, or two with - or / between")
    if wrong:
        return list(dict.fromkeys(wrong))
    units = [FIGURE_UNITS[term.metric] for term in said.terms]
    if units[0] == units[-1] == STATUS and said.shape != "value":
        return [f"{said.terms[0].metric} is a word, not a number"]
    return _apart(said, units)


def unit_of(term: Term) -> str:
    """Return the unit of a metric, of all borrowers or of some."""
    return (METRIC_UNITS if term.segment is None else SEGMENT_UNITS)[term.metric]


def _apart(said: Formula, units: list[str]) -> list[str]:
    """Return the rule broken by taking two terms together that are not in the same unit."""
    if said.shape not in ONE_UNIT or units[0] == units[-1]:
        return []
    return [f"{said.terms[0].metric} and {said.terms[-1].metric} are not in the same unit"]


def _unknown(term: Term, names: Names) -> Iterator[str]:
    """Yield what a term names that is not there."""
    yield from _unknown_policy(term, names)
    if term.segment is None:
        if term.metric not in METRIC_UNITS:
            yield _no("metric", term.metric, METRIC_UNITS)
    else:
        if term.metric not in SEGMENT_UNITS:
            yield _no("metric of a segment", term.metric, SEGMENT_UNITS)
        if term.segment not in SEGMENTS and term.segment not in names.cohorts:
            kind = "segment or cohort" if names.cohorts else "segment"
            yield _no(kind, term.segment, [*names.cohorts, *SEGMENTS])
        if term.month is not None:
            yield "a month is for a metric of all borrowers, not of a segment or cohort"
    last = names.months
    if term.month is not None and last is not None and not 1 <= term.month <= last:
        yield f"there is no month_{term.month}: the months are month_1 to month_{last}"


def _unknown_of_a_case(term: Term, names: Names) -> Iterator[str]:
    yield from _unknown_policy(term, names)
    if term.metric not in FIGURE_UNITS:
        yield _no("figure of a case", term.metric, FIGURE_UNITS)
    if term.segment is not None:
        yield "a case is in no segment"
    if term.month is not None:
        yield "a case is told of at the horizon, not month by month"


def _unknown_policy(term: Term, names: Names) -> Iterator[str]:
    known = [BASELINE, *(name for name in names.policies if name != BASELINE)]
    if term.policy not in known:
        yield _no("policy", term.policy, known)


def _wrong_figure(entry: Mapping[str, object], said: Formula) -> Iterator[tuple[str, str]]:
    """Yield the bounds that a figure of a case cannot have."""
    figure, wanted = said.terms[0].metric, entry.get("equals")
    unit = FIGURE_UNITS[figure]
    if unit == STATUS:
        for bound in ("below", "above"):
            if bound in entry:
                yield bound, f"{figure} is a word: say what it equals"
        if isinstance(wanted, str) and wanted not in STATUSES:
            yield "equals", _no("such status", wanted, STATUSES)
        elif "equals" in entry and not isinstance(wanted, str):
            yield "equals", f"{figure} is a word: {', '.join(STATUSES)}"
    elif isinstance(wanted, str) and not (
        wanted == NEVER and unit == DAY and said.shape == "value"
    ):
        yield "equals", f"{figure} is a number" + (' or "never"' if unit == DAY else "")


def _no(kind: str, name: str, names: Collection[str]) -> str:
    """Return that there is no such name, and the nearest there is; "such" where it is shown."""
    rule = f"no {kind}" if kind.startswith("such") else f'no {kind} is called "{name}"'
    near = nearest(name, names)
    if near or len(names) > MOST_LISTED:
        return rule + near
    return f"{rule}; there are: {', '.join(names)}" if names else rule
