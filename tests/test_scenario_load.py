"""A scenario file loads, or says everything that is wrong with it: file, key, value, rule."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import tomli_w
from drawn import LEVERS, POLICIES, WINDOWS, WORLDS
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle_defaults import policy, world

from sim.scenario.files import LARGEST_FILE, shipped_folder
from sim.scenario.load import ScenarioError, load, to_toml
from sim.scenario.schema import Policy, World

HEAD = """\
format = 1
title = { en = "A question", zh = "一个问题" }
question = { en = "What then?", zh = "然后呢？" }
"""

# what is broken -> (the text of study.toml, the exact message, without "study.toml: ")
BROKEN: dict[str, tuple[str, str]] = {
    "empty": (
        "",
        "format: must be given\ntitle: must be given\nquestion: must be given",
    ),
    "no format": (HEAD.replace("format = 1\n", ""), "format: must be given"),
    "a later format": (HEAD.replace("= 1", "= 2", 1), "format = 2: must be 1"),
    "no Chinese title": (
        HEAD.replace(', zh = "一个问题"', ""),
        "title.zh: must be given",
    ),
    "a title in one language only": (
        HEAD.replace('{ en = "A question", zh = "一个问题" }', '"A question"'),
        'title = "A question": must be a table',
    ),
    "a blank title": (
        HEAD.replace('"A question"', '" "'),
        'title.en = " ": must not be blank',
    ),
    "direction marks in a label": (
        HEAD.replace("A question", "A \\u202equestion"),
        'title.en = "A �question": must not hold control or direction characters',
    ),
    "a label of a thousand characters": (
        HEAD.replace("A question", "x" * 1000),
        f'title.en = "{"x" * 58}…: must have at most 200 characters',
    ),
    "an unknown table": (
        HEAD + "[wrld]\nmonths = 3",
        'wrld: unknown key; did you mean "world"?',
    ),
    "an unknown key with a near name": (
        HEAD + "[world]\nborowers = 3",
        'world.borowers: unknown key; did you mean "borrowers"?',
    ),
    "an unknown key far from any": (
        HEAD + "[world.strain]\nzzz = 3",
        "world.strain.zzz: unknown key; there are: per_message, per_call, half_life_days, "
        "cooperation_loss, disengagement_gain",
    ),
    "an unknown key that needs quotes": (
        HEAD + '[world]\n"a b" = 3',
        'world."a b": unknown key; there are: months, burn_in_months, borrowers, replicas, seed, '
        "currency, loans, household, behaviour, contact, strain",
    ),
    "an expectation": (
        HEAD + '[[expect]]\nthat = "x"',
        "expect: unknown key; there are: format, title, question, extends, world, baseline, "
        "policy, case",
    ),
    "text for a number": (
        HEAD + '[world]\nmonths = "24"',
        'world.months = "24": must be a whole number',
    ),
    "a fraction for a whole number": (
        HEAD + "[world]\nmonths = 2.5",
        "world.months = 2.5: must be a whole number",
    ),
    "true for a number": (
        HEAD + "[world]\nmonths = true",
        "world.months = true: must be a whole number",
    ),
    "true for a share": (
        HEAD + "[world.household]\nillness_income = true",
        "world.household.illness_income = true: must be a number",
    ),
    "a date for a number": (
        HEAD + "[world]\nmonths = 2026-01-01",
        'world.months = "2026-01-01": must be a whole number',
    ),
    "not a number": (
        HEAD + "[world.household]\nillness_income = nan",
        "world.household.illness_income = NaN: must be a finite number",
    ),
    "infinity": (
        HEAD + "[world.household]\nillness_months = inf",
        "world.household.illness_months = Infinity: must be a finite number",
    ),
    "too large": (
        HEAD + "[world]\nmonths = 121",
        "world.months = 121: must be at most 120",
    ),
    "too small": (
        HEAD + "[world]\nborrowers = 0",
        "world.borrowers = 0: must be at least 1",
    ),
    "negative": (
        HEAD + "[world.household]\ntransitory_sd = -0.1",
        "world.household.transitory_sd = -0.1: must be at least 0",
    ),
    "a huge whole number": (
        HEAD + "[world]\nseed = 99999999999999999999",
        "world.seed = 99999999999999999999: must be at most 9223372036854775807",
    ),
    "a study too large for any machine": (
        HEAD + "[world]\nborrowers = 1_000_000\nreplicas = 101",
        "world: borrowers x replicas must be at most 100,000,000",
    ),
    "a value where a table belongs": (
        HEAD + "world = 3",
        "world = 3: must be a table",
    ),
    "a table where a value belongs": (
        HEAD + "[world.months]\nx = 1",
        "world.months = a table: must be a whole number",
    ),
    "a value where a list belongs": (
        HEAD + "[world.loans]\nterms = 12",
        "world.loans.terms = 12: must be a list",
    ),
    "an empty list": (
        HEAD + "[world.loans]\nterms = []",
        "world.loans.terms = []: must have at least 1 entry",
    ),
    "a wrong entry of a list": (
        HEAD + "[world.loans]\nterms = [12, 0]",
        "world.loans.terms[2] = 0: must be at least 1",
    ),
    "a list that does not increase": (
        HEAD + "[baseline.collections.message]\ndpd = [3, 3]",
        "baseline.collections.message.dpd = [3, 3]: must increase from one entry to the next",
    ),
    "a currency in small letters": (
        HEAD + '[world]\ncurrency = "cny"',
        'world.currency = "cny": must be three capital letters',
    ),
    "a choice that is none": (
        HEAD + '[baseline.servicing]\nwaterfall = "horizonal"',
        'baseline.servicing.waterfall = "horizonal": must be "horizontal", "vertical" or '
        '"principal_first"; did you mean "horizontal"?',
    ),
    "staff in words": (
        HEAD + '[baseline.collections]\nagents = "many"',
        'baseline.collections.agents = "many": must be "unlimited" or a whole number from 0 to '
        "10,000",
    ),
    "charge-off between due days": (
        HEAD + "[baseline.servicing]\ncharge_off_dpd = 100",
        "baseline.servicing.charge_off_dpd = 100: must be a multiple of 30",
    ),
    "a window upside down": (
        HEAD + "[policy.a.relief.deferral]\nmonths = 3\nmin_dpd = 30\nmax_dpd = 5",
        "policy.a.relief.deferral: min_dpd (30) must not exceed max_dpd (5)",
    ),
    "a window upside down by inheritance": (
        HEAD + "[baseline.relief.deferral]\nmin_dpd = 30\n[policy.a.relief.deferral]\nmax_dpd = 5",
        "policy.a.relief.deferral: min_dpd (30) must not exceed max_dpd (5)",
    ),
    "no hardship that entitles": (
        HEAD + "[policy.a]\nrelief.deferral.hardships = []",
        "policy.a.relief.deferral.hardships = []: must have at least 1 entry",
    ),
    "a hardship twice": (
        HEAD + '[policy.a]\nrelief.deferral.hardships = ["illness", "illness"]',
        'policy.a.relief.deferral.hardships = ["illness", "illness"]: must not name anything twice',
    ),
    "an unknown hardship": (
        HEAD + '[policy.a]\nrelief.deferral.hardships = ["job_los"]',
        'policy.a.relief.deferral.hardships[1] = "job_los": must be "job_loss" or "illness"; did '
        'you mean "job_loss"?',
    ),
    "the baseline's mistake is not every policy's": (
        HEAD + "[baseline]\ncollections.intensity = 9\n[policy.a]\n[policy.b]",
        "baseline.collections.intensity = 9: must be at most 5",
    ),
    "a policy's label in one language": (
        HEAD + '[policy.a]\nlabel = { en = "Three months" }\nrelief.deferral.months = 3',
        "policy.a.label.zh: must be given",
    ),
    "a policy called baseline": (
        HEAD + "[policy.baseline]",
        "policy.baseline: the baseline has a table of its own, [baseline]",
    ),
    "a policy with a name of two words": (
        HEAD + '[policy."my policy"]',
        'policy."my policy": a policy\'s name is a small letter and up to 39 more small letters, '
        "digits or _",
    ),
    "a policy that is a number": (HEAD + "[policy]\na = 1", "policy.a = 1: must be a table"),
    "policies that are a list": (HEAD + "[[policy]]", "policy = [{}]: must be a table"),
    "a case to whom nothing happens": (
        HEAD + '[[case]]\nname = "x"',
        "case[1]: needs job_loss or illness: a case is a person something happens to",
    ),
    "a case in month 0": (
        HEAD + '[[case]]\nname = "x"\nillness = { month = 0, months = 1 }',
        "case[1].illness.month = 0: must be at least 1",
    ),
    "two cases of one name": (
        HEAD + '[[case]]\nname = "x"\nillness = { month = 1, months = 1 }\n' * 2,
        'case[2].name = "x": names another case already',
    ),
    "several at once": (
        HEAD + "[world]\nmonths = 0\nborowers = 3\n[baseline.relief.desk]\nsensitivity = 2",
        "world.months = 0: must be at least 1\n"
        'study.toml: world.borowers: unknown key; did you mean "borrowers"?\n'
        "study.toml: baseline.relief.desk.sensitivity = 2: must be at most 1",
    ),
    "an unknown preset": (
        HEAD + 'extends = "preset:generic_unsecurd"',
        'extends = "preset:generic_unsecurd": no such preset; did you mean "generic_unsecured"?',
    ),
    "extends a number": (HEAD + "extends = 3", "extends = 3: must be text in quotes"),
    "extends a file that is not there": (
        HEAD + 'extends = "other.toml"',
        'extends = "other.toml": no such file',
    ),
    "extends out of its folder": (
        HEAD + 'extends = "../other.toml"',
        'extends = "../other.toml": must be a preset or a file inside this file\'s own folder',
    ),
    "extends an absolute path": (
        HEAD + 'extends = "/etc/hosts"',
        'extends = "/etc/hosts": must be a preset or a file inside this file\'s own folder',
    ),
    "extends a preset by way of a path": (
        HEAD + 'extends = "preset:../relief_options"',
        'extends = "preset:../relief_options": no such preset; there are: generic_unsecured',
    ),
    "extends with a NUL": (
        HEAD + 'extends = "a\\u0000b"',
        'extends = "a\\u0000b": must not hold a NUL character',
    ),
    "itself": (
        HEAD + 'extends = "study.toml"',
        "extends itself, directly or through other files",
    ),
    "nested a thousand deep": (HEAD + "x = " + "[" * 300 + "]" * 300, "is nested too deeply"),
    "nested without end": (
        HEAD + "x = " + "[" * 100_000 + "]" * 100_000,
        "is nested too deeply",
    ),
    "enormous": ("#" * (LARGEST_FILE + 1), "is larger than 1,000,000 bytes"),
}


def problems(path: Path) -> str:
    with pytest.raises(ScenarioError) as caught:
        load(path)
    return str(caught.value).replace(str(path), path.name).replace(f"{path.parent}/", "")


def written(folder: Path, text: str | bytes, name: str = "study.toml") -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_file_says_what_is_wrong(tmp_path: Path, broken: str) -> None:
    text, message = BROKEN[broken]
    expected = "study.toml: " + message.replace("\ntitle", "\nstudy.toml: title").replace(
        "\nquestion", "\nstudy.toml: question"
    )
    assert problems(written(tmp_path, text)) == expected


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("format = ", "study.toml: is not valid TOML: "),
        (HEAD + "[world]\nmonths = 1\nmonths = 2", "study.toml: is not valid TOML: "),
        (HEAD + "[world]\n[world]", "study.toml: is not valid TOML: "),
        ("\0", "study.toml: is not valid TOML: "),
    ],
)
def test_what_is_not_toml_says_where(tmp_path: Path, text: str, start: str) -> None:
    message = problems(written(tmp_path, text))
    assert message.startswith(start)
    assert "line" in message or "at end of document" in message
    assert "\n" not in message


def test_not_utf_8(tmp_path: Path) -> None:
    path = written(tmp_path, "title = '裁员'".encode("gb18030"))
    assert problems(path) == "study.toml: is not UTF-8 text (byte 10)"


def test_a_byte_order_mark_is_no_matter(tmp_path: Path) -> None:
    assert load(written(tmp_path, b"\xef\xbb\xbf" + HEAD.encode())).title.en == "A question"


def test_no_such_file_a_folder_and_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    assert problems(tmp_path / "none.toml") == "none.toml: no such file"
    assert problems(tmp_path).endswith("is a folder, not a file")
    with pytest.raises(ScenarioError, match="is not a path: it holds a NUL character"):
        load("a\0b.toml")


def test_an_unknown_shipped_scenario_names_the_nearest() -> None:
    with pytest.raises(ScenarioError) as caught:
        load("shipped:relief_option")
    assert str(caught.value) == (
        'shipped:relief_option: no such shipped scenario; did you mean "relief_options"?'
    )


def test_a_circle_of_files(tmp_path: Path) -> None:
    written(tmp_path, HEAD + 'extends = "study.toml"', "other.toml")
    message = problems(written(tmp_path, HEAD + 'extends = "other.toml"'))
    assert message == "study.toml: extends itself, directly or through other files"


def test_a_chain_of_too_many_files(tmp_path: Path) -> None:
    for link in range(9):
        written(tmp_path, HEAD + f'extends = "{link + 1}.toml"', f"{link}.toml")
    written(tmp_path, HEAD, "9.toml")
    assert problems(tmp_path / "0.toml") == "8.toml: extends a chain of more than 8 files"
    assert load(tmp_path / "2.toml").title.en == "A question"


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "link.toml").symlink_to(written(tmp_path, HEAD, "outside.toml"))
    message = problems(written(inside, HEAD + 'extends = "link.toml"'))
    assert message == (
        'study.toml: extends = "link.toml": must be a preset or a file inside this file\'s own '
        "folder"
    )


def test_an_error_names_the_file_it_stands_in(tmp_path: Path) -> None:
    written(tmp_path, HEAD + "[world]\nmonths = 0\nreplicas = 0", "base.toml")
    message = problems(written(tmp_path, HEAD + 'extends = "base.toml"\n[world]\nreplicas = -1'))
    assert message == (
        "base.toml: world.months = 0: must be at least 1\n"
        "study.toml: world.replicas = -1: must be at least 1"
    )


def test_an_override_is_checked_like_the_file(tmp_path: Path) -> None:
    path = written(tmp_path, HEAD)
    assert load(path, {"world.replicas": 3}).world.replicas == 3
    with pytest.raises(ScenarioError, match=r"^command line: world\.replicas = 0: must be"):
        load(path, {"world.replicas": 0})


def test_tables_merge_by_key_and_lists_replace(tmp_path: Path) -> None:
    written(
        tmp_path,
        HEAD + "[world]\nmonths = 9\n[world.loans]\nterms = [6, 12]\nannual_rate_bp = 900\n"
        "[policy.a]\ncollections.intensity = 2",
        "base.toml",
    )
    scenario = load(
        written(
            tmp_path,
            HEAD + 'extends = "base.toml"\n[world.loans]\nterms = [3]\n'
            '[baseline]\nlabel = { en = "Now", zh = "现在" }\ncollections.call.minutes = 9\n'
            "[policy.a]\nrelief.deferral.months = 2\n[policy.b]\n",
        )
    )
    assert scenario.world.months == 9
    assert scenario.world.loans.terms == (3,)
    assert scenario.world.loans.annual_rate_bp == 900
    assert list(scenario.policies) == ["baseline", "a", "b"]
    assert scenario.policies["a"].relief.deferral.months == 2
    assert scenario.policies["a"].collections.intensity == 2
    assert scenario.policies["a"].collections.call.minutes == 9
    assert scenario.policies["a"].label.en == "a"
    assert scenario.policies["b"].model_copy(update={"label": scenario.baseline.label}) == (
        scenario.baseline
    )


SHIPPED = sorted(shipped_folder().rglob("*.toml"))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_scenario_loads_and_resolves_to_itself(tmp_path: Path, path: Path) -> None:
    scenario = load(path)
    assert load(written(tmp_path, to_toml(scenario))) == scenario


def test_the_preset_says_what_the_defaults_are() -> None:
    assert load(shipped_folder() / "presets" / "generic_unsecured.toml").world == World()


def nested(changes: dict[str, Any]) -> dict[str, Any]:
    """Turn ``a__b = value`` into tables."""
    table: dict[str, Any] = {}
    for key, value in changes.items():
        *groups, name = key.split("__")
        here = table
        for group in groups:
            here = here.setdefault(group, {})
        here[name] = value
    return table


DIFFERENCES = st.tuples(LEVERS, POLICIES, WINDOWS).map(lambda parts: parts[0] | parts[1] | parts[2])


@given(WORLDS, DIFFERENCES)
@settings(max_examples=100, derandomize=True, deadline=None)
def test_any_legal_file_is_read_as_written_and_survives_a_round(
    tmp_path_factory: pytest.TempPathFactory, worldly: dict[str, Any], levers: dict[str, Any]
) -> None:
    folder = tmp_path_factory.mktemp("round")
    tables = {"world": nested(worldly), "policy": {"a": nested(levers)}}
    scenario = load(written(folder, HEAD + tomli_w.dumps(tables)))
    assert scenario.world == World.model_validate(world(**worldly))
    label = scenario.policies["a"].label
    expected = Policy.model_validate(policy(**levers)).model_copy(update={"label": label})
    assert scenario.policies["a"] == expected
    assert load(written(folder, to_toml(scenario), "again.toml")) == scenario


KEYS = st.sampled_from(
    [
        "world",
        "policy",
        "baseline",
        "case",
        "extends",
        "format",
        "title",
        "a",
        "relief",
        "loans",
        "deferral",
        "months",
        "terms",
        "label",
        "en",
        "hardships",
        "collections",
        "message",
        "dpd",
    ]
) | st.text(max_size=3)
VALUES = st.recursive(
    st.none().map(lambda _: "x")
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(KEYS, VALUES, max_size=5))
@settings(max_examples=300, derandomize=True, deadline=None)
def test_nonsense_gives_a_message_and_never_a_crash(
    tmp_path_factory: pytest.TempPathFactory, table: dict[str, Any]
) -> None:
    path = tmp_path_factory.mktemp("nonsense") / "study.toml"
    path.write_text(tomli_w.dumps(table), encoding="utf-8")
    try:
        load(path)
    except ScenarioError as error:
        assert all(line.strip() for line in str(error).splitlines())


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
@settings(max_examples=300, derandomize=True, deadline=None)
def test_noise_gives_a_message_and_never_a_crash(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.mktemp("noise") / "study.toml"
    path.write_bytes(content)
    with pytest.raises(ScenarioError):
        load(path)
