"""The timetable: the lender's operations as SimPy processes on the whole book.

The processes carry no state of their own between two events - all of it is in the Book - so a run
stopped at any day's end goes on from a saved Book exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable

import numpy as np
import simpy

from sim.book import Book
from sim.clock import CYCLES, Slot, cycle_due_on, due_days, ends_month, tick
from sim.lender import closing, collections, due_date, payment, relief_desk
from sim.rules import servicing
from sim.scenario.schema import Policy, World

Process = Generator[simpy.Event, None, None]


def run(
    book: Book,
    world: World,
    policy: Policy,
    until_day: int,
    on_month: Callable[[int], None] | None = None,
) -> None:
    """Run the book from ``book.day`` up to, not including, ``until_day`` under a policy.

    ``on_month`` is called with each month's last day after its close; it may raise to stop the run,
    which leaves the book in the middle of a day.
    """
    if until_day > book.day:
        Lender(book, world, policy, until_day, on_month).work()


class Lender:
    """A lender at work on a book, from its day on."""

    def __init__(
        self,
        book: Book,
        world: World,
        policy: Policy,
        until_day: int,
        on_month: Callable[[int], None] | None = None,
    ) -> None:
        """Take the book over; every process starts at its first time from now on."""
        self.book = book
        self.world = world
        self.policy = policy
        self.until_day = until_day
        self.on_month = on_month
        self.cycles = book.cycle_slices()
        self.environment = simpy.Environment(initial_time=tick(book.day, Slot.OPENING))
        self.environment.process(self.opening())
        for cycle in range(CYCLES):
            self.environment.process(self.billing_runs(cycle))
        self.environment.process(self.payments())
        self.environment.process(self.relief_desk())
        self.environment.process(self.collections())
        self.environment.process(self.closes())

    def work(self) -> None:
        """Run every operation up to the last day's close; a floating-point error is an error."""
        servicing.check_amounts(self.book)
        with np.errstate(all="raise", under="ignore"):  # old strain may fade to nothing
            self.environment.run(until=tick(self.until_day, Slot.OPENING))
        self.book.day = self.until_day

    def until(self, day: int, slot: Slot) -> simpy.Event:
        """Return the event of ``slot`` on ``day``."""
        return self.environment.timeout(tick(day, slot) - self.environment.now)

    def days(self) -> Iterable[int]:
        """Return the days of this run."""
        return range(self.book.day, self.until_day)

    def opening(self) -> Process:
        """On day 0 the policy under study takes over."""
        for day in self.days():
            yield self.until(day, Slot.OPENING)
            if day == 0:
                closing.open_observation(self.book, day)
                relief_desk.withdraw_files_of_absent(self.book, self.policy)

    def billing_runs(self, cycle: int) -> Process:
        """Bill a cycle on each of its due days."""
        for day in due_days(cycle, self.book.day, self.until_day):
            yield self.until(day, Slot.BILLING)
            due_date.run(self.book, self.cycles[cycle], day, self.world, self.policy)

    def payments(self) -> Process:
        """Take the payments of those who remember or reconsider."""
        for day in self.days():
            yield self.until(day, Slot.PAYMENTS)
            payment.of_those_who_remember(self.book, day, self.world, self.policy)

    def relief_desk(self) -> Process:
        """Decide the files at the desk."""
        for day in self.days():
            yield self.until(day, Slot.RELIEF_DESK)
            relief_desk.decide_files(self.book, day, self.policy)

    def collections(self) -> Process:
        """Send messages and make calls."""
        for day in self.days():
            yield self.until(day, Slot.COLLECTIONS)
            collections.work(self.book, day, self.world, self.policy)

    def closes(self) -> Process:
        """Close each day, and each month on its last."""
        for day in self.days():
            yield self.until(day, Slot.CLOSE)
            self._close(day)
            if ends_month(day) and self.on_month is not None:
                self.on_month(day)

    def _close(self, day: int) -> None:
        cycle = cycle_due_on(day)
        if cycle is not None:
            rows = due_date.entered(self.book, self.cycles[cycle], day)
            closing.age(self.book, rows, day, self.policy)
        due_day = day - self.policy.servicing.grace_days
        cycle = cycle_due_on(due_day)
        if cycle is not None:
            closing.end_grace(self.book, self.cycles[cycle], due_day)
        if ends_month(day):
            closing.end_month(self.book, day, self.policy)
