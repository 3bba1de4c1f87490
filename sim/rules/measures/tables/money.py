"""Money: what came back of what, what was given up, what it cost."""

from __future__ import annotations

from sim.columns import FORGIVEN, WRITTEN_OFF
from sim.rules.measures.tables import Metric, Text, ratio

# A table, laid out as one (a is the Account).
# fmt: off
MONEY = (
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
    Metric("recovered_costs", "money", None,
           lambda a: a.per_borrower(a.since("paid_costs")),
           Text("Costs recovered", "回收费用"),
           Text("Costs charged to borrowers and paid since day 0, per borrower.",
                "自第 0 天起由借款人承担并已偿还的费用，按借款人人均计。")),
    Metric("late_recovered", "money", "higher",
           lambda a: a.per_borrower(a.since("late_recovered", "sale_proceeds")),
           Text("Recovered after charge-off", "核销后回收"),
           Text("What charged-off loans paid since day 0 and what sold debt brought, per "
                "borrower.",
                "自第 0 天起已核销贷款的回收与债权转让所得，按借款人人均计。")),
    Metric("paid_of_due", "share", "higher",
           lambda a: ratio(a.since("paid_principal", "paid_interest"), a.payable),
           Text("Paid of what was due", "应还偿付率"),
           Text("Of the principal and interest due at some time since day 0, the share paid. "
                "Arrears at day 0 were due; so was all of a loan that was charged off, settled or "
                "paid early.",
                "自第 0 天起曾到期应还的本金与利息中，已偿还的比例。第 0 天的欠款计入应还；被核"
                "销、和解或提前结清的贷款按全额计入应还。")),
    Metric("present_value", "money", "higher",
           lambda a: a.per_borrower(a.present_value),
           Text("Present value recovered", "净回收现值"),
           Text("What each month brought net of all costs, discounted from the month's end to "
                "day 0 at the world's discount rate, per borrower.",
                "各月净回收（扣除全部成本）按世界设定的折现率从月末折至第 0 天之和，按借款人人均"
                "计。")),
    Metric("residual_value", "money", None,
           lambda a: a.per_borrower(a.residual_value),
           Text("Residual value", "期末残值"),
           Text("What is unpaid at the horizon at its worth by days past due, and unsold "
                "charged-off debt at its worth, which is nothing if it is not collected; per "
                "borrower, not discounted. With a deferral granted or an arrangement in force a "
                "loan counts as 1-29 days past due at least, otherwise without a payment for 90 "
                "days as 90-119 at least. The worth is an assumption.",
                "期末未偿部分按逾期天数折算的价值，加上未转让的已核销债权的价值（核销后不再追收的"
                "按零计），按借款人人均计，未折现。已获批延期或分期还款协议生效中的贷款至少按逾期 "
                "1–29 天计；其余 90 天未还款的贷款至少按逾期 90–119 天计。折算比例为假设。")),
    Metric("claims", "money", None,
           lambda a: a.per_borrower(a.closing("claim_charged_off")),
           Text("Claims after charge-off", "已核销待追收债权"),
           Text("What was written off, has not come back and was not sold, at the horizon, per "
                "borrower.",
                "期末已核销、尚未收回且未转让的债权金额，按借款人人均计。")),
    Metric("forgiven", "money", None,
           lambda a: a.per_borrower(a.since(*FORGIVEN)),
           Text("Forgiven in total", "减免总额"),
           Text("Principal, interest, penalty and costs waived or forgiven since day 0, per "
                "borrower.",
                "自第 0 天起减免的本金、利息、罚息与费用，按借款人人均计。")),
    Metric("forgiven_penalty", "money", None,
           lambda a: a.per_borrower(a.since("forgiven_penalty")),
           Text("Penalty forgiven", "减免罚息"),
           Text("Penalty waived or forgiven since day 0, per borrower.",
                "自第 0 天起减免的罚息，按借款人人均计。")),
    Metric("forgone_by_rate", "money", None,
           lambda a: a.per_borrower(a.since("forgone_interest")),
           Text("Interest forgone by rate cuts", "降息少收利息"),
           Text("Interest that instalments billed since day 0 would have held at the contract "
                "rate and did not at the reduced one, per borrower.",
                "自第 0 天起的账单若按合同利率应计、因降息而未计的利息，按借款人人均计。")),
    Metric("clipped_penalty", "money", None,
           lambda a: a.per_borrower(a.since("clipped_penalty")),
           Text("Penalty above the cap", "超上限未计罚息"),
           Text("Penalty since day 0 that the cap on interest and penalty together did not let "
                "the lender charge, per borrower.",
                "自第 0 天起因综合息费上限而未能计收的罚息，按借款人人均计。")),
    Metric("capitalised_interest", "money", None,
           lambda a: a.per_borrower(a.since("capitalised_interest")),
           Text("Interest capitalised", "利息转本金"),
           Text("Interest added to the principal since day 0 by deferrals, per borrower.",
                "自第 0 天起因延期而计入本金的利息，按借款人人均计。")),
    Metric("written_off", "money", "lower",
           lambda a: a.per_borrower(a.since(*WRITTEN_OFF)),
           Text("Written off", "核销金额"),
           Text("Principal, interest, penalty and costs written off since day 0, per borrower.",
                "自第 0 天起核销的本金、利息、罚息与费用，按借款人人均计。")),
    Metric("cost_of_collection", "money", "lower",
           lambda a: a.per_borrower(a.cost_of_collection(a.since)),
           Text("Cost of collection", "催收成本"),
           Text("Messages, calls, visits, notices and complaints since day 0 at their unit "
                "costs, per borrower.",
                "自第 0 天起短信、电话、上门、书面通知与投诉的成本，按借款人人均计。")),
    Metric("cost_of_desk", "money", "lower",
           lambda a: a.per_borrower(a.yardstick.costs.desk_minute * a.since("review_minutes")),
           Text("Cost of the relief desk", "纾困审核成本"),
           Text("Minutes worked at the relief desk since day 0 at their unit cost, per borrower.",
                "自第 0 天起纾困审核工时的成本，按借款人人均计。")),
    Metric("cost_of_outreach", "money", "lower",
           lambda a: a.per_borrower(a.yardstick.costs.outreach * a.since("outreach_reached")),
           Text("Cost of outreach", "告知成本"),
           Text("Borrowers told of relief by campaigns since day 0 at their unit cost, per "
                "borrower.",
                "自第 0 天起通过宣传告知借款人的成本，按借款人人均计。")),
    Metric("cost_of_court", "money", "lower",
           lambda a: a.per_borrower(a.yardstick.costs.filing * a.since("cases_filed")),
           Text("Cost of court", "诉讼成本"),
           Text("What the lender paid for the cases filed since day 0, per borrower.",
                "自第 0 天起立案由贷款人承担的费用，按借款人人均计。")),
    Metric("commissions", "money", "lower",
           lambda a: a.per_borrower(a.since("commissions")),
           Text("Commissions", "委外佣金"),
           Text("Commissions paid to agencies since day 0, per borrower.",
                "自第 0 天起支付给委外机构的佣金，按借款人人均计。")),
)
# fmt: on
