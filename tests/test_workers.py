"""Tasks come back whole from anywhere; Ctrl-C and dead workers end a run at once and in words."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from functools import partial
from operator import mul
from pathlib import Path
from threading import Event, Thread

import pytest

from sim.experiment.workers import (
    ThisProcess,
    WorkerError,
    executor,
    finished,
    interrupts_held_back,
)
from sim.parameter import ForbearError

ROOT = Path(__file__).parents[1]
POSIX = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")


@pytest.mark.parametrize("jobs", [1, 2])
def test_every_task_is_done_once_wherever_it_runs(jobs):
    tasks = [partial(mul, number, number) for number in range(10)]
    with executor(jobs) as workers:
        assert sorted(finished(workers, tasks)) == [n * n for n in range(10)]


def test_one_job_runs_in_this_process_and_more_run_elsewhere():
    for jobs, here in ((1, True), (2, False)):
        with executor(jobs) as workers:
            (process,) = finished(workers, [os.getpid])
        assert (process == os.getpid()) is here


@pytest.fixture
def _interruptible():
    """A process that was started in the background of a shell ignores Ctrl-C."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@POSIX
@pytest.mark.usefixtures("_interruptible")
def test_an_interrupt_that_another_thread_takes_is_held_back_and_not_lost():
    inside, past = Event(), []

    def take() -> None:
        inside.wait()
        signal.raise_signal(signal.SIGINT)

    other = Thread(target=take)
    other.start()  # before: a thread started inside would hold it back, too
    with pytest.raises(KeyboardInterrupt), interrupts_held_back():
        inside.set()
        other.join()
        past.append("the block")
    assert past == ["the block"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


@POSIX
@pytest.mark.usefixtures("_interruptible")
def test_an_interrupt_at_this_thread_is_held_back_and_not_lost():
    past = []
    with pytest.raises(KeyboardInterrupt), interrupts_held_back():
        signal.raise_signal(signal.SIGINT)
        past.append("the block")
    assert past == ["the block"]


def test_no_more_tasks_are_begun_than_can_be_done():
    class Growing(ThisProcess):
        jobs = 2

    begun, workers = [], Growing()
    results = finished(workers, [partial(begun.append, number) for number in range(9)])
    next(results)
    assert begun == [0, 1]
    workers.jobs = 5
    next(results)
    assert begun == [0, 1, 2, 3, 4, 5]
    workers.jobs = 1
    assert len(list(results)) == 7


def test_no_tasks_no_results():
    assert list(finished(ThisProcess(), [])) == []


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_a_task_raises_is_raised_here(jobs):
    with pytest.raises(ZeroDivisionError), executor(jobs) as workers:
        list(finished(workers, [partial(divmod, 1, 0)]))


def test_a_worker_that_dies_is_one_clear_error():
    with pytest.raises(WorkerError, match="memory ran out: try fewer jobs"), executor(2) as workers:
        list(finished(workers, [partial(os._exit, 3), partial(mul, 2, 3)]))
    assert issubclass(WorkerError, ForbearError)


def test_an_error_in_this_process_ends_tasks_in_the_middle():
    started = time.monotonic()
    with pytest.raises(KeyboardInterrupt), executor(2) as workers:
        for _ in finished(workers, [partial(mul, 2, 3), partial(time.sleep, 60)]):
            raise KeyboardInterrupt
    assert time.monotonic() - started < 20


def test_there_is_at_least_one_job():
    with pytest.raises(ValueError, match="at least 1"):
        executor(0)


SLEEPERS = """
import os, sys, time
from sim.experiment.workers import executor, finished

def sleep():
    sys.stdout.write(f"{os.getpid()}\\n")  # in one piece: two workers write to one pipe
    sys.stdout.flush()
    time.sleep(60)

if __name__ == "__main__":
    with executor(2) as workers:
        list(finished(workers, [sleep, sleep]))
elif sys.argv[1] == "importing":
    sleep()
"""


@pytest.fixture(params=["importing", "working"])
def sleepers(request, tmp_path):
    """A running program and the number of one of its workers, asleep at its task or before it."""
    script = tmp_path / "sleepers.py"
    script.write_text(SLEEPERS, encoding="utf-8")
    program = subprocess.Popen(
        [sys.executable, script, request.param],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.default_int_handler),
    )
    try:
        yield program, int(program.stdout.readline())
    finally:
        with suppress(ProcessLookupError):
            os.killpg(program.pid, signal.SIGKILL)
        program.communicate()


def gone(process, within):
    """Whether the process is gone, or a corpse nobody collects, ``within`` so many seconds."""
    end = time.monotonic() + within
    while time.monotonic() < end:
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        stat = Path(f"/proc/{process}/stat")
        if stat.exists() and stat.read_text().rpartition(") ")[2].startswith("Z"):
            return True
        time.sleep(0.02)
    return False


@POSIX
def test_ctrl_c_ends_all_processes_and_only_the_parent_speaks(sleepers):
    """From a terminal the signal goes to the whole group; a worker alone is deaf to it."""
    program, worker = sleepers
    os.kill(worker, signal.SIGINT)
    assert not gone(worker, within=0.3)
    os.killpg(program.pid, signal.SIGINT)
    _, errors = program.communicate(timeout=20)
    assert errors.rstrip().endswith("KeyboardInterrupt")
    assert "spawn_main" not in errors and "SpawnProcess" not in errors, errors
    assert gone(worker, within=5)


@POSIX
@pytest.mark.parametrize("sleepers", ["working"], indirect=True)
def test_workers_do_not_outlive_a_killed_parent(sleepers):
    program, worker = sleepers
    program.kill()
    program.wait()
    assert gone(worker, within=10)
