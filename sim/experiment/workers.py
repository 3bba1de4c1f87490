"""Where tasks run: in this process, in worker processes or on a cluster, behind one ``Executor``.

Nothing here knows what a task is, and no number depends on where one ran. Ctrl-C reaches this
process alone; it then ends its workers, so that nothing keeps running and nobody prints twice.
"""

from __future__ import annotations

import os
import signal
from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from itertools import islice
from multiprocessing import get_context, parent_process
from queue import Empty, SimpleQueue
from threading import Thread, current_thread, main_thread
from types import FrameType, TracebackType
from typing import ParamSpec, TypeVar

from sim.parameter import ForbearError

P = ParamSpec("P")
T = TypeVar("T")


class WorkerError(ForbearError):
    """A worker process, or a whole cluster, ended before its work was done."""


class ClusterError(ForbearError):
    """A cluster that cannot be used: not installed for, not to be reached, or another program's."""


class Workers(Executor):
    """An executor that knows how much it can do; leaving its context by an error drops the rest."""

    @property
    @abstractmethod
    def jobs(self) -> int:
        """How many tasks it does at a time, at least 1; on a cluster that may change."""


def executor(jobs: int, scheduler: str | None = None) -> Workers:
    """Return an executor for ``jobs`` tasks at a time, or the cluster of the Dask ``scheduler``.

    With more than one job a script must guard its own code with ``if __name__ == "__main__"``,
    because every worker imports it afresh. Raises ClusterError for a cluster that cannot be used.
    """
    if jobs < 1:
        raise ValueError(f"jobs must be at least 1, not {jobs}")
    if scheduler is None:
        return ThisProcess() if jobs == 1 else WorkerProcesses(jobs)
    try:
        from sim.experiment.cluster import Cluster  # few people install what it needs
    except ModuleNotFoundError as error:
        raise ClusterError(
            f"a cluster needs Dask ({error}): pip install 'forbear[cluster]'"
        ) from error
    return Cluster(scheduler)


def finished(workers: Workers, tasks: Iterable[Callable[[], T]]) -> Iterator[T]:
    """Yield the tasks' results as they come, in any order; no more are submitted than can be done.

    Raises what a task raised, and WorkerError when a worker process died.
    """
    # Ctrl-C may strike anywhere. Waiting for a SimpleQueue is atomic; concurrent.futures.wait is
    # not: struck in the wrong line it leaves a future locked, and the pool could never be closed.
    done: SimpleQueue[Future[T]] = SimpleQueue()
    waiting = iter(tasks)
    submitted = 0
    try:
        while True:
            for task in islice(waiting, max(0, workers.jobs - submitted)):
                future = workers.submit(task)
                with interrupts_held_back():
                    future.add_done_callback(done.put)
                submitted += 1
            if not submitted:
                return
            result = _first(done).result()
            submitted -= 1
            yield result
    except BrokenProcessPool:
        raise WorkerError(
            "a worker process ended before its work was done; most often memory ran out: "
            "try fewer jobs, fewer borrowers or smaller batches"
        ) from None


def _first(done: SimpleQueue[T]) -> T:
    while True:
        with suppress(Empty):
            return done.get(timeout=0.2)  # Windows hears Ctrl-C only between two waits


class ThisProcess(Workers):
    """An executor that runs each task at once, where it is submitted."""

    jobs = 1

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Return a future that is done; Ctrl-C is raised here, not kept in it."""
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


class WorkerProcesses(ProcessPoolExecutor, Workers):
    """A pool of freshly started processes that ends with its context, at once after an error."""

    def __init__(self, jobs: int) -> None:
        """Make a pool of at most ``jobs`` processes, started when there is work for them."""
        self._jobs = jobs
        super().__init__(jobs, mp_context=get_context("spawn"), initializer=_settle_in)

    @property
    def jobs(self) -> int:
        """As many as it was made for."""
        return self._jobs

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Return the future of a task; a process started for it is deaf to Ctrl-C from birth."""
        with interrupts_held_back():
            return super().submit(fn, *args, **kwargs)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Wait for all tasks, or after an error end the processes in the middle of theirs."""
        if kind is not None:
            # Before Python 3.14 there is no public way to end the processes of a pool.
            for process in list((self._processes or {}).values()):
                process.terminate()
        self.shutdown(wait=True, cancel_futures=kind is not None)


@contextmanager
def interrupts_held_back() -> Iterator[None]:
    """Hold Ctrl-C back meanwhile; a process started inside never receives one (POSIX).

    A new process inherits the mask. Ignoring the signal once it runs would be too late: it takes
    its time to import, and would meet Ctrl-C there with a traceback. The mask is this thread's
    alone: another one may take the signal, and it is then the handler that holds it back.
    """
    held: list[tuple[int, FrameType | None]] = []
    handler = signal.getsignal(signal.SIGINT)
    is_heard = callable(handler) and current_thread() is main_thread()  # Python tells no other
    if is_heard:
        signal.signal(signal.SIGINT, lambda number, frame: held.append((number, frame)))
    has_masks = hasattr(signal, "pthread_sigmask")
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT}) if has_masks else ()
    try:
        yield
    finally:
        if has_masks:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        if is_heard:
            signal.signal(signal.SIGINT, handler)
        if held and callable(handler):
            handler(*held[0])


def _settle_in() -> None:
    """Make this worker process ignore Ctrl-C and end when the process that started it is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
