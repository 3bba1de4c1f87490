"""One batch of whole replicas under every policy: seasoned once, then run from the same day 0."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock

from sim.book import Book
from sim.clock import MONTH
from sim.ledger import Totals
from sim.lender import timetable
from sim.rules import stocktaking
from sim.rules.origination import originate
from sim.scenario.schema import Cohort, Policy, World
from sim.scenario.words import BASELINE

Entries = dict[str, Totals]


@dataclass(frozen=True)
class BatchLedgers:
    """What a batch comes to under each policy.

    ``ledgers``: policy -> entry -> integers of shape (days, replicas). ``segments``: policy ->
    segment or cohort -> entry -> integers of shape (replicas,), totals since day 0.
    """

    replicas: tuple[int, ...]
    days: tuple[int, ...]
    ledgers: dict[str, Entries]
    segments: dict[str, dict[str, Entries]]


def simulate_batch(
    world: World,
    policies: Mapping[str, Policy],
    replicas: Sequence[int],
    cohorts: Sequence[Cohort] = (),
    baseline: Policy | None = None,
    last_seasoned: LastSeasoned | None = None,
    on_month: Callable[[int], None] | None = None,
) -> BatchLedgers:
    """Return what ``replicas`` come to under each of ``policies``.

    ``baseline`` is the policy of the burn-in: that of ``policies`` unless given. The seasoned book
    is that of ``last_seasoned``, if given, and stays as it is. ``on_month`` is called with the last
    day of every month; an error it raises ends the simulation.
    """
    before = policies[BASELINE] if baseline is None else baseline
    book = (last_seasoned or LastSeasoned()).book(world, before, replicas, on_month)
    eve = stocktaking.Eve.of(book, cohorts)
    days: set[tuple[int, ...]] = set()
    ledgers, segments = {}, {}
    *_, last = policies
    for name, policy in policies.items():
        # a large book is copied no more than need be
        end = book if name == last and last_seasoned is None else book.copy()
        _run(end, world, policy, on_month)
        days.add(tuple(end.ledger.days))
        ledgers[name] = end.ledger.entries
        segments[name] = stocktaking.segments(eve, end, end.day - 1, world.loans)
        del end  # or it would stand beside the next copy
    assert len(days) == 1, "every policy's ledger has the same months"
    return BatchLedgers(tuple(replicas), days.pop(), ledgers, segments)


class LastSeasoned:
    """The books that were seasoned last, for whoever changes a policy and simulates again.

    The last one is kept, and those before it while all of them have at most ``most_rows``.
    """

    def __init__(self, most_rows: int = 0) -> None:
        """Begin without one."""
        self.most_rows = most_rows
        self._books: OrderedDict[tuple[World, Policy, tuple[int, ...]], Book] = OrderedDict()
        self._one_at_a_time = Lock()

    def book(
        self,
        world: World,
        baseline: Policy,
        replicas: Sequence[int],
        on_month: Callable[[int], None] | None = None,
    ) -> Book:
        """Return the book of ``replicas`` as it stands before day 0; it is not to be written to."""
        asked = (_of_one_replica(world), baseline, tuple(replicas))
        with self._one_at_a_time:
            if asked not in self._books:
                self._make_room(len(replicas) * world.borrowers)  # not beside the next one
                book = originate(world, replicas)
                season(book, world, baseline, on_month)
                self._books[asked] = book
            self._books.move_to_end(asked)
            return self._books[asked]

    def _make_room(self, rows: int) -> None:
        while self._books and sum(map(len, self._books.values())) + rows > self.most_rows:
            self._books.popitem(last=False)


def _of_one_replica(world: World) -> World:
    """Return the world whatever its number of replicas, on which none of them depends."""
    return world.model_copy(update={"replicas": 1})


def season(
    book: Book, world: World, baseline: Policy, on_month: Callable[[int], None] | None = None
) -> None:
    """Run ``book`` through the burn-in under ``baseline``; it then stands before day 0."""
    timetable.run(book, world, baseline, until_day=0, on_month=on_month)


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

    _run(book, world, policy, month_closed)
    return book


def _run(
    book: Book, world: World, policy: Policy, on_month: Callable[[int], None] | None = None
) -> None:
    timetable.run(book, world, policy, until_day=MONTH * world.months, on_month=on_month)
