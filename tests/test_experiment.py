"""Policies meet the same luck: nothing but the policy can make a difference between two ledgers."""

import json
from functools import reduce
from hashlib import sha256
from struct import pack

import numpy as np
import pytest

from sim.clock import MONTH
from sim.experiment import simulate
from sim.experiment.cases import simulate_cases
from sim.experiment.compare import compare, conclude, yardstick
from sim.experiment.digest import digest
from sim.experiment.sharing import batches
from sim.experiment.simulate import simulate_batch
from sim.rules.measures import METRICS, Staffing, UnitCosts
from sim.scenario.schema import Case, Label, Policy, Scenario, World

LABEL = Label(en="Nobody's question", zh="无人的问题")
WORLD = World(borrowers=120, replicas=5, months=6, burn_in_months=2, seed=11)
TINY = World(borrowers=5, replicas=5, months=1, burn_in_months=0)
DEFERRAL = {"relief": {"deferral": {"months": 3}}}
WAIVER = {"relief": {"penalty_waiver": {"share": 0.5}}}
FIRM = {"collections": {"intensity": 2.0}}
SCARCE = {
    "relief": {"deferral": {"months": 2}, "desk": {"reviewers": 1, "minutes_per_reviewer_day": 30}},
    "collections": {"agents": 1, "minutes_per_agent_day": 60},
}
ILLNESS = Case.model_validate({"name": "falls ill", "illness": {"month": 2, "months": 3}})
JOB_LOSS = Case.model_validate(
    {"name": "jobless", "job_loss": {"month": 1, "months": 20}, "savings_months": 0.0}
)


def merged(one, other):
    """``other`` laid over ``one``, table by table."""
    return one | {
        key: merged(one.get(key, {}), value) if isinstance(value, dict) else value
        for key, value in other.items()
    }


def scenario(*, baseline=None, world=WORLD, cases=(), **policies):
    """Each policy is given by its differences from the baseline."""
    base = baseline or {}
    resolved = {
        name: Policy.model_validate(merged(base, differences))
        for name, differences in ({"baseline": {}} | policies).items()
    }
    return Scenario(title=LABEL, question=LABEL, world=world, policies=resolved, cases=cases)


def assert_same_ledger(one, other):
    assert one.keys() == other.keys()
    for entry in one:
        np.testing.assert_array_equal(one[entry], other[entry], err_msg=entry)


FULL = scenario(deferral=DEFERRAL, waiver=WAIVER, scarce=SCARCE, cases=(ILLNESS, JOB_LOSS))


@pytest.fixture(scope="module")
def full():
    return compare(FULL)


@pytest.mark.parametrize(("jobs", "batch_size"), [(2, None), (2, 2), (1, 1), (1, 99)])
def test_neither_jobs_nor_batches_change_a_number(full, jobs, batch_size):
    again = compare(FULL, jobs=jobs, batch_size=batch_size)
    for policy in FULL.policies:
        assert_same_ledger(again.ledgers[policy], full.ledgers[policy])
    assert again.digest == full.digest
    assert again.cases == full.cases
    assert again.effects.keys() == full.effects.keys()
    for policy, effects in full.effects.items():
        assert repr(again.effects[policy]) == repr(effects)  # repr, because NaN equals nothing


def test_batches_may_finish_in_any_order(full):
    done = [simulate_batch(WORLD, FULL.policies, replicas) for replicas in batches(5, 2)]
    assert conclude(FULL, done[::-1], full.cases).digest == full.digest


NULL_POLICIES = {
    "nothing": {},
    "no months": {"relief": {"deferral": {"months": 0, "max_dpd": 200, "proof_required": False}}},
    "no share": {"relief": {"penalty_waiver": {"share": 0.0, "min_dpd": 30}}},
    "as intense": {"collections": {"intensity": 1.0}},
}


@pytest.mark.parametrize("name", NULL_POLICIES)
def test_a_policy_that_changes_nothing_equals_the_baseline_bit_for_bit(name):
    result = compare(scenario(null=NULL_POLICIES[name]))
    assert_same_ledger(result.ledgers["null"], result.ledgers["baseline"])
    verdicts = {effect.verdict for effect in result.effects["null"].values()}
    assert verdicts == {"identical", "no_interval"}  # the latter where nobody could apply
    assert result.effects["null"]["default_rate"].verdict == "identical"


def test_a_null_policy_equals_a_baseline_with_relief_and_few_hands_too():
    baseline = reduce(merged, [SCARCE, WAIVER, FIRM])
    result = compare(scenario(baseline=baseline, null={"collections": {"intensity": 2.0}}))
    assert_same_ledger(result.ledgers["null"], result.ledgers["baseline"])
    assert result.ledgers["null"]["files_decided"][-1].sum() > 0


def test_burn_in_runs_once_a_batch_under_the_baseline_and_is_shared(full, monkeypatch):
    runs = []
    run = simulate.timetable.run

    def noted(book, world, policy, until_day, on_month=None):
        runs.append((policy, book.day, until_day))
        run(book, world, policy, until_day, on_month)

    monkeypatch.setattr(simulate.timetable, "run", noted)
    simulate_batch(WORLD, FULL.policies, [0])
    end = MONTH * WORLD.months
    assert runs == [
        (FULL.baseline, -MONTH * WORLD.burn_in_months, 0),
        *((policy, 0, end) for policy in FULL.policies.values()),
    ]
    for ledger in full.ledgers.values():
        for entry, rows in ledger.items():
            np.testing.assert_array_equal(rows[0], full.ledgers["baseline"][entry][0])


def test_the_ledger_has_the_eve_of_day_0_and_every_month_since(full):
    assert full.days == [-1, 29, 59, 89, 119, 149, 179]
    for ledger in full.ledgers.values():
        assert {rows.shape for rows in ledger.values()} == {(7, 5)}
        assert {rows.dtype for rows in ledger.values()} == {np.dtype(np.int64)}


def test_without_burn_in_the_ledger_still_opens_on_the_eve_of_day_0():
    result = compare(scenario(world=TINY))
    assert result.days == [-1, 29]
    assert not result.ledgers["baseline"]["due_dates"][0].any()
    assert result.ledgers["baseline"]["due_dates"][1].all()


def test_a_policy_does_not_depend_on_which_others_are_compared(full):
    alone = compare(scenario(scarce=SCARCE))
    assert_same_ledger(alone.ledgers["scarce"], full.ledgers["scarce"])


def test_a_replica_does_not_depend_on_how_many_there_are(full):
    fewer = compare(scenario(world=WORLD.model_copy(update={"replicas": 2}), deferral=DEFERRAL))
    first_two = {entry: rows[:, :2] for entry, rows in full.ledgers["deferral"].items()}
    assert_same_ledger(fewer.ledgers["deferral"], first_two)


def test_effects_are_paired_differences_from_the_baseline(full):
    assert list(full.effects) == ["deferral", "waiver", "scarce"]
    for policy, effects in full.effects.items():
        assert list(effects) == list(METRICS)
        paired = full.metrics[policy]["recovered"] - full.metrics["baseline"]["recovered"]
        assert effects["recovered"].difference == pytest.approx(paired.mean(), rel=1e-12)
        assert effects["recovered"].replicas == 5


def test_a_policys_own_unit_costs_count():
    dear = {"collections": {"message": {"unit_cost": 70}, "call": {"unit_cost": 900}}}
    result = compare(scenario(dear=dear))
    assert_same_ledger(result.ledgers["dear"], result.ledgers["baseline"])
    costs = yardstick(WORLD, result.scenario.policies["dear"]).costs
    assert (costs.message, costs.call, costs.desk_minute) == (70, 900, 100)
    assert result.effects["dear"]["cost_of_collection"].verdict == "worse"
    assert result.effects["dear"]["recovered"].verdict == "identical"


def test_the_yardstick_has_every_cost_every_staff_and_the_worlds_rates():
    policy = Policy.model_validate(
        {
            "relief": {
                "desk": {
                    "reviewers": 2,
                    "minutes_per_reviewer_day": 30,
                    "unit_cost_per_minute": 8,
                },
                "outreach": {"unit_cost": 7},
            },
            "collections": {
                "agents": 3,
                "minutes_per_agent_day": 100,
                "complaint_cost": 5,
                "message": {"unit_cost": 1},
                "call": {"unit_cost": 2},
                "visit": {"unit_cost": 3, "visitors": 5, "minutes_per_visitor_day": 11},
                "notice": {"unit_cost": 4},
                "court": {"filing_cost": 6},
            },
        }
    )
    stick = yardstick(WORLD.model_copy(update={"discount_bp": 123}), policy)
    assert stick.costs == UnitCosts(1, 2, 3, 4, 5, 6, 7, 8)
    assert stick.staff == Staffing(agents=300, visitors=55, reviewers=60)
    assert (stick.discount_bp, stick.residual_by_status) == (
        123,
        WORLD.recovery.residual_by_status,
    )
    unlimited = {"agents": "unlimited", "visit": {"visitors": "unlimited"}}
    free = Policy.model_validate(
        {"collections": unlimited, "relief": {"desk": {"reviewers": "unlimited"}}}
    )
    assert yardstick(WORLD, free).staff == Staffing(None, None, None)


def test_segments_count_what_came_since_day_0():
    (done,) = (simulate_batch(WORLD, FULL.policies, replicas) for replicas in batches(5, 5))
    for policy, segments in done.segments.items():
        ledger = done.ledgers[policy]
        assert ledger["paid_principal"][0].all()
        for entry, columns in (
            ("paid", ("paid_principal", "paid_interest", "paid_penalty", "late_recovered")),
            ("adverse_marks", ("adverse_marks",)),
        ):
            since = sum(ledger[column][-1] - ledger[column][0] for column in columns)
            parts = sum(segments[f"income_{name}"][entry] for name in ("low", "middle", "high"))
            np.testing.assert_array_equal(parts, since)


def test_progress_counts_batches_times_policies_and_the_cases():
    seen = []
    small = scenario(world=TINY, cases=(ILLNESS,), firm=FIRM)
    compare(small, batch_size=2, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(0, 8), (2, 8), (4, 8), (6, 8), (8, 8)]


def test_an_error_of_the_progress_ends_the_run():
    def cancel(done, total):
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        compare(scenario(world=TINY), batch_size=1, progress=cancel)


def test_jobs_and_batches_are_at_least_one():
    for nonsense in ({"batch_size": 0}, {"batch_size": -1}, {"jobs": 0}):
        with pytest.raises(ValueError, match="at least 1"):
            compare(scenario(world=TINY), **nonsense)


def test_cases_are_followed_through_every_policy_outside_all_metrics(full):
    without = compare(scenario(deferral=DEFERRAL, waiver=WAIVER, scarce=SCARCE))
    for policy in FULL.policies:
        assert_same_ledger(without.ledgers[policy], full.ledgers[policy])
    assert [(outcome.case, outcome.policy) for outcome in full.cases] == [
        (case.name, policy) for case in FULL.cases for policy in FULL.policies
    ]


def test_a_case_without_work_and_savings_is_lost_and_charged_off_when_the_rules_say():
    """Without any income from day 0: the month before pays the first instalment, no other is."""
    household = WORLD.household.model_copy(update={"searching_income": 0.0})
    world = WORLD.model_copy(update={"household": household, "months": 9})
    (outcome,) = simulate_cases(world, scenario().policies, [JOB_LOSS])
    assert outcome.default_day is not None and 120 <= outcome.default_day < 150
    assert (outcome.status, outcome.worst_dpd, outcome.outstanding) == ("charged_off", 180, 0)
    assert outcome.written_off > outcome.paid > 0


def test_a_case_that_is_granted_a_deferral_shows_its_months():
    """Ill for three months and aware; everybody applies, no file is refused."""
    certain = {"application": 1.0, "proof_share": 1.0}
    world = WORLD.model_copy(
        update={"behaviour": WORLD.behaviour.model_copy(update=certain), "months": 24}
    )
    case = ILLNESS.model_copy(update={"aware": True, "savings_months": 0.0})
    policies = scenario(deferral=merged(DEFERRAL, {"relief": {"desk": {"sensitivity": 1.0}}}))
    _, deferred = simulate_cases(world, policies.policies, [case])
    assert (deferred.applications, deferred.refusals, deferred.deferrals) == (1, 0, 1)
    assert deferred.deferred_months == 3
    assert deferred.status in {"active", "paid_off"}


def test_a_case_that_settles_shows_what_was_paid_and_what_forgiven():
    """Jobless for good; family lends what half of the balance takes, at the first miss."""
    behaviour = WORLD.behaviour.model_copy(update={"outside_help": 12.0})
    world = WORLD.model_copy(update={"behaviour": behaviour, "months": 12})
    offer = {"haircut": 0.5, "min_dpd": 0, "proof_required": False}
    policies = scenario(
        settling={
            "relief": {"settlement": offer, "desk": {"sensitivity": 1.0}},
            "servicing": {"bureau_dpd": 1},
        }
    )
    case = JOB_LOSS.model_copy(update={"applies": True, "aware": True})
    kept, settled = simulate_cases(world, policies.policies, [case])
    assert kept.status == "charged_off"
    assert (kept.forgiven, kept.settlements, kept.outstanding) == (0, 0, 0)
    assert (settled.status, settled.settlements, settled.written_off) == ("settled", 1, 0)
    assert settled.forgiven > 0 and settled.outstanding == 0
    assert settled.paid > kept.paid
    assert (settled.adverse_marks, settled.months_in_arrears) == (0, 0)
    assert kept.adverse_marks > 0 and kept.months_in_arrears > kept.adverse_marks


# The digest


class Dumped:
    """A stand-in for a scenario: the digest looks at its dump alone."""

    def __init__(self, dump):
        self.dump = dump

    def model_dump(self, mode):
        assert mode == "json"
        return self.dump


def test_the_digest_is_made_of_the_bytes_its_page_says(full):
    """Spelled out once more, by hand."""
    spoken = {
        "title": {"en": "a"},
        "question": {"en": "b"},
        "world": {"seed": 1, "share": 0.1},
        "policies": {"label": {"label": {"zh": "词"}, "months": 0}, "baseline": {}},
        "cases": [],
    }
    ledgers = {
        "label": {"b": np.array([[1, -2], [3, 4]]), "a": np.array([[5, 6], [7, 2**62]])},
        "baseline": {"b": np.zeros((2, 2), dtype=np.int64)},
    }
    segments = {"label": {"rich": {"lost": np.array([8, 9])}}, "baseline": {}}
    parts = [
        b"forbear comparison 2",
        b'{"cases":[],"policies":{"baseline":{},"label":{"months":0}},"world":{"seed":1,"share":0.1}}',
        b"[-1,29]",
        b"baseline/b",
        pack("<4q", 0, 0, 0, 0),
        b"label/a",
        pack("<4q", 5, 6, 7, 2**62),
        b"label/b",
        pack("<4q", 1, -2, 3, 4),
        b"label/rich/lost",
        pack("<2q", 8, 9),
        b"[]",
    ]
    by_hand = sha256(b"".join(pack("<Q", len(part)) + part for part in parts)).hexdigest()
    assert digest(Dumped(spoken), [-1, 29], ledgers, segments, ()) == by_hand

    elsewhere = {  # another machine's byte order, another layout in memory
        name: {entry: np.asfortranarray(rows.astype(">i8")) for entry, rows in ledger.items()}
        for name, ledger in reversed(ledgers.items())
    }
    assert digest(Dumped(spoken), (-1, 29), elsewhere, segments, ()) == by_hand


def test_words_do_not_change_the_digest_and_one_cent_does(full):
    renamed = FULL.model_copy(update={"title": Label(en="Other", zh="其他")})
    parts = (full.days, full.ledgers, full.segments, full.cases)
    assert digest(renamed, *parts) == digest(FULL, *parts) == full.digest
    reseeded = FULL.model_copy(update={"world": WORLD.model_copy(update={"seed": 12})})
    assert digest(reseeded, *parts) != full.digest
    assert digest(FULL, *parts[:3], full.cases[1:]) != full.digest
    assert digest(FULL, full.days, full.ledgers, {}, full.cases) != full.digest

    paid = full.ledgers["waiver"]["paid_penalty"].copy()
    paid[-1, -1] += 1
    touched = full.ledgers | {"waiver": full.ledgers["waiver"] | {"paid_penalty": paid}}
    assert digest(FULL, full.days, touched, full.segments, full.cases) != full.digest
    assert json.loads(json.dumps(full.digest)) == full.digest and len(full.digest) == 64
