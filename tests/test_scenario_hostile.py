"""A file made to harm gets a line of words like any other: no traceback, no flood, no long wait."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from sim.scenario.load import ScenarioError, load

HEAD = """\
format = 1
title = { en = "A question", zh = "一个问题" }
question = { en = "What then?", zh = "然后呢？" }
"""
UNFORMATTED = HEAD.removeprefix("format = 1\n")

# what it tries -> (the text of study.toml, the exact message without "study.toml: ")
HOSTILE: dict[str, tuple[str, str]] = {
    "a version that is true": ("format = true\n" + UNFORMATTED, "format = true: must be 1"),
    "a version that is 1.0": ("format = 1.0\n" + UNFORMATTED, "format = 1.0: must be 1"),
    "five thousand digits": (
        HEAD + "[world]\nseed = " + "9" * 5_000,
        "holds a number too long to read",
    ),
    "five thousand hexadecimal digits for a number": (
        HEAD + "[world]\nseed = 0x" + "f" * 5_000,
        "world.seed = a number too long to show: must be at most 9223372036854775807",
    ),
    "five thousand hexadecimal digits for a choice": (
        HEAD + "[baseline]\ncollections.priority = 0x" + "f" * 5_000,
        'baseline.collections.priority = a number too long to show: must be "oldest", "largest" '
        'or "newest"',
    ),
    "five thousand hexadecimal digits for staff": (
        HEAD + "[baseline]\ncollections.agents = 0x" + "f" * 5_000,
        'baseline.collections.agents = a number too long to show: must be "unlimited" or a whole '
        "number from 0 to 10,000",
    ),
    "a key that pydantic uses itself": (
        HEAD + '"[key]" = 1',
        '"[key]": unknown key; there are: format, title, question, extends, world, baseline, '
        "policy, case, cohort, expect, evidence",
    ),
    "a policy called as pydantic calls keys": (
        HEAD + '[policy."[key]"]\nzz = 1',
        'policy."[key]": a policy\'s name is a small letter and up to 39 more small letters, '
        "digits or _\n"
        'study.toml: policy."[key]".zz: unknown key; there are: label, relief, collections, '
        "servicing",
    ),
    "a key of a thousand letters": (
        HEAD + "[world.strain]\n" + "k" * 1_000 + " = 1",
        f"world.strain.{'k' * 59}…: unknown key; there are: per_message, per_call, "
        "half_life_days, cooperation_loss, disengagement_gain, per_visit, per_notice, complaints",
    ),
    "a key that would turn the terminal's text around": (
        HEAD + '[world.strain]\n"a\\u202eb" = 1',
        'world.strain."a�b": unknown key; there are: per_message, per_call, half_life_days, '
        "cooperation_loss, disengagement_gain, per_visit, per_notice, complaints",
    ),
    "a value that would colour the terminal": (
        HEAD + '[world]\ncurrency = "\\u001b[31m"',
        'world.currency = "\\u001b[31m": must be three capital letters',
    ),
    "a label of two lines": (
        HEAD + '[policy.a]\nlabel = { en = "one\\u2028two", zh = "一" }',
        'policy.a.label.en = "one�two": must not hold control or direction characters',
    ),
    "a name too long for its case": (
        HEAD + f'[[case]]\nname = "{"x" * 81}"\nillness = {{ month = 1, months = 1 }}',
        f'case[1].name = "{"x" * 58}…: must have at most 80 characters',
    ),
    "a shock with a key that would turn the terminal's text around": (
        HEAD + '[[world.shocks]]\nkind = "layoffs"\nmonth = 1\nshare = 1\n"a\\u202eb" = 1',
        'world.shocks[1]."a�b": unknown key; there are: kind, month, share, months, loss_incomes, '
        "regions, sectors",
    ),
    "a thousand shocks": (
        HEAD + '[[world.shocks]]\nkind = "layoffs"\nmonth = 1\nshare = 1\n' * 1_000,
        'world.shocks = [{"kind": "layoffs", "month": 1, "share": 1}, {"kind": "lay…: must have '
        "at most 50 entries",
    ),
    "a region of five thousand hexadecimal digits": (
        HEAD
        + '[[world.shocks]]\nkind = "layoffs"\nmonth = 1\nshare = 1\nregions = [0x'
        + "f" * 5_000
        + "]",
        "world.shocks[1].regions[1] = a number too long to show: must be at most 19",
    ),
    "a file name too long for the system": (
        HEAD + f'extends = "{"a" * 5_000}"',
        f'extends = "{"a" * 58}…: no such file',
    ),
}

# dotted keys, for which the parser's time or memory grows with their square
LADDER = ".".join("a" * 480_000)
SLOW = [
    f"{LADDER} = 1",
    f"[{LADDER}]",
    f"[[{LADDER}]]",
    f"x = {{ {LADDER} = 1 }}",
    f'"a".{LADDER}=1',
]


def problems(path: Path) -> str:
    with pytest.raises(ScenarioError) as caught:
        load(path)
    return str(caught.value).replace(f"{path.parent}/", "")


def written(folder: Path, text: str, name: str = "study.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_file_says_what_is_wrong(tmp_path: Path, hostile: str) -> None:
    text, message = HOSTILE[hostile]
    assert problems(written(tmp_path, text)) == f"study.toml: {message}"


@pytest.mark.parametrize("text", SLOW, ids=("key", "table", "list of tables", "inline", "quoted"))
def test_a_key_of_half_a_million_parts_is_refused_at_once(tmp_path: Path, text: str) -> None:
    path = written(tmp_path, HEAD + text)
    start = time.process_time()
    assert problems(path) == "study.toml: is nested too deeply"
    assert time.process_time() - start < 5  # parsed, it takes more than a minute


def test_full_stops_in_text_are_no_keys(tmp_path: Path) -> None:
    path = written(tmp_path, HEAD.replace("A question", "Well" + "." * 30 + "a.b" * 30))
    assert load(path).title.en.startswith("Well..")


def test_a_link_to_itself_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "loop.toml").symlink_to("loop.toml")
    assert problems(tmp_path / "loop.toml").startswith("loop.toml: cannot be read: ")
    message = problems(written(tmp_path, HEAD + 'extends = "loop.toml"'))
    assert message == 'study.toml: extends = "loop.toml": no such file'


def test_the_name_of_a_file_cannot_break_the_line() -> None:
    with pytest.raises(ScenarioError) as caught:
        load("two\nlines\x1b[31m.toml")
    assert str(caught.value) == "two�lines�[31m.toml: no such file"


def test_what_a_file_must_say_itself_is_asked_of_that_file(tmp_path: Path) -> None:
    written(tmp_path, HEAD, "base.toml")
    message = problems(written(tmp_path, 'extends = "base.toml"\ntitle = { en = "x" }'))
    assert message == (
        "study.toml: format: must be given\n"
        "study.toml: title.zh: must be given\n"
        "study.toml: question: must be given"
    )


def test_a_later_format_is_refused_in_an_extended_file_too(tmp_path: Path) -> None:
    written(tmp_path, HEAD.replace("= 1", "= 2", 1), "base.toml")
    message = problems(written(tmp_path, HEAD + 'extends = "base.toml"'))
    assert message == "base.toml: format = 2: must be 1"


def test_sixty_thousand_errors_all_come_and_soon(tmp_path: Path) -> None:
    path = written(tmp_path, HEAD + "\n".join(f"k{number} = 1" for number in range(60_000)))
    with pytest.raises(ScenarioError) as caught:
        load(path)
    assert len(caught.value.problems) == 60_000
