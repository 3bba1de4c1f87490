"""``forbear new``: a file that is right, runs, and never takes another's place."""

from __future__ import annotations

import pytest

from sim.doors.cli.main import OK, WRONG_INPUT, main
from sim.scenario.files import shipped_folder
from sim.scenario.load import load
from sim.show.language import CODES

PRESETS = sorted(path.stem for path in (shipped_folder() / "presets").glob("*.toml"))


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("preset", PRESETS)
def test_it_is_right_with_every_preset_in_both_languages(tmp_path, capsys, preset, code):
    path = tmp_path / "mine.toml"
    assert main(["new", str(path), "--preset", preset, "--lang", code]) == OK
    scenario = load(path)
    assert list(scenario.policies) == ["baseline", "deferral", "waiver"]
    assert "forbear check" in capsys.readouterr().err


def test_it_runs_and_holds_what_it_expects(tmp_path, capsys):
    path = tmp_path / "mine.toml"
    assert main(["new", str(path)]) == OK
    assert main(["check", str(path)]) == OK
    assert "held" in capsys.readouterr().out


def test_a_file_that_is_there_stays_as_it_is(tmp_path, capsys):
    path = tmp_path / "mine.toml"
    path.write_text("mine")
    assert main(["new", str(path)]) == WRONG_INPUT
    assert "is there already" in capsys.readouterr().err
    assert path.read_text() == "mine"
    assert main(["new", str(tmp_path / "no" / "mine.toml")]) == WRONG_INPUT
    assert "cannot be written" in capsys.readouterr().err


def test_a_preset_that_is_none_is_told_and_nothing_is_written(tmp_path, capsys):
    path = tmp_path / "mine.toml"
    assert main(["new", str(path), "--preset", "generic_unsecurd"]) == WRONG_INPUT
    assert 'did you mean "generic_unsecured"?' in capsys.readouterr().err
    assert not path.exists()


def test_it_can_be_printed(capsys):
    assert main(["new", "-"]) == OK
    assert capsys.readouterr().out.startswith("#:schema")
