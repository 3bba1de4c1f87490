"""``forbear check``: every file is read, then held to what it expects; ``run`` tells of it too."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from test_expectations import HEAD, expecting

from sim.doors.cli.main import OK, WRONG_INPUT, main

NOT_HELD = 1


def same(**bound: float) -> dict[str, Any]:
    """A difference of nothing, known without doubt."""
    return {"that": "baseline.recovered - baseline.recovered", **bound}


HOLDS, FAILS = same(below=1), same(above=1)
UNKNOWN = {"that": "baseline.waiting_days", "below": 9}  # no relief, nobody waits


@pytest.mark.parametrize(
    ("entries", "code", "tally"),
    [
        ([HOLDS], OK, "1 of 1 expectations held, 0 failed, 0 not proven"),
        ([HOLDS, FAILS], NOT_HELD, "1 of 2 expectations held, 1 failed, 0 not proven"),
        ([UNKNOWN, HOLDS], NOT_HELD, "1 of 2 expectations held, 0 failed, 1 not proven"),
    ],
)
def test_check_tells_by_its_exit_code(
    tmp_path: Path, capsys: Any, entries: list[dict[str, Any]], code: int, tally: str
) -> None:
    path = expecting(tmp_path, *entries)
    assert main(["check", str(path), "--jobs", "1"]) == code
    out, err = capsys.readouterr()
    ok, counted, *lines = out.splitlines()
    assert ok == f"{path}: ok"
    assert counted == f"{path}: {tally}"
    assert len(lines) == len(entries)
    assert err == ""


def test_check_reads_every_file_before_it_runs_any(tmp_path: Path, capsys: Any) -> None:
    good = expecting(tmp_path, FAILS)
    bad = tmp_path / "bad.toml"
    bad.write_text(HEAD + '[[expect]]\nthat = "thre.recovered"\nbelow = 1', "utf-8")
    assert main(["check", str(good), str(bad)]) == WRONG_INPUT
    out, err = capsys.readouterr()
    assert out == f"{good}: ok\n{bad}: 1 problem\n"
    assert 'did you mean "three"?' in err


def test_check_can_be_told_not_to_run(tmp_path: Path, capsys: Any) -> None:
    path = expecting(tmp_path, FAILS)
    assert main(["check", str(path), "--no-run"]) == OK
    assert capsys.readouterr().out == f"{path}: ok\n"


def test_too_few_replicas_pass_nothing(tmp_path: Path, capsys: Any) -> None:
    assert main(["check", str(expecting(tmp_path, HOLDS)), "--replicas", "4"]) == NOT_HELD
    assert "fewer than 5 replicas prove nothing" in capsys.readouterr().out


def test_check_counts_over_several_files_and_speaks_chinese(tmp_path: Path, capsys: Any) -> None:
    other = tmp_path / "other"
    other.mkdir()
    paths = [str(expecting(tmp_path, HOLDS)), str(expecting(other, FAILS))]
    assert main(["check", *paths, "--lang", "zh"]) == NOT_HELD
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == "2 项预期中，1 项成立，1 项不成立，0 项未证实"
    told = [line.strip() for line in lines if line.startswith("  ")]
    assert not [line for line in told if re.search("[A-Za-z]", line)]


def test_what_people_live_through_can_be_expected(tmp_path: Path, capsys: Any) -> None:
    ends = {"that": "three.status", "case": "ill", "equals": "active"}
    never = {"that": "three.default_day", "case": "ill", "equals": "never"}
    pays = {"that": "three.paid - baseline.paid", "case": "ill", "below": 1}
    assert main(["check", str(expecting(tmp_path, ends, never, pays))]) == OK
    out = capsys.readouterr().out
    assert "“ill”: how it ends under “three”: expected to be active; it is active" in out


def test_a_run_tells_the_outcomes_and_is_no_check(tmp_path: Path, capsys: Any) -> None:
    path = expecting(tmp_path, FAILS)
    assert main(["run", str(path), "--no-record", "--jobs", "1"]) == OK
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1].startswith("digest ")
    assert any(line.startswith("  failed ") for line in lines)
    assert main(["run", str(path), "--no-record", "--jobs", "1", "--json"]) == OK
    (outcome,) = json.loads(capsys.readouterr().out)["expectations"]
    assert (outcome["verdict"], outcome["value"], outcome["low"]) == ("contradicted", 0, 0)


def test_what_is_expected_changes_no_digest(tmp_path: Path, capsys: Any) -> None:
    digests = set()
    for entry in (HOLDS, FAILS):
        main(["run", str(expecting(tmp_path, entry)), "--no-record", "--jobs", "1"])
        digests.add(capsys.readouterr().out.splitlines()[-1])
    assert len(digests) == 1
