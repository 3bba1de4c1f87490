"""``forbear verify`` confirms a record, or names what differs: file, version, first number."""

import re
import shlex
import shutil

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
    for options in ([], ["--no-run"]):
        code, said = verified(*options)
        assert code == DIFFERS
        assert "77" in said or options
        assert re.search(rf"{table}\.csv|states the digest", said)


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


def test_a_record_with_failed_batches_is_run_again_without_them_and_says_so(
    tmp_path, capsys, monkeypatch
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
    assert main(["verify", str(tmp_path / "run"), "--jobs", "1"]) == OK
    said = " ".join(capsys.readouterr().out.split())
    assert "Replicas 2 had failed when the record was made" in said
    assert "Run again, it gives the same digest. Confirmed." in said
    assert verify(tmp_path / "run").missing == (2,)


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
