"""What charts say, in English and 简体中文."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "chart.points": {"en": "percentage points", "zh": "百分点"},
    "chart.money": {"en": "{currency} per borrower", "zh": "{currency}/借款人"},
    "chart.unit.count": {"en": "number", "zh": "数量"},
    "chart.unit.days": {"en": "days", "zh": "天"},
    "chart.unit.minutes": {"en": "minutes", "zh": "分钟"},
    "chart.unit.points": {"en": "points", "zh": "分"},
    "chart.month": {"en": "month", "zh": "月份"},
    "chart.told": {"en": "{heading}, {name}: {words}", "zh": "{heading}，{name}：{words}"},
    "chart.at_the_end": {"en": "{policy} {value}", "zh": "{policy} {value}"},
    "chart.head.policy": {"en": "Policy", "zh": "政策"},
    "chart.head.metric": {"en": "Metric", "zh": "指标"},
    "chart.head.segment": {"en": "Group", "zh": "分组"},
    "chart.head.difference": {"en": "Difference", "zh": "差异"},
    "chart.head.low": {"en": "95% interval from", "zh": "95% 区间下限"},
    "chart.head.high": {"en": "95% interval to", "zh": "95% 区间上限"},
    "chart.head.unit": {"en": "Unit", "zh": "单位"},
    "chart.head.verdict": {"en": "In words", "zh": "文字说明"},
    "chart.head.month": {"en": "Month", "zh": "月份"},
    "chart.head.mean": {"en": "Mean", "zh": "均值"},
    "chart.head.part": {"en": "Part", "zh": "组成部分"},
    "chart.head.default": {"en": "Default rate ({points})", "zh": "违约率（{points}）"},
    "chart.head.default_low": {"en": "from ({points})", "zh": "下限（{points}）"},
    "chart.head.default_high": {"en": "to ({points})", "zh": "上限（{points}）"},
    "chart.head.net": {"en": "Net recovered ({money})", "zh": "净回收（{money}）"},
    "chart.head.net_low": {"en": "from ({money})", "zh": "下限（{money}）"},
    "chart.head.net_high": {"en": "to ({money})", "zh": "上限（{money}）"},
    "chart.differences": {"en": "Difference from “{baseline}”", "zh": "与“{baseline}”的差异"},
    "chart.differences.alt": {
        "en": "Differences from “{baseline}” with 95% intervals. {told}.",
        "zh": "与“{baseline}”的差异及 95% 区间。{told}。",
    },
    "chart.differences.note": {
        "en": "The line is where nothing differs. A filled mark: the 95% interval leaves it out; "
        "an open one: the difference cannot be told from noise.",
        "zh": "竖线表示没有差异。实心标记：95% 区间不含零；空心标记：差异与噪声无法区分。",
    },
    "chart.segments": {
        "en": "Who gains and who loses under “{policy}”: default rate by group",
        "zh": "“{policy}”下谁受益、谁受损：各组违约率的差异",
    },
    "chart.segments.alt": {
        "en": "Difference in default rate by group under “{policy}”. {told}.",
        "zh": "“{policy}”下各组违约率的差异。{told}。",
    },
    "chart.segments.note": {
        "en": "A group of too few borrowers is not told of. Of twenty groups that do not differ at "
        "all, one is expected to look as if it did.",
        "zh": "人数过少的分组不予显示。二十个毫无差异的分组中，预计会有一个看似有差异。",
    },
    "chart.parting.income": {"en": "By income at origination", "zh": "按放款时收入"},
    "chart.parting.record": {"en": "By record before day 0", "zh": "按第 0 天前的记录"},
    "chart.parting.shock": {"en": "By misfortunes met", "zh": "按所遇变故"},
    "chart.parting.cohort": {"en": "By days past due on the eve", "zh": "按期初逾期天数"},
    "chart.over_time": {
        "en": "Default so far, and those without a payment for 90 days",
        "zh": "累计违约与 90 天未还款",
    },
    "chart.over_time.alt": {
        "en": "Default so far, month by month; at the horizon: {told}.",
        "zh": "逐月累计违约率；期末：{told}。",
    },
    "chart.over_time.shaded": {
        "en": "Bands are 95% intervals of the level; policies share their luck, so differences are "
        "known far better than levels. Shaded: months at whose end at least {share} of the "
        "borrowers are in a deferral under some policy.",
        "zh": "色带为水平值的 95% 区间；各政策共享同样的运气，因此差异比水平值精确得多。"
        "阴影：某一政策下月末至少 {share} 的借款人处于延期中的月份。",
    },
    "chart.over_time.unshaded": {
        "en": "Bands are 95% intervals of the level; policies share their luck, so differences are "
        "known far better than levels. In no month are {share} of the borrowers in a deferral, so "
        "none is shaded.",
        "zh": "色带为水平值的 95% 区间；各政策共享同样的运气，因此差异比水平值精确得多。"
        "没有任何月份有 {share} 的借款人处于延期中，故无阴影。",
    },
    "chart.queues": {"en": "How busy people are, and what waits", "zh": "人员利用率与等待"},
    "chart.queues.alt": {
        "en": "Utilisation of staff, files pending and waits, month by month.",
        "zh": "逐月的人员利用率、待审件数与等待时间。",
    },
    "chart.queues.note": {
        "en": "Not drawn, because there are as many as the work needs or there is no such work: "
        "{names}.",
        "zh": "未绘制（人手不限或没有此类工作）：{names}。",
    },
    "chart.money.title": {
        "en": "Where the money comes from and goes: “{policy}”",
        "zh": "资金的来源与去向：“{policy}”",
    },
    "chart.money.under": {"en": "Under “{policy}”", "zh": "“{policy}”下"},
    "chart.money.change": {"en": "What “{policy}” changes", "zh": "“{policy}”带来的变化"},
    "chart.money.axis": {"en": "{unit}", "zh": "{unit}"},
    "chart.money.alt": {
        "en": "The parts of net recovered, per borrower. {told}",
        "zh": "净回收的组成（每名借款人）。{told}",
    },
    "chart.money.whole": {"en": "{heading}.", "zh": "{heading}。"},
    "chart.money.total": {
        "en": "{heading}; “{policy}”: {difference} {interval}, {words}.",
        "zh": "{heading}；“{policy}”：{difference} {interval}，{words}。",
    },
    "chart.money.note": {
        "en": "Bars are means, without intervals of their own. Solid ones add up to net recovered, "
        "costs downwards. Hatched bars, to the right, "
        "are what will not come: forgiven, forgone, written off; they are no part of the sum.",
        "zh": "各柱为均值，不附区间。实心柱相加为净回收，成本向下。"
        "右侧斜线柱为不会收回的部分（减免、少收、核销），不计入合计。",
    },
    "chart.trade_off": {
        "en": "The trade-off: default against money",
        "zh": "权衡：违约与资金",
    },
    "chart.trade_off.x": {
        "en": "change in default rate, {unit}",
        "zh": "违约率变化，{unit}",
    },
    "chart.trade_off.y": {
        "en": "change in net recovered, {unit}",
        "zh": "净回收变化，{unit}",
    },
    "chart.trade_off.better": {
        "en": "↖ fewer defaults, more money",
        "zh": "↖ 违约更少，回收更多",
    },
    "chart.trade_off.alt": {
        "en": "Each policy by its change in default and in net recovered from “{baseline}”.",
        "zh": "各政策相对“{baseline}”的违约率变化与净回收变化。",
    },
    "chart.trade_off.note": {
        "en": "Left is fewer defaults, up is more money; whiskers are 95% intervals.",
        "zh": "向左违约更少，向上回收更多；须线为 95% 区间。",
    },
    "chart.roll_rates": {"en": "Where loans roll to in a month", "zh": "逾期迁徙率（月）"},
    "chart.roll_rates.axis": {
        "en": "days past due at a month's end",
        "zh": "月末逾期天数",
    },
    "chart.roll_rates.alt": {
        "en": "The share of loans in each bucket that is in a later one a month after, by policy.",
        "zh": "各政策下，各逾期档中一个月后进入更晚档的贷款比例。",
    },
    "chart.roll_rates.note": {
        "en": "The share of the loans in a bucket that is in a later one at the next month's end, "
        "in percent.",
        "zh": "某逾期档的贷款中，下月末进入更晚档的比例（%）。",
    },
    "chart.findings": {"en": "The model against what was found", "zh": "模型与已发表发现的对照"},
    "chart.findings.axis": {
        "en": "place in the band (0 its lower end, 1 its upper end)",
        "zh": "在允许区间中的位置（0 为下限，1 为上限）",
    },
    "chart.findings.alt": {
        "en": "{count} findings, each on the scale of its own band: {inside} lie inside.",
        "zh": "{count} 项发现，各按其允许区间的尺度绘制：{inside} 项在区间内。",
    },
    "chart.findings.alt_outside": {"en": " Outside: {names}.", "zh": "区间外：{names}。"},
    "chart.findings.note": {
        "en": "A dot is what the model gives, its line the 95% interval of the simulation; shaded "
        "is the band that published figures allow. A cross lies outside. Bands open on one side "
        "are in the tables only.",
        "zh": "圆点为模型结果，横线为模拟的 95% 区间；阴影为已发表数字所允许的区间。"
        "叉号表示在区间之外。单侧区间仅列于表中。",
    },
    "chart.head.target": {"en": "Target", "zh": "目标"},
    "chart.head.finding": {"en": "Finding", "zh": "发现"},
    "chart.head.band": {"en": "Band", "zh": "允许区间"},
    "chart.head.measured": {"en": "Model", "zh": "模型结果"},
    "chart.head.interval": {"en": "95% interval", "zh": "95% 区间"},
    "chart.life": {"en": "Two lives, month by month", "zh": "逐月对照"},
    "chart.life.alt": {
        "en": "Savings, balance and days past due of one borrower at each month's end: {names}.",
        "zh": "同一借款人各月末的储蓄、余额与逾期天数：{names}。",
    },
    "chart.life.note": {
        "en": "At each month's end. Marks at the foot: relief granted, loan paid off, settled or "
        "charged off.",
        "zh": "均为月末数值。底部标记：获批纾困、贷款结清、和解或核销。",
    },
    "chart.life.savings": {"en": "Savings ({currency})", "zh": "储蓄（{currency}）"},
    "chart.life.balance": {"en": "Balance ({currency})", "zh": "贷款余额（{currency}）"},
    "chart.life.days_past_due": {"en": "Days past due (days)", "zh": "逾期天数（天）"},
    "chart.life.granted": {"en": "relief granted, month {month}", "zh": "第 {month} 个月获批纾困"},
    "chart.life.charged_off": {"en": "charged off, month {month}", "zh": "第 {month} 个月核销"},
    "chart.life.paid_off": {"en": "paid off, month {month}", "zh": "第 {month} 个月结清"},
    "chart.life.settled": {"en": "settled, month {month}", "zh": "第 {month} 个月和解"},
    "chart.roll_rate_0": {"en": "none", "zh": "未逾期"},
    "chart.roll_rate_1": {"en": "1-29", "zh": "1–29"},
    "chart.roll_rate_30": {"en": "30-59", "zh": "30–59"},
    "chart.roll_rate_60": {"en": "60-89", "zh": "60–89"},
}
