"""Situations: what happens to one person, and to many, each named by a sentence.

What is said of many is said of ten replicas of a drawn population, at the seed of its scenario and
so the same at every run, and holds by the 95 % interval of the paired differences: what is not true
would pass so at one seed in forty.
"""

from __future__ import annotations

import numpy as np
import pytest
from oracle_defaults import policy, world

from sim.book import Book, WhyMissed
from sim.clock import MONTH, NEVER
from sim.experiment.cases import CaseOutcome, simulate_cases
from sim.experiment.compare import Comparison, compare
from sim.experiment.inference import Effect, paired_effect
from sim.facts import days_past_due
from sim.lender.timetable import run
from sim.rules.origination import originate, originate_cases
from sim.scenario.load import load
from sim.scenario.schema import Case, Policy, World
from sim.show.findings import sentences
from sim.show.language import Language

ROW = np.arange(1)


@pytest.fixture(scope="module")
def outcomes() -> dict[tuple[str, str], CaseOutcome]:
    """What becomes of the shipped comparison's people under each of its policies."""
    scenario = load("shipped:relief_options")
    done = simulate_cases(scenario.world, scenario.policies, scenario.cases)
    return {(outcome.case, outcome.policy): outcome for outcome in done}


def test_deferral_keeps_the_record_of_the_briefly_unemployed_clean(
    outcomes: dict[tuple[str, str], CaseOutcome],
) -> None:
    marked, helped = (outcomes["jobless_briefly", policy] for policy in ("baseline", "deferral"))
    assert marked.worst_dpd >= 60
    assert marked.adverse_marks > 0
    assert helped.deferred_months == 3
    assert helped.worst_dpd == helped.adverse_marks == 0
    assert helped.default_day is None


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


def compared(name: str, policies: str, **changes: object) -> Comparison:
    """A shipped scenario's baseline and some of its policies, ten replicas of a few borrowers."""
    size = {"world__replicas": 10, "world__borrowers": 1_000}
    keys = {key.replace("__", "."): value for key, value in (size | changes).items()}
    scenario = load(f"shipped:{name}", keys)
    chosen = {each: scenario.policies[each] for each in ("baseline", *policies.split())}
    return compare(scenario.model_copy(update={"policies": chosen, "cases": ()}))


def difference(of: Comparison, metric: str, first: str, second: str = "baseline") -> Effect:
    """First minus second, replica by replica, with the 95 % interval."""
    return paired_effect(of.metrics[first][metric], of.metrics[second][metric], None)


def is_lower(of: Comparison, metric: str, first: str, second: str = "baseline") -> bool:
    high = difference(of, metric, first, second).high
    assert high is not None
    return high < 0


def mean(of: Comparison, metric: str, policy: str) -> float:
    return float(of.metrics[policy][metric].mean())


def after_layoffs(slow_finder_share: float) -> Comparison:
    """Half of all lose their job on day 0 and find another within weeks, or in years; no more."""
    return compared(
        "hardship_deferral",
        "three_told",
        world__borrowers=500,
        world__shocks=({"kind": "layoffs", "month": 1, "share": 0.5},),
        world__household__job_loss_per_month=0.0,
        world__household__slow_finder_share=slow_finder_share,
        world__household__slow_finding_per_month=0.02,
    )


def test_deferral_helps_who_is_soon_back_at_work_and_merely_delays_the_rest() -> None:
    briefly, long = after_layoffs(0.0), after_layoffs(1.0)
    assert is_lower(briefly, "default_rate", "three_told")
    saved, delayed = (
        of.ledgers["baseline"]["defaulted"].sum(axis=1)
        - of.ledgers["three_told"]["defaulted"].sum(axis=1)
        for of in (briefly, long)
    )
    assert saved[-1] > 0.8 * saved[6] > 0  # six months on, and when all is over
    assert delayed[6] > saved[6]
    assert 0 < delayed[-1] < 0.1 * delayed[6]


def test_a_universal_holiday_backfires_where_habits_are_lost_and_not_where_they_are_kept() -> None:
    lost = compared("universal_holiday", "one three")
    kept = compared("universal_holiday_habit_kept", "one three")
    assert is_lower(lost, "default_rate", "baseline", "three")
    assert is_lower(lost, "default_rate", "one", "three")
    assert {kept.effects[each]["default_rate"].verdict for each in ("one", "three")} == {
        "not_distinguishable"
    }


def test_a_waiver_that_changes_no_behaviour_moves_default_little_and_the_result_says_so() -> None:
    waived = compared(
        "penalty_waiver",
        "half",
        world__behaviour__waiver_willingness=0.0,
        world__behaviour__reciprocity=0.0,
        world__behaviour__grant_reengages=0.0,
    )
    assert mean(waived, "forgiven_penalty", "half") > 0
    effect = difference(waived, "default_rate", "half")
    assert effect.low is not None and effect.high is not None
    twentieth = 0.05 * mean(waived, "default_rate", "baseline")
    assert -twentieth < effect.low <= 0 <= effect.high < twentieth
    words = {
        "identical": "default rate exactly the same",
        "not_distinguishable": "the difference in default rate cannot be told from noise",
    }
    verdict = waived.effects["half"]["default_rate"].verdict
    assert words[verdict] in sentences(waived, Language("en", "CNY"))[0]


def test_an_announced_waiver_is_waited_for_only_where_people_wait() -> None:
    waiting = compared("penalty_waiver", "announced", world__borrowers=500)
    assert is_lower(waiting, "miss_rate", "baseline", "announced")
    assert is_lower(waiting, "default_rate", "baseline", "announced")
    patient = compared(
        "penalty_waiver", "announced", world__borrowers=500, world__behaviour__waits_for_waiver=0.0
    )
    assert not is_lower(patient, "miss_rate", "baseline", "announced")


@pytest.fixture(scope="module")
def rhythms() -> Comparison:
    """Intensities 0 to 4."""
    return compared("how_much_collecting", "none double fourfold")


def test_collecting_cures_early_and_more_of_it_hardly_more(rhythms: Comparison) -> None:
    assert is_lower(rhythms, "cure_rate", "none")
    gained = -difference(rhythms, "cure_rate", "none").difference
    further = difference(rhythms, "cure_rate", "fourfold").high
    assert further is not None
    assert further < 0.1 * gained


def test_collecting_more_strains_and_costs_more(rhythms: Comparison) -> None:
    for metric in ("complaints_per_thousand", "cost_of_collection"):
        for less, more in (("none", "baseline"), ("baseline", "double"), ("double", "fourfold")):
            assert is_lower(rhythms, metric, less, more)


def test_default_is_lowest_between_no_collecting_and_most_while_money_still_comes_in(
    rhythms: Comparison,
) -> None:
    assert is_lower(rhythms, "default_rate", "baseline", "none")
    assert is_lower(rhythms, "default_rate", "baseline", "fourfold")
    assert is_lower(rhythms, "recovered", "baseline", "double")


def test_legal_limits_refuse_contacts_and_cap_attempts() -> None:
    limited = compared("conduct_and_complaints", "hard hard_us", world__borrowers=300)
    assert not limited.metrics["hard"]["contacts_refused"].any()
    assert is_lower(limited, "contacts_refused", "baseline", "hard_us")
    for metric in ("calls_attempted", "complaints_per_thousand", "default_rate"):
        assert is_lower(limited, metric, "hard_us", "hard")


def test_where_habits_are_lost_and_review_errs_the_best_deferral_is_neither_none_nor_longest() -> (
    None
):
    """0.03 of those deferred stop for each month, and half of the pretenders are believed."""
    lost = compared(
        "how_long_a_deferral", "three twelve", world__behaviour__stops_per_holiday_month=0.03
    )
    assert is_lower(lost, "default_rate", "three")
    assert is_lower(lost, "default_rate", "three", "twelve")


def test_where_habits_are_kept_and_review_never_errs_longer_is_better() -> None:
    kept = compared(
        "how_long_a_deferral",
        "three twelve",
        world__behaviour__stops_per_holiday_month=0.0,
        baseline__relief__desk__specificity=1.0,
    )
    assert is_lower(kept, "default_rate", "three")
    assert is_lower(kept, "default_rate", "twelve", "three")


def of_many(terms: Policy, **changes: object) -> Book:
    """A book of many at the end of half a year, nothing having happened before day 0."""
    settled = World.model_validate(
        world(months=6, burn_in_months=0, borrowers=1_000, replicas=1, **changes)
    )
    book = originate(settled, range(settled.replicas))
    run(book, settled, terms, MONTH * settled.months)
    return book


SPARED: dict[str, object] = {
    "household__job_loss_per_month": 0.0,
    "household__illness_per_month": 0.0,
    "household__expense_per_month": 0.0,
}


def test_a_reminder_before_the_due_date_keeps_some_from_forgetting_and_strains_nobody() -> None:
    silent: dict[str, object] = {
        "collections__message__dpd": [],
        "collections__call__early_rate": 0.0,
        "collections__call__late_rate": 0.0,
    }
    forgetful = {"behaviour__forgetting": 0.3, "behaviour__disengagement_first": 0.0}
    unsent, sent = (
        of_many(
            Policy.model_validate(policy(**silent, collections__message__before_due=reminds)),
            **(SPARED | forgetful),
        )
        for reminds in (False, True)
    )
    assert not unsent.messages_sent.any()
    assert (sent.messages_sent[sent.late_starts == 0] > 0).all()
    assert sent.misses.sum() < 0.8 * unsent.misses.sum()
    assert not sent.strain.any()
    assert not sent.complaints.any()


def test_who_stopped_dealing_with_the_lender_returns_unprompted_only_where_people_do() -> None:
    unasked = Policy.model_validate(policy(collections__intensity=0.0))
    gone, back = (
        of_many(
            unasked,
            household__job_loss_per_month=0.1,
            behaviour__disengagement_first=0.9,
            behaviour__returns_per_month=returns,
        )
        for returns in (0.0, 0.5)
    )
    silent = [int((book.why_missed == WhyMissed.DISENGAGED).sum()) for book in (gone, back)]
    assert 0 < silent[1] < 0.7 * silent[0]
    assert back.paid_principal.sum() > gone.paid_principal.sum()


def test_who_never_reconsiders_pays_on_due_dates_or_not_at_all() -> None:
    unasked = Policy.model_validate(policy(collections__intensity=0.0))
    short = {"household__job_loss_per_month": 0.1, "behaviour__forgetting": 0.0}
    between = []
    for reconsiders in (0.0, 0.3, 1.0):
        book = of_many(unasked, **short, behaviour__reconsiders=reconsiders)
        between.append(int(((book.last_payment_day - book.first_due_day) % MONTH > 0).sum()))
    assert between[0] == 0 < between[1] < between[2]


def test_a_default_is_after_a_misfortune_where_there_are_some() -> None:
    terms = Policy.model_validate(policy())
    unwilling: dict[str, object] = {"behaviour__opportunists": 0.5, "behaviour__skipping": 1.0}
    spared = of_many(terms, **(SPARED | unwilling), household__transitory_sd=0.0)
    assert (spared.misfortune_day == NEVER).all()
    assert (spared.default_day != NEVER).sum() > 50
    assert not spared.default_after_misfortune.any()
    struck = of_many(terms, household__job_loss_per_month=0.15, behaviour__opportunists=0.0)
    defaulted = struck.default_day != NEVER
    assert struck.default_after_misfortune[defaulted].mean() > 0.8
    assert not struck.default_after_misfortune[~defaulted].any()


def test_a_written_off_loan_is_reported_every_month_after_it_sold_or_not() -> None:
    jobless = {"job_loss": {"month": 1, "months": 30}}
    for route in ("none", "sale"):
        terms = Policy.model_validate(
            policy(
                servicing__charge_off_dpd=90,
                servicing__bureau_dpd=120,
                collections__recovery__route=route,
                collections__recovery__sell_after_months=2,
            )
        )
        book, settled = one(jobless, terms, months=12, household__searching_income=0.0)
        run(book, settled, terms, MONTH * settled.months)
        months_since = 12 - int(book.charged_off_day[0]) // MONTH
        assert months_since > 4
        assert book.sold[0] == (route == "sale")
        assert book.adverse_marks[0] == months_since
        assert book.months_in_arrears[0] == months_since + 3
