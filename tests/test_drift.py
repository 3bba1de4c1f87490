"""What changed between two records: settings are told, and numbers only beyond noise."""

import json
import re
import shlex
import shutil
from math import isnan, nan

import numpy as np
import pytest
from markdown_it import MarkdownIt
from scipy import stats

from sim.doors.cli.main import OK, WRONG_INPUT, main
from sim.experiment.change import among_all, change, threshold
from sim.experiment.compare import compare
from sim.experiment.drift import against, as_table, drift
from sim.experiment.record import read, write
from sim.rules.measures import METRICS
from sim.scenario.schema import Label, Policy, Scenario, World
from tests.test_record_reading import edit, reseal

DIFFERS = 1
HOSTILE = "<script>x</script> |`a` [x](http://y) ![i](z) *b* @ann #12 www.x.org =1+1"
LABEL = Label(en="Which relief?", zh="哪种纾困有效？")


def policy(en="Firm", **settings):
    return Policy.model_validate({"label": {"en": en, "zh": "强"}, **settings})


FIRM = policy(collections={"intensity": 2.0})
WORLD = World(borrowers=150, replicas=8, months=5, burn_in_months=2)
SCENARIO = Scenario(
    title=LABEL,
    question=LABEL,
    world=WORLD,
    policies={"baseline": Policy(), "firm": FIRM},
)


def with_policies(**policies):
    return SCENARIO.model_copy(update={"policies": {"baseline": Policy(), **policies}})


def with_world(**settings):
    return SCENARIO.model_copy(update={"world": WORLD.model_copy(update=settings)})


RUNS = {
    "as_it_was": SCENARIO,
    "much_firmer": with_policies(firm=policy(collections={"intensity": 0.0})),
    "renamed": with_policies(
        hard=policy(HOSTILE, collections={"intensity": 2.0}),
        mild=policy("Mild", relief={"penalty_waiver": {"share": 0.5}}),
    ),
    "other_seed": with_world(seed=7),
    "fewer": with_world(replicas=6),
}


@pytest.fixture(scope="module")
def comparisons():
    return {name: compare(scenario) for name, scenario in RUNS.items()}


@pytest.fixture(scope="module")
def runs(comparisons, tmp_path_factory):
    folder = tmp_path_factory.mktemp("runs")
    for name, comparison in comparisons.items():
        write(comparison, folder / name, ["forbear", "run", f"{name}.toml"])
    return folder


@pytest.fixture
def told(runs, capsys):
    """Run ``forbear diff`` on two of the records; the exit code and what it prints."""

    def of(before, after, *options):
        code = main(["diff", str(runs / before), str(runs / after), *options])
        return code, capsys.readouterr().out

    return of


def changed(runs, before, after):
    return drift(read(runs / before), read(runs / after))


# What is told


def test_a_record_differs_from_itself_in_nothing(runs, told):
    found = changed(runs, "as_it_was", "as_it_was")
    assert (found.settings, found.made_by, found.beyond_noise, found.compared) == ((), {}, (), 0)
    assert {each.verdict for each in found.changes} == {"identical"}
    assert len(found.changes) == 2 * len(METRICS)
    code, said = told("as_it_was", "as_it_was")
    assert code == OK
    assert "Nothing that was compared differs beyond noise." in said
    assert "No parameter differs." in said


def test_a_lever_that_moves_the_numbers_is_found_with_its_numbers(comparisons, runs, told):
    found = changed(runs, "as_it_was", "much_firmer")
    (setting,) = found.settings
    assert (setting.key, setting.before, setting.after) == (
        "policy.firm.collections.intensity",
        2.0,
        0.0,
    )
    assert found.paired
    by_name = {(each.policy, each.metric): each for each in found.changes}
    calls = by_name["firm", "calls_connected"]
    before, after = (
        comparisons[run].effects["firm"]["calls_connected"].difference
        for run in ("as_it_was", "much_firmer")
    )
    assert (calls.before, calls.after) == (before, after)
    assert calls.difference == pytest.approx(after - before)
    assert calls.is_beyond_noise
    assert all(each.verdict == "identical" for (name, _), each in by_name.items() if name != "firm")
    code, said = told("as_it_was", "much_firmer")
    assert code == DIFFERS
    assert "policy.firm.collections.intensity 2.0 → 0.0" in said
    assert METRICS["calls_connected"].label.en in said
    assert "replica by replica" in said


def test_other_luck_is_no_difference_beyond_noise_and_is_compared_unpaired(runs, told):
    found = changed(runs, "as_it_was", "other_seed")
    assert not found.paired
    assert [setting.key for setting in found.settings] == ["world.seed"]
    assert found.compared > 50
    assert found.by_chance == pytest.approx(0.05 * found.compared)
    code, said = told("as_it_was", "other_seed")
    assert code == OK
    assert "two independent samples (Welch)" in " ".join(said.split())
    assert f"Of {found.compared} changes compared" in " ".join(said.split())


def test_another_number_of_replicas_is_another_size_and_unpaired(runs, told):
    found = changed(runs, "as_it_was", "fewer")
    assert not found.paired
    _, said = told("as_it_was", "fewer")
    assert "8 replicas of 150 borrowers → 6 replicas of 150 borrowers" in said


def test_policies_are_added_removed_and_renamed(runs):
    found = changed(runs, "as_it_was", "renamed")
    assert (found.renamed, found.added, found.removed) == ({"firm": "hard"}, ("mild",), ())
    assert {each.policy for each in found.changes} == {"baseline", "hard"}
    assert {each.verdict for each in found.changes} == {"identical"}
    assert [each.key for each in found.settings] == ["policy.hard.label.en"]
    back = changed(runs, "renamed", "as_it_was")
    assert (back.renamed, back.added, back.removed) == ({"hard": "firm"}, (), ("mild",))


def test_what_all_policies_take_from_the_baseline_is_told_once(comparisons, runs):
    change_of_all = with_policies(firm=FIRM).model_dump(mode="json")
    for each in change_of_all["policies"].values():
        each["collections"]["complaint_cost"] = 777
    scenario = Scenario.model_validate_json(json.dumps(change_of_all))
    found = against(compare(scenario), read(runs / "as_it_was"))
    assert [each.key for each in found.settings] == ["baseline.collections.complaint_cost"]


def test_a_comparison_just_made_is_held_against_a_record(comparisons, runs):
    record = read(runs / "as_it_was")
    of_records = changed(runs, "as_it_was", "much_firmer")
    just_made = against(comparisons["much_firmer"], record)
    assert as_table(just_made) == as_table(of_records)


def test_another_version_is_told(runs, tmp_path):
    shutil.copytree(runs / "as_it_was", tmp_path / "old")
    edit(tmp_path / "old" / "summary.json", '"numpy": "', '"numpy": "1.')
    edit(tmp_path / "old" / "summary.json", '"program": "forbear', '"program": "forbear x')
    edit(tmp_path / "old" / "tables" / "metrics.csv", "default_rate", "rate_of_then")
    reseal(tmp_path / "old")
    found = drift(read(tmp_path / "old"), read(runs / "as_it_was"))
    assert found.made_by.keys() == {"numpy", "program"}
    assert found.uncompared == ("rate_of_then", "default_rate")
    assert "default_rate" not in {each.metric for each in found.changes}


# What is noise


def test_a_paired_change_is_the_paired_t_test():
    before, after = np.array([1.0, 2, 3, 4, 6]), np.array([2.0, 3.5, 3, 6, 9])
    found = change("firm", "recovered", before, after, paired=True)
    expected = stats.ttest_rel(after, before)
    assert found.p == pytest.approx(expected.pvalue)
    assert (found.low, found.high) == pytest.approx(tuple(expected.confidence_interval()))


def test_an_unpaired_change_is_welchs_test():
    before, after = np.array([1.0, 2, 3, 4, 6]), np.array([2.0, 13.5, 3, 6, 9, 8, 7])
    found = change("firm", "recovered", before, after, paired=False)
    expected = stats.ttest_ind(after, before, equal_var=False)
    assert found.p == pytest.approx(expected.pvalue)
    assert (found.low, found.high) == pytest.approx(tuple(expected.confidence_interval()))


def test_the_threshold_is_that_of_benjamini_and_hochberg():
    draws = np.random.default_rng(3).uniform(size=(200, 30)) ** 3
    for ps in draws.tolist():
        kept = stats.false_discovery_control(ps) <= 0.05
        assert [p <= threshold(ps) for p in ps] == kept.tolist()
    assert threshold([]) == -1


def test_where_nothing_changed_few_pairs_of_runs_differ_and_a_real_change_among_many_is_found():
    """Seeded; at most 5 of 100 are expected, more than 12 come once in two thousand times."""
    draw = np.random.default_rng(5)
    better = {"recovered": "higher"}
    wrong, found = 0, 0
    for _ in range(100):
        runs = draw.normal(size=(60, 2, 10))
        noise = [change("firm", "recovered", a, b, paired=False) for a, b in runs]
        wrong += any(each.is_beyond_noise for each in among_all(noise, better))
        a, b = draw.normal(size=(2, 10))
        real = change("firm", "recovered", a, b + 4, paired=False)
        found += among_all([*noise, real], better)[-1].verdict == "better"
    assert wrong <= 12
    assert found >= 95


@pytest.mark.parametrize("paired", [True, False])
def test_too_few_replicas_and_no_value_are_not_judged(paired):
    few = change("firm", "recovered", np.array([1.0, 2]), np.array([5.0, 7]), paired=paired)
    assert (few.verdict, few.low, few.p, few.difference) == ("no_interval", None, None, 4.5)
    one = change("firm", "recovered", np.array([1.0]), np.array([5.0]), paired=paired)
    assert one.verdict == "no_interval"
    lacking = change("firm", "recovered", np.array([1.0] * 6), np.array([nan] * 6), paired=paired)
    assert lacking.verdict == "no_interval"
    assert isnan(lacking.difference)


def test_a_rounding_of_floats_is_no_change():
    before = np.array([1e6, 2e6, 3e6, 4e6, 5e6])
    found = change("firm", "recovered", before, before * (1 + 1e-15), paired=True)
    assert found.verdict == "identical"


# How it is told


def test_markdown_says_the_same_and_no_text_is_markup(told):
    code, page = told("as_it_was", "renamed", "--markdown", "--all")
    assert code == OK
    html = MarkdownIt("gfm-like", {"linkify": False, "html": True}).render(page)
    assert html.count("<table>") == 1
    assert not re.search(r"<(script|a|img|em|code)\b", html)
    assert "&lt;script&gt;x&lt;/script&gt; |`a` [x](http://y) ![i](z) *b* @\u2060ann" in html
    assert html.count("<tr>") == 1 + 2 * len(METRICS)
    assert all(row.count("<td") in (0, 7) for row in html.split("<tr>"))
    _, page = told("as_it_was", "much_firmer", "--markdown", "--lang", "zh")
    assert "### 有何变化\\: 哪种纾困有效？" in page or "### 有何变化：哪种纾困有效？" in page


def test_json_holds_every_change(told):
    code, text = told("as_it_was", "much_firmer", "--json")
    said = json.loads(text)
    assert code == DIFFERS
    assert len(said["changes"]) == 2 * len(METRICS)
    assert said["beyond_noise"] == sum(
        each["verdict"] in ("better", "worse", "different") for each in said["changes"]
    )
    assert said["parameters"] == [
        {"key": "policy.firm.collections.intensity", "before": 2.0, "after": 0.0}
    ]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_headline_is_shown_and_what_moved_and_all_on_request(told, language):
    code = "zh" if language == "zh" else "en"
    _, short = told("as_it_was", "other_seed", "--lang", language)
    _, long = told("as_it_was", "other_seed", "--lang", language, "--all")
    shown, more = (
        {name for name, metric in METRICS.items() if getattr(metric.label, code) in text}
        for text in (short.splitlines(), long.splitlines())
    )
    assert {"default_rate", "net_recovered"} <= shown < more == set(METRICS)


def test_a_label_with_codes_in_a_record_by_another_program_is_shown_as_text(runs, tmp_path, capsys):
    shutil.copytree(runs / "as_it_was", tmp_path / "odd")
    edit(tmp_path / "odd" / "scenario.toml", 'en = "Firm"', 'en = "\\u001B[31mF\\u202E"')
    edit(tmp_path / "odd" / "scenario.toml", 'currency = "CNY"', 'currency = "<b>"')
    edit(tmp_path / "odd" / "summary.json", '"program": "forbear', '"program": "forbear x')
    reseal(tmp_path / "odd")
    for form in ([], ["--markdown"], ["--json"]):
        main(["diff", str(runs / "as_it_was"), str(tmp_path / "odd"), "--all", *form])
        out = capsys.readouterr().out
        assert "�[31mF�" in out.replace("\\", "")
        assert not {"\x1b", "\u202e"} & set(out)


def test_what_another_program_says_of_its_numbers_and_they_do_not_is_told_in_every_form(
    runs, tmp_path, capsys
):
    shutil.copytree(runs / "as_it_was", tmp_path / "odd")
    edit(tmp_path / "odd" / "summary.json", '"program": "forbear', '"program": "forbear x')
    path = tmp_path / "odd" / "tables" / "metrics.csv"
    head, first, *rest = path.read_text().splitlines()
    cells = first.split(",")
    cells[head.split(",").index("default_rate")] = "0.75"
    path.write_text("\n".join([head, ",".join(cells), *rest]) + "\n")
    reseal(tmp_path / "odd")
    for form in ([], ["--markdown"], ["--json"]):
        main(["diff", str(runs / "as_it_was"), str(tmp_path / "odd"), *form])
        said = " ".join(capsys.readouterr().out.replace("\\", "").split())
        assert "metrics.csv" in said and "0.75" in said
        assert "of the record's own numbers" in said
    assert drift(read(runs / "as_it_was"), read(runs / "fewer")).after.doubts == ()


def test_a_number_that_json_has_none_for_is_a_text(runs, tmp_path, capsys):
    shutil.copytree(runs / "as_it_was", tmp_path / "odd")
    edit(tmp_path / "odd" / "scenario.toml", "[world]", "[world]\nodd = nan\nfar = [-inf]")
    edit(tmp_path / "odd" / "summary.json", '"program": "forbear', '"program": "forbear x')
    reseal(tmp_path / "odd")
    main(["diff", str(runs / "as_it_was"), str(tmp_path / "odd"), "--json"])
    said = json.loads(capsys.readouterr().out)
    after = {each["key"]: each["after"] for each in said["parameters"]}
    assert after == {"world.odd": "nan", "world.far": ["-inf"]}
    assert any("held against nothing" in doubt for doubt in said["after"]["doubts"])


def test_what_is_no_record_is_wrong_input(runs, tmp_path, capsys):
    assert main(["diff", str(runs / "as_it_was"), str(tmp_path)]) == WRONG_INPUT
    out, err = capsys.readouterr()
    assert (out, err) == ("", f"{tmp_path}: is not a run record: manifest.json: is missing\n")


def test_the_examples_of_its_help_work(runs, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    shutil.copytree(runs / "as_it_was", "runs/before")
    shutil.copytree(runs / "renamed", "runs/after")
    with pytest.raises(SystemExit):
        main(["diff", "--help"])
    examples = re.findall(r"^ +forbear (.*)$", capsys.readouterr().out, re.MULTILINE)
    assert len(examples) == 4
    for example in examples:
        assert main(shlex.split(example)) == OK, example
