"""What changed between two runs: parameters, versions, size, and what the policies do.

A run is a record, or a comparison that was just made. Policies are matched by name, or, where one
was renamed and nothing else, by their settings.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from math import isfinite
from typing import Any, Final

from sim.experiment.change import Change, among_all, change
from sim.experiment.compare import Comparison
from sim.experiment.digest import WORDS
from sim.experiment.inference import CONFIDENCE
from sim.experiment.record import Fault, Record
from sim.experiment.record.summary import environment, facts
from sim.luck import Floats
from sim.rules.measures import METRICS
from sim.scenario.load import to_toml
from sim.scenario.problems import dotted
from sim.scenario.words import BASELINE, seen

APART: Final = ("format", "expect", "evidence")
"""What of a scenario file changes nothing of what is simulated or said of it."""
Value = str | int | float | bool | list[Any] | None


@dataclass(frozen=True)
class Side:
    """One of two runs, as far as it can be held against another.

    ``settings``: the resolved scenario as plain data. ``metrics``: policy -> metric -> one number a
    replica, those of ``replicas``. ``doubts``: those of a record that another program made.
    """

    settings: Mapping[str, Any]
    made_by: Mapping[str, str]
    digest: str
    replicas: tuple[int, ...]
    metrics: Mapping[str, Mapping[str, Floats]]
    doubts: tuple[Fault, ...] = ()

    def label(self, policy: str) -> Mapping[str, str]:
        """Return what a policy is called in each language, its name where it is called nothing."""
        label = self._policy(policy).get("label")
        words = label if isinstance(label, Mapping) else {}
        return {code: seen(str(words.get(code, policy))) for code in ("en", "zh")}

    def wordless(self, policy: str) -> Mapping[str, Any]:
        """Return what a policy sets, without words."""
        return {key: said for key, said in self._policy(policy).items() if key not in WORDS}

    def world(self) -> Mapping[str, Any]:
        """Return what the world sets, but the number of replicas."""
        world = self.settings.get("world", {})
        return {key: said for key, said in world.items() if key != "replicas"}

    @property
    def baseline(self) -> Mapping[str, Floats]:
        """What is compared with: its metrics."""
        return self.metrics[BASELINE]

    def _policy(self, name: str) -> Mapping[str, Any]:
        if name == BASELINE:
            found = self.settings.get("baseline", {})
        else:
            found = self.settings.get("policy", {}).get(name, {})
        return found if isinstance(found, Mapping) else {}


@dataclass(frozen=True)
class Setting:
    """A parameter that is another: its dotted key, None where it was not or is no longer given."""

    key: str
    before: Value
    after: Value


@dataclass(frozen=True)
class Drift:
    """What changed from one run to another.

    ``renamed``: a policy's name before -> after. ``made_by``: name -> before and after. ``changes``
    are of all metrics in both, policies by their names after; the baseline's are of its level, all
    others of their difference from it. ``uncompared``: metrics that only one of both has.
    """

    before: Side
    after: Side
    settings: tuple[Setting, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]
    renamed: Mapping[str, str]
    made_by: Mapping[str, tuple[str, str]]
    paired: bool
    changes: tuple[Change, ...]
    uncompared: tuple[str, ...]

    @property
    def beyond_noise(self) -> tuple[Change, ...]:
        """The changes that are told from noise among all that were compared."""
        return tuple(each for each in self.changes if each.is_beyond_noise)

    @property
    def compared(self) -> int:
        """How many changes luck could have brought about: those that have a chance at all."""
        return sum(1 for each in self.changes if each.p is not None)

    @property
    def identical(self) -> int:
        """How many numbers are exactly the same, or without a value in both."""
        return sum(1 for each in self.changes if each.verdict == "identical")

    @property
    def outside(self) -> int:
        """How many of these have an interval of their own that leaves zero out."""
        return sum(1 for each in self.changes if each.is_beyond_noise or each.verdict == "chance")

    @property
    def by_chance(self) -> float:
        """How many of these that would be by chance, had nothing changed."""
        return (1 - CONFIDENCE) * self.compared


def drift(before: Record, after: Record) -> Drift:
    """Return what changed from one record to another."""
    return between(of_record(before), of_record(after))


def against(comparison: Comparison, record: Record) -> Drift:
    """Return what changed from a record to a comparison that was just made by this program."""
    made = Side(
        tomllib.loads(to_toml(comparison.scenario)),
        facts(environment()),
        comparison.digest,
        comparison.replicas,
        comparison.metrics,
    )
    return between(of_record(record), made)


def of_record(record: Record) -> Side:
    """Return a record as one of two sides."""
    made_by = {name: seen(said) for name, said in facts(record.summary).items()}
    return Side(
        record.scenario, made_by, record.digest, record.replicas, record.metrics, record.doubts
    )


def between(before: Side, after: Side) -> Drift:
    """Return what changed from one side to the other."""
    gone = [name for name in before.metrics if name not in after.metrics]
    new = [name for name in after.metrics if name not in before.metrics]
    renamed = dict(_renamed(before, after, gone, new))
    names = {name: renamed.get(name, name) for name in before.metrics}
    same_luck = before.world() == after.world() and before.replicas == after.replicas
    shared = {old: now for old, now in names.items() if now in after.metrics}
    found = list(_changes(before, after, shared, paired=same_luck))
    theirs, ours = before.baseline, after.baseline
    return Drift(
        before,
        after,
        tuple(_settings(before.settings, after.settings, renamed)),
        tuple(name for name in new if name not in renamed.values()),
        tuple(name for name in gone if name not in renamed),
        renamed,
        {
            name: (said, after.made_by[name])
            for name, said in before.made_by.items()
            if said != after.made_by[name]
        },
        same_luck,
        among_all(found, {name: metric.better for name, metric in METRICS.items()}),
        tuple(seen(name) for name in [*theirs, *ours] if name not in _common(theirs, ours)),
    )


def as_table(found: Drift) -> dict[str, Any]:
    """Return what changed for programs: numbers in the metrics' units, null where there is none."""

    def side(of: Side) -> dict[str, Any]:
        return {
            "digest": of.digest,
            "replicas": len(of.replicas),
            "made_by": dict(of.made_by),
            "doubts": [str(doubt) for doubt in of.doubts],
        }

    return {
        "before": side(found.before),
        "after": side(found.after),
        "parameters": [asdict(setting) for setting in found.settings],
        "policies": {
            "added": list(found.added),
            "removed": list(found.removed),
            "renamed": dict(found.renamed),
        },
        "paired": found.paired,
        "identical": found.identical,
        "compared": found.compared,
        "outside_their_interval": found.outside,
        "expected_by_chance": found.by_chance,
        "beyond_noise": len(found.beyond_noise),
        "changes": [
            {name: None if value != value else value for name, value in asdict(each).items()}
            for each in found.changes
        ],
        "uncompared": list(found.uncompared),
    }


def _common(theirs: Mapping[str, Floats], ours: Mapping[str, Floats]) -> list[str]:
    return [metric for metric in METRICS if metric in theirs and metric in ours]


def _renamed(
    before: Side, after: Side, gone: Sequence[str], new: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """Yield the policies that set the same under another name, each once."""
    free = list(new)
    for name in gone:
        for other in free:
            if before.wordless(name) == after.wordless(other):
                yield name, other
                free.remove(other)
                break


def _changes(
    before: Side, after: Side, names: Mapping[str, str], *, paired: bool
) -> Iterator[Change]:
    """Yield the change of each policy in each metric, as if it were alone."""
    for old, now in names.items():
        for metric in _common(before.metrics[old], after.metrics[now]):
            then, since = before.metrics[old][metric], after.metrics[now][metric]
            if now != BASELINE:
                then = then - before.baseline[metric]
                since = since - after.baseline[metric]
            yield change(now, metric, then, since, paired=paired)


def _settings(
    before: Mapping[str, Any], after: Mapping[str, Any], renamed: Mapping[str, str]
) -> Iterator[Setting]:
    """Yield the parameters that differ; a policy's only where it is not what the baseline's did."""
    then = dict(_flat({**before, "policy": _under_new_names(before, renamed)}))
    now = dict(_flat(after))
    shared = _policies(before, renamed) & _policies(after, {})
    for key in dict.fromkeys((*now, *then)):
        old, new = then.get(key), now.get(key)
        if old == new or key[0] in APART:
            continue
        if key[0] == "policy":
            above = ("baseline", *key[2:])
            if key[1] not in shared or (old, new) == (then.get(above), now.get(above)):
                continue
        yield Setting(dotted(key), old, new)


def _under_new_names(settings: Mapping[str, Any], renamed: Mapping[str, str]) -> dict[str, Any]:
    policies = settings.get("policy", {})
    return {renamed.get(name, name): policy for name, policy in policies.items()}


def _policies(settings: Mapping[str, Any], renamed: Mapping[str, str]) -> set[str]:
    return set(_under_new_names(settings, renamed))


def _flat(
    value: Any, at: tuple[str | int, ...] = ()
) -> Iterator[tuple[tuple[str | int, ...], Value]]:
    """Yield every leaf of plain data with the keys that lead to it; a list of numbers is one."""
    inner: Iterator[tuple[str | int, Any]]
    if isinstance(value, Mapping):
        inner = iter(value.items())
    elif isinstance(value, list) and any(isinstance(each, Mapping) for each in value):
        inner = iter(enumerate(value))
    else:
        yield at, _plain(value)
        return
    for key, each in inner:
        yield from _flat(each, (*at, key))


def _plain(value: Any) -> Value:
    """Return a leaf as it can be shown anywhere; what is no finite number is a text."""
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, float) and not isfinite(value):
        return str(value)
    return value if isinstance(value, bool | int | float) else seen(str(value))
