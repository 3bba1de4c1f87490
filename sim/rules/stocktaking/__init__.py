"""Stocktaking: the totals of each replica that the ledger takes at a month's end.

Cumulative columns are summed as they stand, stocks are counted, and what rolls from bucket to
bucket is a flow of the month. New loans stand outside every sum; minutes are all that staff worked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np

from sim.book import COLUMNS, MINUTES, Book, Int64, Mask, Rows, Status
from sim.clock import MONTH, NEVER
from sim.columns import FORGIVEN, PAID, WRITTEN_OFF
from sim.facts import balance, claim, days_past_due, late_rows, without_job
from sim.ledger import Totals
from sim.luck import Purpose, lognormal, quantile, uniform
from sim.rules import (
    BALANCES,
    BUCKETS,
    FELL_ILL,
    JOB_LOST,
    MET_DISASTER,
    SPELLS,
    Replicas,
    SomeRows,
    bucket_of,
)
from sim.rules.stocktaking.classes import classes
from sim.rules.stocktaking.relief import relief
from sim.rules.stocktaking.worth import worth
from sim.scenario.schema import Cohort, Loans

SUMMED_COLUMNS: Final = (
    *BALANCES,
    "opening_principal",
    "interest_charged",
    "penalty_charged",
    "capitalised_interest",
    "costs_charged",
    "forgone_interest",
    "clipped_penalty",
    *PAID,
    *FORGIVEN,
    *WRITTEN_OFF,
    "late_recovered",
    "commissions",
    "sale_proceeds",
    "early_payoffs",
    "at_risk",
    "due_dates",
    "misses",
    "late_starts",
    "cures",
    "promises_made",
    "promises_kept",
    "months_in_arrears",
    "adverse_marks",
    "deferrals_granted",
    "deferral_eligible",
    "waivers_granted",
    "waiver_eligible",
    "waivers_kept",
    "reductions_granted",
    "reduction_eligible",
    "extensions_granted",
    "extension_eligible",
    "arrangements_granted",
    "arrangement_eligible",
    "arrangements_kept",
    "arrangements_broken",
    "settlements_granted",
    "settlement_eligible",
    "voluntary_payments",
    "outreach_reached",
    "applications",
    "abandoned",
    "files_decided",
    "review_minutes",
    "refusals",
    "refused_in_hardship",
    "waiting_days",
    "other_arrears",
    "squeezed",
    "messages_sent",
    "calls_attempted",
    "calls_connected",
    "visits_attempted",
    "visits_connected",
    "notices_sent",
    "contacts_refused",
    "complaints",
    "cases_filed",
    "hearings",
    "court_waiting_days",
    "judgments",
)
ROLLING: Final = BUCKETS[:4]
"""The buckets whose roll rates are told."""
WITHOUT_PAYMENT_DAYS: Final = 90

SPELL_FROM_DAYS: Final = (35, 105, 189)
"""Lower bounds of the longer spells, days since the job was lost."""

SEGMENTS: Final = {
    "income": ("low", "middle", "high"),
    "record": ("clean", "late"),
    "shock": ("none", "job_loss", "illness", "disaster"),
}
"""By income at origination, by record before day 0, by shocks met since."""
LOW_INCOME, HIGH_INCOME = 3 / 4, 4 / 3
"""Bounds of the middle incomes, in medians."""
GROWING: Final = {
    "paid": (*PAID, "late_recovered", "sale_proceeds"),
    "complaints": ("complaints",),
    "relief_granted": tuple(name for name in COLUMNS if name.endswith("s_granted")),
    "adverse_marks": ("adverse_marks",),
}
"""What a segment is told of as the growth of columns since day 0."""
SEGMENT_ENTRIES: Final = (
    "members",
    "at_risk",
    "lost",
    "defaulted",
    "charged_off",
    "paid_off",
    "behind",
    "no_payment",
    *GROWING,
)


def totals(book: Book, day: int) -> dict[str, Totals]:
    """Return what the ledger takes at the close of ``day``, each of shape (replicas,)."""
    replicas = Replicas(book)
    taken = {name: replicas.sum(getattr(book, name)) for name in SUMMED_COLUMNS}
    taken["borrowers"] = replicas.sum(np.ones(len(book), dtype=np.bool_))
    for status, name in Status.names().items():
        taken[name] = replicas.sum(book.status == status)

    late = SomeRows(replicas, late_rows(book))
    overdue = days_past_due(book, late.rows, day)
    silent = _silent(book, day)
    taken |= _delinquency(book, late, overdue, taken)
    taken |= worth(book, late, overdue, silent, day, taken)
    taken |= classes(book, late, overdue, day, taken)
    taken |= _losses(book, replicas, silent)
    taken |= relief(book, replicas, day)
    taken |= _spells(book, replicas, day)
    for name in MINUTES:
        taken[name] = getattr(book, name).copy()
    return taken


def _delinquency(
    book: Book, late: SomeRows, overdue: Int64, taken: dict[str, Totals]
) -> dict[str, Totals]:
    """Return loans and balances by bucket, and who has moved to a later one since last month."""
    bucket = bucket_of(overdue)
    loans = late.count_by(bucket, len(BUCKETS))
    balances = late.sum_by(bucket, len(BUCKETS), balance(book, late.rows))
    # whoever is active and not late is current
    loans[0] += taken["active"] - loans.sum(axis=0)
    balances[0] += sum(taken[name] for name in BALANCES) - balances.sum(axis=0)

    charged_off = np.flatnonzero((book.bucket >= 0) & (book.status == Status.CHARGED_OFF))
    worse = bucket > book.bucket[late.rows]
    moved = SomeRows(late.replicas, np.sort(np.concatenate((late.rows[worse], charged_off))))
    rolled = moved.count_by(book.bucket[moved.rows].astype(np.int64), len(BUCKETS))
    return (
        {f"dpd_{lower}": loans[position] for position, lower in enumerate(BUCKETS)}
        | {f"balance_dpd_{lower}": balances[position] for position, lower in enumerate(BUCKETS)}
        | {f"rolled_{lower}": rolled[position] for position, lower in enumerate(ROLLING)}
    )


def _losses(book: Book, replicas: Replicas, silent: Rows) -> dict[str, Totals]:
    """Return who is lost, by default or by silence, and what may be claimed after charge-off."""
    defaulted = book.at_risk & (book.default_day != NEVER)
    written_off = SomeRows(replicas, np.flatnonzero(book.status == Status.CHARGED_OFF))
    return {
        "no_payment_90": SomeRows(replicas, silent).count(),
        "defaulted": replicas.sum(defaulted),
        "defaulted_after_misfortune": replicas.sum(defaulted & book.default_after_misfortune),
        "lost": replicas.sum(_lost(book, silent)),
        "claim_charged_off": written_off.sum(claim(book, written_off.rows)),
    }


def _silent(book: Book, day: int) -> Rows:
    """Return who owes on an active loan and has not paid for 90 days; nothing freezes this."""
    unpaid = (book.status == Status.ACTIVE) & (day - book.last_payment_day >= WITHOUT_PAYMENT_DAYS)
    rows = np.flatnonzero(unpaid)
    return rows[balance(book, rows) > 0]


def _lost(book: Book, silent: Rows) -> Mask:
    """Return who of those at risk has defaulted since, or is silent."""
    gone = book.default_day != NEVER
    gone[silent] = True
    lost: Mask = book.at_risk & gone
    return lost


def _spells(book: Book, replicas: Replicas, day: int) -> dict[str, Totals]:
    """Return who with an active loan is without a job, by the days since it was lost."""
    active = np.flatnonzero(book.status == Status.ACTIVE)
    jobless = SomeRows(replicas, active[without_job(book, active, day)])
    days = day - book.job_loss_day[jobless.rows]
    spells = np.searchsorted(SPELL_FROM_DAYS, days, side="right")
    counts = jobless.count_by(spells, len(SPELLS))
    return dict(zip(SPELLS, counts, strict=True))


def segments(
    eve: Book, end: Book, day: int, loans: Loans, cohorts: Sequence[Cohort] = ()
) -> dict[str, dict[str, Totals]]:
    """Return segment or cohort -> entry -> totals since day 0, at the close of ``day``, the end.

    ``eve`` is the same book before day 0. Told of are the ``members``: in a segment those at risk
    on day 0, in a cohort all with an active loan. Income, record and cohort do not depend on the
    policy; which shocks were met does a little, because a loan that has ended meets no more.
    """
    replicas = Replicas(end)
    ended = {
        "at_risk": end.at_risk,
        "lost": _lost(end, _silent(end, day)),
        "defaulted": end.at_risk & (end.default_day != NEVER),
        **_endings(eve, end),
        "no_payment": _growth(eve, end, (*PAID, "late_recovered")) == 0,
    }
    growth = {entry: _growth(eve, end, names) for entry, names in GROWING.items()}
    parts = {name: who & end.at_risk for name, who in _membership(end, loans).items()}
    taken = {}
    for part, members in (parts | _cohorts(eve, cohorts)).items():
        some = SomeRows(replicas, np.flatnonzero(members))
        taken[part] = (
            {"members": some.count()}
            | {entry: some.count(who[some.rows]) for entry, who in ended.items()}
            | {entry: some.sum(values[some.rows]) for entry, values in growth.items()}
        )
    return taken


def _growth(eve: Book, end: Book, names: Iterable[str]) -> Int64:
    """Return by how much the columns have grown since the eve, summed row by row."""
    growth = np.zeros(len(end), dtype=np.int64)
    for name in names:
        growth += getattr(end, name)
        growth -= getattr(eve, name)
    return growth


def _endings(eve: Book, end: Book) -> dict[str, Mask]:
    """Return how loans that were active on the eve have ended, and whose are behind now."""
    active = eve.status == Status.ACTIVE
    charged_off = active & (end.status == Status.CHARGED_OFF)
    behind = charged_off.copy()
    late = late_rows(end)
    behind[late] = active[late]
    paid_off = active & (end.status == Status.PAID_OFF)
    return {"charged_off": charged_off, "paid_off": paid_off, "behind": behind}


def _cohorts(eve: Book, cohorts: Sequence[Cohort]) -> dict[str, Mask]:
    """Return who belongs to each cohort: by days past due on the eve of day 0."""
    overdue = days_past_due(eve, np.arange(len(eve)), -1)
    lent = (eve.status == Status.ACTIVE) & (eve.first_due_day < MONTH)
    return {
        cohort.name: lent & (overdue >= cohort.min_dpd) & (overdue <= cohort.max_dpd)
        for cohort in cohorts
    }


def _membership(book: Book, loans: Loans) -> dict[str, Mask]:
    """Return who belongs to each of ``SEGMENTS``; a borrower meets any number of shocks."""
    draw = uniform(Purpose.INCOME, 0, book.fate)
    income = quantile(lognormal(loans.income_log_sd), draw)  # at origination, in medians
    low, high = income < LOW_INCOME, income > HIGH_INCOME
    late = book.late_before > 0
    met = book.shocks_met
    members = (
        (low, ~low & ~high, high),
        (~late, late),
        (met == 0, (met & JOB_LOST) > 0, (met & FELL_ILL) > 0, (met & MET_DISASTER) > 0),
    )
    return {
        f"{kind}_{name}": mask
        for (kind, names), masks in zip(SEGMENTS.items(), members, strict=True)
        for name, mask in zip(names, masks, strict=True)
    }
