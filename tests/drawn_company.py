"""Company for drawn scenarios: what rare rules need beside them, or few small books would use them.

Each is a pair of strategies: changes to the world, changes to the policy under study.
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

Strategy = st.SearchStrategy[Any]


def changes(**values: Any) -> Strategy:
    """A dict of the values; what is no strategy stands as it is."""
    return st.fixed_dictionaries(
        {
            name: value if isinstance(value, st.SearchStrategy) else st.just(value)
            for name, value in values.items()
        }
    )


def one_of(*values: Any) -> Strategy:
    """Any of the values."""
    return st.sampled_from(values)


Changes = dict[str, Any]

BOOK: Changes = {"borrowers": st.integers(12, 24), "replicas": one_of(1, 1, 2)}
TROUBLE: Changes = BOOK | {
    "loans__instalment_share": 0.3,
    "household__job_loss_per_month": 0.2,
    "household__searching_income": 0.3,
    "household__hand_to_mouth_share": 0.8,
}
LOSSES: Changes = TROUBLE | {
    "months": st.integers(10, 14),
    "burn_in_months": one_of(1, 4),
    "household__searching_income": 0.1,
}
ASKING: Changes = {
    "behaviour__awareness": 1.0,
    "behaviour__application": 1.0,
    "behaviour__accepts_offer": 1.0,
    "behaviour__stays_in_universal": one_of(0.6, 1.0),
}
GRANTING: Changes = {
    "relief__desk__reviewers": "unlimited",
    "relief__desk__sensitivity": 1.0,
    "relief__desk__specificity_without_proof": 0.0,
}
IN_REACH: Changes = {"contact__reach_early": 0.6, "contact__reach_late": 0.6}
CALLING: Changes = {
    "collections__agents": "unlimited",
    "collections__intensity": one_of(1.0, 3.0),
    "collections__call__opens_dpd": 1,
    "collections__call__early_rate": one_of(1.0, 2.5),
    "collections__call__late_rate": 2.0,
}
UNCONDUCTED: Changes = {
    "collections__conduct__rounds_a_day": 25,
    "collections__conduct__attempts_in_7_days": 0,
    "collections__conduct__quiet_days": 0,
    "collections__conduct__stop_on_request": False,
}


def open_to_all(instrument: str, **terms: Any) -> Changes:
    """An instrument for anybody, without papers, in a wide window."""
    wide = {
        "hardships": ["any"],
        "proof_required": False,
        "min_dpd": one_of(0, 1),
        "max_dpd": 360,
        "max_late_before": 99,
        "min_score": 0,
        "max_balance": 0,
        "opens_month": 0,
        "closes_month": 120,
    }
    return {f"relief__{instrument}__{name}": value for name, value in (wide | terms).items()}


GENEROUS: dict[str, Changes] = {
    "deferral": {"months": one_of(1, 3)},
    "penalty_waiver": {"share": one_of(0.5, 1.0), "min_dpd": 1},
    "rate_reduction": {"share": one_of(0.3, 1.0)},
    "term_extension": {"months": one_of(2, 12)},
    "arrangement": {"months": one_of(1, 3), "min_dpd": 1},
    "settlement": {"haircut": one_of(0.5, 0.95), "min_dpd": 1},
}


def generous(**terms: Any) -> Strategy:
    """One instrument, open to all and generous."""
    return st.sampled_from(sorted(GENEROUS)).flatmap(
        lambda name: changes(**GRANTING, **open_to_all(name, **(GENEROUS[name] | terms)))
    )


def shock_of(kind: str) -> Strategy:
    """A shock of a kind in the first months."""
    return changes(
        kind=kind,
        month=st.integers(1, 4),
        share=one_of(0.3, 1.0),
        months=one_of(1, 3),
        loss_incomes=one_of(0.5, 4.0),
        regions=one_of([], [], [0]),
        sectors=one_of([], [], [1]),
    )


# what is in company -> (changes to the world, changes to the policy)
COMPANY: dict[str, Strategy] = {
    "a slow desk": st.tuples(
        changes(**TROUBLE, behaviour__awareness=1.0, behaviour__application=1.0),
        changes(
            relief__deferral__months=2,
            relief__deferral__minutes=25,
            relief__penalty_waiver__share=0.5,
            relief__desk__reviewers=1,
            relief__desk__minutes_per_reviewer_day=26,
        ),
    ),
    "a generous instrument": st.tuples(changes(**TROUBLE, **ASKING), generous(offer="opt_in")),
    "relief for all": st.tuples(
        changes(
            **TROUBLE,
            **ASKING,
            behaviour__stops_per_holiday_month=one_of(0.0, 0.2),
            behaviour__priority_lost_per_holiday_month=0.3,
            behaviour__puts_us_first=1.0,
            behaviour__grant_reengages=one_of(0.0, 0.5),
        ),
        generous(offer="universal", max_uses=3),
    ),
    "relief in conversations": st.tuples(
        changes(**TROUBLE, **ASKING, **IN_REACH),
        generous(offer="on_contact").flatmap(
            lambda terms: changes(**terms, **CALLING, **UNCONDUCTED)
        ),
    ),
    "a holiday while able": st.tuples(
        changes(
            **BOOK,
            **ASKING,
            loans__instalment_share=0.05,
            household__buffer_months=4.0,
            behaviour__pays_in_holiday=one_of(0.3, 1.0),
        ),
        changes(
            **GRANTING,
            **open_to_all("deferral", months=3, offer="universal", min_dpd=0),
            relief__deferral__interest=one_of("capitalised", "simple", "waived"),
        ),
    ),
    "deferral after deferral": st.tuples(
        changes(
            **TROUBLE,
            months=10,
            household__illness_per_month=0.3,
            household__illness_months=1.0,
            behaviour__stays_in_universal=1.0,
            behaviour__stops_per_holiday_month=0.0,
        ),
        changes(
            **open_to_all(
                "deferral",
                hardships=["illness", "job_loss", "any"],
                months=1,
                offer="universal",
                max_uses=3,
            ),
            relief__deferral__interest=one_of("capitalised", "simple", "waived"),
            relief__probation_months=0,
        ),
    ),
    "arrears made principal": st.tuples(
        changes(**TROUBLE, **ASKING),
        changes(
            **GRANTING,
            **open_to_all("deferral", months=one_of(1, 3), min_dpd=1),
            relief__deferral__interest=one_of("simple", "waived", "waived"),
            relief__deferral__capitalise_arrears=True,
        ),
    ),
    "waiting for a waiver": st.tuples(
        changes(
            **BOOK,
            **ASKING,
            loans__instalment_share=0.2,
            household__job_loss_per_month=0.05,
            behaviour__waits_for_waiver=one_of(0.3, 1.0),
            behaviour__waiver_willingness=0.5,
        ),
        changes(
            **GRANTING,
            **open_to_all("penalty_waiver", share=one_of(0.0, 0.5), min_dpd=1, max_uses=10),
            relief__penalty_waiver__bands=[
                {"from_dpd": 10, "share": 0.3},
                {"from_dpd": 40, "share": 1.0},
            ],
            relief__penalty_waiver__clean_record_bonus=0.25,
            relief__penalty_waiver__condition_days=one_of(0, 20, 60),
            relief__penalty_waiver__announced=True,
            relief__penalty_waiver__offer=one_of("opt_in", "universal"),
        ),
    ),
    "a waiver on condition": st.tuples(
        changes(**BOOK, **ASKING, behaviour__forgetting=0.5, behaviour__remembering_per_day=0.0),
        changes(
            **GRANTING,
            **open_to_all("penalty_waiver", share=one_of(0.5, 1.0), min_dpd=1, offer="universal"),
            relief__penalty_waiver__condition_days=one_of(20, 60),
        ),
    ),
    "a settlement with help": st.tuples(
        changes(**TROUBLE, **ASKING, behaviour__outside_help=one_of(0.5, 3.0)),
        changes(
            **GRANTING,
            **open_to_all("settlement", haircut=one_of(0.5, 0.95), min_dpd=1),
            relief__settlement__days=one_of(10, 60, 90),
            servicing__charge_off_dpd=one_of(90, 180),
        ),
    ),
    "an arrangement": st.tuples(
        changes(**TROUBLE, **ASKING, behaviour__opportunists=one_of(0.0, 0.5)),
        changes(**GRANTING, **open_to_all("arrangement", months=one_of(1, 3), min_dpd=1)),
    ),
    "choosy relief": st.tuples(
        changes(**TROUBLE, **ASKING),
        generous().flatmap(
            lambda terms: changes(
                **{
                    name: {"max_late_before": 0, "min_score": 680, "max_balance": 500_000}.get(
                        name.rpartition("__")[2], value
                    )
                    for name, value in terms.items()
                },
                relief__probation_months=one_of(1, 6),
            )
        ),
    ),
    "gratitude": st.tuples(
        changes(
            **TROUBLE,
            **ASKING,
            behaviour__reciprocity=one_of(0.3, 1.0),
            behaviour__grant_reengages=one_of(0.3, 1.0),
            behaviour__disengagement_first=0.9,
        ),
        generous(offer=one_of("opt_in", "universal")).flatmap(
            lambda terms: changes(**terms, relief__framing=one_of("lender", "lender", "regulator"))
        ),
    ),
    "outreach": st.tuples(
        changes(**BOOK, behaviour__awareness=one_of(0.0, 0.3)),
        generous().flatmap(
            lambda terms: changes(**terms, relief__outreach__share_per_month=one_of(0.1, 1.0))
        ),
    ),
    "the whole ladder": st.tuples(
        changes(
            **TROUBLE,
            **IN_REACH,
            behaviour__opportunists=0.3,
            contact__visit_reach=0.6,
            contact__moral_reengages=0.5,
            contact__notice_pays=0.8,
        ),
        changes(
            **CALLING,
            **UNCONDUCTED,
            collections__message__dpd=[1, 3, 20, 45, 70],
            collections__message__tone="moral",
            collections__visit__opens_dpd=one_of(1, 20),
            collections__visit__rate=one_of(0.2, 1.0),
            collections__visit__visitors=one_of("unlimited", 1),
            collections__visit__minutes_per_visitor_day=130,
            collections__notice__dpd=[8, 35, 60],
            collections__conduct__connected_a_day=one_of(3, 25),
        ),
    ),
    "reminders": st.tuples(
        changes(
            **BOOK,
            **IN_REACH,
            behaviour__forgetting=0.5,
            contact__message_works=one_of(0.3, 1.0),
            contact__asks_to_stop=0.5,
        ),
        changes(
            **CALLING | {"collections__intensity": one_of(0.4, 1.0, 3.0)},
            collections__message__before_due=True,
            collections__conduct__stop_on_request=one_of(True, True, False),
        ),
    ),
    "giving up and coming back": st.tuples(
        changes(
            **TROUBLE,
            household__fast_finding_per_month=0.9,
            behaviour__disengagement_first=0.9,
            behaviour__reconsiders=one_of(0.0, 0.3, 0.8),
            behaviour__returns_per_month=one_of(0.2, 0.9),
        ),
        changes(collections__intensity=one_of(0.0, 1.0)),
    ),
    "conduct limits": st.tuples(
        changes(
            **TROUBLE,
            **IN_REACH,
            contact__asks_to_stop=one_of(0.0, 0.1),
            contact__promises=one_of(0.0, 0.3),
            strain__complaints=one_of(0.02, 0.5),
        ),
        changes(
            **CALLING
            | {"collections__intensity": 3.0, "collections__call__early_rate": one_of(1.0, 5.0)},
            collections__message__dpd=[1, 3, 20, 45, 70],
            collections__visit__opens_dpd=5,
            collections__visit__rate=0.3,
            collections__conduct__rounds_a_day=one_of(0, 2, 25, 25),
            collections__conduct__attempts_in_7_days=one_of(0, 1, 7, 20),
            collections__conduct__connected_a_day=one_of(1, 3),
            collections__conduct__quiet_days=one_of(0, 0, 2, 7),
            collections__conduct__stop_on_request=one_of(True, True, False),
        ),
    ),
    "promises and squeezes": st.tuples(
        changes(
            **TROUBLE,
            **IN_REACH,
            household__other_debt_share=0.2,
            household__carry=one_of(0.5, 1.0),
            behaviour__puts_us_first=one_of(0.0, 0.5, 1.0),
            contact__promises=one_of(0.3, 1.0),
            contact__promise_days=one_of(1, 5, 29),
            contact__keeps_promise=one_of(0.3, 1.0),
            contact__squeezes=one_of(0.3, 1.0),
            contact__squeeze_share=one_of(0.2, 1.0),
            contact__promotes=one_of(0.0, 0.3),
        ),
        changes(**CALLING, **UNCONDUCTED),
    ),
    "the court": st.tuples(
        changes(
            **LOSSES,
            court__delay_months=one_of(0, 1, 2),
            court__hearings_per_day=one_of("unlimited", 1, 1),
            court__recovers_low=one_of(0.0, 0.3),
            court__recovers_high=one_of(0.3, 1.0),
        ),
        changes(
            collections__intensity=one_of(0.4, 1.0, 3.0),
            collections__court__filing_share=one_of(0.3, 1.0),
            collections__court__opens_dpd=one_of(30, 60, 120),
            collections__court__min_claim=one_of(0, 1_000),
            collections__court__borrower_fee=one_of(0, 777, 10_000),
            collections__notice__dpd=[40],
            servicing__acceleration="notice",
            servicing__charge_off_dpd=one_of(90, 180),
        ),
    ),
    "sued though able": st.tuples(
        changes(
            **BOOK,
            **IN_REACH,
            months=st.integers(5, 10),
            behaviour__opportunists=0.6,
            behaviour__skipping=one_of(0.5, 1.0),
            contact__persuaded=one_of(0.3, 1.0),
            court__delay_months=one_of(0, 1, 3),
            court__default_judgments=one_of(0.3, 0.7),
            court__contested_won=one_of(0.3, 0.8),
        ),
        changes(
            **CALLING,
            **UNCONDUCTED,
            collections__court__filing_share=1.0,
            collections__court__opens_dpd=30,
            collections__court__min_claim=0,
            collections__court__borrower_fee=one_of(777, 10_000),
            servicing__acceleration="court",
        ),
    ),
    "after charge-off": st.tuples(
        changes(
            **LOSSES,
            recovery__pays_per_month=0.5,
            recovery__half_life_months=one_of(1, 28),
            recovery__agency_factor=one_of(0.5, 1.2),
            recovery__part=one_of(0.25, 1.0),
        ),
        changes(
            servicing__charge_off_dpd=90,
            collections__recovery__route=one_of("none", "in_house", "agency"),
        ),
    ),
    "an agency": st.tuples(
        changes(**LOSSES, recovery__pays_per_month=0.3, recovery__agency_factor=one_of(0.5, 5.0)),
        changes(
            servicing__charge_off_dpd=90,
            collections__recovery__route="agency",
            collections__recovery__agency_commission=one_of(0.22, 1.0),
        ),
    ),
    "debt sold": st.tuples(
        changes(**LOSSES),
        changes(
            servicing__charge_off_dpd=90,
            collections__recovery__route="sale",
            collections__recovery__sell_after_months=one_of(1, 2),
        ),
    ),
    "old debt": st.tuples(
        changes(
            **LOSSES
            | {"borrowers": 6, "replicas": 1, "months": 32, "burn_in_months": 4}
            | {"loans__terms": [12, 18]},
            recovery__pays_per_month=0.5,
            recovery__half_life_months=one_of(6, 28),
            recovery__part=0.25,
        ),
        changes(
            servicing__charge_off_dpd=90,
            collections__recovery__route=one_of("in_house", "agency", "sale"),
            collections__recovery__sell_after_months=one_of(12, 23),
        ),
    ),
    "a bad year": st.tuples(
        changes(
            **BOOK,
            months=st.integers(6, 12),
            loans__regions=2,
            loans__sectors=2,
            economy__job_loss_by_month=[1.0, 3.0, 0.5],
            economy__job_finding_by_month=[1.0, 0.5],
            economy__illness_by_month=[1.0, 5.0],
            shocks=st.permutations(["layoffs", "epidemic", "disaster", "price_rise"]).flatmap(
                lambda kinds: st.tuples(*map(shock_of, kinds)).map(list)
            ),
            behaviour__awareness=1.0,
            behaviour__application=1.0,
        ),
        changes(
            relief__deferral__months=2,
            relief__deferral__hardships=["disaster", "illness", "job_loss"],
            relief__deferral__min_dpd=0,
            relief__deferral__max_dpd=360,
        ),
    ),
    "debits": st.tuples(
        changes(**TROUBLE),
        changes(
            servicing__auto_debit_share=one_of(0.5, 1.0),
            servicing__retry_days=one_of([3, 8], [29], []),
        ),
    ),
    "savers": st.tuples(
        changes(
            **BOOK,
            loans__instalment_share=0.05,
            loans__terms=[4, 12],
            household__hand_to_mouth_share=0.0,
            household__buffer_months=4.0,
            behaviour__early_payoff_per_month=one_of(0.1, 0.5),
        ),
        changes(servicing__penalty_base="compounding", servicing__all_in_cap_bp=one_of(0, 2_400)),
    ),
    "a capped penalty": st.tuples(
        changes(**TROUBLE, loans__annual_rate_bp=one_of(777, 3_600)),
        changes(
            servicing__penalty_multiple=3.0,
            servicing__penalty_base=one_of("principal", "principal_and_interest", "compounding"),
            servicing__all_in_cap_bp=one_of(1_000, 5_000),
            servicing__waterfall=one_of("vertical", "principal_first"),
            servicing__grace_days=0,
        ),
    ),
}
