"""Sensitivity: each assumption at both ends, everything else the same, taken up where it was."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from test_evidence import INSIDE, NOTE, evidence

from sim.doors.cli.main import OK, WRONG_INPUT, main
from sim.experiment import sensitivity as module
from sim.experiment.compare import compare
from sim.experiment.evidence import read
from sim.experiment.sensitivity import Move, Varied, as_table, assumptions, sensitivity
from sim.parameter import ASSUMPTION, ForbearError, Parameter, parameters
from sim.scenario.assumed import GROUPS
from sim.scenario.load import load
from sim.scenario.schema import World
from sim.show.language import Language
from sim.show.sensitivity import lines, page

BY_KEY = {one.key: one for one in parameters(World, "world.")}
FORGETTING, ILLNESS = "world.behaviour.forgetting", "world.household.illness_per_month"
BAND = {"that": "baseline.miss_rate", "low": 0.03, "high": 0.1}


def varied(key: str, low: float, high: float) -> Varied:
    return Varied(BY_KEY[key], low, high)


def stating(path: str, said: str) -> None:
    """A file that says something of the world itself."""
    text = Path(path).read_text("utf-8")
    Path(path).write_text(text.replace(NOTE, f"\n{said}\n{NOTE}"), "utf-8")


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Every scenario that is run from now on."""
    seen: list[Any] = []

    def counting(scenario: Any, **said: Any) -> Any:
        seen.append(scenario)
        return compare(scenario, **said)

    monkeypatch.setattr(module, "compare", counting)
    return seen


def test_a_parameter_is_moved_alone_to_either_end(tmp_path: Path, runs: list[Any]) -> None:
    path = evidence(tmp_path, BAND)
    found = sensitivity([path], [varied(FORGETTING, 0.0, 0.3)], fraction=1)
    (move,) = found.moves
    rates = {
        value: compare(load(path, {FORGETTING: value})).metrics["baseline"]["miss_rate"].mean()
        for value in (0.0, 0.0434, 0.3)
    }
    assert (move.low, move.central, move.high) == pytest.approx(tuple(rates.values()))
    assert move.swing == pytest.approx((rates[0.3] - rates[0.0]) / 0.07)
    assert [move.crosses("low"), move.crosses("high")] == [rates[0.0] < 0.03, True]
    assert len(runs) == 3


def test_what_a_file_says_itself_is_left_alone(tmp_path: Path, runs: list[Any]) -> None:
    path = evidence(tmp_path, BAND)
    stating(path, "[world.behaviour]\nforgetting = 0.1")
    found = sensitivity([path], [varied(FORGETTING, 0.0, 0.3)], fraction=1)
    assert found.moves == ()
    assert found.stated == {(path, FORGETTING)}
    assert [each.world.behaviour.forgetting for each in runs] == [0.1]


def test_an_end_that_is_what_the_file_has_is_run_once(tmp_path: Path, runs: list[Any]) -> None:
    path = evidence(tmp_path, BAND)
    (move,) = sensitivity([path], [varied(FORGETTING, 0.0434, 0.3)], fraction=1).moves
    assert move.low == move.central
    assert len(runs) == 2


def test_the_runs_are_small(tmp_path: Path, runs: list[Any]) -> None:
    path = evidence(tmp_path, BAND)
    sensitivity([path], [varied(FORGETTING, 0.0, 0.3)], overrides={"world.replicas": 50})
    assert {(each.world.replicas, each.world.borrowers) for each in runs} == {(5, 300)}


def test_what_cannot_be_beside_the_rest_of_a_file_is_told(tmp_path: Path) -> None:
    path = evidence(tmp_path, INSIDE)
    stating(path, "[world.court]\nrecovers_high = 0.2")
    ends = varied("world.court.recovers_low", 0.1, 0.3)
    found = sensitivity([path], [ends], fraction=1)
    ((file, key, end, rule),) = found.refused
    assert (file, key, end) == (path, "world.court.recovers_low", "high")
    assert rule
    assert found.moves[0].high is None
    assert found.moves[0].swing == 0
    assert rule in page(found, Language("en"))


def test_an_interrupted_run_goes_on_where_it_was(tmp_path: Path, runs: list[Any]) -> None:
    path, kept = evidence(tmp_path, BAND), tmp_path / "kept" / "results.jsonl"
    ends = [varied(FORGETTING, 0.0, 0.3), varied(ILLNESS, 0.0, 0.1)]

    def stop(done: int, total: int) -> None:
        if done >= total / 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sensitivity([path], ends, fraction=1, resume=kept, progress=stop)
    before = len(runs)
    kept.write_text(kept.read_text("utf-8") + '{"name": "cut off', "utf-8")
    found = sensitivity([path], ends, fraction=1, resume=kept)
    assert (before, len(runs)) == (3, 5)
    assert found == sensitivity([path], ends, fraction=1, resume=kept)
    assert len(runs) == 5
    assert found == sensitivity([path], ends, fraction=1)


def test_what_would_come_out_otherwise_is_run_again(tmp_path: Path, runs: list[Any]) -> None:
    path, kept = evidence(tmp_path, BAND), tmp_path / "results.jsonl"
    ends = [varied(FORGETTING, 0.0, 0.3)]
    for change in ("", "[world.household]\nillness_per_month = 0.01"):
        stating(path, change)
        sensitivity([path], ends, fraction=1, resume=kept)
    assert len(runs) == 6
    sensitivity([path], ends, fraction=1, resume=kept, overrides={"world.seed": 1})
    assert len(runs) == 9
    text = Path(path).read_text("utf-8").replace("high = 0.1", "high = 0.2")
    Path(path).write_text(text, "utf-8")  # another band: the same numbers
    (move,) = sensitivity([path], ends, fraction=1, resume=kept).moves
    assert move.finding.high == 0.2
    assert len(runs) == 9


def test_processes_and_progress_change_no_number(tmp_path: Path) -> None:
    paths = [evidence(tmp_path, BAND, name=name) for name in ("a", "b")]
    ends = [varied(FORGETTING, 0.0, 0.3)]
    seen: list[tuple[int, int]] = []
    alone = sensitivity(paths, ends, fraction=1, progress=lambda *told: seen.append(told))
    together = sensitivity(paths, ends, fraction=1, jobs=2)
    assert [as_table(alone)] == [as_table(together)]
    assert seen[0][0] == 0
    assert seen[-1][0] == seen[-1][1]


def test_results_that_cannot_be_kept_are_a_persons_mistake(tmp_path: Path) -> None:
    path = evidence(tmp_path, BAND)
    with pytest.raises(ForbearError, match="cannot be"):
        sensitivity([path], [varied(FORGETTING, 0.0, 0.3)], resume=tmp_path)


def test_of_an_open_band_a_swing_of_one_reaches_its_end(tmp_path: Path) -> None:
    (trial,) = read([evidence(tmp_path, {"that": "baseline.miss_rate", "low": 2.0})])
    move = Move(trial, trial.note.finding[0], varied(FORGETTING, 0, 1), 6.0, 2.0, 5.0)
    assert move.swing == 1.0


def test_only_assumed_numbers_with_a_range_are_varied() -> None:
    for one in assumptions():
        assert ASSUMPTION in one.parameter.source
        assert one.parameter.kind in ("integer", "number")
        assert one.low < one.high
        assert one.parameter.key.split(".")[1] in GROUPS


# The page and the command


@pytest.fixture
def one_assumption(monkeypatch: pytest.MonkeyPatch) -> Parameter:
    monkeypatch.setattr(module, "assumptions", lambda: (varied(FORGETTING, 0.0, 0.3),))
    return BY_KEY[FORGETTING]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_page_tells_what_moves_each_finding(
    tmp_path: Path, capsys: Any, one_assumption: Parameter, language: Any
) -> None:
    path, place = evidence(tmp_path, BAND), tmp_path / "page.md"
    arguments = ["evidence", path, "--sensitivity", "--jobs", "1", "--shrink", "1"]
    arguments += ["--lang", language, "--resume", str(tmp_path / "kept")]
    assert main([*arguments, "--markdown", str(place)]) == OK
    assert capsys.readouterr().out == ""
    text = place.read_text("utf-8")
    label = one_assumption.label_zh if language == "zh" else one_assumption.label_en
    assert label in text
    assert ("离开区间" if language == "zh" else "leaves the band at") in text
    assert "| `behaviour.forgetting` | **" in text
    assert main([*arguments, "--json"]) == OK
    table = json.loads(capsys.readouterr().out)
    assert table["moves"][0]["key"] == FORGETTING
    assert main(arguments) == OK
    assert label in capsys.readouterr().out


def test_what_nothing_moves_is_said(tmp_path: Path) -> None:
    path = evidence(tmp_path, INSIDE)
    found = sensitivity([path], [varied("world.recovery.agency_factor", 1.1, 1.3)], fraction=1)
    assert "Nothing moves it by a hundredth of the band." in page(found, Language("en"))
    assert any("Nothing moves it" in line for line in lines(found, Language("en")))


def test_a_wrong_file_is_told_before_anything_runs(tmp_path: Path, capsys: Any) -> None:
    path = evidence(tmp_path, INSIDE | {"mark": "X"})
    assert main(["evidence", path, "--sensitivity", "--jobs", "1"]) == WRONG_INPUT
    assert "mark" in capsys.readouterr().err
