"""Events: what happened to one borrower in one operation, in an order in which it can be told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from sim import facts
from sim.book import Status, WhyMissed
from sim.clock import MONTH, NEVER, Slot
from sim.columns import FORGIVEN, WRITTEN_OFF
from sim.experiment.step import (
    CONTACTS,
    INSTRUMENTS,
    ROW,
    Event,
    Instrument,
    Step,
)
from sim.lender import relief_desk
from sim.money import half_up
from sim.rules import servicing

OFFERED: Final = {each.name: each for each in relief_desk.INSTRUMENTS}


def events_of(step: Step) -> Iterator[Event]:
    """Yield what happened in one operation, in a sensible order."""
    if step.was("status") == Status.ACTIVE:
        yield from _misfortunes(step)
        yield from _holidays(step)
        yield from _contacts(step)
        yield from _court(step)
        yield from _bill(step)
        yield from _payment(step)
        yield from _arrears(step)
        yield from _standing(step)
        yield from _relief(step)
        yield from _afterwards(step)
        yield from _close(step)
    elif step.was("status") == Status.CHARGED_OFF:
        yield from _court(step)
        yield from _late_money(step)


def _misfortunes(step: Step) -> Iterator[Event]:
    """Yield what befell the household; days drawn ahead are told when they come."""
    moments = ((step.before, step.day_before), (step.after, step.day))
    jobless, ill, struck = (
        tuple(bool(test(book, ROW, day)[0]) for book, day in moments)
        for test in (facts.without_job, facts.ill, facts.struck_by_disaster)
    )
    if jobless == (False, True):
        income = step.now("income")
        share = step.world.household.searching_income
        searching = int(half_up(np.array([income * share]))[0])
        yield step.event("job_lost", income=income, income_now=searching)
    if jobless == (True, False):
        yield step.event("job_found", days=step.day - step.was("job_loss_day"))
    if ill == (False, True):
        yield step.event("fell_ill")
    if ill == (True, False):
        yield step.event("recovered", days=step.day - step.was("ill_from_day"))
    if struck == (False, True):
        lost = -step.grew("savings") if step.slot == Slot.SHOCKS else 0
        yield step.event("disaster", savings_lost=lost)
    if struck == (True, False):
        yield step.event("disaster_over", days=step.day - step.was("disaster_from_day"))
    if step.grew("essentials"):
        essentials = {"essentials_from": step.was("essentials"), "to": step.now("essentials")}
        yield step.event("prices_rose", **essentials)


def _holidays(step: Step) -> Iterator[Event]:
    """Yield the beginning, the skipped instalments and the end of a deferral."""
    if not step.on_due_day:
        return
    begins, ends = step.was("deferral_from_day"), step.was("deferral_until_day")
    if begins == step.day:
        added = 0
        if step.policy.relief.deferral.capitalise_arrears:
            added = int(facts.arrears(step.before, ROW)[0])
        yield step.event(
            "deferral_begins", months=(ends - begins) // MONTH, until=ends, arrears_added=added
        )
    if begins <= step.day < ends and not step.grew("voluntary_payments"):
        arrears_interest = step.was("arrears_interest") - step.now("arrears_interest")
        treatment = step.policy.relief.deferral.interest
        interest = {
            "capitalised": step.grew("capitalised_interest") - max(0, arrears_interest),
            "simple": step.grew("deferred_interest"),
            "waived": step.grew("forgiven_interest"),
        }[treatment]
        yield step.event("instalment_skipped", interest=interest, treatment=treatment)
    if ends == step.day:
        yield step.event("deferral_ends")
    if step.was("relevel_day") == step.day and step.grew("instalment"):
        yield step.event(
            "instalment_set_anew", instalment_from=step.was("instalment"), to=step.now("instalment")
        )


def _contacts(step: Step) -> Iterator[Event]:
    if step.slot not in (Slot.BILLING, Slot.COLLECTIONS):
        return
    made = {name: step.grew(column) for name, column in CONTACTS.items()}
    if any(made.values()):
        yield step.event("contacts", **made)


def _bill(step: Step) -> Iterator[Event]:
    if step.on_due_day and step.set_today("last_billed_due_day"):
        amount = _billed(step)
        older = int(facts.owed(step.after, ROW)[0]) + step.paid - amount
        yield step.event("bill", amount=amount, older=0 if step.grew("early_payoffs") else older)


def _billed(step: Step) -> int:
    """Return the instalment, found by billing the row as it was once more."""
    row = step.before.copy()
    if step.was("deferral_from_day") == step.day:
        servicing.capitalise_arrears(row, ROW)
    if step.was("relevel_day") == step.day:
        servicing.relevel(row, ROW)
    return int(servicing.bill(row, ROW, step.day)[0])


def _payment(step: Step) -> Iterator[Event]:
    """Yield what was paid, of what, and from where it came."""
    promised = step.slot == Slot.PAYMENTS and step.was("promise_day") == step.day
    if promised and not step.paid:
        yield step.event("promise_broken")
    if not step.paid:
        return
    diverted = step.now("diverted_since_billing")
    if not step.on_due_day:  # the due day begins a new count
        diverted -= step.was("diverted_since_billing")
    settled = step.now("status") == Status.SETTLED
    yield step.event(
        "payment",
        amount=step.paid,
        principal=step.grew("paid_principal"),
        interest=step.grew("paid_interest"),
        penalty=step.grew("paid_penalty"),
        costs=step.grew("paid_costs"),
        from_other_lenders=diverted,
        from_essentials=step.grew("squeezed"),
        from_family=max(0, step.paid - step.at_hand) if settled else 0,
        left=int(facts.owed(step.after, ROW)[0]),
        occasion=_occasion(step, settled=settled),
    )


def _occasion(step: Step, *, settled: bool) -> str:
    """Return what made the borrower pay; ``contact`` where several contacts may have."""
    if settled:
        return "settlement"
    if step.slot == Slot.COURT:
        return "enforcement"
    if step.slot == Slot.COLLECTIONS:
        made = [what for what in ("met", "answered", "notices", "messages") if _made(step, what)]
        return made[0] if len(made) == 1 else "contact"
    if step.slot == Slot.PAYMENTS:
        if step.was("promise_day") == step.day:
            return "promise"
        return "remembered" if step.was("why_missed") == WhyMissed.FORGOT else "tried_again"
    if step.grew("early_payoffs"):
        return "early_payoff"
    if step.grew("voluntary_payments"):
        return "voluntary"
    arranged = bool(facts.arrangement_in_force(step.before, ROW, step.day)[0])
    return "arrangement" if arranged and not step.grew("arrangements_broken") else "due_date"


def _made(step: Step, contact: str) -> bool:
    return step.grew(CONTACTS[contact]) > 0


def _arrears(step: Step) -> Iterator[Event]:
    """Yield whether arrears were left, and why, or all were paid."""
    if step.grew("arrangements_broken"):
        yield step.event("arrangement_broken")
    if step.grew("arrangements_kept"):
        yield step.event("arrangement_kept")
    behind = int(facts.arrears(step.after, ROW)[0]) > 0
    was_behind = int(facts.arrears(step.before, ROW)[0]) > 0
    why = step.now("why_missed")
    means = {"at_hand": step.at_hand, "owed": step.owed_before_paying, "paid": step.paid}
    if step.on_due_day and step.active and behind and why != WhyMissed.NONE:
        yield step.event(
            "missed",
            why=WhyMissed.names()[why],
            unpaid=int(facts.unpaid_instalments(step.after, ROW)[0]),
            month_left=step.was("surplus"),
            **means,
        )
    elif _looked_again(step) and behind and not step.paid:
        yield step.event("short", **means)
    elif was_behind and not behind and step.active and step.paid:
        yield step.event("caught_up")


def _looked_again(step: Step) -> bool:
    """Return whether the borrower means to pay, between two due days, and finds it cannot."""
    if step.slot == Slot.PAYMENTS:
        promised = step.was("promise_day") == step.day
        asked = step.was("next_payment_day") == step.day and not promised
        return asked and not facts.disengaged(step.before, ROW, step.day)[0]
    reminded = step.was("why_missed") == WhyMissed.FORGOT
    unable = step.now("why_missed") == WhyMissed.UNABLE
    return step.slot == Slot.COLLECTIONS and reminded and unable


def _standing(step: Step) -> Iterator[Event]:
    """Yield whether the borrower still deals with the lender, and whom it pays first."""
    away_before = bool(facts.disengaged(step.before, ROW, step.day_before)[0])
    away = bool(facts.disengaged(step.after, ROW, step.day)[0])
    if away and not away_before and step.active:
        yield step.event("stopped_answering")
    if away_before and not away and step.active:
        yield step.event("answers_again")
    if step.grew("puts_us_first"):
        yield step.event("puts_us_first" if step.now("puts_us_first") else "puts_us_last")
    if step.grew("grateful"):
        yield step.event("won_over")
    if step.grew("promises_made") and step.now("promise_day") != NEVER:
        yield step.event("promised", day=step.now("promise_day"))


def _relief(step: Step) -> Iterator[Event]:
    """Yield what became known of relief, was asked for and decided, in the order of instruments."""
    if step.grew("aware"):
        by = "campaign" if step.grew("outreach_reached") else "conversation"
        yield step.event("learned_of_relief", by=by)
    for instrument in INSTRUMENTS:
        filed, still = step.was(f"{instrument}_file_day"), step.now(f"{instrument}_file_day")
        closed = filed != NEVER and still == NEVER
        granted = step.grew(f"{instrument}s_granted") > 0
        if granted:
            waited = step.day - filed if closed else 0
            how = "desk" if closed else "universal"
            terms = _terms(step, instrument)
            yield step.event("granted", instrument=instrument, how=how, waited=waited, **terms)
        elif closed and step.slot == Slot.RELIEF_DESK:
            yield step.event("refused", instrument=instrument, waited=step.day - filed)
        elif closed and step.active:
            yield step.event("withdrawn", instrument=instrument)
        if step.grew(f"{instrument}_spell_day") and not granted:
            if OFFERED[instrument].settings(step.policy.relief).offer == "universal":
                yield step.event("opted_out", instrument=instrument)
            elif still == NEVER:
                yield step.event("papers_missing", instrument=instrument)
            else:
                yield step.event("applied", instrument=instrument, at_desk=still)
    if step.grew("waivers_kept"):
        yield step.event("waiver_earned", forgiven=step.grew("forgiven_penalty"))
    yield from _lapses(step)


def _terms(step: Step, instrument: Instrument) -> dict[str, int]:
    """Return what was granted."""
    if instrument == "deferral":
        begins, until = step.now("deferral_from_day"), step.now("deferral_until_day")
        return {"begins": begins, "until": until, "months": (until - begins) // MONTH}
    if instrument == "waiver":
        until = step.now("waiver_until_day")
        if step.grew("waiver_until_day"):
            return {"share_bp": step.now("waiver_offer_bp"), "forgiven": 0, "until": until}
        return {"share_bp": step.now("waiver_bp"), "forgiven": step.grew("forgiven_penalty")}
    if instrument == "reduction":
        return {"rate_bp_from": step.was("rate_bp"), "rate_bp": step.now("rate_bp")}
    if instrument == "extension":
        return {"months": step.grew("term_months")}
    until = step.now(f"{instrument}_until_day")
    return {"amount": step.now(f"{instrument}_amount"), "until": until}


def _lapses(step: Step) -> Iterator[Event]:
    """Yield the offers whose last day has passed."""
    if not step.active:
        return
    for instrument, is_open, taken in (
        ("waiver", facts.conditional_waiver_open, "waivers_kept"),
        ("settlement", facts.settlement_open, "settlements_granted"),
    ):
        was_open = is_open(step.before, ROW, step.day_before)[0]
        if was_open and not is_open(step.after, ROW, step.day)[0] and not step.grew(taken):
            yield step.event("lapsed", instrument=instrument)


def _afterwards(step: Step) -> Iterator[Event]:
    """Yield how the borrower answers to being pressed, and whether all was called due."""
    if step.set_today("stop_requested_day"):
        yield step.event("asked_to_stop")
    if step.grew("complaints"):
        yield step.event("complained", complaints=step.grew("complaints"))
    if step.grew("accelerated_due_day") and step.active:
        yield step.event("called_due", owed=int(facts.owed(step.after, ROW)[0]))


def _court(step: Step) -> Iterator[Event]:
    if step.slot != Slot.COURT:
        return
    if step.grew("hearings"):
        yield step.event(
            "hearing", won=step.grew("judgments"), waited=step.grew("court_waiting_days")
        )
    recovered = step.grew("late_recovered")
    if recovered:
        yield step.event("late_recovery", amount=recovered, occasion="enforcement", commission=0)
    if step.grew("cases_filed"):
        claim = int(facts.claim(step.before, ROW)[0])
        fee, heard = step.grew("costs_charged"), step.now("hearing_day")
        yield step.event("sued", claim=claim, fee=fee, hearing=heard)


def _close(step: Step) -> Iterator[Event]:
    """Yield default, marks and the end of the loan."""
    if step.set_today("default_day"):
        yield step.event("defaulted")
    if step.slot == Slot.CLOSE and step.grew("adverse_marks"):
        yield step.event("adverse_mark")
    status = step.now("status")
    if status == Status.PAID_OFF:
        yield step.event("paid_off", early=step.grew("early_payoffs"))
    elif status == Status.SETTLED:
        yield step.event("settled", amount=step.paid, forgiven=step.grew(*FORGIVEN))
    elif status == Status.CHARGED_OFF:
        yield step.event("charged_off", amount=step.grew(*WRITTEN_OFF))


def _late_money(step: Step) -> Iterator[Event]:
    """Yield what charged-off debt brought on a due day."""
    if step.slot != Slot.BILLING:
        return
    recovered = step.grew("late_recovered")
    if recovered:
        by_agency = step.policy.collections.recovery.route == "agency"
        yield step.event(
            "late_recovery",
            amount=recovered,
            occasion="agency" if by_agency else "in_house",
            commission=step.grew("commissions"),
        )
    if step.grew("sold"):
        claim = int(facts.claim(step.before, ROW)[0])
        yield step.event("sold", price=step.grew("sale_proceeds"), claim=claim)
