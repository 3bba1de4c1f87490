"""Collections: messages, rounds of calls as far as the agents' minutes go, visits, notices."""

from __future__ import annotations

import numpy as np

from sim.book import Book, Int32, Mask, Rows
from sim.lender import conversation, payment
from sim.lender.staff import Shift
from sim.luck import Purpose, uniform
from sim.rules import servicing, strain
from sim.rules.ladder import (
    bring_back,
    calls,
    conduct,
    falls_on,
    messages,
    notices,
    priority,
    rounds,
    visits,
    workable_dpd,
)
from sim.scenario.schema import Collections, Policy, World


def work(book: Book, day: int, world: World, policy: Policy) -> None:
    """Climb the day's ladder, step by step."""
    if policy.collections.intensity == 0:
        return
    queue = Queue(book, day, policy.collections)
    _send_messages(queue, world, policy)
    _make_calls(queue, world, policy)
    _pay_visits(queue, world, policy)
    _send_notices(queue, world, policy)


class Queue:
    """The accounts to work on a day; whoever stops being workable is left alone from then on."""

    def __init__(self, book: Book, day: int, settings: Collections) -> None:
        """Take in all that are workable when the day's collections begin."""
        self.book = book
        self.day = day
        self.settings = settings
        late = book.late()
        overdue = workable_dpd(book, late.rows, day)
        workable = overdue.nonzero()[0]
        self.late = late.at(workable)
        self.rows = self.late.rows
        self.overdue: Int32 = overdue[workable]
        """Days past due, 0 of those who are left alone."""
        self.talked_enough: Mask = np.zeros(len(self.rows), dtype=np.bool_)
        self._touched: list[Rows] = []

    def touch(self, rows: Rows) -> None:
        """Note whom a contact may have changed: the next step looks at them again."""
        self._touched.append(rows)

    def due_on(self, dpd: tuple[int, ...]) -> Rows:
        """Return the places of the workable whose days past due are on a schedule."""
        if not dpd:
            return np.zeros(0, dtype=np.int64)
        self._review()
        places: Rows = falls_on(self.overdue, dpd).nonzero()[0]
        return places

    def still_workable(self, places: Rows) -> Rows:
        """Return which of ``places`` have not been dealt with."""
        self._review()
        return places[self.overdue[places] > 0]

    def open_to_talk(self, opens_dpd: int) -> Rows:
        """Return the places of the workable past ``opens_dpd``, not yet talked to enough."""
        self._review()
        places: Rows = ((self.overdue >= opens_dpd) & ~self.talked_enough).nonzero()[0]
        return places

    def admit(self, places: Rows, forbidden: Mask, shift: Shift) -> Rows:
        """Return which of ``places``, counted in it, no limit forbids and the staff get to."""
        rows = self.rows[places]
        conduct.refuse(self.book, rows[forbidden])
        allowed: Rows = (~forbidden).nonzero()[0]
        rows, overdue = rows[allowed], self.overdue[places[allowed]]
        key = priority(self.book, rows, overdue, self.settings.priority)
        return allowed[shift.serve(self.book, rows, self.late.owner[places[allowed]], key)]

    def _review(self) -> None:
        for rows in self._touched:
            places = np.searchsorted(self.rows, rows)
            self.overdue[places] = workable_dpd(self.book, rows, self.day)
            self.talked_enough[places] = conduct.talked_enough(
                self.book, rows, self.day, self.settings.conduct
            )
        self._touched.clear()


def _send_messages(queue: Queue, world: World, policy: Policy) -> None:
    """Write to all whose day it is, as often as intensity wants, until they have paid."""
    book, day, intensity = queue.book, queue.day, policy.collections.intensity
    places = queue.due_on(policy.collections.message.dpd)
    for ordinal in rounds(intensity):
        places = queue.still_workable(places)
        if not len(places):
            return
        rows = queue.rows[places]
        wanted = messages.wanted(book, rows, day, ordinal, intensity)
        forbidden = conduct.forbids_message(book, rows, policy.collections.conduct)
        conduct.refuse(book, rows[wanted & forbidden])
        _send(queue, rows[wanted & ~forbidden], ordinal, world, policy)


def _send(queue: Queue, rows: Rows, ordinal: int, world: World, policy: Policy) -> None:
    """Send one message to each: it reminds who forgot, and a moral one wins some back."""
    book, day = queue.book, queue.day
    messages.send(book, rows)
    level = strain.strain_now(book, rows, day, world.strain)
    # whom it may remind is not disengaged: who forgot was still here on the due day
    moved = messages.reminds(book, rows, day, ordinal, world.contact)
    if policy.collections.message.tone == "moral":
        cooperation = strain.cooperation(level, world.strain)
        won_back = messages.appeals(book, rows, day, ordinal, cooperation, world.contact)
        bring_back(book, won_back)
        moved = np.concatenate((moved, won_back))
    strain.bear(book, rows, day, level + world.strain.per_message)
    payment.of_what_they_can(book, moved, day, world, policy)
    queue.touch(moved)


def _make_calls(queue: Queue, world: World, policy: Policy) -> None:
    """Call in rounds, until who is reached has been talked to enough."""
    book, collections = queue.book, policy.collections
    agents = Shift(
        collections.agents,
        collections.minutes_per_agent_day,
        collections.call.minutes,
        len(book.replicas),
    )
    for ordinal in rounds(calls.busiest(collections)):
        _call(queue, ordinal, agents, world, policy)
    book.call_minutes += agents.worked


def _call(queue: Queue, ordinal: int, agents: Shift, world: World, policy: Policy) -> None:
    """Make a round of calls; whoever answers is spoken to."""
    book, day, collections = queue.book, queue.day, policy.collections
    places = queue.open_to_talk(collections.call.opens_dpd)
    if not len(places):
        return
    early = calls.early(queue.overdue[places], collections.call)
    wanted = calls.wanted(queue.late.fate[places], early, day, ordinal, collections)
    places, early = places[wanted], early[wanted]
    rows = queue.rows[places]
    week = conduct.week_until(book, rows, day)
    forbidden = conduct.forbids_call(book, rows, week, day, ordinal, collections.conduct)
    called = queue.admit(places, forbidden, agents)
    spoken, early = queue.late.at(places[called]), early[called]
    conduct.note_attempts(book, spoken.rows, week[called], day)
    connected = calls.connects(book, spoken, early, day, ordinal, world.contact)
    reached = spoken.rows[connected]
    pays = np.where(early[connected], world.contact.pays_early, world.contact.pays_late)
    conversation.hold(book, reached, pays, world.strain.per_call, day, world, policy)
    queue.touch(reached)


def _pay_visits(queue: Queue, world: World, policy: Policy) -> None:
    """Visit borrowers; whoever is met is spoken to."""
    visit = policy.collections.visit
    if visit.rate == 0:
        return
    book, day = queue.book, queue.day
    places = queue.open_to_talk(visit.opens_dpd)
    places = places[visits.wanted(queue.late.fate[places], day, policy.collections)]
    rows = queue.rows[places]
    forbidden = conduct.forbids_visit(book, rows, day, policy.collections.conduct)
    visitors = Shift(
        visit.visitors, visit.minutes_per_visitor_day, visit.minutes, len(book.replicas)
    )
    visited = queue.late.at(places[queue.admit(places, forbidden, visitors)])
    book.visit_minutes += visitors.worked
    met = visits.connects(book, visited, day, world.contact)
    pays = np.full(len(met), world.contact.visit_pays)
    conversation.hold(book, met, pays, world.strain.per_visit, day, world, policy)
    queue.touch(met)


def _send_notices(queue: Queue, world: World, policy: Policy) -> None:
    """Send formal notices: some of the unwilling pay; the whole loan may be called due."""
    book, day, collections = queue.book, queue.day, policy.collections
    rows = queue.rows[queue.due_on(collections.notice.dpd)]
    if not len(rows):
        return
    rows = notices.send(book, rows, day, collections.intensity)
    level = strain.strain_now(book, rows, day, world.strain)
    cooperation = strain.cooperation(level, world.strain)
    moved = notices.moves(book, rows, day, cooperation, world.contact)
    payment.of_what_they_can(book, moved, day, world, policy)
    level = level + world.strain.per_notice
    strain.bear(book, rows, day, level)
    luck = uniform(Purpose.COMPLAINS_OF_NOTICE, day, book.fate[rows])
    strain.complain(book, rows, level, luck, world.strain)
    if policy.servicing.acceleration == "notice":
        servicing.accelerate(book, rows, day, policy.servicing)
