"""What is said in the story of one person, in both languages: its life, its payments, its end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "search.saved": {
        "en": "{count} borrowers of replica {replica} are lost under the baseline and not under "
        "“{policy}”.",
        "zh": "副本 {replica} 中有 {count} 名借款人在基准下损失、在“{policy}”下未损失。",
    },
    "search.harmed": {
        "en": "{count} borrowers of replica {replica} are lost under “{policy}” and not under the "
        "baseline.",
        "zh": "副本 {replica} 中有 {count} 名借款人在“{policy}”下损失、在基准下未损失。",
    },
    # who and when
    "story.borrower": {
        "en": "Borrower {number} of replica {replica}",
        "zh": "副本 {replica} 的第 {number} 号借款人",
    },
    "story.under": {"en": "Under “{policy}”", "zh": "在“{policy}”下"},
    "story.day": {"en": "month {month}, day {day}", "zh": "第 {month} 个月第 {day} 天"},
    "story.days": {
        "en": "month {month}, days {day} to {last}",
        "zh": "第 {month} 个月第 {day} 至 {last} 天",
    },
    "story.month": {"en": "month {month}", "zh": "第 {month} 个月"},
    "story.months": {"en": "months {month} to {last}", "zh": "第 {month} 至 {last} 个月"},
    "story.then": {"en": "; ", "zh": "；"},
    "story.list": {"en": ", ", "zh": "，"},
    # how things stood
    "story.household": {
        "en": "Earns {income} a month, spends {essentials} on essentials and {other_debt} on other "
        "debts; {savings} saved.",
        "zh": "每月收入 {income}，必要开支 {essentials}，其他债务还款 {other_debt}；"
        "积蓄 {savings}。",
    },
    "story.loan": {
        "en": "Owes {balance} in {left} instalments of {instalment}, due on day {due_day} of each "
        "month, at {rate} a year.",
        "zh": "欠款 {balance}，还有 {left} 期，每期 {instalment}，每月第 {due_day} 天到期，"
        "年利率 {rate}。",
    },
    "story.lent": {
        "en": "The loan is paid out on {day}.",
        "zh": "贷款于{day}发放。",
    },
    "story.behind": {
        "en": "{arrears} of it is late, by {days} days.",
        "zh": "其中 {arrears}已逾期 {days} 天。",
    },
    "story.over": {
        "en": "The loan had ended before the policies started: {status}.",
        "zh": "政策开始前贷款已结束：{status}。",
    },
    # what befalls the household
    "story.job_lost": {
        "en": "loses the job: income falls from {income} to {income_now} a month",
        "zh": "失业：月收入由 {income}降至 {income_now}",
    },
    "story.job_found": {
        "en": "is in work again after {days} days",
        "zh": "失业 {days} 天后重新就业",
    },
    "story.fell_ill": {"en": "falls ill", "zh": "患病"},
    "story.recovered": {"en": "is well again after {days} days", "zh": "{days} 天后康复"},
    "story.disaster": {
        "en": "is struck by a disaster: loses {savings_lost} of savings",
        "zh": "遭遇灾害：损失积蓄 {savings_lost}",
    },
    "story.disaster_over": {
        "en": "the hardship of the disaster is over after {days} days",
        "zh": "{days} 天后灾害影响结束",
    },
    "story.prices_rose": {
        "en": "prices rise: essentials go from {essentials_from} to {to} a month",
        "zh": "物价上涨：每月必要开支由 {essentials_from}升至 {to}",
    },
    # instalments
    "story.bill": {"en": "an instalment of {amount} is due", "zh": "一期还款 {amount}到期"},
    "story.bill_with_older": {
        "en": "an instalment of {amount} is due, {total} with what was owed before",
        "zh": "一期还款 {amount}到期，连同此前所欠共 {total}",
    },
    "story.bill_paid": {
        "en": "the instalment of {amount} is paid on the due date",
        "zh": "到期日还清本期 {amount}",
    },
    "story.all_paid": {
        "en": "every instalment of {amount} is paid on the due date",
        "zh": "每期 {amount}均在到期日还清",
    },
    "story.all_paid_in_all": {
        "en": "every instalment is paid on the due date, {total} in all",
        "zh": "每期均在到期日还清，共 {total}",
    },
    "story.deferral_begins": {
        "en": "the deferral begins: no instalment is asked for until {until}",
        "zh": "延期开始：至{until}前不要求还款",
    },
    "story.deferral_begins_with_arrears": {
        "en": "the deferral begins: no instalment is asked for until {until}, and the {arrears} "
        "overdue is added to the loan",
        "zh": "延期开始：至{until}前不要求还款，逾期的 {arrears}计入本金",
    },
    "story.skipped.capitalised": {
        "en": "nothing is asked for; {interest} of interest is added to the loan",
        "zh": "无需还款；利息 {interest}计入本金",
    },
    "story.skipped.simple": {
        "en": "nothing is asked for; {interest} of interest is put off",
        "zh": "无需还款；利息 {interest}顺延",
    },
    "story.skipped.waived": {
        "en": "nothing is asked for; {interest} of interest is waived",
        "zh": "无需还款；利息 {interest}免除",
    },
    "story.deferral_ends": {
        "en": "the deferral ends: instalments are asked for again",
        "zh": "延期结束：恢复还款",
    },
    "story.instalment_set_anew": {
        "en": "the instalment changes from {instalment_from} to {to}",
        "zh": "每期还款由 {instalment_from}改为 {to}",
    },
    # payments
    "story.pays.due_date": {"en": "pays {amount} on the due date", "zh": "到期日还款 {amount}"},
    "story.pays.voluntary": {
        "en": "pays the instalment of {amount} though it is deferred",
        "zh": "虽已延期，仍自愿还款 {amount}",
    },
    "story.pays.arrangement": {"en": "pays {amount} as arranged", "zh": "按约定还款 {amount}"},
    "story.pays.early_payoff": {
        "en": "pays off the whole loan early: {amount}",
        "zh": "提前还清全部贷款：{amount}",
    },
    "story.pays.settlement": {
        "en": "pays the {amount} agreed to settle the loan",
        "zh": "支付和解金额 {amount}",
    },
    "story.pays.remembered": {"en": "remembers, and pays {amount}", "zh": "想起还款，还 {amount}"},
    "story.pays.tried_again": {
        "en": "tries again, and pays {amount}",
        "zh": "再次尝试，还 {amount}",
    },
    "story.pays.promise": {"en": "keeps the promise: pays {amount}", "zh": "履行承诺：还 {amount}"},
    "story.pays.messages": {
        "en": "after a message, pays {amount}",
        "zh": "收到短信后还款 {amount}",
    },
    "story.pays.answered": {
        "en": "called, agrees to pay now: {amount}",
        "zh": "接听电话后当即还款 {amount}",
    },
    "story.pays.met": {"en": "visited, pays {amount}", "zh": "上门时还款 {amount}"},
    "story.pays.notices": {
        "en": "after a formal notice, pays {amount}",
        "zh": "收到正式通知后还款 {amount}",
    },
    "story.pays.contact": {"en": "after contacts, pays {amount}", "zh": "经联系后还款 {amount}"},
    "story.pays.enforcement": {"en": "the court takes {amount}", "zh": "法院强制执行 {amount}"},
    "story.parts": {"en": "{text} ({parts})", "zh": "{text}（{parts}）"},
    "story.part.principal": {"en": "{amount} principal", "zh": "本金 {amount}"},
    "story.part.interest": {"en": "{amount} interest", "zh": "利息 {amount}"},
    "story.part.penalty": {"en": "{amount} penalty", "zh": "罚息 {amount}"},
    "story.part.costs": {"en": "{amount} costs", "zh": "费用 {amount}"},
    "story.source.from_other_lenders": {
        "en": "{amount} of it by putting off other lenders",
        "zh": "其中 {amount}来自拖延其他债务",
    },
    "story.source.from_essentials": {
        "en": "{amount} of it by cutting essentials",
        "zh": "其中 {amount}来自压缩必要开支",
    },
    "story.source.from_family": {
        "en": "{amount} of it with help of family and friends",
        "zh": "其中 {amount}来自亲友帮助",
    },
    "story.still_owed": {"en": "{amount} is still owed", "zh": "仍欠 {amount}"},
    "story.caught_up": {"en": "nothing is overdue any more", "zh": "逾期已全部还清"},
    # why nothing came, or too little
    "story.missed.forgot": {"en": "forgets to pay", "zh": "忘记还款"},
    "story.missed.unwilling": {"en": "does not want to pay", "zh": "不愿还款"},
    "story.missed.disengaged": {
        "en": "no longer answers, and pays nothing",
        "zh": "已失联，分文未还",
    },
    "story.missed.waiting": {
        "en": "waits for the waiver announced, and pays nothing",
        "zh": "等待已公布的减免，未还款",
    },
    "story.missed.unable": {
        "en": "cannot pay: {at_hand} at hand, {owed} owed",
        "zh": "无力还款：手头 {at_hand}，应还 {owed}",
    },
    "story.missed.part": {
        "en": "cannot pay all: {at_hand} at hand, {owed} owed",
        "zh": "无力还清：手头 {at_hand}，应还 {owed}",
    },
    "story.shortfall": {
        "en": "the month before cost {amount} more than it brought",
        "zh": "上月入不敷出 {amount}",
    },
    "story.short": {
        "en": "looks again: {at_hand} at hand, {owed} owed",
        "zh": "再次尝试：手头 {at_hand}，应还 {owed}",
    },
    "story.shorts": {
        "en": "tries again and never has enough (looked again: {tries}; most at hand {at_hand})",
        "zh": "多次尝试均不足额（{tries} 次；手头最多 {at_hand}）",
    },
    "story.penalty": {
        "en": "{amount} of penalty was added this month",
        "zh": "本月新增罚息 {amount}",
    },
    "story.penalty_in_all": {"en": "{amount} of penalty was added", "zh": "新增罚息 {amount}"},
    "story.gone": {
        "en": "no longer answers, and nothing is paid",
        "zh": "已失联，分文未还",
    },
    "story.stopped_answering": {
        "en": "stops dealing with the lender",
        "zh": "不再与放贷机构联系",
    },
    "story.answers_again": {"en": "deals with the lender again", "zh": "恢复与放贷机构联系"},
    "story.puts_us_first": {
        "en": "from now on pays this lender before others",
        "zh": "从此优先偿还本机构",
    },
    "story.puts_us_last": {
        "en": "from now on pays other lenders first",
        "zh": "从此优先偿还其他机构",
    },
    "story.won_over": {
        "en": "is won over by the relief, and will keep dealing with the lender",
        "zh": "感念纾困，愿与放贷机构保持联系",
    },
    # how it compares
    "story.compared": {"en": "In the end", "zh": "最终对比"},
    "story.ending.status": {"en": "The loan", "zh": "贷款状态"},
    "story.ending.default_day": {"en": "In default since", "zh": "违约日"},
    "story.ending.worst_dpd": {"en": "Most days late", "zh": "最长逾期天数"},
    "story.ending.paid": {"en": "Paid in all", "zh": "还款总额"},
    "story.ending.late_recovered": {"en": "Recovered after write-off", "zh": "核销后收回"},
    "story.ending.forgiven": {"en": "Forgiven", "zh": "减免总额"},
    "story.ending.written_off": {"en": "Written off", "zh": "核销金额"},
    "story.ending.outstanding": {"en": "Still owed", "zh": "仍欠金额"},
    "story.ending.adverse_marks": {"en": "Adverse marks", "zh": "不良征信记录"},
    "story.ending.messages": {"en": "Messages", "zh": "短信"},
    "story.ending.calls": {"en": "Calls tried", "zh": "拨打电话"},
    "story.ending.answered": {"en": "Calls answered", "zh": "接通电话"},
    "story.ending.visits": {"en": "Visits tried", "zh": "上门次数"},
    "story.ending.met": {"en": "Visits that met the borrower", "zh": "上门见到本人"},
    "story.ending.notices": {"en": "Formal notices", "zh": "正式通知"},
    "story.ending.complaints": {"en": "Complaints", "zh": "投诉"},
    "story.never": {"en": "never", "zh": "从未"},
    "story.as_under": {
        "en": "Under “{policy}”: day by day the same as under “{other}”.",
        "zh": "在“{policy}”下：每天均与“{other}”下相同。",
    },
    "story.same": {
        "en": "Whether “{first}” or “{second}” makes no difference to this life.",
        "zh": "“{first}”与“{second}”对此人毫无差别。",
    },
    "story.alike_in_the_end": {
        "en": "Where the lives part, though both end alike: until {day} they are the same. Then, "
        "under “{first}”: {ours}; under “{second}”: {theirs}.",
        "zh": "两种情形结局相同，分岔之处：{day}之前完全相同。此后，在“{first}”下：{ours}；"
        "在“{second}”下：{theirs}。",
    },
    "story.why": {
        "en": "What made the difference: until {day} both lives are the same. Then, under "
        "“{first}”: {ours}; under “{second}”: {theirs}.",
        "zh": "差别从何而来：{day}之前两种情形完全相同。此后，在“{first}”下：{ours}；"
        "在“{second}”下：{theirs}。",
    },
    "story.nothing": {"en": "nothing else that day", "zh": "当日再无其他"},
}
