"""Collections: messages first, then rounds of calls as far as the agents' minutes go."""

from __future__ import annotations

import numpy as np

from sim.book import Book, Int64, Mask, Rows, WhyMissed
from sim.clock import NEVER
from sim.facts import arrears, days_past_due, deferral_granted, disengaged, owed
from sim.lender import payment, relief_desk
from sim.rules import paying, strain
from sim.rules.admission import admit, minutes_a_day, rank
from sim.rules.ladder import calls, messages, rounds
from sim.scenario.schema import Policy, World


def work(book: Book, day: int, world: World, policy: Policy) -> None:
    """Run the day's messages and calls."""
    if policy.collections.intensity == 0:
        return
    _send_messages(book, _workable(book, day), day, world, policy)
    _make_calls(book, _workable(book, day), day, world, policy)


def _workable(book: Book, day: int) -> Rows:
    """Return who is past due and not promised a deferral."""
    late = book.active_rows((book.arrears_principal > 0) | (book.arrears_interest > 0))
    workable: Rows = late[
        (days_past_due(book, late, day) >= 1) & ~deferral_granted(book, late, day)
    ]
    return workable


def _send_messages(book: Book, rows: Rows, day: int, world: World, policy: Policy) -> None:
    on_day = np.isin(days_past_due(book, rows, day), policy.collections.message.dpd)
    rows = rows[on_day]
    for ordinal in rounds(policy.collections.intensity):
        rows = rows[arrears(book, rows) > 0]
        sent = messages.send(book, rows, day, ordinal, policy.collections)
        strain.add_strain(book, sent, day, world.strain.per_message, world.strain)
        reminded = sent[messages.reminds(book, sent, day, ordinal, world.contact)]
        payment.of_what_they_can(book, reminded, day, world, policy)


def _make_calls(book: Book, rows: Rows, day: int, world: World, policy: Policy) -> None:
    collections = policy.collections
    minutes_left = minutes_a_day(
        collections.agents, collections.minutes_per_agent_day, len(book.replicas)
    )
    for ordinal in rounds(collections.intensity):
        overdue = days_past_due(book, rows, day)
        callable_today = (overdue >= collections.call.opens_dpd) & (
            book.last_connected_day[rows] != day
        )
        rows, overdue = rows[callable_today], overdue[callable_today]
        wanted = calls.due_for_attempt(book, rows, overdue, day, ordinal, collections)
        tried, overdue = rows[wanted], overdue[wanted]
        served = _served(book, tried, overdue, minutes_left, policy)
        tried, overdue = tried[served], overdue[served]
        early = overdue <= collections.call.early_until_dpd
        reached = calls.connects(book, tried, early, day, ordinal, world.contact)
        _converse(book, tried[reached], early[reached], day, world, policy)


def _served(book: Book, rows: Rows, overdue: Int64, minutes_left: Int64, policy: Policy) -> Mask:
    """Return whose attempt the agents get to, and take their minutes."""
    collections = policy.collections
    replica = book.replica_positions(rows)
    priority = calls.priority(overdue, owed(book, rows), collections)
    order = rank(priority, book.number[rows].astype(np.int64))
    minutes = np.full(len(rows), collections.call.minutes, dtype=np.int64)
    served = admit(replica, order, minutes, minutes_left)
    worked = np.bincount(replica[served], minlength=len(minutes_left)) * collections.call.minutes
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
