"""Work is cut so that all jobs are busy, and none is seasoned more often than it pays."""

import pytest

from sim.experiment.sharing import batches, groups, share_out
from sim.scenario.schema import World


def world(borrowers, months=24, burn_in=6, **more):
    return World(borrowers=borrowers, months=months, burn_in_months=burn_in, **more)


@pytest.mark.parametrize(
    ("borrowers", "policies", "replicas", "jobs", "cut"),
    [
        (2_000, 4, 10, 1, (10, 1)),  # one job: all side by side, seasoned once
        (2_000, 4, 10, 2, (10, 2)),  # few rows: each job takes half of the policies
        (2_000, 1, 10, 2, (10, 1)),  # one policy of few rows: a second job would not pay
        (10_000, 5, 30, 2, (15, 1)),  # many rows: each job takes half of the replicas
        (150_000, 1, 4, 2, (1, 1)),  # no more side by side than memory holds
        (1_000_000, 3, 1, 3, (1, 3)),  # one large replica: each job takes a policy
    ],
)
def test_the_cut_is_the_one_that_ends_first(borrowers, policies, replicas, jobs, cut):
    assert share_out(world(borrowers), policies, replicas, jobs) == cut


def test_new_loans_take_room_too():
    assert share_out(world(50_000), 1, 4, 1) == (4, 1)
    assert share_out(world(50_000, new_loans_per_month=10_000), 1, 4, 1) == (1, 1)


def test_a_size_that_is_given_is_kept():
    assert share_out(world(2_000), 4, 10, 2, size=3)[0] == 3


@pytest.mark.parametrize("count", range(1, 6))
def test_every_policy_is_in_one_group_and_groups_are_alike(count):
    cut = list(groups("abcde", count))
    assert [policy for group in cut for policy in group] == list("abcde")
    sizes = [len(group) for group in cut]
    assert len(cut) == count and max(sizes) - min(sizes) <= 1


def test_every_replica_is_in_one_batch():
    assert [list(batch) for batch in batches(5, 2)] == [[0, 1], [2, 3], [4]]


def test_workers_that_are_ready_are_not_all_used_for_what_one_does_as_soon():
    assert share_out(world(2_000), 1, 5, 2, ready=True) == (5, 1)
    assert share_out(world(20_000), 1, 5, 2, ready=True) == (3, 1)


def test_workers_that_are_ready_are_used_for_less():
    little = world(50, months=2)
    assert share_out(little, 4, 4, 2) == (4, 1)
    assert share_out(little, 4, 4, 2, ready=True) == (4, 2)
