"""The textbook model: one SimPy process per borrower, plain integers, written from the model page.

A borrower sleeps until the next slot in which something can happen to it. Whoever wants a file
decided or is to be called queues at its replica's desk or agents, which open one step later, when
all who come are in the queue.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import simpy
from oracle_borrower import (
    ACTIVE,
    DISENGAGED,
    FORGOT,
    NONE,
    UNABLE,
    UNWILLING,
    Borrower,
    originate,
)
from oracle_branch import (
    BILLING,
    CLOSE,
    COLLECTIONS,
    OPENING,
    PAYMENTS,
    RELIEF_DESK,
    Branch,
    Happening,
    day_and_slot,
    tick,
)
from oracle_collections import collections
from oracle_loan import (
    accrue,
    bill,
    capitalise,
    charge_off,
    close_if_settled,
    live_a_month,
    pays_what_it_can,
    relevel,
)
from oracle_numbers import NEVER, daily_offset, hazard_offset
from oracle_relief import INSTRUMENTS, decide, may_apply, note_eligible, present

FIRST_CASE = 2**20


@dataclass(frozen=True)
class Snapshot:
    """The book at the close of a month's last day."""

    day: int
    rows: dict[tuple[int, int], dict[str, Any]]
    replicas: dict[int, dict[str, int]]


@dataclass(frozen=True)
class OracleRun:
    """Every month's close, burn-in included."""

    months: list[Snapshot] = field(default_factory=list)


def run(
    world: dict[str, Any],
    baseline: dict[str, Any],
    policy: dict[str, Any],
    *,
    replicas: Sequence[int] | None = None,
    cases: Sequence[dict[str, Any]] | None = None,
) -> OracleRun:
    """The whole run, burn-in under the baseline, then the policy."""
    env = simpy.Environment(initial_time=tick(-30 * world["burn_in_months"], OPENING) - 1)
    people: dict[int, list[Borrower]] = {}
    if cases is not None:
        for place, case in enumerate(cases):
            replica = FIRST_CASE + place
            people[replica] = [originate(world, baseline, replica, 0, case)]
    else:
        for replica in range(world["replicas"]) if replicas is None else replicas:
            numbers = range(world["borrowers"])
            people[replica] = [originate(world, baseline, replica, n) for n in numbers]

    branches = {replica: Branch(env, baseline, policy) for replica in people}
    for replica, borrowers in people.items():
        for borrower in borrowers:
            env.process(life(env, borrower, branches[replica]))
    result = OracleRun()
    env.process(bookkeeper(env, world, people, branches, result))
    env.run(until=tick(30 * world["months"], OPENING))
    return result


def bookkeeper(
    env: simpy.Environment,
    world: dict[str, Any],
    people: dict[int, list[Borrower]],
    branches: dict[int, Branch],
    result: OracleRun,
) -> Happening:
    """Each month's close is written down."""
    for month in range(-world["burn_in_months"], world["months"]):
        day = 30 * month + 29
        yield env.timeout(tick(day, CLOSE, 1) - env.now)
        rows = {
            (replica, b.number): b.row() for replica, borrowers in people.items() for b in borrowers
        }
        minutes = {
            replica: {"desk_minutes": branch.desk_minutes, "call_minutes": branch.call_minutes}
            for replica, branch in branches.items()
        }
        result.months.append(Snapshot(day, rows, minutes))


def life(env: simpy.Environment, b: Borrower, branch: Branch) -> Happening:
    """The borrower's run: from one slot that concerns it to the next."""
    now = day_and_slot(env.now)
    while stop := min(_stops(b, now), default=None):
        day, slot = now = stop
        yield env.timeout(tick(day, slot) - env.now)
        if slot == OPENING:
            opening(b, branch.policy)
        elif slot == BILLING:
            billing(b, day)
        elif slot == PAYMENTS:
            payments(b, day)
        elif slot == RELIEF_DESK:
            yield from relief_desk(b, branch, day)
        elif slot == COLLECTIONS:
            yield from collections(env, b, branch, day)
        elif slot == CLOSE:
            close(b, day)


def _stops(b: Borrower, now: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """The days and slots after now at which, as things stand, something may happen."""
    today, slot_now = now

    def first_day_of(slot: int) -> int:
        return today if slot > slot_now else today + 1

    if now < (0, OPENING):
        yield 0, OPENING
    grace_ends = (b.last_billed_due_day + b.policy["servicing"]["grace_days"], CLOSE)
    if b.was_current and grace_ends > now:
        yield grace_ends
    if b.status != ACTIVE:
        return
    for slot in (BILLING, CLOSE):
        yield b.due_on_or_after(first_day_of(slot)), slot
    if b.next_payment_day != NEVER:
        yield max(b.next_payment_day, first_day_of(PAYMENTS)), PAYMENTS
    for file_day in (b.deferral_file_day, b.waiver_file_day):
        if file_day != NEVER:
            yield max(file_day, first_day_of(RELIEF_DESK)), RELIEF_DESK
    if b.arrears > 0:
        day = first_day_of(COLLECTIONS)
        if b.policy["collections"]["intensity"] > 0 and not b.deferral_granted(day):
            yield max(b.oldest_due_day + 1, day), COLLECTIONS
        day = first_day_of(CLOSE)
        yield day + 29 - day % 30, CLOSE


def opening(b: Borrower, policy: dict[str, Any]) -> None:
    """The policy under study has taken over and the borrowers at risk are known (section 9)."""
    b.policy = policy
    b.at_risk = b.status == ACTIVE and b.days_past_due(-1) < 90
    if b.at_risk:
        b.default_day = NEVER
    for instrument in INSTRUMENTS:
        setattr(b, f"{instrument}_eligible", False)
        if not present(policy, instrument):
            setattr(b, f"{instrument}_file_day", NEVER)


def billing(b: Borrower, due: int) -> None:
    """The due day's BILLING (section 5)."""
    accrue(b, due - 1)
    live_a_month(b, due)
    if b.newly_late and b.arrears == 0:
        b.cures += 1
    b.newly_late = False
    if b.deferral_in_force(due):
        capitalise(b)
        b.why_missed = NONE
        b.next_payment_day = NEVER
        b.was_current = False
    else:
        if due == b.deferral_until_day:
            relevel(b)
        b.was_current = b.arrears == 0 and b.billed_instalments < b.term_months
        bill(b, due)
        _pay_on_the_due_date(b, due)
        _may_disengage(b, due)
    if b.status == ACTIVE:
        note_eligible(b, due)
        may_apply(b, due)
    b.savings = min(b.savings, b.buffer)


def _pay_on_the_due_date(b: Borrower, due: int) -> None:
    behaviour = b.world["behaviour"]
    b.why_missed = NONE
    b.next_payment_day = NEVER
    if b.owed == 0:
        close_if_settled(b)
    elif b.disengaged(due):
        b.why_missed = DISENGAGED
    elif b.luck("FORGETTING", due) < b.forgetting_probability:
        b.why_missed = FORGOT
        days = daily_offset(behaviour["remembering_per_day"], b.luck("REMEMBERING", due))
        if days < 29:
            b.next_payment_day = due + 1 + days
    elif b.opportunist and b.luck("SKIPPING", due) < behaviour["skipping"]:
        b.why_missed = UNWILLING
    else:
        pays_what_it_can(b, due)


def _may_disengage(b: Borrower, due: int) -> None:
    if b.arrears == 0 or b.why_missed not in (UNABLE, UNWILLING) or b.disengage_day != NEVER:
        return
    nth = {1: "first", 2: "second"}.get(b.unpaid_instalments, "later")
    gain = b.world["strain"]["disengagement_gain"]
    u = b.luck("DISENGAGEMENT", due) / (1 + gain * b.strain_now(due))
    days = hazard_offset(b.world["behaviour"][f"disengagement_{nth}"], u)
    if days < 30:
        b.disengage_day = due + 1 + days


def payments(b: Borrower, day: int) -> None:
    """Who remembered or reconsidered has paid what it can."""
    if b.disengaged(day):
        b.next_payment_day = NEVER
    else:
        pays_what_it_can(b, day)


def relief_desk(b: Borrower, branch: Branch, day: int) -> Happening:
    """The files of the borrower that come to their turn today are decided."""
    desk = b.policy["relief"]["desk"]
    waiting = []
    for place, instrument in enumerate(INSTRUMENTS, start=1):
        file_day = getattr(b, f"{instrument}_file_day")
        if file_day <= day:
            order = (file_day, b.number, place)
            waiting.append((order, branch.hand_in(order, desk[f"{instrument}_minutes"])))
    for (_, _, place), admitted in sorted(waiting, key=lambda file: file[0]):
        if (yield admitted):
            decide(b, INSTRUMENTS[place - 1], day)
    close_if_settled(b)


def close(b: Borrower, day: int) -> None:
    """The day's ageing, the count at the end of grace and the month's end (section 8)."""
    if b.status == ACTIVE and b.is_due(day):
        if b.was_current and b.arrears > 0:
            b.late_starts += 1
            b.newly_late = True
        if b.days_past_due(day) >= 90 and b.default_day == NEVER:
            b.default_day = day
        overdue = b.days_past_due(day) >= b.policy["servicing"]["charge_off_dpd"]
        if overdue and not b.deferral_granted(day):
            charge_off(b, day)
    if b.was_current and b.last_billed_due_day == day - b.policy["servicing"]["grace_days"]:
        b.due_dates += 1
        b.misses += b.arrears > 0
    if b.status == ACTIVE and (day + 1) % 30 == 0 and b.arrears > 0:
        accrue(b, day)
