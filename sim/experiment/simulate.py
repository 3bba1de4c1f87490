"""One batch of whole replicas under every policy: seasoned once, then run from the same day 0."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sim.book import Book
from sim.clock import MONTH
from sim.ledger import Totals
from sim.lender import timetable
from sim.rules.origination import originate
from sim.scenario.schema import Policy, World

BASELINE = "baseline"


@dataclass(frozen=True)
class BatchLedgers:
    """The ledgers of a batch: policy -> entry -> integers of shape (days, replicas)."""

    replicas: tuple[int, ...]
    days: tuple[int, ...]
    ledgers: dict[str, dict[str, Totals]]


def simulate_batch(
    world: World, policies: Mapping[str, Policy], replicas: Sequence[int]
) -> BatchLedgers:
    """Return the ledgers of ``replicas`` under each of ``policies``, the baseline among them."""
    book = originate(world, replicas)
    season(book, world, policies[BASELINE])
    ends = {name: simulate(book, world, policy) for name, policy in policies.items()}
    days = {tuple(end.ledger.days) for end in ends.values()}
    assert len(days) == 1, "every policy's ledger has the same months"
    ledgers = {name: end.ledger.entries for name, end in ends.items()}
    return BatchLedgers(tuple(replicas), days.pop(), ledgers)


def season(book: Book, world: World, baseline: Policy) -> None:
    """Run ``book`` through the burn-in under ``baseline``; it then stands before day 0."""
    timetable.run(book, world, baseline, until_day=0)


def simulate(
    seasoned: Book,
    world: World,
    policy: Policy,
    on_month: Callable[[Book, int], None] | None = None,
) -> Book:
    """Return the book at the horizon under ``policy``; ``seasoned`` stays as it is."""
    book = seasoned.copy()

    def month_closed(day: int) -> None:
        if on_month is not None:
            on_month(book, day)

    timetable.run(book, world, policy, until_day=MONTH * world.months, on_month=month_closed)
    return book
