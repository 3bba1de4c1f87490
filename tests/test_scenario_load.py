"""A scenario file loads, or says everything that is wrong with it: file, key, value, rule."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import tomli_w
from broken_files import BROKEN, HEAD, SHOCK
from drawn import LEVERS, POLICIES, WINDOWS, WORLDS
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle_defaults import policy, world

from sim.scenario.files import shipped_folder
from sim.scenario.load import ScenarioError, load, states, to_toml
from sim.scenario.schema import Policy, World


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


def test_what_a_file_extends_cannot_be_overridden() -> None:
    with pytest.raises(ValueError, match="cannot be overridden"):
        load("shipped:relief_options", {"extends": "preset:conduct_us"})


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


SHIPPED = sorted(
    path for path in shipped_folder().rglob("*.toml") if path.parent.name != "calibration"
)


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


def test_shocks_and_bands_are_lists_that_replace(tmp_path: Path) -> None:
    written(
        tmp_path,
        SHOCK + "months = 2\n[[baseline.relief.penalty_waiver.bands]]\nfrom_dpd = 9\nshare = 0.2",
        "base.toml",
    )
    text = (
        HEAD + 'extends = "base.toml"\n[policy.a]\n[policy.b]\nrelief.penalty_waiver.bands = []\n'
    )
    scenario = load(written(tmp_path, text))
    assert [(shock.kind, shock.months) for shock in scenario.world.shocks] == [("layoffs", 2)]
    band = {"from_dpd": 9, "share": 0.2}
    kept = {
        name: [band.model_dump() for band in policy.relief.penalty_waiver.bands]
        for name, policy in scenario.policies.items()
    }
    assert kept == {"baseline": [band], "a": [band], "b": []}
    assert load(written(tmp_path, to_toml(scenario), "again.toml")) == scenario
    calm = load(written(tmp_path, text + "[world]\nshocks = []"))
    assert calm.world == World()


def test_an_error_in_a_list_of_tables_names_the_file_of_the_list(tmp_path: Path) -> None:
    written(tmp_path, SHOCK.replace("0.1", "1.1"), "base.toml")
    message = problems(written(tmp_path, HEAD + 'extends = "base.toml"'))
    assert message == "base.toml: world.shocks[1].share = 1.1: must be at most 1"


KEYS = st.sampled_from(
    [
        "world",
        "shocks",
        "kind",
        "share",
        "regions",
        "penalty_waiver",
        "bands",
        "disaster",
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


# A book: what stands over presets and under files

BOOK = {"world.behaviour.forgetting": 0.2, "world.months": 36}
PRESET = "preset:generic_unsecured"


def test_a_book_stands_over_presets_and_under_files(tmp_path: Path) -> None:
    extending = HEAD + f'extends = "{PRESET}"\n'
    preset = load(written(tmp_path, extending))
    assert preset.world.behaviour.forgetting not in (0.2, 0.3)
    bare = load(written(tmp_path, HEAD), book=BOOK)
    over = load(written(tmp_path, extending), book=BOOK)
    for scenario in (bare, over):
        assert (scenario.world.months, scenario.world.behaviour.forgetting) == (36, 0.2)
    assert over.world.loans == preset.world.loans

    own = load(written(tmp_path, extending + "[world.behaviour]\nforgetting = 0.3"), book=BOOK)
    assert (own.world.months, own.world.behaviour.forgetting) == (36, 0.3)
    child = written(tmp_path, HEAD + 'extends = "study.toml"\n[world]\nseed = 1', "child.toml")
    scenario = load(child, {"world.months": 12}, book=BOOK)
    assert (scenario.world.months, scenario.world.behaviour.forgetting) == (12, 0.3)
    assert load(child, book=BOOK).world.months == 36
    assert load(child, book={}) == load(child)


def test_what_is_wrong_with_a_book_is_said_of_the_book(tmp_path: Path) -> None:
    path = written(tmp_path, HEAD)
    with pytest.raises(ScenarioError) as caught:
        load(path, book={"world.monts": 3, "world.replicas": 0})
    assert str(caught.value) == (
        "book: world.replicas = 0: must be at least 1\n"
        'book: world.monts: unknown key; did you mean "months"?'
    )
    with pytest.raises(ValueError, match="cannot be overridden"):
        load(path, book={"extends": PRESET})


def test_a_file_states_what_it_or_a_file_below_says_and_no_preset(tmp_path: Path) -> None:
    text = f'extends = "{PRESET}"\n[world.behaviour]\nforgetting = 0.3\n[world.loans]\nterms = [6]'
    written(tmp_path, HEAD + text)
    child = written(
        tmp_path,
        HEAD + 'extends = "study.toml"\nworld.months = 9\n[[world.shocks]]\nkind = "layoffs"\n'
        "month = 1\nshare = 0.1\n[policy.a]\nrelief.deferral.months = 2",
        "child.toml",
    )
    for key in (
        "world.months",
        "world.behaviour.forgetting",
        "world.behaviour",
        "world.loans.terms",
        "world.shocks.month",  # inside a list, which the file says whole
        "policy.a.relief.deferral.months",
        "policy.a",
        "title",
    ):
        assert states(child, key), key
    for key in (
        "world.behaviour.opportunists",  # the preset's
        "world.loans.annual_rate_bp",
        "world.household",
        "policy.b",
        "nothing.at.all",
        "baseline",
    ):
        assert not states(child, key), key
    with pytest.raises(ScenarioError, match="no such file"):
        states(tmp_path / "none.toml", "world.months")
