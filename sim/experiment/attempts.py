"""Tasks tried twice: what fails twice is told and costs no other task its result.

A worker process that dies takes those of its pool along, and nobody says whose fault it was. So all
tasks in its hands are tried again, each alone, which is also what helps where memory ran out.
"""

from __future__ import annotations

import traceback
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from sim.experiment.workers import ClusterError, WorkerError, Workers, executor, finished
from sim.parameter import ForbearError

K = TypeVar("K")
T = TypeVar("T")


@dataclass(frozen=True)
class Failure:
    """Why a task came to nothing: in a line, and where."""

    reason: str
    trace: str = ""


class Pool(ExitStack):
    """The context of an executor that is made anew when one of its processes has died."""

    def __init__(
        self,
        jobs: int,
        scheduler: str | None = None,
        workers: Callable[[], Workers] | None = None,
    ) -> None:
        """Make an executor for ``jobs`` tasks at a time, that of a Dask ``scheduler``, or yours."""
        super().__init__()
        self.is_elsewhere = scheduler is not None or workers is not None
        """Whether its processes are not its own, and are there already."""
        self._make = workers or partial(executor, jobs, scheduler)
        self.executor: Workers = self.enter_context(self._make())
        self.useful = False
        """Whether any task has been done in it, or in one before it."""

    @property
    def jobs(self) -> int:
        """How many tasks it does at a time."""
        return self.executor.jobs

    @property
    def is_ready(self) -> bool:
        """Whether its workers need no time to start."""
        return self.is_elsewhere or self.useful

    def renew(self, error: WorkerError) -> None:
        """Put a new executor in the place of the one that ``error`` broke."""
        self.__exit__(WorkerError, error, None)
        try:
            self.executor = self.enter_context(self._make())
        except ClusterError:
            raise error from None  # it was there before: nobody has mistyped an address


def attempted(
    pool: Pool, tasks: Mapping[K, Callable[[], T]], *, at_once: bool = False
) -> Iterator[tuple[K, T | Failure]]:
    """Yield each task's name with its result, or with its failure, once more tried, at the end.

    With ``at_once`` no task is begun between a failure and the second try. Raises ForbearError if a
    task raises one, and WorkerError if the processes die and die again before any task is done.
    """
    waiting = deque(tasks)
    begun: dict[K, None] = {}  # in their order
    again: list[K] = []

    def next_tasks() -> Iterator[Callable[[], tuple[K, T | Failure]]]:
        while waiting and not (again and at_once):
            name = waiting.popleft()
            begun[name] = None
            yield partial(_try, name, tasks[name])

    deaths = 0
    while waiting:
        try:
            for name, result in finished(pool.executor, next_tasks()):
                del begun[name]
                if isinstance(result, Failure):
                    again.append(name)
                else:
                    pool.useful = True
                    yield name, result
        except WorkerError as error:
            deaths += 1
            if deaths > 1 and not pool.useful:
                raise
            pool.renew(error)
            again += begun
            begun.clear()
        if at_once or not waiting:
            for name in again:
                yield name, _alone(pool, name, tasks[name])
            again.clear()


def _alone(pool: Pool, name: K, task: Callable[[], T]) -> T | Failure:
    """Return what a task comes to when nothing runs beside it."""
    try:
        ((_, result),) = finished(pool.executor, [partial(_try, name, task)])
    except WorkerError as error:
        pool.renew(error)
        return Failure(str(error))
    pool.useful |= not isinstance(result, Failure)
    return result


def _try(name: K, task: Callable[[], T]) -> tuple[K, T | Failure]:
    """Return a task's result, or its failure; what is wrong with the input is raised."""
    try:
        return name, task()
    except ForbearError:
        raise
    except Exception as error:
        reason = " ".join(f"{type(error).__name__}: {error}".split())
        return name, Failure(reason, traceback.format_exc())
