"""A witness scenario, a nudge for every parameter, and what else it needs to matter."""

from __future__ import annotations

from typing import Any

from oracle_defaults import policy, world

Changes = dict[str, Any]

# A book in trouble, a lender with every instrument and too few hands.
WITNESS_WORLD = world(
    months=9,
    burn_in_months=2,
    borrowers=400,
    replicas=2,
    household__job_loss_per_month=0.05,
    household__illness_per_month=0.03,
    behaviour__awareness=0.8,
    behaviour__application=0.7,
    behaviour__opportunists=0.1,
    contact__reach_early=0.3,
    contact__reach_late=0.2,
)
WITNESS_POLICY = policy(
    relief__deferral__months=2,
    relief__deferral__hardships=["job_loss"],
    relief__penalty_waiver__share=0.5,
    relief__penalty_waiver__hardships=["illness"],
    relief__desk__reviewers=1,
    relief__desk__minutes_per_reviewer_day=60,
    collections__agents=1,
    collections__minutes_per_agent_day=120,
)
WORLD_NUDGES: dict[str, Any] = {
    "months": 10,
    "burn_in_months": 3,
    "borrowers": 401,
    "replicas": 3,
    "seed": 2027,
    "new_loans_per_month": 9,
    "discount_bp": 700,
    "loans__median_income": 500_100,
    "loans__income_log_sd": 0.46,
    "loans__instalment_share": 0.131,
    "loans__instalment_share_log_sd": 0.46,
    "loans__terms": [12, 18, 25],
    "loans__annual_rate_bp": 1_801,
    "loans__burden_cap": 0.94,
    "loans__regions": 3,
    "loans__sectors": 4,
    "household__job_loss_per_month": 0.055,
    "household__risk_multiplier": 1.6,
    "household__slow_finder_share": 0.35,
    "household__fast_finding_per_month": 0.62,
    "household__slow_finding_per_month": 0.2,
    "household__searching_income": 0.44,
    "household__illness_per_month": 0.033,
    "household__illness_months": 3.3,
    "household__illness_income": 0.59,
    "household__permanent_sd": 0.036,
    "household__transitory_sd": 0.16,
    "household__expense_per_month": 0.055,
    "household__expense_incomes": 0.31,
    "household__essentials_share": 0.515,
    "household__essentials_sd": 0.081,
    "household__other_debt_share": 0.061,
    "household__hand_to_mouth_share": 0.41,
    "household__hand_to_mouth_months": 0.26,
    "household__buffer_months": 1.05,
    "household__buffer_log_sd": 1.05,
    "household__carry": 0.5,
    "behaviour__forgetting": 0.05,
    "behaviour__remembering_per_day": 0.04,
    "behaviour__opportunists": 0.12,
    "behaviour__skipping": 0.35,
    "behaviour__disengagement_first": 0.16,
    "behaviour__disengagement_second": 0.32,
    "behaviour__disengagement_later": 0.55,
    "behaviour__partial_share": 0.3,
    "behaviour__reconsider_days": [7, 14, 21, 27],
    "behaviour__reconsiders": 0.8,
    "behaviour__returns_per_month": 0.2,
    "behaviour__awareness": 0.85,
    "behaviour__application": 0.75,
    "behaviour__proof_share": 0.8,
    "behaviour__proof_days": 6,
    "behaviour__accepts_offer": 0.8,
    "behaviour__stays_in_universal": 0.8,
    "behaviour__puts_us_first": 0.5,
    "behaviour__pays_in_holiday": 0.6,
    "behaviour__stops_per_holiday_month": 0.1,
    "behaviour__priority_lost_per_holiday_month": 0.2,
    "behaviour__waits_for_waiver": 0.4,
    "behaviour__waiver_willingness": 0.4,
    "behaviour__reciprocity": 0.4,
    "behaviour__grant_reengages": 0.5,
    "behaviour__early_payoff_per_month": 0.3,
    "behaviour__outside_help": 1.5,
    "contact__message_works": 0.4,
    "contact__reach_early": 0.31,
    "contact__reach_late": 0.22,
    "contact__pays_early": 0.4,
    "contact__pays_late": 0.25,
    "contact__reengaged": 0.25,
    "contact__persuaded": 0.4,
    "contact__informs": 0.6,
    "contact__moral_reengages": 0.3,
    "contact__promises": 0.3,
    "contact__promise_days": 6,
    "contact__keeps_promise": 0.8,
    "contact__visit_reach": 0.5,
    "contact__visit_pays": 0.5,
    "contact__notice_pays": 0.6,
    "contact__asks_to_stop": 0.1,
    "contact__squeezes": 0.5,
    "contact__squeeze_share": 0.4,
    "contact__promotes": 0.5,
    "strain__per_message": 0.2,
    "strain__per_call": 1.5,
    "strain__half_life_days": 20,
    "strain__cooperation_loss": 0.6,
    "strain__disengagement_gain": 0.6,
    "strain__per_visit": 3.0,
    "strain__per_notice": 1.5,
    "strain__complaints": 0.05,
    "economy__job_loss_by_month": [2.0],
    "economy__job_finding_by_month": [1.0, 0.5],
    "economy__illness_by_month": [2.0],
    "court__delay_months": 2,
    "court__hearings_per_day": 0,
    "court__default_judgments": 0.3,
    "court__contested_won": 0.3,
    "court__recovers_low": 0.2,
    "court__recovers_high": 0.6,
    "recovery__pays_per_month": 0.1,
    "recovery__half_life_months": 1,
    "recovery__part": 0.3,
    "recovery__agency_factor": 3.0,
    "recovery__residual_by_status": [0.97, 0.79, 0.54, 0.34, 0.19, 0.11, 0.05],
    "shocks": [{"kind": "layoffs", "month": 2, "share": 0.2}],
}

# each instrument with what its window is nudged to, and how often one loan can have it
OFFERS = {
    "deferral": (5, 30, 2),
    "penalty_waiver": (10, 30, 1),
    "rate_reduction": (5, 30, 2),
    "term_extension": (5, 30, 2),
    "arrangement": (10, 30, 1),
    "settlement": (60, 100, 1),
}


def offer_nudges(instrument: str) -> Changes:
    """What is nudged alike in every instrument."""
    min_dpd, max_dpd, max_uses = OFFERS[instrument]
    nudges = {
        "hardships": ["job_loss", "illness", "any"],
        "offer": "universal",
        "min_dpd": min_dpd,
        "max_dpd": max_dpd,
        "max_uses": max_uses,
        "max_late_before": 0,
        "min_score": 700,
        "max_balance": 1_000_000,
        "opens_month": 3,
        "closes_month": 4,
        "proof_required": False,
        "minutes": 31,
    }
    return {f"relief__{instrument}__{name}": value for name, value in nudges.items()}


POLICY_NUDGES: dict[str, Any] = {
    **{key: value for each in OFFERS for key, value in offer_nudges(each).items()},
    "relief__deferral__months": 3,
    "relief__deferral__interest": "waived",
    "relief__deferral__capitalise_arrears": True,
    "relief__penalty_waiver__share": 0.51,
    "relief__penalty_waiver__bands": [{"from_dpd": 20, "share": 0.9}],
    "relief__penalty_waiver__clean_record_bonus": 0.3,
    "relief__penalty_waiver__condition_days": 20,
    "relief__penalty_waiver__announced": True,
    "relief__rate_reduction__share": 0.3,
    "relief__term_extension__months": 6,
    "relief__arrangement__months": 3,
    "relief__settlement__haircut": 0.5,
    "relief__settlement__days": 5,
    "relief__framing": "regulator",
    "relief__probation_months": 6,
    "relief__outreach__share_per_month": 0.2,
    "relief__outreach__unit_cost": 51,
    "relief__desk__reviewers": 2,
    "relief__desk__minutes_per_reviewer_day": 70,
    "relief__desk__sensitivity": 0.7,
    "relief__desk__specificity": 0.6,
    "relief__desk__specificity_without_proof": 0.3,
    "relief__desk__unit_cost_per_minute": 101,
    "collections__intensity": 1.1,
    "collections__agents": 2,
    "collections__minutes_per_agent_day": 124,
    "collections__priority": "newest",
    "collections__complaint_cost": 20_001,
    "collections__message__dpd": [1, 3, 7, 14, 22],
    "collections__message__before_due": True,
    "collections__message__tone": "moral",
    "collections__message__unit_cost": 11,
    "collections__call__opens_dpd": 4,
    "collections__call__early_until_dpd": 31,
    "collections__call__early_rate": 0.9,
    "collections__call__late_rate": 0.6,
    "collections__call__minutes": 5,
    "collections__call__unit_cost": 151,
    "collections__visit__opens_dpd": 40,
    "collections__visit__rate": 0.6,
    "collections__visit__visitors": 2,
    "collections__visit__minutes_per_visitor_day": 180,
    "collections__visit__minutes": 61,
    "collections__visit__unit_cost": 6_001,
    "collections__notice__dpd": [10, 41],
    "collections__notice__unit_cost": 501,
    "collections__court__filing_share": 0.6,
    "collections__court__opens_dpd": 90,
    "collections__court__min_claim": 1_000_000,
    "collections__court__filing_cost": 20_001,
    "collections__court__borrower_fee": 10_100,
    "collections__conduct__rounds_a_day": 1,
    "collections__conduct__attempts_in_7_days": 1,
    "collections__conduct__connected_a_day": 3,
    "collections__conduct__quiet_days": 7,
    "collections__conduct__stop_on_request": True,
    "collections__recovery__route": "sale",
    "collections__recovery__sell_after_months": 3,
    "collections__recovery__agency_commission": 0.25,
    "collections__recovery__in_house_cost": 0.12,
    "collections__recovery__price_first_year": 0.12,
    "collections__recovery__price_second_year": 0.05,
    "collections__recovery__price_later": 0.03,
    "servicing__waterfall": "vertical",
    "servicing__penalty_multiple": 1.51,
    "servicing__penalty_base": "principal_and_interest",
    "servicing__grace_days": 4,
    "servicing__charge_off_dpd": 150,
    "servicing__all_in_cap_bp": 2_400,
    "servicing__acceleration": "notice",
    "servicing__auto_debit_share": 0.3,
    "servicing__retry_days": [4, 9],
    "servicing__bureau_dpd": 60,
}

# fields of the tables of a list -> (a table that matters, what each of its fields is nudged to)
SHOCK = {
    "kind": "disaster",
    "month": 2,
    "share": 0.9,
    "months": 2,
    "loss_incomes": 0.3,
    "regions": [0, 1],
    "sectors": [0, 1, 2],
}
SHOCK_NUDGES: dict[str, Any] = {
    "kind": "epidemic",
    "month": 3,
    "share": 0.8,
    "months": 6,
    "loss_incomes": 2.0,
    "regions": [1],
    "sectors": [0],
}
BAND = {"from_dpd": 5, "share": 0.6}
BAND_NUDGES: dict[str, Any] = {"from_dpd": 40, "share": 0.9}

# What else the witness needs for a parameter to matter: changes to the world, to the policy.
Need = tuple[Changes, Changes]

UNPROVEN = {
    "relief__deferral__proof_required": False,
    "relief__penalty_waiver__proof_required": False,
}
ROOM = {"relief__desk__reviewers": "unlimited"}
OFTEN = ["job_loss", "illness", "any"]  # several spells in one run
SICK_AND_JOBLESS = {
    **ROOM,
    "relief__deferral__hardships": ["job_loss", "illness"],
    "relief__penalty_waiver__hardships": ["job_loss", "illness"],
}
ALONE = {
    "relief__deferral__months": 0,
    "relief__penalty_waiver__share": 0.0,
    "relief__desk__minutes_per_reviewer_day": 150,
}
REDUCTION = {**ALONE, "relief__rate_reduction__share": 0.3}
EXTENSION = {**ALONE, "relief__term_extension__months": 6}
ARRANGEMENT = {**ALONE, "relief__arrangement__months": 3}
SETTLEMENT = {
    **ALONE,
    "relief__settlement__haircut": 0.5,
    "relief__settlement__min_dpd": 30,
}
ALL_WAIVED = {
    "relief__penalty_waiver__offer": "universal",
    "relief__penalty_waiver__hardships": ["any"],
    "relief__penalty_waiver__max_dpd": 360,
}
VISITS = {
    "collections__visit__rate": 0.5,
    "collections__visit__opens_dpd": 20,
    "collections__visit__visitors": 1,
    "collections__visit__minutes_per_visitor_day": 120,
}
NOTICES = {"collections__notice__dpd": [10, 40]}
COURT = (
    {"court__delay_months": 1},
    {
        "collections__court__filing_share": 0.5,
        "collections__court__opens_dpd": 60,
        "collections__court__min_claim": 0,
    },
)
WRITTEN_OFF = {"servicing__charge_off_dpd": 90}
LATE_PAID = {"recovery__pays_per_month": 0.1}
AGENCY = {**WRITTEN_OFF, "collections__recovery__route": "agency"}
SALE = {
    **WRITTEN_OFF,
    "collections__recovery__route": "sale",
    "collections__recovery__sell_after_months": 2,
}
BUSY = {"collections__agents": "unlimited", "collections__intensity": 3.0}
REGIONAL = {"shocks": [{"kind": "layoffs", "month": 2, "share": 0.8, "regions": [0]}]}
SECTORAL = {"shocks": [{"kind": "layoffs", "month": 2, "share": 0.8, "sectors": [0]}]}

USING: dict[str, Changes] = {
    "deferral": {},
    "penalty_waiver": {},
    "rate_reduction": REDUCTION,
    "term_extension": EXTENSION,
    "arrangement": ARRANGEMENT,
    "settlement": SETTLEMENT,
}
NEEDS: dict[str, Need] = {
    **{
        key: ({}, using)
        for instrument, using in USING.items()
        if using
        for key in offer_nudges(instrument)
    },
    **{
        f"relief__{instrument}__max_uses": (
            {"behaviour__outside_help": 0.0},
            {
                **using,
                **ROOM,
                f"relief__{instrument}__hardships": OFTEN,
                f"relief__{instrument}__proof_required": False,
                **({"relief__settlement__days": 5} if instrument == "settlement" else {}),
            },
        )
        for instrument, using in USING.items()
    },
    "new_loans_per_month": ({"loans__terms": [6]}, {}),
    "loans__regions": (REGIONAL, {}),
    "loans__sectors": (SECTORAL, {}),
    "behaviour__accepts_offer": ({}, {"relief__deferral__offer": "on_contact"}),
    "behaviour__stays_in_universal": ({}, {"relief__deferral__offer": "universal"}),
    "behaviour__priority_lost_per_holiday_month": ({"behaviour__puts_us_first": 1.0}, {}),
    "behaviour__waits_for_waiver": ({}, {"relief__penalty_waiver__announced": True}),
    "behaviour__waiver_willingness": ({}, ALL_WAIVED),
    "behaviour__grant_reengages": ({}, ALL_WAIVED),
    "behaviour__outside_help": ({}, SETTLEMENT),
    "contact__moral_reengages": ({}, {"collections__message__tone": "moral"}),
    "contact__visit_reach": ({}, VISITS),
    "contact__visit_pays": ({}, VISITS),
    "contact__notice_pays": ({}, NOTICES),
    "contact__asks_to_stop": ({}, {"collections__conduct__stop_on_request": True}),
    "contact__squeeze_share": ({"contact__squeezes": 0.5}, {}),
    "strain__per_visit": ({}, VISITS),
    "strain__per_notice": ({}, NOTICES),
    "court__delay_months": COURT,
    "court__hearings_per_day": COURT,
    "court__default_judgments": COURT,
    "court__contested_won": COURT,
    "court__recovers_low": COURT,
    "court__recovers_high": COURT,
    "recovery__pays_per_month": ({}, WRITTEN_OFF),
    "recovery__half_life_months": (LATE_PAID, WRITTEN_OFF),
    "recovery__part": (LATE_PAID, WRITTEN_OFF),
    "recovery__agency_factor": ({}, AGENCY),
    "relief__desk__specificity_without_proof": ({}, UNPROVEN),
    "relief__penalty_waiver__announced": ({"behaviour__waits_for_waiver": 0.4}, {}),
    "relief__settlement__days": ({}, SETTLEMENT),
    "relief__framing": ({"behaviour__reciprocity": 0.5}, {}),
    "relief__probation_months": ({}, SICK_AND_JOBLESS),
    "relief__outreach__unit_cost": ({}, {"relief__outreach__share_per_month": 0.2}),
    "collections__complaint_cost": ({"strain__complaints": 0.05}, {}),
    "collections__message__tone": ({"contact__moral_reengages": 0.3}, {}),
    "collections__visit__opens_dpd": ({}, VISITS),
    "collections__visit__visitors": ({}, VISITS),
    "collections__visit__minutes_per_visitor_day": ({}, VISITS),
    "collections__visit__minutes": ({}, VISITS),
    "collections__visit__unit_cost": ({}, VISITS),
    "collections__notice__unit_cost": ({}, NOTICES),
    "collections__court__opens_dpd": COURT,
    "collections__court__min_claim": COURT,
    "collections__court__filing_cost": COURT,
    "collections__court__borrower_fee": COURT,
    "collections__conduct__rounds_a_day": ({}, BUSY),
    "collections__conduct__connected_a_day": ({}, BUSY),
    "collections__conduct__stop_on_request": ({"contact__asks_to_stop": 0.1}, {}),
    "collections__recovery__route": ({}, SALE | {"collections__recovery__route": "in_house"}),
    "collections__recovery__sell_after_months": ({}, SALE),
    "collections__recovery__agency_commission": (LATE_PAID, AGENCY),
    "collections__recovery__in_house_cost": (LATE_PAID, WRITTEN_OFF),
    "collections__recovery__price_first_year": ({}, SALE),
    "collections__recovery__price_second_year": (
        {"months": 20},
        SALE | {"collections__recovery__sell_after_months": 12},
    ),
    "collections__recovery__price_later": (
        {"months": 32},
        SALE | {"collections__recovery__sell_after_months": 23},
    ),
    "servicing__acceleration": ({}, NOTICES),
    "servicing__retry_days": ({}, {"servicing__auto_debit_share": 0.5}),
}
# to nudge a field of a shock or of a band
SHOCK_NEEDS: Need = ({}, {"relief__deferral__hardships": ["disaster"]})
BAND_NEEDS: Need = ({}, ROOM)
