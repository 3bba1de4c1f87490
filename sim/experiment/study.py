"""A study: what a scenario's policies come to in ever more replicas, each simulated once.

A task is one batch of whole replicas and the policies that lack a result for it; it is seasoned
once. A store, if there is one, is asked first and told of every result.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from typing import TypedDict

from sim.experiment.attempts import Failure, Pool, attempted
from sim.experiment.cases import CaseOutcome, simulate_cases
from sim.experiment.program import CODE, by_code
from sim.experiment.results import InMemory, Result, Store, arm
from sim.experiment.sharing import batches, groups, share_out
from sim.experiment.simulate import BatchLedgers, simulate_batch
from sim.experiment.workers import WorkerError, Workers
from sim.scenario.schema import Case, Cohort, Policy, Scenario

Progress = Callable[[int, int], None]


class Running(TypedDict, total=False):
    """How a study is run; nothing of it changes a number."""

    jobs: int
    """Processes, 1 unless given: then all is done in this one."""
    batch_size: int | None
    """Replicas side by side; None: as suits the jobs."""
    progress: Progress | None
    """Called in this process with the units done and in total, a unit being one batch under one
    policy, and not at all where nothing is left to simulate; an error it raises ends the run."""
    store: Store | None
    """What it has is not simulated again."""
    incomplete: bool
    """Whether a study will do from which replicas are left out; False unless given."""
    scheduler: str | None
    """Address of a Dask scheduler, whose workers take the place of the processes."""
    workers: Callable[[], Workers] | None
    """What gives workers that are there already, in place of processes of its own."""
    simulate: Callable[..., BatchLedgers] | None
    """What simulates a batch, as ``simulate_batch`` does unless given."""


@dataclass(frozen=True)
class FailedBatch:
    """Replicas left out under every policy, because a task of theirs failed twice, and why."""

    replicas: tuple[int, ...]
    reason: str


@dataclass(frozen=True)
class Task:
    """Policies by name and the replicas they lack; no replicas stand for the scripted cases."""

    policies: tuple[str, ...]
    replicas: range = range(0)


class Study(ExitStack):
    """The results of a scenario's policies so far, whatever its number of replicas.

    ``results``: policy -> results, no replica twice. ``failures``: what failed twice, and is not
    tried a third time. ``found`` counts what the store had, ``simulated`` what took time: replicas
    under a policy. Its workers end where its context does.
    """

    def __init__(
        self,
        scenario: Scenario,
        *,
        jobs: int = 1,
        batch_size: int | None = None,
        progress: Progress | None = None,
        store: Store | None = None,
        incomplete: bool = False,
        scheduler: str | None = None,
        workers: Callable[[], Workers] | None = None,
        simulate: Callable[..., BatchLedgers] | None = None,
    ) -> None:
        """Begin a study without results; ``Running`` has the rest."""
        super().__init__()
        if batch_size is not None and batch_size < 1:
            raise ValueError(f"a batch has at least 1 replica, not {batch_size}")
        self.scenario = scenario
        self.results: dict[str, list[Result]] = {name: [] for name in scenario.policies}
        self.failures: list[FailedBatch] = []
        self.found = self.simulated = 0
        self._outcomes: dict[str, tuple[CaseOutcome, ...]] = {}
        self._size = batch_size
        self._report = progress or _silent
        self._store = store
        self._arms = _arms(scenario) if store is not None else {}
        self._incomplete = incomplete
        self._simulate = simulate or simulate_batch
        self._pool = self.enter_context(Pool(jobs, scheduler, workers))
        self._done, self._units = 0, 0

    @property
    def cases(self) -> tuple[CaseOutcome, ...]:
        """What became of each case under each policy, case by case."""
        by_policy = [self._outcomes[name] for name in self.scenario.policies if self._outcomes]
        return tuple(outcome for of_one in zip(*by_policy, strict=True) for outcome in of_one)

    def run(self, replicas: int) -> None:
        """Have every policy's results for the first ``replicas`` replicas.

        Raises WorkerError if a task fails twice, unless an ``incomplete`` study will do and there
        is anything but failures.
        """
        self._take_up(range(replicas))
        lacking = list(self._lacking(range(replicas)))
        here = sum(1 for task in lacking if task.replicas) <= 1 and not self._pool.is_elsewhere
        tasks = {task: self._work(task, here) for task in lacking}
        if not here:
            tasks = {task: partial(by_code, CODE, work) for task, work in tasks.items()}
        self._units += sum(len(task.policies) for task in tasks)
        if tasks:
            self._report(self._done, self._units)
        pool = Pool(1) if here else self._pool
        for task, outcome in attempted(pool, tasks, at_once=not self._incomplete):
            if isinstance(outcome, Failure):
                self._fail(task, outcome)
            elif isinstance(outcome, BatchLedgers):
                self._add(outcome)
            else:
                self._add_cases(task, outcome)
            self._done += len(task.policies)
            self._report(self._done, self._units)
        if self.failures and len(self._failed()) == replicas:
            raise WorkerError(f"nothing is left: {self.failures[0].reason}")

    def _take_up(self, wanted: range) -> None:
        """Take from the store what it has of what is lacking."""
        if self._store is None:
            return
        for name in self.scenario.policies:
            lacking = set(wanted) - self._present(name)
            if lacking:
                span = range(min(lacking), max(lacking) + 1)
                for result in self._store.find(self._arms[name].batches, span):
                    found = result.of(lacking)
                    if found.replicas:
                        self.results[name].append(found)
                        self.found += len(found.replicas)
                        lacking -= set(found.replicas)
            if self.scenario.cases and name not in self._outcomes:
                outcomes = self._store.find_cases(self._arms[name].cases)
                if outcomes is not None:
                    self._outcomes[name] = tuple(replace(each, policy=name) for each in outcomes)

    def _lacking(self, wanted: range) -> Iterator[Task]:
        """Yield the tasks that are left: batches of consecutive replicas, then the cases."""
        failed = self._failed()
        present = {name: self._present(name) | failed for name in self.scenario.policies}
        lacking = {
            replica: policies
            for replica in wanted
            if (policies := tuple(name for name in present if replica not in present[name]))
        }
        alike = groupby(enumerate(lacking), key=lambda at: (at[1] - at[0], lacking[at[1]]))
        for (_, policies), run in alike:
            replicas = [replica for _, replica in run]
            size, count = share_out(
                self.scenario.world,
                len(policies),
                len(replicas),
                self._pool.jobs,
                self._size,
                ready=self._pool.is_ready,
            )
            for batch in batches(len(replicas), size):
                side_by_side = range(replicas[batch.start], replicas[batch.stop - 1] + 1)
                for group in groups(policies, count):
                    yield Task(group, side_by_side)
        told = tuple(name for name in self.scenario.policies if name not in self._outcomes)
        if self.scenario.cases and told:
            yield Task(told)

    def _work(self, task: Task, here: bool) -> Callable[[], BatchLedgers | tuple[CaseOutcome, ...]]:
        scenario = self.scenario
        policies = {name: scenario.policies[name] for name in task.policies}
        told = (scenario.world, policies)
        if not task.replicas:
            return partial(simulate_cases, *told, scenario.cases, scenario.baseline)
        work = partial(self._simulate, *told, task.replicas, scenario.cohorts, scenario.baseline)
        if here and isinstance(self._store, InMemory):
            return partial(work, last_seasoned=self._store.last_seasoned)
        return work

    def _add(self, batch: BatchLedgers) -> None:
        self.simulated += len(batch.replicas) * len(batch.ledgers)
        for name, result in results_of(batch).items():
            self.results[name].append(result)
            if self._store is not None:
                self._store.keep(self._arms[name].batches, result)

    def _add_cases(self, task: Task, outcomes: tuple[CaseOutcome, ...]) -> None:
        for name in task.policies:
            of_one = tuple(outcome for outcome in outcomes if outcome.policy == name)
            self._outcomes[name] = of_one
            if self._store is not None:
                self._store.keep_cases(self._arms[name].cases, of_one)

    def _fail(self, task: Task, failure: Failure) -> None:
        """Note what failed twice; WorkerError where a study without it will not do."""
        if not task.replicas or not self._incomplete:
            error = WorkerError(f"{_called(task)} failed twice: {failure.reason}")
            error.add_note(failure.trace)
            raise error
        if not self._failed().issuperset(task.replicas):  # or by another group of policies
            self.failures.append(FailedBatch(tuple(task.replicas), failure.reason))

    def _present(self, policy: str) -> set[int]:
        return {replica for result in self.results[policy] for replica in result.replicas}

    def _failed(self) -> set[int]:
        return {replica for failed in self.failures for replica in failed.replicas}


@dataclass(frozen=True)
class _Arm:
    """The names of a policy's arm in a store: that of its batches, that of the scripted cases."""

    batches: str
    cases: str


def _arms(scenario: Scenario) -> dict[str, _Arm]:
    def named(policy: Policy, told_apart: Sequence[Cohort] | Sequence[Case]) -> str:
        return arm(scenario.world, scenario.baseline, policy, told_apart)

    return {
        name: _Arm(named(policy, scenario.cohorts), named(policy, scenario.cases))
        for name, policy in scenario.policies.items()
    }


def results_of(batch: BatchLedgers) -> dict[str, Result]:
    """Return what a batch comes to, policy by policy."""
    return {
        name: Result(batch.replicas, batch.days, ledger, batch.segments[name])
        for name, ledger in batch.ledgers.items()
    }


def _called(task: Task) -> str:
    """Return what a task is called in a message."""
    return f"replicas {task.replicas[0]} to {task.replicas[-1]}" if task.replicas else "cases"


def _silent(done: int, total: int) -> None:
    """Report to nobody."""
