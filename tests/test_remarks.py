"""What a reader is warned of, and which segments are too small to be told of."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO
from typing import Any

import numpy as np
import pytest
from rich.console import Console

from sim.experiment.compare import Comparison, compare, conclude, large_enough
from sim.experiment.inference import mean_of_defined, paired_effect
from sim.experiment.record import summary_of
from sim.experiment.remarks import Remark, remarks
from sim.experiment.simulate import simulate_batch
from sim.rules.stocktaking import SEGMENTS
from sim.scenario.schema import Case, Label, Policy, Scenario, Shock, World
from sim.show.findings import partings, remarked
from sim.show.language import CODES, Language
from sim.show.tables import print_comparison

LABEL = Label(en="Question", zh="问题")
QUIET: dict[str, Any] = {"borrowers": 40, "replicas": 2, "months": 3, "burn_in_months": 0}


def comparison(*, cases: tuple[Case, ...] = (), world: Any = None, **policies: Any) -> Comparison:
    settled = World.model_validate(QUIET | {"loans": {"terms": [3]}} | (world or {}))
    resolved = {
        name: Policy.model_validate({"label": {"en": name, "zh": "策"}, **differences})
        for name, differences in ({"baseline": {}} | policies).items()
    }
    return compare(
        Scenario(title=LABEL, question=LABEL, world=settled, policies=resolved, cases=cases)
    )


def keys(found: tuple[Remark, ...]) -> list[str]:
    return [remark.key for remark in found]


def test_nothing_is_remarked_where_nothing_is_odd() -> None:
    assert remarks(comparison(other={"collections": {"intensity": 3.0}})) == ()


def test_holidays_too_near_the_horizon_are_told_with_their_share() -> None:
    result = comparison(other={"collections": {"intensity": 3.0}})
    ledger = dict(result.ledgers["other"])
    ledger["deferred_ever"] = np.array([[0, 0], [9, 1]])
    ledger["late_holidays"] = np.array([[5, 5], [3, 1]])
    touched = replace(result, ledgers=result.ledgers | {"other": ledger})
    (remark,) = remarks(touched)
    assert remark == Remark("late_holidays", {"policy": "other", "share": 0.4})
    ledger["late_holidays"] = np.array([[5, 5], [0, 0]])
    assert remarks(touched) == ()


@pytest.mark.parametrize(("months", "told"), [(2, True), (3, True), (4, True), (5, False)])
def test_a_horizon_shorter_than_a_loan_and_its_deferral_is_told(months: int, told: bool) -> None:
    result = comparison(world={"months": months}, other={"relief": {"deferral": {"months": 2}}})
    found = [remark for remark in remarks(result) if remark.key == "short_horizon"]
    assert found == [Remark("short_horizon", {"months": months, "longest": 5})] * told


def test_a_policy_that_changes_nothing_is_told() -> None:
    result = comparison(same={"collections": {"call": {"unit_cost": 999}}})
    assert remarks(result) == (Remark("same_as_baseline", {"policy": "same"}),)


@pytest.mark.parametrize(("month", "told"), [(3, False), (4, True)])
def test_a_misfortune_after_the_horizon_is_told(month: int, told: bool) -> None:
    case = Case.model_validate(
        {
            "name": "late",
            "disaster": {"month": month, "months": 1},
            "illness": {"month": 1, "months": 1},
        }
    )
    expected = Remark("case_after_horizon", {"case": "late", "month": 4, "months": 3})
    assert remarks(comparison(cases=(case,))) == (expected,) * told


@pytest.mark.parametrize(("month", "told"), [(3, False), (4, True)])
def test_a_shock_after_the_horizon_is_remarked(month: int, told: bool) -> None:
    shocks = [{"kind": "layoffs", "month": month, "share": 0.5}]
    scenario = comparison().scenario
    world = scenario.world.model_copy(
        update={"shocks": tuple(Shock.model_validate(each) for each in shocks)}
    )
    found = remarks(replace(comparison(), scenario=scenario.model_copy(update={"world": world})))
    values = {"number": 1, "month": 4, "months": 3}
    assert [each for each in found if each.key == "shock_after_horizon"] == [
        Remark("shock_after_horizon", values)
    ] * told


DEFERRAL = {"months": 1, "minutes": 25}


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        (
            {"relief": {"deferral": DEFERRAL, "desk": desk}},
            [Remark("short_desk", {"policy": "other", "minutes": there, "needed": 25})] * told,
        )
        for desk, there, told in (
            ({"reviewers": 1, "minutes_per_reviewer_day": 24}, 24, True),
            ({"reviewers": 1, "minutes_per_reviewer_day": 25}, 25, False),
            ({"reviewers": 0}, 0, True),
            ({"reviewers": "unlimited", "minutes_per_reviewer_day": 1}, 0, False),
        )
    ]
    + [
        ({"relief": {"desk": {"reviewers": 0}}}, []),  # no file ever comes
        (
            {"relief": {"desk": {"reviewers": 0}, "deferral": {**DEFERRAL, "offer": "universal"}}},
            [],
        ),
        (
            {"collections": {"agents": 1, "minutes_per_agent_day": 3, "call": {"minutes": 4}}},
            [Remark("short_agents", {"policy": "other", "minutes": 3, "needed": 4})],
        ),
        ({"collections": {"agents": 1, "minutes_per_agent_day": 4, "call": {"minutes": 4}}}, []),
        ({"collections": {"agents": 0, "intensity": 0.0}}, []),
        (
            {"collections": {"visit": {"rate": 0.5, "visitors": 1, "minutes_per_visitor_day": 9}}},
            [Remark("short_visitors", {"policy": "other", "minutes": 9, "needed": 60})],
        ),
        ({"collections": {"visit": {"rate": 0.0, "visitors": 0}}}, []),
    ],
)
def test_staff_whose_day_is_shorter_than_one_piece_of_work_are_told(
    policy: dict[str, Any], expected: list[Remark]
) -> None:
    found = [each for each in remarks(comparison(other=policy)) if each.key.startswith("short_")]
    found = [each for each in found if each.key != "short_horizon"]
    assert found == expected


def test_remarks_are_in_the_summary_and_said_in_both_languages() -> None:
    case = Case.model_validate(
        {
            "name": "late",
            "label": {"en": "Late one", "zh": "迟来者"},
            "illness": {"month": 9, "months": 1},
        }
    )
    result = comparison(
        cases=(case,),
        same={},
        short={
            "relief": {"deferral": DEFERRAL, "desk": {"reviewers": 0}},
            "collections": {"intensity": 3.0},
        },
    )
    found = remarks(result)
    expected = ["short_horizon", "same_as_baseline", "case_after_horizon", "short_desk"]
    assert keys(found) == expected
    told = summary_of(result, [])["remarks"]
    assert told[1] == {"remark": "same_as_baseline", "policy": "same"}
    assert [each["remark"] for each in told] == expected
    for code in CODES:
        sentences = remarked(result, Language(code))
        assert len(set(sentences)) == len(found)
        assert ("Late one" if code == "en" else "迟来者") in sentences[2]
        page = printed(result, code)
        for sentence in sentences:
            assert "".join(sentence.split()) in "".join(page.split())


def printed(result: Comparison, code: Any, *, everything: bool = False) -> str:
    page = StringIO()
    console = Console(width=2_000, file=page)
    print_comparison(result, Language(code, "CNY"), console, everything=everything)
    return page.getvalue()


# Segments


def of_sizes(*members: tuple[int, ...]) -> dict[str, Any]:
    """Policies p0, p1 ... that each have one segment with so many members in each replica."""
    return {
        f"p{number}": {"part": {"members": np.array(counts), "at_risk": np.array(counts) // 9}}
        for number, counts in enumerate(members)
    }


@pytest.mark.parametrize(
    ("members", "shown"),
    [
        ([(20, 80)], True),
        ([(19, 81)], False),
        ([(50, 49)], False),
        ([(50, 50), (50, 50)], True),
        ([(50, 50), (19, 99)], False),
        ([(100,)], True),
    ],
)
def test_a_segment_is_shown_if_it_is_large_under_every_policy(members, shown) -> None:
    found = large_enough(of_sizes(*members))
    assert all((segments == {}) != shown for segments in found.values())


@pytest.fixture(scope="module")
def parted() -> Comparison:
    return comparison(
        world={
            "borrowers": 200,
            "months": 9,
            "behaviour": {"forgetting": 0.4},
            "loans": {"terms": [12]},
        },
        other={"collections": {"intensity": 0.0}},
    )


def test_a_small_segment_is_shown_nowhere_and_the_others_as_they_are(parted: Comparison) -> None:
    shown = set(parted.segments["baseline"])
    assert {"income_middle", "record_clean", "shock_none"} <= shown
    assert shown.isdisjoint({"shock_disaster", "shock_illness"}) and shown == set(
        parted.segments["other"]
    )
    every = [part for parting in partings(parted, Language("en")) for part in parting.parts]
    names = [f"{kind}_{name}" for kind, names in SEGMENTS.items() for name in names]
    for name, part in zip(names, every, strict=True):
        assert bool(part.differences) == (name in shown)
        assert (part.value == "too few to say") == (name not in shown)
    page = printed(parted, "en", everything=True)
    assert page.count("too few to say") == len(names) - len(shown)


def test_a_segments_rate_and_difference_are_of_its_own_borrowers(parted: Comparison) -> None:
    kinds = {each.heading: each for each in partings(parted, Language("en"))}
    (income,) = (each for heading, each in kinds.items() if "income" in heading)
    rates = {
        policy: segments["income_middle"]["lost"] / segments["income_middle"]["at_risk"]
        for policy, segments in parted.segments.items()
    }
    part = income.parts[1]
    assert part.name == "middle income"
    assert part.value == f"{100 * mean_of_defined(rates['baseline']):.2f}%"
    effect = paired_effect(rates["other"], rates["baseline"], "lower")
    assert effect.difference != 0
    assert part.differences[0].difference == f"{100 * effect.difference:+.2f} pp"


def test_batches_bring_the_same_segments(parted: Comparison) -> None:
    scenario = parted.scenario
    done = [simulate_batch(scenario.world, scenario.policies, [each]) for each in (1, 0)]
    again = conclude(scenario, done, ())
    assert again.digest == parted.digest
    for policy, segments in parted.segments.items():
        for segment, entries in segments.items():
            for entry, totals in entries.items():
                np.testing.assert_array_equal(totals, again.segments[policy][segment][entry])


@pytest.mark.parametrize("code", CODES)
def test_with_all_metrics_those_of_nothing_are_named_in_one_line(
    parted: Comparison, code: Any
) -> None:
    page = printed(parted, code, everything=True)
    (line,) = (line for line in page.splitlines() if line.startswith(("Zero or", "在所有政策下")))
    assert ("Settled" if code == "en" else "和解结清率") in line
    assert ("Default rate" if code == "en" else "违约率，") not in line
    assert "\nSettled: " not in page and "\n和解结清率：" not in page


def test_a_rounding_of_floats_reads_as_zero_and_a_small_difference_does_not() -> None:
    english = Language("en")
    assert english.difference(1e-19, "share", beside=[-0.004, 0.004]) == "0.00 pp"
    assert english.difference(0.00002, "share", beside=[-0.004, 0.004]) == "+0.002 pp"
    assert english.interval(-0.004, 0.00002, "share") == "[-0.400, +0.002]"
