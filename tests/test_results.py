"""What was simulated once is not simulated again, and nothing stale, broken or foreign is used."""

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from zipfile import ZipFile

import numpy as np
import pytest

from sim.experiment import results, simulate, study
from sim.experiment.compare import compare
from sim.experiment.program import CODE, PROGRAM, ProgramError, code_of
from sim.experiment.results import InMemory, arm, joined
from sim.experiment.results_folder import InFolder, ResultsError
from sim.parameter import ForbearError
from sim.scenario.schema import Case, Cohort, Label, Policy, Scenario, World

LABEL = Label(en="Nobody's question", zh="无人的问题")
WORLD = World(borrowers=40, replicas=6, months=2, burn_in_months=1, seed=5)
ILL = Case.model_validate({"name": "ill", "illness": {"month": 1, "months": 2}})
LATE = Cohort(name="overdue", min_dpd=1)


def policy(**differences):
    return Policy.model_validate(differences)


FIRM = policy(collections={"intensity": 2.0})
WAIVER = policy(relief={"penalty_waiver": {"share": 0.5}})
FULL = Scenario(
    title=LABEL,
    question=LABEL,
    world=WORLD,
    policies={"baseline": Policy(), "firm": FIRM, "waiver": WAIVER},
    cases=(ILL,),
    cohorts=(LATE,),
)


def of(scenario=FULL, *, world=None, **changed):
    """The scenario with a world or anything else of it changed."""
    if world:
        changed["world"] = scenario.world.model_copy(update=world)
    return scenario.model_copy(update=changed)


NOTHING = {"seasoned": 0, "arms": [], "cases": []}


@pytest.fixture
def simulated(monkeypatch):
    """What is simulated from now on: ``seasoned`` books, arms with replicas, arms of cases."""
    done = {"seasoned": 0, "arms": [], "cases": []}
    season, run, run_cases = simulate.season, simulate._run, study.simulate_cases

    def noted_season(*arguments):
        done["seasoned"] += 1
        season(*arguments)

    def noted_run(book, world, policy, *rest):
        if not book.scripted.all():
            done["arms"].append((policy, len(book) // world.borrowers))
        return run(book, world, policy, *rest)

    def noted_cases(world, policies, *rest):
        done["cases"] += policies.values()
        return run_cases(world, policies, *rest)

    monkeypatch.setattr(study, "simulate_cases", noted_cases)
    monkeypatch.setattr(simulate, "season", noted_season)
    monkeypatch.setattr(simulate, "_run", noted_run)
    return done


def forget(simulated):
    simulated.update(seasoned=0, arms=[], cases=[])


@pytest.fixture(params=["in memory", "in a folder"])
def store(request, tmp_path):
    return InMemory() if request.param == "in memory" else InFolder(tmp_path / "results")


def same(one, other):
    """Whether two comparisons are the same, to the order of every entry."""
    assert list(one.ledgers) == list(other.ledgers)
    for name, ledger in one.ledgers.items():
        assert list(ledger) == list(other.ledgers[name])
    assert repr(one.effects) == repr(other.effects)
    assert one.segments.keys() == other.segments.keys()
    return (one.digest, one.days, one.cases) == (other.digest, other.days, other.cases)


# Hits and misses


def test_a_store_changes_no_number_and_is_asked_first(store, simulated):
    plain = compare(FULL)
    assert same(compare(FULL, store=store), plain)
    forget(simulated)
    seen = []
    again = compare(FULL, store=store, progress=lambda *at: seen.append(at))
    assert same(again, plain)
    assert simulated == NOTHING
    assert seen == []


def test_a_changed_policy_reruns_its_arm_alone_on_one_burn_in(store, simulated):
    compare(FULL, store=store)
    firmer = policy(collections={"intensity": 3.0})
    changed = of(policies=FULL.policies | {"firm": firmer})
    forget(simulated)
    ran = compare(changed, store=store)
    seasoned_before = isinstance(store, InMemory)
    seasoned = 0 if seasoned_before else 1
    assert simulated == {"seasoned": seasoned, "arms": [(firmer, 6)], "cases": [firmer]}
    assert same(ran, compare(changed))


def test_more_replicas_run_only_the_new_ones_in_any_order_and_batches(store, simulated):
    compare(of(world={"replicas": 2}), store=store)
    forget(simulated)
    grown = compare(FULL, batch_size=3, store=store)
    assert sorted(size for _, size in simulated["arms"]) == [1, 1, 1, 3, 3, 3]
    forget(simulated)
    fewer = compare(of(world={"replicas": 4}), batch_size=1, store=store)
    assert simulated["arms"] == []
    assert same(grown, compare(FULL))
    assert same(fewer, compare(of(world={"replicas": 4})))


def test_an_arm_that_lacks_some_replicas_takes_the_others_from_where_they_are(store, simulated):
    """The one arm has replicas 0 to 3, the other none, the baseline all."""
    compare(of(policies={"baseline": Policy()}), store=store)
    two = {"baseline": Policy(), "firm": FIRM}
    compare(of(policies=two, world={"replicas": 4}), store=store)
    forget(simulated)
    ran = compare(FULL, store=store)
    assert simulated["arms"] == [(WAIVER, 4), (FIRM, 2), (WAIVER, 2)]
    assert simulated["seasoned"] == 2
    assert same(ran, compare(FULL))


def test_neither_names_nor_labels_nor_what_is_expected_make_a_new_arm(store, simulated):
    compare(FULL, store=store)
    forget(simulated)
    labelled = FIRM.model_copy(update={"label": Label(en="Firmer", zh="更严")})
    named = {"baseline": Policy(), "other_name": labelled, "waiver": WAIVER}
    told = (LATE.model_copy(update={"label": LABEL}),)
    renamed = of(policies=named, cohorts=told)
    ran = compare(renamed, jobs=1, store=store)
    assert simulated["arms"] == []
    assert same(ran, compare(renamed))
    assert [outcome.policy for outcome in ran.cases] == list(named)


CHANGES = {
    "seed": {"world": {"seed": 6}},
    "months": {"world": {"months": 3}},
    "a number of the world": {"world": {"discount_bp": 601}},
    "the baseline": {"policies": {"baseline": FIRM, "firm": FIRM, "waiver": WAIVER}},
    "a cohort": {"cohorts": (Cohort(name="overdue", min_dpd=2),)},
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_can_change_a_number_makes_new_arms(change, store, simulated):
    compare(FULL, store=store)
    forget(simulated)
    changed = of(**CHANGES[change])
    assert same(compare(changed, store=store), compare(changed))
    stored, plain = np.array_split(np.array([size for _, size in simulated["arms"]]), 2)
    assert stored.tolist() == plain.tolist() == [6, 6, 6]


def test_the_name_of_an_arm_hangs_on_the_code_and_on_nothing_between_runs():
    def named(code=CODE, world=WORLD, told=FULL.cohorts):
        return arm(world, Policy(), FIRM, told, code)

    assert named() == named() == arm(WORLD, Policy(), FIRM, FULL.cohorts)
    assert named() == named(world=WORLD.model_copy(update={"replicas": 99}))
    assert len({named(), named("other code"), named(told=()), named(told=FULL.cases)}) == 4


def test_the_code_is_that_of_the_floors_that_decide_numbers(tmp_path):
    shutil.copytree(PROGRAM, tmp_path / "sim", ignore=shutil.ignore_patterns("__pycache__"))

    def code_with(name, text):
        program = tmp_path / "sim"
        file = program / name
        before = file.read_bytes() if file.exists() else None
        file.write_text(text, encoding="utf-8")
        found = code_of(program)
        file.unlink() if before is None else file.write_bytes(before)
        return found

    same_code = {code_of(), code_with("show/tables.py", ""), code_with("experiment/record.py", "")}
    assert len(same_code) == 1
    deciding = ["money.py", "luck.py", "scenario/world.py", "rules/paying.py", "lender/court.py"]
    deciding += ["experiment/simulate.py", "experiment/cases.py", "rules/brand_new.py"]
    others = {code_with(name, "changed = True\n") for name in deciding}
    assert len(others - same_code) == len(deciding)


def test_the_code_is_that_of_the_files_when_it_was_imported(tmp_path):
    shutil.copytree(PROGRAM, tmp_path / "sim", ignore=shutil.ignore_patterns("__pycache__"))
    program = f"""
from sim.experiment.results import arm
from sim.scenario.schema import Policy, World
with open("sim/money.py", "a") as rule:
    rule.write("EDITED = True")
decides = World(), Policy(), Policy(), ()
print(arm(*decides) == arm(*decides, {code_of(tmp_path / "sim")!r}))
"""
    told = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert told.stdout == "True\n"
    assert code_of(tmp_path / "sim") != CODE


def test_workers_of_other_files_are_refused(monkeypatch, simulated):
    monkeypatch.setattr(study, "CODE", "that of files edited since")
    with pytest.raises(ProgramError, match="changed after it was started"):
        compare(FULL, batch_size=3)
    assert compare(FULL).digest  # one batch is done here
    assert [size for _, size in simulated["arms"]] == [6, 6, 6]


def test_what_was_found_is_counted_once_however_files_overlap(tmp_path):
    plain = of(world={"replicas": 4})
    for size in (1, 2, 4):
        compare(plain, batch_size=size, store=InFolder(tmp_path / f"{size}"))
        for path in (tmp_path / f"{size}").iterdir():
            shutil.copy(path, tmp_path)
    assert len(list(tmp_path.glob("*.*-*.npz"))) == 3 * (4 + 2 + 1)
    ran = compare(FULL, batch_size=2, store=InFolder(tmp_path))
    assert (ran.found, ran.simulated) == (3 * 4, 3 * 2)
    assert same(ran, compare(FULL))


def test_what_a_killed_writer_left_is_swept_out_after_a_day(tmp_path):
    names = ".a.npz.x.partial", ".b.npz.y.partial", ".a_record.z.partial"
    left, at_work, of_a_record = (tmp_path / name for name in names)
    for folder in (left, at_work, of_a_record):
        (folder / "new").mkdir(parents=True)
    for folder in (left, of_a_record):
        os.utime(folder, (0, 0))
    InFolder(tmp_path)
    assert set(tmp_path.iterdir()) == {at_work, of_a_record}


def test_the_memory_is_bounded_and_gives_up_what_was_not_used_for_longest():
    world = WORLD.model_copy(update={"replicas": 1})
    (result,) = study.results_of(simulate.simulate_batch(world, {"baseline": FIRM}, [0])).values()
    store = InMemory(most_bytes=2 * result.size)
    store.keep("a", result)
    store.keep("b", result)
    store.keep("b", result)
    assert store.find("a", range(1)) == [result]
    store.keep("c", result)
    assert [len(store.find(each, range(9))) for each in "abc"] == [1, 0, 1]
    assert store.find("a", range(1, 9)) == []
    assert store.bytes == store.most_bytes


def test_results_join_replica_by_replica_whatever_their_order():
    (whole,) = study.results_of(
        simulate.simulate_batch(WORLD, {"baseline": FIRM}, range(6))
    ).values()
    parts = [whole.of({1, 2, 5}), whole.of({0, 3}), whole.of({4})]
    again = joined(parts)
    assert again.replicas == whole.replicas
    for entry, rows in whole.ledger.items():
        np.testing.assert_array_equal(again.ledger[entry], rows)
    for segment, entries in whole.segments.items():
        for entry, totals in entries.items():
            np.testing.assert_array_equal(again.segments[segment][entry], totals)


# On disk


@pytest.fixture
def folder(tmp_path):
    """A folder of results of a run in two batches."""
    compare(FULL, batch_size=3, store=InFolder(tmp_path / "results"))
    return tmp_path / "results"


def a_cut_file(path):
    path.write_bytes(path.read_bytes()[:-30])


def a_changed_byte(path):
    with ZipFile(path) as archive:
        largest = max(archive.infolist(), key=lambda member: member.compress_size)
    content = bytearray(path.read_bytes())
    content[largest.header_offset + largest.compress_size // 2] ^= 1
    path.write_bytes(content)


def an_empty_file(path):
    path.write_bytes(b"")


def a_text(path):
    path.write_text("PK, but no archive", encoding="utf-8")


def another_programs_arrays(path):
    with path.open("wb") as file:
        np.savez(file, days=np.arange(3))


def an_array_alone(path):
    with path.open("wb") as file:
        np.save(file, np.arange(3))


def a_pickle(path):
    with path.open("wb") as file:
        np.savez(file, kind=np.array([{"a": 1}], dtype=object))


def a_result_of_another_arm(path):
    arms = {each.name[:64]: each for each in sorted(path.parent.glob("*.0-2.npz"))}
    (other, *_) = (each for each in arms.values() if each != path)
    path.write_bytes(other.read_bytes())


def other_replicas(path):
    path.write_bytes(path.with_name(path.name.replace(".0-2.", ".3-5.")).read_bytes())


def a_folder(path):
    path.unlink()
    path.mkdir()


BREAKS = [
    a_cut_file,
    a_changed_byte,
    an_empty_file,
    a_text,
    another_programs_arrays,
    an_array_alone,
    a_pickle,
    a_result_of_another_arm,
    other_replicas,
    a_folder,
]


@pytest.mark.parametrize("breaks", BREAKS)
def test_what_is_not_whole_or_not_ours_is_ignored_with_one_warning(breaks, folder, simulated):
    broken = min(folder.glob("*.0-2.npz"))
    breaks(broken)
    said = []
    ran = compare(FULL, store=InFolder(folder, said.append))
    assert same(ran, compare(FULL))
    assert simulated["arms"][0][1] == 3
    ignored = [words for words in said if "is ignored" in words]
    assert len(ignored) == 1
    assert str(folder / broken.name[:64]) in ignored[0]


def test_broken_cases_are_run_again(folder):
    for path in folder.glob("*.cases.npz"):
        a_changed_byte(path)
    said = []
    assert same(compare(FULL, store=InFolder(folder, said.append)), compare(FULL))
    assert len(said) == 1


def test_files_of_others_beside_the_results_are_left_alone(folder, simulated):
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    (folder / f"{min(folder.glob('*.npz')).name[:64]}.a-b.npz").write_text("mine too")
    forget(simulated)
    assert same(compare(FULL, store=InFolder(folder, pytest.fail)), compare(FULL))
    assert (folder / "notes.txt").read_text() == "mine"


def test_two_runs_at_once_may_share_a_folder(tmp_path):
    def run(size):
        return compare(FULL, batch_size=size, store=InFolder(tmp_path / "both", pytest.fail))

    with ThreadPoolExecutor(4) as runs:
        digests = {ran.digest for ran in runs.map(run, [1, 2, 2, 3])}
    assert digests == {compare(FULL).digest}
    assert same(run(6), compare(FULL))
    assert not list((tmp_path / "both").glob("*.partial"))


def test_a_folder_that_cannot_be_is_refused_in_words(tmp_path):
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    with pytest.raises(ResultsError, match="no results can be kept there") as caught:
        InFolder(tmp_path / "file")
    assert isinstance(caught.value, ForbearError)


def test_a_full_disk_costs_no_result_and_is_told_once(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("sim.experiment.results_folder.write_file", full)
    said = []
    ran = compare(FULL, batch_size=2, store=InFolder(tmp_path / "results", said.append))
    assert same(ran, compare(FULL))
    assert said == [f"{tmp_path / 'results'}: results are no longer kept: No space left on device"]


def test_a_result_is_read_as_it_was_kept(tmp_path):
    world = WORLD.model_copy(update={"replicas": 2})
    (result,) = study.results_of(
        simulate.simulate_batch(world, {"baseline": FIRM}, [3, 4])
    ).values()
    store = InFolder(tmp_path, pytest.fail)
    name = arm(world, FIRM, FIRM, ())
    store.keep(name, result)
    (read,) = store.find(name, range(4, 9))
    assert (read.replicas, read.days) == (result.replicas, result.days)
    assert list(read.ledger) == list(result.ledger)
    assert {rows.dtype for rows in read.ledger.values()} == {np.dtype(np.int64)}
    assert list(store.find(name, range(3))) == []
    assert replace(read, ledger={}, segments={}).size == 0


def test_a_seasoned_book_serves_again_and_only_for_what_it_was_seasoned_for(simulated):
    store = InMemory()
    compare(FULL, store=store)
    for changed, seasoned in (
        (of(policies=FULL.policies | {"firm": policy(collections={"intensity": 2.5})}), 0),
        (of(world={"seed": 12}), 1),
        (of(world={"seed": 12, "months": 7}), 1),
        (FULL, 0),  # nothing is simulated
    ):
        forget(simulated)
        assert same(compare(changed, store=store), compare_plainly(changed, simulated))
        assert simulated["seasoned"] == seasoned, changed.world


def compare_plainly(scenario, simulated):
    """The comparison without a store, which leaves what is counted as it was."""
    before = dict(simulated)
    plain = compare(scenario)
    simulated.update(before)
    return plain


def test_outcomes_of_cases_are_given_up_too_the_oldest_first(monkeypatch):
    monkeypatch.setattr(results, "MOST_OUTCOMES", 4)
    store = InMemory()
    for name in "abc":
        store.keep_cases(name, (None, None))
        store.find_cases("a")
    assert store.find_cases("b") is None
    assert store.find_cases("a") and store.find_cases("c")
