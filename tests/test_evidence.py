"""Evidence: published findings in a file, held against its run, told by an exit code."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from sim.doors.cli.main import OK, WRONG_INPUT, main
from sim.experiment.compare import compare
from sim.experiment.estimates import Estimate
from sim.experiment.evidence import Measured, hold, read, shrunk, tally
from sim.parameter import ForbearError
from sim.scenario.evidence import Finding
from sim.scenario.load import ScenarioError, load, to_toml
from sim.show.evidence import band, decimals, interval, number
from sim.show.evidence_page import HOLE, page
from sim.show.language import Language

NOT_AS_SAID = 1
ENGLISH = Language("en", "CNY")

HEAD = """\
format = 1
title = { en = "Ill and late", zh = "患病与逾期" }
question = { en = "Does a holiday help?", zh = "延期有帮助吗？" }
"""
STUDY = """
[world]
months = 6
borrowers = 300
replicas = 5
burn_in_months = 3
[policy.offered]
relief.deferral = { months = 3, offer = "universal", hardships = ["any"] }
"""
NOTE = """
[evidence]
target = 3
source = "Somebody 2020, a journal"
population = { en = "Few people", zh = "少数人" }
randomised = { en = "Nothing", zh = "无" }
doubt = { en = "There is every reason | to doubt it.", zh = "完全可以怀疑。" }
"""
INSIDE = {"that": "baseline.ever_90_rate", "low": -1.0, "high": 1.0}
OUTSIDE = {"that": "offered.recovered / baseline.recovered - 1", "low": 5.0, "high": 6.0}
MISSED = {"missed": {"en": "It is made up.", "zh": "纯属虚构。"}}


def inline(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {inline(one)}" for key, one in value.items()) + " }"
    return json.dumps(value, ensure_ascii=False)


def found(**said: Any) -> str:
    """A finding as a file states it."""
    words = {
        "label": {"en": "What is compared", "zh": "比较什么"},
        "published": {"en": "about 3 %", "zh": "约 3 %"},
        "mark": "V",
    }
    lines = [f"{key} = {inline(value)}" for key, value in (words | said).items()]
    return "\n".join(["[[evidence.finding]]", *lines, ""])


def evidence(folder: Path, *findings: dict[str, Any], name: str = "study") -> str:
    path = folder / f"{name}.toml"
    text = HEAD + STUDY + NOTE + "\n".join(found(**one) for one in findings)
    path.write_text(text, "utf-8")
    return str(path)


def a_finding(**said: Any) -> Finding:
    words = {"label": {"en": "a", "zh": "甲"}, "published": {"en": "b", "zh": "乙"}, "mark": "A"}
    return Finding.model_validate(words | {"that": "baseline.default_rate"} | said)


# The file


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"low": 0.2, "high": 0.2}, "evidence.finding[1]: low (0.2) must be less than high (0.2)"),
        ({"that": "baseline.default_rat"}, 'no metric is called "default_rat"; did you mean "'),
        ({"that": "offerd.default_rate"}, 'no policy is called "offerd"; did you mean "offered"'),
        ({"that": "baseline.default_rate[lat]"}, 'no segment is called "lat"'),
        (
            {"that": "baseline.default_rate +"},
            'evidence.finding[1].that = "baseline.default_rate +',
        ),
        ({"mark": "X"}, 'evidence.finding[1].mark = "X": must be "V", "W", "D" or "A"'),
        ({"unit": "percents"}, 'did you mean "percent"?'),
        ({"hihg": 1.0}, 'evidence.finding[1].hihg: unknown key; did you mean "high"?'),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, said: dict[str, Any], message: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        load(evidence(tmp_path, INSIDE | said))
    assert message in str(caught.value)


def test_a_finding_without_a_band_cannot_miss_it(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="missed needs low, high or both"):
        load(evidence(tmp_path, {"that": "baseline.default_rate", **MISSED}))


def test_evidence_needs_a_finding_and_a_place_in_the_table(tmp_path: Path) -> None:
    path = tmp_path / "none.toml"
    path.write_text(HEAD + NOTE.replace("target = 3", "target = 0"), "utf-8")
    with pytest.raises(ScenarioError) as caught:
        load(path)
    assert "evidence.finding: must be given" in str(caught.value)
    assert "evidence.target = 0: must be at least 1" in str(caught.value)


def test_evidence_is_written_out_and_not_inherited(tmp_path: Path) -> None:
    path = evidence(tmp_path, INSIDE, OUTSIDE | MISSED)
    scenario = load(path)
    again = tmp_path / "again.toml"
    again.write_text(to_toml(scenario), "utf-8")
    assert load(again) == scenario
    heir = tmp_path / "heir.toml"
    heir.write_text(HEAD + 'extends = "study.toml"', "utf-8")
    assert load(heir).evidence is None


def test_evidence_changes_no_digest(tmp_path: Path) -> None:
    scenario = load(evidence(tmp_path, INSIDE))
    assert (
        compare(scenario).digest == compare(scenario.model_copy(update={"evidence": None})).digest
    )


# What is measured


def measured(value: float | None, error: float | None = 0.0, **said: Any) -> Measured:
    return Measured(a_finding(**said), Estimate(value, error=error))


def test_a_number_lies_inside_outside_or_is_only_told() -> None:
    assert measured(0.2, low=0.2, high=0.3).verdict == "inside"
    assert measured(0.31, low=0.2, high=0.3).verdict == "outside"
    assert measured(None, low=0.2, high=0.3).verdict == "outside"
    assert measured(9.0, low=0.2).verdict == "inside"
    assert measured(0.1, low=0.2).verdict == "outside"
    assert measured(0.1, high=0.2).verdict == "inside"
    assert measured(0.1).verdict == "told"


def test_it_is_as_said_where_the_file_explains_a_miss_and_only_there() -> None:
    beyond = {"low": 0.2, "high": 0.3}
    assert measured(0.4, **beyond, **MISSED).is_as_said
    assert not measured(0.4, **beyond).is_as_said
    assert not measured(0.25, **beyond, **MISSED).is_as_said
    assert measured(0.25, **beyond).is_as_said
    assert measured(0.25).is_as_said


def test_noise_is_more_than_a_fifth_of_the_band() -> None:
    assert not measured(0.25, 0.019, low=0.2, high=0.3).is_noisy
    assert measured(0.25, 0.021, low=0.2, high=0.3).is_noisy
    assert measured(0.25, None, low=0.2, high=0.3).is_noisy
    assert not measured(7.0, 1.0, low=2.0).is_noisy  # open: a fifth of the way to its end
    assert measured(6.0, 1.0, low=2.0).is_noisy
    assert not measured(0.25, None).is_noisy


def test_the_numbers_are_those_of_the_run(tmp_path: Path) -> None:
    path = evidence(tmp_path, INSIDE, OUTSIDE)
    (trial,) = hold(read([path]))
    ran = compare(load(path))
    first, second = trial.measured
    rates = ran.metrics["baseline"]["ever_90_rate"]
    assert first.value == pytest.approx(rates.mean())
    assert first.estimate is not None
    assert first.estimate.error == pytest.approx(rates.std(ddof=1) / len(rates) ** 0.5)
    recovered = [ran.metrics[name]["recovered"].mean() for name in ("offered", "baseline")]
    assert second.value == pytest.approx(recovered[0] / recovered[1] - 1)
    assert trial.digest == ran.digest
    assert [each.verdict for each in trial.measured] == ["inside", "outside"]


def test_files_come_by_target_then_name_and_share_one(tmp_path: Path) -> None:
    paths = [evidence(tmp_path, INSIDE, name=name) for name in ("b", "a", "c")]
    first = Path(paths[2])
    first.write_text(first.read_text("utf-8").replace("target = 3", "target = 1"), "utf-8")
    trials = read(paths)
    assert [Path(trial.file).stem for trial in trials] == ["c", "a", "b"]
    assert tally(trials)["targets"] == 2


def test_progress_runs_over_all_files(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    trials = read([evidence(tmp_path, INSIDE, name=name) for name in ("a", "b")])
    hold(trials, progress=lambda done, total: seen.append((done, total)))
    months, policies = 9, 2
    assert seen[-1] == (2 * 300 * 5 * months * policies,) * 2
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)


def test_a_small_run_has_fewer_replicas_but_enough_for_an_interval(tmp_path: Path) -> None:
    path = evidence(tmp_path, INSIDE)

    def replicas(size: Any, *given: int) -> int:
        overrides = {"world.replicas": given[0]} if given else {}
        return read([path], overrides, size=size)[0].scenario.world.replicas

    assert (replicas("full"), replicas("small")) == (5, 5)
    assert (replicas("full", 40), replicas("small", 40)) == (40, 40)  # what is asked for is done
    text = Path(path).read_text("utf-8").replace("replicas = 5", "replicas = 40")
    Path(path).write_text(text, "utf-8")
    assert replicas("small") == 8


def test_a_run_shrinks_by_replicas_then_by_borrowers_unless_they_share_a_desk(
    tmp_path: Path,
) -> None:
    path = evidence(tmp_path, INSIDE)

    def shrinks(**said: Any) -> tuple[int, int]:
        scenario = load(path, {"world.replicas": 20} | said)
        world = shrunk(scenario, 10, borrowers_too=True).world
        return world.replicas, world.borrowers

    assert shrinks() == (5, 120)
    assert shrinks(**{"baseline.collections.agents": 2}) == (5, 300)
    assert shrinks(**{"world.new_loans_per_month": 9}) == (5, 300)
    assert shrinks(**{"world.replicas": 100}) == (10, 300)


def test_what_is_no_evidence_is_refused_and_all_problems_are_told(tmp_path: Path) -> None:
    with pytest.raises(ForbearError, match="it has no table"):
        read(["shipped:relief_options"])
    wrong = [evidence(tmp_path, INSIDE | {"mark": mark}, name=mark) for mark in "XY"]
    with pytest.raises(ScenarioError) as caught:
        read(wrong)
    assert len(caught.value.problems) == 2


# How it is written


@pytest.mark.parametrize(
    ("said", "value", "shown", "ends"),
    [
        ({"low": 0.45, "high": 0.7}, 0.5149, "51.5%", "45 to 70%"),
        ({"low": -0.125, "high": -0.02, "that": "a.b / c.b - 1"}, -0.061, "-6.1%", "-12.5 to -2%"),
        (
            {"low": 0.0, "high": 0.06, "that": "a.default_rate - b.default_rate"},
            0.0123,
            "+1.23 pp",
            "0 to +6 pp",
        ),
        ({"low": 2.0, "that": "(a.b - c.b) / (a.d - c.d)"}, 39.826, "39.83", "at least 2"),
        ({"high": 3.0, "unit": "days"}, 1.25, "1.25 days", "at most 3 days"),
        ({"low": 0.2, "high": 0.3}, 0.30001, "30.001%", "20 to 30%"),
        ({"low": 0.2, "high": 0.3}, None, "n/a", "20 to 30%"),
        ({"that": "a.recovered"}, 123_456.0, "1,234.6 CNY", "none"),
        (
            {"that": "a.default_rate / b.default_rate", "low": 1.0, "high": 2.0},
            1.5,
            "1.50 times",
            "",
        ),
    ],
)
def test_a_number_is_as_exact_as_its_band_needs(
    said: dict[str, Any], value: float | None, shown: str, ends: str
) -> None:
    finding = a_finding(**said)
    assert number(value, finding, ENGLISH) == shown
    assert not ends or band(finding, ENGLISH) == ends


def test_an_interval_is_written_like_its_number() -> None:
    finding = a_finding(low=0.2, high=0.3)
    both = Measured(finding, Estimate(0.25, 0.2401, 0.2599, error=0.005))
    assert (decimals(0.25, finding), interval(both)) == (1, "[24.0, 26.0]")
    assert interval(Measured(finding, Estimate(0.25, reason="few_replicas"))) == ""


# The command


def ran(capsys: Any, *arguments: str) -> tuple[int, str]:
    code = main(["evidence", *arguments, "--jobs", "1"])
    out, err = capsys.readouterr()
    assert err == "" or code == WRONG_INPUT
    return code, out or err


@pytest.mark.parametrize(
    ("findings", "code", "last"),
    [
        ([INSIDE], OK, "1 of 1 targets inside (1 of 1 findings)"),
        ([INSIDE, OUTSIDE], NOT_AS_SAID, "0 of 1 targets inside (1 of 2 findings)"),
        ([INSIDE, OUTSIDE | MISSED], OK, "0 of 1 targets inside (1 of 2 findings)"),
        ([INSIDE | MISSED], NOT_AS_SAID, "1 of 1 targets inside (1 of 1 findings)"),
        ([{"that": "baseline.recovered"}], OK, "0 of 0 targets inside (0 of 0 findings)"),
    ],
)
def test_the_exit_code_tells_whether_all_is_as_the_file_says(
    tmp_path: Path, capsys: Any, findings: list[dict[str, Any]], code: int, last: str
) -> None:
    got, out = ran(capsys, evidence(tmp_path, *findings))
    assert got == code
    assert out.splitlines()[-1] == last
    assert max(map(len, out.splitlines())) <= 80
    assert "Somebody 2020, a journal" in out
    assert "Doubt: There is every reason" in out
    if OUTSIDE in findings:
        assert "its file does not say why" in out
    if OUTSIDE | MISSED in findings:
        assert re.search(r"lies outside:\s+It is made\s+up\.", out)
    if INSIDE | MISSED in findings:
        assert "although its file says why" in " ".join(out.split())


def test_chinese_is_spoken_and_fits(tmp_path: Path, capsys: Any) -> None:
    from rich.cells import cell_len

    _, out = ran(capsys, evidence(tmp_path, INSIDE, OUTSIDE | MISSED), "--lang", "zh")
    lines = out.splitlines()
    assert lines[-1] == "1 项目标中 0 项在区间内（2 项发现中 1 项）"
    assert max(map(cell_len, lines)) <= 80
    latin = [line for line in lines if re.search("[A-Za-z]{2}", line)]
    assert latin == ["   Somebody 2020, a journal"]


def test_json_holds_all_that_is_known(tmp_path: Path, capsys: Any) -> None:
    path = evidence(tmp_path, INSIDE, OUTSIDE | MISSED)
    _, out = ran(capsys, path, "--json", "--seed", "7", "--replicas", "6")
    (table,) = json.loads(out)
    assert (table["file"], table["target"], table["seed"], table["replicas"]) == ("study", 3, 7, 6)
    first, second = table["findings"]
    assert first["verdict"] == "inside"
    assert first["interval"][0] < first["value"] < first["interval"][1]
    assert (second["band"], second["missed"]["zh"]) == ([5.0, 6.0], "纯属虚构。")


def test_nothing_need_be_run(tmp_path: Path, capsys: Any) -> None:
    code, out = ran(capsys, evidence(tmp_path, INSIDE, OUTSIDE), "--no-run")
    assert code == OK
    assert "published: about 3 %" in out
    assert "inside" not in out


def test_bad_input_is_told_apart(tmp_path: Path, capsys: Any) -> None:
    for wrong in ("no_such_file.toml", evidence(tmp_path, {"that": "x.y", "low": 0.0})):
        code, out = ran(capsys, wrong)
        assert code == WRONG_INPUT
        assert Path(wrong).stem in out
    good = evidence(tmp_path, INSIDE)
    assert ran(capsys, good, "--markdown", str(tmp_path / "no" / "page.md"))[0] == WRONG_INPUT


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_page_differs_from_one_not_run_only_in_its_numbers(
    tmp_path: Path, capsys: Any, language: Any
) -> None:
    path = evidence(tmp_path, INSIDE, OUTSIDE | MISSED)
    place = tmp_path / "page.md"
    assert ran(capsys, path, "--markdown", str(place), "--lang", language) == (OK, "")
    whole = place.read_text("utf-8")
    form = page(read([path]), Language(language, "CNY"))
    assert re.fullmatch(re.escape(form).replace(re.escape(HOLE), r"[^|\n]*"), whole)
    assert form.count(HOLE) == 1 + 1 + 2 * 3
    assert HOLE not in whole
    for line in whole.splitlines():
        if line.startswith("|"):
            assert len(re.findall(r"(?<!\\)\|", line)) in (4, 8)


def test_describe_tells_what_evidence_says(capsys: Any) -> None:
    assert main(["describe", "evidence"]) == OK
    out = capsys.readouterr().out
    assert "evidence.finding[].missed\n" in out
    assert main(["describe", "evidence", "--json"]) == OK
    assert all(one["meaning"] for one in json.loads(capsys.readouterr().out))
