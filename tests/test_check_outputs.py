"""``forbear check`` for a CI: what other programs read says what was found, and only that."""

from __future__ import annotations

import itertools
import json
import os
import re
from xml.etree import ElementTree as Tree

import pytest
from markdown_it import MarkdownIt
from test_expectations import expecting

from sim.doors.cli.main import OK, WRONG_INPUT, main
from sim.experiment import expectations
from sim.experiment.expectations import checked, margin, would_decide
from sim.experiment.results import InMemory
from sim.scenario.draft import Draft
from sim.show.checks import as_tables, github_commands, junit, markdown

NOT_HELD = 1
HOLDS = {"that": "baseline.recovered - baseline.recovered", "below": 1}
FAILS = {"that": "baseline.recovered - baseline.recovered", "above": 1}
UNKNOWN = {"that": "baseline.waiting_days", "below": 9}
HOSTILE = '<script>x</script> | **b** [l](http://x) ![i](y) `c` @me #1 ]]> &amp; =1+1 "q"'


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def check(folder, *entries, more=()):
    return main(["check", str(expecting(folder, *entries)), "--jobs", "1", *more])


def test_junit_counts_what_held_failed_and_was_not_proven(folder):
    assert check(folder, HOLDS, FAILS, UNKNOWN, more=["--junit", "out.xml"]) == NOT_HELD
    root = Tree.parse(folder / "out.xml").getroot()
    assert root.attrib | {} == root.attrib
    (suite,) = root
    numbers = {name: suite.get(name) for name in ("tests", "failures", "errors", "skipped")}
    assert numbers == {"tests": "3", "failures": "2", "errors": "0", "skipped": "0"}
    assert {name: root.get(name) for name in numbers} == numbers
    cases = suite.findall("testcase")
    assert len(cases) == 3
    kinds = [case.find("failure").get("type") for case in cases if case.find("failure") is not None]
    assert kinds == ["contradicted", "not_proven"]
    named = {each.get("name"): each.get("value") for each in suite.find("properties")}
    assert re.fullmatch("[0-9a-f]{64}", named["digest"])


def test_a_wrong_file_is_an_error_in_every_form(folder, capsys):
    (folder / "bad.toml").write_text("format = 1\n[world]\nmonhts = 3\n")
    forms = ["--junit", "out.xml", "--markdown", "out.md", "--json", "out.json"]
    assert main(["check", "bad.toml", *forms]) == WRONG_INPUT
    root = Tree.parse(folder / "out.xml").getroot()
    assert root.get("errors") == "1"
    assert "monhts" in root.find(".//error").text
    assert "monhts" in (folder / "out.md").read_text()
    (told,) = json.loads((folder / "out.json").read_text())
    assert any("monhts" in problem for problem in told["problems"])


@pytest.mark.parametrize("form", ["junit", "markdown", "json"])
def test_what_is_printed_for_a_program_is_all_that_is_printed(folder, capsys, form):
    assert check(folder, HOLDS, more=[f"--{form}", "-"]) == OK
    out = capsys.readouterr().out
    if form == "json":
        assert json.loads(out)[0]["expectations"][0]["verdict"] == "held"
    elif form == "junit":
        assert Tree.fromstring(out.encode()).get("tests") == "1"
    else:
        assert out.startswith("### ")


def test_only_one_form_can_be_printed_and_a_place_that_cannot_be_written_is_told_first(
    folder, capsys
):
    assert check(folder, HOLDS, more=["--json", "-", "--junit", "-"]) == WRONG_INPUT
    assert "only one" in capsys.readouterr().err
    assert check(folder, HOLDS, more=["--json", str(folder)]) == WRONG_INPUT
    out, err = capsys.readouterr()
    assert (out, "cannot be written" in err) == ("", True)


def test_github_is_told_where_in_the_file_it_failed(folder, capsys, monkeypatch):
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(folder / "summary.md"))
    path = expecting(folder, HOLDS, FAILS, UNKNOWN)
    lines = path.read_text().splitlines()
    assert main(["check", str(path), "--jobs", "1"]) == NOT_HELD
    said = [line for line in capsys.readouterr().out.splitlines() if line.startswith("::")]
    assert [line.split()[0] for line in said] == ["::error", "::warning"]
    at = [int(re.search(r"line=(\d+)", line)[1]) for line in said]
    assert all(lines[number - 1].strip() == "[[expect]]" for number in at)
    assert at[0] < at[1]
    assert (folder / "summary.md").read_text().startswith("### ")


@pytest.fixture(scope="module")
def hostile():
    draft = Draft.shipped("relief_options").put("world.borrowers", 200).put("world.replicas", 5)
    draft = draft.put("world.months", 3)
    label = {"en": HOSTILE, "zh": HOSTILE}
    expects = [
        {"that": "deferral.default_rate - baseline.default_rate", "below": -1.0, "label": label},
        {"that": "deferral.recovered - baseline.recovered", "below": 0.5, "label": label},
    ]
    draft = Draft(dict(draft.table) | {"expect": expects, "case": []}, "mine.toml")
    return checked("x|y<b>.toml", draft.scenario)


def test_text_of_a_file_is_text_in_every_form(hostile):
    root = Tree.fromstring(junit([hostile], "en").encode())
    assert root.find(".//testcase").get("name") == HOSTILE
    page = (
        MarkdownIt("commonmark", {"html": True}).enable("table").render(markdown([hostile], "en"))
    )
    for tag in ("<script", "<img", "<a ", "<strong>b", "<code>"):
        assert tag not in page
    for command in github_commands([hostile], "en"):
        assert command.count("\n") == 0
        assert "::" not in command.removeprefix("::").split("::", 1)[0]
    (table,) = json.loads(json.dumps(as_tables([hostile])))
    assert table["file"] == "x|y<b>.toml"
    assert [each["label"]["en"] for each in table["expectations"]] == [HOSTILE, HOSTILE]


def test_control_characters_never_reach_an_xml_file(hostile):
    from dataclasses import replace

    odd = replace(hostile, file="a\x00\x1b[31m\u202eb", outcomes=(), broke="x" * 20_000 + "\x0b")
    root = Tree.fromstring(junit([odd], "zh").encode())
    assert len(root.find(".//error").text) <= 10_000


def test_what_xml_forbids_never_reaches_it_and_a_name_that_is_no_text_is_written(folder, capsys):
    odd = folder / os.fsdecode(b"\xff.toml")
    label = 'label = { en = "odd \uffff\ufffe label", zh = "x" }\n'
    odd.write_text(expecting(folder, HOLDS).read_text("utf-8") + label, "utf-8")
    forms = ["--junit", "out.xml", "--json", "out.json", "--markdown", "out.md"]
    assert main(["check", odd.name, "--jobs", "1", *forms]) == OK
    (suite,) = Tree.parse(folder / "out.xml").getroot()
    assert suite.find("testcase").get("name") == "odd �� label"
    (table,) = json.loads((folder / "out.json").read_text("utf-8"))
    assert table["file"] == "�.toml"
    odd.write_text("format = 1\n[world]\nmonhts = 3\n")
    assert main(["check", odd.name, *forms]) == WRONG_INPUT
    (table,) = json.loads((folder / "out.json").read_text("utf-8"))
    assert any("�.toml: world.monhts" in problem for problem in table["problems"])


def test_the_number_that_would_decide_decides_more_often_than_not():
    origin = Draft.shipped("relief_options")
    base = origin.without("package").without("waiver").put("world.borrowers", 400)
    base = base.put("world.months", 12).put("world.replicas", 6)
    store = InMemory()
    told, decided = 0, 0
    for bound, seed in itertools.product((-0.0062, -0.009), range(6)):
        said = {"that": "firm.miss_rate - baseline.miss_rate", "below": bound}
        draft = Draft(dict(base.table) | {"expect": [said], "case": []}, "x")
        draft = draft.put("world.seed", seed)
        (outcome,) = checked("x", draft.scenario, store=store).outcomes
        needed = would_decide(outcome, 6)
        if outcome.verdict != "not_proven":
            assert needed is None
        if needed is None or needed > 120:
            continue
        told += 1
        assert needed > 6
        more = draft.put("world.replicas", needed)
        (outcome,) = checked("x", more.scenario, store=store).outcomes
        decided += outcome.verdict != "not_proven"
    assert told >= 4, "else little was asked"
    assert decided >= told / 2


def test_margins_say_how_far_the_bound_lies():
    draft = Draft.shipped("relief_options").put("world.borrowers", 200).put("world.replicas", 5)
    said = [
        {"that": "firm.calls_attempted - baseline.calls_attempted", "above": 0.0},
        {"that": "firm.calls_attempted - baseline.calls_attempted", "below": 0.0},
        {"that": "firm.calls_attempted - baseline.calls_attempted", "within": [0.0, 1e6]},
    ]
    draft = Draft(dict(draft.put("world.months", 3).table) | {"expect": said, "case": []}, "x")
    above, below, within = checked("x", draft.scenario).outcomes
    assert (above.verdict, below.verdict, within.verdict) == ("held", "contradicted", "held")
    assert margin(above) == pytest.approx(above.estimate.low)
    assert margin(below) == pytest.approx(-below.estimate.high)
    assert margin(within) == pytest.approx(margin(above))


@pytest.mark.parametrize(
    "said",
    [
        {"within": [1.0, 0.0]},
        {"within": [1.0]},
        {"within": [True, 2.0]},
        {"within": [0.0, 1.0], "below": 2.0},
    ],
)
def test_within_that_makes_no_sense_is_refused(folder, capsys, said):
    assert check(folder, {"that": "baseline.recovered", **said}) == WRONG_INPUT
    assert capsys.readouterr().err


def test_a_check_against_a_record_tells_what_moved(folder, capsys, monkeypatch):
    text = (
        Draft.shipped("relief_options")
        .put("world.borrowers", 400)
        .put("world.replicas", 8)
        .put("world.months", 8)
    )
    draft = Draft(dict(text.table) | {"expect": [], "case": []}, "x")
    (folder / "mine.toml").write_text(draft.toml(), "utf-8")
    assert main(["run", "mine.toml", "--quiet"]) == OK
    assert main(["check", "mine.toml", "--against", "runs/mine"]) == OK
    changed = draft.put("firm.collections.intensity", 0.0)
    (folder / "mine.toml").write_text(changed.toml(), "utf-8")
    capsys.readouterr()
    forms = ["--junit", "out.xml", "--json", "out.json", "--markdown", "out.md"]
    assert main(["check", "mine.toml", "--against", "runs/mine", *forms]) == NOT_HELD
    out = capsys.readouterr().out
    assert "collections.intensity" in out
    (suite,) = Tree.parse(folder / "out.xml").getroot()
    assert (suite.get("tests"), suite.get("failures")) == ("1", "1")
    assert suite.find("testcase/failure").get("type") == "moved"
    (table,) = json.loads((folder / "out.json").read_text())
    assert table["against"]["beyond_noise"] > 0
    page = (folder / "out.md").read_text()
    assert "What changed" in page and "collections.intensity" in page.replace("\\", "")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert main(["check", "mine.toml", "--against", "runs/mine"]) == NOT_HELD
    assert "::error file=mine.toml,title=Nothing moved beyond noise::" in capsys.readouterr().out
    (folder / "mine.toml").write_text(draft.toml(), "utf-8")
    assert main(["check", "mine.toml", "--against", "runs/mine", *forms]) == OK
    (suite,) = Tree.parse(folder / "out.xml").getroot()
    assert (suite.get("tests"), suite.get("failures")) == ("1", "0")


def test_what_a_check_cannot_be_held_against_or_written_to_is_told_before_it_runs(
    folder, capsys, monkeypatch
):
    def ran(*asked, **more):
        raise AssertionError("it was run")

    monkeypatch.setattr(expectations, "compare", ran)
    assert check(folder, HOLDS, more=["--against", str(folder)]) == WRONG_INPUT
    assert "is not a run record" in capsys.readouterr().err
    assert check(folder, HOLDS, more=["--against", str(folder), "--no-run"]) == WRONG_INPUT
    assert "--no-run" in capsys.readouterr().err
    (folder / "kept.xml").write_text("")
    may = os.access
    monkeypatch.setattr(os, "access", lambda at, how: at.name != "kept.xml" and may(at, how))
    assert check(folder, HOLDS, more=["--junit", "kept.xml"]) == WRONG_INPUT
    assert "cannot be written there" in capsys.readouterr().err
