"""The oracle's collections: messages, calls, visits, notices (model page, section 8)."""

from __future__ import annotations

import math
from typing import Any

import simpy
from oracle_borrower import Borrower
from oracle_branch import COLLECTIONS, NOTICES, VISITS, Branch, Happening, tick
from oracle_columns import ACTIVE, FORGOT, UNABLE, UNWILLING, WAITING
from oracle_conversation import complain, conversation
from oracle_loan import accelerate
from oracle_numbers import NEVER
from oracle_payment import pays_what_it_can


def left_alone(b: Borrower, day: int) -> bool:
    """Whether something keeps collections from an active borrower in arrears."""
    return (
        b.deferral_granted(day)
        or b.arrangement_in_force(day)
        or b.hearing_day != NEVER
        or b.promise_day != NEVER
    )


def workable(b: Borrower, day: int) -> bool:
    """Whether collections may turn to the borrower."""
    return b.status == ACTIVE and b.days_past_due(day) >= 1 and not left_alone(b, day)


def next_contact_day(b: Borrower, day: int) -> int:
    """The first day from this one on that has days past due at which anything may come."""
    ladder = b.policy["collections"]
    call, visit = ladder["call"], ladder["visit"]
    now = max(1, day - b.oldest_due_day)
    listed = [*ladder["message"]["dpd"], *ladder["notice"]["dpd"]]
    wanted = [dpd for dpd in listed if dpd >= now]
    if max(call["early_rate"], call["late_rate"]) > 0:
        wanted.append(max(now, call["opens_dpd"]))
    if visit["rate"] > 0:
        wanted.append(max(now, visit["opens_dpd"]))
    return b.oldest_due_day + min(wanted) if wanted else NEVER


def chance_of_attempt(wanted: float, ordinal: int) -> float:
    """The chance of the attempt of this ordinal where so many are wanted in the mean."""
    return min(1, max(0, wanted - (ordinal - 1)))


def silent(b: Borrower) -> bool:
    """Whether it asked to be left in peace and the lender heeds that."""
    conduct = b.policy["collections"]["conduct"]
    return conduct["stop_on_request"] and b.stop_requested_day != NEVER


def resting(b: Borrower, day: int) -> bool:
    """Whether the last conversation is too fresh; one of today does not count."""
    quiet_days = b.policy["collections"]["conduct"]["quiet_days"]
    return b.last_connected_day != NEVER and 0 < day - b.last_connected_day <= quiet_days


def full(b: Borrower, day: int) -> bool:
    """Whether seven days have seen all the attempts they may."""
    limit: int = b.policy["collections"]["conduct"]["attempts_in_7_days"]
    return 0 < limit <= b.attempts_in_7_days(day)


def talked_enough(b: Borrower, day: int) -> bool:
    """Whether the day has seen all the conversations it may."""
    limit = b.policy["collections"]["conduct"]["connected_a_day"]
    return b.last_connected_day == day and b.connected_today >= limit


def priority(b: Borrower, day: int) -> tuple[int, int]:
    """Its place in a queue of contacts: lowest first."""
    first = {
        "oldest": -b.days_past_due(day),
        "newest": b.days_past_due(day),
        "largest": -b.owed,
    }
    return first[b.policy["collections"]["priority"]], b.number


def collections(env: simpy.Environment, b: Borrower, branch: Branch, day: int) -> Happening:
    """The day's contacts are over for this borrower."""
    if not workable(b, day):
        return
    intensity = b.policy["collections"]["intensity"]
    if b.days_past_due(day) in b.policy["collections"]["message"]["dpd"]:
        messages(b, day, intensity)
    yield from calls(env, b, branch, day, intensity)
    yield from visit(env, b, branch, day, intensity)
    if workable(b, day) and b.days_past_due(day) in b.policy["collections"]["notice"]["dpd"]:
        yield env.timeout(tick(day, COLLECTIONS, NOTICES) - env.now)
        notice(b, day, intensity)


def messages(b: Borrower, day: int, intensity: float) -> None:
    """Today's messages are sent, until one had the borrower pay enough."""
    for j in range(1, math.ceil(intensity) + 1):
        wanted = b.luck("MESSAGE_SENT", day, j) < chance_of_attempt(intensity, j)
        if not wanted or not workable(b, day):
            continue
        if silent(b):
            b.contacts_refused += 1
        else:
            _message(b, day, j)


def _message(b: Borrower, day: int, j: int) -> None:
    contact = b.world["contact"]
    moral_works = contact["moral_reengages"] * b.cooperation(day)
    b.messages_sent += 1
    b.add_strain(b.world["strain"]["per_message"], day)
    if b.why_missed == FORGOT and b.luck("MESSAGE_WORKS", day, j) < contact["message_works"]:
        pays_what_it_can(b, day)
    moral = b.policy["collections"]["message"]["tone"] == "moral"
    if moral and b.disengaged(day) and b.luck("MORAL", day, j) < moral_works:
        b.disengage_day = NEVER
        b.why_missed = UNABLE
        pays_what_it_can(b, day)


def calls(
    env: simpy.Environment, b: Borrower, branch: Branch, day: int, intensity: float
) -> Happening:
    """The day's rounds of calls are over for this borrower."""
    call = b.policy["collections"]["call"]
    busiest = intensity * max(call["early_rate"], call["late_rate"])
    for j in range(1, math.ceil(busiest) + 1):
        if not workable(b, day) or talked_enough(b, day):
            return
        dpd = b.days_past_due(day)
        early = dpd <= call["early_until_dpd"]
        rate = call["early_rate" if early else "late_rate"]
        wanted = b.luck("CALL_ATTEMPTED", day, j) < chance_of_attempt(intensity * rate, j)
        if dpd < call["opens_dpd"] or not wanted:
            continue
        if _call_is_forbidden(b, day, j):
            b.contacts_refused += 1
            continue
        yield env.timeout(tick(day, COLLECTIONS, 2 * j) - env.now)
        if (yield branch.agents.join(priority(b, day), call["minutes"])):
            _call(b, day, j, early)


def _call_is_forbidden(b: Borrower, day: int, j: int) -> bool:
    rounds_a_day = b.policy["collections"]["conduct"]["rounds_a_day"]
    return silent(b) or resting(b, day) or full(b, day) or j > rounds_a_day


def _call(b: Borrower, day: int, j: int, early: bool) -> None:
    contact: dict[str, Any] = b.world["contact"]
    when = "early" if early else "late"
    b.calls_attempted += 1
    b.note_attempt(day)
    if b.luck("CALL_CONNECTS", day, j) < contact[f"reach_{when}"] * b.reachability:
        b.calls_connected += 1
        conversation(b, day, contact[f"pays_{when}"], b.world["strain"]["per_call"])


def visit(
    env: simpy.Environment, b: Borrower, branch: Branch, day: int, intensity: float
) -> Happening:
    """Somebody has come to its door today, if wanted and allowed."""
    ladder = b.policy["collections"]["visit"]
    if not workable(b, day) or talked_enough(b, day):
        return
    if b.days_past_due(day) < ladder["opens_dpd"]:
        return
    if not b.luck("VISIT_ATTEMPTED", day) < min(1, intensity * ladder["rate"]):
        return
    if silent(b) or resting(b, day):
        b.contacts_refused += 1
        return
    yield env.timeout(tick(day, COLLECTIONS, VISITS) - env.now)
    if (yield branch.visitors.join(priority(b, day), ladder["minutes"])):
        contact = b.world["contact"]
        b.visits_attempted += 1
        if b.luck("VISIT_CONNECTS", day) < contact["visit_reach"] * b.reachability:
            b.visits_connected += 1
            conversation(b, day, contact["visit_pays"], b.world["strain"]["per_visit"])


def notice(b: Borrower, day: int, intensity: float) -> None:
    """A formal notice, if sent, has had its effect, and may have called the whole loan due."""
    if not b.luck("NOTICE_SENT", day) < min(1, intensity):
        return
    b.notices_sent += 1
    chance = b.world["contact"]["notice_pays"] * b.cooperation(day)
    will_not = b.why_missed in (UNWILLING, WAITING) and not b.disengaged(day)
    if will_not and b.luck("NOTICE_WORKS", day) < chance:
        pays_what_it_can(b, day)
    b.add_strain(b.world["strain"]["per_notice"], day)
    complain(b, day, b.luck("COMPLAINS_OF_NOTICE", day))
    if b.policy["servicing"]["acceleration"] == "notice":
        accelerate(b, day)
