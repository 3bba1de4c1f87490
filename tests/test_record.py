"""A run record holds all of a run, harms nothing of anybody's, and runs again to the same end."""

import csv
import errno
import json
import os
import platform
import sys
from dataclasses import replace
from importlib.util import find_spec

import numpy as np
import pytest
from jsonschema import Draft202012Validator

from sim.experiment.compare import compare
from sim.experiment.digest import digest
from sim.experiment.inference import mean_of_defined
from sim.experiment.precision import Precision, Reach
from sim.experiment.program import called, code_of
from sim.experiment.record import FILES, PARQUET, RecordError, cell, read, schema, write
from sim.experiment.study import FailedBatch
from sim.parameter import ForbearError
from sim.rules.measures import METRICS
from sim.scenario.expectation import Expectation
from sim.scenario.load import load
from sim.scenario.schema import Case, Label, Policy, Scenario, World

COMMAND = ["forbear", "run", "question.toml", "--jobs", "2"]
FORMULA = "=HYPERLINK(1)"
LABEL = Label(en="Which relief?", zh="哪种纾困有效？")
SCENARIO = Scenario(
    title=LABEL,
    question=LABEL,
    world=World(borrowers=30, replicas=5, months=2, burn_in_months=1),
    policies={
        "baseline": Policy(),
        "waiver": Policy.model_validate(
            {"label": {"en": "w", "zh": "免"}, "relief": {"penalty_waiver": {"share": 0.5}}}
        ),
    },
    cases=(Case.model_validate({"name": FORMULA, "illness": {"month": 1, "months": 2}}),),
)


@pytest.fixture(scope="module")
def comparison():
    return compare(SCENARIO)


@pytest.fixture(scope="module")
def other(comparison):
    """Another record to be put in the place of the first."""
    return replace(comparison, digest="f" * 64)


@pytest.fixture
def record(comparison, tmp_path):
    write(comparison, tmp_path / "run", COMMAND)
    return tmp_path / "run"


def table(record, name):
    with (record / "tables" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def content(folder):
    """Every file below ``folder`` with its bytes; None if there is no such folder."""
    if not folder.exists():
        return None
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


# What it holds


def written():
    """The files of a record here: the tables twice where pyarrow is installed."""
    return FILES | PARQUET if find_spec("pyarrow") else FILES


def test_a_record_holds_what_its_page_says(record):
    assert set(content(record)) == written()
    assert set(json.loads((record / "manifest.json").read_text())["files"]) == written() - {
        "manifest.json"
    }


@pytest.mark.skipif(find_spec("pyarrow") is None, reason="needs the extra")
@pytest.mark.parametrize("name", ["monthly", "metrics", "effects", "segments", "cases"])
def test_the_tables_as_parquet_say_the_same_as_numbers_and_texts(record, name):
    from pyarrow import parquet

    rows = parquet.read_table(record / "tables" / f"{name}.parquet").to_pylist()
    shown = [{column: str(cell(value)) for column, value in row.items()} for row in rows]
    assert shown == table(record, f"{name}.csv")
    assert rows


def test_without_pyarrow_a_record_has_no_parquet(comparison, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    write(comparison, tmp_path / "run", COMMAND)
    assert set(content(tmp_path / "run")) == FILES


def test_the_published_schema_describes_the_summary_and_refuses_what_is_none(record):
    validator = Draft202012Validator(schema())
    Draft202012Validator.check_schema(schema())
    summary = json.loads((record / "summary.json").read_text("utf-8"))
    for wrong in (
        {"format": 2},
        {"seed": "7"},
        {"digest": "f"},
        {"more": 1},
        {"effects": {"a": 1}},
    ):
        assert not validator.is_valid({**summary, **wrong}), wrong
    for key in summary:
        assert not validator.is_valid({name: summary[name] for name in summary if name != key})


@pytest.mark.parametrize("kind", ["plain", "precise", "failed", "expecting"])
def test_every_kind_of_record_is_as_the_published_schema_says_and_is_read(
    comparison, tmp_path, kind
):
    expected = Expectation.model_validate({"that": "waiver.recovered", "above": 0.0})
    expecting = SCENARIO.model_copy(update={"expectations": (expected,)})
    reach = Reach("waiver", "recovered", 5, 1.0, None, 20)
    different = {
        "plain": {},
        "precise": {"precision": Precision(5, 5, "time", (reach,))},
        "failed": {"failures": (FailedBatch((5, 6), "MemoryError: =1"),)},
        "expecting": {"scenario": expecting},
    }[kind]
    if kind == "failed":
        larger = SCENARIO.world.model_copy(update={"replicas": 7})
        different["scenario"] = SCENARIO.model_copy(update={"world": larger})
    changed = replace(comparison, **different)
    missing = [replica for failed in changed.failures for replica in failed.replicas]
    parts = (changed.days, changed.ledgers, changed.segments, changed.cases, missing)
    changed = replace(changed, digest=digest(changed.scenario, *parts))
    write(changed, tmp_path / "run", COMMAND)
    summary = json.loads((tmp_path / "run" / "summary.json").read_text("utf-8"))
    Draft202012Validator(schema()).validate(summary)
    assert bool(summary["precision"]) == (kind == "precise")
    assert bool(summary["failures"]) == (kind == "failed")
    assert bool(summary["expectations"]) == (kind == "expecting")
    assert read(tmp_path / "run").digest == changed.digest


def test_what_made_it_is_recorded_and_nobody_and_no_host(comparison, tmp_path, monkeypatch):
    typed = [
        "forbear",
        "run",
        "/home/ada/q.toml",
        "--out=/home/ada/run",
        "--scheduler",
        "tcp://ada:1",
    ]
    write(comparison, tmp_path / "run", [*typed, "C:\\Users\\ada\\q.toml", "--jobs", "2"])
    text = (tmp_path / "run" / "summary.json").read_text("utf-8")
    assert "ada" not in text
    assert platform.node() not in text or len(platform.node()) < 4
    summary = json.loads(text)
    assert summary["command"] == [
        *("forbear", "run", "q.toml", "--out=run", "--scheduler", "tcp://SCHEDULER:8786"),
        *("q.toml", "--jobs", "2"),
    ]
    assert summary["machine"] == {"system": platform.system(), "processor": platform.machine()}
    assert (summary["code"], summary["program"]) == (code_of(), called())


def test_the_recorded_scenario_runs_again_to_the_same_digest(comparison, record):
    again = compare(load(record / "scenario.toml"))
    assert again.digest == comparison.digest == (record / "digest.txt").read_text().strip()


def test_equal_runs_leave_equal_records(comparison, record, tmp_path):
    write(comparison, tmp_path / "again", COMMAND)
    assert content(tmp_path / "again") == content(record)


def test_the_summary_says_what_was_run_and_what_came_out(comparison, record):
    summary = json.loads((record / "summary.json").read_text("utf-8"))
    assert summary["title"] == {"en": "Which relief?", "zh": "哪种纾困有效？"}
    assert summary["command"] == COMMAND
    assert summary["digest"] == comparison.digest
    assert (summary["format"], summary["seed"], summary["days"]) == (3, 2026, [-1, 29, 59])
    assert summary["versions"].keys() == {"forbear", "python", "numpy", "simpy"}
    for policy, metrics in comparison.metrics.items():
        for metric, values in metrics.items():
            mean = mean_of_defined(values)
            expected = None if np.isnan(mean) else mean
            assert summary["policies"][policy][metric] == expected
    recovered = summary["effects"]["waiver"]["recovered"]
    assert recovered == vars(comparison.effects["waiver"]["recovered"])
    assert summary["effects"]["waiver"]["waiting_days"] == {
        "difference": None,
        "low": None,
        "high": None,
        "replicas": 5,
        "verdict": "no_interval",
    }


def test_the_monthly_table_is_the_ledger(comparison, record):
    rows = table(record, "monthly.csv")
    assert len(rows) == 2 * 5 * 3
    for row in rows:
        ledger = comparison.ledgers[row["policy"]]
        month, replica = int(row["month"]), int(row["replica"])
        assert int(row["day"]) == comparison.days[month]
        assert {entry: int(row[entry]) for entry in ledger} == {
            entry: column[month, replica] for entry, column in ledger.items()
        }


def test_the_tables_of_metrics_and_effects_lose_no_digit_and_say_na_where_nothing_is(
    comparison, record
):
    rows = table(record, "metrics.csv")
    assert [(row["policy"], row["replica"]) for row in rows] == [
        (policy, str(replica)) for policy in SCENARIO.policies for replica in range(5)
    ]
    for row in rows:
        for metric in METRICS:
            value = comparison.metrics[row["policy"]][metric][int(row["replica"])]
            assert row[metric] == ("n/a" if np.isnan(value) else repr(float(value)))
    effects = {row["metric"]: row for row in table(record, "effects.csv")}
    assert list(effects) == list(METRICS)
    assert float(effects["recovered"]["low"]) == comparison.effects["waiver"]["recovered"].low
    assert effects["recovered"]["unit"] == "money"
    assert effects["waiting_days"]["difference"] == effects["waiting_days"]["high"] == "n/a"


def test_the_table_of_segments_has_those_that_are_large_enough_and_no_other(comparison, record):
    rows = table(record, "segments.csv")
    told = {row["segment"] for row in rows}
    assert told == set(comparison.segments["baseline"]) and "shock_none" in told
    assert "shock_disaster" not in told
    assert len(rows) == 2 * len(told) * 5
    for row in rows:
        entries = comparison.segments[row["policy"]][row["segment"]]
        assert {entry: int(row[entry]) for entry in entries} == {
            entry: totals[int(row["replica"])] for entry, totals in entries.items()
        }


def test_the_table_of_cases_has_every_case_under_every_policy(comparison, record):
    rows = table(record, "cases.csv")
    assert [row["policy"] for row in rows] == ["baseline", "waiver"]
    assert [int(row["paid"]) for row in rows] == [outcome.paid for outcome in comparison.cases]


def test_no_cell_of_any_table_can_become_a_formula(record):
    assert [row["case"] for row in table(record, "cases.csv")] == ["'" + FORMULA] * 2
    for name in ("monthly.csv", "metrics.csv", "effects.csv", "segments.csv", "cases.csv"):
        for row in table(record, name):
            for value in row.values():
                number = value.replace("e-", "").lstrip("-").replace(".", "").isdigit()
                assert number or value[0] not in "=+-@\t\r＝＋－＠"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "\t'=1"),
        ("  =1", "  '=1"),
        ("＝1+1", "'＝1+1"),
        ("a;=1", "a;'=1"),  # where the semicolon separates
        ("a, =1", "a, '=1"),
        ("a|@b", "a|'@b"),
        ("falls ill - in month 4", "falls ill - in month 4"),
        ("3-month deferral", "3-month deferral"),
        ("", ""),
    ],
)
def test_a_text_that_a_spreadsheet_would_compute_is_marked_as_text(text, shown):
    assert cell(text) == shown


def test_numbers_stay_numbers():
    assert [cell(-5), cell(-0.5), cell(None), cell(float("nan"))] == [-5, -0.5, "n/a", "n/a"]


# Where it goes


def test_missing_folders_above_are_made(comparison, tmp_path):
    write(comparison, tmp_path / "runs" / "today", COMMAND)
    assert set(content(tmp_path / "runs" / "today")) == written()


def test_a_record_and_an_empty_folder_are_replaced(other, record, tmp_path):
    write(other, record, COMMAND)
    assert (record / "digest.txt").read_text() == "f" * 64 + "\n"
    (tmp_path / "empty").mkdir()
    write(other, tmp_path / "empty", COMMAND)
    assert content(tmp_path / "empty") == content(record)
    assert sorted(os.listdir(tmp_path)) == ["empty", "run"]


def thesis(folder):
    folder.mkdir()
    (folder / "thesis.txt").write_text("ten years", encoding="utf-8")


def record_with_notes(folder):
    (folder / "tables").mkdir(parents=True)
    (folder / "summary.json").write_text('{"kind": "forbear run record"}', encoding="utf-8")
    (folder / "tables" / "notes.txt").write_text("mine", encoding="utf-8")


def somebody_elses_summary(folder):
    folder.mkdir()
    (folder / "summary.json").write_text('{"kind": "a cake"}', encoding="utf-8")


def a_broken_summary(folder):
    folder.mkdir()
    (folder / "summary.json").write_text("[" * 9, encoding="utf-8")


def a_list_as_summary(folder):
    folder.mkdir()
    (folder / "summary.json").write_text("[1]", encoding="utf-8")


def tables_alone(folder):
    (folder / "tables").mkdir(parents=True)


def a_file(folder):
    folder.write_text("not a folder", encoding="utf-8")


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (thesis, "holds what no run record wrote, such as 'thesis.txt'"),
        (record_with_notes, "such as 'tables/notes.txt'"),
        (somebody_elses_summary, "is not a run record"),
        (a_broken_summary, "is not a run record"),
        (a_list_as_summary, "is not a run record"),
        (tables_alone, "is not a run record"),
        (a_file, "is not a folder"),
    ],
)
def test_what_is_not_a_record_is_refused_and_stays(comparison, tmp_path, make, words):
    make(tmp_path / "run")
    before = content(tmp_path)
    with pytest.raises(RecordError, match=words):
        write(comparison, tmp_path / "run", COMMAND)
    assert content(tmp_path) == before
    assert issubclass(RecordError, ForbearError)


@pytest.mark.skipif(os.name != "posix", reason="symbolic links need rights elsewhere")
@pytest.mark.parametrize("dangling", [False, True])
def test_a_link_is_refused_even_to_a_record(comparison, record, tmp_path, dangling):
    (tmp_path / "link").symlink_to(tmp_path / "nowhere" if dangling else record)
    with pytest.raises(RecordError, match="is not a folder"):
        write(comparison, tmp_path / "link", COMMAND)
    assert (tmp_path / "link").is_symlink()


def test_a_place_below_a_file_is_refused_in_words(comparison, tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(RecordError, match="cannot be written"):
        write(comparison, tmp_path / "file" / "run", COMMAND)


def test_a_folder_that_may_not_be_written_is_refused_in_words(comparison, tmp_path):
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o555)
    if os.access(locked, os.W_OK):
        pytest.skip("this user may write everywhere")
    with pytest.raises(RecordError, match="cannot be written: Permission denied"):
        write(comparison, locked / "run", COMMAND)
    assert os.listdir(locked) == []


def test_a_full_disk_is_one_sentence_and_leaves_the_record_that_was_there(
    other, record, tmp_path, monkeypatch
):
    def full(descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    before = content(tmp_path)
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(RecordError, match="run: the run record cannot be written: No space left"):
        write(other, record, COMMAND)
    assert content(tmp_path) == before
