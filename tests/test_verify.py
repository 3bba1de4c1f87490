"""``forbear verify`` confirms a record, or names what differs: file, version, first number."""

import json
import re
import shlex
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from sim.doors.cli.main import OK, WRONG_INPUT, main
from sim.experiment import study
from sim.experiment.compare import compare
from sim.experiment.record import write
from sim.experiment.verification import verify
from tests.test_record_reading import SCENARIO, edit, reseal

DIFFERS = 1


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("verify") / "run"
    write(compare(SCENARIO), folder, ["forbear", "run", "q.toml"])
    return folder


@pytest.fixture
def record(written, tmp_path):
    shutil.copytree(written, tmp_path / "run")
    return tmp_path / "run"


@pytest.fixture
def verified(record, capsys):
    """Verify the record; the exit code, and what was said on one line."""

    def said(*options):
        code = main(["verify", str(record), "--jobs", "1", *options])
        return code, " ".join(capsys.readouterr().out.split())

    return said


def test_a_record_that_is_as_it_was_written_is_confirmed(record, verified):
    before = {path: path.read_bytes() for path in record.rglob("*") if path.is_file()}
    code, said = verified()
    assert code == OK
    assert f"The record: {len(before)} files, all as they were written" in said
    assert "Made by what runs here: forbear 0.1.0" in said
    assert "Run again, it gives the same digest. Confirmed. digest " in said
    assert {path: path.read_bytes() for path in record.rglob("*") if path.is_file()} == before


def test_without_a_run_only_the_record_is_looked_at(record, verified, monkeypatch):
    monkeypatch.setattr(study, "simulate_batch", None)
    code, said = verified("--no-run")
    assert code == OK
    assert "Not run again. Nothing in the record contradicts itself." in said


def with_another_cell(record, table, row, column, value):
    """Put ``value`` into a cell of a table; what stood there."""
    path = record / "tables" / f"{table}.csv"
    lines = path.read_text("utf-8").splitlines()
    cells = lines[row].split(",")
    place = lines[0].split(",").index(column)
    before, cells[place] = cells[place], value
    lines[row] = ",".join(cells)
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return before


@pytest.mark.parametrize("resealed", [False, True], ids=["plainly", "with a new manifest"])
def test_an_edited_table_is_found_down_to_its_first_number(record, verified, resealed):
    before = with_another_cell(record, "monthly", 25, "paid_principal", "12345")
    with_another_cell(record, "monthly", 26, "paid_principal", "12345")
    if resealed:
        reseal(record)
    code, said = verified()
    assert code == DIFFERS
    assert ("tables/monthly.csv was changed after it was written" in said) != resealed
    assert "digest.txt states the digest" in said
    at = "policy firm, replica 3, month 0, column paid_principal"
    assert f"tables/monthly.csv, first at {at}: recorded 12345, found {before}." in said
    code, said = verified("--no-run")
    assert code == DIFFERS
    assert "digest.txt states the digest" in said
    assert "Not confirmed" in said


@pytest.mark.parametrize("table", ["metrics", "effects", "segments", "cases"])
def test_an_edit_in_any_table_is_found_though_its_manifest_was_made_anew(record, verified, table):
    columns = {"metrics": "default_rate", "effects": "low", "segments": "members", "cases": "paid"}
    with_another_cell(record, table, 1, columns[table], "77")
    reseal(record)
    code, said = verified()
    assert (code, "77" in said) == (DIFFERS, True)
    code, said = verified("--no-run")
    assert code == DIFFERS
    of_the_ledger = table in ("segments", "cases")  # of one cell more the digest tells no more
    assert ("states the digest" if of_the_ledger else f"tables/{table}.csv: policy") in said
    assert of_the_ledger or "it says 77" in said


OTHER = "differs from what this program makes of the record's own numbers"


def by_another(record):
    edit(record / "summary.json", '"program": "forbear 0.1.0', '"program": "forbear 0.0.7')
    reseal(record)


def without_parquet(record):
    said = json.loads((record / "manifest.json").read_text())
    said["files"] = {name: seal for name, seal in said["files"].items() if "parquet" not in name}
    (record / "manifest.json").write_text(json.dumps(said))
    for path in record.glob("tables/*.parquet"):
        path.unlink()


def forge(record, file):
    """Let a file say of the firm policy what nobody found."""
    if file == "summary.json":
        said = json.loads((record / file).read_text())
        said["effects"]["firm"]["default_rate"] |= {"difference": -0.5, "verdict": "better"}
        (record / file).write_text(json.dumps(said))
    else:
        table = Path(file).stem
        row, column = {"metrics": (6, "default_rate"), "effects": (1, "difference")}[table]
        with_another_cell(record, table, row, column, "-0.5")


@pytest.mark.parametrize("file", ["tables/metrics.csv", "tables/effects.csv", "summary.json"])
def test_what_is_forged_in_another_programs_name_is_told_and_never_confirmed(
    record, verified, file
):
    forge(record, file)
    by_another(record)
    for options in ([], ["--no-run"]):
        code, said = verified(*options)
        assert code == DIFFERS
        assert OTHER in said
        assert f"{file}, first at policy firm" in said and "it says -0.5" in said
        assert "Not confirmed: " in said
        for praise in ("in agreement", "Confirmed.", "contradicts itself"):
            assert praise not in said


def test_metrics_that_only_another_program_has_are_named_and_not_confirmed(record, verified):
    for file in ("tables/metrics.csv", "tables/effects.csv", "summary.json"):
        text = (record / file).read_text()
        (record / file).write_text(re.sub(r"\bdefault_rate\b", "rate_of_then", text))
    without_parquet(record)
    by_another(record)
    code, said = verified("--no-run")
    assert code == DIFFERS
    assert "tables/metrics.csv: rate_of_then: this program has no such numbers." in said
    assert "Not confirmed in full: nothing differs of what could be held" in said
    assert "in agreement" not in said


def test_a_ledger_forged_in_another_programs_name_is_found_by_the_digest(record, verified):
    with_another_cell(record, "monthly", 25, "paid_principal", "12345")
    by_another(record)
    code, said = verified("--no-run")
    assert (code, "digest.txt states the digest" in said) == (DIFFERS, True)


def forged_bytes(path):
    path.write_bytes(b"forged")


def another_number(path):
    from pyarrow import compute, parquet

    table = parquet.read_table(path)
    column = table.column_names.index("difference")
    doubled = compute.multiply(table.column(column), 2.0)
    parquet.write_table(table.set_column(column, "difference", doubled), path)


def a_row_more(path):
    from pyarrow import concat_tables, parquet

    table = parquet.read_table(path)
    parquet.write_table(concat_tables([table, table]), path)


def a_column_less(path):
    from pyarrow import parquet

    parquet.write_table(parquet.read_table(path).drop_columns(["verdict"]), path)


@pytest.mark.skipif(find_spec("pyarrow") is None, reason="needs the extra")
@pytest.mark.parametrize(
    ("forged", "told"),
    [
        (forged_bytes, "tables/effects.parquet cannot be used: is not a table of Parquet"),
        (another_number, "tables/effects.parquet, first at policy firm, metric"),
        (a_row_more, "rows, more than its CSV"),
        (a_column_less, "tables/effects.parquet, first at row"),
    ],
)
def test_a_table_as_parquet_is_held_against_its_csv(record, verified, forged, told):
    forged(record / "tables" / "effects.parquet")
    reseal(record)
    code, said = verified("--no-run")
    assert (code, told in said) == (DIFFERS, True), said


@pytest.mark.skipif(find_spec("pyarrow") is None, reason="needs the extra")
def test_where_parquet_cannot_be_read_that_is_said_and_nothing_of_it_is_confirmed(
    record, verified, monkeypatch
):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    code, said = verified("--no-run")
    assert code == DIFFERS
    assert "tables/segments.parquet: not compared with the CSV, for pyarrow is not inst" in said
    assert "Not confirmed in full" in said


def test_a_last_digit_that_another_processor_rounds_differently_is_no_difference(record, verified):
    path = record / "tables" / "metrics.csv"
    head, first, *rest = path.read_text().splitlines()
    cells = first.split(",")
    at = head.split(",").index("recovered")
    cells[at] = repr(float(cells[at]) * (1 + 1e-15))
    path.write_text("\n".join([head, ",".join(cells), *rest]) + "\n")
    reseal(record)
    assert verified()[0] == OK


def test_an_edited_scenario_is_found(record, verified):
    edit(record / "scenario.toml", "intensity = 2.0", "intensity = 3.0")
    code, said = verified()
    assert code == DIFFERS
    assert "scenario.toml was changed after it was written" in said
    assert "Run again, it gives another digest" in said
    assert "first at policy firm, replica" in said


def test_another_seed_is_named_with_both(record, verified):
    edit(record / "scenario.toml", "seed = 2026", "seed = 7")
    reseal(record)
    code, said = verified()
    assert code == DIFFERS
    assert "summary.json: key seed: it says 2026; 7 follows from the rest" in said
    assert "first at policy baseline, replica 0, month 0" in said


@pytest.mark.parametrize(
    ("key", "old", "new", "told"),
    [
        ("forbear", '"forbear": "0.1.0"', '"forbear": "0.0.7"', "forbear: 0.0.7, 0.1.0"),
        ("numpy", '"numpy": "', '"numpy": "1.', "numpy: 1."),
    ],
)
def test_another_version_is_named_and_a_digest_that_it_confirms_still_counts(
    record, verified, key, old, new, told
):
    edit(record / "summary.json", old, new)
    edit(record / "summary.json", '"program": "forbear 0.1.0', '"program": "forbear 0.0.7')
    reseal(record)
    code, said = verified()
    assert code == OK
    assert "Made by another version, which may be why anything differs (recorded, here)" in said
    assert told in said


def test_a_missing_and_an_extra_file_are_named_and_the_rest_still_run(record, verified):
    (record / "tables" / "cases.csv").unlink()
    (record / "notes.txt").write_text("mine")
    code, said = verified()
    assert code == DIFFERS
    assert "tables/cases.csv is missing." in said
    assert "notes.txt is none of the record's files." in said
    assert "Run again, it gives the same digest." in said
    assert "Not confirmed: 2 differences." in said


def test_a_record_without_a_scenario_that_runs_cannot_be_run_again(record, verified):
    (record / "scenario.toml").write_text("months = [")
    code, said = verified()
    assert code == DIFFERS
    assert "scenario.toml was changed" in said
    assert "scenario.toml cannot be used: is not valid TOML" in said
    assert "Not run again: there is no scenario that can be run." in said


def test_what_is_no_record_is_one_line_and_wrong_input(tmp_path, capsys):
    (tmp_path / "thesis.txt").write_text("years of work")
    assert main(["verify", str(tmp_path)]) == WRONG_INPUT
    out, err = capsys.readouterr()
    assert (out, err) == ("", f"{tmp_path}: is not a run record: manifest.json: is missing\n")


@pytest.mark.parametrize("again", [False, True], ids=["once", "and again"])
def test_a_record_with_failed_batches_is_run_again_without_them_and_says_so(
    tmp_path, capsys, monkeypatch, again
):
    run = study.simulate_batch

    def fails(world, policies, replicas, *rest, **more):
        if 2 in replicas:
            raise MemoryError("no room")
        return run(world, policies, replicas, *rest, **more)

    larger = SCENARIO.model_copy(
        update={"world": SCENARIO.world.model_copy(update={"replicas": 7})}
    )
    with monkeypatch.context() as patch:
        patch.setattr(study, "simulate_batch", fails)
        partial = compare(larger, batch_size=1, incomplete=True)
    write(partial, tmp_path / "run", ["forbear"])
    if again:  # they would fail now as they did then: they are not tried
        monkeypatch.setattr(study, "simulate_batch", fails)
    assert main(["verify", str(tmp_path / "run"), "--jobs", "1"]) == OK
    said = " ".join(capsys.readouterr().out.split())
    assert "Replicas 2 had failed when the record was made" in said
    assert "Run again, it gives the same digest. Confirmed." in said
    assert verify(tmp_path / "run").missing == (2,)


def test_failures_that_leave_no_replica_are_wrong_and_break_nothing(record, verified, capsys):
    said = json.loads((record / "summary.json").read_text())
    said["failures"] = [{"replicas": [0, 1, 2, 3, 4], "reason": "x"}]
    (record / "summary.json").write_text(json.dumps(said))
    reseal(record)
    code, said = verified()
    assert code == DIFFERS
    assert "summary.json cannot be used: failures: must be replicas of the scenario" in said
    for command in (["report", str(record)], ["diff", str(record), str(record)]):
        assert main(command) == WRONG_INPUT
        assert "failures" in capsys.readouterr().err


HOSTILE = "\x1b[31m=1\u202e<b>"


def test_no_text_of_a_record_can_do_anything_but_be_read(record, verified, capsys):
    with_another_cell(record, "monthly", 25, "paid_principal", HOSTILE)
    (record / f"notes{HOSTILE}").write_text("mine")
    edit(record / "summary.json", '"program": "', '"program": "\\u001b[31m')
    main(["verify", str(record), "--jobs", "1"])
    out = capsys.readouterr().out
    assert "�[31m=1�<b>" in out
    assert not {"\x1b", "\u202e"} & set(out)


def test_it_speaks_chinese(record, verified):
    with_another_cell(record, "cases", 1, "paid", "1")
    (record / "notes.txt").write_text("mine")
    code, said = verified("--lang", "zh")
    assert code == DIFFERS
    assert "在写入之后被改动" in said
    assert "notes.txt 不是记录的文件。" in said
    assert "重新运行得到相同的摘要，但表格与之不符" in said


def test_the_examples_of_its_help_work(written, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    shutil.copytree(written, "runs/relief_options")
    with pytest.raises(SystemExit):
        main(["verify", "--help"])
    examples = re.findall(r"^ +forbear (.*)$", capsys.readouterr().out, re.MULTILINE)
    assert len(examples) == 3
    for example in examples:
        assert main(shlex.split(example)) == OK, example
