"""Stories: one person's life with a loan, day by day, under several policies on the same luck.

A scripted case lives alone in a replica of its own; a borrower by number shares desk and agents
with a whole replica, so all of it is run. What is told begins on day 0: burn-in is the same under
every policy.
"""

from __future__ import annotations

import copy
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from operator import attrgetter
from typing import Final

import numpy as np

from sim import facts
from sim.book import COLUMNS, Book, Rows, Status
from sim.clock import CYCLE_STEP, MONTH, NEVER, Slot, ends_month
from sim.columns import FORGIVEN, PAID, WRITTEN_OFF
from sim.experiment.events import events_of
from sim.experiment.simulate import season
from sim.experiment.step import CONTACTS, ROW, Event, Step
from sim.lender import timetable
from sim.luck import CASE_REPLICA
from sim.parameter import ForbearError
from sim.rules.origination import originate, originate_cases
from sim.scenario.problems import nearest
from sim.scenario.schema import Policy, Scenario, World
from sim.scenario.words import BASELINE

DATED: Final = (
    "job_loss_day",
    "reemployed_day",
    "ill_from_day",
    "ill_until_day",
    "disaster_from_day",
    "disaster_until_day",
    "disengage_day",
)
"""What begins or ends on a day known before, without any operation."""
LAST_DAYS: Final = ("waiver_until_day", "settlement_until_day")
EVERY_COLUMN: Final = attrgetter(*COLUMNS)


@dataclass(frozen=True)
class Person:
    """Who a story is about: a scripted case by name, or a borrower by number in a replica."""

    case: str | None = None
    number: int = 0
    replica: int = 0


@dataclass(frozen=True)
class Opening:
    """How things stood before day 0, or when the loan was paid out; a month's amounts, money."""

    day: int
    status: str
    income: int
    essentials: int
    other_debt: int
    savings: int
    balance: int
    arrears: int
    days_past_due: int
    instalment: int
    instalments_left: int
    rate_bp: int
    due_day: int
    """Day of the month, 1 to 28, on which instalments are due."""


@dataclass(frozen=True)
class Moment:
    """How things stood at the close of a month's last day; amounts are money."""

    day: int
    status: str
    savings: int
    balance: int
    arrears: int
    days_past_due: int
    without_job: bool
    ill: bool


@dataclass(frozen=True)
class Ending:
    """What became of the loan by the horizon, counted since day 0; amounts are money."""

    status: str
    default_day: int | None
    worst_dpd: int
    """Most days past due at the close of any day."""
    paid: int
    late_recovered: int
    forgiven: int
    written_off: int
    outstanding: int
    """What is owed or not yet due; of a loan charged off, what may still be claimed."""
    adverse_marks: int
    messages: int
    calls: int
    answered: int
    visits: int
    met: int
    notices: int
    complaints: int


@dataclass(frozen=True)
class Story:
    """One person's life under one policy."""

    policy: str
    opening: Opening
    events: tuple[Event, ...]
    ending: Ending
    months: tuple[Moment, ...]
    """Every month's end, from the first on which there was a loan."""


def stories(scenario: Scenario, person: Person, policies: Sequence[str]) -> tuple[Story, ...]:
    """Return the story of ``person`` under each of ``policies``; ForbearError for unknown names."""
    check_policies(scenario, policies)
    book, row = _found(scenario, person)
    season(book, scenario.world, scenario.policies[BASELINE])
    return tuple(
        told(book, row, scenario.world, name, scenario.policies[name]) for name in policies
    )


def check_policies(scenario: Scenario, policies: Collection[str]) -> None:
    """Raise ForbearError for the first policy that the scenario has not."""
    for name in policies:
        if name not in scenario.policies:
            raise ForbearError(_no("policy", name, list(scenario.policies)))


def _found(scenario: Scenario, person: Person) -> tuple[Book, int]:
    """Return a book with the person in it, at its first day, and the row."""
    world = scenario.world
    if person.case is not None:
        names = [case.name for case in scenario.cases]
        if person.case not in names:
            raise ForbearError(_no("case", person.case, names))
        book = originate_cases(world, scenario.cases)
        replica, number = CASE_REPLICA + names.index(person.case), 0
    else:
        if not 0 <= person.replica < world.replicas:
            last = world.replicas - 1
            raise ForbearError(f"no replica {person.replica}: they are numbered from 0 to {last}")
        last = world.borrowers + world.new_loans_per_month * world.months - 1
        if not 0 <= person.number <= last:
            raise ForbearError(f"no borrower {person.number}: they are numbered from 0 to {last}")
        book = originate(world, [person.replica])
        replica, number = person.replica, person.number
    (row,) = np.flatnonzero((book.replica == replica) & (book.number == number))
    return book, int(row)


def _no(kind: str, name: str, names: Sequence[str]) -> str:
    shown = name if name.isprintable() else repr(name)
    near = nearest(name, names)
    if near:
        return f'no {kind} is called "{shown}"{near}'
    there = f"there are: {', '.join(names)}" if names else f"the file has no [[{kind}]]"
    return f'no {kind} is called "{shown}"; {there}'


def told(seasoned: Book, row: int, world: World, name: str, policy: Policy) -> Story:
    """Return the story of one row of a seasoned book, which stays as it is."""
    book = seasoned.copy()
    watcher = Watcher(book, row, world, policy)
    until = MONTH * world.months
    timetable.run(book, world, policy, until_day=until, on_operation=watcher.look)
    return watcher.story(name)


class Watcher:
    """Looks at one row after every operation and notes what happened to it."""

    def __init__(self, book: Book, row: int, world: World, policy: Policy) -> None:
        """Take the row as it is before the first operation."""
        self.book = book
        self.row = row
        self.world = world
        self.policy = policy
        self.events: list[Event] = []
        self.months: list[Moment] = []
        self.worst = 0
        self.day = book.day - 1
        self._template = Book(book.replicas[:1], 1, book.day)
        self._values = self._read()
        self.first = self.moment = self._taken()
        self._penalty_told = int(self.moment.penalty_charged[0])

    def look(self, day: int, slot: Slot) -> None:
        """Note what the operation of ``slot`` on ``day`` changed."""
        before, values = self.moment, self._read()
        changed = values != self._values
        if changed:
            self._values = values
            self.moment = self._taken()
        step = Step(before, self.moment, self.day, day, slot, self.world, self.policy)
        eventful = changed or step.on_due_day or (day != self.day and self._falls_on(day))
        if eventful and day >= lent_day(self.moment):
            self.events += events_of(step)
        if slot == Slot.CLOSE:
            if facts.arrears(before, ROW)[0]:  # what is charged off at the close was late before it
                self.worst = max(self.worst, int(facts.days_past_due(before, ROW, day)[0]))
            if ends_month(day) and step.active:
                self._tell_penalty(step)
            if ends_month(day) and day >= lent_day(self.moment):
                self.months.append(_moment(self.moment, day))
        self.day = day

    def _falls_on(self, day: int) -> bool:
        """Return whether a day that a column holds has come, or was the last of an offer."""
        return any(getattr(self.moment, name)[0] == day for name in DATED) or any(
            getattr(self.moment, name)[0] == day - 1 for name in LAST_DAYS
        )

    def story(self, policy: str) -> Story:
        """Return what was seen so far, told as the story of a life under ``policy``."""
        ending = _ending(self.first, self.moment, self.worst)
        return Story(policy, _opening(self.first), tuple(self.events), ending, tuple(self.months))

    def _tell_penalty(self, step: Step) -> None:
        charged = step.now("penalty_charged")
        if charged > self._penalty_told and facts.owed(step.after, ROW)[0] > 0:
            self.events.append(step.event("penalty", amount=charged - self._penalty_told))
        self._penalty_told = charged

    def _read(self) -> tuple[int | float | bool, ...]:
        row = self.row
        return tuple([column.item(row) for column in EVERY_COLUMN(self.book)])

    def _taken(self) -> Book:
        """Return the row as a book of its own."""
        moment = copy.copy(self._template)
        for name, value in zip(COLUMNS, self._values, strict=True):
            setattr(moment, name, np.array([value], dtype=COLUMNS[name].dtype))
        return moment


def lent_day(row: Book) -> int:
    """Return the day on which the loan of a one-row book was paid out, or 0 where it was before."""
    return max(0, int(row.first_due_day[0]) - MONTH) if row.newcomer[0] else 0


def _opening(row: Book) -> Opening:
    day = lent_day(row)
    return Opening(
        day=day,
        status=Status.names()[int(row.status[0])],
        income=int(row.income[0]),
        essentials=int(row.essentials[0]),
        other_debt=int(row.other_debt[0]),
        savings=int(row.savings[0]),
        balance=_only(facts.balance(row, ROW)),
        arrears=_only(facts.arrears(row, ROW)),
        days_past_due=_only(facts.days_past_due(row, ROW, day - 1)),
        instalment=int(row.instalment[0]),
        instalments_left=int(row.term_months[0]) - int(row.billed_instalments[0]),
        rate_bp=int(row.rate_bp[0]),
        due_day=CYCLE_STEP * int(row.cycle[0]) + 1,
    )


def _moment(row: Book, day: int) -> Moment:
    return Moment(
        day=day,
        status=Status.names()[int(row.status[0])],
        savings=int(row.savings[0]),
        balance=_only(facts.balance(row, ROW)),
        arrears=_only(facts.arrears(row, ROW)),
        days_past_due=_only(facts.days_past_due(row, ROW, day)),
        without_job=bool(facts.without_job(row, ROW, day)[0]),
        ill=bool(facts.ill(row, ROW, day)[0]),
    )


def _ending(first: Book, last: Book, worst: int) -> Ending:
    def since(*columns: str) -> int:
        return sum(int(getattr(last, name)[0]) - int(getattr(first, name)[0]) for name in columns)

    default_day = int(last.default_day[0])
    contacts = {name: since(column) for name, column in CONTACTS.items() if name != "kept_back"}
    return Ending(
        status=Status.names()[int(last.status[0])],
        default_day=None if default_day == NEVER else default_day,
        worst_dpd=worst,
        paid=since(*PAID),
        late_recovered=since("late_recovered"),
        forgiven=since(*FORGIVEN),
        written_off=since(*WRITTEN_OFF),
        outstanding=_only(facts.claim(last, ROW)),
        adverse_marks=since("adverse_marks"),
        complaints=since("complaints"),
        **contacts,
    )


def _only(values: Rows) -> int:
    return int(values[0])


def parting(one: Story, other: Story) -> tuple[Event | None, Event | None] | None:
    """Return the first event of each that the other does not share; None if the lives are equal.

    Both had the same luck, so all that differs later follows from there.
    """
    for ours, theirs in zip_longest(one.events, other.events):
        if ours != theirs:
            return ours, theirs
    return None
