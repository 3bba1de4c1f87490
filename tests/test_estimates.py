"""Estimates: what a formula comes to over the replicas, how sure that is, what proves nothing."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum, nan, sqrt
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sim.experiment.compare import Comparison, compare
from sim.experiment.estimates import Estimate, bounds, estimate, estimated, sample, standard_error
from sim.experiment.inference import interval, paired_effect
from sim.rules.measures import METRICS
from sim.scenario.formula import Term, formula
from sim.scenario.measured import SEGMENT_UNITS
from sim.scenario.schema import Cohort, Label, Policy, Scenario, World

T_4_95 = 2.131846786  # Student's t with 4 degrees of freedom, one-sided 95 % (any table)
T_4_99 = 3.746947388


def of(text: str, *samples: Sequence[float], confidence: float = 0.95) -> Estimate:
    said = formula(text)
    return estimated(said, dict(zip(said.terms, samples, strict=True)), confidence)


@st.composite
def samples(draw: Any, count: int) -> list[list[float]]:
    """Paired samples of five replicas or more, of numbers as shares and amounts are."""
    size = draw(st.integers(5, 9))
    numbers = st.floats(0.25, 4).map(lambda number: round(number, 3))
    columns = [draw(st.lists(numbers, min_size=size, max_size=size)) for _ in range(count)]
    assume(all(max(column) - min(column) > 0.01 for column in columns))
    return columns


def test_bounds_are_those_of_students_t() -> None:
    margin = T_4_95 * sqrt(2.5 / 5)
    assert bounds([1.0, 2.0, 3.0, 4.0, 5.0], 0.95) == pytest.approx((3 - margin, 3 + margin))
    margin = T_4_99 * sqrt(2.5 / 5)
    assert bounds([5.0, 4.0, 3.0, 2.0, 1.0], 0.99) == pytest.approx((3 - margin, 3 + margin))
    assert bounds([0.1] * 7, 0.95) == (0.1, 0.1)
    assert standard_error([5.0, 4.0, 3.0, 2.0, 1.0]) == pytest.approx(sqrt(2.5 / 5))


@given(samples(1))
def test_a_value_has_the_t_interval_of_its_replicas(columns: list[list[float]]) -> None:
    (ours,) = columns
    found = of("a.x", ours)
    assert (found.low, found.high) == pytest.approx(interval(ours, 0.9))
    assert found.value == pytest.approx(fsum(ours) / len(ours))
    assert found.error == pytest.approx(standard_error(ours))


@given(samples(2))
def test_a_difference_has_the_t_interval_of_the_paired_replicas(columns) -> None:
    ours, theirs = columns
    apart = [one - other for one, other in zip(ours, theirs, strict=True)]
    assume(max(apart) - min(apart) > 0.001)
    found = of("a.x - b.x", ours, theirs, confidence=0.975)
    effect = paired_effect(np.array(ours), np.array(theirs), None)
    assert (found.value, found.low, found.high) == pytest.approx(
        (effect.difference, effect.low, effect.high)
    )


@given(samples(2), st.floats(0.6, 0.99))
def test_a_ratio_has_the_interval_of_its_first_order_errors(columns, confidence) -> None:
    """As it is in textbooks: ``x - R y``, replica by replica, over the mean of y."""
    above, below = columns
    divisor = fsum(below) / len(below)
    ratio = fsum(above) / len(above) / divisor
    errors = [one - ratio * other for one, other in zip(above, below, strict=True)]
    assume(max(errors) - min(errors) > 0.001)
    found = of("a.x / b.x", above, below, confidence=confidence)
    if bounds(below, confidence)[0] <= 0:
        assert (found.value, found.reason) == (pytest.approx(ratio), "divisor_near_zero")
        return
    low, high = bounds(errors, confidence)
    margin = (high - low) / 2 / divisor
    assert (found.low, found.high) == pytest.approx((ratio - margin, ratio + margin))


@given(samples(3))
def test_what_is_linear_has_the_interval_of_its_replicas(columns) -> None:
    """``2 (a - b) + c / 4 - 1`` may be worked out in every replica and then averaged."""
    rows = list(zip(*columns, strict=True))
    values = [2 * (a - b) + c / 4 - 1 for a, b, c in rows]
    assume(max(values) - min(values) > 0.001)
    found = of("2 * (a.x - b.x) + c.x / 4 - 1", *columns)
    assert (found.low, found.high) == pytest.approx(interval(values, 0.9), abs=1e-9)


@given(samples(2))
def test_a_relative_change_is_the_ratio_less_one(columns) -> None:
    ratio, change = of("a.x / b.x", *columns), of("a.x / b.x - 1", *columns)
    other = of("(a.x - b.x) / b.x", *columns)
    assert ratio.reason == change.reason == other.reason
    if ratio.reason is None:
        assert isinstance(ratio.value, float) and ratio.low is not None
        for found in (change, other):
            assert found.value == pytest.approx(ratio.value - 1, abs=1e-9)
            assert found.low == pytest.approx(ratio.low - 1, abs=1e-9)


def test_a_ratio_is_that_of_the_means_with_its_linear_error() -> None:
    above, below = [2.0, 1.0, 3.0, 2.0, 2.0], [4.0, 4.0, 4.0, 5.0, 3.0]
    # mean 2 over mean 4; errors 2 - 0.5 x 4 and so on: 0, -1, 1, -0.5, 0.5: variance 2.5 / 4
    error = sqrt(2.5 / 4 / 5) / 4
    found = of("a.x / b.x", above, below)
    assert (found.value, found.error) == (0.5, pytest.approx(error))
    margin = T_4_95 * error
    assert (found.low, found.high) == pytest.approx((0.5 - margin, 0.5 + margin))
    assert found.low != pytest.approx(0.5 - margin * 2), "the mean of ratios would be another"


def test_the_bounds_of_a_ratio_hold_as_often_as_they_say() -> None:
    """Held against the sampling distribution itself: 5 of 100 samples may lie beyond."""
    from statistics import NormalDist

    normal, uniforms = NormalDist(), iter(spread_out())
    outside = 0
    for _ in range(2_000):
        below = [4 + 0.3 * normal.inv_cdf(next(uniforms)) for _ in range(12)]
        above = [value / 2 + 0.1 * normal.inv_cdf(next(uniforms)) for value in below]
        found = of("a.x / b.x", above, below)
        assert found.high is not None
        outside += found.high < 0.5
    assert 70 <= outside <= 130


def spread_out() -> Any:
    """Numbers that fill (0, 1) in a fixed, scrambled order."""
    state = 1
    while True:
        state = state * 6364136223846793005 + 1442695040888963407 & (1 << 64) - 1
        yield ((state >> 11) + 0.5) / (1 << 53)


# What proves nothing


def test_fewer_than_five_replicas_prove_nothing() -> None:
    four = [1.0, 2.0, 3.0, 4.0]
    for text, columns in (("a.x", [four]), ("a.x - b.x", [four] * 2), ("a.x / b.x", [four] * 2)):
        found = of(text, *columns)
        assert found.reason == "few_replicas" and found.low is None
        assert found.value is not None


def test_what_is_the_same_in_every_replica_proves_nothing() -> None:
    """What is rare may just not have happened, so a rate of 0 in five replicas is no bound."""
    never = [0.0] * 5
    for text, columns in (
        ("a.x", [never]),
        ("a.x", [[0.1] * 5]),
        ("1 - a.x", [never]),
        ("a.x - b.x", [[0.2] * 5, never]),
        ("a.x - b.x", [[1.5, 2.5, 3.5, 4.5, 5.5], [1.0, 2.0, 3.0, 4.0, 5.0]]),
        ("a.x / b.x", [never, [1.0, 2.0, 3.0, 4.0, 5.0]]),
        ("a.x / b.x", [[0.2, 0.4, 0.6, 0.8, 1.0], [0.1, 0.2, 0.3, 0.4, 0.5]]),
        ("a.x * b.x", [never, never]),
        ("a.x - b.y", [never, never]),
    ):
        found = of(text, *columns)
        assert (found.reason, found.low, found.high) == ("no_spread", None, None), text
        assert isinstance(found.value, float) and not found.exact


def test_policies_that_do_not_differ_in_any_replica_do_not_differ_at_all() -> None:
    values = [0.1, 0.2, 0.3, 0.4, 0.5]
    for text, number in (
        ("a.x - b.x", 0.0),
        ("a.x / b.x", 1.0),
        ("a.x / b.x - 1", 0.0),
        ("(a.x - b.x) / b.x", 0.0),
        ("3 * (b.x - a.x) + 2", 2.0),
    ):
        found = of(text, values, values)
        assert found == Estimate(number, number, number, exact=True, error=0.0)
    assert of("a.x - b.x", [0.0] * 5, [0.0] * 5).exact
    assert of("a.x - a.x", values) == Estimate(0.0, 0.0, 0.0, exact=True, error=0.0)
    assert not of("a.x - b.y", values, values).exact, "two metrics that happen to agree"
    assert not of("a.x", [1.0, 2.0, 3.0, 4.0, 5.0], confidence=0.5).exact


def test_what_has_no_value_in_one_replica_has_none() -> None:
    for text, columns in (
        ("a.x", [[nan, 1.0, 1.0, 1.0, 1.0]]),
        ("a.x - b.x", [[1.0] * 5, [1.0, 1.0, nan, 1.0, 1.0]]),
        ("a.x / b.x", [[1.0] * 5, [0.0] * 5]),
        ("2 / (a.x - b.x)", [[1.0, 2.0, 3.0, 4.0, 5.0]] * 2),
        ("a.x * b.x", [[1e200, 2e200, 1e200, 1e200, 3e200]] * 2),
        ("1 / (a.x * b.x)", [[1e200, 2e200, 1e200, 1e200, 3e200]] * 2),
        ("a.x / b.x", [[1e300, 2e300, 1e300, 1e300, 3e300], [1e-9] * 5]),
    ):
        assert of(text, *columns) == Estimate(None, reason="no_value"), text


def test_a_divisor_that_may_be_zero_proves_nothing() -> None:
    numbers = [1.0, 2.0, 3.0, 4.0, 5.0]
    for text, divisor in (
        ("a.x / b.x", [-1.0, 2.0, -1.0, 1.0, 1.0]),
        ("a.x / (b.x - 4) + 1", [3.0, 6.0, 3.0, 5.0, 5.0]),
        ("1 / (a.x / b.x)", [-1.0, 2.0, -1.0, 1.0, 1.0]),
    ):
        assert of(text, numbers, divisor).reason == "divisor_near_zero"
    assert of("a.x / b.x", numbers, [4.0] * 5).reason is None, "surely not zero"


# What a comparison says

LABEL = Label(en="Nobody's question", zh="无人的问题")
WORLD = World.model_validate(
    {
        **{"borrowers": 300, "replicas": 5, "months": 6, "burn_in_months": 6, "seed": 5},
        "behaviour": {"forgetting": 0.4},
    }
)
COHORTS = (
    Cohort(name="everybody"),
    Cohort(name="behind", min_dpd=1),
    Cohort(name="nobody", min_dpd=9_000),
)


@pytest.fixture(scope="module")
def done() -> Comparison:
    return compared(WORLD)


def compared(world: World) -> Comparison:
    relief = {"deferral": {"months": 3, "offer": "universal"}}
    policies = {
        "baseline": Policy(),
        "three": Policy.model_validate({"relief": relief}),
    }
    return compare(
        Scenario(title=LABEL, question=LABEL, world=world, policies=policies, cohorts=COHORTS)
    )


def test_a_month_is_what_a_run_up_to_it_says(done: Comparison) -> None:
    shorter = compared(WORLD.model_copy(update={"months": 2}))
    for policy in ("baseline", "three"):
        for metric in METRICS:
            cut = sample(done, Term(policy, metric, month=2))
            np.testing.assert_array_equal(cut, shorter.metrics[policy][metric], err_msg=metric)
            last = sample(done, Term(policy, metric, month=6))
            np.testing.assert_array_equal(last, done.metrics[policy][metric], err_msg=metric)
    found = estimate(done, formula("three.recovered[month_2] - baseline.recovered[month_2]"), 0.975)
    effect = shorter.effects["three"]["recovered"]
    assert (found.low, found.high) == pytest.approx((effect.low, effect.high))


def test_what_is_known_of_a_segment_or_cohort(done: Comparison) -> None:
    for part in ("record_clean", "everybody", "behind"):
        entries = done.segments["three"][part]
        lost = done.ledgers["three"]["lost"][-1]
        expected = {
            "default_rate": entries["lost"] / entries["at_risk"],
            "ever_90_rate": entries["defaulted"] / entries["at_risk"],
            "charge_off_rate": entries["charged_off"] / entries["members"],
            "paid_off_rate": entries["paid_off"] / entries["members"],
            "behind_rate": entries["behind"] / entries["members"],
            "no_payment_rate": entries["no_payment"] / entries["members"],
            "share_of_losses": entries["lost"] / lost,
            "paid": entries["paid"] / entries["members"],
            "relief_granted": entries["relief_granted"] / entries["members"],
            "complaints": entries["complaints"] / entries["members"],
            "adverse_marks": entries["adverse_marks"] / entries["members"],
        }
        assert expected.keys() == SEGMENT_UNITS.keys()
        for metric, values in expected.items():
            np.testing.assert_array_equal(sample(done, Term("three", metric, part)), values)


def test_a_cohort_of_everybody_holds_all_who_are_at_risk(done: Comparison) -> None:
    for metric in ("default_rate", "ever_90_rate"):
        np.testing.assert_array_equal(
            sample(done, Term("three", metric, "everybody")), done.metrics["three"][metric]
        )
    shares = sample(done, Term("three", "share_of_losses", "everybody"))
    assert shares is not None and (shares == 1).all()


def test_nothing_is_said_of_a_cohort_that_is_too_small(done: Comparison) -> None:
    assert "nobody" not in done.segments["baseline"] and "behind" in done.segments["baseline"]
    found = estimate(done, formula("three.behind_rate[nobody] / three.behind_rate[behind]"), 0.9)
    assert found == Estimate(None, reason="small_segment")
