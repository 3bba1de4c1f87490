"""Live comparisons: pictures as they grow, the same numbers in the end, an end whenever asked."""

from __future__ import annotations

import time

import pytest

from sim.experiment.compare import compare
from sim.experiment.live import AbandonedError, Office, rounds, simulate_permitted
from sim.scenario.load import load

SMALL = {"world.borrowers": 300, "world.replicas": 12, "world.months": 6}
LARGE = {"world.borrowers": 40_000, "world.replicas": 5, "world.months": 60}


@pytest.fixture(scope="module")
def office():
    office = Office(2)
    yield office
    office.close()


@pytest.fixture(scope="module")
def scenario():
    return load("shipped:relief_options", SMALL)


def ended(live, seconds=120.0):
    live.wait(seconds)
    assert live.is_over
    return live


def test_the_first_round_is_the_smallest_with_an_interval_and_the_last_is_whole():
    assert list(rounds(20)) == [5, 10, 20]
    assert list(rounds(12)) == [5, 10, 12]
    assert list(rounds(5)) == [5]
    assert list(rounds(2)) == [2]


def test_it_grows_and_ends_with_the_numbers_of_a_plain_run(office, scenario):
    seen = []
    live = office.begin(scenario)
    while not live.is_over:
        if live.latest is not None and live.latest not in seen:
            seen.append(live.latest)
        time.sleep(0.005)
    assert live.error is None
    assert live.is_whole
    assert len(seen[0].replicas) < 12 or len(seen) == 1
    assert live.latest.digest == compare(scenario).digest
    assert [case.case for case in live.latest.cases]


def test_a_changed_policy_is_all_that_is_simulated_again(office, scenario):
    ended(office.begin(scenario))
    deferral = scenario.policies["deferral"]
    longer = deferral.relief.deferral.model_copy(update={"months": 7})
    relief = deferral.relief.model_copy(update={"deferral": longer})
    changed = scenario.model_copy(
        update={
            "policies": scenario.policies
            | {"deferral": deferral.model_copy(update={"relief": relief})},
            "cases": (),
        }
    )
    kept = []
    keep = office.store.keep
    office.store.keep = lambda arm, result: (kept.append(arm), keep(arm, result))
    try:
        live = ended(office.begin(changed))
    finally:
        office.store.keep = keep
    assert len(set(kept)) == 1
    assert live.latest.digest == compare(changed).digest


def test_whoever_stops_it_keeps_what_was_there_and_the_workers_are_free_again(office, scenario):
    large = load("shipped:relief_options", LARGE)
    live = office.begin(large)
    time.sleep(1.0)
    live.stop()
    assert live.is_stopped
    ended(live, 30)
    assert live.error is None
    assert not live.is_whole
    assert ended(office.begin(scenario), 60).is_whole


def test_without_a_permit_nothing_is_simulated(tmp_path, scenario):
    with pytest.raises(AbandonedError):
        simulate_permitted(
            tmp_path / "gone", scenario.world, scenario.policies, [0], (), scenario.baseline
        )


def test_two_watchers_at_once_have_their_own(office, scenario):
    other = scenario.model_copy(
        update={"world": scenario.world.model_copy(update={"seed": 5}), "cases": ()}
    )
    lives = [office.begin(scenario), office.begin(other)]
    for live in lives:
        ended(live)
    assert lives[0].latest.scenario.world.seed != lives[1].latest.scenario.world.seed
    assert [live.latest.digest for live in lives] == [
        compare(scenario).digest,
        compare(other).digest,
    ]


def test_what_breaks_is_told_and_costs_nobody_else(office, scenario):
    def broken(*_):
        raise RuntimeError("lightning struck")

    keep = office.store.keep
    office.store.keep = broken
    other = scenario.model_copy(
        update={"world": scenario.world.model_copy(update={"seed": 6}), "cases": ()}
    )
    try:
        live = ended(office.begin(other))
    finally:
        office.store.keep = keep
    assert "lightning struck" in str(live.error)
    assert ended(office.begin(other)).is_whole


def test_a_worker_that_dies_is_replaced(office, scenario):
    import os
    import signal

    large = load("shipped:relief_options", LARGE | {"world.seed": 9})
    other = load("shipped:relief_options", SMALL | {"world.seed": 9})
    before = office.pool()
    live = office.begin(large)
    time.sleep(0.5)
    os.kill(next(iter(before._processes)), signal.SIGKILL)
    live.wait(10)  # it is told at once, or tried once more by new workers
    assert office.pool() is not before
    assert live.error is not None or not live.is_over
    live.stop()
    assert ended(office.begin(other)).is_whole
