"""What is measured: every metric in one registry, with its unit, its direction and its words.

A metric reads the ledger of one policy and gives one number a replica. Flows are counted since day
0: the ledger's entries are cumulative and its first row is the eve of day 0. "A borrower" is one
who is on the book at day 0, whatever becomes of it. Money is in minor units. A share of nothing is
NaN, never 0.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from sim.ledger import Totals

Floats = npt.NDArray[np.float64]
Unit = Literal["share", "money", "count", "days", "minutes"]
Better = Literal["lower", "higher"]


@dataclass(frozen=True)
class Text:
    """One sentence in both languages."""

    en: str
    zh: str


@dataclass(frozen=True)
class UnitCosts:
    """What the lender pays, in minor units: a message sent, a call attempted, a desk minute."""

    message: int
    call: int
    desk_minute: int


@dataclass(frozen=True)
class Account:
    """The ledger of one policy (entries of shape (months + 1, replicas)) and its unit costs."""

    entries: Mapping[str, Totals]
    costs: UnitCosts

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

    @property
    def paid(self) -> Totals:
        """All that borrowers paid since day 0."""
        return self.since("paid_principal", "paid_interest", "paid_penalty")

    @property
    def written_off(self) -> Totals:
        """All that was charged off since day 0."""
        return self.since("written_off_principal", "written_off_interest", "written_off_penalty")

    @property
    def outstanding(self) -> Totals:
        """All that active loans owe at the horizon: principal, and interest and penalty accrued."""
        arrears = self.closing("arrears_principal", "arrears_interest")
        return arrears + self.closing("principal", "late_interest", "penalty")

    @property
    def cost_of_collection(self) -> Totals:
        """What messages and calls cost since day 0."""
        cost_of_messages = self.costs.message * self.since("messages_sent")
        return cost_of_messages + self.costs.call * self.since("calls_attempted")

    @property
    def cost_of_desk(self) -> Totals:
        """What the relief desk's minutes cost since day 0."""
        return self.costs.desk_minute * self.since("desk_minutes")

    def per_borrower(self, total: Totals) -> Floats:
        """Return a total divided by the borrowers on the book at day 0."""
        return ratio(total, self.opening("active"))


def ratio(part: Totals, whole: Totals) -> Floats:
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


def measure(entries: Mapping[str, Totals], costs: UnitCosts) -> dict[str, Floats]:
    """Return every metric of one policy, each of shape (replicas,)."""
    account = Account(entries, costs)
    with np.errstate(all="raise"):
        return {name: metric.formula(account) for name, metric in METRICS.items()}


# A table, laid out as one (a is the Account).
# fmt: off
_METRICS = (
    Metric("default_rate", "share", "lower",
           lambda a: ratio(a.closing("lost"), a.opening("at_risk")),
           Text("Default rate", "违约率"),
           Text("Of the borrowers below 90 days past due at day 0, the share lost by the "
                "horizon: 90 days past due at some time since, or still owing and without a "
                "payment for 90 days.",
                "第 0 天逾期不足 90 天的借款人中，到期末已损失的比例：此后曾逾期满 90 天，或期末"
                "仍有欠款且已 90 天未还款。")),
    Metric("recovered", "money", "higher",
           lambda a: a.per_borrower(a.paid),
           Text("Recovered", "回收金额"),
           Text("Principal, interest and penalty paid since day 0, per borrower.",
                "自第 0 天起偿还的本金、利息与罚息，按借款人人均计。")),
    Metric("ever_90_rate", "share", "lower",
           lambda a: ratio(a.closing("defaulted"), a.opening("at_risk")),
           Text("Ever 90 days past due", "曾逾期 90 天以上"),
           Text("Of the borrowers below 90 days past due at day 0, the share that reached 90 "
                "days past due since. Days in a deferral do not count as past due.",
                "第 0 天逾期不足 90 天的借款人中，此后曾逾期满 90 天的比例。延期期间不计入逾期天"
                "数。")),
    Metric("charge_off_rate", "share", "lower",
           lambda a: a.per_borrower(a.since("charged_off")),
           Text("Charged off", "核销率"),
           Text("The share of borrowers whose loan was charged off since day 0.",
                "自第 0 天起贷款被核销的借款人比例。")),
    Metric("no_payment_90_rate", "share", "lower",
           lambda a: a.per_borrower(a.closing("no_payment_90")),
           Text("No payment for 90 days", "90 天未还款"),
           Text("The share of borrowers who at the horizon owe on an active loan and have not "
                "paid for 90 days. Nothing freezes this count, a deferral neither.",
                "期末贷款仍存续、仍有欠款且已 90 天未还款的借款人比例。任何措施（包括延期）都不"
                "会冻结该计数。")),
    Metric("miss_rate", "share", "lower",
           lambda a: ratio(a.since("misses"), a.since("due_dates")),
           Text("Due dates missed", "到期未还率"),
           Text("Of the due dates of accounts that were current before, the share still unpaid "
                "at the end of the days of grace.",
                "此前正常的账户的还款日中，宽限期结束时仍未还清的比例。")),
    Metric("cure_rate", "share", "higher",
           lambda a: ratio(a.since("cures"), a.since("late_starts")),
           Text("Cured within a month", "一个月内恢复正常"),
           Text("Of the current accounts that fell late, the share with no arrears by the next "
                "due date. Those late in the last month have not had their chance yet.",
                "由正常转为逾期的账户中，下一还款日前已无欠款的比例。最后一个月新逾期的账户尚未"
                "到下一还款日。")),
    Metric("recovered_principal", "money", "higher",
           lambda a: a.per_borrower(a.since("paid_principal")),
           Text("Principal recovered", "回收本金"),
           Text("Principal paid since day 0, per borrower.",
                "自第 0 天起偿还的本金，按借款人人均计。")),
    Metric("recovered_interest", "money", None,
           lambda a: a.per_borrower(a.since("paid_interest")),
           Text("Interest recovered", "回收利息"),
           Text("Interest paid since day 0, per borrower. More can mean paying longer.",
                "自第 0 天起偿还的利息，按借款人人均计。数额更高也可能意味着还款期更长。")),
    Metric("recovered_penalty", "money", None,
           lambda a: a.per_borrower(a.since("paid_penalty")),
           Text("Penalty recovered", "回收罚息"),
           Text("Penalty paid since day 0, per borrower. More can mean later.",
                "自第 0 天起偿还的罚息，按借款人人均计。数额更高也可能意味着还款更晚。")),
    Metric("forgiven_penalty", "money", None,
           lambda a: a.per_borrower(a.since("forgiven_penalty")),
           Text("Penalty forgiven", "减免罚息"),
           Text("Penalty waived since day 0, per borrower.",
                "自第 0 天起减免的罚息，按借款人人均计。")),
    Metric("capitalised_interest", "money", None,
           lambda a: a.per_borrower(a.since("capitalised_interest")),
           Text("Interest capitalised", "利息转本金"),
           Text("Interest of deferred months added to the principal since day 0, per borrower.",
                "自第 0 天起因延期而计入本金的利息，按借款人人均计。")),
    Metric("written_off", "money", "lower",
           lambda a: a.per_borrower(a.written_off),
           Text("Written off", "核销金额"),
           Text("Principal, interest and penalty written off since day 0, per borrower.",
                "自第 0 天起核销的本金、利息与罚息，按借款人人均计。")),
    Metric("outstanding", "money", None,
           lambda a: a.per_borrower(a.outstanding),
           Text("Outstanding", "期末未偿余额"),
           Text("Principal, due or not, and interest and penalty accrued that are unpaid at the "
                "horizon on loans not charged off, per borrower.",
                "期末未核销贷款的未偿本金（含未到期部分）及已计未付的利息与罚息，按借款人人均计。")),
    Metric("cost_of_collection", "money", "lower",
           lambda a: a.per_borrower(a.cost_of_collection),
           Text("Cost of collection", "催收成本"),
           Text("Messages sent and calls attempted since day 0 at their unit costs, per "
                "borrower.",
                "自第 0 天起发送短信与拨打电话的成本，按借款人人均计。")),
    Metric("cost_of_desk", "money", "lower",
           lambda a: a.per_borrower(a.cost_of_desk),
           Text("Cost of the relief desk", "纾困审核成本"),
           Text("Minutes worked at the relief desk since day 0 at their unit cost, per borrower.",
                "自第 0 天起纾困审核工时的成本，按借款人人均计。")),
    Metric("net_recovered", "money", "higher",
           lambda a: a.per_borrower(a.paid - a.cost_of_collection - a.cost_of_desk),
           Text("Net recovered", "净回收金额"),
           Text("What was recovered, less the cost of collection and of the relief desk, per "
                "borrower.",
                "回收金额减去催收成本与纾困审核成本，按借款人人均计。")),
    Metric("deferral_take_up", "share", None,
           lambda a: ratio(a.since("deferrals_granted"), a.since("deferral_eligible")),
           Text("Deferral take-up", "延期使用率"),
           Text("Deferrals granted since day 0 per borrower who was eligible for one on a due "
                "day.",
                "自第 0 天起批准的延期次数与曾在还款日符合延期条件的借款人数之比。")),
    Metric("waiver_take_up", "share", None,
           lambda a: ratio(a.since("waivers_granted"), a.since("waiver_eligible")),
           Text("Waiver take-up", "罚息减免使用率"),
           Text("Waivers granted since day 0 per borrower who was eligible for one on a due day.",
                "自第 0 天起批准的罚息减免次数与曾在还款日符合减免条件的借款人数之比。")),
    Metric("abandoned", "share", "lower",
           lambda a: ratio(a.since("abandoned"), a.since("applications")),
           Text("Applications abandoned", "放弃申请比例"),
           Text("Of the applications for relief since day 0, the share given up for want of "
                "proof.",
                "自第 0 天起的纾困申请中，因无法提供证明而放弃的比例。")),
    Metric("refused_in_hardship", "share", "lower",
           lambda a: ratio(a.since("refused_in_hardship"), a.since("files_decided")),
           Text("Refused though in hardship", "困难者被拒比例"),
           Text("Of the files decided since day 0, the share refused to a borrower in hardship.",
                "自第 0 天起审结的申请中，申请人确有困难却被拒绝的比例。")),
    Metric("waiting_days", "days", "lower",
           lambda a: ratio(a.since("waiting_days"), a.since("files_decided")),
           Text("Wait for a decision", "审核等待天数"),
           Text("Mean days that a file decided since day 0 waited at the desk.",
                "自第 0 天起审结的申请在审核台的平均等待天数。")),
    Metric("messages_sent", "count", None,
           lambda a: a.per_borrower(a.since("messages_sent")),
           Text("Messages sent", "短信数量"),
           Text("Messages sent since day 0, per borrower.",
                "自第 0 天起发送的短信数，按借款人人均计。")),
    Metric("calls_attempted", "count", None,
           lambda a: a.per_borrower(a.since("calls_attempted")),
           Text("Calls attempted", "拨打电话次数"),
           Text("Calls attempted since day 0, per borrower.",
                "自第 0 天起拨打的电话次数，按借款人人均计。")),
    Metric("calls_connected", "count", None,
           lambda a: a.per_borrower(a.since("calls_connected")),
           Text("Calls connected", "接通电话次数"),
           Text("Calls that reached the borrower since day 0, per borrower.",
                "自第 0 天起接通借款人本人的电话次数，按借款人人均计。")),
    Metric("call_minutes", "minutes", None,
           lambda a: a.per_borrower(a.since("call_minutes")),
           Text("Agents' minutes", "催收员工作时间"),
           Text("Minutes that agents spent on calls since day 0, per borrower.",
                "自第 0 天起催收员用于电话的分钟数，按借款人人均计。")),
    Metric("desk_minutes", "minutes", None,
           lambda a: a.per_borrower(a.since("desk_minutes")),
           Text("Reviewers' minutes", "审核员工作时间"),
           Text("Minutes that reviewers spent on files since day 0, per borrower.",
                "自第 0 天起审核员用于审核申请的分钟数，按借款人人均计。")),
)
# fmt: on

METRICS: dict[str, Metric] = {metric.name: metric for metric in _METRICS}
"""Every metric by name, in the order in which people read them; the first two are the headline."""
