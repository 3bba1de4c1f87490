"""Expectations: what a file may expect, and when it is proven."""

from __future__ import annotations

import re
from dataclasses import fields
from math import inf, nan
from pathlib import Path
from typing import Any, get_args

import pytest
import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.book import Status
from sim.doors.cli.main import OK, main
from sim.experiment.cases import CaseOutcome
from sim.experiment.estimates import (
    SEGMENT_METRICS,
    SHARE_OF_LOSSES,
    Estimate,
    Reason,
    estimated,
)
from sim.experiment.expectations import Verdict, exactly, verdict
from sim.rules.measures import METRICS
from sim.rules.stocktaking import SEGMENT_ENTRIES
from sim.rules.stocktaking import SEGMENTS as SEGMENTS_BY_KIND
from sim.scenario.expectation import Expectation
from sim.scenario.formula import FORM, formula
from sim.scenario.load import ScenarioError, load, to_toml
from sim.scenario.measured import (
    FIGURE_UNITS,
    METRIC_UNITS,
    SEGMENT_UNITS,
    SEGMENTS,
    STATUSES,
)
from sim.show.language import CATALOGUE

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
    rates = {entry for pair in SEGMENT_METRICS.values() for entry in pair}
    totals = SEGMENT_UNITS.keys() - SEGMENT_METRICS.keys() - {SHARE_OF_LOSSES}
    assert rates | totals == set(SEGMENT_ENTRIES)
    assert all(f"of_segment.{metric}" in CATALOGUE for metric in SEGMENT_UNITS)
    assert tuple(Status.names().values()) == STATUSES
    assert all(f"status.{status}" in CATALOGUE for status in STATUSES)


def test_every_verdict_and_reason_has_words() -> None:
    assert all(f"expect.{each}" in CATALOGUE for each in get_args(Verdict))
    assert all(f"found.{each}" in CATALOGUE for each in get_args(Reason))


# Reading


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
        f'expect[1].that = "three": {FORM}',
    ),
    "a function": (
        {"that": "max(three.recovered, 0)", "below": 1},
        'expect[1].that = "max(three.recovered, 0)": must not call a function: there are only '
        "+ - * / and parentheses",
    ),
    "a power": (
        {"that": "three.recovered ** 2", "below": 1},
        'expect[1].that = "three.recovered ** 2": must not hold "**": there are only + - * / and '
        "parentheses",
    ),
    "too many terms": (
        {"that": "+".join(f"p{number}.recovered" for number in range(13)), "below": 1},
        'expect[1].that = "p0.recovered+p1.recovered+p2.recovered+p3.recovered+p4.rec…: must '
        "have at most 12 terms, not 13",
    ),
    "numbers alone": (
        {"that": "1 + 1", "below": 1},
        'expect[1].that = "1 + 1": must name a metric: "policy.metric"',
    ),
    "a text too long": (
        {"that": "three.recovered" + " " * 200, "below": 1},
        'expect[1].that = "three.recovered                                           …: must have '
        "at most 200 characters",
    ),
    "a month beyond the horizon": (
        {"that": "three.recovered[month_4] - baseline.recovered[month_0]", "below": 1},
        'expect[1].that = "three.recovered[month_4] - baseline.recovered[month_0]": there is no '
        "month_4: the months are month_1 to month_3\n"
        'expect[1].that = "three.recovered[month_4] - baseline.recovered[month_0]": there is no '
        "month_0: the months are month_1 to month_3",
    ),
    "a month of a segment": (
        {"that": "three.default_rate[income_low, month_2]", "below": 1},
        'expect[1].that = "three.default_rate[income_low, month_2]": a month is for a metric of '
        "all borrowers, not of a segment or cohort",
    ),
    "a month of a case": (
        {"that": "three.paid[month_2]", "case": "ill", "below": 1},
        'expect[1].that = "three.paid[month_2]": a case is told of at the horizon, not month by '
        "month",
    ),
    "arithmetic of a case": (
        {"that": "three.paid / baseline.paid - 1", "case": "ill", "below": 1},
        'expect[1].that = "three.paid / baseline.paid - 1": of a case it is one figure, or two '
        "with - or / between",
    ),
    "an unknown metric somewhere in a formula": (
        {"that": "1 - three.recoverd / baseline.recovered", "below": 1},
        'expect[1].that = "1 - three.recoverd / baseline.recovered": no metric is called '
        '"recoverd"; did you mean "recovered"?',
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
        '"waiting_days"; there are: default_rate, ever_90_rate, charge_off_rate, paid_off_rate, '
        "behind_rate, no_payment_rate, share_of_losses, paid, relief_granted, complaints, "
        "adverse_marks",
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
    file = f"{tmp_path / 'study.toml'}: "
    assert str(caught.value) == file + message.replace("\n", "\n" + file)


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


def one_to_five(confidence: float) -> Estimate:
    said = formula("a.x")
    return estimated(said, {said.terms[0]: [1.0, 2.0, 3.0, 4.0, 5.0]}, confidence)


def judged(estimate: Estimate, **bound: Any) -> str:
    return verdict(Expectation(that="a.x", **bound), estimate)


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
    assert judged(one_to_five(0.95), **bound) == outcome


def test_a_lower_confidence_proves_more() -> None:
    assert judged(one_to_five(0.95), below=4.5) == "not_proven"
    assert judged(one_to_five(0.9), below=4.5) == "held"
    assert judged(one_to_five(0.5), below=3.001) == "held"


def test_without_bounds_nothing_is_proven() -> None:
    for reason in get_args(Reason):
        estimate = Estimate(0.0, reason=reason)
        assert {judged(estimate, below=9), judged(estimate, above=-9)} == {"not_proven"}


def test_what_cannot_be_otherwise_is_held_to_its_value() -> None:
    same = Estimate(0.0, 0.0, 0.0, exact=True)
    assert judged(same, below=0.001, above=-0.001) == "held"
    assert judged(same, below=0) == judged(same, above=0) == "contradicted"


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


def test_a_day_that_never_comes_is_later_than_all_and_no_other_figure_is() -> None:
    day, paid = formula("a.default_day"), formula("a.paid")
    assert exactly(day, {day.terms[0]: None}) == Estimate("never", inf, inf, exact=True)
    assert exactly(paid, {paid.terms[0]: None}) == Estimate(None, reason="no_value")
    assert judged(exactly(paid, {paid.terms[0]: None}), case="ill", above=0) == "not_proven"


@pytest.mark.parametrize(
    ("text", "figures", "value"),
    [
        ("a.paid", [3], 3),
        ("a.paid - b.paid", [3, 5], -2),
        ("a.paid / b.paid", [3, 4], 0.75),
        ("a.paid / b.paid", [3, 0], None),
        ("a.default_day - b.default_day", [90, None], None),
    ],
)
def test_two_figures_of_a_case_are_reckoned_exactly(text, figures, value) -> None:
    said = formula(text)
    found = exactly(said, dict(zip(said.terms, figures, strict=True)))
    reason = "no_value" if value is None else None
    assert found == Estimate(value, value, value, reason, exact=value is not None)


def test_a_month_is_one_of_the_world_wherever_that_is_said(tmp_path: Path) -> None:
    asked = {"that": "three.recovered[month_24]", "below": 1}
    path = expecting(tmp_path, asked)
    assert load(path, {"world.months": 24}).expectations[0].formula.terms[0].month == 24
    (tmp_path / "default.toml").write_text(
        path.read_text("utf-8").replace("months = 3,", ""), "utf-8"
    )
    load(tmp_path / "default.toml")
    with pytest.raises(ScenarioError, match="the months are month_1 to month_23"):
        load(tmp_path / "default.toml", {"world.months": 23})


def test_a_cohort_of_the_file_stands_in_brackets(tmp_path: Path) -> None:
    path = expecting(tmp_path, {"that": "three.behind_rate[overdu]", "below": 1})
    with pytest.raises(ScenarioError, match='no segment is called "overdu"'):
        load(path)
    cohort = '\n[[cohort]]\nname = "overdue"\nmin_dpd = 1\n'
    path.write_text(path.read_text("utf-8") + cohort, "utf-8")
    with pytest.raises(ScenarioError) as caught:
        load(path)
    assert str(caught.value).endswith(
        'no segment or cohort is called "overdu"; did you mean "overdue"?'
    )
    path.write_text(path.read_text("utf-8").replace("[overdu]", "[overdue]"), "utf-8")
    scenario = load(path)
    (overdue,) = scenario.cohorts
    assert (overdue.name, overdue.min_dpd, overdue.max_dpd) == ("overdue", 1, 10_000)
    again = tmp_path / "again.toml"
    again.write_text(to_toml(scenario), "utf-8")
    assert load(again) == scenario
