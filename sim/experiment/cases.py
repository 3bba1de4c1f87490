"""Scripted cases: a person whose misfortunes are written down, followed through every policy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.book import Book, Status
from sim.clock import NEVER
from sim.columns import FORGIVEN, PAID, WRITTEN_OFF
from sim.experiment.simulate import season, simulate
from sim.facts import balance, days_past_due
from sim.luck import CASE_REPLICA
from sim.rules.origination import originate_cases
from sim.scenario.schema import Case, Policy, World
from sim.scenario.words import BASELINE


@dataclass(frozen=True)
class CaseOutcome:
    """What became of one case under one policy by the horizon; money in minor units."""

    case: str
    policy: str
    status: str
    """``active``, ``paid_off``, ``charged_off`` or ``settled``."""
    default_day: int | None
    """First close at 90 days past due; None if never."""
    worst_dpd: int
    """Most days past due at a month's end, or at charge-off."""
    paid: int
    """Principal, interest, penalty and costs paid."""
    paid_penalty: int
    paid_costs: int
    forgiven: int
    """Principal, interest, penalty and costs waived or forgiven."""
    forgiven_penalty: int
    written_off: int
    """Principal, interest, penalty and costs."""
    late_recovered: int
    """What came after charge-off, by payments or a sale."""
    outstanding: int
    """All there is at the horizon, due or not."""
    applications: int
    refusals: int
    deferrals: int
    deferred_months: int
    """Months' ends with a deferral in force."""
    waivers: int
    reductions: int
    extensions: int
    arrangements: int
    settlements: int
    messages: int
    calls_connected: int
    visits: int
    notices: int
    complaints: int
    months_in_arrears: int
    adverse_marks: int
    judgments: int


def simulate_cases(
    world: World,
    policies: Mapping[str, Policy],
    cases: Sequence[Case],
    baseline: Policy | None = None,
) -> tuple[CaseOutcome, ...]:
    """Return the outcome of each case under each of ``policies``, case by case.

    ``baseline`` is the policy of the burn-in: that of ``policies`` unless given.
    """
    book = originate_cases(world, cases)
    season(book, world, policies[BASELINE] if baseline is None else baseline)
    by_policy = [_outcomes(book, world, name, policies[name], cases) for name in policies]
    return tuple(outcome for of_one_case in zip(*by_policy, strict=True) for outcome in of_one_case)


def _outcomes(
    seasoned: Book, world: World, name: str, policy: Policy, cases: Sequence[Case]
) -> list[CaseOutcome]:
    everyone = np.arange(len(seasoned))
    worst = np.zeros(len(seasoned), dtype=np.int64)

    def note_worst(book: Book, day: int) -> None:
        np.maximum(worst, days_past_due(book, everyone, day), out=worst)

    book = simulate(seasoned, world, policy, note_worst)
    charged_off = book.status == Status.CHARGED_OFF
    # charge-off comes between two months' ends, at these days past due or later
    worst[charged_off] = np.maximum(worst[charged_off], policy.servicing.charge_off_dpd)
    deferred = book.ledger.entries["deferral_in_force"][1:].sum(axis=0)
    outstanding = balance(book, everyone)

    outcomes = []
    for position, case in enumerate(cases):
        row = int(np.flatnonzero(book.replica == CASE_REPLICA + position)[0])
        default_day = int(book.default_day[row])
        outcomes.append(
            CaseOutcome(
                case=case.name,
                policy=name,
                status=Status.names()[int(book.status[row])],
                default_day=None if default_day == NEVER else default_day,
                worst_dpd=int(worst[row]),
                paid=_total(book, row, *PAID),
                paid_penalty=_total(book, row, "paid_penalty"),
                paid_costs=_total(book, row, "paid_costs"),
                forgiven=_total(book, row, *FORGIVEN),
                forgiven_penalty=_total(book, row, "forgiven_penalty"),
                written_off=_total(book, row, *WRITTEN_OFF),
                late_recovered=_total(book, row, "late_recovered", "sale_proceeds"),
                outstanding=int(outstanding[row]),
                applications=_total(book, row, "applications"),
                refusals=_total(book, row, "refusals"),
                deferrals=_total(book, row, "deferrals_granted"),
                deferred_months=int(deferred[position]),
                waivers=_total(book, row, "waivers_granted"),
                reductions=_total(book, row, "reductions_granted"),
                extensions=_total(book, row, "extensions_granted"),
                arrangements=_total(book, row, "arrangements_granted"),
                settlements=_total(book, row, "settlements_granted"),
                messages=_total(book, row, "messages_sent"),
                calls_connected=_total(book, row, "calls_connected"),
                visits=_total(book, row, "visits_connected"),
                notices=_total(book, row, "notices_sent"),
                complaints=_total(book, row, "complaints"),
                months_in_arrears=_total(book, row, "months_in_arrears"),
                adverse_marks=_total(book, row, "adverse_marks"),
                judgments=_total(book, row, "judgments"),
            )
        )
    return outcomes


def _total(book: Book, row: int, *columns: str) -> int:
    return sum(int(getattr(book, column)[row]) for column in columns)
