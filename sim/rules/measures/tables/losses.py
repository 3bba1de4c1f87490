"""Loans that go wrong: default, delinquency, regulatory classes."""

from __future__ import annotations

from sim.rules import BUCKETS
from sim.rules.measures.tables import Metric, Text, ratio

CLASSIFIED = ("class_normal", "class_special_mention", "class_substandard", "class_doubtful",
              "class_loss")  # fmt: skip
BALANCES_BY_BUCKET = tuple(f"balance_dpd_{lower}" for lower in BUCKETS)
BALANCES_OVERDUE = BALANCES_BY_BUCKET[1:]
BALANCES_OVERDUE_90 = BALANCES_BY_BUCKET[BUCKETS.index(90) :]
STAGED = ("balance_stage_1", "balance_stage_2", "balance_stage_3")

# A table, laid out as one (a is the Account).
# fmt: off
LOSSES = (
    Metric("ever_90_rate", "share", "lower",
           lambda a: ratio(a.closing("defaulted"), a.opening("at_risk")),
           Text("Ever 90 days past due", "曾逾期 90 天以上"),
           Text("Of the borrowers below 90 days past due at day 0, the share that reached 90 "
                "days past due since. Days in a deferral do not count as past due.",
                "第 0 天逾期不足 90 天的借款人中，此后曾逾期满 90 天的比例。延期期间不计入逾期天"
                "数。")),
    Metric("default_after_shock", "share", None,
           lambda a: ratio(a.closing("defaulted_after_misfortune"), a.closing("defaulted")),
           Text("Defaults after a misfortune", "遭遇困境后的违约占比"),
           Text("Of the borrowers below 90 days past due at day 0 that reached 90 days past due "
                "since, the share without a job, ill or struck by disaster then, or with a job "
                "lost, an illness, an expense or a disaster begun in the 240 days before.",
                "第 0 天逾期不足 90 天、此后逾期满 90 天的借款人中，当时失业、患病或受灾，或此前 "
                "240 天内曾失业、患病、有意外支出或受灾的比例。")),
    Metric("redefault_rate", "share", "lower",
           lambda a: ratio(a.closing("redefaulted"), a.closing("relieved")),
           Text("Default after relief", "纾困后违约率"),
           Text("Of the borrowers granted relief since day 0, the share that reached 90 days "
                "past due for the first time after the last grant. Who had reached them by the "
                "day of that grant is not among them.",
                "自第 0 天起获得纾困的借款人中，在最后一次获批之后首次逾期满 90 天的比例；获批当日"
                "或此前已曾逾期满 90 天的借款人不计在内。")),
    Metric("charge_off_rate", "share", "lower",
           lambda a: a.per_borrower(a.since("charged_off")),
           Text("Charged off", "核销率"),
           Text("The share of borrowers whose loan was charged off since day 0.",
                "自第 0 天起贷款被核销的借款人比例。")),
    Metric("settled_rate", "share", None,
           lambda a: a.per_borrower(a.since("settled")),
           Text("Settled", "和解结清率"),
           Text("The share of borrowers whose loan was settled for less since day 0.",
                "自第 0 天起以折让金额和解结清的借款人比例。")),
    Metric("paid_off_rate", "share", None,
           lambda a: a.per_borrower(a.since("paid_off")),
           Text("Paid off", "结清率"),
           Text("The share of borrowers who paid their loan off in full since day 0, before "
                "maturity or at it. A longer term or a deferral moves some beyond the horizon.",
                "自第 0 天起足额结清贷款（含提前结清）的借款人比例。展期与延期会使部分结清推迟到期"
                "末之后。")),
    Metric("early_payoff_rate", "share", None,
           lambda a: a.per_borrower(a.since("early_payoffs")),
           Text("Paid off early", "提前结清率"),
           Text("The share of borrowers who paid their loan off before maturity since day 0.",
                "自第 0 天起提前结清贷款的借款人比例。")),
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
    Metric("overdue_balance_share", "share", "lower",
           lambda a: ratio(a.pooled(*BALANCES_OVERDUE), a.pooled(*BALANCES_BY_BUCKET)),
           Text("Balances overdue", "逾期余额占比"),
           Text("Of what is outstanding on active loans at the months' ends since day 0, the share "
                "on loans one day past due or more.",
                "自第 0 天起各月末存续贷款的未偿余额中，逾期 1 天及以上的贷款所占比例。")),
    Metric("overdue_90_balance_share", "share", "lower",
           lambda a: ratio(a.pooled(*BALANCES_OVERDUE_90), a.pooled(*BALANCES_BY_BUCKET)),
           Text("Balances overdue 90 days", "逾期 90 天以上余额占比"),
           Text("The same of loans 90 days past due or more and not charged off.",
                "同上，逾期 90 天及以上且未核销的贷款所占比例。")),
    Metric("roll_rate_0", "share", "lower",
           lambda a: a.rolled(0),
           Text("Roll rate, current", "迁徙率：正常"),
           Text("Of the loans that were current at a month's end, the share late or charged off "
                "at the next, over all months.",
                "月末正常的贷款中，下一月末已逾期或核销的比例，按全部月份合计。")),
    Metric("roll_rate_1", "share", "lower",
           lambda a: a.rolled(1),
           Text("Roll rate, 1-29 days", "迁徙率：逾期 1–29 天"),
           Text("The same of the loans 1 to 29 days past due: 30 or more a month later.",
                "逾期 1 至 29 天的贷款，一个月后逾期达 30 天及以上或核销的比例。")),
    Metric("roll_rate_30", "share", "lower",
           lambda a: a.rolled(30),
           Text("Roll rate, 30-59 days", "迁徙率：逾期 30–59 天"),
           Text("The same of the loans 30 to 59 days past due: 60 or more a month later.",
                "逾期 30 至 59 天的贷款，一个月后逾期达 60 天及以上或核销的比例。")),
    Metric("roll_rate_60", "share", "lower",
           lambda a: a.rolled(60),
           Text("Roll rate, 60-89 days", "迁徙率：逾期 60–89 天"),
           Text("The same of the loans 60 to 89 days past due: 90 or more a month later.",
                "逾期 60 至 89 天的贷款，一个月后逾期达 90 天及以上或核销的比例。")),
    Metric("substandard_share", "share", "lower",
           lambda a: ratio(a.closing("class_substandard", "class_doubtful", "class_loss"),
                           a.closing(*CLASSIFIED)),
           Text("Substandard or worse (China)", "不良率（中国五级分类）"),
           Text("Of the loans active or charged off at the horizon, the share more than 90 days "
                "past due or charged off: substandard, doubtful or loss.",
                "期末存续或已核销的贷款中，逾期超过 90 天或已核销（次级、可疑或损失）的笔数比"
                "例。")),
    Metric("special_mention_share", "share", None,
           lambda a: ratio(a.closing("class_special_mention"), a.closing(*CLASSIFIED)),
           Text("Special mention (China)", "关注率（中国五级分类）"),
           Text("Of the same loans, the share overdue by up to 90 days, or restructured (a "
                "deferral, a lower rate, a longer term or an arrangement) within the last 360 "
                "days and under observation.",
                "同一范围内，逾期不超过 90 天，或近 360 天内重组（延期、降息、展期或分期还款协"
                "议）、处于观察期的笔数比例。")),
    Metric("forborne_share", "share", None,
           lambda a: ratio(a.closing("eu_forborne"), a.closing("active")),
           Text("Forborne (EU)", "宽限贷款占比（欧盟）"),
           Text("Of the loans active at the horizon, the share given a deferral, a lower rate, "
                "a longer term or an arrangement within the last 1,080 days: a year of cure and "
                "two of probation.",
                "期末存续贷款中，近 1,080 天内（一年治愈期加两年观察期）获得延期、降息、展期或分期"
                "还款协议的笔数比例。")),
    Metric("non_performing_share", "share", "lower",
           lambda a: ratio(a.closing("eu_non_performing"), a.closing("active")),
           Text("Non-performing (EU)", "不良贷款占比（欧盟）"),
           Text("Of the loans active at the horizon, the share 90 or more days past due, or once "
                "in default and restructured within the last 360 days.",
                "期末存续贷款中，逾期满 90 天，或曾违约且近 360 天内重组的笔数比例。")),
    Metric("stage_2_share", "share", None,
           lambda a: ratio(a.closing("balance_stage_2"), a.closing(*STAGED)),
           Text("Stage 2 (IFRS 9)", "第二阶段贷款占比"),
           Text("Of the balance of active loans at the horizon, the share in stage 2: 30 or more "
                "days past due, or forborne.",
                "期末存续贷款余额中，按国际财务报告准则第 9 号处于第二阶段（逾期满 30 天或宽限）的"
                "比例。")),
    Metric("stage_3_share", "share", "lower",
           lambda a: ratio(a.closing("balance_stage_3"), a.closing(*STAGED)),
           Text("Stage 3 (IFRS 9)", "第三阶段贷款占比"),
           Text("Of the balance of active loans at the horizon, the share in stage 3: 90 or more "
                "days past due, or non-performing.",
                "期末存续贷款余额中，按国际财务报告准则第 9 号处于第三阶段（逾期满 90 天或不良）的"
                "比例。")),
)
# fmt: on
