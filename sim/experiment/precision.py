"""Precision on demand: replicas are added until every difference is known as exactly as asked.

The half-width of a paired t interval shrinks with the root of the number of replicas. Each round
aims at the number that the variance seen so far asks for; while that is known badly no round makes
more than three of one. All policies have the same replicas, so the comparison is that of a plain
run with as many.

When to stop is read off the data (sequentially, as Chow and Robbins 1965), and a variance that
looks small by luck stops sooner: the intervals hold the truth somewhat less often than they say,
and the less often the rarer the event. So nothing counts as known before ``FEWEST_TO_STOP``
replicas; to confirm a result, run as many with another seed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil, isnan, sqrt
from time import monotonic
from typing import Final, Literal

from sim.experiment.compare import Comparison, Progress, concluded
from sim.experiment.inference import Effect, student
from sim.experiment.results import Store
from sim.experiment.study import Study
from sim.rules.measures import METRICS
from sim.scenario.schema import Scenario, World
from sim.scenario.world import LARGEST_STUDY, MOST_REPLICAS

FEWEST_TO_STOP: Final = 20
"""Fewer replicas tell too little of how far they scatter for that to say when there are enough."""
MOST_GROWTH: Final = 3
"""A round makes at most so many replicas of one: five or ten of them tell a variance badly."""
LEAST_GROWTH: Final = 10
"""A round adds at least one replica to so many, so that the last steps are few."""
BEYOND_ALL: Final = 1e15
"""Replicas that nobody ever simulates."""

Ended = Literal["reached", "no_value", "largest", "time", "failures"]


@dataclass(frozen=True)
class Reach:
    """How exactly one difference from the baseline is known, and was asked for, in its unit."""

    policy: str
    metric: str
    replicas: int
    asked: float
    half_width: float | None
    """None where there is no interval."""
    would_take: int | None
    """About how many replicas would do; None where no number would: a replica has no value."""

    @property
    def is_reached(self) -> bool:
        """Whether it is known as exactly as asked."""
        enough = self.replicas >= FEWEST_TO_STOP
        return enough and self.half_width is not None and self.half_width <= self.asked


@dataclass(frozen=True)
class Precision:
    """How a run for precision ended: with how many replicas, begun with how many, and why."""

    began_with: int
    replicas: int
    ended: Ended
    reaches: tuple[Reach, ...]

    @property
    def is_reached(self) -> bool:
        """Whether every difference is known as exactly as asked."""
        return self.ended == "reached"


def precisely(
    scenario: Scenario,
    asked: Mapping[str, float],
    *,
    within: float | None = None,
    jobs: int = 1,
    batch_size: int | None = None,
    progress: Progress | None = None,
    on_round: Callable[[tuple[Reach, ...]], None] | None = None,
    store: Store | None = None,
    incomplete: bool = False,
    scheduler: str | None = None,
    clock: Callable[[], float] = monotonic,
) -> Comparison:
    """Return the comparison with as many replicas as ``asked`` takes (metric -> half-width).

    It begins with the scenario's replicas and adds to them in rounds, until every policy's
    difference from the baseline has a 95 % interval of at most that half-width, until ``within``
    seconds by the ``clock`` are spent or would be by one replica more, or until the world allows no
    larger study. ``on_round`` is called with what each round has reached. The rest is that of
    ``compare``; equal but for ``precision`` to a plain run of its scenario, if no batch failed.
    """
    for metric, half_width in asked.items():
        if metric not in METRICS or not half_width > 0:
            raise ValueError(f"{metric}={half_width}: a metric and a half-width above 0 are needed")
    world = scenario.world
    began, replicas, largest = clock(), world.replicas, most_replicas(world)
    compared_before = 0
    study = Study(
        scenario,
        jobs=jobs,
        batch_size=batch_size,
        progress=progress,
        store=store,
        incomplete=incomplete,
        scheduler=scheduler,
    )
    with study:
        while True:
            study.run(replicas)
            sized = world.model_copy(update={"replicas": replicas})
            larger = scenario.model_copy(update={"world": sized})
            so_far = concluded(larger, study.results, study.cases, study.failures)
            reaches = tuple(_reaches(so_far, asked))
            if on_round:
                on_round(reaches)
            lacking = [each.would_take for each in reaches if not each.is_reached]
            enough = max((number for number in lacking if number is not None), default=None)
            compared = len(so_far.replicas)
            ended: Ended | None = None
            if not lacking:
                ended = "reached"
            elif enough is None:
                ended = "no_value"
            elif replicas >= largest:
                ended = "largest"
            elif compared == compared_before:
                ended = "failures"
            else:
                wanted = next_size(replicas, enough + replicas - compared)
                if within is not None:
                    left = within - (clock() - began)
                    spent = clock() - began
                    arms = study.simulated / len(scenario.policies)
                    pace = spent / arms if arms else 0.0
                    wanted = min(wanted, replicas + affordable(left, pace, wanted - replicas))
                if wanted == replicas:
                    ended = "time"
            if ended:
                done = Precision(world.replicas, compared, ended, reaches)
                return replace(so_far, precision=done)
            replicas, compared_before = min(wanted, largest), compared


def most_replicas(world: World) -> int:
    """Return the most replicas that a world of this size may have."""
    new_loans = world.new_loans_per_month * world.months
    allowed = LARGEST_STUDY // max(world.borrowers, new_loans)
    return min(MOST_REPLICAS, allowed)


def next_size(replicas: int, enough: int) -> int:
    """Return with how many replicas to go on where ``enough`` would do."""
    least = replicas + ceil(replicas / LEAST_GROWTH)
    return min(max(enough, least), max(FEWEST_TO_STOP, MOST_GROWTH * replicas))


def affordable(left: float, pace: float, wanted: int) -> int:
    """Return how many of the replicas ``wanted`` can be had in the seconds left, at such a pace."""
    if left <= 0:
        return 0
    return wanted if pace * wanted <= left else int(left / pace)


def would_take(half_width: float, replicas: int, asked: float) -> int:
    """Return how many replicas give the half-width asked for, if the variance is as seen."""
    deviation = half_width * sqrt(replicas) / student(replicas)
    most = min(student(FEWEST_TO_STOP) * deviation / asked, sqrt(BEYOND_ALL)) ** 2
    return bisect_left(
        range(ceil(most)),
        -asked,
        lo=FEWEST_TO_STOP,
        hi=max(FEWEST_TO_STOP, ceil(most)),
        key=lambda number: -student(number) * deviation / sqrt(number),
    )


def _reaches(so_far: Comparison, asked: Mapping[str, float]) -> Sequence[Reach]:
    return [
        _reach(policy, metric, half_width, effects[metric])
        for metric, half_width in asked.items()
        for policy, effects in so_far.effects.items()
    ]


def _reach(policy: str, metric: str, asked: float, effect: Effect) -> Reach:
    if isnan(effect.difference):
        return Reach(policy, metric, effect.replicas, asked, None, None)
    if effect.low is None or effect.high is None:
        return Reach(policy, metric, effect.replicas, asked, None, FEWEST_TO_STOP)
    half_width = (effect.high - effect.low) / 2
    enough = would_take(half_width, effect.replicas, asked)
    return Reach(policy, metric, effect.replicas, asked, half_width, enough)
