"""Every policy of a scenario on the same luck, and what each changes against the baseline."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Unpack

from sim.experiment.cases import CaseOutcome
from sim.experiment.digest import digest
from sim.experiment.inference import Effect, paired_effect
from sim.experiment.results import Result, joined
from sim.experiment.simulate import BatchLedgers, Entries
from sim.experiment.study import FailedBatch, Progress, Running, Study, results_of
from sim.luck import Floats
from sim.rules.measures import METRICS, Staffing, UnitCosts, Yardstick, measure
from sim.scenario.schema import Policy, Scenario, World
from sim.scenario.words import BASELINE

if TYPE_CHECKING:
    from sim.experiment.precision import Precision

__all__ = [
    "Comparison",
    "Progress",
    "Running",
    "compare",
    "conclude",
    "concluded",
    "large_enough",
    "told_by",
    "yardstick",
]

FEWEST_IN_A_REPLICA: Final = 20
FEWEST_IN_ALL: Final = 100
"""A segment or cohort of fewer is told nothing of: it would be about a few people."""


@dataclass(frozen=True)
class Comparison:
    """What a scenario's run says; everything else is computed from it.

    ``ledgers``: policy -> entry -> integers of shape (months + 1, replicas), one row for each of
    ``days``, the first of which is the eve of day 0; cumulative entries begin with the burn-in.
    ``metrics``: policy -> metric -> one number a replica. ``effects``: the same policies but the
    baseline -> metric -> the difference from the baseline. ``segments``: policy -> segment or
    cohort -> entry -> one integer a replica, totals since day 0; one that is too small under any
    policy is in none of them. ``failures``: what failed twice; its replicas are in none of the
    numbers. ``precision``: how precise it is, where that was asked for. ``found`` and
    ``simulated``: replicas under a policy that came from a store, and that took time.
    """

    scenario: Scenario
    ledgers: dict[str, Entries]
    days: list[int]
    metrics: dict[str, dict[str, Floats]]
    effects: dict[str, dict[str, Effect]]
    segments: dict[str, dict[str, Entries]]
    cases: tuple[CaseOutcome, ...]
    digest: str
    failures: tuple[FailedBatch, ...] = ()
    precision: Precision | None = None
    found: int = 0
    simulated: int = 0

    @property
    def replicas(self) -> tuple[int, ...]:
        """The replicas that are compared, in the order of every array."""
        missing = {replica for failed in self.failures for replica in failed.replicas}
        everything = range(self.scenario.world.replicas)
        return tuple(replica for replica in everything if replica not in missing)


def compare(scenario: Scenario, **running: Unpack[Running]) -> Comparison:
    """Return the comparison of all policies of ``scenario``: ``compare(scenario, jobs=2)``.

    A batch that fails, or whose process dies, is tried once more; then it raises WorkerError, or,
    where an ``incomplete`` comparison will do, its replicas are left out under every policy. Raises
    ClusterError for a cluster that cannot be used, ProgramError where the program was changed after
    it was started, ValueError for less than one job or replica a batch.
    """
    with Study(scenario, **running) as study:
        study.run(scenario.world.replicas)
    return told_by(study, scenario)


def told_by(study: Study, scenario: Scenario) -> Comparison:
    """Return the comparison of a scenario of which a study has all replicas."""
    comparison = concluded(scenario, study.results, study.cases, study.failures)
    return replace(comparison, found=study.found, simulated=study.simulated)


def conclude(
    scenario: Scenario, done: Sequence[BatchLedgers], cases: tuple[CaseOutcome, ...]
) -> Comparison:
    """Return the comparison that follows from the batches, in whatever order they came."""
    by_policy = [results_of(batch) for batch in done]
    results = {name: [each[name] for each in by_policy] for name in scenario.policies}
    return concluded(scenario, results, cases)


def concluded(
    scenario: Scenario,
    results: Mapping[str, Sequence[Result]],
    cases: tuple[CaseOutcome, ...],
    failures: Sequence[FailedBatch] = (),
) -> Comparison:
    """Return the comparison that follows from the results of each policy, in whatever order.

    Replicas that failed under any policy are left out under all.
    """
    missing = {replica for failed in failures for replica in failed.replicas}
    whole = {name: joined(list(_without(missing, results[name]))) for name in scenario.policies}
    days, replicas = whole[BASELINE].days, whole[BASELINE].replicas
    assert all(each.days == days for each in whole.values()), "every policy has the same months"
    assert all(each.replicas == replicas for each in whole.values()), "and the same replicas"
    ledgers = {name: each.ledger for name, each in whole.items()}
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
    segments = large_enough({name: each.segments for name, each in whole.items()})
    signature = digest(scenario, days, ledgers, segments, cases, sorted(missing))
    return Comparison(
        scenario,
        ledgers,
        list(days),
        metrics,
        effects,
        segments,
        cases,
        signature,
        tuple(failures),
    )


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


def _without(missing: Collection[int], results: Sequence[Result]) -> Iterator[Result]:
    """Yield the results without what is missing, and none that is empty then."""
    for result in results:
        kept = result.of(set(result.replicas).difference(missing))
        if kept.replicas:
            yield kept
