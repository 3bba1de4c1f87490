"""Precision on demand: replicas are added until every difference is known as exactly as asked.

The half-width of a paired t interval shrinks with the root of the number of replicas. Each round
aims at the number that the variance seen so far asks for; while that is known badly no round makes
more than three of one. All policies have the same replicas, so the comparison is that of a plain
run with as many.

When to stop is read off the data (sequentially, as Chow and Robbins 1965), and a variance that
looks small by luck stops sooner: the intervals hold the truth somewhat less often than they say.
So nothing counts as known before ``FEWEST_TO_STOP`` replicas; to confirm a result, run as many with
another seed.

Worst of all are rare events. Where no replica differs from the baseline, Student's t finds no
variance at all, and the difference may only not have happened yet. So where fewer than
``FEWEST_THAT_DIFFER`` do, the half-width is also that of a Poisson count of them (Garwood 1936),
each as large as the largest seen and at least as one borrower more or less.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil, fsum, isnan, sqrt
from time import monotonic
from typing import Final, Literal, Unpack

from sim.experiment.compare import Comparison, Running, told_by
from sim.experiment.inference import CONFIDENCE, mean_of_defined, student
from sim.experiment.study import Study
from sim.rules.measures import METRICS
from sim.scenario.schema import Scenario, World
from sim.scenario.words import BASELINE
from sim.scenario.world import FEWEST_REPLICAS, LARGEST_STUDY, MOST_REPLICAS

FEWEST_TO_STOP: Final = 20
"""Fewer replicas tell too little of how far they scatter for that to say when there are enough."""
FEWEST_THAT_DIFFER: Final = 10
"""Of so many replicas that differ the mean is near enough to normal for Student's t."""
MOST_GROWTH: Final = 3
"""A round makes at most so many replicas of one: five or ten of them tell a variance badly."""
LEAST_GROWTH: Final = 10
"""A round adds at least one replica to so many, so that the last steps are few."""
BEYOND_ALL: Final = 10**15
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
    """None where there is no interval. That of the 95 % interval, or more where few differ."""
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
    on_round: Callable[[tuple[Reach, ...]], None] | None = None,
    clock: Callable[[], float] = monotonic,
    **running: Unpack[Running],
) -> Comparison:
    """Return the comparison with as many replicas as ``asked`` takes (metric -> half-width).

    It begins with the scenario's replicas and adds to them in rounds, until every policy's
    difference from the baseline has a 95 % interval of at most that half-width, until ``within``
    seconds by the ``clock`` are spent or would be by one replica more, or until the world allows no
    larger study. The first round is had however long it takes. ``on_round`` is called with what
    each round has reached.

    The rest is that of ``compare``. What it says, digest included, is what a plain run of its
    scenario does. Where an ``incomplete`` study will do and batches failed, their replicas are left
    out and others added until enough are left; a plain run may not lack them, and differs then.
    """
    for metric, half_width in asked.items():
        if metric not in METRICS or not half_width > 0:
            raise ValueError(f"{metric}={half_width}: a metric and a half-width above 0 are needed")
    world = scenario.world
    began, replicas, largest = clock(), world.replicas, most_replicas(world)
    compared_before = 0
    with Study(scenario, **running) as study:
        while True:
            study.run(replicas)
            sized = world.model_copy(update={"replicas": replicas})
            larger = scenario.model_copy(update={"world": sized})
            so_far = told_by(study, larger)
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


@dataclass(frozen=True)
class Spread:
    """How far replicas lie apart in a difference, and what that makes of its half-width."""

    replicas: int
    deviation: float
    """Their standard deviation."""
    differ: int
    """How many are not 0."""
    largest: float
    """The largest there may be, to either side."""

    @classmethod
    def of(cls, differences: Sequence[float], one_borrower: float) -> Spread:
        """Return the spread of differences from the baseline, one a replica and at least two.

        ``one_borrower``: how far one borrower more or less moves the metric of a replica.
        """
        count = len(differences)
        mean = fsum(differences) / count
        variance = fsum((each - mean) ** 2 for each in differences) / (count - 1)
        largest = max(one_borrower, *map(abs, differences))
        return cls(count, sqrt(variance), sum(map(bool, differences)), largest)

    def half_width(self, replicas: int) -> float:
        """Return the half-width in so many replicas, if they are as those seen."""
        by_student = student(replicas) * self.deviation / sqrt(replicas)
        differ = self.differ * replicas / self.replicas
        if differ >= min(FEWEST_THAT_DIFFER, replicas):
            return by_student
        return max(by_student, self.largest * _further(differ) / replicas)

    def would_take(self, asked: float) -> int:
        """Return how many replicas give the half-width asked for."""
        numbers = range(FEWEST_TO_STOP, BEYOND_ALL)
        more = bisect_left(numbers, -asked, key=lambda number: -self.half_width(number))
        return FEWEST_TO_STOP + more


def _further(count: float) -> float:
    """Return how far beyond a Poisson count the mean may lie, by its 95 % interval."""
    from scipy.special import gammaincinv  # slow to import, and most commands never come here

    return float(gammaincinv(count + 1, (1 + CONFIDENCE) / 2)) - count


def _reaches(so_far: Comparison, asked: Mapping[str, float]) -> Sequence[Reach]:
    def reached(policy: str, metric: str, half_width: float) -> Reach:
        ours, theirs = so_far.metrics[policy][metric], so_far.metrics[BASELINE][metric]
        of_each = max(1.0, abs(mean_of_defined(theirs)))  # a share or a count moves by one
        one_borrower = of_each / so_far.scenario.world.borrowers
        return reach(policy, metric, half_width, (ours - theirs).tolist(), one_borrower)

    return [
        reached(policy, metric, half_width)
        for metric, half_width in asked.items()
        for policy in so_far.effects
    ]


def reach(
    policy: str, metric: str, asked: float, differences: Sequence[float], one_borrower: float
) -> Reach:
    """Return how exactly a difference is known, given that of each replica: see ``Spread``."""
    replicas = len(differences)
    if any(map(isnan, differences)):
        return Reach(policy, metric, replicas, asked, None, None)
    if replicas < FEWEST_REPLICAS:
        return Reach(policy, metric, replicas, asked, None, FEWEST_TO_STOP)
    spread = Spread.of(differences, one_borrower)
    enough = spread.would_take(asked)
    return Reach(policy, metric, replicas, asked, spread.half_width(replicas), enough)
