"""What another program made of a ledger, held against what this one makes of the same.

Both may define a metric otherwise, or one have what the other lacks. So every number that both have
is compared, wherever it stands; the metrics in which they differ are all named, with the first
number, and so are those that only the record has.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sim.experiment.record.cells import apart, same
from sim.experiment.record.manifest import Fault, Held, Kind, RecordError
from sim.experiment.record.summary import Summary
from sim.experiment.record.tables import EFFECTS, METRICS_CSV, NO_VALUE, read_rows
from sim.rules.measures import METRICS
from sim.scenario.words import seen

Numbers = dict[tuple[str, str], dict[tuple[str, ...], str]]
"""Metric and what of it -> policy, and replica if it is of one -> the number as it is written."""

CONTRADICTING: Final = ("title", "seed", "days")
"""What of a summary follows from the scenario and the tables, whatever program reads them."""
NOTHING: Final = "—"
LONGEST: Final = 2_000


def faults(found: Held, summary: Summary, told: Mapping[str, bytes]) -> list[Fault]:
    """Return how metrics, effects and summary differ from what this program tells of the record.

    Raises RecordError for a table that is none.
    """
    wrong: list[Fault] = []
    for name, numbers_of in ((METRICS_CSV, _metrics), (EFFECTS, _effects)):
        wrong += _compared(name, numbers_of(found.contents[name]), numbers_of(told[name]))
    expected = Summary.model_validate_json(told["summary.json"])
    wrong += _compared("summary.json", _means(summary), _means(expected))
    apart_from_means = {"policies", "effects", "digest"}
    recorded = summary.model_dump(exclude=apart_from_means)
    for key, said, here in apart(recorded, expected.model_dump(exclude=apart_from_means)):
        kind: Kind = "value" if key.partition(".")[0] in CONTRADICTING else "apart"
        wrong.append(Fault(kind, "summary.json", {"key": key}, said, here))
    return wrong


def _metrics(content: bytes) -> Numbers:
    head, *body = read_rows(METRICS_CSV, content)
    return {
        (metric, "value"): {(row[0], row[1]): row[at] for row in body}
        for at, metric in enumerate(head[2:], 2)
    }


def _effects(content: bytes) -> Numbers:
    head, *body = read_rows(EFFECTS, content)
    if head[:2] != ["policy", "metric"]:
        raise RecordError(f"{EFFECTS}: must begin with the columns policy, metric")
    numbers: Numbers = {}
    for number, (policy, metric, *row) in enumerate(body, 2):
        for column, text in zip(head[2:], row, strict=True):
            if numbers.setdefault((metric, column), {}).setdefault((policy,), text) is not text:
                raise RecordError(f"{EFFECTS}: row {number}: is there already")
    return numbers


def _means(summary: Summary) -> Numbers:
    numbers: Numbers = {}
    for policy, means in summary.policies.items():
        for metric, mean in means.items():
            numbers.setdefault((metric, "mean"), {})[(policy,)] = _written(mean)
    for policy, effects in summary.effects.items():
        for metric, effect in effects.items():
            for part, value in effect.model_dump().items():
                numbers.setdefault((metric, part), {})[(policy,)] = _written(value)
    return numbers


def _written(value: object) -> str:
    return NO_VALUE if value is None else str(value)


def _compared(file: str, theirs: Numbers, ours: Numbers) -> list[Fault]:
    """Return the numbers that differ as one fault, and what this program has no numbers for."""
    wrong: dict[str, Fault] = {}
    unknown: dict[str, None] = {}
    for (metric, part), recorded in theirs.items():
        here = ours.get((metric, part))
        if here is None:
            unknown[part if metric in METRICS else metric] = None
            continue
        for place in dict.fromkeys((*recorded, *here)):
            said, found = recorded.get(place, NOTHING), here.get(place, NOTHING)
            if metric not in wrong and not same(said, found):
                at = dict(zip(("policy", "replica"), map(seen, place), strict=False))
                at |= {"metric": metric, "column": part}
                wrong[metric] = Fault("apart", file, at, seen(said), seen(found))
    found_in = []
    if wrong:
        first, *others = wrong.values()
        more = {"and in": _listed([each.at["metric"] for each in others])} if others else {}
        found_in.append(Fault("apart", file, {**first.at, **more}, first.said, first.found))
    if unknown:
        found_in.append(Fault("unknown", file, said=_listed(list(unknown))))
    return found_in


def _listed(names: list[str]) -> str:
    return seen(", ".join(names), LONGEST)
