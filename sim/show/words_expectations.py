"""What is said of expectations, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "expect.held": {"en": "held", "zh": "成立"},
    "expect.contradicted": {"en": "failed", "zh": "不成立"},
    "expect.not_proven": {"en": "not proven", "zh": "未证实"},
    "expect.line": {"en": "{what}: {expected}; {found}", "zh": "{what}：{expected}；{found}"},
    "expect.term": {"en": "{metric} under “{policy}”", "zh": "“{policy}”下的{metric}"},
    "expect.of_segment": {"en": "{metric} ({segment})", "zh": "{metric}（{segment}）"},
    "expect.of_month": {
        "en": "{metric} (by the end of month {month})",
        "zh": "{metric}（截至第 {month} 个月末）",
    },
    "expect.minus": {
        "en": "{metric}, “{first}” minus “{second}”",
        "zh": "{metric}：“{first}”减“{second}”",
    },
    "expect.over": {
        "en": "{metric}, “{first}” over “{second}”",
        "zh": "{metric}：“{first}”比“{second}”",
    },
    "expect.minus_other": {"en": "{first} minus {second}", "zh": "{first}减{second}"},
    "expect.over_other": {"en": "{first} over {second}", "zh": "{first}比{second}"},
    "expect.of_case": {"en": "“{case}”: {what}", "zh": "“{case}”：{what}"},
    "expect.below": {"en": "expected below {below}", "zh": "预期低于 {below}"},
    "expect.above": {"en": "expected above {above}", "zh": "预期高于 {above}"},
    "expect.before": {"en": "expected before {below}", "zh": "预期早于{below}"},
    "expect.after": {"en": "expected after {above}", "zh": "预期晚于{above}"},
    "expect.between": {
        "en": "expected between {above} and {below}",
        "zh": "预期介于 {above} 与 {below} 之间",
    },
    "expect.equals": {"en": "expected to be {equals}", "zh": "预期为{equals}"},
    "found.exactly": {"en": "it is {value}", "zh": "实为 {value}"},
    "found.same": {
        "en": "it is {value} in every replica",
        "zh": "每个副本中均为 {value}",
    },
    "found.at_most": {
        "en": "found {value}, at most {high} with {confidence} confidence",
        "zh": "结果 {value}，以 {confidence} 的把握不高于 {high}",
    },
    "found.at_least": {
        "en": "found {value}, at least {low} with {confidence} confidence",
        "zh": "结果 {value}，以 {confidence} 的把握不低于 {low}",
    },
    "found.between": {
        "en": "found {value}, at least {low} and at most {high}, each with {confidence} confidence",
        "zh": "结果 {value}，不低于 {low}、不高于 {high}，各有 {confidence} 的把握",
    },
    "found.up_to": {
        "en": "found {value}, but it may be up to {high} ({confidence} confidence)",
        "zh": "结果 {value}，但仍可能高达 {high}（把握 {confidence}）",
    },
    "found.down_to": {
        "en": "found {value}, but it may be down to {low} ({confidence} confidence)",
        "zh": "结果 {value}，但仍可能低至 {low}（把握 {confidence}）",
    },
    "found.anywhere": {
        "en": "found {value}, but it may be anything from {low} to {high} ({confidence} "
        "confidence)",
        "zh": "结果 {value}，但仍可能在 {low} 至 {high} 之间（把握 {confidence}）",
    },
    "found.few_replicas": {
        "en": "found {value}, but fewer than {fewest} replicas prove nothing",
        "zh": "结果 {value}，但副本不足 {fewest} 个，不能证明什么",
    },
    "found.no_value": {
        "en": "there is no value, or not in every replica",
        "zh": "没有数值，或并非每个副本都有数值",
    },
    "found.no_spread": {
        "en": "found {value} in every replica, which proves nothing: what is rare may just not "
        "have happened",
        "zh": "每个副本中均为 {value}，不能证明什么：罕见之事可能只是未曾发生",
    },
    "found.small_segment": {
        "en": "too few borrowers to say",
        "zh": "人数过少，无法判断",
    },
    "found.divisor_near_zero": {
        "en": "found {value}, but what it is divided by cannot be told from zero",
        "zh": "结果 {value}，但除数与零无法区分",
    },
    "expect.of": {"en": "{file}: {tally}", "zh": "{file}：{tally}"},
    "expect.tally": {
        "en": "{held} of {total} expectations held, {contradicted} failed, {not_proven} not proven",
        "zh": "{total} 项预期中，{held} 项成立，{contradicted} 项不成立，{not_proven} 项未证实",
    },
    "check.head.what": {"en": "Expectation", "zh": "预期"},
    "check.head.expected": {"en": "Expected", "zh": "要求"},
    "check.head.found": {"en": "Found", "zh": "结果"},
    "check.head.margin": {"en": "Margin", "zh": "余量"},
    "check.against": {"en": "Nothing moved beyond noise", "zh": "无超出噪声的变化"},
    "check.nothing": {
        "en": "The file is right; it expects nothing.",
        "zh": "文件有效；没有预期。",
    },
    "check.margin": {"en": "; margin {margin}", "zh": "；余量 {margin}"},
    "check.would_decide": {
        "en": "; about {replicas} replicas would decide",
        "zh": "；约需 {replicas} 个副本才能判定",
    },
    "check.never_decided": {
        "en": "; no number of replicas that may be run would decide",
        "zh": "；在允许的副本数内无法判定",
    },
    "expect.heading": {"en": "What was expected", "zh": "预期"},
    "expectable.form": {
        "en": "that = a formula: names below, numbers, + - * / and parentheses",
        "zh": "that = 公式：由下列名称、数字、+ - * / 与括号组成",
    },
    "expectable.metric": {
        "en": 'Metrics of a policy: that = "deferral.default_rate - baseline.default_rate"; as '
        'they stood at the end of a month: "deferral.default_rate[month_12]"',
        "zh": '政策的指标：that = "deferral.default_rate - baseline.default_rate"；'
        '截至某月末的数值："deferral.default_rate[month_12]"',
    },
    "expectable.metric_of_segment": {
        "en": 'Metrics of a segment or cohort: that = "deferral.default_rate[income_low]"',
        "zh": '分组或群组的指标：that = "deferral.default_rate[income_low]"',
    },
    "expectable.segment": {
        "en": "Segments; beside them the file's own cohorts ([[cohort]]: name, min_dpd, max_dpd on "
        "the eve of day 0)",
        "zh": "分组；此外还有文件自定的群组（[[cohort]]：name 以及第 0 天前夕的 min_dpd、max_dpd）",
    },
    "expectable.figure_of_case": {
        "en": "Figures of a case, with case = NAME, one or two with - or /: that = "
        '"deferral.worst_dpd"',
        "zh": "案例的数值，另写 case = NAME，单个数值，或以 - 或 / 连接的两个：that = "
        '"deferral.worst_dpd"',
    },
    "times": {"en": "{number} times", "zh": "{number} 倍"},
    "day": {"en": "month {month}, day {day}", "zh": "第 {month} 个月第 {day} 天"},
    "never": {"en": "never", "zh": "从未"},
    "segment.income_low": {"en": "low income", "zh": "低收入"},
    "segment.income_middle": {"en": "middle income", "zh": "中等收入"},
    "segment.income_high": {"en": "high income", "zh": "高收入"},
    "segment.record_clean": {"en": "never late before", "zh": "此前从未逾期"},
    "segment.record_late": {"en": "late before", "zh": "此前曾逾期"},
    "segment.shock_none": {"en": "no misfortune", "zh": "未遇变故"},
    "segment.shock_job_loss": {"en": "lost a job", "zh": "失业"},
    "segment.shock_illness": {"en": "fell ill", "zh": "患病"},
    "segment.shock_disaster": {"en": "struck by disaster", "zh": "受灾"},
    "of_segment.default_rate": {"en": "Default rate", "zh": "违约率"},
    "of_segment.ever_90_rate": {"en": "Ever 90 days past due", "zh": "曾逾期 90 天以上"},
    "of_segment.charge_off_rate": {"en": "Charged off", "zh": "核销率"},
    "of_segment.paid_off_rate": {"en": "Paid off", "zh": "结清率"},
    "of_segment.behind_rate": {
        "en": "In arrears or charged off at the horizon",
        "zh": "期末拖欠或已核销的比例",
    },
    "of_segment.no_payment_rate": {
        "en": "Nothing paid since day 0",
        "zh": "第 0 天起分文未还的比例",
    },
    "of_segment.share_of_losses": {"en": "Share of all who are lost", "zh": "占全部违约者的比例"},
    "of_segment.paid": {"en": "Paid per borrower", "zh": "人均已还金额"},
    "of_segment.relief_granted": {"en": "Reliefs granted per borrower", "zh": "人均获批纾困次数"},
    "of_segment.complaints": {"en": "Complaints per borrower", "zh": "人均投诉次数"},
    "of_segment.adverse_marks": {
        "en": "Adverse marks per borrower",
        "zh": "人均不良征信记录次数",
    },
    "figure.status": {"en": "how it ends", "zh": "期末状态"},
    "figure.default_day": {"en": "day of default", "zh": "违约日"},
    "figure.worst_dpd": {"en": "most days late", "zh": "最长逾期天数"},
    "figure.paid": {"en": "paid", "zh": "已还金额"},
    "figure.paid_penalty": {"en": "penalty paid", "zh": "已付罚息"},
    "figure.forgiven_penalty": {"en": "penalty waived", "zh": "减免罚息"},
    "figure.written_off": {"en": "written off", "zh": "核销金额"},
    "figure.outstanding": {"en": "outstanding", "zh": "未偿余额"},
    "figure.applications": {"en": "applications", "zh": "申请次数"},
    "figure.refusals": {"en": "refusals", "zh": "被拒次数"},
    "figure.deferrals": {"en": "deferrals", "zh": "延期次数"},
    "figure.deferred_months": {"en": "months deferred", "zh": "延期月数"},
    "figure.waivers": {"en": "waivers", "zh": "减免次数"},
    "figure.messages": {"en": "messages", "zh": "短信条数"},
    "figure.calls_connected": {"en": "calls answered", "zh": "接通电话次数"},
    "figure.paid_costs": {"en": "costs paid", "zh": "已付费用"},
    "figure.forgiven": {"en": "forgiven", "zh": "减免总额"},
    "figure.late_recovered": {"en": "recovered after charge-off", "zh": "核销后收回"},
    "figure.reductions": {"en": "rate reductions", "zh": "降息次数"},
    "figure.extensions": {"en": "term extensions", "zh": "展期次数"},
    "figure.arrangements": {"en": "arrangements", "zh": "还款安排次数"},
    "figure.settlements": {"en": "settlements", "zh": "和解次数"},
    "figure.visits": {"en": "visits met", "zh": "上门见到本人次数"},
    "figure.notices": {"en": "formal notices", "zh": "正式通知份数"},
    "figure.complaints": {"en": "complaints", "zh": "投诉次数"},
    "figure.months_in_arrears": {"en": "months in arrears", "zh": "逾期月数"},
    "figure.adverse_marks": {"en": "adverse marks", "zh": "不良征信记录次数"},
    "figure.judgments": {"en": "judgments", "zh": "判决次数"},
}
