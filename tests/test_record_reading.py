"""A record is read as it was written, or refused in words that name file and rule."""

import json
import os
import re
import sys
import tomllib
from dataclasses import FrozenInstanceError
from hashlib import sha256

import numpy as np
import pytest

from sim.experiment.compare import compare
from sim.experiment.record import FILES, RecordError, comparison_of, manifest, read, write
from sim.scenario.files import shipped_folder
from sim.scenario.load import load, load_alone, to_toml
from sim.scenario.schema import Case, Label, Policy, Scenario, World

LABEL = Label(en="Which relief?", zh="哪种纾困有效？")
ILL = {"name": "=HYPERLINK(1)", "illness": {"month": 1, "months": 2}}
SCENARIO = Scenario(
    title=LABEL,
    question=LABEL,
    world=World(borrowers=30, replicas=5, months=2, burn_in_months=1),
    policies={
        "baseline": Policy(),
        "firm": Policy.model_validate({"collections": {"intensity": 2.0}}),
    },
    cases=(Case.model_validate(ILL), Case.model_validate({**ILL, "name": "'=HYPERLINK(1)"})),
)


@pytest.fixture(scope="module")
def comparison():
    return compare(SCENARIO)


@pytest.fixture
def record(comparison, tmp_path):
    write(comparison, tmp_path / "run", ["forbear", "run", "q.toml"])
    return tmp_path / "run"


def reseal(record):
    """Let the manifest agree with whatever the files are now."""
    manifest = json.loads((record / "manifest.json").read_text())
    for name in manifest["files"]:
        content = (record / name).read_bytes()
        manifest["files"][name] = {
            "bytes": len(content),
            "sha256": sha256(content).hexdigest(),
        }
    (record / "manifest.json").write_text(json.dumps(manifest))


def columns(record, table, column, value):
    """Let a policy's whole column of a table be ``value``."""
    path = record / "tables" / f"{table}.csv"
    head, *rows = path.read_text().splitlines()
    place = head.split(",").index(column)
    cells = [row.split(",") for row in rows]
    for row in cells:
        row[place] = value if row[0] == "firm" else row[place]
    path.write_text("\n".join([head, *map(",".join, cells)]) + "\n")


def edit(path, old, new):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


# What is read


def test_a_record_gives_back_the_numbers_of_the_comparison(comparison, record):
    back = read(record)
    assert (back.digest, back.replicas) == (comparison.digest, comparison.replicas)
    assert (back.days, back.summary.seed) == (comparison.days, 2026)
    assert back.manifest.files.keys() >= FILES - {"manifest.json"}
    assert back.scenario["policy"]["firm"]["collections"]["intensity"] == 2.0
    for policy, ledger in comparison.ledgers.items():
        assert back.ledgers[policy].keys() == ledger.keys()
        for entry, column in ledger.items():
            np.testing.assert_array_equal(back.ledgers[policy][entry], column)
        for metric, values in comparison.metrics[policy].items():
            np.testing.assert_array_equal(back.metrics[policy][metric], values)
        for segment, entries in comparison.segments[policy].items():
            for entry, totals in entries.items():
                np.testing.assert_array_equal(back.segments[policy][segment][entry], totals)
    with pytest.raises(FrozenInstanceError):
        back.days = []


def test_a_record_by_another_version_that_measured_something_else_is_read(record):
    edit(record / "tables" / "metrics.csv", "default_rate", "rate_of_then")
    edit(record / "summary.json", '"program": "forbear 0.1.0', '"program": "forbear 0.0.1')
    reseal(record)
    back = read(record)
    assert "rate_of_then" in back.metrics["firm"]
    assert [(doubt.kind, doubt.said) for doubt in back.doubts] == [("unknown", "rate_of_then")]


def by_another(record):
    edit(record / "summary.json", '"program": "forbear 0.1.0', '"program": "forbear 0.0.1')
    reseal(record)


def test_a_record_of_this_program_leaves_no_doubt(record):
    assert read(record).doubts == ()
    by_another(record)
    assert read(record).doubts == ()


def test_another_programs_metric_that_its_own_ledger_does_not_give_is_doubted(record):
    path = record / "tables" / "effects.csv"
    path.write_text(
        re.sub("(?m)^firm,recovered,(.*),[^,]*$", r"firm,recovered,\1,better", path.read_text())
    )
    by_another(record)
    (doubt,) = read(record).doubts
    assert (doubt.kind, doubt.file, doubt.said) == ("apart", "tables/effects.csv", "better")
    assert dict(doubt.at) == {"policy": "firm", "metric": "recovered", "column": "verdict"}
    assert "differs from what this Forbear makes of the record's own numbers" in str(doubt)


@pytest.mark.parametrize(
    "path", sorted(shipped_folder().glob("*.toml")), ids=lambda each: each.stem
)
def test_a_recorded_scenario_reads_as_it_was_written(path):
    """Else a digest that does not follow would be taken for that of other parameters."""
    text = to_toml(load(path))
    again = to_toml(load_alone(path.name, text.encode()))
    assert tomllib.loads(again) == tomllib.loads(text)


def test_without_a_parameter_another_programs_digest_is_held_against_nothing_and_said_so(record):
    edit(record / "scenario.toml", "discount_bp", "discount_of_then = 1 #")
    by_another(record)
    (doubt,) = read(record).doubts
    assert (doubt.kind, "digest.txt" in doubt.file) == ("unheld", True)
    with pytest.raises(RecordError, match="could be held against nothing"):
        comparison_of(record)


def test_a_scenario_that_lacks_a_parameter_leaves_only_the_digest_unheld(record):
    text = (record / "scenario.toml").read_text()
    text = re.sub("(?m)^discount_bp = .*$", "", text, count=1)
    (record / "scenario.toml").write_text(text)
    by_another(record)
    edit(record / "digest.txt", (record / "digest.txt").read_text()[:5], "00000")
    reseal(record)
    with pytest.raises(RecordError, match="says 00000"):  # two digests, and one is wrong
        read(record)


def test_a_record_is_read_once_and_that_is_what_is_given(record, monkeypatch):
    asked = []
    real = manifest.held

    def held(folder):
        asked.append(folder)
        return real(folder)

    monkeypatch.setattr(sys.modules[read.__module__], "held", held)
    comparison, back = comparison_of(record)
    assert comparison.digest == back.digest
    assert len(asked) == 1


# What is refused


def no_manifest(record):
    (record / "manifest.json").unlink()


def another_manifest(record):
    (record / "manifest.json").write_text('{"kind": "a cake"}')


def a_long_manifest(record):
    (record / "manifest.json").write_text(" " * 2_000_000)


def a_deep_manifest(record):
    (record / "manifest.json").write_text("[" * 100_000)


def a_manifest_that_names_what_lies_elsewhere(record):
    edit(record / "manifest.json", '"digest.txt"', '"../digest.txt"')


def a_newer_format(record):
    edit(record / "manifest.json", '"format": 3', '"format": 4')


def an_older_format(record):
    (record / "manifest.json").unlink()
    edit(record / "summary.json", '"format": 3', '"format": 2')


def an_edited_table(record):
    edit(record / "tables" / "monthly.csv", "firm,0,0,", "firm,0,0,1")


def a_missing_table(record):
    (record / "tables" / "cases.csv").unlink()


def something_more(record):
    (record / "tables" / "notes\x1b[31m.txt").write_text("mine")


def a_table_elsewhere(record):
    (record / "digest.txt").rename(record.parent / "elsewhere")
    (record / "digest.txt").symlink_to(record.parent / "elsewhere")


def all_tables_elsewhere(record):
    (record / "tables").rename(record.parent / "tables")
    (record / "tables").symlink_to(record.parent / "tables")


def a_pipe(record):
    (record / "digest.txt").unlink()
    os.mkfifo(record / "digest.txt")


def an_edit_with_a_new_seal(record):
    edit(record / "digest.txt", (record / "digest.txt").read_text()[:5], "00000")
    reseal(record)


def metrics_that_do_not_follow(record):
    text = (record / "tables" / "metrics.csv").read_text().splitlines()
    cells = text[1].split(",")
    cells[3] = "123.0"
    (record / "tables" / "metrics.csv").write_text("\n".join([text[0], ",".join(cells), *text[2:]]))
    reseal(record)


def a_summary_that_says_otherwise(record):
    edit(record / "summary.json", '"seed": 2026', '"seed": 2027')
    reseal(record)


def a_summary_of_another_type(record):
    edit(record / "summary.json", '"seed": 2026', '"seed": "2026"')
    reseal(record)


def a_scenario_that_reaches_out(record):
    edit(record / "scenario.toml", "format = 1", 'format = 1\nextends = "../other.toml"')
    reseal(record)


def a_month_too_few(record):
    lines = (record / "tables" / "monthly.csv").read_text().splitlines(keepends=True)
    (record / "tables" / "monthly.csv").write_text("".join(lines[:-1]))
    reseal(record)


def a_number_too_large(record):
    lines = (record / "tables" / "monthly.csv").read_text().splitlines()
    lines[1] = lines[1].rpartition(",")[0] + "," + "9" * 30
    (record / "tables" / "monthly.csv").write_text("\n".join(lines) + "\n")
    reseal(record)


def a_text_for_a_number(record):
    lines = (record / "tables" / "monthly.csv").read_text().splitlines()
    lines[1] = lines[1].rpartition(",")[0] + ",\u202e=1"
    (record / "tables" / "monthly.csv").write_text("\n".join(lines) + "\n", "utf-8")
    reseal(record)


def a_ledger_edited_under_another_name(record):
    columns(record, "monthly", "paid_principal", "12345")
    by_another(record)


def a_segment_too_small_to_be_told(record):
    path = record / "tables" / "segments.csv"
    head, *rows = path.read_text().splitlines()
    small = [f"too_small,{replica}" + ",1" * (head.count(",") - 2) for replica in range(5)]
    for policy in ("firm", "baseline"):
        last = max(at for at, row in enumerate(rows) if row.startswith(policy))
        rows[last + 1 : last + 1] = [f"{policy},{row}" for row in small]
    path.write_text("\n".join([head, *rows]) + "\n")
    reseal(record)


def a_column_more(record):
    path = record / "tables" / "metrics.csv"
    head, *rows = path.read_text().splitlines()
    path.write_text("\n".join([f"{head},more", *(f"{row},7" for row in rows)]) + "\n")
    reseal(record)


def effects_that_are_no_table(record):
    (record / "tables" / "effects.csv").write_text("policy,metric\nfirm\n")
    reseal(record)


def a_metric_without_end(record):
    columns(record, "metrics", "default_rate", "inf")
    by_another(record)


def a_metric_that_overflows(record):
    columns(record, "metrics", "default_rate", "1e308")
    by_another(record)


def failures_that_leave_nothing(record):
    said = json.loads((record / "summary.json").read_text())
    said["failures"] = [{"replicas": [0, 1, 2, 3, 4], "reason": "x"}]
    (record / "summary.json").write_text(json.dumps(said))
    reseal(record)


def a_command_that_is_a_page(record):
    edit(record / "summary.json", '"q.toml"', r'"q\n\n# toml"')
    reseal(record)


def an_effect_told_twice(record):
    path = record / "tables" / "effects.csv"
    lines = path.read_text().splitlines()
    path.write_text("\n".join([*lines, lines[-1]]) + "\n")
    by_another(record)


@pytest.mark.parametrize(
    ("break_it", "words"),
    [
        (no_manifest, "is not a run record: manifest.json: is missing"),
        (another_manifest, "is not a run record: manifest.json: does not say it is one"),
        (a_long_manifest, "manifest.json: is larger than 1,000,000 bytes"),
        (a_deep_manifest, "is not a run record"),
        (a_manifest_that_names_what_lies_elsewhere, "names '../digest.txt', which is no file"),
        (a_newer_format, "is a run record of format 4, and this Forbear reads format 3: use"),
        (an_older_format, "is a run record of format 2, and this Forbear reads format 3: run its"),
        (an_edited_table, "tables/monthly.csv: was changed after it was written"),
        (a_missing_table, "tables/cases.csv: is missing"),
        (something_more, "tables/notes�[31m.txt: is none of the record's files"),
        (a_table_elsewhere, "digest.txt: is a link, or no plain file"),
        (all_tables_elsewhere, "tables/monthly.csv: is a link, or no plain file"),
        (a_pipe, "digest.txt: is a link, or no plain file"),
        (an_edit_with_a_new_seal, "digest.txt: says 00000"),
        (metrics_that_do_not_follow, "metrics.csv: says 123.0, not"),
        (a_summary_that_says_otherwise, "summary.json: says 2027, not 2026 (key seed)"),
        (a_summary_of_another_type, "summary.json: seed: Input should be a valid integer"),
        (a_scenario_that_reaches_out, "extends"),
        (a_month_too_few, "tables/monthly.csv: has 29 rows of 30"),
        (a_number_too_large, "tables/monthly.csv: row 2: Python int too large"),
        (a_text_for_a_number, "tables/monthly.csv: row 2: invalid literal for int"),
        (a_ledger_edited_under_another_name, "digest.txt: says "),
        (a_segment_too_small_to_be_told, "digest.txt: says "),
        (a_column_more, "tables/metrics.csv: says "),
        (effects_that_are_no_table, "tables/effects.csv: cannot be used: row 2: has 1 cells"),
        (a_metric_without_end, "tables/metrics.csv: row 7: inf: is beyond any number"),
        (a_metric_that_overflows, "tables/metrics.csv: row 7: 1e308: is beyond any number"),
        (failures_that_leave_nothing, "summary.json: failures: must be replicas of the scenario"),
        (a_command_that_is_a_page, "summary.json: command.2: Value error, must not hold control"),
        (an_effect_told_twice, "tables/effects.csv: row "),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_what_is_wrong_with_a_record_is_said_with_file_and_rule(record, break_it, words):
    if break_it is a_pipe and not hasattr(os, "mkfifo"):
        pytest.skip("no pipes here")
    break_it(record)
    with pytest.raises(RecordError) as raised:
        read(record)
    assert words in str(raised.value)
    assert str(record) in str(raised.value)
    assert "\u202e" not in str(raised.value) and "\x1b" not in str(raised.value)


@pytest.mark.parametrize("place", ["nowhere", "file"])
def test_what_is_no_folder_is_no_record(tmp_path, place):
    (tmp_path / "file").write_text("x")
    with pytest.raises(RecordError, match="there is no such folder"):
        read(tmp_path / place)


def test_a_record_of_an_older_format_can_be_replaced(comparison, record):
    an_older_format(record)
    write(comparison, record, ["forbear"])
    assert read(record).digest == comparison.digest
