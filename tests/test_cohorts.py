"""Cohorts, from the file to the page and the record, beside the segments."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from rich.console import Console

from sim.experiment.compare import Comparison, compare, conclude
from sim.experiment.expectations import outcomes
from sim.experiment.record import write
from sim.experiment.simulate import simulate_batch
from sim.scenario.load import file_schema, load
from sim.show.expectations import line
from sim.show.findings import partings
from sim.show.language import CODES, Language
from sim.show.tables import print_comparison

FILE = """\
format = 1
title = { en = "Who is late", zh = "谁逾期" }
question = { en = "What becomes of them?", zh = "后来如何？" }
[world]
borrowers = 250
replicas = 5
months = 4
burn_in_months = 6
behaviour.forgetting = 0.4
[policy.three]
label = { en = "Three months", zh = "三个月" }
relief.deferral = { months = 3, offer = "universal" }
[[cohort]]
name = "overdue"
min_dpd = 1
max_dpd = 59
label = { en = "1 to 59 days late", zh = "逾期 1 至 59 天" }
[[cohort]]
name = "worse"
min_dpd = 60
[[cohort]]
name = "everybody"
[[expect]]
that = "three.paid[overdue] - baseline.paid[overdue]"
below = 0
[[expect]]
that = "three.recovered[month_2]"
below = 0
[[expect]]
that = "three.paid[everybody] / baseline.paid[everybody] - 1"
below = 0
"""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cohorts") / "study.toml"
    path.write_text(FILE, "utf-8")
    return path


@pytest.fixture(scope="module")
def done(path: Path) -> Comparison:
    return compare(load(path))


def test_batches_bring_the_same_cohorts_and_the_digest_holds_them(done: Comparison) -> None:
    scenario = done.scenario
    parts = [
        simulate_batch(scenario.world, scenario.policies, replicas, scenario.cohorts)
        for replicas in ([3, 4], [0, 1, 2])
    ]
    assert conclude(scenario, parts, ()).digest == done.digest
    without = scenario.model_copy(update={"cohorts": ()})
    parts = [simulate_batch(scenario.world, scenario.policies, range(5))]
    assert conclude(without, parts, ()).digest != done.digest
    bare = tuple(cohort.model_copy(update={"label": None}) for cohort in scenario.cohorts)
    unlabelled = scenario.model_copy(update={"cohorts": bare})
    parts = [simulate_batch(scenario.world, scenario.policies, range(5), bare)]
    assert conclude(unlabelled, parts, ()).digest == done.digest


def test_the_record_tells_of_cohorts_that_are_large_enough(
    done: Comparison, tmp_path: Path
) -> None:
    write(done, tmp_path / "run", ["forbear", "run"])
    with (tmp_path / "run" / "tables" / "segments.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["segment"] == "everybody"]
    assert [(row["policy"], row["members"]) for row in rows] == [
        (policy, "250") for policy in ("baseline", "three") for _ in range(5)
    ]
    assert load(tmp_path / "run" / "scenario.toml") == done.scenario
    summary = json.loads((tmp_path / "run" / "summary.json").read_text("utf-8"))
    assert [each["unit"] for each in summary["expectations"]] == ["money", "money", "number"]


@pytest.mark.parametrize("code", CODES)
def test_the_page_shows_each_cohort_under_its_label(done: Comparison, code: Any) -> None:
    language = Language(code, "CNY")
    parts = partings(done, language)[-1].parts
    label = "1 to 59 days late" if code == "en" else "逾期 1 至 59 天"
    assert [part.name for part in parts] == [label, "worse", "everybody"]
    assert bool(parts[1].differences) == ("worse" in done.segments["baseline"])
    page = StringIO()
    print_comparison(done, language, Console(width=200, file=page), everything=True)
    assert label in page.getvalue()
    bare = compare(load("shipped:relief_options", SMALL | {"policy.waiver.label": LABEL}))
    assert len(partings(bare, language)) == len(partings(done, language)) - 1


LABEL = {"en": "W", "zh": "减免"}
SMALL = {"world.borrowers": 20, "world.replicas": 1, "world.months": 1, "world.burn_in_months": 0}


@pytest.mark.parametrize("code", CODES)
def test_an_expectation_names_cohort_month_and_formula(done: Comparison, code: Any) -> None:
    language = Language(code, "CNY")
    lines = [line(done.scenario, outcome, language) for outcome in outcomes(done)]
    said = {
        "en": (
            "Paid per borrower (1 to 59 days late), “Three months” minus ",
            "Recovered (by the end of month 2) under “Three months”: ",
            "three.paid[everybody] / baseline.paid[everybody] - 1: ",
        ),
        "zh": (
            "人均已还金额（逾期 1 至 59 天）：“三个月”减",
            "“三个月”下的",
            "three.paid[everybody] / baseline.paid[everybody] - 1：",
        ),
    }[code]
    assert all(text.startswith(start) for text, start in zip(lines, said, strict=True)), lines


def test_the_schema_knows_cohorts(path: Path) -> None:
    import tomllib

    table = tomllib.loads(path.read_text("utf-8"))
    validator = jsonschema.Draft202012Validator(file_schema())
    validator.validate(table)
    table["cohort"][0]["name"] = "Not a name"
    assert list(validator.iter_errors(table))
