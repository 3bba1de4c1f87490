"""The oracle's borrower: every column of the book, what follows from them, and origination."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from typing import Any

from oracle_numbers import (
    CENT,
    NEVER,
    annuity,
    ceil_div,
    decay,
    exponential,
    fate_of,
    half_up,
    lognormal,
    normal,
    uniform,
)

ACTIVE, PAID_OFF, CHARGED_OFF = 0, 1, 2
NONE, DISENGAGED, FORGOT, UNWILLING, UNABLE = 0, 1, 2, 3, 4


@dataclass
class Borrower:
    """One borrower and its loan; all fields but the first two are columns of the page."""

    world: dict[str, Any]
    policy: dict[str, Any]
    replica: int
    number: int
    fate: int

    cycle: int = 0
    original_principal: int = 0
    rate_bp: int = 0
    term_months: int = 0
    instalment: int = 0
    first_due_day: int = 0
    billed_instalments: int = 0
    last_billed_due_day: int = 0
    opening_principal: int = 0
    principal: int = 0
    interest_remainder: int = 0
    arrears_principal: int = 0
    arrears_interest: int = 0
    late_interest: int = 0
    late_interest_remainder: int = 0
    penalty: int = 0
    penalty_remainder: int = 0
    accrued_through_day: int = 0

    interest_charged: int = 0
    penalty_charged: int = 0
    paid_principal: int = 0
    paid_interest: int = 0
    paid_penalty: int = 0
    forgiven_penalty: int = 0
    capitalised_interest: int = 0
    written_off_principal: int = 0
    written_off_interest: int = 0
    written_off_penalty: int = 0

    status: int = ACTIVE
    was_current: bool = False
    newly_late: bool = False
    why_missed: int = NONE
    default_day: int = NEVER
    at_risk: bool = False
    last_payment_day: int = 0
    next_payment_day: int = NEVER

    deferral_from_day: int = NEVER
    deferral_until_day: int = NEVER
    deferrals_granted: int = 0
    deferral_file_day: int = NEVER
    deferral_spell_day: int = NEVER
    deferral_eligible: bool = False
    waiver_bp: int = 0
    waiver_file_day: int = NEVER
    waiver_spell_day: int = NEVER
    waiver_eligible: bool = False
    waivers_granted: int = 0
    applications: int = 0
    abandoned: int = 0
    refusals: int = 0
    refused_in_hardship: int = 0
    waiting_days: int = 0
    files_decided: int = 0

    income: int = 0
    essentials: int = 0
    other_debt: int = 0
    savings: int = 0
    buffer: int = 0
    surplus: int = 0
    paid_since_billing: int = 0
    job_loss_day: int = NEVER
    reemployed_day: int = NEVER
    slow_finder: bool = False
    ill_from_day: int = NEVER
    ill_until_day: int = NEVER
    forgetting_probability: float = 0.0
    reachability: float = 0.0
    aware: bool = False
    sure_to_apply: bool = False
    opportunist: bool = False
    disengage_day: int = NEVER
    strain: float = 0.0
    strain_day: int = 0
    scripted: bool = False

    messages_sent: int = 0
    calls_attempted: int = 0
    calls_connected: int = 0
    last_connected_day: int = NEVER
    due_dates: int = 0
    misses: int = 0
    late_starts: int = 0
    cures: int = 0

    def luck(self, purpose: str, day: int, ordinal: int = 0) -> float:
        """The borrower's uniform for a purpose and a day."""
        return uniform(purpose, day, ordinal, self.fate)

    def row(self) -> dict[str, Any]:
        """Every column as it stands."""
        return {name: getattr(self, name) for name in COLUMNS}

    @property
    def arrears(self) -> int:
        """Billed and unpaid."""
        return self.arrears_principal + self.arrears_interest

    @property
    def owed(self) -> int:
        """Arrears with late interest and penalty."""
        return self.arrears + self.late_interest + self.penalty

    @property
    def unpaid_instalments(self) -> int:
        """Arrears counted in level instalments, rounded up."""
        return ceil_div(self.arrears, self.instalment)

    @property
    def oldest_due_day(self) -> int:
        """The due day of the oldest unpaid instalment; only where there are arrears."""
        return self.last_billed_due_day - 30 * (self.unpaid_instalments - 1)

    def days_past_due(self, day: int) -> int:
        """Days since the oldest unpaid due day, standing still in a deferral."""
        if self.unpaid_instalments == 0:
            return 0
        until = self.deferral_from_day - 1 if self.deferral_in_force(day) else day
        return max(0, until - self.oldest_due_day)

    def deferral_in_force(self, day: int) -> bool:
        """Whether a due day on this day would be skipped."""
        return self.deferral_from_day <= day < self.deferral_until_day

    def deferral_granted(self, day: int) -> bool:
        """Whether a deferral is in force or waits for its first day."""
        return day < self.deferral_until_day != NEVER

    def is_due(self, day: int) -> bool:
        """Whether the day is one of its due days."""
        return day >= self.first_due_day and (day - self.first_due_day) % 30 == 0

    def due_on_or_after(self, day: int) -> int:
        """The first due day not before this day."""
        return self.first_due_day + 30 * max(0, ceil_div(day - self.first_due_day, 30))

    def due_on_or_before(self, day: int) -> int:
        """The last due day not after this day."""
        return self.first_due_day + 30 * ((day - self.first_due_day) // 30)

    def employed(self, day: int) -> bool:
        """Whether it has a job."""
        return day < self.job_loss_day or day >= self.reemployed_day

    def ill(self, day: int) -> bool:
        """Whether it is ill."""
        return self.ill_from_day <= day < self.ill_until_day

    def disengaged(self, day: int) -> bool:
        """Whether it has stopped dealing with the lender."""
        return self.disengage_day <= day

    def cash(self, day: int) -> int:
        """What it can pay with."""
        days = day - self.due_on_or_before(day)
        return max(0, self.savings + self.surplus * days // 30 - self.paid_since_billing)

    def strain_now(self, day: int) -> float:
        """What is left of the strain of past contacts."""
        half_life_days = self.world["strain"]["half_life_days"]
        return self.strain * decay(half_life_days, day - self.strain_day)

    def add_strain(self, amount: float, day: int) -> None:
        """Strain includes one more contact."""
        self.strain = self.strain_now(day) + amount
        self.strain_day = day


COLUMNS = tuple(field.name for field in fields(Borrower) if field.name not in ("world", "policy"))


def originate(
    world: dict[str, Any],
    policy: dict[str, Any],
    replica: int,
    number: int,
    case: dict[str, Any] | None = None,
) -> Borrower:
    """A borrower as the run finds it (section 2)."""
    loans, household, behaviour = world["loans"], world["household"], world["behaviour"]
    b = Borrower(world, policy, replica, number, fate_of(world["seed"], replica, number))

    def draw(purpose: str) -> float:
        return b.luck(purpose, 0)

    b.cycle = math.floor(draw("CYCLE") * 10)
    b.income = max(
        1, half_up(loans["median_income"] * lognormal(loans["income_log_sd"], draw("INCOME")))
    )
    share = loans["instalment_share"] * lognormal(
        loans["instalment_share_log_sd"], draw("INSTALMENT_SHARE")
    )
    essentials = household["essentials_share"] + household["essentials_sd"] * normal(
        draw("ESSENTIALS")
    )
    essentials = min(max(essentials, 0.2), 0.9)
    other = household["other_debt_share"] * exponential(draw("OTHER_DEBT"))
    share = min(share, max(0.01, loans["burden_cap"] - essentials))
    other = min(other, max(0.0, loans["burden_cap"] - essentials - share))

    terms = loans["terms"]
    b.term_months = terms[math.floor(draw("TERM") * len(terms))]
    b.rate_bp = loans["annual_rate_bp"]
    factor = annuity(b.rate_bp, b.term_months)
    b.original_principal = max(100, half_up(b.income * share / factor))
    b.instalment = math.floor(b.original_principal * factor) + 1
    b.essentials = half_up(b.income * essentials)
    b.other_debt = half_up(b.income * other)
    b.surplus = b.income - b.essentials - b.other_debt

    if draw("BUFFER_KIND") < household["hand_to_mouth_share"]:
        months = household["hand_to_mouth_months"] * draw("BUFFER_SIZE")
    else:
        months = household["buffer_months"] * lognormal(
            household["buffer_log_sd"], draw("BUFFER_SIZE")
        )
    b.forgetting_probability = min(0.9, behaviour["forgetting"] * exponential(draw("ATTENTION")))
    b.reachability = 0.5 + draw("REACHABILITY")
    b.aware = draw("AWARENESS") < behaviour["awareness"]
    b.opportunist = draw("OPPORTUNISM") < behaviour["opportunists"]
    age = math.floor(draw("AGE") * b.term_months)

    if case is not None:
        b.scripted = True
        age = 0
        b.forgetting_probability = 0.0
        if case.get("aware") is not None:
            b.aware = case["aware"]
        b.sure_to_apply = case.get("applies", False)
        if case.get("savings_months") is not None:
            months = case["savings_months"]
        if case.get("job_loss") is not None:
            b.job_loss_day = 30 * (case["job_loss"]["month"] - 1)
            b.reemployed_day = b.job_loss_day + 30 * case["job_loss"]["months"]
        if case.get("illness") is not None:
            b.ill_from_day = 30 * (case["illness"]["month"] - 1)
            b.ill_until_day = b.ill_from_day + 30 * case["illness"]["months"]

    b.savings = b.buffer = half_up(b.income * months)
    b.first_due_day = 3 * b.cycle - 30 * age
    b.strain_day = -30 * world["burn_in_months"]
    b.principal = b.original_principal
    seasoned = max(0, age - world["burn_in_months"])
    for _ in range(seasoned):
        interest, b.interest_remainder = month_interest(b)
        b.principal -= max(0, min(b.principal, b.instalment - interest))
    b.billed_instalments = seasoned
    b.last_billed_due_day = b.first_due_day + 30 * (seasoned - 1)
    b.last_payment_day = b.accrued_through_day = b.last_billed_due_day
    b.opening_principal = b.principal
    return b


def month_interest(b: Borrower) -> tuple[int, int]:
    """The month's ordinary interest on the principal, and the remainder kept."""
    return divmod(b.principal * b.rate_bp * 30 + b.interest_remainder, CENT)
