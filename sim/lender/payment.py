"""A borrower who means to pay brings what it can."""

from __future__ import annotations

import numpy as np

from sim.book import Book, Int64, Mask, Rows, WhyMissed
from sim.clock import NEVER
from sim.facts import (
    balance,
    cash,
    conditional_waiver_open,
    disengaged,
    is_late,
    least_payment,
    settlement_open,
)
from sim.money import share_of
from sim.rules import household, means, paying, servicing
from sim.scenario.schema import Policy, World
from sim.waterfall import PENALTY


def of_what_they_can(
    book: Book,
    rows: Rows,
    day: int,
    world: World,
    policy: Policy,
    squeezing: Mask | None = None,
) -> Int64:
    """Let ``rows`` pay all, part or nothing of what is owed; return what each paid, money.

    Who stays short looks again on a later day. ``squeezing`` marks who cuts essentials to pay.
    """
    amount = np.zeros(len(rows), dtype=np.int64)
    if not len(rows):
        return amount
    servicing.accrue(book, rows, day - 1, policy.servicing)
    book.promise_day[rows] = NEVER
    may_settle = settlement_open(book, rows, day)
    if not may_settle.any():
        return _pay(book, rows, day, world, policy, squeezing)
    amount[may_settle] = _settle(book, rows[may_settle], day, world)
    rest = amount == 0
    squeezing = None if squeezing is None else squeezing[rest]
    amount[rest] = _pay(book, rows[rest], day, world, policy, squeezing)
    return amount


def _pay(
    book: Book, rows: Rows, day: int, world: World, policy: Policy, squeezing: Mask | None
) -> Int64:
    due = servicing.due(book, rows)
    need: Int64 = due.sum(axis=0)
    offered = conditional_waiver_open(book, rows, day).nonzero()[0]
    if len(offered):
        spared = share_of(
            due[PENALTY, offered], book.waiver_offer_bp[rows[offered]].astype(np.int64)
        )
        need[offered] -= spared
    raised = means.raised_for(book, rows, day, need, squeezing, world.contact)
    total = raised.total
    in_full = total >= need
    amount: Int64 = need.copy()
    less = (~in_full).nonzero()[0]
    enough = total[less] >= least_payment(book, rows[less], world.behaviour.partial_share)
    amount[less] = total[less] * enough
    if len(offered):
        earning = in_full[offered]
        earned, forgiven = offered[earning], spared[earning]
        _earn_waiver(book, rows[earned], forgiven)
        due[PENALTY, earned] -= forgiven
    servicing.pay(book, rows, amount, due, day, policy.servicing)
    household.spend(book, rows, means.use(book, rows, amount, raised), day)
    short = rows[is_late(book, rows)]
    book.why_missed[short] = WhyMissed.UNABLE
    paying.schedule_reconsidering(book, short, day, world.behaviour, policy.servicing)
    servicing.conclude_paid(book, rows[in_full])
    return amount


def _settle(book: Book, rows: Rows, day: int, world: World) -> Int64:
    """Settle the loans of those who can raise the sum agreed; return what each paid, money."""
    own = cash(book, rows, day)
    agreed = np.minimum(book.settlement_amount[rows], balance(book, rows))
    can = own + means.help_of_others(book, rows, world.behaviour) >= agreed
    household.spend(book, rows[can], np.minimum(own, agreed)[can], day)
    servicing.settle(book, rows[can], agreed[can], day)
    return np.where(can, agreed, 0)


def _earn_waiver(book: Book, rows: Rows, forgiven: Int64) -> None:
    """Forgive the penalty of those who pay all the rest under a conditional waiver."""
    servicing.forgive_penalty(book, rows, forgiven)
    book.waivers_kept[rows] += np.int16(1)
    book.waiver_until_day[rows] = NEVER


def of_those_due_today(book: Book, day: int, world: World, policy: Policy) -> None:
    """Take what those bring who remember, reconsider or promised for today, if still engaged."""
    rows = np.flatnonzero(book.next_payment_day == day)
    if not len(rows):
        return
    away = disengaged(book, rows, day)
    book.next_payment_day[rows[away]] = NEVER
    book.promise_day[rows[away]] = NEVER
    rows = rows[~away]

    promised = book.promise_day[rows] == day
    comes = np.zeros(len(rows), dtype=np.bool_)
    comes[promised] = paying.keeps_promise(book, rows[promised], day, world.contact)
    unasked = ~promised
    comes[unasked] = paying.looks_again(book, rows[unasked], day, world.behaviour, policy.servicing)
    stays_away = rows[~comes]
    book.promise_day[stays_away] = NEVER
    paying.schedule_reconsidering(book, stays_away, day, world.behaviour, policy.servicing)
    promised, rows = promised[comes], rows[comes]
    paid = of_what_they_can(book, rows, day, world, policy)
    book.promises_kept[rows] += promised & (paid > 0)
