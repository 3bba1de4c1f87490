"""A draft: a scenario file in the making. Every change gives a new one; the old one stays as it is.

A draft holds what its author would write, not what follows from it: presets stay a name, a policy
states only what differs from the baseline.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from typing import Any, Final, Self

import tomli_w

from sim.scenario.files import SHIPPED, Table, document_of, own_table, parse
from sim.scenario.formula import formula
from sim.scenario.load import scenario_of
from sim.scenario.schema import Scenario
from sim.scenario.words import BASELINE

MOST_POLICIES: Final = 12
"""More cannot be read side by side."""
LONGEST_LABEL: Final = 200
FORMER_BASELINE: Final = "former_baseline"


@dataclass(frozen=True)
class Draft:
    """A scenario file by its table, which is never written to, and the name messages give it."""

    table: Table
    name: str

    @classmethod
    def shipped(cls, name: str) -> Self:
        """Return the draft of a shipped question; ScenarioError if there is none of that name."""
        return cls(own_table(f"{SHIPPED}{name}"), f"{name}.toml")

    @classmethod
    def read(cls, content: bytes, name: str) -> Self:
        """Return the draft of a file's content, which may extend presets but no other file.

        Raises ScenarioError with everything that is wrong.
        """
        draft = cls(parse(name, content), name)
        _ = draft.scenario  # whatever is wrong with it is told now
        return draft

    @cached_property
    def scenario(self) -> Scenario:
        """What the draft asks; ScenarioError with everything that is wrong with it."""
        return scenario_of(document_of(self.table, self.name))

    @property
    def policies(self) -> list[str]:
        """The names of its policies, the baseline first."""
        return [BASELINE, *self.table.get("policy", {})]

    def toml(self) -> str:
        """Return the file."""
        return tomli_w.dumps(self.table)

    def setting(self, key: str) -> Any:
        """Return what holds for a dotted key: ``world.seed``, ``deferral.relief.desk.reviewers``.

        The name of a policy, that of the baseline too, stands before keys of a policy.
        """
        first, *rest = key.split(".")
        value: Any = self.scenario.world if first == "world" else self.scenario.policies[first]
        for part in rest:
            value = getattr(value, part)
        return value

    def put(self, key: str, value: Any) -> Draft:
        """Return a draft that says ``value`` for a dotted key; as a baseline does, says nothing.

        Whether the value is allowed is found out by its ``scenario``.
        """
        path = self._path(key)
        table = deepcopy(self.table)
        _put(table, path, value)
        if path[0] == "policy" and path[2] != "label":
            _, policy, *rest = path
            if _plain(self.setting(".".join([BASELINE, *rest]))) == _plain(value):
                _drop(table["policy"][policy], rest)
        return Draft(table, self.name)

    def added(self, en: str, zh: str) -> Draft:
        """Return a draft with one more policy, so far no other than the baseline."""
        return self._with_policy(self._free_name("policy"), {"label": self._free_label(en, zh)})

    def copied(self, policy: str, en: str, zh: str) -> Draft:
        """Return a draft with a copy of a policy at the end, called so, or so with a number."""
        stated = {} if policy == BASELINE else deepcopy(self.table["policy"][policy])
        label = self._free_label(en, zh)
        return self._with_policy(self._free_name(policy), stated | {"label": label})

    def called(self, policy: str, label: str) -> Draft:
        """Return a draft in which a policy has another label, the same in both languages."""
        return self.put(f"{policy}.label", {"en": label, "zh": label})

    def without(self, policy: str) -> Draft:
        """Return a draft without a policy, and without what is expected of it."""
        table = deepcopy(self.table)
        del table["policy"][policy]
        kept = [each for each in table.get("expect", ()) if not _names(each, policy)]
        if "expect" in table:
            table["expect"] = kept
        return Draft(table, self.name)

    def moved(self, policy: str, by: int) -> Draft:
        """Return a draft in which a policy stands so many places later, or earlier if negative."""
        names = list(self.table["policy"])
        at = names.index(policy)
        names.insert(max(0, at + by), names.pop(at))
        return self._ordered(names)

    def with_baseline(self, policy: str) -> Draft:
        """Return a draft in which ``policy`` is the baseline and the baseline one of the policies.

        Every policy stays what it was; but the burn-in is under the new baseline, so that all
        numbers change.
        """
        former = self._free_name(FORMER_BASELINE, given_up=policy)
        policies = {former: BASELINE} | {name: name for name in self.policies[1:] if name != policy}
        base = self._settings(policy)
        table = deepcopy(self.table)
        table["baseline"] = self._stated(policy)
        table["policy"] = {
            name: {"label": self.scenario.policies[old].label.model_dump()}
            | _differences(base, self._settings(old))
            for name, old in policies.items()
        }
        if "expect" in table:
            names = {policy: BASELINE, BASELINE: former}
            table["expect"] = [_renamed(each, names) for each in table["expect"]]
        return Draft(table, self.name)

    def _path(self, key: str) -> list[str]:
        first, *rest = key.split(".")
        return [first, *rest] if first in ("world", BASELINE) else ["policy", first, *rest]

    def _settings(self, policy: str) -> Table:
        """Return a policy as far as simulation goes, whole."""
        return self.scenario.policies[policy].model_dump(mode="json", exclude={"label"})

    def _stated(self, policy: str) -> Table:
        """Return all that the file says of a policy, what it says of the baseline included."""
        whole = deepcopy(self.table.get("baseline", {}))
        merged = _merged(whole, self.table["policy"][policy])
        return merged | {"label": self.scenario.policies[policy].label.model_dump()}

    def _free_name(self, like: str, given_up: str = "") -> str:
        stem = re.sub(r"_\d+$", "", like)[:35]
        taken = {*self.policies} - {given_up}
        names: Iterator[str] = (f"{stem}_{number}" for number in range(2, 2 + len(taken) + 1))
        return stem if stem not in taken else next(name for name in names if name not in taken)

    def _free_label(self, en: str, zh: str) -> dict[str, str]:
        """Return a label that no policy has, with a number where it takes one."""
        labels = [policy.label for policy in self.scenario.policies.values()]
        taken = {each.en for each in labels} | {each.zh for each in labels}
        ends = ("" if number == 1 else f" {number}" for number in count(1))
        called = (
            (en[: LONGEST_LABEL - len(end)] + end, zh[: LONGEST_LABEL - len(end)] + end)
            for end in ends
        )
        en, zh = next(names for names in called if taken.isdisjoint(names))
        return {"en": en, "zh": zh}

    def _with_policy(self, name: str, stated: Table) -> Draft:
        table = deepcopy(self.table)
        table.setdefault("policy", {})[name] = stated
        return Draft(table, self.name)

    def _ordered(self, names: list[str]) -> Draft:
        table = deepcopy(self.table)
        table["policy"] = {name: table["policy"][name] for name in names}
        return Draft(table, self.name)


def _put(table: Table, path: list[str], value: Any) -> None:
    *groups, last = path
    for group in groups:
        table = table.setdefault(group, {})
    table[last] = value


def _drop(table: Table, path: list[str]) -> None:
    """Drop a key, and the groups above it that hold nothing then."""
    key, *rest = path
    if rest:
        _drop(table[key], rest)
    if not rest or not table[key]:
        del table[key]


def _plain(value: Any) -> Any:
    """Return a value as a file says it."""
    if hasattr(value, "model_dump"):
        return value.model_dump(mode="json")
    return [_plain(each) for each in value] if isinstance(value, list | tuple) else value


def _merged(base: Table, more: Mapping[str, Any]) -> Table:
    for key, value in more.items():
        both = isinstance(value, Mapping) and isinstance(base.get(key), dict)
        base[key] = _merged(base[key], value) if both else deepcopy(value)
    return base


def _differences(base: Mapping[str, Any], other: Mapping[str, Any]) -> Table:
    """Return what ``other`` says otherwise than ``base``, which has the same keys."""
    found: Table = {}
    for key, value in other.items():
        if isinstance(value, Mapping):
            inner = _differences(base[key], value)
            found |= {key: inner} if inner else {}
        elif value != base[key]:
            found[key] = value
    return found


def _names(expectation: Mapping[str, Any], policy: str) -> bool:
    return any(term.policy == policy for term in formula(expectation["that"]).terms)


def _renamed(expectation: Mapping[str, Any], names: Mapping[str, str]) -> Table:
    """Return an expectation that names policies otherwise."""
    policy = re.compile(r"(?<![\w.])(" + "|".join(names) + r")(?=\.)")
    return dict(expectation) | {"that": policy.sub(lambda at: names[at[1]], expectation["that"])}
