"""A batch that fails is tried once more; then it is left out everywhere, and that is told."""

import json
import os
import subprocess
import sys
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from sim.doors.cli.main import BROKEN, main
from sim.experiment import sharing, study
from sim.experiment.attempts import Failure, Pool, attempted
from sim.experiment.compare import compare
from sim.experiment.record import write
from sim.experiment.results import InMemory
from sim.experiment.workers import WorkerError
from sim.parameter import ForbearError
from sim.scenario.schema import Case, Label, Policy, Scenario, World

ROOT = Path(__file__).parents[1]
LABEL = Label(en="Nobody's question", zh="无人的问题")
WORLD = World(borrowers=40, replicas=8, months=2, burn_in_months=1, seed=5)
FIRM = Policy.model_validate({"collections": {"intensity": 2.0}})
ILL = Case.model_validate({"name": "ill", "illness": {"month": 1, "months": 2}})
FULL = Scenario(
    title=LABEL,
    question=LABEL,
    world=WORLD,
    policies={"baseline": Policy(), "firm": FIRM},
    cases=(ILL,),
)


@pytest.fixture
def failing(monkeypatch):
    """Replicas to fail for, each so many times; and how often each batch was tried."""
    times, tried = {}, []
    run = study.simulate_batch

    def may_fail(world, policies, replicas, *rest, **more):
        tried.append(replicas)
        if times.get(replicas[0], 0) > 0:
            times[replicas[0]] -= 1
            raise MemoryError("no room\nfor that")
        return run(world, policies, replicas, *rest, **more)

    monkeypatch.setattr(study, "simulate_batch", may_fail)
    return times, tried


def test_a_batch_that_fails_once_is_tried_again_and_nothing_is_missing(failing):
    times, tried = failing
    times[2] = 1
    seen = []
    ran = compare(FULL, batch_size=2, progress=lambda *at: seen.append(at))
    assert (ran.failures, len(tried)) == ((), 5)
    assert ran.digest == compare(FULL).digest
    assert seen == [(done, 10) for done in range(0, 11, 2)]


def test_a_batch_that_fails_twice_is_left_out_for_every_policy(failing):
    whole = compare(FULL)
    times, tried = failing
    times[2] = 2
    tried.clear()
    ran = compare(FULL, batch_size=2, incomplete=True)
    assert len(tried) == 5
    ((failed,),) = (ran.failures,)
    assert (failed.replicas, failed.reason) == ((2, 3), "MemoryError: no room for that")
    assert ran.replicas == (0, 1, 4, 5, 6, 7)
    for name in FULL.policies:
        for metric, values in ran.metrics[name].items():
            np.testing.assert_array_equal(values, whole.metrics[name][metric][list(ran.replicas)])
    assert ran.effects["firm"]["recovered"].replicas == 6
    assert ran.cases == whole.cases


def test_what_one_policy_lacks_is_left_out_for_those_whose_results_were_known(failing):
    store = InMemory()
    compare(FULL.model_copy(update={"policies": {"baseline": Policy()}}), store=store)
    times, _ = failing
    times[6] = 2
    ran = compare(FULL, batch_size=3, store=store, incomplete=True)
    assert ran.replicas == (0, 1, 2, 3, 4, 5)
    assert {len(ran.metrics[name]["recovered"]) for name in FULL.policies} == {6}
    assert compare(FULL, store=store).digest == compare(FULL).digest  # a failure is not kept


def test_the_digest_says_what_is_missing(failing):
    times, _ = failing
    digests = {compare(FULL).digest}
    for first in (2, 4):
        times[first] = 2
        digests.add(compare(FULL, batch_size=2, incomplete=True).digest)
    times[2] = 2
    again = compare(FULL, batch_size=2, incomplete=True).digest
    assert len(digests) == 3
    assert again in digests


def test_whoever_does_not_ask_for_an_incomplete_result_gets_none(failing):
    times, _ = failing
    times[2] = 2
    with pytest.raises(
        WorkerError, match="replicas 2 to 3 failed twice: MemoryError: no"
    ) as raised:
        compare(FULL, batch_size=2)
    assert "may_fail" in raised.value.__notes__[0]


def test_whoever_wants_all_or_nothing_is_not_kept_waiting(failing):
    times, tried = failing
    times[2] = 2
    with pytest.raises(WorkerError, match="replicas 2 to 3 failed twice: MemoryError: no room"):
        compare(FULL, batch_size=2)
    assert [first for first, *_ in tried] == [0, 2, 2]
    times[2] = 1
    assert compare(FULL, batch_size=2).digest == compare(FULL).digest


def test_with_nothing_left_there_is_no_result(failing):
    times, _ = failing
    times[0] = 2
    with pytest.raises(WorkerError, match="nothing is left: MemoryError: no room for that"):
        compare(FULL, batch_size=8, incomplete=True)


def test_without_the_cases_there_is_no_result(monkeypatch):
    monkeypatch.setattr(study, "simulate_cases", lambda *_: 1 // 0)
    with pytest.raises(WorkerError, match="cases failed twice: ZeroDivisionError"):
        compare(FULL, incomplete=True)


def test_an_error_of_the_input_ends_the_run_at_once(monkeypatch):
    tried = []

    def wrong(*arguments):
        tried.append(arguments)
        raise ForbearError("no such thing")

    monkeypatch.setattr(study, "simulate_batch", wrong)
    with pytest.raises(ForbearError, match="no such thing"):
        compare(FULL, batch_size=1, incomplete=True)
    assert len(tried) == 1


def test_the_record_tells_which_replicas_there_are(failing, tmp_path):
    times, _ = failing
    times[2] = 2
    write(compare(FULL, batch_size=2, incomplete=True), tmp_path / "run", ["forbear"])
    summary = json.loads((tmp_path / "run" / "summary.json").read_text("utf-8"))
    said = {"replicas": [2, 3], "reason": "MemoryError: no room for that"}
    assert summary["failures"] == [said]
    for name in ("metrics", "monthly"):
        rows = (tmp_path / "run" / "tables" / f"{name}.csv").read_text("utf-8").splitlines()
        assert {int(row.split(",")[1]) for row in rows[1:]} == {0, 1, 4, 5, 6, 7}


@pytest.mark.parametrize(
    ("language", "words"), [("en", "5 of 6 replicas"), ("zh", "6 个副本中的 5 个")]
)
def test_an_incomplete_run_says_so_and_exits_with_3(
    failing, language, words, tmp_path, monkeypatch, capsys
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sharing, "BORROWERS_A_BATCH", 1)
    failing[0][5] = 2
    small = ["--replicas", "6", "--borrowers", "40", "--months", "1", "--jobs", "1"]
    assert main(["run", "shipped:relief_options", *small, "--lang", language]) == BROKEN
    out = capsys.readouterr().out
    assert words in out
    assert "MemoryError: no room for that" in out
    assert out.splitlines()[-1].startswith("digest ")
    assert Path("runs/relief_options/summary.json").exists()


# Processes that die


def double(number):
    return 2 * number


def die_once(mark):
    """End the process the first time."""
    if not mark.exists():
        mark.touch()
        os._exit(3)
    return "alive"


def test_tasks_in_the_hands_of_a_pool_that_dies_are_tried_again(tmp_path):
    tasks = {number: partial(double, number) for number in range(6)}
    tasks["dies"] = partial(die_once, tmp_path / "mark")
    with Pool(2) as pool:
        done = dict(attempted(pool, tasks))
    assert done == {number: 2 * number for number in range(6)} | {"dies": "alive"}


def test_a_task_whose_process_always_dies_costs_no_other_its_result():
    tasks = {number: partial(double, number) for number in range(6)}
    tasks |= {
        "dies": partial(os._exit, 3),
        "fails": partial(divmod, 1, 0),
        "last": partial(double, 9),
    }
    with Pool(2) as pool:
        done = dict(attempted(pool, tasks))
    dead, failed = done.pop("dies"), done.pop("fails")
    assert isinstance(dead, Failure) and dead.reason.startswith("a worker process ended before")
    assert isinstance(failed, Failure) and failed.reason.startswith("ZeroDivisionError")
    assert done == {number: 2 * number for number in range(6)} | {"last": 18}


def test_a_task_tried_again_at_once_keeps_none_from_its_result(tmp_path):
    tasks = {number: partial(double, number) for number in range(6)}
    tasks |= {"fails": partial(divmod, 1, 0), "dies": partial(die_once, tmp_path / "mark")}
    tasks |= {number: partial(double, number) for number in range(6, 12)}
    with Pool(2) as pool:
        done = dict(attempted(pool, tasks, at_once=True))
    assert isinstance(done.pop("fails"), Failure)
    assert done == {number: 2 * number for number in range(12)} | {"dies": "alive"}


def test_processes_that_die_and_die_again_before_any_task_is_done_end_the_run():
    tasks = {number: partial(os._exit, 3) for number in range(99)}
    with pytest.raises(WorkerError, match="a worker process ended"), Pool(2) as pool:
        list(attempted(pool, tasks))


DYING = """
import os, sys
from sim.experiment import sharing, study
run = study.simulate_batch
def dies(world, policies, replicas, *rest):
    if 3 in replicas:
        os._exit(9)
    return run(world, policies, replicas, *rest)
study.simulate_batch = dies
sharing.BORROWERS_A_BATCH = 1
if __name__ == "__main__":
    from sim.doors.cli.main import main
    sys.exit(main(sys.argv[1:]))
"""


def test_a_run_outlives_a_worker_that_dies(tmp_path):
    (tmp_path / "dying.py").write_text(DYING, encoding="utf-8")
    words = ["run", "shipped:relief_options", "--replicas", "6", "--borrowers", "40"]
    ended = subprocess.run(
        [sys.executable, "dying.py", *words, "--months", "1", "--jobs", "2", "--json"],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert ended.returncode == BROKEN, ended.stderr
    (failed,) = json.loads(ended.stdout)["failures"]
    assert failed["replicas"] == [3]
    assert "a worker process ended" in failed["reason"]
    assert "Traceback" not in ended.stderr
