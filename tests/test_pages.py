"""The pages about the model: what is generated is up to date, what is linked is there.

And `forbear describe` knows whatever a file can say, with the range that is plausible.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from textwrap import fill
from typing import Any

import pytest
from rich.cells import cell_len

from sim.doors.cli.main import OK, WRONG_INPUT, main
from sim.experiment.sensitivity import assumptions
from sim.parameter import ASSUMPTION, Parameter, parameters
from sim.rules.measures import METRICS
from sim.scenario.assumed import GROUPS
from sim.scenario.keys import Key, file_keys
from sim.scenario.load import file_schema
from sim.scenario.schema import Policy, World
from sim.show.folding import fold
from sim.show.language import CODES, Language
from sim.show.pages import page

SIM = Path(__file__).parents[1] / "sim"
TABLES, ODD = SIM / "parameters.md", SIM / "odd.md"
WRITE = "write the page anew: forbear describe --markdown sim/parameters.md"

WORLD = {one.key: one for one in parameters(World, "world.")}
EVERY = WORLD | {one.key: one for one in parameters(Policy, "policy.")}
NUMBERS = ("integer", "number")
ASSUMED = [one for one in WORLD.values() if one.kind in NUMBERS and ASSUMPTION in one.source]
KEYS = list(file_keys())


# The tables


def test_the_committed_tables_are_those_of_the_program() -> None:
    assert TABLES.read_text("utf-8") == page(Language("en")), WRITE


@pytest.mark.parametrize("code", CODES)
def test_the_tables_name_everything(code: Any) -> None:
    whole = page(Language(code))
    for one in EVERY.values():
        group, _, name = one.key.rpartition(".")
        section = whole.split(f"\n### {group}\n")[1].split("\n#")[0]
        assert section.count(f"| `{name}` |") == 1, one.key
        assert (one.label_zh if code == "zh" else one.label_en) in section
    for name in (*METRICS, *(one.key for one in KEYS)):
        assert f"| `{name}` |" in whole
    assert len(re.findall("^### world$", whole, re.MULTILINE)) == 1


@pytest.mark.parametrize("code", CODES)
def test_a_row_has_as_many_cells_as_its_head(code: Any) -> None:
    for section in page(Language(code)).split("\n\n"):
        rows = [line for line in section.splitlines() if line.startswith("|")]
        assert len({len(re.findall(r"(?<!\\)\|", row)) for row in rows}) <= 1


def test_the_page_is_written_where_it_is_asked_for(tmp_path: Path, capsys: Any) -> None:
    place = tmp_path / "page.md"
    assert main(["describe", "--markdown", str(place)]) == OK
    assert place.read_text("utf-8") == page(Language("en"))
    assert main(["describe", "--lang", "zh", "--markdown", "-"]) == OK
    assert capsys.readouterr().out == page(Language("zh"))
    assert main(["describe", "--markdown", str(tmp_path)]) == WRONG_INPUT
    assert main(["describe", "relief", "--markdown", "-"]) == WRONG_INPUT
    assert "leave out KEY" in capsys.readouterr().err


# The model in words


def anchors_of(path: Path) -> set[str]:
    """What a link can lead to within a page, as browsers of repositories name it."""
    headings = re.findall(r"^#+ (.*)$", path.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", [ODD, TABLES], ids=lambda path: path.name)
def test_every_link_leads_somewhere(path: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]*)(?:#([^)\s]*))?\)", path.read_text("utf-8"))
    assert links
    for file, anchor in links:
        target = (path.parent / file).resolve() if file else path
        assert target.exists(), file
        assert not anchor or anchor in anchors_of(target), f"{file}#{anchor}"


def test_every_page_names_what_there_is() -> None:
    """Every group of parameters is linked from the model in words, every rule's section too."""
    odd = ODD.read_text("utf-8")
    groups = {key.removeprefix("policy.").split(".")[1] for key in WORLD if key.count(".") > 1}
    for group in groups:
        assert f"parameters.md#world{group.removesuffix('[]')}" in odd
    for anchor in anchors_of(SIM / "model.md"):
        assert f"model.md#{anchor}" in odd or not anchor[0].isdigit()


@pytest.mark.parametrize(
    ("said", "keys"),
    [
        ("burn-in ({} months) and a horizon ({})", ["world.burn_in_months", "world.months"]),
        ("a region (of {}) and a sector of work (of {})", ["world.loans.regions", ".sectors"]),
        ("{} in a replica, by default", ["world.borrowers"]),
        ("{} by default |", ["world.replicas"]),
        ("fit under a cap ({} of", ["world.loans.burden_cap"]),
        ("Some households ({})", ["world.household.hand_to_mouth_share"]),
        ("fast or slow ({} slow)", ["world.household.slow_finder_share"]),
        (
            "earns a part ({}; {})",
            ["world.household.searching_income", ".illness_income"],
        ),
        ("`carry`, {}", ["world.household.carry"]),
        ("days of grace ({})", ["policy.servicing.grace_days"]),
        ("default*; at {} the loan", ["policy.servicing.charge_off_dpd"]),
        ("beyond a threshold ({} days)", ["policy.servicing.bureau_dpd"]),
        ("a part of an instalment ({})", ["world.behaviour.partial_share"]),
        (
            "at a chance of {}, {} or {} a month",
            [
                "world.behaviour.disengagement_first",
                ".disengagement_second",
                ".disengagement_later",
            ],
        ),
        ("return by themselves (a chance of {} a month)", ["world.behaviour.returns_per_month"]),
        ("(dials, {})", ["world.behaviour.stops_per_holiday_month"]),
        ("(dials, {})", ["world.behaviour.priority_lost_per_holiday_month"]),
        ("applies with a chance ({})", ["world.behaviour.application"]),
        ("win a borrower over ({})", ["world.behaviour.reciprocity"]),
        ("rate a day ({} early, {} later)", ["policy.collections.call.early_rate", ".late_rate"]),
        ("small chance ({} early, {} late", ["world.contact.reach_early", ".reach_late"]),
        (
            "({} days, {} minor units)",
            ["policy.collections.court.opens_dpd", ".min_claim"],
        ),
        ("waits ({} months", ["world.court.delay_months"]),
        ("by default ({}). A", ["world.court.default_judgments"]),
        ("at once ({} to {})", ["world.court.recovers_low", ".recovers_high"]),
        ("desk), {}) and some", ["policy.relief.desk.sensitivity"]),
    ],
)
def test_a_default_that_is_named_is_the_default(said: str, keys: list[str]) -> None:
    """A key that begins with a dot is in the group of the first."""
    group = keys[0].rpartition(".")[0]
    values = [EVERY[group + key if key[0] == "." else key].default for key in keys]
    pattern = re.escape(said).replace(r"\{\}", r"([\d.,]*\d)")
    odd = " ".join(ODD.read_text("utf-8").split()).replace("#policyreliefdesk", "desk")
    found = [match.groups() for match in re.finditer(pattern.replace(r"\ ", " "), odd)]
    assert found, said
    assert [float(number.replace(",", "")) for number in found[0]] == values


# What is plausible


def test_what_is_assumed_has_a_plausible_range() -> None:
    assert len(ASSUMED) > 70
    assert [one.key for one in ASSUMED if one.plausible is None] == []


@pytest.mark.parametrize(
    "one", [one for one in EVERY.values() if one.plausible], ids=lambda one: one.key
)
def test_a_plausible_range_is_narrower_than_the_bounds_and_holds_the_default(
    one: Parameter,
) -> None:
    assert one.plausible is not None
    assert one.low is not None
    assert one.high is not None
    low, high = one.plausible
    assert one.low <= low < high <= one.high
    assert (low, high) != (one.low, one.high)
    assert one.default is None or low <= one.default <= high
    assert one.kind in NUMBERS
    if one.kind == "integer":
        assert isinstance(low, int)
        assert isinstance(high, int)


def test_describe_and_the_schema_tell_what_is_plausible(capsys: Any) -> None:
    assert main(["describe", "world.behaviour.remembering_per_day"]) == OK
    out = " ".join(capsys.readouterr().out.split())
    assert "plausible 0.01 to 0.1 (the reviewer's range; sensitivity uses it)" in out
    assert main(["describe", "forgetting"]) == OK
    assert "plausible 0.01 to 0.2 (a reviewer's range)" in " ".join(capsys.readouterr().out.split())
    behaviour = file_schema()["$defs"]["Behaviour"]["properties"]
    assert behaviour["forgetting"]["plausible"] == [0.01, 0.2]
    assert "plausible" not in behaviour["reconsider_days"]


def test_what_describe_says_of_sensitivity_is_so(capsys: Any, monkeypatch: Any) -> None:
    monkeypatch.setenv("COLUMNS", "1000")  # no line is folded
    assert main(["describe", "world"]) == OK
    entries = capsys.readouterr().out.split("\n\n")
    tried = {entry.split("\n")[0] for entry in entries if "sensitivity uses it" in entry}
    assert tried == {varied.parameter.key for varied in assumptions()}
    assert {key.split(".")[1] for key in tried} == set(GROUPS)


# What a file can say


@pytest.mark.parametrize("one", KEYS, ids=lambda one: one.key)
def test_describe_knows_what_a_file_can_say(one: Key, capsys: Any, monkeypatch: Any) -> None:
    monkeypatch.setenv("COLUMNS", "1000")
    assert one.meaning.endswith(".")
    for written in (one.key, one.key.replace("[]", "")):
        assert main(["describe", written]) == OK
        out = capsys.readouterr().out
        assert f"{one.key}\n  {one.meaning}\n" in out
    assert main(["describe", one.key, "--json"]) == OK
    assert one.key in {each["key"] for each in json.loads(capsys.readouterr().out)}


def test_the_keys_are_those_of_the_schema() -> None:
    schema = file_schema()
    assert {one.key for one in KEYS if "." not in one.key} == set(schema["properties"])
    for table, definition in (
        ("case[]", "Case"),
        ("cohort[]", "Cohort"),
        ("expect[]", "Expectation"),
    ):
        said = {one.key.removeprefix(f"{table}.") for one in KEYS if one.key.startswith(table)}
        own = set(schema["$defs"][definition]["properties"])
        assert {name for name in said if "." not in name} == own


@pytest.mark.parametrize("prefix", ["baseline", "policy.three"])
def test_describe_takes_a_key_as_a_file_writes_it(prefix: str, capsys: Any) -> None:
    assert main(["describe", f"{prefix}.relief.deferral.months"]) == OK
    assert capsys.readouterr().out.startswith("policy.relief.deferral.months\n")


# Folding


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("key", [[], ["expect"], ["case"], ["evidence"]])
def test_what_is_described_fits_its_paper(
    code: str, key: list[str], capsys: Any, monkeypatch: Any
) -> None:
    monkeypatch.setenv("COLUMNS", "72")
    assert main(["describe", *key, "--lang", code]) == OK
    for line in capsys.readouterr().out.splitlines():
        assert cell_len(line) <= 72, line
        assert not re.match(r"\s*[，。；：、）”]", line), line


def test_english_folds_at_spaces_only() -> None:
    for one in EVERY.values():
        text = f"{one.meaning} {one.source}"
        indents = {"initial_indent": "  ", "subsequent_indent": "  "}
        assert fold(text, 60) == fill(text, 60, break_on_hyphens=False, **indents)
