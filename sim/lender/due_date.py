"""The due day of a billing cycle: the household's month, the bill, the payment, what follows."""

from __future__ import annotations

import numpy as np

from sim.book import Book, Rows, WhyMissed
from sim.clock import NEVER
from sim.facts import arrears, deferral_in_force, disengaged, owed, unpaid_instalments
from sim.lender import payment, relief_desk
from sim.rules import ageing, household, paying, servicing
from sim.rules.strain import strain_now
from sim.scenario.schema import Policy, World


def entered(book: Book, cycle: slice, day: int) -> Rows:
    """Return the active borrowers of a cycle whose first due day has come."""
    active = book.active_rows(cycle)
    rows: Rows = active[book.first_due_day[active] <= day]
    return rows


def run(book: Book, cycle: slice, day: int, world: World, policy: Policy) -> None:
    """Run the due day of a cycle's borrowers."""
    rows = entered(book, cycle, day)
    servicing.accrue(book, rows, day - 1, policy.servicing)
    household.close_month(book, rows)
    household.draw_month(book, rows, day, world.household)
    ageing.note_cures(book, rows)

    skipping = deferral_in_force(book, rows, day)
    _skip(book, rows[skipping])
    asked = rows[~skipping]
    _bill(book, asked, day)
    _ask_for_payment(book, asked, day, world, policy)
    _let_go(book, asked, day, world)
    relief_desk.consider(book, rows, day, world, policy, due_day=True)
    household.consume_above_buffer(book, rows)


def _skip(book: Book, rows: Rows) -> None:
    servicing.capitalise(book, rows)
    book.was_current[rows] = False
    book.why_missed[rows] = WhyMissed.NONE
    book.next_payment_day[rows] = NEVER


def _bill(book: Book, rows: Rows, day: int) -> None:
    servicing.relevel(book, rows[book.deferral_until_day[rows] == day])
    unbilled = book.billed_instalments[rows] < book.term_months[rows]
    book.was_current[rows] = unbilled & (arrears(book, rows) == 0)
    servicing.bill(book, rows[unbilled], day)


def _ask_for_payment(book: Book, rows: Rows, day: int, world: World, policy: Policy) -> None:
    """Ask for all that is owed: who is away, forgets or will not; the rest pay what they can."""
    book.why_missed[rows] = WhyMissed.NONE
    book.next_payment_day[rows] = NEVER
    owing = rows[owed(book, rows) > 0]

    away = disengaged(book, owing, day)
    book.why_missed[owing[away]] = WhyMissed.DISENGAGED
    here = owing[~away]
    forgets = paying.forgets(book, here, day)
    paying.schedule_remembering(book, here[forgets], day, world.behaviour)
    mindful = here[~forgets]
    skips = paying.skips(book, mindful, day, world.behaviour)
    book.why_missed[mindful[skips]] = WhyMissed.UNWILLING
    payment.of_what_they_can(book, mindful[~skips], day, world, policy)
    servicing.conclude(book, rows)


def _let_go(book: Book, rows: Rows, day: int, world: World) -> None:
    """Let those who are behind and not merely forgetful disengage, sooner under strain."""
    why = book.why_missed[rows]
    behind = rows[
        (arrears(book, rows) > 0)
        & np.isin(why, (WhyMissed.UNABLE, WhyMissed.UNWILLING))
        & (book.disengage_day[rows] == NEVER)
    ]
    paying.schedule_disengagement(
        book,
        behind,
        unpaid_instalments(book, behind),
        day,
        strain_now(book, behind, day, world.strain),
        world.behaviour,
        world.strain.disengagement_gain,
    )
