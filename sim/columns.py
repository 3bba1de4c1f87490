"""The columns of the Book: every fact of a loan and its borrower, with unit and meaning.

Money is in minor units; a column named ``_day`` holds a day, NEVER where it has not come.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from sim.clock import NEVER

Rows = npt.NDArray[np.int64]
"""Positions of rows in a Book."""
Mask = npt.NDArray[np.bool_]
Int8 = npt.NDArray[np.int8]
Int16 = npt.NDArray[np.int16]
Int32 = npt.NDArray[np.int32]
Int64 = npt.NDArray[np.int64]
Fate = npt.NDArray[np.uint64]
Float = npt.NDArray[np.float64]


class Codes:
    """Names for the numbers in a column: plain integers, as NumPy is slow to compare an enum's."""

    @classmethod
    def names(cls) -> dict[int, str]:
        """Return the name of each number, in lower case."""
        return {number: name.lower() for name, number in vars(cls).items() if name.isupper()}


class Status(Codes):
    """What became of a loan; all but ACTIVE absorb."""

    ACTIVE: Final = 0
    PAID_OFF: Final = 1
    CHARGED_OFF: Final = 2
    SETTLED: Final = 3


class WhyMissed(Codes):
    """Why the last due date was not paid in full."""

    NONE: Final = 0
    DISENGAGED: Final = 1
    FORGOT: Final = 2
    UNWILLING: Final = 3
    UNABLE: Final = 4
    WAITING: Final = 5


class Column:
    """The declaration of a column: its type, its unit and meaning, and what it starts at."""

    def __init__(self, dtype: type[np.generic], meaning: str, start: int = 0) -> None:
        """Declare a column."""
        self.dtype = np.dtype(dtype)
        self.meaning = meaning
        self.start = start


def _column(dtype: type[np.generic], meaning: str, start: int = 0) -> Any:
    """Return a declaration, typed as the array that each Book puts in its place."""
    return Column(dtype, meaning, start)


class Columns:
    """One array for each declaration, all as long as the Book."""

    # who
    replica: Int32 = _column(np.int32, "number of the replica")
    number: Int32 = _column(np.int32, "number of the borrower in its replica")
    fate: Fate = _column(np.uint64, "what all luck of the borrower is computed from")
    cycle: Int8 = _column(np.int8, "billing cycle: due days are 3 x cycle + 30 j")
    scripted: Mask = _column(np.bool_, "misfortunes come from a script, not from luck")
    newcomer: Mask = _column(np.bool_, "lent after day 0, outside all measures")
    region: Int8 = _column(np.int8, "where it lives")
    sector: Int8 = _column(np.int8, "where it works")
    base_score: Int16 = _column(np.int16, "credit score before what happens on this loan")

    # contract
    original_principal: Int64 = _column(np.int64, "money lent")
    contract_rate_bp: Int32 = _column(np.int32, "annual rate agreed, basis points")
    rate_bp: Int32 = _column(np.int32, "annual rate in force, basis points")
    term_months: Int16 = _column(np.int16, "number of instalments")
    instalment: Int64 = _column(np.int64, "level instalment, money")
    old_instalment: Int64 = _column(
        np.int64, "what counts arrears from before the instalment was set anew, money; 0: none"
    )
    billed_before: Int16 = _column(np.int16, "instalments billed when it was")
    first_due_day: Int32 = _column(np.int32, "due day of the first instalment")
    billed_instalments: Int16 = _column(np.int16, "instalments billed so far")
    last_billed_due_day: Int32 = _column(np.int32, "due day of the instalment billed last")
    oldest_due_day: Int32 = _column(
        np.int32,
        "due day of the oldest unpaid instalment, NEVER: no arrears; servicing keeps it",
        NEVER,
    )
    relevel_day: Int32 = _column(np.int32, "due day on which the instalment is set anew", NEVER)
    accelerated_due_day: Int32 = _column(
        np.int32, "oldest due day when the whole loan was called due", NEVER
    )
    status: Int8 = _column(np.int8, "active, paid off, charged off or settled (Status)")

    # balances
    principal: Int64 = _column(np.int64, "principal not yet billed")
    interest_remainder: Int32 = _column(np.int32, "interest below a minor unit, numerator")
    arrears_principal: Int64 = _column(np.int64, "principal billed and unpaid")
    arrears_interest: Int64 = _column(np.int64, "interest billed and unpaid")
    late_interest: Int64 = _column(np.int64, "ordinary interest on overdue principal, unpaid")
    late_interest_remainder: Int32 = _column(np.int32, "the same below a minor unit, numerator")
    penalty: Int64 = _column(np.int64, "penalty accrued and unpaid")
    penalty_remainder: Int32 = _column(np.int32, "the same below a minor unit, numerator")
    penalty_at_billing: Int64 = _column(np.int64, "penalty that stood at the last due date")
    deferred_interest: Int64 = _column(np.int64, "interest put off, billed bit by bit")
    costs: Int64 = _column(np.int64, "costs charged to the borrower and unpaid")
    accrued_through_day: Int32 = _column(
        np.int32, "last close counted in overdue accrual, where anything is overdue"
    )

    # flows of money, cumulative
    opening_principal: Int64 = _column(np.int64, "principal when the run starts")
    interest_charged: Int64 = _column(np.int64, "interest billed, accrued late or capitalised")
    penalty_charged: Int64 = _column(np.int64, "penalty accrued")
    capitalised_interest: Int64 = _column(np.int64, "interest moved into principal")
    costs_charged: Int64 = _column(np.int64, "costs charged")
    forgone_interest: Int64 = _column(np.int64, "interest that a lower rate did not charge")
    clipped_penalty: Int64 = _column(np.int64, "penalty that the all-in cap did not charge")
    paid_principal: Int64 = _column(np.int64, "principal paid")
    paid_interest: Int64 = _column(np.int64, "interest paid")
    paid_penalty: Int64 = _column(np.int64, "penalty paid")
    paid_costs: Int64 = _column(np.int64, "costs paid")
    forgiven_principal: Int64 = _column(np.int64, "principal forgiven in a settlement")
    forgiven_interest: Int64 = _column(np.int64, "interest waived or forgiven")
    forgiven_penalty: Int64 = _column(np.int64, "penalty waived or forgiven")
    forgiven_costs: Int64 = _column(np.int64, "costs forgiven")
    written_off_principal: Int64 = _column(np.int64, "principal written off")
    written_off_interest: Int64 = _column(np.int64, "interest written off")
    written_off_penalty: Int64 = _column(np.int64, "penalty written off")
    written_off_costs: Int64 = _column(np.int64, "costs written off")
    late_recovered: Int64 = _column(np.int64, "recovered after charge-off")
    commissions: Int64 = _column(
        np.int64, "what collecting after charge-off cost: an agency's commission, or in-house"
    )
    sale_proceeds: Int64 = _column(np.int64, "price the debt was sold at")
    charged_off_day: Int32 = _column(np.int32, "day of charge-off", NEVER)
    sold: Mask = _column(np.bool_, "sold after charge-off")
    early_payoffs: Int8 = _column(np.int8, "paid off before maturity")

    # delinquency
    was_current: Mask = _column(np.bool_, "owed no arrears before the last bill")
    newly_late: Mask = _column(np.bool_, "fell into arrears at the last due date")
    why_missed: Int8 = _column(np.int8, "reason for the last miss (WhyMissed)")
    default_day: Int32 = _column(np.int32, "first close at 90 days past due", NEVER)
    default_after_misfortune: Mask = _column(
        np.bool_, "a misfortune lasted then or had begun within the 240 days before"
    )
    at_risk: Mask = _column(np.bool_, "active and below 90 days past due when day 0 opens")
    last_payment_day: Int32 = _column(np.int32, "day of the last payment")
    next_payment_day: Int32 = _column(np.int32, "day it remembers, reconsiders or promised", NEVER)
    promise_day: Int32 = _column(np.int32, "day it promised to pay", NEVER)
    promises_made: Int16 = _column(np.int16, "promises to pay")
    promises_kept: Int16 = _column(np.int16, "of these, kept at least in part")
    due_dates: Int16 = _column(np.int16, "due dates of a current account past their grace")
    misses: Int16 = _column(np.int16, "of these, unpaid at the end of grace")
    late_starts: Int16 = _column(np.int16, "due dates at which a current account fell late")
    cures: Int16 = _column(np.int16, "of these, current again by the next due date")
    late_before: Int16 = _column(np.int16, "late starts when day 0 opens")
    months_in_arrears: Int16 = _column(np.int16, "months' ends with arrears")
    bucket: Int8 = _column(np.int8, "delinquency bucket at the last month's end, -1: not active")
    adverse_marks: Int16 = _column(np.int16, "adverse marks at the credit bureau")

    # relief
    deferral_from_day: Int32 = _column(np.int32, "first due day skipped", NEVER)
    deferral_until_day: Int32 = _column(np.int32, "due day at which billing resumes", NEVER)
    deferrals_granted: Int16 = _column(np.int16, "deferrals granted")
    deferral_file_day: Int32 = _column(np.int32, "day the file reaches the desk", NEVER)
    deferral_spell_day: Int32 = _column(np.int32, "hardship spell last applied for", NEVER)
    deferral_eligible: Mask = _column(np.bool_, "ever eligible for a deferral on a due day")
    deferral_taken: Mask = _column(np.bool_, "granted a deferral since day 0")
    waiver_bp: Int16 = _column(np.int16, "share of penalty waived, basis points")
    waiver_file_day: Int32 = _column(np.int32, "day the file reaches the desk", NEVER)
    waiver_spell_day: Int32 = _column(np.int32, "hardship spell last applied for", NEVER)
    waiver_eligible: Mask = _column(np.bool_, "ever eligible for a waiver on a due day")
    waiver_taken: Mask = _column(np.bool_, "granted a waiver since day 0")
    waivers_granted: Int16 = _column(np.int16, "waivers granted")
    waiver_offer_bp: Int16 = _column(np.int16, "share waived if the rest is paid, basis points")
    waiver_until_day: Int32 = _column(np.int32, "last day of that offer", NEVER)
    waivers_kept: Int16 = _column(np.int16, "conditional waivers earned")
    reduction_file_day: Int32 = _column(np.int32, "day the file reaches the desk", NEVER)
    reduction_spell_day: Int32 = _column(np.int32, "hardship spell last applied for", NEVER)
    reduction_eligible: Mask = _column(np.bool_, "ever eligible for a lower rate on a due day")
    reduction_taken: Mask = _column(np.bool_, "granted a lower rate since day 0")
    reductions_granted: Int16 = _column(np.int16, "rate reductions granted")
    extension_file_day: Int32 = _column(np.int32, "day the file reaches the desk", NEVER)
    extension_spell_day: Int32 = _column(np.int32, "hardship spell last applied for", NEVER)
    extension_eligible: Mask = _column(np.bool_, "ever eligible for a longer term on a due day")
    extension_taken: Mask = _column(np.bool_, "granted a longer term since day 0")
    extensions_granted: Int16 = _column(np.int16, "term extensions granted")
    arrangement_file_day: Int32 = _column(np.int32, "day the file reaches the desk", NEVER)
    arrangement_spell_day: Int32 = _column(np.int32, "hardship spell last applied for", NEVER)
    arrangement_eligible: Mask = _column(np.bool_, "ever eligible for an arrangement on a due day")
    arrangement_taken: Mask = _column(np.bool_, "granted an arrangement since day 0")
    arrangements_granted: Int16 = _column(np.int16, "repayment arrangements granted")
    arrangement_amount: Int64 = _column(np.int64, "arrears to pay a month, money")
    arrangement_until_day: Int32 = _column(np.int32, "first day after the arrangement", NEVER)
    arrangements_kept: Int16 = _column(np.int16, "arrangements kept to the end")
    arrangements_broken: Int16 = _column(np.int16, "arrangements broken")
    settlement_file_day: Int32 = _column(np.int32, "day the file reaches the desk", NEVER)
    settlement_spell_day: Int32 = _column(np.int32, "hardship spell last applied for", NEVER)
    settlement_eligible: Mask = _column(np.bool_, "ever eligible for a settlement on a due day")
    settlement_taken: Mask = _column(np.bool_, "granted a settlement since day 0")
    settlements_granted: Int16 = _column(np.int16, "settlements offered by the desk")
    settlement_amount: Int64 = _column(np.int64, "what settles the loan, money")
    settlement_until_day: Int32 = _column(np.int32, "last day to settle", NEVER)
    relieved_day: Int32 = _column(np.int32, "day of the last grant of any relief", NEVER)
    restructured_day: Int32 = _column(
        np.int32, "day of the last that changed what is due when, or at which rate", NEVER
    )
    probation_until_day: Int32 = _column(np.int32, "first day open to relief again", NEVER)
    grateful: Mask = _column(np.bool_, "won over by relief in the lender's name")
    voluntary_payments: Int16 = _column(np.int16, "due dates paid in a deferral of its own will")
    outreach_reached: Int16 = _column(np.int16, "told of relief by a campaign")
    applications: Int16 = _column(np.int16, "applications made")
    abandoned: Int16 = _column(np.int16, "applications given up for want of proof")
    files_decided: Int16 = _column(np.int16, "files the desk decided")
    review_minutes: Int32 = _column(np.int32, "reviewers' minutes that its files took")
    refusals: Int16 = _column(np.int16, "files refused")
    refused_in_hardship: Int16 = _column(np.int16, "files refused though in hardship")
    waiting_days: Int32 = _column(np.int32, "days that decided files waited at the desk")

    # household, per 30 days where an amount
    income: Int64 = _column(np.int64, "income when at work, money")
    essentials: Int64 = _column(np.int64, "essential spending, money")
    other_debt: Int64 = _column(np.int64, "debt service to other lenders, money")
    buffer: Int64 = _column(np.int64, "savings kept at most, money")
    savings: Int64 = _column(np.int64, "savings on the last due day, after paying, money")
    surplus: Int64 = _column(np.int64, "what the 30 days after it leave, before us, money")
    paid_since_billing: Int64 = _column(np.int64, "paid to us since, money")
    other_arrears: Int64 = _column(np.int64, "arrears with other lenders, money")
    diverted_since_billing: Int64 = _column(np.int64, "kept from other lenders since, money")
    squeezed: Int64 = _column(np.int64, "paid by cutting essentials, money")
    squeezed_since_billing: Int64 = _column(np.int64, "of it, since the last due day, money")
    job_loss_day: Int32 = _column(np.int32, "first day without the last job lost", NEVER)
    reemployed_day: Int32 = _column(np.int32, "first day in work again", NEVER)
    slow_finder: Mask = _column(np.bool_, "of the slow type in its last search")
    ill_from_day: Int32 = _column(np.int32, "first day of the last illness", NEVER)
    ill_until_day: Int32 = _column(np.int32, "first day recovered", NEVER)
    disaster_from_day: Int32 = _column(np.int32, "first day of the last disaster", NEVER)
    disaster_until_day: Int32 = _column(np.int32, "first day after it", NEVER)
    shocks_met: Int8 = _column(
        np.int8, "since day 0 or under way then: 1 job loss, 2 illness, 4 disaster, summed"
    )
    misfortune_day: Int32 = _column(
        np.int32, "day on which a job loss, an illness, an expense or a disaster last began", NEVER
    )
    forgetting_probability: Float = _column(np.float64, "chance to forget a due date")
    reachability: Float = _column(np.float64, "multiplies the chance that a call connects")
    aware: Mask = _column(np.bool_, "knows that relief exists")
    sure_to_apply: Mask = _column(np.bool_, "by script applies as soon as it may, with papers")
    opportunist: Mask = _column(np.bool_, "skips payments and pretends hardship")
    auto_debit_luck: Float = _column(np.float64, "pays by auto-debit where a share above this does")
    puts_us_first: Mask = _column(np.bool_, "pays us before other lenders")
    disengage_day: Int32 = _column(np.int32, "first day it no longer deals with us", NEVER)

    # collections
    strain: Float = _column(np.float64, "strain from contacts, as of strain_day")
    strain_day: Int32 = _column(np.int32, "day of the last change of strain")
    messages_sent: Int32 = _column(np.int32, "messages sent")
    calls_attempted: Int32 = _column(np.int32, "calls attempted")
    calls_connected: Int32 = _column(np.int32, "calls that reached the borrower")
    visits_attempted: Int32 = _column(np.int32, "visits attempted")
    visits_connected: Int32 = _column(np.int32, "visits that met the borrower")
    notices_sent: Int16 = _column(np.int16, "notices sent")
    last_connected_day: Int32 = _column(np.int32, "day of the last conversation", NEVER)
    connected_today: Int8 = _column(np.int8, "conversations on that day")
    recent_attempts: Int64 = _column(
        np.int64, "calls attempted a day, eight bits each of seven days, the last lowest"
    )
    recent_attempts_day: Int32 = _column(np.int32, "day of the lowest of them", NEVER)
    stop_requested_day: Int32 = _column(np.int32, "day it asked not to be contacted", NEVER)
    contacts_refused: Int32 = _column(np.int32, "contacts that a conduct limit forbade")
    complaints: Int16 = _column(np.int16, "complaints made")

    # court
    filed_day: Int32 = _column(np.int32, "day the case was filed", NEVER)
    hearing_day: Int32 = _column(np.int32, "day from which the pending case is heard", NEVER)
    judgment_day: Int32 = _column(np.int32, "day the lender won", NEVER)
    cases_filed: Int8 = _column(np.int8, "cases filed")
    hearings: Int8 = _column(np.int8, "hearings held")
    court_waiting_days: Int32 = _column(np.int32, "days that cases waited for a hearing")
    judgments: Int8 = _column(np.int8, "cases won")


COLUMNS = {name: value for name, value in vars(Columns).items() if isinstance(value, Column)}
"""The columns by name, in the order of their declaration."""

PAID: Final = ("paid_principal", "paid_interest", "paid_penalty", "paid_costs")
FORGIVEN: Final = ("forgiven_principal", "forgiven_interest", "forgiven_penalty", "forgiven_costs")
WRITTEN_OFF: Final = (
    "written_off_principal",
    "written_off_interest",
    "written_off_penalty",
    "written_off_costs",
)
"""What became of money, a column for each component of what is owed."""
