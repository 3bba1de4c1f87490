"""Beyond one machine: a real scheduler, real workers, and what happens when one of them dies.

All of them are processes of their own on loopback, at ports of the system's choice. A worker here
has no nanny, so that a killed one stays dead.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from functools import partial
from operator import mul
from pathlib import Path
from types import SimpleNamespace

import pytest

from sim.doors.cli.main import BROKEN, INTERRUPTED, OK, WRONG_INPUT, main
from sim.experiment.compare import compare
from sim.experiment.workers import ClusterError, WorkerError, executor, finished
from sim.scenario.load import load

ROOT = Path(__file__).parents[1]
RUN = ["run", "shipped:relief_options", "--no-record", "--quiet"]
SMALL = ["--replicas", "4", "--borrowers", "500", "--months", "12"]
ENOUGH = 120  # seconds, however busy the machine

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")


@pytest.fixture(autouse=True)
def bounded_in_time():
    """A test that hangs fails."""

    def fail(*_):
        raise TimeoutError("this takes for ever")

    before = signal.signal(signal.SIGALRM, fail)
    signal.alarm(2 * ENOUGH)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


class Machines:
    """A scheduler, the workers that join it, and a client that watches them."""

    def __init__(self, folder, **settings):
        self.folder = folder
        self.settings = settings
        self.everywhere = ["--host", "127.0.0.1", "--no-dashboard"]
        self.everywhere += ["--scheduler-file", folder / "scheduler.json"]
        self.processes = []
        self.log = open(folder / "log.txt", "w")  # noqa: SIM115 - it ends with the processes
        self.scheduler = self.start("scheduler", "--port", "0")
        place = folder / "scheduler.json"
        while not place.exists() or not place.read_text():
            assert self.scheduler.poll() is None, (folder / "log.txt").read_text()
            time.sleep(0.05)
        self.address = json.loads(place.read_text())["address"]
        self.watcher = watching(self.address)

    def start(self, role, *options, **environment):
        process = subprocess.Popen(
            [sys.executable, "-m", "dask", role, *options, *self.everywhere],
            env=os.environ | {"PYTHONPATH": str(ROOT)} | self.settings | environment,
            cwd=self.folder,
            stdout=self.log,
            stderr=self.log,
            start_new_session=True,
        )
        self.processes.append(process)
        return process

    def worker(self, **environment):
        """Another one has joined."""
        options = ["--no-nanny", "--nthreads", "1", "--local-directory", self.folder]
        process = self.start("worker", *options, **environment)
        end = time.monotonic() + ENOUGH
        while process.pid not in self.watcher.run(os.getpid).values():
            assert process.poll() is None, (self.folder / "log.txt").read_text()
            assert time.monotonic() < end, (self.folder / "log.txt").read_text()
            time.sleep(0.05)
        return process

    def at_work(self):
        """The processes that have a task of a run just now."""
        pids = self.watcher.run(os.getpid)
        busy = self.watcher.processing()
        return [
            pids[address]
            for address, tasks in busy.items()
            if any(str(task).startswith("forbear-") for task in tasks)
        ]

    def wait_for_work(self, program, workers=1):
        """So many workers are at the work of a program; return their processes."""
        while len(busy := self.at_work()) < workers:
            log = (self.folder / "log.txt").read_text()
            assert program.poll() is None, (*program.communicate(), log)
            time.sleep(0.02)
        return busy

    def tasks(self):
        """The names of all tasks that the scheduler knows."""
        return self.watcher.run_on_scheduler(lambda dask_scheduler: sorted(dask_scheduler.tasks))

    def end(self):
        self.watcher.close(timeout=10)
        for process in reversed(self.processes):
            process.kill()
            process.wait()
        self.log.close()


def watching(address):
    from distributed import Client

    return Client(address, set_as_default=False)


@contextmanager
def machines(folder, workers=2, **settings):
    pytest.importorskip("distributed", reason="needs forbear[cluster]")
    started = Machines(folder, **settings)
    try:
        for _ in range(workers):
            started.worker()
        yield started
    finally:
        started.end()


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    """Two workers that no test harms."""
    with machines(tmp_path_factory.mktemp("two")) as started:
        yield started


@contextmanager
def running(*arguments):
    """``forbear run`` as a process, deaf to nothing."""
    program = subprocess.Popen(
        [sys.executable, "-m", "sim", *RUN, *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.default_int_handler),
    )
    try:
        yield program
    finally:
        program.kill()
        program.communicate()


def ended(program):
    out, err = program.communicate(timeout=ENOUGH)
    assert "Traceback" not in err, err
    return SimpleNamespace(code=program.returncode, out=out, err=err)


@pytest.fixture(scope="module")
def alone():
    """What is printed where one process does it all."""
    with running(*SMALL, "--jobs", "1") as program:
        done = ended(program)
    assert done.code == OK
    return done.out


def test_the_command_line_prints_the_same_from_a_cluster(two, alone):
    with running(*SMALL, "--scheduler", two.address) as program:
        done = ended(program)
    assert (done.code, done.err) == (OK, "")
    assert done.out == alone


def test_every_worker_gets_a_share_whatever_the_jobs_here(two):
    size = {"world.replicas": 4, "world.borrowers": 50, "world.months": 2}
    scenario = load("shipped:relief_options", size)
    units = []
    compare(scenario, progress=lambda *now: units.append(now), scheduler=two.address)
    reports = 1 + 2 + bool(scenario.cases)  # one at the beginning, and one a task
    assert len(units) == reports


def test_a_worker_killed_at_its_work_changes_no_number(tmp_path, alone):
    with (
        machines(tmp_path) as started,
        running(*SMALL, "--scheduler", started.address) as program,
    ):
        victim, _ = started.wait_for_work(program, workers=2)
        os.kill(victim, signal.SIGKILL)
        done = ended(program)
        (survivor,) = started.watcher.run(os.getpid).values()
    assert survivor != victim
    assert (done.code, done.err) == (OK, "")
    assert done.out == alone


def test_a_worker_that_joins_later_gets_work(tmp_path):
    with machines(tmp_path, workers=1) as started, executor(1, started.address) as workers:
        tasks = [partial(mul, number, number) for number in range(3)]
        tasks += [partial(time.sleep, 0.2)] * 40
        results = finished(workers, tasks)
        assert workers.jobs == 1
        next(results)
        newcomer = started.worker()
        assert workers.jobs == 2
        next(results)
        end = time.monotonic() + ENOUGH
        while newcomer.pid not in started.at_work():
            next(results)
            assert time.monotonic() < end


def test_results_and_errors_arrive_as_they_were(two):
    with executor(1, two.address) as workers:
        tasks = [partial(mul, number, number) for number in range(10)]
        assert sorted(finished(workers, tasks)) == [n * n for n in range(10)]
        with pytest.raises(ZeroDivisionError):
            list(finished(workers, [partial(divmod, 1, 0)]))


def test_a_task_that_ends_every_worker_is_one_clear_error(tmp_path):
    once_more = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"}
    with machines(tmp_path, **once_more) as started, executor(1, started.address) as workers:
        with pytest.raises(WorkerError, match=r"a task ended 2 workers .* memory ran out"):
            list(finished(workers, [partial(os._exit, 3)]))
        assert workers.jobs == 1, "whoever joins may go on"


def test_a_scheduler_that_goes_away_ends_the_run_in_words(tmp_path):
    with (
        machines(tmp_path, workers=1) as started,
        running(*SMALL, "--scheduler", started.address) as program,
    ):
        started.wait_for_work(program)
        started.scheduler.kill()
        done = ended(program)
    assert done.code == BROKEN
    assert done.out == ""
    assert f"the scheduler at {started.address} was lost" in done.err


def test_ctrl_c_ends_the_run_and_drops_its_tasks_and_no_other(tmp_path):
    with (
        machines(tmp_path) as started,
        running(*SMALL, "--scheduler", started.address) as program,
    ):
        started.wait_for_work(program, workers=2)
        other = started.watcher.submit(mul, 6, 7, key="somebody else's")
        os.killpg(program.pid, signal.SIGINT)
        done = ended(program)
        end = time.monotonic() + ENOUGH
        while started.tasks() != ["somebody else's"]:
            assert time.monotonic() < end, started.tasks()
            time.sleep(0.05)
        assert other.result(timeout=ENOUGH) == 42
    assert done.code == INTERRUPTED
    assert done.err.strip() == "forbear: interrupted; nothing was left half-written"


# What cannot be used


def other_program(folder):
    """A folder with a Forbear that differs in one comment."""
    (folder / "sim").mkdir()
    for path in (ROOT / "sim").rglob("*.py"):
        copy = folder / "sim" / path.relative_to(ROOT / "sim")
        copy.parent.mkdir(exist_ok=True)
        copy.write_text(path.read_text("utf-8"), "utf-8")
    with open(folder / "sim" / "luck.py", "a") as file:
        file.write("# changed\n")
    return folder


def no_program(folder):
    """A folder that hides Forbear, should it be installed."""
    hidden = 'raise ModuleNotFoundError("No module named \'sim\'", name="sim")\n'
    (folder / "sim.py").write_text(hidden)
    return folder


@pytest.mark.parametrize(
    ("found", "said"),
    [(other_program, "another program's; install the same"), (no_program, "No module named 'sim'")],
)
def test_a_worker_with_another_program_is_refused(found, said, tmp_path, capsys):
    (tmp_path / "there").mkdir()
    with machines(tmp_path, workers=0) as started:
        started.worker(PYTHONPATH=str(found(tmp_path / "there")))
        assert main([*RUN, *SMALL, "--scheduler", started.address]) == WRONG_INPUT
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
    assert err.count("\n") == 1


@pytest.fixture
def impatient(monkeypatch):
    pytest.importorskip("distributed", reason="needs forbear[cluster]")
    monkeypatch.setattr("sim.experiment.cluster.PATIENCE", 0.5)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("listens", [False, True], ids=["nobody", "somebody else"])
def test_a_scheduler_that_does_not_answer_is_wrong_input(listens, capsys):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        if listens:
            taken.listen()
        address = f"tcp://127.0.0.1:{taken.getsockname()[1]}"
        assert main([*RUN, "--scheduler", address]) == WRONG_INPUT
    out, err = capsys.readouterr()
    assert (out, err) == ("", f"no Dask scheduler at '{address}': no answer within 0.5 seconds\n")


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("address", ["", "nonsense", "tcp://127.0.0.1", "post://127.0.0.1:1"])
def test_an_address_that_is_none_is_wrong_input(address, capsys):
    assert main([*RUN, "--scheduler", address]) == WRONG_INPUT
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"no Dask scheduler at '{address}': ")
    assert err.count("\n") == 1


@pytest.mark.usefixtures("impatient")
def test_a_worker_is_no_scheduler(two):
    (address, *_) = two.watcher.nthreads()
    with pytest.raises(ClusterError, match="what answers is a Worker"):
        executor(1, address)


@pytest.mark.usefixtures("impatient")
def test_a_scheduler_without_workers_is_wrong_input(tmp_path):
    with (
        machines(tmp_path, workers=0) as started,
        pytest.raises(ClusterError, match=r"no worker has joined .*: dask worker tcp://127"),
    ):
        executor(1, started.address)


def test_without_the_extra_one_message_says_what_to_install(monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "distributed", None)
    monkeypatch.delitem(sys.modules, "sim.experiment.cluster", raising=False)
    assert main([*RUN, "--scheduler", "tcp://127.0.0.1:8786"]) == WRONG_INPUT
    out, err = capsys.readouterr()
    assert out == ""
    assert "pip install 'forbear[cluster]'" in err
    assert err.count("\n") == 1


def test_nothing_of_dask_is_imported_unless_a_scheduler_is_given():
    program = """
import sys
from sim.doors.cli.main import main
assert main(sys.argv[1:]) == 0
assert not {"distributed", "dask", "sim.experiment.cluster"} & set(sys.modules)
"""
    small = ["--replicas", "1", "--borrowers", "20", "--months", "1", "--jobs", "1"]
    done = subprocess.run(
        [sys.executable, "-c", program, *RUN, *small],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=ENOUGH,
    )
    assert done.returncode == 0, done.stderr
