"""The oracle's clock, and each replica's staff and court as queues that open once all have come."""

from __future__ import annotations

import math
from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any

import simpy

OPENING, SHOCKS, BILLING, PAYMENTS, RELIEF_DESK, COLLECTIONS, COURT, CLOSE = range(8)
STEPS = 64
"""Steps in a slot. In COLLECTIONS: messages at 0, call round j at 2j, then visits, then notices;
who stands in a queue is answered one step later."""
VISITS, NOTICES = 60, 62

Happening = Generator[simpy.Event, Any, None]


def tick(day: int, slot: int, step: int = 0) -> int:
    """The clock at a step of a slot of a day."""
    return (day * 8 + slot) * STEPS + step


def day_and_slot(now: float) -> tuple[int, int]:
    """The day and slot of a tick."""
    return divmod(int(now) // STEPS, 8)


@dataclass(frozen=True)
class Request:
    """Somebody in a queue: what decides its place, and the event that tells it whether it fits."""

    order: tuple[int, ...]
    size: int
    admitted: simpy.Event


class Queue:
    """A queue that is served one step after somebody came, in order, as far as the day goes.

    The first that does not fit ends the day. ``worked`` is what all who were admitted took.
    """

    def __init__(self, env: simpy.Environment, capacity: Callable[[], float]) -> None:
        self.env = env
        self.worked = 0
        self._capacity = capacity
        self._waiting = simpy.Store(env)
        self._today: int | None = None
        self._left = 0.0
        env.process(self._serve())

    def join(self, order: tuple[int, ...], size: int) -> simpy.Event:
        """A request stands in the queue; the event says whether it is admitted."""
        request = Request(order, size, self.env.event())
        self._waiting.put(request)
        return request.admitted

    def _serve(self) -> Happening:
        while True:
            requests = [(yield self._waiting.get())]
            yield self.env.timeout(1)
            while self._waiting.items:
                requests.append((yield self._waiting.get()))
            day, _ = day_and_slot(self.env.now)
            if day != self._today:
                self._today = day
                self._left = self._capacity()
            for request in sorted(requests, key=lambda request: request.order):
                fits = request.size <= self._left
                self._left = self._left - request.size if fits else -1
                self.worked += request.size if fits else 0
                request.admitted.succeed(fits)


class Branch:
    """A replica's desk, agents and visitors, and the court before which it sues."""

    def __init__(
        self,
        env: simpy.Environment,
        world: dict[str, Any],
        baseline: dict[str, Any],
        policy: dict[str, Any],
    ) -> None:
        self.env = env
        self.world = world
        self.baseline = baseline
        self.policy = policy
        self.desk = Queue(env, self._desk_minutes)
        self.agents = Queue(env, self._agents_minutes)
        self.visitors = Queue(env, self._visitors_minutes)
        self.court = Queue(env, self._hearings)

    def minutes(self) -> dict[str, int]:
        """What its staff has worked so far."""
        return {
            "desk_minutes": self.desk.worked,
            "call_minutes": self.agents.worked,
            "visit_minutes": self.visitors.worked,
        }

    def _in_force(self) -> dict[str, Any]:
        return self.baseline if self.env.now < tick(0, OPENING) else self.policy

    def _desk_minutes(self) -> float:
        desk = self._in_force()["relief"]["desk"]
        return times(desk["reviewers"], desk["minutes_per_reviewer_day"])

    def _agents_minutes(self) -> float:
        ladder = self._in_force()["collections"]
        return times(ladder["agents"], ladder["minutes_per_agent_day"])

    def _visitors_minutes(self) -> float:
        visit = self._in_force()["collections"]["visit"]
        return times(visit["visitors"], visit["minutes_per_visitor_day"])

    def _hearings(self) -> float:
        return times(self.world["court"]["hearings_per_day"], 1)


def times(heads: int | str, each: int) -> float:
    """What so many bring together; without end if they are unlimited."""
    return math.inf if heads == "unlimited" else int(heads) * each
