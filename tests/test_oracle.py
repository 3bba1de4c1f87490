"""The engine equals the textbook model: every column of every borrower at every month's end."""

from __future__ import annotations

from collections import Counter

import numpy as np
import oracle
import pytest
from drawn import Drawn, drawn
from hypothesis import HealthCheck, Phase, given, settings
from mechanisms import MECHANISMS, NOTED, seen_in
from oracle_defaults import policy, world

from sim.book import COLUMNS, MINUTES, Book
from sim.facts import arrears
from sim.lender.timetable import run
from sim.rules.origination import originate, originate_cases
from sim.scenario.schema import Case, Policy, World


def assert_agree(scenario: Drawn) -> tuple[Book, set[str]]:
    """Run both, month by month, and compare them to the cent.

    Returns the engine's book, and what the oracle has noted.
    """
    settled_world = World.model_validate(scenario.world)
    baseline = Policy.model_validate(scenario.baseline)
    studied = Policy.model_validate(scenario.policy)
    if scenario.cases:
        book = originate_cases(settled_world, [Case.model_validate(c) for c in scenario.cases])
    else:
        book = originate(settled_world, range(settled_world.replicas))
    textbook = oracle.run(
        scenario.world, scenario.baseline, scenario.policy, cases=scenario.cases or None
    )
    assert textbook.months
    for month in textbook.months:
        in_force = baseline if month.day < 0 else studied
        run(book, settled_world, in_force, month.day + 1)
        assert_same_rows(book, month)
    return book, textbook.noted


def assert_same_rows(book: Book, month: oracle.Snapshot) -> None:
    """Name the first borrower and every column in which the two differ."""
    people = list(zip(book.replica.tolist(), book.number.tolist(), strict=True))
    assert sorted(people) == sorted(month.rows)
    owing = arrears(book, np.arange(len(book))) > 0
    for name in COLUMNS:
        ours = getattr(book, name)
        theirs = np.array([month.rows[who][name] for who in people])
        differs = ours != theirs
        if name == "accrued_through_day":  # means nothing where nothing is overdue
            differs &= owing
        if differs.any():
            first = int(np.flatnonzero(differs)[0])
            columns = {
                column: (getattr(book, column)[first].item(), month.rows[people[first]][column])
                for column in COLUMNS
            }
            wrong = {column: pair for column, pair in columns.items() if pair[0] != pair[1]}
            pytest.fail(f"day {month.day}, borrower {people[first]}: (engine, oracle) {wrong}")
    for position, replica in enumerate(book.replicas.tolist()):
        worked = month.replicas[replica]
        ours = {name: int(getattr(book, name)[position]) for name in MINUTES}
        assert ours == worked, f"day {month.day}"


MET: Counter[str] = Counter()
"""In how many of the drawn scenarios each mechanism had work to do."""
LEAST = 5


@given(drawn())
@settings(
    max_examples=250,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],  # to shrink takes longer than to read the columns that differ
    suppress_health_check=[HealthCheck.too_slow],
)
def test_engine_and_oracle_agree_on_drawn_scenarios(scenario: Drawn) -> None:
    book, noted = assert_agree(scenario)
    MET.update(seen_in(scenario, book))
    MET.update(noted)


def test_the_drawn_scenarios_use_every_mechanism() -> None:
    """``python -m pytest tests/test_oracle.py -s`` prints the table."""
    if not MET:
        pytest.skip("needs the drawn scenarios of this file to have run in the same process")
    print("\ndrawn scenarios (of 250) that use each mechanism, compared with the oracle:")
    for name in (*MECHANISMS, *NOTED):
        print(f"  {name:<50}{MET[name]:>4}")
    assert not {name: MET[name] for name in (*MECHANISMS, *NOTED) if MET[name] < LEAST}


STORIES: dict[str, Drawn] = {
    "a plain loan is paid to the cent": Drawn(
        world(
            months=26,
            burn_in_months=0,
            borrowers=1,
            replicas=1,
            household__job_loss_per_month=0.0,
            household__illness_per_month=0.0,
            household__expense_per_month=0.0,
            behaviour__forgetting=0.0,
            behaviour__opportunists=0.0,
        ),
        policy(),
        policy(),
        [],
    ),
    "falls ill, hears of relief, defers three months and goes on paying": Drawn(
        world(
            months=20,
            burn_in_months=0,
            behaviour__application=1.0,
            behaviour__proof_share=1.0,
            household__illness_income=0.3,
        ),
        policy(),
        policy(relief__deferral__months=3, relief__desk__sensitivity=1.0),
        [{"name": "ill", "illness": {"month": 4, "months": 3}, "aware": True}],
    ),
    "loses the job for good, is called, disengages and is charged off": Drawn(
        world(months=20, burn_in_months=2, household__searching_income=0.0),
        policy(),
        policy(collections__intensity=2.0),
        [
            {
                "name": "jobless",
                "job_loss": {"month": 2, "months": 30},
                "aware": False,
                "savings_months": 0.0,
            }
        ],
    ),
    "is late after an illness, has half the penalty waived and catches up": Drawn(
        world(
            months=20,
            burn_in_months=0,
            household__illness_income=0.1,
            behaviour__application=1.0,
            behaviour__proof_share=1.0,
            behaviour__disengagement_first=0.0,
            behaviour__disengagement_second=0.0,
        ),
        policy(),
        policy(relief__penalty_waiver__share=0.5, relief__desk__sensitivity=1.0),
        [
            {
                "name": "waived",
                "illness": {"month": 3, "months": 3},
                "aware": True,
                "savings_months": 0.0,
            }
        ],
    ),
    "two reviewers' minutes and one agent's are fought over": Drawn(
        world(
            months=12,
            burn_in_months=3,
            borrowers=120,
            replicas=2,
            household__job_loss_per_month=0.1,
            behaviour__awareness=0.9,
            behaviour__application=0.9,
        ),
        policy(),
        policy(
            relief__deferral__months=2,
            relief__penalty_waiver__share=0.5,
            relief__desk__reviewers=1,
            relief__desk__minutes_per_reviewer_day=30,
            collections__agents=1,
            collections__minutes_per_agent_day=40,
            collections__intensity=2.0,
            collections__priority="largest",
        ),
        [],
    ),
    "the default book over two years": Drawn(
        world(borrowers=60, replicas=1),
        policy(),
        policy(relief__deferral__months=3, relief__penalty_waiver__share=0.5),
        [],
    ),
}


@pytest.mark.parametrize("story", STORIES)
def test_engine_and_oracle_agree_on_the_story(story: str) -> None:
    assert_agree(STORIES[story])
