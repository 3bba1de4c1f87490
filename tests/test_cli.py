"""The command line: what it prints where, and its exit codes."""

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel

from sim.doors.cli.main import BROKEN, COMMANDS, OK, WRONG_INPUT, main
from sim.scenario.schema import Policy, World
from sim.show.words_parameters import UNITS

ROOT = Path(__file__).parents[1]
SHIPPED = "shipped:relief_options"
SMALL = ["--replicas", "2", "--borrowers", "50", "--months", "2", "--jobs", "1"]


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.delenv("COLUMNS", raising=False)


def digest_in(output: str) -> str:
    found = re.fullmatch(r"digest ([0-9a-f]{64})", output.splitlines()[-1])
    assert found, output
    return found[1]


# What a run prints and keeps


def test_results_go_to_standard_output_and_the_rest_to_standard_error(capsys):
    assert main(["run", SHIPPED, *SMALL]) == OK
    out, err = capsys.readouterr()
    assert "Default rate: " in out
    assert digest_in(out) == Path("runs/relief_options/digest.txt").read_text().strip()
    assert err == "forbear: the record of this run is in runs/relief_options\n"
    assert "\x1b" not in out


def test_a_pipe_shows_every_number_whole_in_80_columns(capsys):
    assert main(["run", SHIPPED, *SMALL, "--all", "--no-record", "--replicas", "5"]) == OK
    out = capsys.readouterr().out
    assert max(len(line) for line in out.splitlines()) <= 80
    assert "…" not in out
    assert "Calls connected: " in out


def test_no_record_keeps_none_and_quiet_says_nothing_but_the_result(capsys, tmp_path):
    assert main(["run", SHIPPED, *SMALL, "--no-record", "--quiet"]) == OK
    assert capsys.readouterr().err == ""
    assert list(tmp_path.iterdir()) == []


def test_a_record_runs_again_with_the_same_digest(capsys):
    assert main(["run", SHIPPED, *SMALL, "--out", "first"]) == OK
    first = digest_in(capsys.readouterr().out)
    assert main(["run", "first/scenario.toml", "--jobs", "1", "--out", "first"]) == OK
    assert digest_in(capsys.readouterr().out) == first


def test_the_number_of_jobs_changes_no_number(capsys):
    assert main(["run", SHIPPED, *SMALL, "--no-record"]) == OK
    alone = capsys.readouterr().out
    together = subprocess.run(
        [sys.executable, "-m", "sim", "run", SHIPPED, *SMALL, "--jobs", "2", "--no-record"],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert together.returncode == OK, together.stderr
    assert together.stdout == alone


def test_the_seed_changes_the_numbers(capsys):
    digests = set()
    for seed in ("1", "2"):
        assert main(["run", SHIPPED, *SMALL, "--no-record", "--seed", seed]) == OK
        digests.add(digest_in(capsys.readouterr().out))
    assert len(digests) == 2


def test_chinese_is_spoken_throughout(capsys):
    assert main(["run", SHIPPED, *SMALL, "--no-record", "--lang", "zh", "--all"]) == OK
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("违约率：") for line in lines)
    latin = [line for line in lines[:-1] if re.search(r"[A-Za-z]{3}", line)]
    assert latin == []


def test_json_holds_the_summary_and_nothing_else(capsys):
    assert main(["run", SHIPPED, *SMALL, "--json"]) == OK
    summary = json.loads(capsys.readouterr().out)
    assert summary == json.loads(Path("runs/relief_options/summary.json").read_text("utf-8"))
    assert summary["command"][:2] == ["forbear", "run"]


# Exit codes


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["rnu"],
        ["run"],
        ["run", SHIPPED, "--jobs", "0"],
        ["run", SHIPPED, "--jobs", "many"],
        ["run", SHIPPED, "--lang", "fr"],
        ["run", SHIPPED, "--replicas", "0"],
        ["run", "no_such_file.toml"],
        ["run", "shipped:no_such_question"],
        ["run", "."],
        ["run", SHIPPED, *SMALL, "--out", "/dev/null/record"],
        ["run", SHIPPED, *SMALL, "--results", "/dev/null/results"],
        ["run", SHIPPED, "--precision", "default_rate"],
        ["run", SHIPPED, "--precision", "default_rate=0"],
        ["run", SHIPPED, "--precision", "default_rate=nan"],
        ["run", SHIPPED, "--precision", "defualt_rate=0.1"],
        ["run", SHIPPED, "--precision", "default_rate=1", "--precision", "default_rate=2"],
        ["run", SHIPPED, "--precision", "default_rate=0.1", "--within", "0"],
        ["run", SHIPPED, "--within", "3"],
        ["check", "no_such_file.toml"],
        ["describe", "world.no_such_key"],
    ],
    ids=" ".join,
)
def test_what_a_person_got_wrong_is_said_without_a_traceback(arguments, capsys):
    try:
        code = main(arguments)
    except SystemExit as error:
        code = error.code
    err = capsys.readouterr().err
    assert code == WRONG_INPUT
    assert err.strip()
    assert "Traceback" not in err
    assert "broke" not in err


def test_a_folder_that_is_no_record_is_refused_before_the_run_and_left_alone(capsys):
    Path("mine").mkdir()
    Path("mine/thesis.txt").write_text("years of work")
    assert main(["run", SHIPPED, "--out", "mine"]) == WRONG_INPUT
    out, err = capsys.readouterr()
    assert out == ""
    assert "mine" in err
    assert Path("mine/thesis.txt").read_text() == "years of work"


@pytest.mark.parametrize("folder", [".", "..", "../here"])
def test_the_current_folder_is_not_replaced_by_a_record(tmp_path, monkeypatch, capsys, folder):
    (tmp_path / "alone" / "here").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "alone" / "here")
    assert main(["run", SHIPPED, *SMALL, "--out", folder]) == WRONG_INPUT
    out, err = capsys.readouterr()
    assert out == ""
    assert err.endswith(" is the current folder, or around it: choose another\n")
    assert err.count("\n") == 1
    assert list((tmp_path / "alone").rglob("*")) == [Path.cwd()]


BREAKS = """
import sys, sim.experiment.compare
def compare(*_, **__): raise RuntimeError("the sky\\nfell")
sim.experiment.compare.compare = compare
from sim.doors.cli.main import main
sys.exit(main(["run", "shipped:relief_options", "--no-record"]))
"""


@pytest.mark.parametrize("wanted", ["", "1"])
def test_a_broken_run_says_so_in_one_line_and_shows_where_if_asked(wanted):
    environment = {**os.environ, "FORBEAR_TRACEBACK": wanted}
    ended = subprocess.run(
        [sys.executable, "-c", BREAKS], env=environment, capture_output=True, text=True, timeout=60
    )
    assert ended.returncode == BROKEN
    assert "forbear: the run broke: RuntimeError: the sky fell\n" in ended.stderr
    assert ("Traceback" in ended.stderr) == bool(wanted)
    assert "FORBEAR_TRACEBACK=1" in ended.stderr


# Describing and checking


OF_OWN_FILES = {"calibrate", "verify", "diff", "report", "new"}  # of the reader's own: test_*
ENDLESS = {"app"}
OF_SHIPPED_FILES = [
    name
    for module in COMMANDS
    if (name := module.__name__.rpartition(".")[2]) not in OF_OWN_FILES | ENDLESS
]


@pytest.mark.parametrize("command", OF_SHIPPED_FILES)
def test_the_examples_of_a_help_text_work(command, capsys, monkeypatch, tmp_path):
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == OK
    examples = re.findall(r"^ +forbear (.*)$", capsys.readouterr().out, re.MULTILINE)
    assert examples
    (tmp_path / "scenarios").symlink_to(ROOT / "scenarios")
    monkeypatch.chdir(tmp_path)  # where an example may write
    for example in examples:
        words = shlex.split(example)
        unrun = {"check": ["--no-run"], "evidence": ["--no-run"]}
        apart = ["--no-record", "--results", str(tmp_path / "results")]
        small = {"run": [*SMALL, *apart], **unrun}.get(command, [])
        expanded = [str(path) for word in words for path in (sorted(tmp_path.glob(word)) or [word])]
        assert main([*expanded, *small]) == OK, example
        assert capsys.readouterr().out


def test_check_gives_each_file_a_line_and_says_what_is_wrong(capsys):
    good, bad = Path("good.toml"), Path("bad.toml")
    good.write_text((ROOT / "scenarios/relief_options.toml").read_text("utf-8"), "utf-8")
    bad.write_text('format = 1\n[world]\nmonhts = 3\n[baseline.collections]\nintensity = "high"\n')
    assert main(["check", str(good), "--no-run"]) == OK
    assert capsys.readouterr() == ("good.toml: ok\n", "")
    assert main(["check", str(bad), str(good)]) == WRONG_INPUT
    out, err = capsys.readouterr()
    first, second = out.splitlines()
    assert re.fullmatch(r"bad\.toml: \d+ problems", first)
    assert second == "good.toml: ok"
    assert "monhts" in err
    assert "months" in err
    assert "intensity" in err


def leaves(group: type[BaseModel], prefix: str) -> set[str]:
    """Every setting below a group of the schema, found without the registry of parameters."""
    found: set[str] = set()
    for name, field in group.model_fields.items():
        inner = field.annotation
        is_group = isinstance(inner, type) and issubclass(inner, BaseModel)
        found |= leaves(inner, f"{prefix}{name}.") if is_group else {f"{prefix}{name}"}
        for entry in get_args(inner):
            if isinstance(entry, type) and issubclass(entry, BaseModel):  # a list of tables
                found |= leaves(entry, f"{prefix}{name}[].")
    return found


def test_describe_covers_every_setting_with_unit_bounds_default_and_source(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "1000")  # no line is folded
    settings = leaves(World, "world.") | leaves(Policy, "policy.")
    settings -= {"policy.label.en", "policy.label.zh"}
    assert main(["describe", "--json"]) == OK
    described = {one["key"]: one for one in json.loads(capsys.readouterr().out)}
    assert described.keys() == settings
    assert main(["describe", "--lang", "zh"]) == OK
    entries = capsys.readouterr().out.split("\n\n")
    assert [entry.splitlines()[0] for entry in entries] == list(described)
    for entry, one in zip(entries, described.values(), strict=True):
        assert one["label_zh"] in entry
        assert one["unit"] == one["kind"] or f"单位 {UNITS[one['unit']]}" in entry
        assert ("必填" if one["default"] is None else "默认值") in entry
        assert "来源：" in entry
        if one["high"] is not None:
            assert f"{one['high']:,}" in entry


@pytest.mark.parametrize("key", ["relief.deferral", "policy.relief.deferral", "deferral"])
def test_describe_finds_a_group_however_much_of_its_key_is_given(key, capsys):
    assert main(["describe", key]) == OK
    keys = re.findall(r"^[a-z]\S*$", capsys.readouterr().out, re.MULTILINE)
    assert keys[0] == "policy.relief.deferral.months"
    assert all(one.startswith("policy.relief.deferral.") for one in keys)


def test_describe_tells_the_tables_of_a_list_and_what_they_can_say(capsys):
    assert main(["describe", "world.shocks"]) == OK
    assert "[[world.shocks]]" in capsys.readouterr().out
    assert main(["describe", "world.shocks[]"]) == OK
    keys = re.findall(r"^[a-z]\S*$", capsys.readouterr().out, re.MULTILINE)
    fields = ("kind", "month", "share", "months", "loss_incomes", "regions", "sectors")
    assert keys == [f"world.shocks[].{field}" for field in fields]


def test_describe_names_the_nearest_key(capsys):
    assert main(["describe", "job_los_per_month"]) == WRONG_INPUT
    assert 'did you mean "job_loss_per_month"?' in capsys.readouterr().err


def test_describe_gives_the_schema(capsys):
    assert main(["describe", "--schema"]) == OK
    schema = json.loads(capsys.readouterr().out)
    assert schema["properties"].keys() >= {"format", "world", "baseline", "policy", "case"}


def test_the_readme_shows_what_its_scenario_prints(capsys):
    readme = (ROOT / "README.md").read_text("utf-8")
    scenario, excerpt, *_ = re.findall(r"```toml\n(.*?)```", readme, re.DOTALL)
    head, _, _ = scenario.partition("[baseline]")
    Path("excerpt.toml").write_text(head + excerpt, "utf-8")
    assert main(["check", "--no-run", "excerpt.toml"]) == OK
    capsys.readouterr()
    (shown,) = re.findall(r"```text\n(.*?)```", readme, re.DOTALL)
    Path("longer_relief.toml").write_text(scenario, "utf-8")
    assert main(["check", "longer_relief.toml"]) == OK
    capsys.readouterr()
    assert main(["run", "longer_relief.toml", "--jobs", "1"]) == OK
    assert capsys.readouterr().out == shown, "run it again and paste what it prints"


def test_starting_up_imports_nothing_heavy():
    program = """
import sys
from sim.doors.cli.main import main
assert not {"numpy", "scipy", "rich", "pydantic", "simpy"} & set(sys.modules), "on import"
main(["describe", "world.months"])
assert not {"numpy", "scipy", "simpy"} & set(sys.modules), "on describe"
"""
    ended = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ended.returncode == 0, ended.stderr
