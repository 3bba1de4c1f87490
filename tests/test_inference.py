"""Intervals are the textbook's, cover what they say, and verdicts follow from them alone."""

from math import inf, isnan, nan

import numpy as np
import pytest

from sim.experiment.inference import interval, mean_of_defined, paired_effect
from sim.luck import NORMAL, Purpose, fates, quantile, uniform

# Hours of extra sleep with two drugs in the same ten patients: Student, "The probable error of a
# mean", Biometrika 6 (1908). The paired interval is 0.7001142 to 2.4598858 in any statistics
# package's manual, e.g. R's help page of t.test.
FIRST_DRUG = np.array([0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0])
SECOND_DRUG = np.array([1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4])


def test_students_own_example_has_the_textbooks_interval():
    effect = paired_effect(SECOND_DRUG, FIRST_DRUG, "higher")
    assert effect.difference == pytest.approx(1.58)
    assert (effect.low, effect.high) == pytest.approx((0.7001142, 2.4598858), abs=5e-8)
    assert effect.replicas == 10
    assert effect.verdict == "better"


@pytest.mark.parametrize(
    ("count", "quantile_of_table"), [(5, 2.776), (10, 2.262), (20, 2.093), (31, 2.042)]
)
def test_the_quantiles_are_those_of_the_printed_table(count, quantile_of_table):
    values = [1.0, -1.0] * (count // 2) + [0.0] * (count % 2)
    low, high = interval(values)
    standard_error = np.std(values, ddof=1) / count**0.5
    assert (high - low) / 2 / standard_error == pytest.approx(quantile_of_table, abs=5e-4)


@pytest.mark.parametrize("count", [5, 20])
def test_of_many_intervals_19_in_20_cover_the_truth(count):
    """4,000 samples with a true mean of 3; the band is 4 standard errors of the coverage.

    With another seed it would fail once in 16,000 times though the interval is right.
    """
    samples, truth = 4_000, 3.0
    fate = fates(1908, count, samples * count)
    draws = quantile(NORMAL, uniform(Purpose.EXPENSE, 0, fate)).reshape(samples, count)
    bounds = [interval((truth + 2.0 * draw).tolist()) for draw in draws]
    covered = np.mean([low <= truth <= high for low, high in bounds])
    assert abs(covered - 0.95) < 4 * (0.95 * 0.05 / samples) ** 0.5


def test_where_nothing_differs_1_policy_in_20_looks_as_if_it_did():
    """The same draws against zero: both wrong verdicts together, and each with its half."""
    samples, count = 4_000, 8
    fate = fates(7, 0, samples * count)
    draws = quantile(NORMAL, uniform(Purpose.EXPENSE, 0, fate)).reshape(samples, count)
    nothing = np.zeros(count)
    verdicts = [paired_effect(draw, nothing, "lower").verdict for draw in draws]
    for verdict in ("better", "worse"):
        share = verdicts.count(verdict) / samples
        assert abs(share - 0.025) < 4 * (0.025 * 0.975 / samples) ** 0.5


@pytest.mark.parametrize(
    ("better", "shift", "verdict"),
    [
        ("higher", 1.0, "better"),
        ("higher", -1.0, "worse"),
        ("lower", 1.0, "worse"),
        ("lower", -1.0, "better"),
        (None, 1.0, "different"),
        (None, -1.0, "different"),
        ("lower", 0.001, "not_distinguishable"),
        (None, 0.001, "not_distinguishable"),
    ],
)
def test_a_verdict_follows_from_the_interval_and_the_metrics_direction(better, shift, verdict):
    baseline = np.array([0.30, 0.31, 0.29, 0.33, 0.27, 0.30])
    noise = np.array([0.01, -0.02, 0.01, 0.02, -0.01, -0.01])
    assert paired_effect(baseline + shift + noise, baseline, better).verdict == verdict


def test_what_replicas_share_cancels():
    """Replicas far apart, a difference of one in each: only pairing can see it."""
    baseline = np.array([1.0, 100.0, 10_000.0, 50.0, 7.0])
    effect = paired_effect(baseline + 1.0, baseline, "higher")
    assert (effect.low, effect.high) == (1.0, 1.0)
    assert effect.verdict == "better"


def test_fewer_than_five_replicas_have_no_interval():
    effect = paired_effect(np.array([2.0, 3.0, 4.0, 5.0]), np.zeros(4), "higher")
    assert (effect.difference, effect.low, effect.high) == (3.5, None, None)
    assert effect.verdict == "no_interval"
    assert paired_effect(np.arange(5) + 9.0, np.zeros(5), "higher").low is not None


@pytest.mark.parametrize(("count", "bounds"), [(1, (None, None)), (5, (0.0, 0.0))])
def test_exactly_equal_replicas_are_identical_not_merely_alike(count, bounds):
    values = np.linspace(0.1, 0.2, count)
    effect = paired_effect(values, values.copy(), "lower")
    assert effect.verdict == "identical"
    assert effect.difference == 0.0
    assert (effect.low, effect.high) == bounds


def test_differences_that_cancel_in_the_mean_are_not_identical():
    effect = paired_effect(np.array([1.0, -1.0, 2.0, -2.0, 0.0]), np.zeros(5), "lower")
    assert effect.difference == 0.0
    assert effect.verdict == "not_distinguishable"


@pytest.mark.parametrize("missing", ["policy", "baseline", "both"])
def test_a_replica_without_a_value_leaves_no_interval(missing):
    policy, baseline = np.arange(6.0), np.arange(6.0)
    if missing in {"policy", "both"}:
        policy[2] = nan
    if missing in {"baseline", "both"}:
        baseline[2] = nan
    effect = paired_effect(policy, baseline, "lower")
    assert isnan(effect.difference)
    assert (effect.low, effect.high, effect.verdict) == (None, None, "no_interval")


def test_the_order_of_the_replicas_does_not_change_a_bit():
    fate = fates(3, 0, 40)
    values = (uniform(Purpose.INCOME, 0, fate) * 1e9).tolist()
    assert interval(values) == interval(values[::-1]) == interval(sorted(values))


def test_policy_and_baseline_must_have_the_same_replicas():
    with pytest.raises(ValueError, match="zip"):
        paired_effect(np.zeros(5), np.zeros(6), "lower")


def test_a_mean_leaves_out_replicas_without_a_value_and_is_nan_if_none_has_one():
    assert mean_of_defined(np.array([1.0, nan, 2.0])) == 1.5
    assert isnan(mean_of_defined(np.array([nan, nan])))
    assert mean_of_defined(np.array([1e16, 1.0, -1e16])) == pytest.approx(1 / 3)
    assert mean_of_defined(np.array([inf])) == inf
