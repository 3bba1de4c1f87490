"""Every policy of a scenario on the same luck, and what each changes against the baseline."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np

from sim.experiment.cases import CaseOutcome, simulate_cases
from sim.experiment.digest import digest
from sim.experiment.inference import Effect, paired_effect
from sim.experiment.simulate import BatchLedgers, Entries, simulate_batch
from sim.experiment.workers import executor, finished
from sim.rules.measures import METRICS, Floats, Staffing, UnitCosts, Yardstick, measure
from sim.scenario.schema import Policy, Scenario, World
from sim.scenario.words import BASELINE

BORROWERS_A_BATCH = 50_000
"""Enough rows that calls into NumPy cost little; fewer cost more, more gain nothing."""
FEWEST_IN_A_REPLICA: Final = 20
FEWEST_IN_ALL: Final = 100
"""A segment or cohort of fewer is told nothing of: it would be about a few people."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Comparison:
    """What a scenario's run says; everything else is computed from it.

    ``ledgers``: policy -> entry -> integers of shape (months + 1, replicas), one row for each of
    ``days``, the first of which is the eve of day 0; cumulative entries begin with the burn-in.
    ``metrics``: policy -> metric -> one number a replica. ``effects``: the same policies but the
    baseline -> metric -> the difference from the baseline. ``segments``: policy -> segment or
    cohort -> entry -> one integer a replica, totals since day 0; one that is too small under any
    policy is in none of them.
    """

    scenario: Scenario
    ledgers: dict[str, Entries]
    days: list[int]
    metrics: dict[str, dict[str, Floats]]
    effects: dict[str, dict[str, Effect]]
    segments: dict[str, dict[str, Entries]]
    cases: tuple[CaseOutcome, ...]
    digest: str


def compare(
    scenario: Scenario,
    *,
    jobs: int = 1,
    batch_size: int | None = None,
    progress: Progress | None = None,
) -> Comparison:
    """Return the comparison of all policies of ``scenario``, run in ``jobs`` processes.

    ``batch_size`` is the number of replicas simulated side by side; neither it nor ``jobs`` changes
    a number. ``progress`` is called in this process with the units done and in total, a unit being
    one batch under one policy; an error it raises ends the run. Raises WorkerError when a worker
    process dies, ValueError for less than one job or replica a batch.
    """
    workers = executor(jobs)
    world, policies = scenario.world, scenario.policies
    size = default_batch_size(world, jobs) if batch_size is None else batch_size
    tasks: list[Callable[[], BatchLedgers | tuple[CaseOutcome, ...]]] = [
        partial(simulate_batch, world, policies, replicas, scenario.cohorts)
        for replicas in batches(world.replicas, size)
    ]
    if scenario.cases:
        tasks.append(partial(simulate_cases, world, policies, scenario.cases))

    done: list[BatchLedgers] = []
    cases: tuple[CaseOutcome, ...] = ()
    units = len(policies) * len(tasks)
    report = progress or _silent
    report(0, units)
    with workers:
        results = finished(workers, tasks, ahead=jobs)
        for count, result in enumerate(results, start=1):
            if isinstance(result, BatchLedgers):
                done.append(result)
            else:
                cases = result
            report(count * len(policies), units)
    return conclude(scenario, done, cases)


def conclude(
    scenario: Scenario, done: Sequence[BatchLedgers], cases: tuple[CaseOutcome, ...]
) -> Comparison:
    """Return the comparison that follows from the batches, in whatever order they came."""
    done = sorted(done, key=lambda batch: batch.replicas)
    days = done[0].days
    assert all(batch.days == days for batch in done), "every batch has the same months"
    ledgers = {
        policy: _side_by_side([batch.ledgers[policy] for batch in done], axis=1)
        for policy in scenario.policies
    }
    metrics = {
        name: measure(ledgers[name], yardstick(scenario.world, policy))
        for name, policy in scenario.policies.items()
    }
    effects = {
        name: {
            metric: paired_effect(values[metric], metrics[BASELINE][metric], METRICS[metric].better)
            for metric in METRICS
        }
        for name, values in metrics.items()
        if name != BASELINE
    }
    segments = large_enough(
        {
            policy: {
                segment: _side_by_side([batch.segments[policy][segment] for batch in done], axis=0)
                for segment in done[0].segments[policy]
            }
            for policy in scenario.policies
        }
    )
    signature = digest(scenario, days, ledgers, segments, cases)
    return Comparison(scenario, ledgers, list(days), metrics, effects, segments, cases, signature)


def large_enough(segments: Mapping[str, Mapping[str, Entries]]) -> dict[str, dict[str, Entries]]:
    """Return the segments and cohorts that are large enough under every policy."""

    def is_large(segment: str) -> bool:
        members = [of_policy[segment]["members"] for of_policy in segments.values()]
        return all(
            count.min() >= FEWEST_IN_A_REPLICA and count.sum() >= FEWEST_IN_ALL for count in members
        )

    return {
        policy: {segment: entries for segment, entries in each.items() if is_large(segment)}
        for policy, each in segments.items()
    }


def batches(replicas: int, size: int) -> list[range]:
    """Return the replicas cut into batches of ``size``; the last may be smaller."""
    if size < 1:
        raise ValueError(f"a batch has at least 1 replica, not {size}")
    return [range(first, min(first + size, replicas)) for first in range(0, replicas, size)]


def default_batch_size(world: World, jobs: int) -> int:
    """Return how many replicas to simulate side by side: no more than keeps every job busy."""
    share_of_a_job = -(-world.replicas // jobs)
    loans = world.borrowers + world.new_loans_per_month * world.months
    return max(1, min(BORROWERS_A_BATCH // loans, share_of_a_job))


def yardstick(world: World, policy: Policy) -> Yardstick:
    """Return what the counts of a ledger under ``policy`` are worth."""
    collections, relief = policy.collections, policy.relief
    costs = UnitCosts(
        message=collections.message.unit_cost,
        call=collections.call.unit_cost,
        visit=collections.visit.unit_cost,
        notice=collections.notice.unit_cost,
        complaint=collections.complaint_cost,
        filing=collections.court.filing_cost,
        outreach=relief.outreach.unit_cost,
        desk_minute=relief.desk.unit_cost_per_minute,
    )
    staff = Staffing(
        agents=_minutes(collections.agents, collections.minutes_per_agent_day),
        visitors=_minutes(collections.visit.visitors, collections.visit.minutes_per_visitor_day),
        reviewers=_minutes(relief.desk.reviewers, relief.desk.minutes_per_reviewer_day),
    )
    *worth, charged_off = world.recovery.residual_by_status
    if collections.recovery.route == "none":
        charged_off = 0.0  # nobody collects it
    return Yardstick(costs, staff, world.discount_bp, (*worth, charged_off))


def _minutes(staff: int | str, each: int) -> int | None:
    return staff * each if isinstance(staff, int) else None


def _side_by_side(parts: Sequence[Entries], axis: int) -> Entries:
    return {entry: np.concatenate([part[entry] for part in parts], axis) for entry in parts[0]}


def _silent(done: int, total: int) -> None:
    """Report to nobody."""
