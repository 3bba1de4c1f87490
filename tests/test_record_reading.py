"""A record is read as it was written, or refused in words that name file and rule."""

import json
import os
from dataclasses import FrozenInstanceError
from hashlib import sha256

import numpy as np
import pytest

from sim.experiment.compare import compare
from sim.experiment.record import FILES, RecordError, read, write
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
    assert "rate_of_then" in read(record).metrics["firm"]


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
