"""A fit finds what it was made from, says what its targets leave open, and writes a book."""

from __future__ import annotations

import json
import re
from math import inf
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from calibrations import (
    APPLICATION,
    AWARENESS,
    BOOK,
    COURTS,
    DEFERRED,
    ESSENTIALS,
    FORGETFUL,
    FORGETTING,
    MISSED,
    NOT_HELD,
    OFTEN,
    WORDS,
    asked,
    moment,
    ranged,
    shown,
    write,
)

from sim.doors.cli.main import INTERRUPTED, OK, WRONG_INPUT, main
from sim.experiment import moments as measuring
from sim.experiment.calibrate import Fit, calibrate
from sim.experiment.moments import Bench
from sim.experiment.pinned import pinned
from sim.parameter import parameters
from sim.scenario.calibration import Range
from sim.scenario.files import shipped_folder
from sim.scenario.load import load
from sim.scenario.read_calibration import read_calibration
from sim.scenario.schema import World
from sim.show.calibration import conclusions
from sim.show.language import Language
from sim.show.preset import PresetError, preset

AS_IT_IS = World().behaviour.forgetting


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write(tmp_path)
    return tmp_path


def said_of(fit: Fit) -> str:
    return "\n".join(conclusions(fit, Language("en")))


# What it finds


@pytest.fixture(scope="module")
def recovered(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, float], Fit]:
    """A fit to what a book showed whose numbers are known, on luck that neither seed is."""
    folder = tmp_path_factory.mktemp("recovered")
    write(folder)
    known = {FORGETTING: 0.1, ESSENTIALS: 0.57}
    ranges = [FORGETFUL, ranged(ESSENTIALS, 0.35, 0.75)]
    targets = shown(folder, known, 99, MISSED, "baseline.roll_rate_30", "baseline.default_rate")
    for each in targets:
        each["tolerance"] *= 2  # so that the noise of one more luck does not decide
    fit = calibrate(read_calibration(asked(folder, ranges, targets)), jobs=2)
    return known, fit


def test_known_numbers_are_found_within_the_stated_error(
    recovered: tuple[dict[str, float], Fit],
) -> None:
    known, fit = recovered
    assert fit.settled
    for each in fit.parameters:
        assert each.error is not None
        assert abs(each.value - known[each.range.key]) < 2.5 * each.error
        assert each.error < (each.range.high - each.range.low) / 3
        assert abs(each.range.start - known[each.range.key]) > each.error, "it began elsewhere"


def test_what_is_found_meets_its_targets_on_luck_it_has_not_seen(
    recovered: tuple[dict[str, float], Fit],
) -> None:
    _, fit = recovered
    assert fit.holds
    assert fit.degrees == 1
    assert fit.chi_square(held_back=False) < fit.chi_square(held_back=True) < 4 * 3
    assert said_of(fit).startswith("All 3 fitted moments are met within 2 tolerances")


def test_what_is_found_is_rounded_and_all_that_is_said_is_of_that(
    recovered: tuple[dict[str, float], Fit],
) -> None:
    _, fit = recovered
    calibration = fit.calibration
    for each in fit.parameters:
        assert each.value == float(f"{each.value:.3g}")
    bench = Bench(calibration, 1, None, 1)
    (again,) = bench.moments([(fit.values, calibration.seed)])
    assert [each.fitted for each in fit.moments] == list(again)


def test_only_policies_that_a_moment_names_are_run(folder: Path) -> None:
    calibration = read_calibration(asked(folder, [FORGETFUL], [OFTEN]))
    scenario = calibration.scenario(calibration.files[0], {FORGETTING: 0.07}, 5)
    assert list(scenario.policies) == ["baseline"]
    assert not scenario.cases
    assert (scenario.world.seed, scenario.world.behaviour.forgetting) == (5, 0.07)
    assert scenario.world.household.essentials_share == 0.5, "the rest of the book is there too"


# What it cannot find


def test_what_matters_only_together_is_named(folder: Path) -> None:
    ranges = [ranged(AWARENESS, 0.1, 0.9), ranged(APPLICATION, 0.1, 0.9)]
    targets = [
        moment(DEFERRED, 0.03, 0.004),
        moment(f"{DEFERRED} / {MISSED}", 0.6, 0.08),
    ]
    fit = calibrate(read_calibration(asked(folder, ranges, targets)), evaluations=6)
    assert not fit.holds
    assert fit.found is not None
    assert fit.found.loose == (0, 1)
    assert "do not determine behaviour.awareness, behaviour.application one by one" in said_of(fit)


def test_what_nothing_depends_on_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ranges = [FORGETFUL, ranged(COURTS, 0.1, 0.9)]
    path = asked(folder, ranges, [OFTEN, moment("baseline.default_rate", 0.0, 1.0)])
    assert main(["calibrate", str(path), "--jobs", "1", "--evaluations", "6"]) == NOT_HELD
    out = capsys.readouterr().out
    flat = " ".join(out.split())
    sentence = "The targets do not determine court.default_judgments: nothing that is fitted"
    assert sentence in flat
    assert "without end" in out
    assert "not pinned down" in out
    assert "cannot be met" not in flat


def test_a_target_out_of_reach_ends_at_a_bound_and_is_said_to(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = asked(folder, [ranged(FORGETTING, 0.01, 0.06)], [moment(MISSED, 0.3, 0.01)])
    assert main(["calibrate", str(path), "--jobs", "1", "--markdown", "r.md"]) == NOT_HELD
    out = capsys.readouterr().out
    flat = " ".join(out.split())
    assert "“baseline.miss_rate in study” cannot be met within the bounds" in flat
    assert "behaviour.forgetting ended at a bound of its range, 0.06" in flat
    assert "at its upper bound" in out
    assert max(len(line) for line in out.splitlines()) <= 80
    report = Path("r.md").read_text("utf-8")
    assert "| 0.3 ± 0.01 |" in report
    assert "at its upper bound" in report


def test_targets_that_contradict_each_other_are_said_to(folder: Path) -> None:
    targets = [moment(MISSED, 0.06, 0.001), moment(f"2 * {MISSED}", 0.18, 0.001)]
    fit = calibrate(read_calibration(asked(folder, [FORGETFUL], targets)), evaluations=40)
    assert not fit.holds
    assert said_of(fit).count("cannot be met together with the others") == 2


def test_a_search_that_was_cut_short_says_so(folder: Path) -> None:
    fit = calibrate(read_calibration(asked(folder, [FORGETFUL], [OFTEN])), evaluations=1)
    assert not fit.settled
    assert "The search ended for want of evaluations" in said_of(fit)


def test_errors_are_those_of_least_squares() -> None:
    slopes = np.array([[10.0, 0.0], [0.0, 5.0], [0.0, 5.0]])
    found = pinned(slopes, [0.0, 0.0, 0.0])
    assert found.errors == pytest.approx((0.1, 1 / 50**0.5))
    assert found.of_simulation == (0.0, 0.0)
    assert not found.loose
    noisy = pinned(slopes, [1.0, 0.0, 0.0])
    assert noisy.errors == pytest.approx((0.1 * 2**0.5, 1 / 50**0.5))
    assert noisy.of_simulation == pytest.approx((0.1, 0.0))


def test_directions_that_nothing_sees_are_found() -> None:
    found = pinned(np.array([[8.0, 8.0, 0.0], [0.1, -0.1, 0.0], [4.0, 4.0, 0.0]]), [0.0] * 3)
    assert found.idle == (2,)
    assert found.errors[2] == inf
    assert found.loose == (0, 1, 2)
    (direction,) = found.open_directions
    assert direction.singular_value == pytest.approx(0.1 * 2**0.5)
    assert sorted(direction.parts.values()) == pytest.approx([-(0.5**0.5), 0.5**0.5])
    ((one, other, correlation),) = found.correlated
    assert (one, other, round(correlation, 2)) == (0, 1, -1.0)
    fewer = pinned(np.array([[8.0, 4.0]]), [0.0])
    assert fewer.singular_values == pytest.approx((80**0.5, 0.0))
    assert fewer.loose == (0, 1)


def test_a_wide_range_is_searched_by_ratios() -> None:
    about = next(one for one in parameters(World, "world.") if one.key == FORGETTING)
    wide, narrow = Range(about, 0.02, 0.001, 0.1), Range(about, 0.02, 0.0, 0.1)
    assert (wide.logarithmic, narrow.logarithmic) == (True, False)
    assert wide.value(0.5) == pytest.approx(0.01)
    assert wide.scaled(0.01) == pytest.approx(0.5)
    assert narrow.value(0.5) == pytest.approx(0.05)
    assert wide.value(1.1) == 0.1
    assert Range(about, 0.02, 0.01234, 0.1).rounded(0.01234) == 0.01234, "never beyond a bound"


def test_a_whole_number_stays_whole_and_moves_by_a_unit_at_least() -> None:
    about = next(one for one in parameters(World, "world.") if one.key.endswith("half_life_days"))
    days = Range(about, 30, 10, 40)
    assert days.value(0.52) == 26
    assert isinstance(days.rounded(26.4), int)
    assert [days.value(place) for place in days.around(days.scaled(26), 0.001)] == [25, 27]
    assert [days.value(place) for place in days.around(days.scaled(10), 0.1)] == [10, 13]


# Whether a book holds


def test_a_check_fits_nothing_and_says_whether_all_holds(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (present,) = shown(folder, {FORGETTING: AS_IT_IS}, 99, MISSED)
    spared = moment(
        "baseline.default_rate", 0.9, 0.01, fit=False, label={"en": "Lost", "zh": "损失"}
    )
    path = asked(folder, [FORGETFUL], [present, spared])
    assert main(["calibrate", str(path), "--check", "--jobs", "1"]) == OK
    out, err = capsys.readouterr()
    assert out.splitlines()[1].startswith("All 1 moments that the book is fitted to are met")
    assert "Lost; ours" in out
    assert "not fitted, missed" in out
    assert err == ""
    path = asked(folder, [FORGETFUL], [OFTEN])
    assert main(["calibrate", str(path), "--check", "--jobs", "1", "--json"]) == NOT_HELD
    table = json.loads(capsys.readouterr().out)
    assert (table["holds"], table["fitted"], table["evaluations"]) == (False, False, 2)
    assert [each["value"] for each in table["parameters"]] == [AS_IT_IS]


def test_chinese_is_spoken_and_the_size_can_be_given(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    named = moment(MISSED, 0.08, 0.004, label={"en": "Missed", "zh": "到期未还"}, source="自有")
    path = asked(folder, [FORGETFUL], [named], title={"en": "Ours", "zh": "自有数据"})
    size = ["--borrowers", "100", "--replicas", "5", "--jobs", "1", "--evaluations", "4"]
    assert main(["calibrate", str(path), *size, "--lang", "zh"]) in (OK, NOT_HELD)
    lines = capsys.readouterr().out.replace("behaviour.forgetting", "").splitlines()
    assert lines[0] == "自有数据"
    assert [
        line for line in lines if re.search("[A-Za-z]{3}", line.replace("--evaluations", ""))
    ] == []


# What it writes


def test_the_fitted_book_is_written_and_can_be_built_on(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = asked(folder, [FORGETFUL], [OFTEN])
    fit = ["calibrate", str(path), "--jobs", "1", "--evaluations", "8", "--json"]
    main([*fit, "--write", "new.toml"])
    out, err = capsys.readouterr()
    assert err == "forbear: the fitted book is in new.toml\n"
    (found,) = json.loads(out)["parameters"]
    written = load("new.toml")
    before = load("book.toml")
    assert written.world.behaviour.forgetting == found["value"] != AS_IT_IS
    assert written.policies == before.policies
    old = before.world.model_dump(exclude={"behaviour": {"forgetting"}})
    assert written.world.model_dump(exclude={"behaviour": {"forgetting"}}) == old
    text = Path("new.toml").read_text("utf-8")
    assert re.search(
        r"^forgetting = \S+ +# chance a due date; fitted: Our own figures$", text, re.M
    )
    assert re.search(r"^essentials_share = 0.5 +# share of income; our own$", text, re.M)

    main([*fit[:3], "1", "--write", "book.toml", "--quiet", "--evaluations", "1"])
    kept = Path("book.toml").read_text("utf-8")
    assert kept.startswith(BOOK.partition("[world")[0])
    assert "servicing.charge_off_dpd = 150  # days past due; our own\n" in kept
    assert load("book.toml").policies == before.policies


def test_the_generic_preset_is_what_would_be_written_again() -> None:
    path = shipped_folder() / "presets" / "generic_unsecured.toml"
    title = load(path).title
    assert preset(path, path, {}, title) == path.read_text("utf-8")


def test_a_book_with_shocks_keeps_them(folder: Path) -> None:
    shock = '[[world.shocks]]\nkind = "layoffs"\nmonth = 3\nshare = 0.06\n'
    Path("book.toml").write_text(BOOK + shock, "utf-8")
    title = load("book.toml").title
    for name in ("book.toml", "new.toml"):
        text = preset(Path(name), Path("book.toml"), {FORGETTING: 0.123}, title)
        Path(name).write_text(text, "utf-8")
        world = load(name).world
        assert world.behaviour.forgetting == 0.123
        assert [each.kind for each in world.shocks] == ["layoffs"]


def test_what_is_no_book_is_not_replaced(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = asked(folder, [FORGETFUL], [OFTEN])
    Path("letter.txt").write_text("Dear sir", "utf-8")
    assert main(["calibrate", str(path), "--write", "letter.txt"]) == WRONG_INPUT
    assert "letter.txt exists and is no scenario file" in capsys.readouterr().err
    assert main(["calibrate", str(path), "--write", "."]) == WRONG_INPUT
    assert Path("letter.txt").read_text("utf-8") == "Dear sir"
    Path("inline.toml").write_text(f"{WORDS}world.months = 3\n", "utf-8")
    with pytest.raises(PresetError, match="choose another file"):
        preset(Path("inline.toml"), Path("book.toml"), {}, load("book.toml").title)


def test_the_examples_of_the_help_text_work(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["calibrate", "--help"])
    examples = re.findall(r"^ +forbear (.*)$", capsys.readouterr().out, re.MULTILINE)
    assert len(examples) > 2
    asked(folder, [FORGETFUL], [OFTEN]).rename("my_targets.toml")
    for example in examples:
        few = ["--jobs", "1", "--evaluations", "1", "--borrowers", "100"]
        assert main([*example.split(), *few]) in (OK, NOT_HELD), example


def test_the_example_of_the_readme_is_right(folder: Path) -> None:
    readme = (Path(__file__).parents[1] / "README.md").read_text("utf-8")
    chapter = readme.partition("## Calibrate to your own book")[2]
    targets, question = (
        re.search("```toml\n(.*?)```", text, re.DOTALL) for text in (chapter, readme)
    )
    assert targets and question
    Path("my_targets.toml").write_text(targets[1], "utf-8")
    Path("longer_relief.toml").write_text(question[1], "utf-8")
    assert len(read_calibration("my_targets.toml").ranges) == 2


def test_an_interrupted_fit_leaves_nothing_behind(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def struck(*_: Any) -> None:
        raise KeyboardInterrupt

    path = asked(folder, [FORGETFUL], [OFTEN])
    there = sorted(folder.iterdir())
    monkeypatch.setattr(measuring, "conclude", struck)
    assert main(["calibrate", str(path), "--jobs", "2", "--write", "new.toml"]) == INTERRUPTED
    assert "interrupted" in capsys.readouterr().err
    assert sorted(folder.iterdir()) == there
