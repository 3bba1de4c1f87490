"""Collections: messages first, then rounds of calls as far as the agents' minutes go."""

from __future__ import annotations

import numpy as np

from sim.book import Book, Int64, Mask, Rows, WhyMissed
from sim.clock import NEVER
from sim.facts import (
    arrears,
    days_past_due,
    deferral_granted,
    disengaged,
    late_rows,
    owed,
)
from sim.lender import payment, relief_desk
from sim.rules import paying, strain
from sim.rules.admission import admit, minutes_a_day, minutes_worked
from sim.rules.ladder import calls, messages, rounds
from sim.scenario.schema import Policy, World


def work(book: Book, day: int, world: World, policy: Policy) -> None:
    """Run the day's messages and calls."""
    if policy.collections.intensity == 0:
        return
    rows = late_rows(book)
    rows = rows[~deferral_granted(book, rows, day)]
    overdue = days_past_due(book, rows, day)
    reminded = _send_messages(book, rows, overdue, day, world, policy)
    if len(reminded):
        rows = rows[arrears(book, rows) > 0]
        overdue = days_past_due(book, rows, day)
    _make_calls(book, rows, overdue, day, world, policy)


def _send_messages(
    book: Book, rows: Rows, overdue: Int64, day: int, world: World, policy: Policy
) -> Rows:
    """Send the day's messages; return whom they made remember."""
    rows = rows[messages.due(overdue, policy.collections)]
    remembered = []
    for ordinal in rounds(policy.collections.intensity):
        rows = rows[arrears(book, rows) > 0]
        sent = messages.send(book, rows, day, ordinal, policy.collections)
        strain.add_strain(book, sent, day, world.strain.per_message, world.strain)
        reminded = sent[messages.reminds(book, sent, day, ordinal, world.contact)]
        payment.of_what_they_can(book, reminded, day, world, policy)
        remembered.append(reminded)
    return np.concatenate(remembered)


def _make_calls(
    book: Book, rows: Rows, overdue: Int64, day: int, world: World, policy: Policy
) -> None:
    """Call in rounds; whoever has been reached is not called again on the day."""
    collections = policy.collections
    minutes_left = minutes_a_day(
        collections.agents, collections.minutes_per_agent_day, len(book.replicas)
    )
    opened = overdue >= collections.call.opens_dpd
    rows, overdue = rows[opened], overdue[opened]
    busiest = max(collections.call.early_rate, collections.call.late_rate)
    for ordinal in rounds(collections.intensity * busiest):
        wanted = calls.due(book, rows, overdue, day, ordinal, collections)
        tried, tried_overdue = rows[wanted], overdue[wanted]
        served = _served(book, tried, tried_overdue, minutes_left, policy)
        tried, tried_overdue = tried[served], tried_overdue[served]
        early = tried_overdue <= collections.call.early_until_dpd
        reached = calls.connects(book, tried, early, day, ordinal, world.contact)
        _converse(book, tried[reached], early[reached], day, world, policy)
        unreached = book.last_connected_day[rows] != day
        rows, overdue = rows[unreached], overdue[unreached]


def _served(book: Book, rows: Rows, overdue: Int64, minutes_left: Int64, policy: Policy) -> Mask:
    """Return whose attempt the agents get to, and take their minutes."""
    collections = policy.collections
    replica = book.replica_positions(rows)
    minutes = np.full(len(rows), collections.call.minutes, dtype=np.int64)
    served = np.ones(len(rows), dtype=np.bool_)
    worked = minutes_worked(replica, minutes, minutes_left)
    if (worked > minutes_left).any():
        priority = calls.priority(overdue, owed(book, rows), collections)
        served = admit(replica, minutes, minutes_left, priority, book.number[rows])
        worked = minutes_worked(replica[served], minutes[served], minutes_left)
    minutes_left -= worked
    book.call_minutes += worked
    return served


def _converse(book: Book, rows: Rows, early: Mask, day: int, world: World, policy: Policy) -> None:
    """Speak to borrowers: they may come back, pay, hear of relief; all of them are strained."""
    willingness = strain.cooperation(book, rows, day, world.strain)
    away = disengaged(book, rows, day)
    back = away & calls.reengages(book, rows, day, willingness, world.contact)
    returned = rows[back]
    book.disengage_day[returned] = NEVER
    book.why_missed[returned] = WhyMissed.UNABLE
    paying.schedule_reconsidering(book, returned, day, world.behaviour)

    here = ~away | back
    pays = here & calls.will_pay(book, rows, early, day, willingness, world.contact)
    payment.of_what_they_can(book, rows[pays], day, world, policy)
    if any(relief_desk.instruments(policy)):
        calls.inform(book, rows[here], day, world.contact)
        relief_desk.consider(book, rows[here], day, world, policy, due_day=False)
    strain.add_strain(book, rows, day, world.strain.per_call, world.strain)
