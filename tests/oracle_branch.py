"""The oracle's clock, and each replica's desk and agents as queues that open once all have come."""

from __future__ import annotations

import math
from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

import simpy

OPENING, BILLING, PAYMENTS, RELIEF_DESK, COLLECTIONS, CLOSE = range(6)
STEPS = 64
"""Steps in a slot: messages at 0, call round j at 2j, the agents' answer at 2j + 1."""

Happening = Generator[simpy.Event, Any, None]


def tick(day: int, slot: int, step: int = 0) -> int:
    """The clock at a step of a slot of a day."""
    return (day * 6 + slot) * STEPS + step


def day_and_slot(now: int) -> tuple[int, int]:
    """The day and slot of a tick."""
    return divmod(now // STEPS, 6)


@dataclass(frozen=True)
class Request:
    """Somebody in a queue: what decides its place, and the event that tells it whether it fits."""

    order: tuple[int, ...]
    minutes: int
    admitted: simpy.Event


class Branch:
    """A replica's desk and agents, each a queue and a process that serves it."""

    def __init__(
        self, env: simpy.Environment, baseline: dict[str, Any], policy: dict[str, Any]
    ) -> None:
        self.env = env
        self.baseline = baseline
        self.policy = policy
        self.files = simpy.Store(env)
        self.calls = simpy.Store(env)
        self.desk_minutes = 0
        self.call_minutes = 0
        env.process(self._desk())
        env.process(self._agents())

    def hand_in(self, order: tuple[int, ...], minutes: int) -> simpy.Event:
        """A file lies in today's queue; the event says whether it is decided today."""
        request = Request(order, minutes, self.env.event())
        self.files.put(request)
        return request.admitted

    def ask_for_call(self, order: tuple[int, ...], minutes: int) -> simpy.Event:
        """An attempt is in this round's queue; the event says whether it is made."""
        request = Request(order, minutes, self.env.event())
        self.calls.put(request)
        return request.admitted

    def _policy(self) -> dict[str, Any]:
        return self.baseline if self.env.now < tick(0, OPENING) else self.policy

    def _in_order(self, queue: simpy.Store) -> Generator[simpy.Event, Any, list[Request]]:
        requests = [(yield queue.get())]
        yield self.env.timeout(1)
        while queue.items:
            requests.append((yield queue.get()))
        return sorted(requests, key=lambda request: request.order)

    def _desk(self) -> Happening:
        while True:
            files = yield from self._in_order(self.files)
            desk = self._policy()["relief"]["desk"]
            left = _minutes(desk["reviewers"], desk["minutes_per_reviewer_day"])
            for file in files:
                left = left - file.minutes if file.minutes <= left else -1
                if left >= 0:
                    self.desk_minutes += file.minutes
                file.admitted.succeed(left >= 0)

    def _agents(self) -> Happening:
        today: int | None = None
        left = 0.0
        while True:
            attempts = yield from self._in_order(self.calls)
            day, _ = day_and_slot(self.env.now)
            if day != today:
                today = day
                collections = self._policy()["collections"]
                left = _minutes(collections["agents"], collections["minutes_per_agent_day"])
            for attempt in attempts:
                left = left - attempt.minutes if attempt.minutes <= left else -1
                if left >= 0:
                    self.call_minutes += attempt.minutes
                attempt.admitted.succeed(left >= 0)


def _minutes(heads: int | str, minutes_each: int) -> float:
    return math.inf if heads == "unlimited" else heads * minutes_each
