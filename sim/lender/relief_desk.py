"""Relief: applications of those who know of it, and the desk that decides them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.book import Book, Rows, Status
from sim.clock import NEVER
from sim.rules import servicing
from sim.rules.admission import admit, minutes_a_day, minutes_worked
from sim.rules.relief import Instrument, application, desk
from sim.rules.relief.deferral import DEFERRAL
from sim.rules.relief.waiver import WAIVER
from sim.scenario.schema import Deferral, PenaltyWaiver, Policy, World


def instruments(policy: Policy) -> Iterator[tuple[Instrument, Deferral | PenaltyWaiver, int]]:
    """Yield the instruments the policy has, with their settings and the minutes a file takes."""
    relief = policy.relief
    if DEFERRAL.present(relief.deferral):
        yield DEFERRAL, relief.deferral, relief.desk.deferral_minutes
    if WAIVER.present(relief.penalty_waiver):
        yield WAIVER, relief.penalty_waiver, relief.desk.waiver_minutes


def consider(
    book: Book, rows: Rows, day: int, world: World, policy: Policy, *, due_day: bool
) -> None:
    """Let borrowers apply; on a due day also note who is eligible."""
    active = rows[book.status[rows] == Status.ACTIVE]
    for instrument, settings, _ in instruments(policy):
        application.consider(
            book, active, day, instrument, settings, world.behaviour, due_day=due_day
        )


def withdraw_files_of_absent(book: Book, policy: Policy) -> None:
    """Withdraw pending files of instruments that the policy lacks."""
    present = [instrument for instrument, _, _ in instruments(policy)]
    for instrument in (DEFERRAL, WAIVER):
        if instrument not in present:
            instrument.file_day(book)[:] = NEVER


def decide_files(book: Book, day: int, policy: Policy) -> None:
    """Decide the files there is time for, oldest first, one queue for all instruments."""
    offered = list(instruments(policy))
    waiting = [np.flatnonzero(each.file_day(book) <= day) for each, _, _ in offered]
    if not any(len(rows) for rows in waiting):
        return
    served = _served(book, waiting, offered, policy)
    for rows, (instrument, settings, _) in zip(served, offered, strict=True):
        approved = desk.decide(book, rows, day, instrument, settings, policy.relief.desk)
        granted = rows[approved]
        if instrument is WAIVER:
            servicing.accrue(book, rows, day - 1, policy.servicing)
        instrument.grant(book, granted, day, settings)
    servicing.conclude(book, np.unique(np.concatenate(served)))


def _served(
    book: Book,
    waiting: list[Rows],
    offered: list[tuple[Instrument, Deferral | PenaltyWaiver, int]],
    policy: Policy,
) -> list[Rows]:
    """Return per instrument the rows whose file is decided today, and book the minutes."""
    files = np.concatenate(waiting)
    place = np.repeat(np.arange(len(offered)), [len(rows) for rows in waiting])
    minutes = np.array([each for _, _, each in offered], dtype=np.int64)[place]
    filed = np.concatenate(
        [each.file_day(book)[rows] for rows, (each, _, _) in zip(waiting, offered, strict=True)]
    )
    staff = policy.relief.desk
    available = minutes_a_day(staff.reviewers, staff.minutes_per_reviewer_day, len(book.replicas))
    replica = book.replica_positions(files)
    decided = admit(replica, minutes, available, filed, book.number[files], place)
    book.desk_minutes += minutes_worked(replica[decided], minutes[decided], available)
    return [files[decided & (place == each)] for each in range(len(offered))]
