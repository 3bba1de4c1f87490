"""Scenarios drawn by Hypothesis: small books under stress, so that rare rules meet each other."""

from __future__ import annotations

from typing import Any, NamedTuple

from hypothesis import strategies as st
from oracle_defaults import policy, world

Nested = dict[str, Any]
Strategy = st.SearchStrategy[Any]


class Drawn(NamedTuple):
    """A world, the policy of burn-in, the policy from day 0 on, and scripted cases (or none)."""

    world: Nested
    baseline: Nested
    policy: Nested
    cases: list[Nested]


def chance(*values: float) -> Strategy:
    """One of the telling values, or any chance."""
    return st.sampled_from(values) | st.floats(0, 1, allow_nan=False).map(lambda p: round(p, 4))


def some(**strategies: Strategy) -> Strategy:
    """A dict with any of the keys: what is left out keeps its default."""
    return st.fixed_dictionaries({}, optional=strategies)


TERMS = st.lists(st.integers(1, 14), min_size=1, max_size=3)

WORLDS = some(
    loans__median_income=st.sampled_from([1_000, 61_803, 500_000]),
    loans__instalment_share=st.sampled_from([0.05, 0.3, 0.6]),
    loans__terms=TERMS,
    loans__annual_rate_bp=st.sampled_from([0, 1, 777, 3_600, 10_000]),
    loans__burden_cap=st.sampled_from([0.6, 0.95, 1.3]),
    household__job_loss_per_month=chance(0, 0.05, 0.3).map(lambda p: p / 2),
    household__slow_finder_share=chance(0, 0.5, 1),
    household__fast_finding_per_month=chance(0, 0.5).map(lambda p: min(p, 0.95)),
    household__slow_finding_per_month=chance(0, 0.2).map(lambda p: min(p, 0.95)),
    household__searching_income=chance(0, 0.4),
    household__illness_per_month=chance(0, 0.2).map(lambda p: p / 2),
    household__illness_months=st.sampled_from([0.1, 1.0, 3.7]),
    household__illness_income=chance(0, 0.5),
    household__permanent_sd=st.sampled_from([0.0, 0.3]),
    household__transitory_sd=st.sampled_from([0.0, 0.5, 1.0]),
    household__expense_per_month=chance(0, 0.3),
    household__expense_incomes=st.sampled_from([0.0, 1.0, 4.0]),
    household__essentials_share=st.sampled_from([0.4, 0.6, 0.8]),
    household__other_debt_share=st.sampled_from([0.0, 0.2]),
    household__hand_to_mouth_share=chance(0, 1),
    household__buffer_months=st.sampled_from([0.0, 0.5, 4.0]),
    behaviour__forgetting=st.sampled_from([0.0, 0.1, 0.5]),
    behaviour__remembering_per_day=st.sampled_from([0.0, 0.1, 0.9]),
    behaviour__opportunists=chance(0, 0.5, 1),
    behaviour__skipping=chance(0, 1),
    behaviour__disengagement_first=chance(0, 0.95).map(lambda p: min(p, 0.95)),
    behaviour__disengagement_second=chance(0, 0.95).map(lambda p: min(p, 0.95)),
    behaviour__disengagement_later=chance(0, 0.95).map(lambda p: min(p, 0.95)),
    behaviour__partial_share=chance(0, 0.1, 1),
    behaviour__reconsider_days=st.sampled_from([[], [1], [7, 14, 21, 28], [2, 29], [15]]),
    behaviour__awareness=chance(0, 1),
    behaviour__application=chance(0, 1),
    behaviour__proof_share=chance(0, 1),
    behaviour__proof_days=st.sampled_from([0, 1, 12, 45]),
    contact__message_works=chance(0, 1),
    contact__reach_early=st.sampled_from([0.0, 0.2, 0.6]),
    contact__reach_late=st.sampled_from([0.0, 0.2, 0.6]),
    contact__pays_early=chance(0, 1),
    contact__pays_late=chance(0, 1),
    contact__reengaged=chance(0, 1),
    contact__persuaded=chance(0, 1),
    contact__informs=chance(0, 1),
    strain__per_message=st.sampled_from([0.0, 0.1, 1.7]),
    strain__per_call=st.sampled_from([0.0, 1.0, 4.3]),
    strain__half_life_days=st.sampled_from([1, 7, 200]),
    strain__cooperation_loss=st.sampled_from([0.0, 0.3, 3.0]),
    strain__disengagement_gain=st.sampled_from([0.0, 0.3, 3.0]),
)


def dpd_window(instrument: str, lowest: int) -> Strategy:
    """A days-past-due window of an instrument, in order."""
    bounds = st.tuples(st.integers(lowest, 70), st.sampled_from([0, 5, 30, 59, 60, 120, 360]))
    return bounds.map(
        lambda b: {f"{instrument}__min_dpd": min(b), f"{instrument}__max_dpd": max(b)}
    )


HARDSHIPS = st.sampled_from([["job_loss"], ["illness"], ["job_loss", "illness"]])
STAFF = st.just("unlimited") | st.integers(0, 2)
DPD_DAYS = st.lists(st.integers(1, 95), max_size=8, unique=True).map(sorted)

LEVERS = st.fixed_dictionaries(
    {
        "relief__deferral__months": st.sampled_from([0, 1, 2, 3, 6]),
        "relief__penalty_waiver__share": st.sampled_from([0.0, 0.3333, 0.5, 1.0]),
        "collections__intensity": st.sampled_from([0.0, 0.4, 1.0, 1.7, 3.0]),
    }
)
POLICIES = some(
    relief__deferral__hardships=HARDSHIPS,
    relief__deferral__max_uses=st.integers(1, 3),
    relief__deferral__proof_required=st.booleans(),
    relief__penalty_waiver__hardships=HARDSHIPS,
    relief__penalty_waiver__proof_required=st.booleans(),
    relief__desk__reviewers=STAFF,
    relief__desk__minutes_per_reviewer_day=st.sampled_from([0, 26, 60, 420]),
    relief__desk__deferral_minutes=st.sampled_from([1, 25, 50]),
    relief__desk__waiver_minutes=st.sampled_from([1, 10, 27]),
    relief__desk__sensitivity=chance(0, 1),
    relief__desk__specificity=chance(0, 1),
    relief__desk__specificity_without_proof=chance(0, 1),
    collections__agents=STAFF,
    collections__minutes_per_agent_day=st.sampled_from([0, 9, 21, 420]),
    collections__priority=st.sampled_from(["oldest", "largest", "newest"]),
    collections__message__dpd=DPD_DAYS,
    collections__call__opens_dpd=st.sampled_from([1, 3, 30, 61]),
    collections__call__early_until_dpd=st.sampled_from([0, 29, 30, 90]),
    collections__call__early_rate=st.sampled_from([0.0, 0.3, 1.0, 2.5]),
    collections__call__late_rate=st.sampled_from([0.0, 0.5, 2.0]),
    collections__call__minutes=st.sampled_from([1, 4, 10]),
    servicing__waterfall=st.sampled_from(["horizontal", "vertical", "principal_first"]),
    servicing__penalty_multiple=st.sampled_from([1.0, 1.3, 1.5, 3.0]),
    servicing__penalty_base=st.sampled_from(["principal", "principal_and_interest"]),
    servicing__grace_days=st.sampled_from([0, 1, 3, 10, 29]),
    servicing__charge_off_dpd=st.sampled_from([90, 120, 180, 240]),
)
WINDOWS = st.tuples(
    st.just({}) | dpd_window("relief__deferral", 0),
    st.just({}) | dpd_window("relief__penalty_waiver", 0),
).map(lambda both: both[0] | both[1])

SPELL = st.fixed_dictionaries({"month": st.integers(1, 5), "months": st.integers(1, 4)})
CASES = st.lists(
    st.fixed_dictionaries(
        {"job_loss": SPELL},
        optional={
            "illness": SPELL,
            "aware": st.booleans(),
            "applies": st.booleans(),
            "savings_months": st.just(0.3),
        },
    ),
    min_size=1,
    max_size=3,
).map(lambda cases: [{"name": f"case {i}", **case} for i, case in enumerate(cases)])


ONE_IN_FOUR = st.sampled_from([False, False, False, True])

# A rush on a slow desk: few of the drawn books are large enough for a queue otherwise.
RUSH_WORLD = {
    "borrowers": 24,
    "household__job_loss_per_month": 0.2,
    "behaviour__awareness": 1.0,
    "behaviour__application": 1.0,
}
RUSH_POLICY = {
    "relief__deferral__months": 2,
    "relief__penalty_waiver__share": 0.5,
    "relief__desk__reviewers": 1,
    "relief__desk__minutes_per_reviewer_day": 26,
    "relief__desk__deferral_minutes": 25,
}


@st.composite
def drawn(draw: st.DrawFn) -> Drawn:
    """Draw a scenario: most with replicas of a few borrowers, a quarter with scripted cases."""
    shape = {
        "months": draw(st.integers(1, 10)),
        "burn_in_months": draw(st.sampled_from([0, 1, 4])),
        "borrowers": draw(st.integers(1, 24)),
        "replicas": draw(st.integers(1, 3)),
        "seed": draw(st.integers(0, 2**63 - 1)),
        "loans__terms": [6, 12, 18],
    }
    levers = draw(LEVERS) | draw(POLICIES) | draw(WINDOWS)
    worldly = shape | draw(WORLDS)
    if draw(ONE_IN_FOUR):
        worldly |= RUSH_WORLD
        levers |= RUSH_POLICY
    before = draw(st.just({}) | LEVERS | POLICIES)
    cases = draw(CASES) if draw(ONE_IN_FOUR) else []
    return Drawn(world(**worldly), policy(**before), policy(**levers), cases)
