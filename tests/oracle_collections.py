"""The oracle's collections: messages, then rounds of calls (model page, section 7)."""

from __future__ import annotations

import math

import simpy
from oracle_borrower import ACTIVE, FORGOT, UNABLE, UNWILLING, Borrower
from oracle_branch import COLLECTIONS, Branch, Happening, tick
from oracle_loan import pays_what_it_can, reconsiders_on
from oracle_numbers import NEVER, cooperation
from oracle_relief import INSTRUMENTS, may_apply, present


def workable(b: Borrower, day: int) -> bool:
    """Whether collections may turn to the borrower."""
    return (
        b.status == ACTIVE
        and b.days_past_due(day) >= 1
        and b.owed > 0
        and not b.deferral_granted(day)
    )


def attempt_chance(wanted: float, ordinal: int) -> float:
    """The chance of the attempt of this ordinal where so many are wanted in the mean."""
    return min(1, max(0, wanted - (ordinal - 1)))


def collections(env: simpy.Environment, b: Borrower, branch: Branch, day: int) -> Happening:
    """Messages, then rounds of calls (section 7)."""
    if not workable(b, day):
        return
    ladder = b.policy["collections"]
    call = ladder["call"]
    rounds = range(1, math.ceil(ladder["intensity"]) + 1)
    if b.days_past_due(day) in ladder["message"]["dpd"]:
        messages(b, day, rounds, ladder["intensity"])
    busiest = ladder["intensity"] * max(call["early_rate"], call["late_rate"])
    for j in range(1, math.ceil(busiest) + 1):
        yield env.timeout(tick(day, COLLECTIONS, 2 * j) - env.now)
        if not workable(b, day) or b.days_past_due(day) < call["opens_dpd"]:
            return
        early = b.days_past_due(day) <= call["early_until_dpd"]
        wanted = ladder["intensity"] * call["early_rate" if early else "late_rate"]
        if not b.luck("CALL_ATTEMPTED", day, j) < attempt_chance(wanted, j):
            continue
        priority = {
            "oldest": -b.days_past_due(day),
            "newest": b.days_past_due(day),
            "largest": -b.owed,
        }[ladder["priority"]]
        if not (yield branch.ask_for_call((priority, b.number), call["minutes"])):
            return
        b.calls_attempted += 1
        reach = b.world["contact"]["reach_early" if early else "reach_late"]
        if b.luck("CALL_CONNECTS", day, j) < reach * b.reachability:
            conversation(b, day, early)
            return


def messages(b: Borrower, day: int, rounds: range, intensity: float) -> None:
    """Today's messages are sent; a forgetful borrower may have paid upon one."""
    for j in rounds:
        if not b.luck("MESSAGE_SENT", day, j) < attempt_chance(intensity, j):
            continue
        b.messages_sent += 1
        b.add_strain(b.world["strain"]["per_message"], day)
        works = b.luck("MESSAGE_WORKS", day, j) < b.world["contact"]["message_works"]
        if b.why_missed == FORGOT and works:
            pays_what_it_can(b, day)
            if b.arrears == 0:
                return


def conversation(b: Borrower, day: int, early: bool) -> None:
    """The borrower has been spoken to."""
    contact = b.world["contact"]
    cooperates = cooperation(b.world["strain"]["cooperation_loss"], b.strain_now(day))
    b.calls_connected += 1
    b.last_connected_day = day
    engaged = True
    if b.disengaged(day):
        engaged = b.luck("REENGAGED", day) < contact["reengaged"] * cooperates
        if engaged:
            b.disengage_day = NEVER
            b.why_missed = UNABLE
            b.next_payment_day = reconsiders_on(b, day)
    if engaged:
        if _will_pay_now(b, day, early, cooperates):
            pays_what_it_can(b, day)
        if any(present(b.policy, instrument) for instrument in INSTRUMENTS):
            if b.luck("INFORMED", day) < contact["informs"]:
                b.aware = True
            may_apply(b, day)
    b.add_strain(b.world["strain"]["per_call"], day)


def _will_pay_now(b: Borrower, day: int, early: bool, cooperates: float) -> bool:
    contact = b.world["contact"]
    if b.why_missed == FORGOT:
        return True
    if b.why_missed == UNWILLING:
        return b.luck("PERSUADED", day) < contact["persuaded"] * cooperates
    pays = contact["pays_early" if early else "pays_late"]
    return b.luck("COOPERATES", day) < pays * cooperates
