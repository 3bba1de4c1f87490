"""A calibration file that is wrong says what is wrong: file, key, value and rule."""

from __future__ import annotations

from pathlib import Path

import pytest
from calibrations import (
    FORGETFUL,
    FORGETTING,
    OFTEN,
    STUDY,
    WORDS,
    Table,
    asked,
    moment,
    ranged,
    write,
)

from sim.doors.cli.main import WRONG_INPUT, main
from sim.scenario.files import shipped_folder
from sim.scenario.read_calibration import read_calibration

SHIPPED = sorted((shipped_folder() / "calibration").glob("*.toml"))


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write(tmp_path)
    return tmp_path


WRONG: dict[str, tuple[Table, str]] = {
    "an unknown key": ({"sede": 1}, 'sede: unknown key; did you mean "seed"?'),
    "a version to come": ({"format": 2}, "format = 2: must be 1"),
    "no book": ({"book": None}, "book: must be given"),
    "an unknown preset": (
        {"book": "preset:generic_unsecurd"},
        'book = "preset:generic_unsecurd": no such preset; did you mean "generic_unsecured"?',
    ),
    "a book that is not there": ({"book": "boook.toml"}, 'book = "boook.toml": no such file'),
    "no parameter": ({"parameter": []}, "parameter = []: must have at least 1 entry"),
    "a parameter without end": (
        {"parameter": [{"key": FORGETTING, "low": 0.01}]},
        "parameter[1].high: must be given",
    ),
    "an unknown parameter": (
        {"parameter": [ranged("world.behaviour.forgeting", 0.01, 0.1)]},
        'parameter[1].key = "world.behaviour.forgeting": is no number of the world; did you mean '
        f'"{FORGETTING}"?',
    ),
    "a list": (
        {"parameter": [ranged("world.loans.terms", 1, 4)]},
        'parameter[1].key = "world.loans.terms": is of the kind list: only numbers are fitted',
    ),
    "the study's size": (
        {"parameter": [ranged("world.months", 1, 40)]},
        'parameter[1].key = "world.months": is the study\'s own: only what is said of borrowers is '
        "fitted",
    ),
    "a half of what is whole": (
        {"parameter": [ranged("world.strain.half_life_days", 9.5, 40)]},
        "parameter[1].low = 9.5: must be a whole number",
    ),
    "a lever": (
        {"parameter": [ranged("baseline.collections.intensity", 0, 1)]},
        'parameter[1].key = "baseline.collections.intensity": is no number of the world',
    ),
    "a parameter twice": (
        {"parameter": [FORGETFUL, FORGETFUL]},
        f'parameter[2].key = "{FORGETTING}": is fitted already',
    ),
    "a range without an inside": (
        {"parameter": [ranged(FORGETTING, 0.1, 0.1)]},
        "parameter[1]: low (0.1) must be less than high (0.1)",
    ),
    "a range beyond the bounds": (
        {"parameter": [ranged(FORGETTING, 0.01, 0.9)]},
        "parameter[1].high = 0.9: must be at most 0.5",
    ),
    "a start outside the range": (
        {"parameter": [ranged(FORGETTING, 0.1, 0.2)]},
        f'parameter[1].key = "{FORGETTING}": the book begins with 0.0434, which is not between low '
        "and high",
    ),
    "ranges that the world refuses": (
        {
            "parameter": [
                ranged("world.court.recovers_low", 0.1, 0.5),
                ranged("world.court.recovers_high", 0.2, 0.6),
            ]
        },
        'parameter[1].key = "world.court.recovers_low": its range and the others\' hold what the '
        "world refuses: recovers_low (0.5) must not exceed recovers_high (0.2)",
    ),
    "the same luck twice": (
        {"seed": 7},
        "held_back_seed = 7: must not be the seed: a fit is held against luck that it has not seen",
    ),
    "nothing to fit to": (
        {"moment": [OFTEN | {"fit": False}]},
        "moment: at least one moment must be fitted (fit = true)",
    ),
    "a target known exactly": (
        {"moment": [OFTEN | {"tolerance": 0}]},
        "moment[1].tolerance = 0: must be at least 1e-12",
    ),
    "no formula": (
        {"moment": [OFTEN | {"that": "baseline.miss_rate[", "value": 1}]},
        'moment[1].that = "baseline.miss_rate[": must be "policy.metric", or several of them and '
        "numbers with + - * / and parentheses; a segment, a cohort or a month (month_12) may "
        "follow a metric in brackets",
    ),
    "an unknown metric": (
        {"moment": [OFTEN | {"that": "baseline.mis_rate"}]},
        'moment[1].that = "baseline.mis_rate": no metric is called "mis_rate"; did you mean '
        '"miss_rate"?',
    ),
    "an unknown policy": (
        {"moment": [OFTEN | {"that": "relieve.miss_rate"}]},
        'moment[1].that = "relieve.miss_rate": no policy is called "relieve"; did you mean '
        '"relief"?',
    ),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_file_says_what_is_wrong(
    folder: Path, wrong: str, capsys: pytest.CaptureFixture[str]
) -> None:
    more, message = WRONG[wrong]
    table = {"ranges": [FORGETFUL], "moments": [OFTEN]}
    path = asked(folder, **table, **more)
    assert main(["calibrate", str(path)]) == WRONG_INPUT
    assert capsys.readouterr().err == f"{path}: {message}\n"


def test_a_scenario_that_states_what_is_fitted_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("study.toml").write_text(f"{WORDS}world.behaviour.forgetting = 0.1\n", "utf-8")
    path = asked(folder, [FORGETFUL], [OFTEN])
    assert main(["calibrate", str(path)]) == WRONG_INPUT
    rule = (
        f"states {FORGETTING} itself, so that the fit cannot move it there; if that is meant, name "
        "it in own"
    )
    assert capsys.readouterr().err == f'{path}: moment[1].scenario = "study.toml": {rule}\n'


def test_a_scenario_may_state_what_is_fitted_if_the_file_says_that_it_does(folder: Path) -> None:
    stating = STUDY.replace('extends = "book.toml"\n', "") + "[world.behaviour]\nforgetting = 0.1\n"
    Path("stating.toml").write_text(stating, "utf-8")
    own = OFTEN | {"scenario": "stating.toml", "own": [FORGETTING]}
    calibration = read_calibration(asked(folder, [FORGETFUL], [OFTEN, own]))
    moved, kept = (
        calibration.scenario(file, {FORGETTING: 0.07}, 1).world for file in calibration.files
    )
    assert (moved.behaviour.forgetting, kept.behaviour.forgetting) == (0.07, 0.1)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_calibration_is_right(path: Path) -> None:
    assert read_calibration(path) == read_calibration(f"shipped:calibration/{path.stem}")


def test_a_scenario_that_is_not_there_or_too_small_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = asked(folder, [FORGETFUL], [OFTEN | {"scenario": "no_such.toml"}])
    assert main(["calibrate", str(path)]) == WRONG_INPUT
    assert capsys.readouterr().err.endswith("no_such.toml: no such file\n")
    path = asked(folder, [FORGETFUL], [OFTEN])
    assert main(["calibrate", str(path), "--replicas", "4"]) == WRONG_INPUT
    assert "needs at least 5 replicas, not 4" in capsys.readouterr().err


def test_a_moment_without_a_value_says_where(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = asked(folder, [FORGETFUL], [moment("baseline.promises_kept[month_1]", 0.5, 0.1)])
    size = ["--borrowers", "2", "--replicas", "5", "--jobs", "1"]
    assert main(["calibrate", str(path), *size]) == WRONG_INPUT
    assert "has no value in every replica with world.behaviour.forgetting = " in (
        capsys.readouterr().err
    )
