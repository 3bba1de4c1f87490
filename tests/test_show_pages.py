"""What pages and reports share: kept evidence, limits, and every number with its source."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.experiment.evidence import kept
from sim.parameter import ASSUMPTION, parameters
from sim.scenario.load import load
from sim.scenario.schema import Policy, World
from sim.show import charts
from sim.show.assumptions import numbers
from sim.show.evidence_page import page
from sim.show.language import CODES, Language
from sim.show.limits import limits, model

PAGE = Path(__file__).parents[1] / "sim" / "evidence.md"


def test_what_is_kept_of_the_evidence_makes_the_page():
    """Write both anew together: forbear evidence --json > sim/evidence.json, and --markdown."""
    assert page(kept(), Language("en", "CNY")) == PAGE.read_text("utf-8")


@pytest.mark.parametrize("code", CODES)
def test_findings_are_drawn_on_their_bands(code):
    chart = charts.findings(kept(), Language(code, "CNY"), "light")
    crosses = [trace for trace in chart.figure.data if trace.marker.symbol == "x"]
    assert len(crosses) == 1  # the finding that is known to lie outside
    assert not 0 <= crosses[0].x[0] <= 1
    assert len(chart.rows) == sum(len(trial.measured) for trial in kept())


@pytest.mark.parametrize("code", CODES)
def test_limits_and_model_are_said_in_both_languages(code):
    told = [*limits(Language(code)), *model(Language(code))]
    assert len(set(told)) == len(told) >= 10


def test_every_number_is_there_once_with_its_source():
    scenario = load("shipped:relief_options")
    told = numbers(scenario, Language("en"))
    keys = [each.key for each in told]
    assert len(set(keys)) == len(keys)
    of_world = [each.key for each in parameters(World, "world.") if "[]" not in each.key]
    of_baseline = [each.key for each in parameters(Policy, "baseline.") if "[]" not in each.key]
    assert set(of_world) | set(of_baseline) <= set(keys)
    by_key = {each.key: each for each in told}
    assert by_key["deferral.relief.deferral.months"].value == "3"
    assert by_key["deferral.relief.deferral.months"].is_changed
    assert "waiver.relief.deferral.months" not in by_key  # as the baseline has it
    assert all(each.is_assumed == (ASSUMPTION in each.source) for each in told)
