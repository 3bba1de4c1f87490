"""The textbook model: one SimPy process per borrower, plain integers, written from the model page.

A borrower sleeps until the next slot in which something can happen to it. Whoever wants a file
decided, is to be called, visited or heard in court queues for it at its replica's branch; the
queue opens one step later, when all who come are in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import simpy
from oracle_billing import billing
from oracle_borrower import Borrower
from oracle_branch import (
    BILLING,
    CLOSE,
    COLLECTIONS,
    COURT,
    OPENING,
    PAYMENTS,
    RELIEF_DESK,
    SHOCKS,
    Branch,
    Happening,
    day_and_slot,
    tick,
)
from oracle_collections import collections, left_alone, next_contact_day
from oracle_columns import ACTIVE
from oracle_court import comes_to_court, court
from oracle_economy import shock_days, shocks
from oracle_grant import terms_of
from oracle_household import MET_DISASTER, MET_ILLNESS, MET_JOB_LOSS
from oracle_loan import INSTRUMENTS, accrue, charge_off, close_if_settled
from oracle_numbers import NEVER
from oracle_origination import originate
from oracle_payment import payments
from oracle_recovery import may_bring_something, recovery
from oracle_relief import decide, present

FIRST_CASE = 2**20


@dataclass(frozen=True)
class Snapshot:
    """The book at the close of a month's last day."""

    day: int
    rows: dict[tuple[int, int], dict[str, Any]]
    replicas: dict[int, dict[str, int]]


@dataclass(frozen=True)
class OracleRun:
    """Every month's close, burn-in included, and what anybody's columns do not tell."""

    months: list[Snapshot] = field(default_factory=list)
    noted: set[str] = field(default_factory=set)


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
        lent = world["borrowers"] + world["new_loans_per_month"] * world["months"]
        for replica in range(world["replicas"]) if replicas is None else replicas:
            people[replica] = [originate(world, baseline, replica, n) for n in range(lent)]

    branches = {replica: Branch(env, world, baseline, policy) for replica in people}
    for replica, borrowers in people.items():
        for borrower in borrowers:
            env.process(life(env, borrower, branches[replica]))
    result = OracleRun()
    env.process(bookkeeper(env, world, people, branches, result))
    env.run(until=tick(30 * world["months"], OPENING))
    for borrowers in people.values():
        result.noted.update(*(b.noted for b in borrowers))
    return result


def bookkeeper(
    env: simpy.Environment,
    world: dict[str, Any],
    people: dict[int, list[Borrower]],
    branches: dict[int, Branch],
    result: OracleRun,
) -> Happening:
    """At each month's close everybody's bucket is noted and the book written down."""
    for month in range(-world["burn_in_months"], world["months"]):
        day = 30 * month + 29
        yield env.timeout(tick(day, CLOSE, 1) - env.now)
        rows = {}
        for replica, borrowers in people.items():
            for b in borrowers:
                b.bucket = bucket(b, day)
                rows[replica, b.number] = b.row()
        minutes = {replica: branch.minutes() for replica, branch in branches.items()}
        result.months.append(Snapshot(day, rows, minutes))


def bucket(b: Borrower, day: int) -> int:
    """0, 1-29, 30-59, 60-89, 90-119, 120 and more days past due; -1 if no longer active."""
    if b.status != ACTIVE:
        return -1
    days = b.days_past_due(day)
    return min(5, days // 30 + 1) if days > 0 else 0


def life(env: simpy.Environment, b: Borrower, branch: Branch) -> Happening:
    """The borrower's run: from one slot that concerns it to the next."""
    now = day_and_slot(env.now)
    while stop := min(_stops(b, now), default=None):
        day, slot = now = stop
        yield env.timeout(tick(day, slot) - env.now)
        if slot == OPENING:
            opening(b, branch.policy)
        elif slot == SHOCKS:
            shocks(b, day)
        elif slot == BILLING:
            billing(b, day) if b.status == ACTIVE else recovery(b, day)
        elif slot == PAYMENTS:
            payments(b, day)
        elif slot == RELIEF_DESK:
            yield from relief_desk(b, branch, day)
        elif slot == COLLECTIONS:
            yield from collections(env, b, branch, day)
        elif slot == COURT:
            yield from court(b, branch, day)
        elif slot == CLOSE:
            close(b, day)


def _stops(b: Borrower, now: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """The days and slots after now at which, as things stand, something may happen."""
    today, slot_now = now

    def first_day_of(slot: int) -> int:
        return today if slot > slot_now else today + 1

    def next_due(slot: int) -> tuple[int, int]:
        return b.due_on_or_after(first_day_of(slot)), slot

    if now < (0, OPENING):
        yield 0, OPENING
    if b.was_current:
        grace_ends = (b.last_billed_due_day + b.policy["servicing"]["grace_days"], CLOSE)
        if grace_ends > now:
            yield grace_ends
    if b.hearing_day != NEVER:
        yield max(b.hearing_day, first_day_of(COURT)), COURT
    elif comes_to_court(b):
        yield next_due(COURT)
    if b.status == ACTIVE or may_bring_something(b):
        yield next_due(BILLING)
    if b.arrears > 0 or b.written_off_and_not_recovered > 0:
        day = first_day_of(CLOSE)
        yield day + 29 - day % 30, CLOSE
    if b.status != ACTIVE:
        return
    for day in shock_days(b):
        if (day, SHOCKS) > now:
            yield day, SHOCKS
    if b.next_payment_day != NEVER:
        yield b.next_payment_day, PAYMENTS
    for instrument in INSTRUMENTS:
        file_day = getattr(b, f"{instrument}_file_day")
        if file_day != NEVER:
            yield max(file_day, first_day_of(RELIEF_DESK)), RELIEF_DESK
    if b.arrears > 0:
        yield next_due(CLOSE)
        day = first_day_of(COLLECTIONS)
        if b.policy["collections"]["intensity"] > 0 and not left_alone(b, day):
            yield next_contact_day(b, day), COLLECTIONS


def opening(b: Borrower, policy: dict[str, Any]) -> None:
    """The policy under study has taken over and the borrowers at risk are known (section 12)."""
    b.policy = policy
    lent = b.first_due_day < 30
    b.at_risk = b.status == ACTIVE and lent and b.days_past_due(-1) < 90
    if b.at_risk:
        b.default_day = NEVER
    b.default_after_misfortune = False
    b.shocks_met = under_way(b, 0)
    if b.shocks_met:
        b.noted.add("measured: a misfortune under way on day 0")
    b.late_before = b.late_starts
    for instrument in INSTRUMENTS:
        setattr(b, f"{instrument}_eligible", False)
        setattr(b, f"{instrument}_taken", False)
        if not present(policy, instrument):
            setattr(b, f"{instrument}_file_day", NEVER)


def under_way(b: Borrower, day: int) -> int:
    """The misfortunes that an active borrower is under, summed as in ``shocks_met``."""
    if b.status != ACTIVE:
        return 0
    met = 0 if b.employed(day) else MET_JOB_LOSS
    met += MET_ILLNESS if b.ill(day) else 0
    return met + (MET_DISASTER if b.struck(day) else 0)


def relief_desk(b: Borrower, branch: Branch, day: int) -> Happening:
    """The files of the borrower that come to their turn today are decided (section 7)."""
    waiting = []
    for number, instrument in enumerate(INSTRUMENTS, start=1):
        file_day = getattr(b, f"{instrument}_file_day")
        if file_day <= day:
            minutes = terms_of(b.policy, instrument)["minutes"]
            waiting.append((instrument, branch.desk.join((file_day, b.number, number), minutes)))
    for instrument, admitted in waiting:
        if (yield admitted):
            decide(b, instrument, day)
    close_if_settled(b)


def close(b: Borrower, day: int) -> None:
    """The day's ageing, the count at the end of grace and the month's end (section 10)."""
    if b.status == ACTIVE and b.is_due(day):
        _age(b, day)
    if b.was_current and b.last_billed_due_day == day - b.policy["servicing"]["grace_days"]:
        b.due_dates += 1
        b.misses += b.arrears > 0
    if (day + 1) % 30 == 0:
        _end_a_month(b, day)


def _end_a_month(b: Borrower, day: int) -> None:
    if b.status == ACTIVE and b.arrears > 0:
        accrue(b, day)
        b.months_in_arrears += 1
        reported = b.days_past_due(day) >= b.policy["servicing"]["bureau_dpd"]
        if reported and not b.deferral_in_force(day):
            b.adverse_marks += 1
    if b.written_off_and_not_recovered > 0:
        b.months_in_arrears += 1
        b.adverse_marks += 1
        b.noted.add(f"late: marked when {'sold' if b.sold else 'charged off'}")


def _age(b: Borrower, day: int) -> None:
    if b.was_current and b.arrears > 0:
        b.late_starts += 1
        b.newly_late = True
    if b.days_past_due(day) >= 90 and b.default_day == NEVER:
        b.default_day = day
        recent = 0 <= day - b.misfortune_day <= 240
        b.default_after_misfortune = b.in_misfortune(day) or recent
    relieved = b.deferral_granted(day) or b.arrangement_in_force(day) or b.settlement_open(day)
    if b.days_past_due(day) >= b.policy["servicing"]["charge_off_dpd"] and not relieved:
        charge_off(b, day)
