"""The due day of a billing cycle: the household's month, the bill, the payment, what follows."""

from __future__ import annotations

import numpy as np

from sim.book import Book, Int64, Mask, Rows, Status, WhyMissed
from sim.clock import NEVER
from sim.facts import (
    arrangement_in_force,
    cash,
    deferral_in_force,
    disengaged,
    is_late,
    owed,
    unbilled,
    unpaid_instalments,
)
from sim.lender import payment, relief_desk
from sim.rules import ageing, household, paying, recovery, servicing
from sim.rules.ladder import conduct, messages
from sim.rules.relief import on_offer
from sim.rules.relief.waiver import WAIVER
from sim.rules.strain import strain_now
from sim.scenario.schema import Policy, World

BEHIND = np.isin(
    tuple(WhyMissed.names()), (WhyMissed.UNABLE, WhyMissed.UNWILLING, WhyMissed.WAITING)
)
"""By why they missed: who may stop dealing with the lender; the merely forgetful do not."""


def entered(book: Book, cycle: slice, day: int) -> Rows:
    """Return the active borrowers of a cycle whose first due day has come."""
    active = book.active_rows(cycle)
    rows: Rows = active[book.first_due_day[active] <= day]
    return rows


def run(book: Book, cycle: slice, day: int, world: World, policy: Policy) -> None:
    """Run the due day of a cycle's borrowers."""
    _collect_late_money(book, cycle, day, world, policy)
    rows = entered(book, cycle, day)
    servicing.accrue(book, rows, day - 1, policy.servicing)
    book.penalty_at_billing[rows] = book.penalty[rows]
    household.close_month(book, rows, world.household)
    household.draw_month(book, rows, day, world)
    ageing.note_cures(book, rows)

    in_holiday = deferral_in_force(book, rows, day)
    if in_holiday.any():
        _spend_holiday(book, rows[in_holiday], day, world, policy)
        asked = rows[~in_holiday]
    else:
        asked = rows
    _end_holidays(book, asked, day, world)
    _relevel(book, asked, day)
    book.was_current[asked] = unbilled(book, asked) & ~is_late(book, asked)
    billed = _bill(book, asked, day)
    reminded = _remind(book, asked, day, policy)
    _ask_for_payment(book, asked, billed, reminded, day, world, policy)
    _pay_off_early(book, asked, day, world)
    _let_go(book, asked, day, world)
    relief_desk.on_due_day(book, rows, day, world, policy)
    household.consume_above_buffer(book, rows)
    book.note_billed(cycle)


def _collect_late_money(book: Book, cycle: slice, day: int, world: World, policy: Policy) -> None:
    charged_off = book.status[cycle] == Status.CHARGED_OFF
    rows = np.flatnonzero(charged_off) + cycle.start
    recovery.bring_in(book, rows, day, world.recovery, policy)


def _spend_holiday(book: Book, rows: Rows, day: int, world: World, policy: Policy) -> None:
    """Skip the instalments of a deferral, but for those who pay of their own will."""
    deferral = policy.relief.deferral
    if deferral.capitalise_arrears:
        servicing.capitalise_arrears(book, rows[book.deferral_from_day[rows] == day])
    able = (
        ~is_late(book, rows)
        & ~disengaged(book, rows, day)
        & (book.billed_instalments[rows] + 1 < book.term_months[rows])
        & (book.savings[rows] >= owed(book, rows) + book.instalment[rows])
    )
    able[able] = paying.volunteers(book, rows[able], day, world.behaviour)
    _start_afresh(book, rows)

    voluntary, skipping = rows[able], rows[~able]
    book.voluntary_payments[voluntary] += np.int16(1)
    book.was_current[voluntary] = True
    servicing.bill(book, voluntary, day)
    payment.of_what_they_can(book, voluntary, day, world, policy)
    servicing.skip(book, skipping, deferral.interest)
    book.was_current[skipping] = False


def _start_afresh(book: Book, rows: Rows) -> None:
    book.why_missed[rows] = WhyMissed.NONE
    book.next_payment_day[rows] = NEVER
    book.promise_day[rows] = NEVER


def _end_holidays(book: Book, rows: Rows, day: int, world: World) -> None:
    back = rows[book.deferral_until_day[rows] == day]
    if len(back):
        paying.return_from_holiday(book, back, day, world.behaviour)


def _relevel(book: Book, rows: Rows, day: int) -> None:
    anew = rows[book.relevel_day[rows] == day]
    if len(anew):
        servicing.relevel(book, anew[unbilled(book, anew)])


def _bill(book: Book, rows: Rows, day: int) -> Int64:
    """Bill who has instalments left; return what each was billed, money."""
    to_bill = unbilled(book, rows)
    billed = np.zeros(len(rows), dtype=np.int64)
    billed[to_bill] = servicing.bill(book, rows[to_bill], day)
    return billed


def _remind(book: Book, rows: Rows, day: int, policy: Policy) -> Mask:
    """Send a reminder of the due date to who is current; return who has had one."""
    reminded = np.zeros(len(rows), dtype=np.bool_)
    collections = policy.collections
    if not collections.message.before_due or collections.intensity == 0:
        return reminded
    reminded |= book.was_current[rows]
    reminded[reminded] = messages.wanted_in_advance(
        book, rows[reminded], day, collections.intensity
    )
    forbidden = reminded & conduct.forbids_message(book, rows, collections.conduct)
    conduct.refuse(book, rows[forbidden])
    reminded &= ~forbidden
    messages.send(book, rows[reminded])
    return reminded


def _ask_for_payment(
    book: Book,
    rows: Rows,
    billed: Int64,
    reminded: Mask,
    day: int,
    world: World,
    policy: Policy,
) -> None:
    """Ask for all that is owed: who is away, forgets or will not; the rest pay what they can."""
    _start_afresh(book, rows)
    owing = owed(book, rows) > 0
    servicing.conclude(book, rows[~owing])
    rows, billed, reminded = rows[owing], billed[owing], reminded[owing]

    away = disengaged(book, rows, day)
    away[away] = ~paying.returns(book, rows[away], day, world.behaviour)
    book.why_missed[rows[away]] = WhyMissed.DISENGAGED
    rows, billed, reminded = rows[~away], billed[~away], reminded[~away]

    by_arrangement = arrangement_in_force(book, rows, day)
    if by_arrangement.any():
        breaks = _keep_arrangements(
            book, rows[by_arrangement], billed[by_arrangement], day, world, policy
        )
        payment.of_what_they_can(book, breaks, day, world, policy)
        rows, reminded = rows[~by_arrangement], reminded[~by_arrangement]

    debited = paying.on_auto_debit(book, rows, policy.servicing)
    forgets = ~debited & paying.forgets(book, rows, day)
    forgets &= ~(reminded & messages.reminds_in_advance(book, rows, day, world.contact))
    paying.schedule_remembering(book, rows[forgets], day, world.behaviour)
    mindful, debited = rows[~forgets], debited[~forgets]
    skips = ~debited & paying.skips(book, mindful, day, world.behaviour)
    book.why_missed[mindful[skips]] = WhyMissed.UNWILLING
    willing, debited = mindful[~skips], debited[~skips]
    if _waiver_announced(policy, day) and world.behaviour.waits_for_waiver:
        waits = ~debited & paying.waits(book, willing, day, world.behaviour)
        book.why_missed[willing[waits]] = WhyMissed.WAITING
        willing = willing[~waits]
    payment.of_what_they_can(book, willing, day, world, policy)


def _waiver_announced(policy: Policy, day: int) -> bool:
    waiver = policy.relief.penalty_waiver
    return WAIVER.present(waiver) and waiver.announced and on_offer(waiver, day)


def _keep_arrangements(
    book: Book, rows: Rows, billed: Int64, day: int, world: World, policy: Policy
) -> Rows:
    """Take what arrangements ask for on a due date; return who breaks one for want of money.

    Nobody forgets: the lender reminds. An opportunist may break it at will.
    """
    due = servicing.due(book, rows)
    asked = np.minimum(due.sum(axis=0), billed + book.arrangement_amount[rows])
    will_not = paying.skips(book, rows, day, world.behaviour)
    cannot = ~will_not & (cash(book, rows, day) < asked)
    pays = ~will_not & ~cannot

    broken = rows[~pays]
    book.arrangements_broken[broken] += np.int16(1)
    book.arrangement_until_day[broken] = day
    book.why_missed[rows[will_not]] = WhyMissed.UNWILLING

    paying_rows, amount = rows[pays], asked[pays]
    servicing.pay(book, paying_rows, amount, due[:, pays], day, policy.servicing)
    household.spend(book, paying_rows, amount, day)
    over = paying_rows[book.arrangement_until_day[paying_rows] == day + 1]
    book.arrangements_kept[over] += np.int16(1)
    book.arrangement_until_day[over] = day
    servicing.conclude(book, paying_rows)
    broke: Rows = rows[cannot]
    return broke


def _pay_off_early(book: Book, rows: Rows, day: int, world: World) -> None:
    if not world.behaviour.early_payoff_per_month:
        return
    eager = rows[paying.wants_to_pay_off(book, rows, day, world.behaviour)]
    leaving = eager[
        (book.status[eager] == Status.ACTIVE)
        & (owed(book, eager) == 0)
        & unbilled(book, eager)
        & (book.savings[eager] >= book.principal[eager] + book.deferred_interest[eager])
    ]
    amount = servicing.pay_off(book, leaving, day)
    household.spend(book, leaving, amount, day)
    servicing.conclude(book, leaving)


def _let_go(book: Book, rows: Rows, day: int, world: World) -> None:
    """Let those who are behind and not merely forgetful disengage, sooner under strain."""
    late = rows[is_late(book, rows)]
    stays = (book.disengage_day[late] == NEVER) & ~book.grateful[late]
    behind = late[stays & BEHIND[book.why_missed[late]]]
    paying.schedule_disengagement(
        book,
        behind,
        unpaid_instalments(book, behind),
        day,
        strain_now(book, behind, day, world.strain),
        world.behaviour,
        world.strain.disengagement_gain,
    )
