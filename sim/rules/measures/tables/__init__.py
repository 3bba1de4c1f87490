"""What the tables of metrics share: the account of one policy, and what a metric is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import accumulate
from operator import mul
from typing import Final, Literal

import numpy as np

from sim.clock import MONTH
from sim.columns import PAID
from sim.ledger import Totals
from sim.luck import Floats
from sim.rules import BUCKETS

Unit = Literal["share", "money", "count", "days", "minutes", "points"]
Better = Literal["lower", "higher"]
Flow = Callable[..., Totals]
"""How the growth of entries is read: since day 0 (``since``) or month by month (``by_month``)."""

RECOVERED: Final = (*PAID, "late_recovered", "sale_proceeds")


@dataclass(frozen=True)
class Text:
    """One sentence in both languages."""

    en: str
    zh: str


@dataclass(frozen=True)
class UnitCosts:
    """What the lender pays for one of each, in minor units."""

    message: int
    call: int
    visit: int
    notice: int
    complaint: int
    filing: int
    outreach: int
    desk_minute: int


@dataclass(frozen=True)
class Staffing:
    """Minutes a day that the staff of one replica can work; None: as many as the work needs."""

    agents: int | None = None
    visitors: int | None = None
    reviewers: int | None = None


@dataclass(frozen=True)
class Yardstick:
    """What the counts of one policy's ledger are worth: its costs and staff, the world's rates."""

    costs: UnitCosts
    staff: Staffing
    discount_bp: int
    residual_by_status: tuple[float, ...]
    """What a unit outstanding is still worth: by the bucket it counts in, and charged off."""


@dataclass(frozen=True)
class Account:
    """The ledger of one policy (entries of shape (months + 1, replicas)) and its yardstick."""

    entries: Mapping[str, Totals]
    yardstick: Yardstick

    def opening(self, name: str) -> Totals:
        """Return an entry as it stood on the eve of day 0."""
        first: Totals = self.entries[name][0]
        return first

    def closing(self, *names: str) -> Totals:
        """Return the sum of the entries as they stand at the horizon."""
        total: Totals = np.sum([self.entries[name][-1] for name in names], axis=0)
        return total

    def since(self, *names: str) -> Totals:
        """Return by how much the sum of the entries has grown since day 0."""
        growth = [self.entries[name][-1] - self.entries[name][0] for name in names]
        total: Totals = np.sum(growth, axis=0)
        return total

    def by_month(self, *names: str) -> Totals:
        """Return by how much the sum of the entries grew in each month, (months, replicas)."""
        growth: Totals = np.sum([np.diff(self.entries[name], axis=0) for name in names], axis=0)
        return growth

    def per_borrower(self, total: Totals | Floats) -> Floats:
        """Return a total divided by the borrowers on the book at day 0."""
        return ratio(total, self.opening("active"))

    def cost_of_collection(self, flow: Flow) -> Totals:
        """Return what contacts and complaints cost."""
        costs = self.yardstick.costs
        return (
            costs.message * flow("messages_sent")
            + costs.call * flow("calls_attempted")
            + costs.visit * flow("visits_attempted")
            + costs.notice * flow("notices_sent")
            + costs.complaint * flow("complaints")
        )

    def cost_of_relief(self, flow: Flow) -> Totals:
        """Return what the relief desk's minutes and campaigns cost."""
        costs = self.yardstick.costs
        cost_of_desk = costs.desk_minute * flow("review_minutes")
        return cost_of_desk + costs.outreach * flow("outreach_reached")

    def net(self, flow: Flow) -> Totals:
        """Return what was recovered, less every cost."""
        court = self.yardstick.costs.filing * flow("cases_filed") + flow("commissions")
        return flow(*RECOVERED) - self.cost_of_collection(flow) - self.cost_of_relief(flow) - court

    def pooled(self, *names: str) -> Totals:
        """Return the sum of the entries over all months' ends since day 0."""
        total: Totals = np.sum([self.entries[name][1:] for name in names], axis=(0, 1))
        return total

    @property
    def discount_factors(self) -> list[float]:
        """What a unit at the end of each month is worth on day 0."""
        monthly = 1 / (1 + self.yardstick.discount_bp / 120_000)
        months = len(self.entries["active"]) - 1
        return list(accumulate([monthly] * months, mul))

    @property
    def present_value(self) -> Floats:
        """What each month brought net, discounted from its end to day 0."""
        value = np.zeros(self.opening("active").shape)
        for net, factor in zip(self.net(self.by_month), self.discount_factors, strict=True):
            value += net * factor
        return value

    @property
    def value(self) -> Floats:
        """What was brought net and what is still to come, both discounted to day 0."""
        return self.present_value + self.residual_value * self.discount_factors[-1]

    @property
    def residual_value(self) -> Floats:
        """What all that is unpaid at the horizon is still worth then."""
        unpaid = (*(f"balance_worth_{lower}" for lower in BUCKETS), "claim_charged_off")
        value = np.zeros(self.opening("active").shape)
        for entry, worth in zip(unpaid, self.yardstick.residual_by_status, strict=True):
            value += self.closing(entry) * worth
        return value

    @property
    def payable(self) -> Totals:
        """Principal and interest due at some time since day 0: paid, lost, forgiven or in arrears.

        A loan that was charged off, settled or paid early counts as due in full.
        """
        gone = self.since(
            "paid_principal",
            "paid_interest",
            "forgiven_principal",
            "forgiven_interest",
            "written_off_principal",
            "written_off_interest",
        )
        return gone + self.closing("arrears_principal", "arrears_interest", "late_interest")

    def rolled(self, bucket: int) -> Floats:
        """Return, of the loans that began a month in a bucket, the share that ended it later."""
        began = self.entries[f"dpd_{bucket}"][:-1].sum(axis=0)
        return ratio(self.entries[f"rolled_{bucket}"][1:].sum(axis=0), began)

    def busy(self, worked: str, minutes_a_day: int | None) -> Floats:
        """Return the share of the staff's minutes since day 0 that were worked."""
        months = len(self.entries[worked]) - 1
        there = np.full(self.opening(worked).shape, MONTH * months * (minutes_a_day or 0))
        return ratio(self.since(worked), there)


def ratio(part: Totals | Floats, whole: Totals) -> Floats:
    """Return ``part / whole`` for each replica, NaN where the whole is 0."""
    result = np.full(whole.shape, np.nan)
    np.divide(part, whole, out=result, where=whole != 0)
    return result


@dataclass(frozen=True)
class Metric:
    """One thing measured: its name in files, its unit, which way is better, its formula, its words.

    ``better`` is None where neither direction is good in itself.
    """

    name: str
    unit: Unit
    better: Better | None
    formula: Callable[[Account], Floats]
    label: Text
    meaning: Text
