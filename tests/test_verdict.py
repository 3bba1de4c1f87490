"""The verdict: one sentence, and never more than the intervals allow."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.experiment.compare import compare
from sim.experiment.inference import paired_effect
from sim.scenario.load import load
from sim.show.language import Language
from sim.show.verdict import verdict

ENGLISH, CHINESE = Language("en", "CNY"), Language("zh", "CNY")
BASELINE = np.array([0.100, 0.104, 0.098, 0.102, 0.101, 0.099])
NOISE = np.array([0.001, -0.001, 0.002, -0.002, 0.0015, -0.0015])
LITTLE = NOISE / 20
MONEY = np.full(6, 700_000.0)


@pytest.fixture(scope="module")
def tiny():
    size = {"world.borrowers": 60, "world.replicas": 6, "world.months": 2}
    return compare(load("shipped:relief_options", size))


def of(tiny, default, money=None, replicas=6):
    """A comparison whose policies differ so in default and in net recovered."""
    names = list(tiny.scenario.policies)[: 1 + len(default)]
    values = {"baseline": (BASELINE, MONEY)}
    for name, change in zip(names[1:], default, strict=True):
        values[name] = (BASELINE + change, MONEY + (money or {}).get(name, 0))
    metrics = {
        name: dict(tiny.metrics["baseline"])
        | {"default_rate": one[:replicas], "net_recovered": other[:replicas]}
        for name, (one, other) in values.items()
    }
    better = {"default_rate": "lower", "net_recovered": "higher"}
    effects = {
        name: {
            metric: paired_effect(metrics[name][metric], metrics["baseline"][metric], direction)
            for metric, direction in better.items()
        }
        for name in names[1:]
    }
    policies = {name: tiny.scenario.policies[name] for name in names}
    scenario = tiny.scenario.model_copy(update={"policies": policies})
    return replace(tiny, scenario=scenario, metrics=metrics, effects=effects)


def test_one_that_lowers_default_is_named_with_size_interval_and_money(tiny):
    money = {"deferral": 1_500 + 10_000 * NOISE}
    said = verdict(of(tiny, [-0.003 + LITTLE], money), ENGLISH)
    assert said.startswith("“Three-month deferral” lowers default by 0.30 pp [0.29, 0.31], and ")
    assert "brings in 15.00 CNY more per borrower." in said


def test_a_price_is_called_one(tiny):
    said = verdict(of(tiny, [-0.003 + LITTLE], {"deferral": -1_500 + 10_000 * NOISE}), ENGLISH)
    assert "and costs 15.00 CNY per borrower" in said


def test_money_that_cannot_be_told_from_noise_is_not_told(tiny):
    said = verdict(of(tiny, [-0.003 + LITTLE], {"deferral": 1_000_000 * NOISE}), ENGLISH)
    assert "what it does to the money cannot be told from noise" in said


def test_money_that_is_the_same_in_every_replica_is_said_to_be(tiny):
    said = verdict(of(tiny, [-0.003 + LITTLE]), ENGLISH)
    assert "and leaves the money as it is" in said


def test_who_has_no_value_in_some_replica_is_not_judged_and_not_left_out(tiny):
    gone = np.where(np.arange(6) == 2, np.nan, 0.0)
    said = verdict(of(tiny, [-0.003 + LITTLE, -0.003 + LITTLE + gone]), ENGLISH)
    assert "“Half the penalty waived” cannot be judged" in said


def test_the_most_is_claimed_only_where_the_two_can_be_told_apart(tiny):
    apart = of(tiny, [-0.003 + LITTLE, -0.006 - LITTLE])
    assert verdict(apart, ENGLISH).startswith("“Half the penalty waived” lowers default most, by")
    level = of(tiny, [-0.0061 + NOISE, -0.006 - NOISE / 2])
    said = verdict(level, ENGLISH)
    assert said.startswith("“Three-month deferral” lowers default by 0.61 pp")
    assert "“Half the penalty waived” lowers it, too, and cannot be told from “Three" in said
    assert "most" not in said


def test_the_best_is_named_however_many_are_level_with_it(tiny):
    level = [-0.006 + NOISE, -0.006 - NOISE / 2, -0.006 + NOISE / 3]
    said = verdict(of(tiny, [*level, -0.0061 - NOISE / 4]), ENGLISH)
    best = list(tiny.scenario.policies.values())[4].label.en
    assert said.startswith(f"“{best}” lowers default by")
    assert "per borrower" in said or "the money" in said
    assert f"lower it, too, and none can be told from “{best}”" in said


def test_nothing_is_said_of_two_that_are_both_level_with_the_best(tiny):
    """The second and the third can be told apart, though neither can be told from the first."""
    first, second, third = -0.006 + NOISE, -0.0052 + LITTLE, -0.0046 - LITTLE
    said = verdict(of(tiny, [first, second, third]), ENGLISH)
    assert "none can be told from “Three-month deferral”" in said
    assert "apart" not in said


def test_one_that_is_level_with_the_best_does_not_do_the_most_beside_a_third_it_is_level_with(tiny):
    said = verdict(of(tiny, [-0.006 + LITTLE, -0.005 + NOISE, -0.0045 - LITTLE]), ENGLISH)
    assert "most" not in said


def test_most_is_not_claimed_over_one_whose_difference_is_open(tiny):
    said = verdict(of(tiny, [-0.003 + LITTLE, -0.002 - LITTLE, -0.003 + 5 * NOISE]), ENGLISH)
    assert "most" not in said
    assert "“Half the penalty waived” lowers it less" in said
    assert "no difference can be told from noise" in said


def test_noise_is_called_noise(tiny):
    assert verdict(of(tiny, [NOISE, -NOISE]), ENGLISH) == (
        "No policy's default rate can be told from the baseline's."
    )


def test_harm_is_called_harm(tiny):
    said = verdict(of(tiny, [0.004 + LITTLE, NOISE]), ENGLISH)
    assert said.startswith("No policy can be shown to lower default; “Three-month deferral” raises")
    assert "for “Half the penalty waived” no difference can be told from noise." in said


def test_help_and_harm_are_both_told(tiny):
    said = verdict(of(tiny, [-0.003 + LITTLE, 0.004 + LITTLE]), ENGLISH)
    assert "lowers default by" in said
    assert "“Half the penalty waived” raises" in said


def test_too_few_replicas_judge_nothing(tiny):
    assert "Nothing can be judged yet" in verdict(of(tiny, [-0.01 + LITTLE], replicas=4), ENGLISH)


def test_a_policy_alone_is_compared_with_nothing(tiny):
    assert "add another" in verdict(of(tiny, []), ENGLISH)


@pytest.mark.parametrize(
    "default",
    [
        [-0.003 + LITTLE],
        [-0.003 + LITTLE, -0.006 - LITTLE],
        [-0.006 + NOISE, -0.006 - NOISE / 2],
        [NOISE, -NOISE],
        [0.004 + LITTLE, NOISE],
        [-0.003 + LITTLE, 0.004 + LITTLE, NOISE],
    ],
)
def test_both_languages_say_it_in_one_short_sentence(tiny, default):
    for language, longest in ((ENGLISH, 300), (CHINESE, 120)):
        said = verdict(of(tiny, default), language)
        assert said.count(".\n") == 0
        assert said.endswith((".", "。"))
        assert len(said) <= longest
        assert "{" not in said
