"""Evidence: published findings that a scenario is held against, as its file states them.

A finding is a formula (``formula``) and the band in which the model should lie. The band is a
tolerance, not a confidence interval: it allows for what the model leaves out. It may be open on one
side; a finding without a band is told beside what is measured, and judged by nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BaseModel, Field, model_validator

from sim.parameter import Group
from sim.scenario.expectation import Names, unit_of, wrong_of_borrowers
from sim.scenario.formula import LONGEST_TEXT, Formula, Operation, formula
from sim.scenario.words import Label, printable

Mark = Literal["V", "W", "D", "A"]
Unit = Literal["percent", "points", "times", "money", "days", "number"]

SHOWN_AS: Final[Mapping[str, Unit]] = {"share": "percent", "money": "money", "days": "days"}
"""How a metric of a unit is shown; ``number`` where none is named."""


def _well_formed(text: str) -> str:
    formula(text)
    return text


Text = Annotated[str, Field(max_length=1_000), AfterValidator(printable)]


class Passage(BaseModel):
    """A few sentences in English and in Chinese."""

    model_config = Group.model_config

    en: Text
    zh: Text


class Finding(Group):
    """One published number, what of a run answers to it, and the band it should lie in."""

    label: Label = Field(description="What is compared.")
    published: Label = Field(description="What was found, in words.")
    mark: Mark = Field(
        description="V seen in the source, W weak or secondary source, D arithmetic from V "
        "figures, A assumption."
    )
    that: Annotated[str, Field(max_length=LONGEST_TEXT), AfterValidator(_well_formed)] = Field(
        description='What is measured, as in expect: "offered.default_rate / '
        'baseline.default_rate - 1".'
    )
    low: float | None = Field(default=None, description="The band begins here.")
    high: float | None = Field(default=None, description="The band ends here.")
    unit: Unit | None = Field(
        default=None, description="How the number is shown; what the formula suggests unless said."
    )
    missed: Passage | None = Field(
        default=None, description="Why the model lies outside, where it is known to."
    )

    @model_validator(mode="after")
    def _has_a_band(self) -> Finding:
        if not self.is_judged and self.missed is not None:
            raise ValueError("missed needs low, high or both: outside of what?")
        if self.low is not None and self.high is not None and self.low >= self.high:
            raise ValueError(f"low ({self.low:g}) must be less than high ({self.high:g})")
        return self

    @property
    def is_judged(self) -> bool:
        """Whether there is a band."""
        return self.low is not None or self.high is not None

    @property
    def formula(self) -> Formula:
        """What ``that`` says."""
        return formula(self.that)

    @property
    def is_change(self) -> bool:
        """Whether the number says how much something changed, and so is shown with its sign."""
        said = self.formula.expression
        if isinstance(said, Operation) and said.sign == "-" and not isinstance(said.left, float):
            return True
        return self.low is not None and self.low < 0

    @property
    def shown_in(self) -> Unit:
        """The unit that the number is shown in."""
        if self.unit is not None:
            return self.unit
        said = self.formula
        if said.shape == "value":
            return SHOWN_AS.get(unit_of(said.terms[0]), "number")
        if said.shape == "difference":
            unit = SHOWN_AS.get(unit_of(said.terms[0]), "number")
            return "points" if unit == "percent" else unit
        if said.shape == "ratio":
            return "times"
        return "percent" if self._is_relative else "number"

    @property
    def _is_relative(self) -> bool:
        """Whether the formula is a ratio less one."""
        said = self.formula.expression
        if not (isinstance(said, Operation) and said.sign == "-" and said.right == 1.0):
            return False
        return isinstance(said.left, Operation) and said.left.sign == "/"

    def room(self, value: float | None) -> float | None:
        """Return what noise and moves are compared with: the width of the band.

        Of a band that is open on one side it is how far the value lies from its end. None where
        there is no such number, or it is 0.
        """
        if self.low is not None and self.high is not None:
            return self.high - self.low
        end = self.high if self.low is None else self.low
        return None if end is None or value is None else abs(value - end) or None

    def holds(self, value: float | None) -> bool:
        """Return whether a value lies in the band; none does not."""
        if value is None:
            return False
        return (self.low is None or self.low <= value) and (self.high is None or value <= self.high)


class EvidenceNote(Group):
    """What a scenario is evidence of: where it was found, of whom, and the findings."""

    target: int = Field(ge=1, le=99, description="Its place in the table; files may share one.")
    source: Text = Field(description="Where it was published.")
    population: Passage = Field(description="Of whom it was found, and who stands for them here.")
    randomised: Passage = Field(description="What was randomised.")
    doubt: Passage = Field(description="Why one might doubt the comparison.")
    finding: Annotated[tuple[Finding, ...], Field(strict=False, min_length=1, max_length=30)] = (
        Field(description="The published numbers: tables [[evidence.finding]].")
    )


def misnamed(table: Mapping[str, object], names: Names) -> Iterator[tuple[str, object, str]]:
    """Yield key, value and rule of what the findings of a file, as read, name and is not there.

    The table may be wrong in any other way: that is said elsewhere.
    """
    evidence = table.get("evidence")
    entries = evidence.get("finding") if isinstance(evidence, dict) else None
    for position, entry in enumerate(entries if isinstance(entries, list) else ()):
        that = entry.get("that") if isinstance(entry, dict) else None
        try:
            said = formula(that) if isinstance(that, str) else None
        except ValueError:  # said already
            said = None
        if said is not None:
            for rule in wrong_of_borrowers(said, names):
                yield f"evidence.finding[{position + 1}].that", that, rule
