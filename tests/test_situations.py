"""Situations: what happens to one person, each named by a sentence."""

from __future__ import annotations

import numpy as np
import pytest
from oracle_defaults import policy, world

from sim.book import Book, WhyMissed
from sim.clock import MONTH, NEVER
from sim.experiment.cases import CaseOutcome, simulate_cases
from sim.facts import days_past_due
from sim.lender.timetable import run
from sim.rules.origination import originate_cases
from sim.scenario.load import load
from sim.scenario.schema import Case, Policy, World

ROW = np.arange(1)


@pytest.fixture(scope="module")
def outcomes() -> dict[tuple[str, str], CaseOutcome]:
    """What becomes of the shipped comparison's people under each of its policies."""
    scenario = load("shipped:relief_options")
    done = simulate_cases(scenario.world, scenario.policies, scenario.cases)
    return {(outcome.case, outcome.policy): outcome for outcome in done}


def test_deferral_carries_the_briefly_unemployed_over_who_else_is_lost(
    outcomes: dict[tuple[str, str], CaseOutcome],
) -> None:
    assert outcomes["jobless_briefly", "baseline"].status == "charged_off"
    helped = outcomes["jobless_briefly", "deferral"]
    assert helped.status != "charged_off"
    assert helped.default_day is None
    assert helped.deferred_months == 3
    assert helped.paid > outcomes["jobless_briefly", "baseline"].paid


def test_deferral_merely_delays_the_loss_of_the_long_unemployed(
    outcomes: dict[tuple[str, str], CaseOutcome],
) -> None:
    lost, delayed = outcomes["jobless_long", "baseline"], outcomes["jobless_long", "deferral"]
    assert lost.status == delayed.status == "charged_off"
    assert lost.default_day is not None
    assert delayed.default_day is not None
    assert delayed.default_day >= lost.default_day + 3 * MONTH
    assert delayed.deferred_months == 3


def test_a_waiver_forgives_penalty_and_saves_nobody_who_has_no_income(
    outcomes: dict[tuple[str, str], CaseOutcome],
) -> None:
    waived = outcomes["jobless_briefly", "waiver"]
    assert waived.forgiven_penalty > 0
    assert waived.status == outcomes["jobless_briefly", "baseline"].status


def one(case: dict[str, object], terms: Policy, **changes: object) -> tuple[Book, World]:
    """A scripted borrower at the start of its life, before anything has happened."""
    settled = World.model_validate(world(burn_in_months=0, **changes))
    scripted = Case.model_validate({"name": "one", "savings_months": 0.0, **case})
    return originate_cases(settled, [scripted]), settled


def test_arrears_at_entry_are_kept_and_their_days_stand_still_through_a_deferral() -> None:
    terms = Policy.model_validate(
        policy(
            relief__deferral__months=3,
            relief__desk__sensitivity=1.0,
            collections__intensity=0.0,
        )
    )
    jobless = {"job_loss": {"month": 2, "months": 20}, "aware": True, "applies": True}
    book, settled = one(jobless, terms, household__searching_income=0.0, loans__terms=[24])
    while book.deferral_from_day[0] == NEVER or book.day <= book.deferral_from_day[0]:
        run(book, settled, terms, book.day + 1)
    arrears = int(book.arrears_principal[0] + book.arrears_interest[0])
    penalty = int(book.penalty[0])
    frozen = int(days_past_due(book, ROW, book.day - 1)[0])
    assert arrears > 0
    assert frozen == 29
    start, end = int(book.deferral_from_day[0]), int(book.deferral_until_day[0])
    assert end - start == 3 * MONTH
    while book.day < end:
        run(book, settled, terms, book.day + 1)
        assert int(days_past_due(book, ROW, book.day - 1)[0]) == frozen
        assert int(book.arrears_principal[0] + book.arrears_interest[0]) == arrears
        assert int(book.penalty[0]) == penalty
    assert book.capitalised_interest[0] > 0
    assert book.billed_instalments[0] == 1 + (start - int(book.first_due_day[0])) // MONTH - 1
    before = int(book.instalment[0])
    run(book, settled, terms, end + 1)
    assert book.instalment[0] > before
    assert int(days_past_due(book, ROW, end)[0]) == frozen + 1
    run(book, settled, terms, end + MONTH + 1)
    assert int(days_past_due(book, ROW, end + MONTH)[0]) == frozen + 1 + MONTH


def test_who_has_lost_the_job_and_the_savings_misses_because_unable() -> None:
    terms = Policy.model_validate(policy(collections__intensity=0.0))
    jobless = {"job_loss": {"month": 1, "months": 20}}
    book, settled = one(jobless, terms, household__searching_income=0.0)
    book.savings[:] = book.surplus[:] = 0
    run(book, settled, terms, int(book.first_due_day[0]) + 1)
    assert book.why_missed[0] == WhyMissed.UNABLE
    assert book.late_starts[0] == 1


def test_nobody_is_called_or_written_to_once_a_deferral_is_granted() -> None:
    terms = Policy.model_validate(
        policy(
            relief__deferral__months=3,
            relief__desk__sensitivity=1.0,
            collections__call__opens_dpd=1,
        )
    )
    jobless = {"job_loss": {"month": 2, "months": 20}, "aware": True, "applies": True}
    book, settled = one(jobless, terms, household__searching_income=0.0, loans__terms=[24])
    while book.deferrals_granted[0] == 0:
        run(book, settled, terms, book.day + 1)
    contacts = (int(book.messages_sent[0]), int(book.calls_attempted[0]))
    run(book, settled, terms, int(book.deferral_until_day[0]))
    assert (int(book.messages_sent[0]), int(book.calls_attempted[0])) == contacts
    run(book, settled, terms, int(book.deferral_until_day[0]) + 20)
    assert int(book.calls_attempted[0]) > contacts[1]


def test_silence_is_not_absence_of_loss() -> None:
    """Frozen days past due hide no loss: nothing paid for 90 days at the horizon counts as lost."""
    terms = Policy.model_validate(
        policy(relief__deferral__months=12, relief__desk__sensitivity=1.0)
    )
    jobless = {"job_loss": {"month": 1, "months": 30}, "aware": True, "applies": True}
    book, settled = one(
        jobless, terms, months=8, household__searching_income=0.0, loans__terms=[24]
    )
    run(book, settled, terms, MONTH * settled.months)
    assert book.default_day[0] == NEVER
    assert book.ledger.entries["defaulted"][-1].tolist() == [0]
    assert book.ledger.entries["lost"][-1].tolist() == [1]
