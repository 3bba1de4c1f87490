"""Results by what decides them, so that nothing is simulated twice and nothing stale is believed.

An *arm* is a policy as it is simulated: its settings, those of the burn-in, the world, the cohorts
and the program itself, without the number of replicas and without a name. A result is what one arm
comes to in a batch of replicas; a replica's numbers depend on nothing else.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from threading import Lock
from typing import Final, Protocol

import numpy as np

from sim.experiment.cases import CaseOutcome
from sim.experiment.digest import canonical, wordless
from sim.experiment.program import CODE
from sim.experiment.simulate import Entries, LastSeasoned
from sim.parameter import Group
from sim.scenario.schema import Case, Cohort, Policy, World

MOST_BYTES: Final = 256_000_000
MOST_OUTCOMES: Final = 20_000
"""What became of so many cases is kept: some 20 MB."""


@dataclass(frozen=True)
class Result:
    """What a batch of replicas comes to under one policy.

    ``ledger``: entry -> integers of shape (days, replicas). ``segments``: segment or cohort ->
    entry -> integers of shape (replicas,), totals since day 0.
    """

    replicas: tuple[int, ...]
    days: tuple[int, ...]
    ledger: Entries
    segments: dict[str, Entries]

    def of(self, wanted: Collection[int]) -> Result:
        """Return what it says of the ``wanted`` among its replicas, itself if it is of all."""
        chosen = [place for place, replica in enumerate(self.replicas) if replica in wanted]
        if len(chosen) == len(self.replicas):
            return self
        return Result(
            tuple(self.replicas[place] for place in chosen),
            self.days,
            {entry: rows[:, chosen] for entry, rows in self.ledger.items()},
            {
                segment: {entry: totals[chosen] for entry, totals in entries.items()}
                for segment, entries in self.segments.items()
            },
        )

    @property
    def size(self) -> int:
        """Bytes of its numbers."""
        tables = (self.ledger, *self.segments.values())
        return sum(rows.nbytes for table in tables for rows in table.values())


def joined(results: Sequence[Result]) -> Result:
    """Return all results of one policy as one, replica by replica; none has one of another's."""
    replicas = [replica for result in results for replica in result.replicas]
    in_order = np.argsort(replicas)
    first = results[0]
    return Result(
        tuple(sorted(replicas)),
        first.days,
        {
            entry: np.concatenate([each.ledger[entry] for each in results], axis=1)[:, in_order]
            for entry in first.ledger
        },
        {
            segment: {
                entry: np.concatenate([each.segments[segment][entry] for each in results])[in_order]
                for entry in entries
            }
            for segment, entries in first.segments.items()
        },
    )


class Store(Protocol):
    """Where results are kept; what it gives back is what was kept, or nothing."""

    def find(self, arm: str, wanted: range) -> Iterable[Result]:
        """Return what is kept of an arm for any ``wanted`` replica, some perhaps more than once."""

    def keep(self, arm: str, result: Result) -> None:
        """Keep a result of an arm."""

    def find_cases(self, arm: str) -> tuple[CaseOutcome, ...] | None:
        """Return what became of the cases of an arm, None where it is not kept."""

    def keep_cases(self, arm: str, outcomes: tuple[CaseOutcome, ...]) -> None:
        """Keep what became of the cases of an arm."""


class InMemory:
    """A store for whoever compares again and again; what was used least recently goes first."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        """Make an empty store of at most so many bytes of numbers."""
        self.most_bytes = most_bytes
        self.bytes = 0
        self._results: OrderedDict[tuple[str, tuple[int, ...]], Result] = OrderedDict()
        self._cases: OrderedDict[str, tuple[CaseOutcome, ...]] = OrderedDict()
        self.last_seasoned = LastSeasoned()
        """For a policy that is changed again and again."""
        self._one_at_a_time = Lock()

    def find(self, arm: str, wanted: range) -> list[Result]:
        """Return what is kept of an arm for any ``wanted`` replica."""
        with self._one_at_a_time:
            asked = set(wanted)
            found = [key for key in self._results if key[0] == arm and not asked.isdisjoint(key[1])]
            for key in found:
                self._results.move_to_end(key)
            return [self._results[key] for key in found]

    def keep(self, arm: str, result: Result) -> None:
        """Keep a result of an arm, and give up what there is no room for."""
        with self._one_at_a_time:
            key = (arm, result.replicas)
            before = self._results.pop(key, None)
            self._results[key] = result
            self.bytes += result.size - (before.size if before else 0)
            while self.bytes > self.most_bytes:
                _, oldest = self._results.popitem(last=False)
                self.bytes -= oldest.size

    def find_cases(self, arm: str) -> tuple[CaseOutcome, ...] | None:
        """Return what became of the cases of an arm, None where it is not kept."""
        with self._one_at_a_time:
            if arm in self._cases:
                self._cases.move_to_end(arm)
            return self._cases.get(arm)

    def keep_cases(self, arm: str, outcomes: tuple[CaseOutcome, ...]) -> None:
        """Keep what became of the cases of an arm, and give up what there is no room for."""
        with self._one_at_a_time:
            self._cases[arm] = outcomes
            self._cases.move_to_end(arm)
            while sum(map(len, self._cases.values())) > MOST_OUTCOMES:
                self._cases.popitem(last=False)


def arm(
    world: World,
    baseline: Policy,
    policy: Policy,
    told_apart: Sequence[Cohort] | Sequence[Case],
    code: str = CODE,
) -> str:
    """Return the name of an arm, 64 hexadecimal characters: a hash of all that decides it.

    ``told_apart`` are the cohorts, or the scripted cases of an arm of those. ``code`` is that of
    this process unless given.
    """

    def settings(group: Group) -> object:
        return wordless(group.model_dump(mode="json"))

    decides = {
        "code": code,
        "world": settings(world.model_copy(update={"replicas": 1})),
        "baseline": settings(baseline),
        "policy": settings(policy),
        "told_apart": [[type(each).__name__, settings(each)] for each in told_apart],
    }
    return sha256(canonical(decides)).hexdigest()
