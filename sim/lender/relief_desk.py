"""Relief: who is told of it, who applies, and the desk that decides."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np

from sim.book import Book, Rows, Status
from sim.clock import MONTH, NEVER
from sim.facts import days_past_due
from sim.rules import servicing
from sim.rules.admission import admit, minutes_a_day, minutes_worked
from sim.rules.relief import Instrument, Programme, application, desk, on_offer
from sim.rules.relief.arrangement import ARRANGEMENT
from sim.rules.relief.deferral import DEFERRAL
from sim.rules.relief.desk import Files
from sim.rules.relief.extension import EXTENSION
from sim.rules.relief.granting import grant
from sim.rules.relief.outreach import reach_out
from sim.rules.relief.reduction import REDUCTION
from sim.rules.relief.settlement import SETTLEMENT
from sim.rules.relief.waiver import WAIVER
from sim.scenario.schema import Desk, Policy, Relief, World

INSTRUMENTS: Final = (DEFERRAL, WAIVER, REDUCTION, EXTENSION, ARRANGEMENT, SETTLEMENT)
"""In the order in which they are considered, and in which files of one day are decided."""


def offered(policy: Policy) -> tuple[Instrument, ...]:
    """Return the instruments that the policy has."""
    return _programme(policy.relief).instruments


def present(policy: Policy) -> bool:
    """Return whether the policy has any relief."""
    return bool(offered(policy))


@lru_cache(maxsize=64)
def _programme(relief: Relief) -> Programme:
    """Return all that a policy has."""
    return Programme([each for each in INSTRUMENTS if each.present(each.settings(relief))], relief)


@lru_cache(maxsize=64)
def _on_offer(relief: Relief, month: int) -> Programme:
    """Return what is on offer in a month, counted from 0 on day 0."""
    instruments = _programme(relief).instruments
    day = MONTH * month
    return Programme([e for e in instruments if on_offer(e.settings(relief), day)], relief)


@lru_cache(maxsize=64)
def _asked_for(relief: Relief, month: int) -> Programme:
    """Return what of it can be applied for; what is universal comes unasked."""
    instruments = _on_offer(relief, month).instruments
    return Programme([e for e in instruments if e.settings(relief).offer != "universal"], relief)


@lru_cache(maxsize=64)
def _parts(relief: Relief, month: int) -> list[tuple[slice, Programme]]:
    """Return what is on offer in parts, each with its place in the whole.

    Each instrument is a part where one is universal: its grant may change what comes next.
    """
    whole = _on_offer(relief, month)
    if not whole.has_universal:
        return [(slice(None), whole)]
    parts = enumerate(whole.instruments)
    return [(slice(place, place + 1), Programme([each], relief)) for place, each in parts]


def on_due_day(book: Book, rows: Rows, day: int, world: World, policy: Policy) -> None:
    """Tell of relief, note who is eligible, grant what is universal, take applications."""
    relief, behaviour = policy.relief, world.behaviour
    if not present(policy):
        return
    rows = rows[book.status[rows] == Status.ACTIVE]
    reach_out(book, rows, day, relief.outreach)
    month = day // MONTH
    programme = _on_offer(relief, month)
    if not programme.instruments:
        return
    candidates = application.candidates(book, rows, day, programme)
    overdue = days_past_due(book, candidates.rows, day)
    for places, part in _parts(relief, month):
        eligible = application.eligible(book, candidates.part(places), overdue, day, part)
        application.note_eligible(book, eligible, part)
        if part.has_universal:
            taken = application.universally_granted(book, eligible, part, behaviour)
            grant(book, taken, day, part.instruments[0], relief, behaviour)
            servicing.conclude(book, taken)
        else:
            unprompted = eligible.only(eligible.concerned & part.by_application)
            asking = application.asking(book, unprompted, day, part, behaviour)
            application.file(book, asking, day, part, behaviour)


def in_conversation(book: Book, rows: Rows, day: int, world: World, policy: Policy) -> None:
    """Let borrowers who are spoken to apply, or take what is offered to them."""
    programme = _asked_for(policy.relief, day // MONTH)
    if not programme.instruments:
        return
    rows = rows[book.status[rows] == Status.ACTIVE]
    candidates = application.candidates(book, rows, day, programme)
    if not len(candidates.rows):
        return
    asking = application.asking(book, candidates, day, programme, world.behaviour)
    if len(asking.rows):
        overdue = days_past_due(book, asking.rows, day)
        eligible = application.eligible(book, asking, overdue, day, programme)
        application.file(book, eligible, day, programme, world.behaviour)


def withdraw_files_of_absent(book: Book, policy: Policy) -> None:
    """Withdraw pending files of instruments that the policy lacks."""
    kept = offered(policy)
    for instrument in INSTRUMENTS:
        if instrument not in kept:
            instrument.file_day(book)[:] = NEVER


def decide_files(book: Book, day: int, world: World, policy: Policy) -> None:
    """Decide the files there is time for, oldest first, one queue for all instruments."""
    relief = policy.relief
    programme = _programme(relief)
    if not programme.instruments:
        return
    rows = book.files_by(day)
    filed = programme.each(Instrument.file_day, book, rows)
    due = filed <= day
    if not due.any():
        return
    files = _served(book, Files(rows, filed, due), programme, relief.desk)
    servicing.accrue(book, files.rows, day - 1, policy.servicing)
    for instrument, granted in desk.decide(book, files, day, programme, relief.desk):
        grant(book, granted, day, instrument, relief, world.behaviour)
    servicing.conclude(book, files.rows)


def _served(book: Book, due: Files, programme: Programme, staff: Desk) -> Files:
    """Return, of the files that are due, those decided today, and book the minutes."""
    place, borrower = np.nonzero(due.decided)
    rows, minutes = due.rows[borrower], programme.minutes[place, 0]
    available = minutes_a_day(staff.reviewers, staff.minutes_per_reviewer_day, len(book.replicas))
    replica = book.replica_positions(rows)
    worked = minutes_worked(replica, minutes, available)
    if (worked > available).any():
        filed = due.filed[place, borrower]
        served = admit(replica, minutes, available, filed, book.number[rows], place)
        due.decided[place, borrower] = served
        worked = minutes_worked(replica[served], minutes[served], available)
    book.desk_minutes += worked
    return due.only_decided()
