"""Tasks on a cluster: the executor of a Dask scheduler and of the workers that have joined it.

Dask finds a worker that is free, and gives another one what a worker took along when it died. What
travels is small: a task with its settings there, its result back. No number may depend on who
computed it, so every task names the program it is for, and a worker with another one refuses it.
"""

from __future__ import annotations

import asyncio
import logging
import pickle
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from contextlib import suppress
from functools import partial
from types import TracebackType
from typing import Any, Final, ParamSpec, TypeVar
from uuid import uuid4

from distributed import Client, KilledWorker, Security, get_worker, rpc

from sim.experiment.program import called
from sim.experiment.workers import ClusterError, WorkerError, Workers, interrupts_held_back

P = ParamSpec("P")
T = TypeVar("T")

PATIENCE: Final = 5
"""Seconds for a scheduler to answer, and again for the first worker to join it."""


PROGRAM: Final = called()  # now: a worker may go on for weeks after its files were replaced


class Parcel:
    """A task that is done where it is unpickled, if the program there is the same.

    Unpickling is all a worker is asked for, and every Python can. A worker without Forbear then
    fails at the task and can say so; a function it does not know it could not even receive.
    """

    def __init__(self, task: Callable[[], object]) -> None:
        """Wrap a task that can be pickled."""
        self._task = pickle.dumps(task)

    def __reduce__(self) -> tuple[Callable[[str, bytes], Any], tuple[str, bytes]]:
        """Make pickle call ``perform`` in place of building a parcel."""
        return perform, (PROGRAM, self._task)


def perform(program: str, task: bytes) -> Any:
    """Return what a task comes to; ClusterError if this worker's program is not ``program``."""
    if program != PROGRAM:
        raise ClusterError(
            f"the worker at {get_worker().address} has {PROGRAM}, this run has {program}: "
            "its numbers would be another program's; install the same on every machine"
        )
    return pickle.loads(task)()


class Cluster(Workers):
    """An executor whose tasks are done by the workers of a scheduler, each thread one at a time."""

    def __init__(self, scheduler: str) -> None:
        """Join the scheduler at an address such as ``tcp://127.0.0.1:8786``.

        Raises ClusterError if no scheduler answers there, or no worker has joined it.
        """
        self._address = scheduler
        # What it would log with tracebacks, a scheduler that is gone, is said here in words.
        logging.getLogger("distributed.client").setLevel(logging.CRITICAL)
        with interrupts_held_back():  # from the threads of the client, too
            try:
                asyncio.run(_answer(scheduler))
                self._client = Client(scheduler, timeout=PATIENCE, set_as_default=False)
            except Exception as error:  # an address can be wrong in many ways
                reason = str(error) or f"no answer within {PATIENCE} seconds"
                raise ClusterError(f"no Dask scheduler at {scheduler!r}: {reason}") from error
        try:
            self._client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError as error:
            self._client.close()
            raise ClusterError(
                f"no worker has joined the scheduler at {scheduler!r}: dask worker {scheduler}"
            ) from error

    @property
    def jobs(self) -> int:
        """How many threads the workers have now; 1 if all are gone, for those who come after."""
        try:
            threads: dict[str, int] = self._client.nthreads()
        except OSError as error:
            raise self._lost() from error
        return max(1, sum(threads.values()))

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Return the future of a task, which Dask does again if its worker dies."""
        parcel = pickle.dumps(Parcel(partial(fn, *args, **kwargs)))
        result: Future[T] = Future()
        with interrupts_held_back():
            # The key is nobody else's: whoever else runs this task shares none of its fate.
            there = self._client.submit(pickle.loads, parcel, key=f"forbear-{uuid4()}")
            there.add_done_callback(partial(self._pass_on, result))
        return result

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Leave the scheduler, which drops what was submitted and nobody else waits for."""
        with suppress(TimeoutError):  # a scheduler that no longer answers sees us gone all the same
            self._client.close()

    def _pass_on(self, result: Future[T], there: Any) -> None:
        """Give ``result`` the outcome of a task, put in words if that is Dask's own."""
        try:
            result.set_result(there.result())
        except KilledWorker as error:
            died = error.allowed_failures + 1
            outcome: Exception = WorkerError(
                f"a task ended {died} workers of {self._address}, one after the other; most often "
                "memory ran out: try fewer borrowers, or fewer workers on a machine"
            )
        except CancelledError:
            outcome = self._lost()
        except ModuleNotFoundError as error:
            outcome = ClusterError(
                f"a worker of {self._address} lacks what it needs ({error}): "
                "install the same forbear[cluster] on every machine"
            )
        except Exception as error:
            outcome = error
        else:
            return
        result.set_exception(outcome)

    def _lost(self) -> WorkerError:
        return WorkerError(f"the scheduler at {self._address} was lost before the work was done")


async def _answer(scheduler: str) -> None:
    """Wait for a scheduler's answer; a client would wait for ever where something else listens."""
    arguments = Security().get_connection_args("client")
    async with asyncio.timeout(PATIENCE), rpc(scheduler, connection_args=arguments) as there:
        answer = await there.identity()
    if answer["type"] != "Scheduler":
        raise ValueError(f"what answers is a {answer['type']}")
