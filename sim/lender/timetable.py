"""The timetable: the lender's operations as SimPy processes on the whole book.

The processes carry no state of their own between two events - all of it is in the Book - so a run
stopped at any day's end goes on from a saved Book exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Generator

import numpy as np
import simpy

from sim.book import Book
from sim.clock import CYCLES, MONTH, Slot, cycle_due_on, due_days, ends_month, tick
from sim.lender import closing, collections, court, due_date, payment, relief_desk
from sim.rules import economy
from sim.scenario.schema import Policy, World

Process = Generator[simpy.Event, None, None]


def run(
    book: Book,
    world: World,
    policy: Policy,
    until_day: int,
    on_month: Callable[[int], None] | None = None,
    on_operation: Callable[[int, Slot], None] | None = None,
) -> None:
    """Run the book from ``book.day`` up to, not including, ``until_day`` under a policy.

    ``on_month`` is called with each month's last day after its close; it may raise to stop the run,
    which leaves the book in the middle of a day. ``on_operation`` is called after every operation,
    with its day and slot, to look at the book.
    """
    if until_day > book.day:
        Lender(book, world, policy, until_day, on_month, on_operation).work()


class Lender:
    """A lender at work on a book, from its day on."""

    def __init__(
        self,
        book: Book,
        world: World,
        policy: Policy,
        until_day: int,
        on_month: Callable[[int], None] | None = None,
        on_operation: Callable[[int, Slot], None] | None = None,
    ) -> None:
        """Take the book over; every process starts at its first time from now on."""
        self.book = book
        self.world = world
        self.policy = policy
        self.until_day = until_day
        self.on_month = on_month
        self.on_operation = on_operation
        self.cycles = book.cycle_slices()
        self.environment = simpy.Environment(initial_time=tick(book.day, Slot.OPENING))
        self.environment.process(self.opening())
        self.environment.process(self.shocks())
        for cycle in range(CYCLES):
            self.environment.process(self.billing_runs(cycle))
        self.environment.process(self.daily(Slot.PAYMENTS, payment.of_those_due_today))
        self.environment.process(self.daily(Slot.RELIEF_DESK, relief_desk.decide_files))
        self.environment.process(self.daily(Slot.COLLECTIONS, collections.work))
        self.environment.process(self.court())
        self.environment.process(self.closes())

    def work(self) -> None:
        """Run every operation up to the last day's close; a floating-point error is an error."""
        closing.check_amounts(self.book)
        self.book.look_anew()
        with np.errstate(all="raise", under="ignore"):  # old strain may fade to nothing
            self.environment.run(until=tick(self.until_day, Slot.OPENING))
        self.book.day = self.until_day

    def until(self, day: int, slot: Slot) -> simpy.Event:
        """Return the event of ``slot`` on ``day``."""
        return self.environment.timeout(tick(day, slot) - self.environment.now)

    def days(self) -> range:
        """Return the days of this run."""
        return range(self.book.day, self.until_day)

    def done(self, day: int, slot: Slot) -> None:
        """Let whoever watches look at the book."""
        if self.on_operation is not None:
            self.on_operation(day, slot)

    def opening(self) -> Process:
        """On day 0 the policy under study takes over."""
        if 0 in self.days():
            yield self.until(0, Slot.OPENING)
            closing.open_observation(self.book, 0)
            relief_desk.withdraw_files_of_absent(self.book, self.policy)
            self.done(0, Slot.OPENING)

    def shocks(self) -> Process:
        """Let the economy strike on the days of its shocks, in the order of the file."""
        strikes = [(MONTH * (s.month - 1), n, s) for n, s in enumerate(self.world.shocks)]
        for day, number, shock in sorted(strikes, key=lambda strike: strike[:2]):
            if day in self.days():
                yield self.until(day, Slot.SHOCKS)
                economy.strike(self.book, number, shock, day, self.world.household)
                self.done(day, Slot.SHOCKS)

    def billing_runs(self, cycle: int) -> Process:
        """Bill a cycle on each of its due days."""
        for day in due_days(cycle, self.book.day, self.until_day):
            yield self.until(day, Slot.BILLING)
            due_date.run(self.book, self.cycles[cycle], day, self.world, self.policy)
            self.done(day, Slot.BILLING)

    def daily(self, slot: Slot, operation: Callable[[Book, int, World, Policy], None]) -> Process:
        """Run an operation on every day, in its slot."""
        for day in self.days():
            yield self.until(day, slot)
            operation(self.book, day, self.world, self.policy)
            self.done(day, slot)

    def court(self) -> Process:
        """Hear cases every day, and file those of the cycle that is due."""
        for day in self.days():
            yield self.until(day, Slot.COURT)
            court.sit(self.book, day, self.world, self.policy)
            cycle = cycle_due_on(day)
            if cycle is not None:
                court.file(self.book, self.cycles[cycle], day, self.world, self.policy)
            self.done(day, Slot.COURT)

    def closes(self) -> Process:
        """Close each day, and each month on its last."""
        for day in self.days():
            yield self.until(day, Slot.CLOSE)
            self._close(day)
            self.done(day, Slot.CLOSE)
            if ends_month(day) and self.on_month is not None:
                self.on_month(day)

    def _close(self, day: int) -> None:
        cycle = cycle_due_on(day)
        if cycle is not None:
            closing.age(self.book, self.cycles[cycle], day, self.policy)
        due_day = day - self.policy.servicing.grace_days
        cycle = cycle_due_on(due_day)
        if cycle is not None:
            closing.end_grace(self.book, self.cycles[cycle], due_day)
        if ends_month(day):
            closing.end_month(self.book, day, self.policy)
