"""Relief: who is told of it, who applies, and the desk that decides."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from sim.book import Book, Rows, Status
from sim.clock import NEVER
from sim.rules import servicing
from sim.rules.admission import admit, minutes_a_day, minutes_worked
from sim.rules.relief import Instrument, application, desk
from sim.rules.relief.arrangement import ARRANGEMENT
from sim.rules.relief.deferral import DEFERRAL
from sim.rules.relief.extension import EXTENSION
from sim.rules.relief.granting import grant
from sim.rules.relief.outreach import reach_out
from sim.rules.relief.reduction import REDUCTION
from sim.rules.relief.settlement import SETTLEMENT
from sim.rules.relief.waiver import WAIVER
from sim.scenario.schema import Policy, World

INSTRUMENTS: Final = (DEFERRAL, WAIVER, REDUCTION, EXTENSION, ARRANGEMENT, SETTLEMENT)
"""In the order in which they are considered, and in which files of one day are decided."""


def offered(policy: Policy) -> Iterator[Instrument]:
    """Yield the instruments that the policy has."""
    for instrument in INSTRUMENTS:
        if instrument.present(instrument.settings(policy.relief)):
            yield instrument


def present(policy: Policy) -> bool:
    """Return whether the policy has any relief."""
    return any(True for _ in offered(policy))


def on_due_day(book: Book, rows: Rows, day: int, world: World, policy: Policy) -> None:
    """Tell of relief, note who is eligible, grant what is universal, take applications."""
    instruments = list(offered(policy))
    if not instruments:
        return
    relief, behaviour = policy.relief, world.behaviour
    rows = rows[book.status[rows] == Status.ACTIVE]
    reach_out(book, rows, day, relief.outreach)
    asked = application.concerned(book, rows, day, instruments, relief, behaviour)
    for instrument, offer, those in asked:
        entitled = application.eligible(book, those, day, instrument, offer)
        if offer.offer == "universal":
            taken = application.universally_granted(book, entitled, instrument)
            grant(book, taken, day, instrument, relief, behaviour)
            servicing.conclude(book, taken)
        elif offer.offer == "opt_in":
            application.apply(book, those, day, instrument, offer, behaviour)


def in_conversation(book: Book, rows: Rows, day: int, world: World, policy: Policy) -> None:
    """Let borrowers who are spoken to apply, or take what is offered to them."""
    instruments = list(offered(policy))
    rows = rows[book.status[rows] == Status.ACTIVE]
    asked = application.concerned(book, rows, day, instruments, policy.relief, world.behaviour)
    for instrument, offer, those in asked:
        if offer.offer != "universal":
            application.apply(book, those, day, instrument, offer, world.behaviour)


def withdraw_files_of_absent(book: Book, policy: Policy) -> None:
    """Withdraw pending files of instruments that the policy lacks."""
    kept = list(offered(policy))
    for instrument in INSTRUMENTS:
        if instrument not in kept:
            instrument.file_day(book)[:] = NEVER


def decide_files(book: Book, day: int, world: World, policy: Policy) -> None:
    """Decide the files there is time for, oldest first, one queue for all instruments."""
    waiting = {
        instrument: np.flatnonzero(file_day <= day)
        for instrument in offered(policy)
        if (file_day := instrument.file_day(book)).min() <= day
    }
    if not waiting:
        return
    served = _served(book, waiting, policy)
    everybody = np.unique(np.concatenate(served))
    servicing.accrue(book, everybody, day - 1, policy.servicing)
    for rows, instrument in zip(served, waiting, strict=True):
        offer = instrument.settings(policy.relief)
        approved = desk.decide(book, rows, day, instrument, offer, policy.relief.desk)
        grant(book, rows[approved], day, instrument, policy.relief, world.behaviour)
    servicing.conclude(book, everybody)


def _served(book: Book, waiting: dict[Instrument, Rows], policy: Policy) -> list[Rows]:
    """Return per instrument the rows whose file is decided today, and book the minutes."""
    files = np.concatenate(list(waiting.values()))
    place = np.repeat(np.arange(len(waiting)), [len(rows) for rows in waiting.values()])
    each_takes = [instrument.settings(policy.relief).minutes for instrument in waiting]
    minutes = np.array(each_takes, dtype=np.int64)[place]
    staff = policy.relief.desk
    available = minutes_a_day(staff.reviewers, staff.minutes_per_reviewer_day, len(book.replicas))
    replica = book.replica_positions(files)
    worked = minutes_worked(replica, minutes, available)
    decided = np.ones(len(files), dtype=np.bool_)
    if (worked > available).any():
        filed = [instrument.file_day(book)[rows] for instrument, rows in waiting.items()]
        decided = admit(
            replica, minutes, available, np.concatenate(filed), book.number[files], place
        )
        worked = minutes_worked(replica[decided], minutes[decided], available)
    book.desk_minutes += worked
    return [files[decided & (place == each)] for each in range(len(waiting))]
