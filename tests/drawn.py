"""Scenarios drawn by Hypothesis: small books under stress, so that rare rules meet each other."""

from __future__ import annotations

from typing import Any, NamedTuple
from zlib import crc32

from drawn_company import COMPANY
from hypothesis import strategies as st
from oracle_defaults import policy, world

Nested = dict[str, Any]
Strategy = st.SearchStrategy[Any]


class Drawn(NamedTuple):
    """A world, the policy of burn-in, the policy from day 0 on, and scripted cases (or none)."""

    world: Nested
    baseline: Nested
    policy: Nested
    cases: list[Nested]


def chance(*values: float) -> Strategy:
    """One of the telling values, or any chance."""
    return st.sampled_from(values) | st.floats(0, 1, allow_nan=False).map(lambda p: round(p, 4))


def some(**strategies: Strategy) -> Strategy:
    """A dict with any of the keys: what is left out keeps its default."""
    return st.fixed_dictionaries({}, optional=strategies)


def bands(from_dpd: Strategy) -> Strategy:
    """Bands of a waiver, increasing."""
    return st.lists(from_dpd, max_size=3, unique=True).flatmap(
        lambda starts: st.tuples(
            *(
                st.fixed_dictionaries(
                    {"from_dpd": st.just(start), "share": st.sampled_from([0.0, 0.25, 1.0])}
                )
                for start in sorted(starts)
            )
        ).map(list)
    )


def shocks(most: int) -> Strategy:
    """Shocks of any kind, within ten months; there are always at least two regions and sectors."""
    parts = st.sampled_from([[], [], [0], [1], [0, 1]])
    return st.lists(
        st.fixed_dictionaries(
            {
                "kind": st.sampled_from(["layoffs", "epidemic", "disaster", "price_rise"]),
                "month": st.integers(1, 8),
                "share": st.sampled_from([0.0, 0.2, 0.6, 1.0]),
                "months": st.integers(1, 6),
                "loss_incomes": st.sampled_from([0.0, 0.5, 4.0]),
                "regions": parts,
                "sectors": parts,
            }
        ),
        max_size=most,
    )


PATH = st.lists(st.sampled_from([0.0, 0.5, 1.0, 2.0, 10.0]), max_size=6)
STAFF = st.just("unlimited") | st.integers(0, 2)
TERMS = st.lists(st.integers(1, 14), min_size=1, max_size=3)

WORLDS = some(
    loans__median_income=st.sampled_from([1_000, 61_803, 500_000]),
    loans__instalment_share=st.sampled_from([0.05, 0.3, 0.6]),
    loans__terms=TERMS,
    loans__annual_rate_bp=st.sampled_from([0, 1, 777, 3_600, 10_000]),
    loans__burden_cap=st.sampled_from([0.6, 0.95, 1.3]),
    loans__regions=st.sampled_from([2, 20]),
    loans__sectors=st.sampled_from([2, 3]),
    household__job_loss_per_month=chance(0, 0.05, 0.3).map(lambda p: p / 2),
    household__slow_finder_share=chance(0, 0.5, 1),
    household__fast_finding_per_month=chance(0, 0.5).map(lambda p: min(p, 0.95)),
    household__slow_finding_per_month=chance(0, 0.2).map(lambda p: min(p, 0.95)),
    household__searching_income=chance(0, 0.4),
    household__illness_per_month=chance(0, 0.2).map(lambda p: p / 2),
    household__illness_months=st.sampled_from([0.1, 1.0, 3.7]),
    household__illness_income=chance(0, 0.5),
    household__permanent_sd=st.sampled_from([0.0, 0.3]),
    household__transitory_sd=st.sampled_from([0.0, 0.5, 1.0]),
    household__expense_per_month=chance(0, 0.3),
    household__expense_incomes=st.sampled_from([0.0, 1.0, 4.0]),
    household__essentials_share=st.sampled_from([0.4, 0.6, 0.8]),
    household__other_debt_share=st.sampled_from([0.0, 0.2]),
    household__hand_to_mouth_share=chance(0, 1),
    household__buffer_months=st.sampled_from([0.0, 0.5, 4.0]),
    household__carry=chance(0, 0.5, 1),
    behaviour__forgetting=st.sampled_from([0.0, 0.1, 0.5]),
    behaviour__remembering_per_day=st.sampled_from([0.0, 0.1, 0.9]),
    behaviour__opportunists=chance(0, 0.5, 1),
    behaviour__skipping=chance(0, 1),
    behaviour__disengagement_first=chance(0, 0.95).map(lambda p: min(p, 0.95)),
    behaviour__disengagement_second=chance(0, 0.95).map(lambda p: min(p, 0.95)),
    behaviour__disengagement_later=chance(0, 0.95).map(lambda p: min(p, 0.95)),
    behaviour__partial_share=chance(0, 0.1, 1),
    behaviour__reconsider_days=st.sampled_from([[], [1], [7, 14, 21, 28], [2, 29], [15]]),
    behaviour__reconsiders=chance(0, 0.5, 1),
    behaviour__returns_per_month=st.sampled_from([0.0, 0.1, 0.9]),
    behaviour__awareness=chance(0, 1),
    behaviour__application=chance(0, 1),
    behaviour__proof_share=chance(0, 1),
    behaviour__proof_days=st.sampled_from([0, 1, 12, 45]),
    behaviour__accepts_offer=chance(0, 1),
    behaviour__stays_in_universal=chance(0, 1),
    behaviour__puts_us_first=chance(0, 0.5, 1),
    behaviour__pays_in_holiday=chance(0, 1),
    behaviour__stops_per_holiday_month=st.sampled_from([0.0, 0.1, 0.5]),
    behaviour__priority_lost_per_holiday_month=st.sampled_from([0.0, 0.1, 0.5]),
    behaviour__waits_for_waiver=chance(0, 0.5, 1),
    behaviour__waiver_willingness=st.sampled_from([0.0, 0.3, 0.5]),
    behaviour__reciprocity=chance(0, 0.5, 1),
    behaviour__grant_reengages=chance(0, 1),
    behaviour__early_payoff_per_month=st.sampled_from([0.0, 0.05, 0.5]),
    behaviour__outside_help=st.sampled_from([0.0, 0.5, 3.0]),
    contact__message_works=chance(0, 1),
    contact__reach_early=st.sampled_from([0.0, 0.2, 0.6]),
    contact__reach_late=st.sampled_from([0.0, 0.2, 0.6]),
    contact__pays_early=chance(0, 1),
    contact__pays_late=chance(0, 1),
    contact__reengaged=chance(0, 1),
    contact__persuaded=chance(0, 1),
    contact__informs=chance(0, 1),
    contact__moral_reengages=chance(0, 1),
    contact__promises=chance(0, 0.5, 1),
    contact__promise_days=st.sampled_from([1, 5, 29]),
    contact__keeps_promise=chance(0, 1),
    contact__visit_reach=st.sampled_from([0.0, 0.4, 0.6]),
    contact__visit_pays=chance(0, 1),
    contact__notice_pays=chance(0, 1),
    contact__asks_to_stop=chance(0, 0.1),
    contact__squeezes=chance(0, 0.5, 1),
    contact__squeeze_share=chance(0, 0.5, 1),
    contact__promotes=chance(0, 0.3),
    strain__per_message=st.sampled_from([0.0, 0.1, 1.7]),
    strain__per_call=st.sampled_from([0.0, 1.0, 4.3]),
    strain__half_life_days=st.sampled_from([1, 7, 200]),
    strain__cooperation_loss=st.sampled_from([0.0, 0.3, 3.0]),
    strain__disengagement_gain=st.sampled_from([0.0, 0.3, 3.0]),
    strain__per_visit=st.sampled_from([0.0, 2.0, 5.0]),
    strain__per_notice=st.sampled_from([0.0, 0.5, 3.1]),
    strain__complaints=st.sampled_from([0.0, 0.02, 0.5]),
    economy__job_loss_by_month=PATH,
    economy__job_finding_by_month=PATH,
    economy__illness_by_month=PATH,
    court__delay_months=st.integers(0, 3),
    court__hearings_per_day=STAFF,
    court__default_judgments=chance(0, 1),
    court__contested_won=chance(0, 1),
    court__recovers_low=st.sampled_from([0.0, 0.2]),
    court__recovers_high=st.sampled_from([0.2, 0.9, 1.0]),
    recovery__pays_per_month=st.sampled_from([0.0, 0.1, 0.5]),
    recovery__half_life_months=st.sampled_from([1, 6, 28]),
    recovery__part=chance(0, 0.25, 1),
    recovery__agency_factor=st.sampled_from([0.0, 1.2, 5.0]),
    recovery__residual_by_status=st.sampled_from([[1.0] * 7, [0.9, 0.8, 0.5, 0.4, 0.2, 0.1, 0.0]]),
    shocks=shocks(2),
)


def dpd_window(instrument: str, lowest: int) -> Strategy:
    """A days-past-due window of an instrument, in order."""
    bounds = st.tuples(st.integers(lowest, 70), st.sampled_from([0, 5, 30, 59, 60, 120, 360]))
    return bounds.map(
        lambda b: {f"{instrument}__min_dpd": min(b), f"{instrument}__max_dpd": max(b)}
    )


DPD_DAYS = st.lists(st.integers(1, 95), max_size=8, unique=True).map(sorted)
HARDSHIPS = st.sampled_from(
    [
        ["job_loss"],
        ["illness"],
        ["disaster"],
        ["any"],
        ["job_loss", "illness"],
        ["disaster", "job_loss", "illness"],
        ["illness", "any"],
    ]
)
# each instrument with the values of its lever, mostly absent
LEVER_OF = {
    "deferral": ("months", [0, 1, 2, 3, 6]),
    "penalty_waiver": ("share", [0.0, 0.3333, 0.5, 1.0]),
    "rate_reduction": ("share", [0.0, 0.0, 0.3, 1.0]),
    "term_extension": ("months", [0, 0, 2, 12]),
    "arrangement": ("months", [0, 0, 1, 3, 6]),
    "settlement": ("haircut", [0.0, 0.0, 0.4, 0.95, 1.0]),
}
LEVERS = st.fixed_dictionaries(
    {
        **{
            f"relief__{instrument}__{lever}": st.sampled_from(values)
            for instrument, (lever, values) in LEVER_OF.items()
        },
        "collections__intensity": st.sampled_from([0.0, 0.4, 1.0, 1.7, 3.0]),
        "collections__visit__rate": st.sampled_from([0.0, 0.0, 0.1, 1.0]),
        "collections__notice__dpd": st.just([]) | DPD_DAYS,
        "collections__court__filing_share": st.sampled_from([0.0, 0.0, 0.3, 1.0]),
    }
)


def terms_of(instrument: str) -> dict[str, Strategy]:
    """What an instrument can say beside its lever, its window and its gates."""
    terms = {
        "hardships": HARDSHIPS,
        "offer": st.sampled_from(["opt_in", "on_contact", "universal"]),
        "max_uses": st.integers(1, 3),
        "proof_required": st.booleans(),
        "minutes": st.sampled_from([1, 10, 25, 50]),
    }
    return {f"relief__{instrument}__{name}": values for name, values in terms.items()}


def gates_of(instrument: str) -> Strategy:
    """Whom an instrument shuts out, and when; mostly nobody and never."""
    gates = {
        "max_late_before": st.sampled_from([0, 1, 3]),
        "min_score": st.sampled_from([580, 660, 700]),
        "max_balance": st.sampled_from([2_000, 300_000, 2_000_000]),
        "opens_month": st.sampled_from([0, 1, 2]),
        "closes_month": st.sampled_from([2, 4, 120]),
    }
    named = {f"relief__{instrument}__{name}": values for name, values in gates.items()}
    return st.sampled_from([{}, {}, named]).flatmap(lambda chosen: some(**chosen))


POLICIES = some(
    **{name: values for each in LEVER_OF for name, values in terms_of(each).items()},
    relief__deferral__interest=st.sampled_from(["capitalised", "simple", "waived"]),
    relief__deferral__capitalise_arrears=st.booleans(),
    relief__penalty_waiver__bands=bands(st.integers(0, 70)),
    relief__penalty_waiver__clean_record_bonus=st.sampled_from([0.0, 0.2, 1.0]),
    relief__penalty_waiver__condition_days=st.sampled_from([0, 1, 20, 90]),
    relief__penalty_waiver__announced=st.booleans(),
    relief__settlement__days=st.sampled_from([1, 10, 90]),
    relief__framing=st.sampled_from(["lender", "regulator"]),
    relief__probation_months=st.sampled_from([0, 1, 6]),
    relief__outreach__share_per_month=chance(0, 0.2),
    relief__desk__reviewers=STAFF,
    relief__desk__minutes_per_reviewer_day=st.sampled_from([0, 26, 60, 420]),
    relief__desk__sensitivity=chance(0, 1),
    relief__desk__specificity=chance(0, 1),
    relief__desk__specificity_without_proof=chance(0, 1),
    collections__agents=STAFF,
    collections__minutes_per_agent_day=st.sampled_from([0, 9, 21, 420]),
    collections__priority=st.sampled_from(["oldest", "largest", "newest"]),
    collections__message__dpd=DPD_DAYS,
    collections__message__before_due=st.booleans(),
    collections__message__tone=st.sampled_from(["plain", "moral"]),
    collections__call__opens_dpd=st.sampled_from([1, 3, 30, 61]),
    collections__call__early_until_dpd=st.sampled_from([0, 29, 30, 90]),
    collections__call__early_rate=st.sampled_from([0.0, 0.3, 1.0, 2.5]),
    collections__call__late_rate=st.sampled_from([0.0, 0.5, 2.0]),
    collections__call__minutes=st.sampled_from([1, 4, 10]),
    collections__visit__opens_dpd=st.sampled_from([1, 20, 60]),
    collections__visit__visitors=STAFF,
    collections__visit__minutes_per_visitor_day=st.sampled_from([0, 60, 130, 420]),
    collections__visit__minutes=st.sampled_from([1, 60]),
    collections__court__opens_dpd=st.sampled_from([30, 60, 120, 300]),
    collections__court__min_claim=st.sampled_from([0, 1_000, 300_000]),
    collections__court__borrower_fee=st.sampled_from([0, 777, 10_000]),
    collections__conduct__rounds_a_day=st.sampled_from([0, 1, 2, 25]),
    collections__conduct__attempts_in_7_days=st.sampled_from([0, 1, 7]),
    collections__conduct__connected_a_day=st.sampled_from([1, 2, 25]),
    collections__conduct__quiet_days=st.sampled_from([0, 1, 7]),
    collections__conduct__stop_on_request=st.booleans(),
    collections__recovery__route=st.sampled_from(["none", "in_house", "agency", "sale"]),
    collections__recovery__sell_after_months=st.sampled_from([1, 2, 5]),
    collections__recovery__agency_commission=chance(0, 0.22),
    collections__recovery__in_house_cost=chance(0, 0.1),
    servicing__waterfall=st.sampled_from(["horizontal", "vertical", "principal_first"]),
    servicing__penalty_multiple=st.sampled_from([1.0, 1.3, 1.5, 3.0]),
    servicing__penalty_base=st.sampled_from(["principal", "principal_and_interest", "compounding"]),
    servicing__all_in_cap_bp=st.sampled_from([0, 1_000, 2_400, 20_000]),
    servicing__grace_days=st.sampled_from([0, 1, 3, 10, 29]),
    servicing__charge_off_dpd=st.sampled_from([90, 120, 180, 240]),
    servicing__acceleration=st.sampled_from(["none", "notice", "court"]),
    servicing__auto_debit_share=chance(0, 0.5, 1),
    servicing__retry_days=st.sampled_from([[], [1], [3, 7], [7, 29]]),
    servicing__bureau_dpd=st.sampled_from([1, 30, 90]),
)


def as_one(parts: tuple[Nested, ...]) -> Nested:
    """The dicts as one."""
    return {name: value for part in parts for name, value in part.items()}


WINDOWS = st.tuples(
    *(st.just({}) | dpd_window(f"relief__{each}", 0) for each in LEVER_OF),
    *(gates_of(each) for each in LEVER_OF),
).map(as_one)

SPELL = st.fixed_dictionaries({"month": st.integers(1, 5), "months": st.integers(1, 4)})
MISFORTUNES = ("job_loss", "illness", "disaster")
CASES = st.lists(
    st.sampled_from(MISFORTUNES).flatmap(
        lambda misfortune: st.fixed_dictionaries(
            {misfortune: SPELL},
            optional={
                **{other: SPELL for other in MISFORTUNES if other != misfortune},
                "aware": st.booleans(),
                "applies": st.booleans(),
                "savings_months": st.just(0.3),
            },
        )
    ),
    min_size=1,
    max_size=3,
).map(lambda cases: [{"name": f"case {i}", **case} for i, case in enumerate(cases)])


ONE_IN_FOUR = st.sampled_from([False, False, False, True])

ALONE = 5


def company_of(scenario: object) -> list[Strategy]:
    """None, one or two of the companies, each as often as the others.

    Left to Hypothesis, which likes to repeat what it has drawn, a few would be met all the time.
    """
    lots = [None] * ALONE + sorted(COMPANY)
    ticket = crc32(repr(scenario).encode())
    chosen = [lots[ticket % len(lots)], lots[ticket // len(lots) % len(lots)]]
    return [COMPANY[name] for name in chosen if name]


@st.composite
def drawn(draw: st.DrawFn) -> Drawn:
    """Draw a scenario: most with replicas of a few borrowers, a quarter with scripted cases.

    Two in three keep company: what rare rules need to meet at all (``drawn_company``).
    """
    worldly = {
        "months": draw(st.integers(1, 10)),
        "burn_in_months": draw(st.sampled_from([0, 1, 4])),
        "borrowers": draw(st.integers(1, 24)),
        "replicas": draw(st.integers(1, 3)),
        "seed": draw(st.integers(0, 2**63 - 1)),
        "new_loans_per_month": draw(st.sampled_from([0, 0, 0, 1, 2])),
        "loans__terms": [6, 12, 18],
        **draw(WORLDS),
    }
    levers = draw(LEVERS) | draw(POLICIES) | draw(WINDOWS)
    for company in company_of((worldly, levers)):
        more_world, more_policy = draw(company)
        worldly |= more_world
        levers |= more_policy
    before = draw(st.just({}) | LEVERS | POLICIES)
    cases = draw(CASES) if draw(ONE_IN_FOUR) else []
    return Drawn(world(**worldly), policy(**before), policy(**levers), cases)
