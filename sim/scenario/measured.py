"""What an expectation can name: metrics, segments of borrowers, figures of scripted cases.

A file is checked without running anything, so the names stand on this floor; the tests hold them to
what the floors above measure.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

METRIC_UNITS: Final[Mapping[str, str]] = {
    "default_rate": "share",
    "recovered": "money",
    "outstanding": "money",
    "net_recovered": "money",
    "value": "money",
    "ever_90_rate": "share",
    "default_after_shock": "share",
    "redefault_rate": "share",
    "charge_off_rate": "share",
    "settled_rate": "share",
    "paid_off_rate": "share",
    "early_payoff_rate": "share",
    "no_payment_90_rate": "share",
    "miss_rate": "share",
    "cure_rate": "share",
    "overdue_balance_share": "share",
    "overdue_90_balance_share": "share",
    "roll_rate_0": "share",
    "roll_rate_1": "share",
    "roll_rate_30": "share",
    "roll_rate_60": "share",
    "substandard_share": "share",
    "special_mention_share": "share",
    "forborne_share": "share",
    "non_performing_share": "share",
    "stage_2_share": "share",
    "stage_3_share": "share",
    "recovered_principal": "money",
    "recovered_interest": "money",
    "recovered_penalty": "money",
    "recovered_costs": "money",
    "late_recovered": "money",
    "paid_of_due": "share",
    "present_value": "money",
    "residual_value": "money",
    "claims": "money",
    "forgiven": "money",
    "forgiven_penalty": "money",
    "forgone_by_rate": "money",
    "clipped_penalty": "money",
    "capitalised_interest": "money",
    "written_off": "money",
    "cost_of_collection": "money",
    "cost_of_desk": "money",
    "cost_of_outreach": "money",
    "cost_of_court": "money",
    "commissions": "money",
    "deferral_take_up": "share",
    "waiver_take_up": "share",
    "reduction_take_up": "share",
    "extension_take_up": "share",
    "arrangement_take_up": "share",
    "settlement_take_up": "share",
    "arrangements_kept": "share",
    "outreach_reached": "share",
    "abandoned": "share",
    "refused_in_hardship": "share",
    "waiting_days": "days",
    "queue_length": "count",
    "reviewer_utilisation": "share",
    "voluntary_payments": "count",
    "messages_sent": "count",
    "calls_attempted": "count",
    "calls_connected": "count",
    "visits_attempted": "count",
    "notices_sent": "count",
    "contacts_refused": "count",
    "promises_made": "count",
    "promises_kept": "share",
    "call_minutes": "minutes",
    "desk_minutes": "minutes",
    "visit_minutes": "minutes",
    "agent_utilisation": "share",
    "visitor_utilisation": "share",
    "cases_filed": "share",
    "judgments": "share",
    "court_waiting_days": "days",
    "months_in_arrears": "count",
    "adverse_marks": "count",
    "complaints_per_thousand": "count",
    "squeezed": "money",
    "other_arrears": "money",
    "jobless_share": "share",
    "spells_under_5_weeks": "share",
    "spells_5_to_14_weeks": "share",
    "spells_15_to_26_weeks": "share",
    "spells_27_weeks_on": "share",
    "satisfaction": "points",
}
"""Every metric (``rules.measures.METRICS``) with its unit."""

SEGMENTS: Final = (
    "income_low",
    "income_middle",
    "income_high",
    "record_clean",
    "record_late",
    "shock_none",
    "shock_job_loss",
    "shock_illness",
    "shock_disaster",
)
"""Parts of the borrowers at risk: by income, by record at day 0, by what struck them since."""

SEGMENT_UNITS: Final[Mapping[str, str]] = {
    "default_rate": "share",
    "ever_90_rate": "share",
    "charge_off_rate": "share",
    "paid_off_rate": "share",
    "behind_rate": "share",
    "no_payment_rate": "share",
    "share_of_losses": "share",
    "paid": "money",
    "relief_granted": "count",
    "complaints": "count",
    "adverse_marks": "count",
}
"""What is known of a segment or cohort at the horizon, for each of its borrowers, with its unit."""

STATUS: Final = "status"
DAY: Final = "day"

FIGURE_UNITS: Final[Mapping[str, str]] = {
    "status": STATUS,
    "default_day": DAY,
    "worst_dpd": "days",
    "paid": "money",
    "paid_penalty": "money",
    "paid_costs": "money",
    "forgiven": "money",
    "forgiven_penalty": "money",
    "written_off": "money",
    "late_recovered": "money",
    "outstanding": "money",
    "applications": "count",
    "refusals": "count",
    "deferrals": "count",
    "deferred_months": "count",
    "waivers": "count",
    "reductions": "count",
    "extensions": "count",
    "arrangements": "count",
    "settlements": "count",
    "messages": "count",
    "calls_connected": "count",
    "visits": "count",
    "notices": "count",
    "complaints": "count",
    "months_in_arrears": "count",
    "adverse_marks": "count",
    "judgments": "count",
}
"""What is known of a scripted case under a policy (``experiment.cases.CaseOutcome``)."""

STATUSES: Final = ("active", "paid_off", "charged_off", "settled")
NEVER: Final = "never"
"""In place of the day of what did not happen."""
