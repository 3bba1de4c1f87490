"""What an expectation can ask for: metrics, segments and figures of cases, by name.

Months and a file's own cohorts are named in the headings.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sim.rules.measures import METRICS
from sim.scenario.measured import FIGURE_UNITS, SEGMENT_UNITS, SEGMENTS, STATUS, STATUSES

if TYPE_CHECKING:
    from sim.show.language import Language


def names(language: Language) -> dict[str, dict[str, str]]:
    """Return all names that ``that`` of an expectation can hold, by kind, with what they mean."""
    return {
        "metric": {
            name: language.say(
                "named", name=language.text(metric.label), meaning=language.text(metric.meaning)
            )
            for name, metric in METRICS.items()
        },
        "metric_of_segment": {name: language.say(f"of_segment.{name}") for name in SEGMENT_UNITS},
        "segment": {name: language.say(f"segment.{name}") for name in SEGMENTS},
        "figure_of_case": {
            name: language.say(f"figure.{name}")
            + (f": {', '.join(STATUSES)}" if unit == STATUS else "")
            for name, unit in FIGURE_UNITS.items()
        },
    }


def described(language: Language, width: int) -> Iterator[str]:
    """Yield the names kind by kind, a heading before each."""
    from sim.show.folding import fold

    yield language.say("expectable.form")
    yield ""
    for kind, meanings in names(language).items():
        yield fold(language.say(f"expectable.{kind}"), width, "", "")
        for name, meaning in meanings.items():
            yield fold(f"{name}: {meaning}", width, "  ", "    ")
        yield ""
