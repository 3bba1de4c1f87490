"""Parameters and keys are said in Chinese too, all of them and nothing else, and say the same."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel

from sim.doors.cli.main import OK, main
from sim.doors.dashboard.settings import help_of, label
from sim.parameter import ASSUMPTION, Group, Parameter, parameters
from sim.scenario.keys import file_keys
from sim.scenario.load import load
from sim.scenario.schema import Policy, World
from sim.show.assumptions import numbers
from sim.show.language import CODES, Language
from sim.show.pages import page
from sim.show.parameters import meaning_of, name_of, named, source_of, unit_of
from sim.show.words_parameters import SOURCES, UNITS
from sim.show.words_parameters_file import GROUPS
from sim.show.words_parameters_file import MEANINGS as OF_FILE
from sim.show.words_parameters_policy import MEANINGS as OF_POLICY
from sim.show.words_parameters_world import MEANINGS as OF_WORLD

ENGLISH, CHINESE = Language("en"), Language("zh")
EVERY = [*parameters(World, "world."), *parameters(Policy, "policy.")]
KEYS = list(file_keys())
SAID = {
    "units": (UNITS, {one.unit for one in EVERY}),
    "sources": (SOURCES, {one.source for one in EVERY}),
    "meanings of a world": (OF_WORLD, {one.meaning for one in parameters(World)}),
    "meanings of a policy": (OF_POLICY, {one.meaning for one in parameters(Policy)}),
    "meanings of a file": (OF_FILE, {one.meaning for one in KEYS}),
}
PAIRS = [pair for words in (*(each for each, _ in SAID.values()), GROUPS) for pair in words.items()]
ENTRIES = pytest.mark.parametrize(("en", "zh"), PAIRS, ids=[en for en, _ in PAIRS])

MARK = re.compile(r"\([^()]*\b[VWD]\)")
SENTENCE = re.compile(r"\b[a-z]+(?: [a-z]+){2,}\b")
QUOTED = re.compile(r'"[^"]+"')


def groups_of(group: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """A group and those in it, found without the registry of parameters."""
    yield group
    for field in group.model_fields.values():
        for inner in (field.annotation, *getattr(field.annotation, "__args__", ())):
            if isinstance(inner, type) and issubclass(inner, Group):
                yield from groups_of(inner)


@pytest.mark.parametrize("what", SAID)
def test_the_chinese_has_what_is_declared_and_nothing_else(what: str) -> None:
    words, declared = SAID[what]
    assert not declared - words.keys(), "say it in Chinese"
    assert not words.keys() - declared, "no declaration says this any more"


def test_no_english_has_two_translations() -> None:
    assert len({en for en, _ in PAIRS}) == len(PAIRS)


def test_every_group_that_the_page_heads_is_described() -> None:
    of_parameters = {one.key.rpartition(".")[0] for one in EVERY}
    told = {str(inspect.getdoc(group)) for of in (World, Policy) for group in groups_of(of)}
    assert GROUPS.keys() <= told, "no group says this any more"
    whole = page(CHINESE)
    for group in of_parameters:
        about = whole.split(f"\n### {group}\n\n")[1].split("\n")[0]
        assert about in GROUPS.values(), group


@ENTRIES
def test_the_chinese_is_no_english(en: str, zh: str) -> None:
    """A name may stand as it was published, code as a file says it."""
    words = QUOTED.sub("", zh)
    assert not SENTENCE.search(words)
    assert re.search("[\u4e00-\u9fff]", words)
    assert not re.search(r"[\u4e00-\u9fff][,.;:!?]", zh), "full-width punctuation, as Chinese has"


@ENTRIES
def test_the_chinese_keeps_numbers_marks_and_code(en: str, zh: str) -> None:
    numbers_of = [sorted(re.findall(r"\d+(?:[.,:]\d+)*", text)) for text in (en, zh)]
    assert numbers_of[0] == numbers_of[1]
    for pattern in (MARK, QUOTED, re.compile(r"\[\[.*?\]\]")):
        assert sorted(pattern.findall(en)) == sorted(pattern.findall(zh))


@pytest.mark.parametrize(("en", "zh"), [pair for pair in PAIRS if pair[0].endswith(".")])
def test_a_sentence_stays_a_sentence(en: str, zh: str) -> None:
    assert zh.endswith("。")


@pytest.mark.parametrize("en", SOURCES)
def test_an_assumption_is_called_one(en: str) -> None:
    assert (ASSUMPTION in en) == ("假设" in SOURCES[en])


def test_english_is_as_declared() -> None:
    for one in EVERY:
        assert name_of(one, ENGLISH) == one.label_en
        assert meaning_of(one, ENGLISH) == one.meaning
        assert unit_of(one, ENGLISH) == one.unit
        assert source_of(one, ENGLISH) == one.source


@pytest.mark.parametrize("key", [None, "format", "case", "cohort", "expect", "evidence"])
def test_describe_says_no_english_sentence_in_chinese(
    key: str | None, capsys: Any, monkeypatch: Any
) -> None:
    monkeypatch.setenv("COLUMNS", "1000")
    assert main(["describe", *([key] if key else []), "--lang", "zh"]) == OK
    told = QUOTED.sub("", capsys.readouterr().out)
    for line in told.split("\n\n"):
        assert not SENTENCE.search(re.sub("^.*\n", "", line)), line


def test_the_page_says_no_english_sentence_in_chinese() -> None:
    told = re.sub("`.*?`", "", page(CHINESE))
    assert not SENTENCE.search(QUOTED.sub("", told))


def test_the_browser_says_them_in_its_language() -> None:
    by_key = {one.key: one for one in parameters(Policy)}
    one = by_key["servicing.all_in_cap_bp"]
    assert label(one, ENGLISH) == "Cap on interest and penalty (basis points)"
    assert label(one, CHINESE) == "息费综合上限（基点）"
    assert label(by_key["relief.deferral.months"], CHINESE) == "延期月数"  # which says the unit
    assumed = by_key["relief.deferral.minutes"]
    assert label(assumed, CHINESE).endswith(" · 假设")
    told = help_of("baseline.servicing.all_in_cap_bp", one, CHINESE)
    assert meaning_of(one, CHINESE) in told
    assert source_of(one, CHINESE) in told


@pytest.mark.parametrize("code", CODES)
def test_the_same_numbers_are_assumed_in_either_language(code: Any) -> None:
    scenario = load("shipped:relief_options")
    language = Language(code)
    told = numbers(scenario, language)
    assumed = {one.key for one in EVERY if ASSUMPTION in one.source}
    of_world = {each.key for each in told if each.key.startswith("world.") and each.is_assumed}
    assert of_world == {key for key in assumed if key.startswith("world.") and "[]" not in key}
    by_key: dict[str, Parameter] = {one.key: one for one in EVERY}
    one = by_key["world.household.buffer_months"]
    (shown,) = [each for each in told if each.key == one.key]
    assert shown.cells[1:2] + shown.cells[4:5] + shown.cells[6:] == (
        name_of(one, language),
        unit_of(one, language),
        source_of(one, language),
    )
    assert named(one, language).startswith(name_of(one, language))


@pytest.mark.parametrize("command", [["--help"], ["run", "--help"], ["describe", "relief"]])
def test_what_says_nothing_of_them_does_not_wait_for_the_chinese(command: list[str]) -> None:
    program = (
        "import sys\n"
        "from sim.doors.cli.main import main\n"
        f"try: main({command!r})\n"
        "except SystemExit: pass\n"
        "assert not [name for name in sys.modules if 'words_parameters' in name]\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)
