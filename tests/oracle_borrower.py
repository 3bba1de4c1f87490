"""The oracle's borrower: its columns and what follows from them."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any

from oracle_columns import ACTIVE, CHARGED_OFF, Columns
from oracle_numbers import NEVER, ceil_div, cooperation, uniform, what_is_left


@dataclass(kw_only=True)
class Borrower(Columns):
    """One borrower and its loan, in its world, under the policy in force."""

    world: dict[str, Any]
    policy: dict[str, Any]
    attempts: list[int] = field(default_factory=list)
    """The days of the calls attempted in the seven days up to the last of them."""
    noted: set[str] = field(default_factory=set)
    """What has happened to it and leaves no trace of its own in the columns."""

    def luck(self, purpose: str, day: int, ordinal: int = 0) -> float:
        """The borrower's uniform for a purpose and a day."""
        return uniform(purpose, day, ordinal, self.fate)

    def row(self) -> dict[str, Any]:
        """Every column as it stands."""
        return {name: getattr(self, name) for name in COLUMNS}

    # what is owed

    @property
    def arrears(self) -> int:
        """Billed and unpaid."""
        return self.arrears_principal + self.arrears_interest

    @property
    def owed(self) -> int:
        """Arrears with late interest, penalty and costs."""
        return self.arrears + self.late_interest + self.penalty + self.costs

    @property
    def balance(self) -> int:
        """All there is."""
        return self.owed + self.principal + self.deferred_interest

    @property
    def claim(self) -> int:
        """What a court would be asked for."""
        if self.status == ACTIVE:
            return self.balance
        return 0 if self.sold else self.written_off_and_not_recovered

    @property
    def written_off_and_not_recovered(self) -> int:
        """What a charged-off loan has cost the lender so far, its price when sold apart."""
        if self.status != CHARGED_OFF:
            return 0
        return (
            self.written_off_principal
            + self.written_off_interest
            + self.written_off_penalty
            + self.written_off_costs
            - self.late_recovered
        )

    @property
    def instalments_left(self) -> int:
        """Instalments that are still to be billed."""
        return self.term_months - self.billed_instalments

    @property
    def unpaid_instalments(self) -> int:
        """Arrears counted in level instalments, rounded up; the older in those of their time."""
        if self.old_instalment == 0:
            return ceil_div(self.arrears, self.instalment)
        since = self.billed_instalments - self.billed_before
        new = min(self.arrears, since * self.instalment)
        old = ceil_div(self.arrears - new, self.old_instalment)
        return old + ceil_div(new, self.instalment)

    @property
    def oldest_due_day(self) -> int:
        """The due day of the oldest unpaid instalment, NEVER without arrears."""
        if self.arrears == 0:
            return NEVER
        if self.accelerated_due_day != NEVER:
            return self.accelerated_due_day
        return self.last_billed_due_day - 30 * (self.unpaid_instalments - 1)

    def days_past_due(self, day: int) -> int:
        """Days since the oldest unpaid due day, standing still in a deferral."""
        if self.arrears == 0:
            return 0
        until = self.deferral_from_day - 1 if self.deferral_in_force(day) else day
        return max(0, until - self.oldest_due_day)

    # what is in force

    def deferral_in_force(self, day: int) -> bool:
        """Whether a due day on this day would be skipped."""
        return self.deferral_from_day <= day < self.deferral_until_day

    def deferral_granted(self, day: int) -> bool:
        """Whether a deferral is in force or waits for its first day."""
        return day < self.deferral_until_day != NEVER

    def arrangement_in_force(self, day: int) -> bool:
        """Whether arrears are being repaid as arranged."""
        return day < self.arrangement_until_day != NEVER

    def settlement_open(self, day: int) -> bool:
        """Whether the offered amount would settle the loan."""
        return day <= self.settlement_until_day != NEVER

    def conditional_waiver_open(self, day: int) -> bool:
        """Whether paying the rest would earn the waiver."""
        return day <= self.waiver_until_day != NEVER

    def on_probation(self, day: int) -> bool:
        """Whether it is too early for another relief."""
        return day < self.probation_until_day != NEVER

    def disengaged(self, day: int) -> bool:
        """Whether it has stopped dealing with the lender."""
        return self.disengage_day <= day

    @property
    def on_auto_debit(self) -> bool:
        """Whether the lender debits its account."""
        share: float = self.policy["servicing"]["auto_debit_share"]
        return self.auto_debit_luck < share

    # its due days

    def is_due(self, day: int) -> bool:
        """Whether the day is one of its due days."""
        return day >= self.first_due_day and (day - self.first_due_day) % 30 == 0

    def due_on_or_after(self, day: int) -> int:
        """The first due day not before this day."""
        return self.first_due_day + 30 * max(0, ceil_div(day - self.first_due_day, 30))

    def due_on_or_before(self, day: int) -> int:
        """The last due day not after this day."""
        return self.first_due_day + 30 * ((day - self.first_due_day) // 30)

    # its household

    def employed(self, day: int) -> bool:
        """Whether it has a job."""
        return day < self.job_loss_day or day >= self.reemployed_day

    def ill(self, day: int) -> bool:
        """Whether it is ill."""
        return self.ill_from_day <= day < self.ill_until_day

    def struck(self, day: int) -> bool:
        """Whether a disaster has struck it."""
        return self.disaster_from_day <= day < self.disaster_until_day

    def in_misfortune(self, day: int) -> bool:
        """Whether it is without a job, ill or struck by disaster."""
        return not self.employed(day) or self.ill(day) or self.struck(day)

    def cash(self, day: int) -> int:
        """What it can pay with."""
        days = day - self.due_on_or_before(day)
        return max(0, self.savings + self.surplus * days // 30 - self.paid_since_billing)

    def spend(self, money: int, day: int) -> None:
        """The household has paid: on the due day from savings."""
        from_savings = money if self.is_due(day) else 0
        self.savings -= from_savings
        self.paid_since_billing += money - from_savings

    # its strain

    def strain_now(self, day: int) -> float:
        """What is left of the strain of past contacts."""
        half_life_days = self.world["strain"]["half_life_days"]
        return self.strain * what_is_left(half_life_days, day - self.strain_day)

    def add_strain(self, amount: float, day: int) -> None:
        """Strain includes one more contact."""
        self.strain = self.strain_now(day) + amount
        self.strain_day = day

    def cooperation(self, day: int) -> float:
        """What its strain leaves of the chances of cooperating."""
        return cooperation(self.world["strain"]["cooperation_loss"], self.strain_now(day))

    # the calls of seven days

    def note_attempt(self, day: int) -> None:
        """Today's attempt counts in the seven days."""
        self.attempts = [*(past for past in self.attempts if day - past <= 6), day]

    def attempts_in_7_days(self, day: int) -> int:
        """Calls attempted on this day and the six before."""
        return sum(1 for past in self.attempts if day - past <= 6)

    @property
    def recent_attempts(self) -> int:
        """The counts of seven days, eight bits each, the last day's lowest."""
        return sum(256 ** (self.attempts[-1] - past) for past in self.attempts)

    @property
    def recent_attempts_day(self) -> int:
        """The day of the lowest of them."""
        return self.attempts[-1] if self.attempts else NEVER


COLUMNS = (
    *(column.name for column in fields(Columns)),
    "oldest_due_day",
    "recent_attempts",
    "recent_attempts_day",
)
