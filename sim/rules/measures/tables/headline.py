"""What a reader sees first: who is lost, what comes back, what is still out."""

from __future__ import annotations

from sim.rules import BALANCES
from sim.rules.measures.tables import RECOVERED, Metric, Text, ratio

# A table, laid out as one (a is the Account).
# fmt: off
HEADLINE = (
    Metric("default_rate", "share", "lower",
           lambda a: ratio(a.closing("lost"), a.opening("at_risk")),
           Text("Default rate", "违约率"),
           Text("Of the borrowers below 90 days past due at day 0, the share lost by the "
                "horizon: 90 days past due at some time since, or still owing and without a "
                "payment for 90 days.",
                "第 0 天逾期不足 90 天的借款人中，到期末已损失的比例：此后曾逾期满 90 天，或期末"
                "仍有欠款且已 90 天未还款。")),
    Metric("recovered", "money", "higher",
           lambda a: a.per_borrower(a.since(*RECOVERED)),
           Text("Recovered", "回收金额"),
           Text("Principal, interest, penalty and costs paid since day 0, what came after "
                "charge-off and what sold debt brought, per borrower.",
                "自第 0 天起偿还的本金、利息、罚息与费用，以及核销后的回收与债权转让所得，按借款人"
                "人均计。")),
    Metric("outstanding", "money", None,
           lambda a: a.per_borrower(a.closing(*BALANCES)),
           Text("Outstanding", "期末未偿余额"),
           Text("Principal, due or not, and interest, penalty and costs that are unpaid at the "
                "horizon on active loans, per borrower.",
                "期末存续贷款的未偿本金（含未到期部分）及未付的利息、罚息与费用，按借款人人均计。")),
    Metric("net_recovered", "money", "higher",
           lambda a: a.per_borrower(a.net(a.since)),
           Text("Net recovered", "净回收金额"),
           Text("What was recovered, less the cost of collection, of the relief desk, of "
                "outreach, of court and of agencies, per borrower.",
                "回收金额减去催收、纾困审核、告知、诉讼与委外的成本，按借款人人均计。")),
    Metric("value", "money", "higher",
           lambda a: a.per_borrower(a.value),
           Text("Net recovered and still to come", "净回收加残值"),
           Text("What each month brought net of costs and the residual value of what is unpaid at "
                "the horizon, both discounted to day 0, per borrower. What is unpaid is valued by "
                "days past due; a loan in a deferral or an arrangement counts as 1-29 days past "
                "due at least, any other without a payment for 90 days as 90-119.",
                "各月净回收与期末未偿部分的残值均折现至第 0 天，按借款人人均计。未偿部分按逾期天数"
                "估值：处于延期或分期还款协议中的贷款至少按逾期 1–29 天计，其余 90 天未还款的贷款至"
                "少按逾期 90–119 天计。")),
)
# fmt: on
