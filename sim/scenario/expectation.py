"""Expectations: what the author of a scenario says its run will show, held by ``forbear check``.

``that`` names a value (``deferral.default_rate``), a difference (``deferral.default_rate -
baseline.default_rate``) or a ratio (with ``/``); a segment may follow a metric in brackets
(``deferral.default_rate[shock_job_loss]``). With ``case`` it speaks of one scripted person instead
(``waiver.status``, ``deferral.worst_dpd``), and is exact.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from sim.parameter import Group
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

Sign = Literal["", "-", "/"]

_TERM: Final = r"([a-z][a-z0-9_]*)\s*\.\s*([a-z][a-z0-9_]*)(?:\s*\[\s*([a-z0-9_]+)\s*\])?"
_FORMULA: Final = re.compile(rf"\s*{_TERM}\s*(?:([-/])\s*{_TERM}\s*)?", re.ASCII)
FORM: Final = (
    'must be "policy.metric", or two of them with - or / between; a segment may follow a metric in '
    "brackets"
)


@dataclass(frozen=True)
class Term:
    """One number: a policy's metric, of all borrowers or of a segment, or a figure of a case."""

    policy: str
    metric: str
    segment: str | None = None


@dataclass(frozen=True)
class Formula:
    """A number, or two with the sign between them."""

    first: Term
    sign: Sign = ""
    second: Term | None = None

    @property
    def terms(self) -> tuple[Term, ...]:
        """The numbers it takes."""
        return (self.first,) if self.second is None else (self.first, self.second)


def formula(text: str) -> Formula:
    """Return what a text says; ValueError if it has not the form."""
    found = _FORMULA.fullmatch(text)
    if not found:
        raise ValueError(FORM)
    policy, metric, segment, sign, other_policy, other_metric, other_segment = found.groups()
    first = Term(policy, metric, _whole(segment))
    if sign is None:
        return Formula(first)
    second = Term(other_policy, other_metric, _whole(other_segment))
    return Formula(first, "-" if sign == "-" else "/", second)


def _whole(segment: str | None) -> str | None:
    """Return a segment's whole name: ``job_loss`` is ``shock_job_loss``, as no other ends so."""
    whole = [name for name in SEGMENTS if name.partition("_")[2] == segment]
    return whole[0] if whole else segment


def _well_formed(text: str) -> str:
    formula(text)
    return text


def _word_or_number(value: object) -> object:
    if value is None or isinstance(value, str) or type(value) is int:
        return value
    raise ValueError("must be a whole number, or a word in quotes")


class Expectation(Group):
    """What the run is expected to show; it passes only if that is proven, not if it may be so."""

    that: Annotated[str, Field(max_length=200), AfterValidator(_well_formed)] = Field(
        description='A value, a difference or a ratio: "deferral.default_rate - '
        'baseline.default_rate".'
    )
    case: str | None = Field(
        default=None, description="The scripted case it speaks of, in place of all borrowers."
    )
    below: float | None = Field(default=None, description="It is less than this.")
    above: float | None = Field(default=None, description="It is more than this.")
    equals: Annotated[str | int | None, BeforeValidator(_word_or_number)] = Field(
        default=None, description="It is exactly this: a figure of a case, or a case's status."
    )
    confidence: float = Field(
        default=0.95, ge=0.5, le=0.999, description="How sure that must be; a case is certain."
    )
    label: Label | None = Field(default=None, description="What is expected, in words.")

    @model_validator(mode="after")
    def _asks_something(self) -> Expectation:
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


def misnamed(table: Mapping[str, object]) -> Iterator[tuple[str, object, str]]:
    """Yield key, value and rule of what the expectations of a file, as read, name and is not there.

    The table may be wrong in any other way: that is said elsewhere.
    """
    policies, cases = table.get("policy"), table.get("case")
    entries = table.get("expect")
    people = [case.get("name") for case in _tables(cases)]
    known = [name for name in people if isinstance(name, str)]
    for position, entry in enumerate(entries if isinstance(entries, list) else ()):
        if isinstance(entry, dict):
            for key, rule in _misnamed(entry, _names(policies), known):
                yield f"expect[{position + 1}].{key}", entry[key], rule


def _tables(value: object) -> list[dict[str, object]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _names(value: object) -> Collection[str]:
    return list(value) if isinstance(value, dict) else []


def _misnamed(
    entry: Mapping[str, object], policies: Collection[str], cases: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Yield the keys of one entry that name what is not there, and the rules they break."""
    case, that = entry.get("case"), entry.get("that")
    if isinstance(case, str) and case not in cases:
        yield "case", _no("such case", case, cases)
    try:
        said = formula(that) if isinstance(that, str) else None
    except ValueError:  # said already
        said = None
    if said is None:
        return
    wrong = [rule for term in said.terms for rule in _unknown(term, case is not None, policies)]
    if wrong:
        yield from (("that", rule) for rule in dict.fromkeys(wrong))
        return
    units = [_unit(term, of_a_case=case is not None) for term in said.terms]
    first = said.first.metric
    if units[0] != units[-1]:
        yield "that", f"{first} and {said.terms[-1].metric} are not in the same unit"
    elif said.sign and units[0] == STATUS:
        yield "that", f"{first} is a word, not a number"
    elif case is not None:
        yield from _wrong_figure(entry, first, units[0], said.sign)


def _unknown(term: Term, of_a_case: bool, policies: Collection[str]) -> Iterator[str]:
    """Yield what a term names that is not there."""
    known = [BASELINE, *(name for name in policies if name != BASELINE)]
    if term.policy not in known:
        yield _no("policy", term.policy, known)
    if of_a_case:
        if term.metric not in FIGURE_UNITS:
            yield _no("figure of a case", term.metric, FIGURE_UNITS)
        if term.segment is not None:
            yield "a case is in no segment"
        return
    if term.segment is None:
        if term.metric not in METRIC_UNITS:
            yield _no("metric", term.metric, METRIC_UNITS)
        return
    if term.metric not in SEGMENT_UNITS:
        yield _no("metric of a segment", term.metric, SEGMENT_UNITS)
    if term.segment not in SEGMENTS:
        yield _no("segment", term.segment, SEGMENTS)


def _unit(term: Term, *, of_a_case: bool) -> str:
    if of_a_case:
        return FIGURE_UNITS[term.metric]
    return (METRIC_UNITS if term.segment is None else SEGMENT_UNITS)[term.metric]


def _wrong_figure(
    entry: Mapping[str, object], figure: str, unit: str, sign: Sign
) -> Iterator[tuple[str, str]]:
    """Yield the bounds that a figure of a case cannot have."""
    wanted = entry.get("equals")
    if unit == STATUS:
        for bound in ("below", "above"):
            if bound in entry:
                yield bound, f"{figure} is a word: say what it equals"
        if isinstance(wanted, str) and wanted not in STATUSES:
            yield "equals", _no("such status", wanted, STATUSES)
        elif "equals" in entry and not isinstance(wanted, str):
            yield "equals", f"{figure} is a word: {', '.join(STATUSES)}"
    elif isinstance(wanted, str) and not (wanted == NEVER and unit == DAY and not sign):
        yield "equals", f"{figure} is a number" + (' or "never"' if unit == DAY else "")


def _no(kind: str, name: str, names: Collection[str]) -> str:
    """Return that there is no such name, and the nearest there is; "such" where it is shown."""
    rule = f"no {kind}" if kind.startswith("such") else f'no {kind} is called "{name}"'
    near = nearest(name, names)
    if near or len(names) > 10:
        return rule + near
    return f"{rule}; there are: {', '.join(names)}" if names else rule
