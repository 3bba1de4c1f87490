"""Live: a comparison for somebody who watches it, from its first replicas on, and may walk away.

An office of worker processes serves many watchers at once. Each has a comparison of its own on its
way, which grows in rounds and is stopped at the end of a month; results are kept by their content,
so that a policy that nobody changed is simulated once, whoever asked for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, wait
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Condition, Lock, Thread
from types import TracebackType
from typing import Final, ParamSpec, TypeVar

from sim.experiment.compare import Comparison, compare
from sim.experiment.results import InMemory
from sim.experiment.search import Fortune, Found, search
from sim.experiment.simulate import BatchLedgers, LastSeasoned, simulate_batch
from sim.experiment.story import Person, Story, stories
from sim.experiment.workers import WorkerError, WorkerProcesses, Workers
from sim.parameter import ForbearError
from sim.scenario.schema import Cohort, Policy, Scenario, World
from sim.scenario.world import FEWEST_REPLICAS

P = ParamSpec("P")
T = TypeVar("T")

GROWTH: Final = 2
"""A round has so many times the replicas of the one before."""
SEASONED_ROWS: Final = 100_000
"""Borrowers whose seasoned books a worker keeps: some 80 MB."""


class AbandonedError(ForbearError):
    """Nobody waits for this any more."""


class Office:
    """Worker processes and kept results that all who watch share.

    ``close`` ends it; it ends with its process, too.
    """

    def __init__(self, jobs: int) -> None:
        """Open an office of so many workers, which start at once."""
        self.jobs = jobs
        self.store = InMemory()
        self._pool = WorkerProcesses(jobs)
        self._one_at_a_time = Lock()
        self._folder = TemporaryDirectory(prefix="forbear-")
        self._numbers = count()
        for _ in range(jobs):
            self._pool.submit(_ready)

    def begin(self, scenario: Scenario) -> Live:
        """Return a comparison on its way."""
        return Live(scenario, self, self.permit())

    def permit(self) -> Path:
        """Return a file that says that somebody waits; who waits no more deletes it."""
        permit = Path(self._folder.name, str(next(self._numbers)))
        permit.touch()
        return permit

    def submit(self, work: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Return the future of any other work, done by one of the workers."""
        pool = self._pool
        try:
            return pool.submit(work, *args, **kwargs)
        except BrokenProcessPool:  # a worker died since: it takes new ones with it, not this work
            self.replace(pool)
            return self._pool.submit(work, *args, **kwargs)

    def pool(self) -> Workers:
        """Return the workers there are now."""
        return self._pool

    def replace(self, broken: Workers) -> None:
        """Put new workers in the place of those that are ``broken``, unless somebody has."""
        with self._one_at_a_time:
            if self._pool is broken:
                self._pool = WorkerProcesses(self.jobs)
        broken.shutdown(wait=False, cancel_futures=True)

    def close(self) -> None:
        """End the workers, in the middle of whatever they do."""
        self._pool.__exit__(AbandonedError, None, None)
        self._folder.cleanup()


class _Desk(Workers):
    """The workers of an office, as one study sees them: leaving leaves them running."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._pool = office.pool()

    @property
    def jobs(self) -> int:
        """As many as the office has."""
        return self._office.jobs

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Return the future of a task."""
        return self._pool.submit(fn, *args, **kwargs)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave; workers that died are replaced."""
        if isinstance(error, WorkerError):
            self._office.replace(self._pool)


class Live:
    """A comparison on its way, which anybody may look at any time.

    ``latest``: what the replicas so far say, None before the first of them are there. ``error``:
    what ended it. ``done`` of ``total``: how far the round is; ``is_over``: nothing will change.
    """

    def __init__(self, scenario: Scenario, office: Office, permit: Path) -> None:
        """Begin; ``permit`` is the file that workers look for."""
        self.scenario = scenario
        self.latest: Comparison | None = None
        self.error: Exception | None = None
        self.done, self.total = 0, 0
        self.is_over = False
        self.is_stopped = False
        self._news = Condition()
        self._office = office
        self._permit = permit
        self._thread = Thread(target=self._work, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Have it stop at the end of the month that is being simulated; ``latest`` stays."""
        if not self.is_over:
            self._permit.unlink(missing_ok=True)
            with self._news:
                self.is_stopped = True
                self._news.notify_all()

    def wait(self, seconds: float | None = None) -> None:
        """Wait until it is over, at most so many seconds."""
        self._thread.join(seconds)

    def has_news(self, seen: Comparison | None, seconds: float) -> bool:
        """Return whether there is a later picture than ``seen``, or no more; wait so long."""
        with self._news:
            return self._news.wait_for(
                lambda: self.is_over or self.is_stopped or self.latest is not seen, timeout=seconds
            )

    @property
    def is_whole(self) -> bool:
        """Whether it has all replicas of its scenario."""
        replicas = self.scenario.world.replicas
        return self.latest is not None and self.latest.scenario.world.replicas == replicas

    def _work(self) -> None:
        try:
            for replicas in rounds(self.scenario.world.replicas):
                compared = self._compared(replicas)
                with self._news:
                    self.latest = compared
                    self._news.notify_all()
        except AbandonedError:
            pass
        except Exception as error:  # told to whoever watches: there is nobody above
            self.error = error
        finally:
            self._permit.unlink(missing_ok=True)
            with self._news:
                self.is_over = True
                self._news.notify_all()

    def _compared(self, replicas: int) -> Comparison:
        world = self.scenario.world
        change: dict[str, object] = {"world": world.model_copy(update={"replicas": replicas})}
        if replicas < world.replicas:
            change["cases"] = ()  # told of with the last round: they would delay the first
        return compare(
            self.scenario.model_copy(update=change),
            store=self._office.store,
            workers=partial(_Desk, self._office),
            simulate=partial(simulate_permitted, self._permit),
            progress=self._progress,
        )

    def _progress(self, done: int, total: int) -> None:
        self.done, self.total = done, total
        if self.is_stopped:
            raise AbandonedError


def rounds(replicas: int) -> Iterator[int]:
    """Yield with how many replicas there is something to see: first the fewest with an interval."""
    seen = FEWEST_REPLICAS
    while seen < replicas:
        yield seen
        seen *= GROWTH
    yield replicas


_seasoned: Final = LastSeasoned(SEASONED_ROWS)
"""What this worker process has seasoned."""


def simulate_permitted(
    permit: Path,
    world: World,
    policies: Mapping[str, Policy],
    replicas: Sequence[int],
    cohorts: Sequence[Cohort],
    baseline: Policy,
) -> BatchLedgers:
    """Return what ``simulate_batch`` does; AbandonedError at the end of a month without permit."""

    def look(day: int) -> None:
        if not permit.exists():
            raise AbandonedError(f"nobody waits for it any more, on day {day}")

    look(0)
    return simulate_batch(world, policies, replicas, cohorts, baseline, _seasoned, look)


def is_done(future: Future[T], seconds: float) -> bool:
    """Return whether other work of an office is done; wait so long."""
    return bool(wait([future], seconds).done)


def _ready() -> None:
    """Have this worker process import what it needs."""


def tell(
    permit: Path,
    scenario: Scenario,
    policies: tuple[str, str],
    wanted: Person | tuple[Fortune, int, int],
) -> tuple[Found | None, Person | None, tuple[Story, ...]]:
    """Return a person's stories; AbandonedError at the end of a month without permit.

    ``wanted`` is the person, or the fortune under the second policy, which of those who share it,
    from 1, and the replica; then who was found comes along, and there may be no person.
    """

    def look(day: int) -> None:
        if not permit.exists():
            raise AbandonedError(f"nobody waits for it any more, on day {day}")

    look(0)
    found, person = None, wanted
    if not isinstance(person, Person):
        fortune, which, replica = person
        found = search(scenario, policies[1], replica, look)
        numbers = found.of(fortune)
        if which > len(numbers):
            return found, None, ()
        person = Person(number=numbers[which - 1], replica=replica)
        look(0)
    return found, person, stories(scenario, person, policies)
