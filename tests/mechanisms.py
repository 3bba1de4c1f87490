"""The mechanisms of the model, and how one sees that a drawn scenario has used each."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from drawn import Drawn

from sim.book import Book, Status, WhyMissed
from sim.clock import NEVER

Seen = Callable[[Drawn, Book], bool]


def happened(*columns: str) -> Seen:
    """Whether a column of counts or amounts is above zero for anybody."""
    return lambda _, book: all((getattr(book, column) > 0).any() for column in columns)


def came(column: str) -> Seen:
    """Whether a day has come for anybody."""
    return lambda _, book: bool((getattr(book, column) != NEVER).any())


def is_status(status: int) -> Seen:
    """Whether any loan has ended so."""
    return lambda _, book: bool((book.status == status).any())


def set_to(path: str, value: object, *needs: Seen) -> Seen:
    """Whether the studied policy has a setting, and what it acts on has happened."""

    def seen(scenario: Drawn, book: Book) -> bool:
        setting: object = scenario.policy
        for part in path.split("."):
            setting = setting[part]  # type: ignore[index]
        return setting == value and all(need(scenario, book) for need in needs)

    return seen


def shock(kind: str) -> Seen:
    """Whether a shock of this kind has struck within the horizon."""
    return lambda scenario, _: any(
        each["kind"] == kind and each["share"] > 0 and each["month"] <= scenario.world["months"]
        for each in scenario.world["shocks"]
    )


def missed(why: int) -> Seen:
    """Whether anybody has missed the last due date for this reason."""
    return lambda _, book: bool((book.why_missed == why).any())


def finite(path: str) -> Seen:
    """Whether a staff is finite, in the world (``world.``) or the studied policy."""

    def seen(scenario: Drawn, _: Book) -> bool:
        first, *rest = path.split(".")
        setting: object = scenario.world if first == "world" else scenario.policy[first]
        for part in rest:
            setting = setting[part]  # type: ignore[index]
        return setting != "unlimited"

    return seen


GRANTS = {
    "deferral": "deferrals_granted",
    "penalty_waiver": "waivers_granted",
    "rate_reduction": "reductions_granted",
    "term_extension": "extensions_granted",
    "arrangement": "arrangements_granted",
    "settlement": "settlements_granted",
}


def offered(offer: str) -> Seen:
    """Whether some instrument offered so has been granted."""
    ways = [
        set_to(f"relief.{name}.offer", offer, happened(column)) for name, column in GRANTS.items()
    ]
    return lambda scenario, book: any(way(scenario, book) for way in ways)


def hardship(kind: str) -> Seen:
    """Whether some instrument for this hardship has been granted."""

    def seen(scenario: Drawn, book: Book) -> bool:
        return any(
            kind in scenario.policy["relief"][name]["hardships"]
            and bool((getattr(book, column) > 0).any())
            for name, column in GRANTS.items()
        )

    return seen


def limit(name: str, unlimited: object) -> Seen:
    """Whether a conduct limit is set and contacts have been refused."""
    refused = happened("contacts_refused")

    def seen(scenario: Drawn, book: Book) -> bool:
        conduct = scenario.policy["collections"]["conduct"]
        return conduct[name] != unlimited and refused(scenario, book)

    return seen


CALLED = happened("calls_attempted")
PAID = happened("paid_principal")
DEFERRED = happened("deferrals_granted")

MECHANISMS: dict[str, Seen] = {
    **{f"relief: {name}": happened(column) for name, column in GRANTS.items()},
    "relief: second deferral": lambda _, book: bool((book.deferrals_granted > 1).any()),
    "relief: waiver by band": lambda scenario, book: (
        bool(scenario.policy["relief"]["penalty_waiver"]["bands"])
        and bool((book.waivers_granted > 0).any())
    ),
    "relief: restructured": came("restructured_day"),
    "relief: taken since day 0": lambda _, book: any(
        getattr(book, f"{column.removesuffix('s_granted')}_taken").any()
        for column in GRANTS.values()
    ),
    "relief: conditional waiver earned": happened("waivers_kept"),
    "relief: arrangement kept": happened("arrangements_kept"),
    "relief: arrangement broken": happened("arrangements_broken"),
    "relief: loan settled": is_status(Status.SETTLED),
    "relief: term ended early": happened("early_payoffs"),
    "relief: interest capitalised": set_to(
        "relief.deferral.interest", "capitalised", DEFERRED, happened("capitalised_interest")
    ),
    "relief: interest put off": set_to("relief.deferral.interest", "simple", DEFERRED),
    "relief: interest waived": set_to(
        "relief.deferral.interest", "waived", DEFERRED, happened("forgiven_interest")
    ),
    "relief: arrears capitalised": set_to("relief.deferral.capitalise_arrears", True, DEFERRED),
    "relief: interest forgone": happened("forgone_interest"),
    "relief: voluntary payment": happened("voluntary_payments"),
    "relief: outreach": happened("outreach_reached"),
    "relief: probation": came("probation_until_day"),
    "relief: won over": happened("grateful"),
    "relief: regulator's": set_to("relief.framing", "regulator", came("relieved_day")),
    "relief: abandoned": happened("abandoned"),
    "relief: refused": happened("refusals"),
    "relief: refused in hardship": happened("refused_in_hardship"),
    "relief: waiting": happened("waiting_days"),
    **{f"offer: {offer}": offered(offer) for offer in ("opt_in", "on_contact", "universal")},
    **{f"hardship: {kind}": hardship(kind) for kind in ("job_loss", "illness", "disaster", "any")},
    "collections: message": happened("messages_sent"),
    "collections: reminder to the never late": set_to(
        "collections.message.before_due",
        True,
        lambda _, book: bool((book.messages_sent[book.late_starts == 0] > 0).any()),
    ),
    "collections: moral message": set_to(
        "collections.message.tone", "moral", happened("messages_sent")
    ),
    "collections: call": happened("calls_connected"),
    "collections: visit": happened("visits_connected"),
    "collections: notice": happened("notices_sent"),
    "collections: promise kept": happened("promises_kept"),
    "collections: promise broken": lambda _, book: bool(
        (book.promises_made > book.promises_kept).any()
    ),
    "collections: squeezed": happened("squeezed"),
    "collections: complaint": happened("complaints"),
    "collections: asked to stop": came("stop_requested_day"),
    **{
        f"priority: {priority}": set_to("collections.priority", priority, CALLED)
        for priority in ("oldest", "largest", "newest")
    },
    "conduct: silent hours": limit("rounds_a_day", 25),
    "conduct: attempts in 7 days": limit("attempts_in_7_days", 0),
    "conduct: quiet days": limit("quiet_days", 0),
    "conduct: several conversations": lambda _, book: bool((book.connected_today > 1).any()),
    "conduct: stop on request": limit("stop_on_request", False),
    "court: filed": happened("cases_filed"),
    "court: heard": happened("hearings"),
    "court: judgment": happened("judgments"),
    "court: lost": lambda _, book: bool((book.hearings > book.judgments).any()),
    "court: waiting": happened("court_waiting_days"),
    "loan: accelerated at notice": set_to(
        "servicing.acceleration", "notice", came("accelerated_due_day")
    ),
    "loan: accelerated at court": set_to(
        "servicing.acceleration", "court", came("accelerated_due_day")
    ),
    "loan: paid off": is_status(Status.PAID_OFF),
    "loan: charged off": is_status(Status.CHARGED_OFF),
    "loan: lent during the run": happened("newcomer"),
    "loan: on auto-debit": lambda scenario, book: (
        scenario.policy["servicing"]["auto_debit_share"] > 0 and bool((book.misses > 0).any())
    ),
    **{
        f"waterfall: {order}": set_to("servicing.waterfall", order, PAID)
        for order in ("horizontal", "vertical", "principal_first")
    },
    **{
        f"penalty on: {base}": set_to("servicing.penalty_base", base, happened("penalty_charged"))
        for base in ("principal", "principal_and_interest", "compounding")
    },
    "penalty: clipped by the cap": happened("clipped_penalty"),
    "penalty: forgiven": happened("forgiven_penalty"),
    "penalty: paid": happened("paid_penalty"),
    "costs: charged": happened("costs_charged"),
    "costs: paid": happened("paid_costs"),
    "recovery: in house": set_to(
        "collections.recovery.route", "in_house", happened("late_recovered")
    ),
    "recovery: cost in house": set_to(
        "collections.recovery.route", "in_house", happened("commissions")
    ),
    "recovery: agency": set_to("collections.recovery.route", "agency", happened("commissions")),
    "recovery: sale": happened("sale_proceeds"),
    **{f"missed: {name}": missed(why) for why, name in WhyMissed.names().items()},
    "late: miss": happened("misses"),
    "late: cure": happened("cures"),
    "late: adverse mark": happened("adverse_marks"),
    "default: after a misfortune": happened("default_after_misfortune"),
    "default: without one": lambda _, book: bool(
        (book.at_risk & (book.default_day != NEVER) & ~book.default_after_misfortune).any()
    ),
    "household: misfortune": came("misfortune_day"),
    "household: re-employment": came("reemployed_day"),
    "household: illness": came("ill_from_day"),
    "household: other lenders unpaid": happened("other_arrears"),
    **{f"shock: {kind}": shock(kind) for kind in ("layoffs", "epidemic", "disaster", "price_rise")},
    "path: jobs": lambda scenario, _: bool(scenario.world["economy"]["job_loss_by_month"]),
    "path: illness": lambda scenario, _: bool(scenario.world["economy"]["illness_by_month"]),
    "staff: finite desk": finite("relief.desk.reviewers"),
    "staff: finite agents": finite("collections.agents"),
    "staff: finite visitors": finite("collections.visit.visitors"),
    "staff: finite court": finite("world.court.hearings_per_day"),
    "a scripted case": happened("scripted"),
}

NOTED = (
    "behaviour: returned unprompted",
    "behaviour: did not look again",
    "collections: reminded in time",
    "collections: reminder refused",
    "measured: a misfortune under way on day 0",
    "late: marked when charged off",
    "late: marked when sold",
    "relief: refused whom nothing ails or nothing fits",
)
"""Mechanisms that leave no trace of their own in the book: the oracle notes them."""


def seen_in(scenario: Drawn, book: Book) -> Iterator[str]:
    """Yield the mechanisms that a scenario has used, given the book at its end."""
    with np.errstate(all="raise"):
        for name, seen in MECHANISMS.items():
            if seen(scenario, book):
                yield name
