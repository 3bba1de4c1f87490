"""Charts: the numbers that were computed, readable without colour, in two languages and looks."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import numpy as np
import pytest

from sim.experiment.compare import compare
from sim.experiment.evidence import kept
from sim.rules.measures import METRICS
from sim.scenario.load import load
from sim.scenario.words import Label
from sim.show import charts
from sim.show.charts.money import COMES, GIVEN_UP, GOES
from sim.show.charts.style import GRID, INK, PALETTE, SYMBOLS, plain
from sim.show.language import CODES, Language

SIZE = {"world.borrowers": 400, "world.replicas": 6, "world.months": 8}
HOSTILE = "<b>x</b> <a href='javascript:1'>y</a> %{x} =1+1 " + "z" * 120


@pytest.fixture(scope="module")
def comparison():
    return compare(load("shipped:relief_options", SIZE))


@pytest.fixture(scope="module")
def single():
    return compare(load("shipped:relief_options", SIZE | {"world.replicas": 1}))


def drawn(comparison, code="en", look="light", policy="deferral"):
    language = Language(code, comparison.scenario.world.currency)
    return {each.name: each for each in charts.every(comparison, language, look, policy)}


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("code", CODES)
def test_every_chart_has_a_title_words_units_and_numbers(comparison, code, look):
    shown = drawn(comparison, code, look)
    assert set(shown) == {
        "differences", "over_time", "money", "trade_off", "segments", "roll_rates", "queues",
    }  # fmt: skip
    for chart in shown.values():
        assert chart.title and chart.alt and chart.rows
        assert all(len(row) == len(chart.head) for row in chart.rows)
        titles = [
            chart.figure.layout[name].title.text
            for name in chart.figure.layout
            if name.startswith(("xaxis", "yaxis"))
        ]
        assert any(titles), chart.name
        assert chart.figure.to_json()


def test_differences_are_those_of_the_comparison(comparison):
    rows = drawn(comparison)["differences"].rows
    assert len(rows) == 8
    for row, (metric, policy) in zip(
        rows,
        [
            (metric, policy)
            for metric in ("default_rate", "net_recovered")
            for policy in comparison.effects
        ],
        strict=True,
    ):
        effect = comparison.effects[policy][metric]
        factor = 100 if METRICS[metric].unit == "share" else 0.01
        assert row[2:5] == pytest.approx(
            (factor * effect.difference, factor * effect.low, factor * effect.high)
        )


def test_the_last_month_of_what_adds_up_is_the_metric(comparison):
    chart = drawn(comparison)["over_time"]
    by_policy = {row[1]: row[3] for row in chart.rows if "Default" in row[0] and row[2] == 8}
    for policy, settings in comparison.scenario.policies.items():
        expected = 100 * comparison.metrics[policy]["default_rate"].mean()
        assert by_policy[settings.label.en] == pytest.approx(expected)


def test_the_parts_of_the_money_add_up_to_the_cent(comparison):
    chart = drawn(comparison)["money"]
    columns = np.array([row[1:] for row in chart.rows], dtype=float)
    parts = len(COMES) + len(GOES)
    assert columns[:parts].sum(axis=0) == pytest.approx(columns[parts], abs=0.005)
    assert len(columns) == parts + 1 + len(GIVEN_UP)


def test_what_a_policy_does_to_the_money_is_said_with_its_interval(comparison):
    chart, language = drawn(comparison)["money"], Language("en", "CNY")
    effect = comparison.effects["deferral"]["net_recovered"]
    interval = language.interval(effect.low, effect.high, "money", beside=[effect.difference])
    assert interval in chart.alt
    assert interval in chart.note


@pytest.mark.parametrize("label", ["The same", "2030", "3"])
def test_policies_of_one_label_or_with_a_number_for_a_label_keep_their_own_rows(comparison, label):
    """A chart library that takes labels for places would put one's numbers beside another."""
    policies = {
        name: policy.model_copy(update={"label": Label(en=label, zh=label)})
        for name, policy in comparison.scenario.policies.items()
    }
    alike = replace(
        comparison, scenario=comparison.scenario.model_copy(update={"policies": policies})
    )
    (heat,) = drawn(alike)["roll_rates"].figure.data
    axis = drawn(alike)["roll_rates"].figure.layout.yaxis
    places = list(range(len(policies)))
    assert list(heat.y) == list(axis.tickvals) == places
    assert list(axis.ticktext) == [label] * len(policies)
    assert heat.z == drawn(comparison)["roll_rates"].figure.data[0].z
    for name in ("over_time", "queues"):
        groups = {line.legendgroup for line in drawn(alike)[name].figure.data}
        assert len(groups) == len(policies)


def test_operations_of_a_month_are_of_that_month_alone(comparison):
    chart = drawn(comparison)["queues"]
    label = comparison.scenario.baseline.label.en
    months = [row[3] for row in chart.rows if row[0].startswith("Agents") and row[1] == label]
    whole = 100 * comparison.metrics["baseline"]["agent_utilisation"].mean()
    assert np.mean(months) == pytest.approx(whole)
    assert len(set(months)) > 1


def test_where_nothing_is_limited_nothing_is_drawn_as_zero(comparison):
    free = load(
        "shipped:relief_options",
        SIZE
        | {
            "baseline.relief.desk.reviewers": "unlimited",
            "baseline.collections.agents": "unlimited",
            "world.months": 2,
        },
    )
    assert not any("utilisation" in row[0] for row in _rows(drawn(compare(free)).get("queues")))


def _rows(chart):
    return chart.rows if chart else ()


@pytest.mark.parametrize("code", CODES)
def test_no_two_findings_of_a_target_have_one_name_and_the_alt_text_says_what_is_outside(code):
    trials, language = kept(), Language(code, "CNY")
    chart = charts.findings(trials, language, "light")
    names = [row[:2] for row in chart.rows]
    assert len(set(names)) == len(names)
    inside = [row for row in chart.rows if row[-1] == language.say("evidence.inside")]
    outside = [row for row in chart.rows if row[-1] == language.say("evidence.outside")]
    assert inside
    assert outside
    assert all(name in chart.alt for _, name, *_ in outside)
    assert not any(name in chart.alt for _, name, *_ in inside)


def test_segments_that_are_too_small_are_named_and_not_told_of(comparison):
    small = replace(
        comparison,
        segments={
            policy: {name: each for name, each in segments.items() if name != "income_low"}
            for policy, segments in comparison.segments.items()
        },
    )
    row = next(row for row in drawn(small)["segments"].rows if row[0] == "low income")
    assert row[1:4] == (None, None, None)
    assert "too few" in row[-1]


def test_one_replica_has_no_interval_and_is_drawn_all_the_same(single):
    for chart in drawn(single).values():
        assert chart.figure.to_json()
    assert all(row[3] is None for row in drawn(single)["differences"].rows)


def test_policies_are_told_apart_without_colour(comparison):
    lines = [each for each in drawn(comparison)["over_time"].figure.data if each.showlegend]
    assert len({line.line.dash for line in lines}) == len(comparison.scenario.policies)
    points = [each for each in drawn(comparison)["trade_off"].figure.data if each.name]
    assert len({point.marker.symbol for point in points}) == len(points)
    assert len(set(SYMBOLS)) == len(SYMBOLS)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(("look", "page"), [("light", "#ffffff"), ("dark", "#191916")])
def test_every_colour_stands_out_from_the_page(look, page):
    for colour in (*PALETTE[look], INK[look]):
        darker, lighter = sorted((luminance(colour), luminance(page)))
        assert (lighter + 0.05) / (darker + 0.05) >= 4.5, colour
    assert GRID[look] not in PALETTE[look]


def test_text_of_a_file_is_never_markup_or_template(comparison):
    policies = dict(comparison.scenario.policies)
    label = policies["deferral"].label.model_copy(update={"en": HOSTILE[:200]})
    policies["deferral"] = policies["deferral"].model_copy(update={"label": label})
    hostile = replace(
        comparison, scenario=comparison.scenario.model_copy(update={"policies": policies})
    )
    for chart in drawn(hostile).values():
        drawing = chart.figure.to_json()
        assert "<a href" not in drawing and "\\u003ca href" not in drawing
        assert "<b>x" not in drawing and "\\u003cb\\u003ex" not in drawing
        for trace in chart.figure.data:
            assert "%{x}" not in str(trace.hovertemplate or "") + str(trace.texttemplate or "")
        for row in csv.reader(io.StringIO(chart.csv())):
            assert not any(cell.startswith(("=", "@", "+1")) for cell in row)


def test_a_long_text_is_shortened_and_a_short_one_is_not():
    assert plain("a & b") == "a &amp; b"
    assert len(plain("x" * 200, 34)) == 34
    assert plain("x" * 200, 34).endswith("…")
