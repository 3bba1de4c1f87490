"""Every column of the book, at its start value (model page, all sections)."""

from __future__ import annotations

from dataclasses import dataclass

from oracle_numbers import NEVER

ACTIVE, PAID_OFF, CHARGED_OFF, SETTLED = 0, 1, 2, 3
NONE, DISENGAGED, FORGOT, UNWILLING, UNABLE, WAITING = 0, 1, 2, 3, 4, 5


@dataclass
class Columns:
    """What is remembered of one borrower and its loan, each under its name in the book.

    Three columns are not here because the borrower derives them: ``oldest_due_day``,
    ``recent_attempts`` and ``recent_attempts_day``.
    """

    # who
    replica: int = 0
    number: int = 0
    fate: int = 0
    cycle: int = 0
    scripted: bool = False
    newcomer: bool = False
    region: int = 0
    sector: int = 0
    base_score: int = 0

    # contract
    original_principal: int = 0
    contract_rate_bp: int = 0
    rate_bp: int = 0
    term_months: int = 0
    instalment: int = 0
    old_instalment: int = 0
    billed_before: int = 0
    first_due_day: int = 0
    billed_instalments: int = 0
    last_billed_due_day: int = 0
    relevel_day: int = NEVER
    accelerated_due_day: int = NEVER
    status: int = ACTIVE

    # balances
    principal: int = 0
    interest_remainder: int = 0
    arrears_principal: int = 0
    arrears_interest: int = 0
    late_interest: int = 0
    late_interest_remainder: int = 0
    penalty: int = 0
    penalty_remainder: int = 0
    penalty_at_billing: int = 0
    deferred_interest: int = 0
    costs: int = 0
    accrued_through_day: int = 0

    # flows of money, cumulative
    opening_principal: int = 0
    interest_charged: int = 0
    penalty_charged: int = 0
    capitalised_interest: int = 0
    costs_charged: int = 0
    forgone_interest: int = 0
    clipped_penalty: int = 0
    paid_principal: int = 0
    paid_interest: int = 0
    paid_penalty: int = 0
    paid_costs: int = 0
    forgiven_principal: int = 0
    forgiven_interest: int = 0
    forgiven_penalty: int = 0
    forgiven_costs: int = 0
    written_off_principal: int = 0
    written_off_interest: int = 0
    written_off_penalty: int = 0
    written_off_costs: int = 0
    late_recovered: int = 0
    commissions: int = 0
    sale_proceeds: int = 0
    charged_off_day: int = NEVER
    sold: bool = False
    early_payoffs: int = 0

    # delinquency
    was_current: bool = False
    newly_late: bool = False
    why_missed: int = NONE
    default_day: int = NEVER
    default_after_misfortune: bool = False
    at_risk: bool = False
    last_payment_day: int = 0
    next_payment_day: int = NEVER
    promise_day: int = NEVER
    promises_made: int = 0
    promises_kept: int = 0
    due_dates: int = 0
    misses: int = 0
    late_starts: int = 0
    cures: int = 0
    late_before: int = 0
    months_in_arrears: int = 0
    bucket: int = 0
    adverse_marks: int = 0

    # relief
    deferral_from_day: int = NEVER
    deferral_until_day: int = NEVER
    deferrals_granted: int = 0
    deferral_file_day: int = NEVER
    deferral_spell_day: int = NEVER
    deferral_eligible: bool = False
    deferral_taken: bool = False
    waiver_bp: int = 0
    waiver_file_day: int = NEVER
    waiver_spell_day: int = NEVER
    waiver_eligible: bool = False
    waiver_taken: bool = False
    waivers_granted: int = 0
    waiver_offer_bp: int = 0
    waiver_until_day: int = NEVER
    waivers_kept: int = 0
    reduction_file_day: int = NEVER
    reduction_spell_day: int = NEVER
    reduction_eligible: bool = False
    reduction_taken: bool = False
    reductions_granted: int = 0
    extension_file_day: int = NEVER
    extension_spell_day: int = NEVER
    extension_eligible: bool = False
    extension_taken: bool = False
    extensions_granted: int = 0
    arrangement_file_day: int = NEVER
    arrangement_spell_day: int = NEVER
    arrangement_eligible: bool = False
    arrangement_taken: bool = False
    arrangements_granted: int = 0
    arrangement_amount: int = 0
    arrangement_until_day: int = NEVER
    arrangements_kept: int = 0
    arrangements_broken: int = 0
    settlement_file_day: int = NEVER
    settlement_spell_day: int = NEVER
    settlement_eligible: bool = False
    settlement_taken: bool = False
    settlements_granted: int = 0
    settlement_amount: int = 0
    settlement_until_day: int = NEVER
    relieved_day: int = NEVER
    restructured_day: int = NEVER
    probation_until_day: int = NEVER
    grateful: bool = False
    voluntary_payments: int = 0
    outreach_reached: int = 0
    applications: int = 0
    abandoned: int = 0
    files_decided: int = 0
    review_minutes: int = 0
    refusals: int = 0
    refused_in_hardship: int = 0
    waiting_days: int = 0

    # household
    income: int = 0
    essentials: int = 0
    other_debt: int = 0
    buffer: int = 0
    savings: int = 0
    surplus: int = 0
    paid_since_billing: int = 0
    other_arrears: int = 0
    diverted_since_billing: int = 0
    squeezed: int = 0
    squeezed_since_billing: int = 0
    job_loss_day: int = NEVER
    reemployed_day: int = NEVER
    slow_finder: bool = False
    ill_from_day: int = NEVER
    ill_until_day: int = NEVER
    disaster_from_day: int = NEVER
    disaster_until_day: int = NEVER
    shocks_met: int = 0
    misfortune_day: int = NEVER
    forgetting_probability: float = 0.0
    reachability: float = 0.0
    aware: bool = False
    sure_to_apply: bool = False
    opportunist: bool = False
    puts_us_first: bool = False
    auto_debit_luck: float = 0.0
    disengage_day: int = NEVER

    # collections
    strain: float = 0.0
    strain_day: int = 0
    messages_sent: int = 0
    calls_attempted: int = 0
    calls_connected: int = 0
    visits_attempted: int = 0
    visits_connected: int = 0
    notices_sent: int = 0
    last_connected_day: int = NEVER
    connected_today: int = 0
    stop_requested_day: int = NEVER
    contacts_refused: int = 0
    complaints: int = 0

    # court
    filed_day: int = NEVER
    hearing_day: int = NEVER
    judgment_day: int = NEVER
    cases_filed: int = 0
    hearings: int = 0
    court_waiting_days: int = 0
    judgments: int = 0
