"""Expectations: what a file may expect, and when it is proven."""

from __future__ import annotations

import re
from dataclasses import fields
from math import inf, nan, sqrt
from pathlib import Path
from typing import Any, get_args

import pytest
import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from sim.book import Status
from sim.doors.cli.main import OK, main
from sim.experiment.cases import CaseOutcome
from sim.experiment.expectations import Estimate, Reason, Verdict, bounds, estimated, verdict
from sim.rules.measures import METRICS
from sim.rules.stocktaking import SEGMENT_ENTRIES
from sim.rules.stocktaking import SEGMENTS as SEGMENTS_BY_KIND
from sim.scenario.expectation import Expectation, Formula, Term, formula
from sim.scenario.load import ScenarioError, load, to_toml
from sim.scenario.measured import (
    FIGURE_UNITS,
    METRIC_UNITS,
    SEGMENT_UNITS,
    SEGMENTS,
    STATUSES,
)
from sim.show.language import CATALOGUE

T_4_95 = 2.131846786  # Student's t with 4 degrees of freedom, one-sided 95 % (any table)
T_4_99 = 3.746947388


# The names a file can use are those of what is measured


def test_every_metric_can_be_expected_in_its_unit() -> None:
    assert {name: metric.unit for name, metric in METRICS.items()} == dict(METRIC_UNITS)


def test_every_figure_of_a_case_can_be_expected_and_is_called_something() -> None:
    figures = {field.name for field in fields(CaseOutcome)} - {"case", "policy"}
    assert figures == FIGURE_UNITS.keys()
    assert all(f"figure.{figure}" in CATALOGUE for figure in figures)


def test_every_segment_and_status_can_be_expected_and_is_called_something() -> None:
    known = [f"{kind}_{name}" for kind, names in SEGMENTS_BY_KIND.items() for name in names]
    assert sorted(known) == sorted(SEGMENTS)
    assert all(f"segment.{segment}" in CATALOGUE for segment in SEGMENTS)
    counted = {"lost" if name == "default_rate" else name for name in SEGMENT_UNITS}
    assert counted | {"at_risk"} == set(SEGMENT_ENTRIES)
    assert all(f"of_segment.{metric}" in CATALOGUE for metric in SEGMENT_UNITS)
    assert tuple(status.name.lower() for status in Status) == STATUSES
    assert all(f"status.{status}" in CATALOGUE for status in STATUSES)


def test_every_verdict_and_reason_has_words() -> None:
    assert all(f"expect.{each}" in CATALOGUE for each in get_args(Verdict))
    assert all(f"found.{each}" in CATALOGUE for each in get_args(Reason))


# Reading


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("a.default_rate", Formula(Term("a", "default_rate"))),
        (
            "a.default_rate - baseline.default_rate",
            Formula(Term("a", "default_rate"), "-", Term("baseline", "default_rate")),
        ),
        (" a . x/b.y ", Formula(Term("a", "x"), "/", Term("b", "y"))),
        ("a.x[income_low]", Formula(Term("a", "x", "income_low"))),
        ("a.x[ job_loss ] - b.x", Formula(Term("a", "x", "shock_job_loss"), "-", Term("b", "x"))),
        ("a.x[late]", Formula(Term("a", "x", "record_late"))),
        ("a.x[nobody]", Formula(Term("a", "x", "nobody"))),
    ],
)
def test_a_formula_is_read(text: str, read: Formula) -> None:
    assert formula(text) == read


@pytest.mark.parametrize(
    "text",
    ["", "a", "a.x -", "a.x + b.x", "a.x - b.x - c.x", "a.x[", "a.x[]", "A.x", "a.x b.x", "1 < 2"],
)
def test_what_is_no_formula_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match=r'must be "policy\.metric"'):
        Expectation(that=text, below=0)


HEAD = """\
format = 1
title = { en = "A question", zh = "一个问题" }
question = { en = "What then?", zh = "然后呢？" }
world = { months = 3, burn_in_months = 0, replicas = 5, borrowers = 20 }
[policy.three]
relief.deferral.months = 3
[[case]]
name = "ill"
illness = { month = 4, months = 3 }
"""

# what is wrong -> (the expectation, the message without its file)
WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "nothing is asked": ({"that": "three.recovered"}, "expect[1]: needs below, above or both"),
    "nothing is asked of a case": (
        {"that": "three.paid", "case": "ill"},
        "expect[1]: needs below, above or equals",
    ),
    "nothing lies between": (
        {"that": "three.recovered", "below": 1, "above": 1},
        "expect[1]: above (1) must be less than below (1), or nothing lies between",
    ),
    "a mean that equals": (
        {"that": "three.recovered", "equals": 1},
        "expect[1]: equals is for a case: a mean over replicas is never known so",
    ),
    "equals with a bound": (
        {"that": "three.paid", "case": "ill", "equals": 1, "below": 3},
        "expect[1]: equals stands alone, without below or above",
    ),
    "too sure": (
        {"that": "three.recovered", "below": 1, "confidence": 1.0},
        "expect[1].confidence = 1.0: must be at most 0.999",
    ),
    "an unknown key": (
        {"that": "three.recovered", "below": 1, "abov": 0},
        'expect[1].abov: unknown key; did you mean "above"?',
    ),
    "no formula": (
        {"that": "three", "below": 1},
        'expect[1].that = "three": must be "policy.metric", or two of them with - or / between; a '
        "segment may follow a metric in brackets",
    ),
    "an unknown policy": (
        {"that": "thre.recovered", "below": 1},
        'expect[1].that = "thre.recovered": no policy is called "thre"; did you mean "three"?',
    ),
    "an unknown metric": (
        {"that": "three.default_rat - baseline.default_rate", "below": 1},
        'expect[1].that = "three.default_rat - baseline.default_rate": no metric is called '
        '"default_rat"; did you mean "default_rate"?',
    ),
    "an unknown segment": (
        {"that": "three.default_rate[incme_low]", "below": 1},
        'expect[1].that = "three.default_rate[incme_low]": no segment is called "incme_low"; did '
        'you mean "income_low"?',
    ),
    "a metric that no segment has": (
        {"that": "three.waiting_days[income_low]", "below": 1},
        'expect[1].that = "three.waiting_days[income_low]": no metric of a segment is called '
        '"waiting_days"; there are: default_rate, paid, relief_granted, complaints, adverse_marks',
    ),
    "apples and pears": (
        {"that": "three.recovered - baseline.default_rate", "below": 1},
        'expect[1].that = "three.recovered - baseline.default_rate": recovered and default_rate '
        "are not in the same unit",
    ),
    "an unknown case": (
        {"that": "three.status", "case": "il", "equals": "settled"},
        'expect[1].case = "il": no such case; did you mean "ill"?',
    ),
    "an unknown figure of a case": (
        {"that": "three.worst_dp", "case": "ill", "below": 30},
        'expect[1].that = "three.worst_dp": no figure of a case is called "worst_dp"; did you mean '
        '"worst_dpd"?',
    ),
    "a case in a segment": (
        {"that": "three.paid[income_low]", "case": "ill", "below": 30},
        'expect[1].that = "three.paid[income_low]": a case is in no segment',
    ),
    "an unknown status": (
        {"that": "three.status", "case": "ill", "equals": "paid_of"},
        'expect[1].equals = "paid_of": no such status; did you mean "paid_off"?',
    ),
    "a number for a status": (
        {"that": "three.status", "case": "ill", "equals": 3},
        "expect[1].equals = 3: status is a word: active, paid_off, charged_off, settled",
    ),
    "a bound for a status": (
        {"that": "three.status", "case": "ill", "below": 3},
        "expect[1].below = 3: status is a word: say what it equals",
    ),
    "a difference of words": (
        {"that": "three.status - baseline.status", "case": "ill", "equals": "active"},
        'expect[1].that = "three.status - baseline.status": status is a word, not a number',
    ),
    "a word for a number": (
        {"that": "three.paid", "case": "ill", "equals": "never"},
        'expect[1].equals = "never": paid is a number',
    ),
    "a fraction for a figure": (
        {"that": "three.paid", "case": "ill", "equals": 0.5},
        "expect[1].equals = 0.5: must be a whole number, or a word in quotes",
    ),
}


def expecting(folder: Path, *entries: dict[str, Any]) -> Path:
    path = folder / "study.toml"
    tables = ("[[expect]]\n" + tomli_w.dumps(entry) for entry in entries)
    path.write_text(HEAD + "".join(tables), "utf-8")
    return path


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_expectation_says_what_is_wrong(tmp_path: Path, wrong: str) -> None:
    entry, message = WRONG[wrong]
    with pytest.raises(ScenarioError) as caught:
        load(expecting(tmp_path, entry))
    assert str(caught.value) == f"{tmp_path / 'study.toml'}: {message}"


def test_all_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    twice = {"that": "thre.recoverd / baseline.recoverd", "below": 1}
    with pytest.raises(ScenarioError) as caught:
        load(expecting(tmp_path, twice, {"that": "x"}, {"that": "three.recovered", "below": nan}))
    keys = [problem.key for problem in caught.value.problems]
    assert keys == ["expect[2].that", "expect[3].below", "expect[1].that", "expect[1].that"]


def test_expectations_survive_a_round_and_are_not_inherited(tmp_path: Path) -> None:
    entries = [
        {"that": "three.recovered / baseline.recovered", "above": 0.5, "confidence": 0.9},
        {"that": "three.default_day", "case": "ill", "equals": "never"},
    ]
    path = expecting(tmp_path, *entries)
    scenario = load(path)
    assert [each.that for each in scenario.expectations] == [each["that"] for each in entries]
    again = tmp_path / "again.toml"
    again.write_text(to_toml(scenario), "utf-8")
    assert load(again) == scenario
    child = tmp_path / "child.toml"
    child.write_text(HEAD.partition("world")[0] + 'extends = "study.toml"', "utf-8")
    assert load(child).expectations == ()


ODD = st.recursive(
    st.booleans()
    | st.integers()
    | st.floats()
    | st.sampled_from(["ill", "three.paid", "three.status / a.b", "baseline.recovered[low]", ""])
    | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.just("that"), inner),
    max_leaves=3,
)
KEYS = ("that", "case", "below", "above", "equals", "confidence", "label", "x")


@given(ODD, st.dictionaries(st.sampled_from(KEYS), ODD))
@settings(max_examples=300, derandomize=True, deadline=None)
def test_nonsense_gives_a_message_and_never_a_crash(
    tmp_path_factory: pytest.TempPathFactory, odd: Any, entry: dict[str, Any]
) -> None:
    path = tmp_path_factory.mktemp("nonsense") / "study.toml"
    for expect in (odd, [entry], [odd, entry]):
        path.write_text(tomli_w.dumps({"expect": expect}) + HEAD.replace("\n[", "\n\n["), "utf-8")
        try:
            load(path)
        except ScenarioError as error:
            assert all(line.strip() for line in str(error).splitlines())


def test_describe_lists_all_that_can_be_expected(capsys: Any) -> None:
    names = {*METRIC_UNITS, *SEGMENTS, *SEGMENT_UNITS, *FIGURE_UNITS}
    for language in ("en", "zh"):
        assert main(["describe", "expect", "--lang", language]) == OK
        out = capsys.readouterr().out
        assert names == set(re.findall(r"^  (\w+): \S", out, re.MULTILINE))


# Judging


def judged(estimate: Estimate, **bound: Any) -> str:
    return verdict(Expectation(that="a.x", **bound), estimate)


def test_bounds_are_those_of_students_t() -> None:
    margin = T_4_95 * sqrt(2.5 / 5)
    assert bounds([1.0, 2.0, 3.0, 4.0, 5.0], 0.95) == pytest.approx((3 - margin, 3 + margin))
    margin = T_4_99 * sqrt(2.5 / 5)
    assert bounds([5.0, 4.0, 3.0, 2.0, 1.0], 0.99) == pytest.approx((3 - margin, 3 + margin))
    assert bounds([0.1] * 7, 0.95) == (0.1, 0.1)


def test_a_difference_is_taken_replica_by_replica() -> None:
    ours, theirs = [11.0, 22.0, 33.0, 44.0, 55.0], [10.0, 20.0, 30.0, 40.0, 50.0]
    estimate = estimated("-", [ours, theirs], 0.95)
    margin = T_4_95 * sqrt(2.5 / 5)
    assert estimate == Estimate(
        3.0, pytest.approx(3 - margin), pytest.approx(3 + margin), exact=False
    )


def test_a_ratio_is_that_of_the_means_with_its_linear_error() -> None:
    above, below = [2.0, 1.0, 3.0, 2.0, 2.0], [4.0, 4.0, 4.0, 5.0, 3.0]
    # mean 2 over mean 4; errors 2 - 0.5 x 4 and so on: 0, -1, 1, -0.5, 0.5: variance 2.5 / 4
    margin = T_4_95 * sqrt(2.5 / 4 / 5) / 4
    estimate = estimated("/", [above, below], 0.95)
    assert estimate.value == 0.5
    assert (estimate.low, estimate.high) == pytest.approx((0.5 - margin, 0.5 + margin))
    assert estimate.low != pytest.approx(0.5 - margin * 2), "the mean of ratios would be another"


def test_the_bounds_of_a_ratio_hold_as_often_as_they_say() -> None:
    """Held against the sampling distribution itself: 5 of 100 samples may lie beyond."""
    from statistics import NormalDist

    normal, uniforms = NormalDist(), iter(spread_out())
    outside = 0
    for _ in range(2_000):
        below = [4 + 0.3 * normal.inv_cdf(next(uniforms)) for _ in range(12)]
        above = [value / 2 + 0.1 * normal.inv_cdf(next(uniforms)) for value in below]
        estimate = estimated("/", [above, below], 0.95)
        assert estimate.high is not None
        outside += estimate.high < 0.5
    assert 70 <= outside <= 130


def spread_out() -> Any:
    """Numbers that fill (0, 1) in a fixed, scrambled order."""
    state = 1
    while True:
        state = state * 6364136223846793005 + 1442695040888963407 & (1 << 64) - 1
        yield ((state >> 11) + 0.5) / (1 << 53)


@pytest.mark.parametrize(
    ("bound", "outcome"),
    [
        ({"below": 4.6}, "held"),
        ({"below": 4.5}, "not_proven"),  # the upper bound is 4.507
        ({"above": 1.4}, "held"),
        ({"above": 1.5}, "not_proven"),
        ({"above": 4.6}, "contradicted"),
        ({"below": 1.4}, "contradicted"),
        ({"above": 1.4, "below": 4.6}, "held"),
        ({"above": 1.4, "below": 4.5}, "not_proven"),
        ({"above": 3.0, "below": 4.6}, "not_proven"),
        ({"above": -9.0, "below": 1.4}, "contradicted"),
        ({"above": 4.6, "below": 9.0}, "contradicted"),
    ],
    ids=str,
)
def test_only_what_lies_beyond_the_bound_is_proven(bound: dict[str, float], outcome: str) -> None:
    estimate = estimated("", [[1.0, 2.0, 3.0, 4.0, 5.0]], 0.95)
    assert judged(estimate, **bound) == outcome


def test_a_lower_confidence_proves_more() -> None:
    values = [[1.0, 2.0, 3.0, 4.0, 5.0]]
    assert judged(estimated("", values, 0.95), below=4.5) == "not_proven"
    assert judged(estimated("", values, 0.9), below=4.5) == "held"
    assert judged(estimated("", values, 0.5), below=3.001) == "held"


def test_fewer_than_five_replicas_prove_nothing() -> None:
    for sign, samples in (("", [[1.0] * 4]), ("-", [[1.0] * 4] * 2), ("/", [[1.0] * 4] * 2)):
        estimate = estimated(sign, samples, 0.95)  # type: ignore[arg-type]
        assert estimate.reason == "few_replicas"
        assert estimate.value is not None
        assert judged(estimate, below=9) == judged(estimate, above=9) == "not_proven"


def test_what_is_the_same_in_every_replica_is_held_to_its_value_and_said_to_be_exact() -> None:
    same = estimated("-", [[0.1, 0.2, 0.3, 0.4, 0.5]] * 2, 0.95)
    assert same == Estimate(0.0, 0.0, 0.0, exact=True)
    assert judged(same, below=0.001, above=-0.001) == "held"
    assert judged(same, below=0) == judged(same, above=0) == "contradicted"
    ratio = estimated("/", [[0.1, 0.2, 0.3, 0.4, 0.5]] * 2, 0.95)
    assert ratio == Estimate(1.0, 1.0, 1.0, exact=True)
    assert not estimated("", [[1.0, 2.0, 3.0, 4.0, 5.0]], 0.5).exact


def test_what_has_no_value_in_one_replica_is_not_proven() -> None:
    for sign, samples in (
        ("", [[nan, 1.0, 1.0, 1.0, 1.0]]),
        ("-", [[1.0] * 5, [1.0, 1.0, nan, 1.0, 1.0]]),
        ("/", [[1.0] * 5, [0.0] * 5]),
    ):
        estimate = estimated(sign, samples, 0.95)  # type: ignore[arg-type]
        assert (estimate.value, estimate.reason) == (None, "no_value")
        assert judged(estimate, below=9) == "not_proven"


def test_a_divisor_that_may_be_zero_proves_nothing() -> None:
    estimate = estimated("/", [[1.0, 2.0, 3.0, 4.0, 5.0], [-1.0, 2.0, -1.0, 1.0, 1.0]], 0.95)
    assert estimate.reason == "divisor_near_zero"
    assert judged(estimate, above=-1_000) == "not_proven"


@pytest.mark.parametrize(
    ("value", "bound", "outcome"),
    [
        (Estimate(90, 90, 90), {"equals": 90}, "held"),
        (Estimate(90, 90, 90), {"equals": 89}, "contradicted"),
        (Estimate(90, 90, 90), {"below": 90}, "contradicted"),
        (Estimate(90, 90, 90), {"above": 89, "below": 91}, "held"),
        (Estimate("never", inf, inf), {"equals": "never"}, "held"),
        (Estimate("never", inf, inf), {"below": 900}, "contradicted"),
        (Estimate("never", inf, inf), {"above": 900}, "held"),
        (Estimate("settled"), {"equals": "settled"}, "held"),
        (Estimate("settled"), {"equals": "active"}, "contradicted"),
        (Estimate(None, reason="no_value"), {"equals": 3}, "not_proven"),
    ],
    ids=str,
)
def test_a_figure_of_a_case_is_exact(value: Estimate, bound: dict[str, Any], outcome: str) -> None:
    assert judged(value, case="ill", **bound) == outcome
