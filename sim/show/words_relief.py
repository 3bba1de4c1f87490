"""What is said in a story of what the lender does: relief, contacts, court and giving up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    # relief
    "story.instrument.deferral": {"en": "a deferral", "zh": "延期还款"},
    "story.instrument.waiver": {"en": "a penalty waiver", "zh": "罚息减免"},
    "story.instrument.reduction": {"en": "a lower rate", "zh": "降低利率"},
    "story.instrument.extension": {"en": "a longer term", "zh": "延长期限"},
    "story.instrument.arrangement": {"en": "a repayment arrangement", "zh": "还款安排"},
    "story.instrument.settlement": {"en": "a settlement", "zh": "和解结清"},
    "story.learned.campaign": {
        "en": "hears of relief from a campaign",
        "zh": "从宣传活动中得知可申请纾困",
    },
    "story.learned.conversation": {
        "en": "hears of relief in a conversation",
        "zh": "在沟通中得知可申请纾困",
    },
    "story.applied": {
        "en": "applies for {instrument}, the papers reach the desk on {at_desk}",
        "zh": "申请{instrument}，材料于{at_desk}送达审核台",
    },
    "story.papers_missing": {
        "en": "asks for {instrument}, but cannot bring the papers and gives up",
        "zh": "申请{instrument}，但无法提供证明而放弃",
    },
    "story.opted_out": {
        "en": "is offered {instrument} and declines it",
        "zh": "可享{instrument}，但选择退出",
    },
    "story.withdrawn": {
        "en": "the file for {instrument} is withdrawn",
        "zh": "{instrument}申请被撤回",
    },
    "story.refused": {
        "en": "is refused {instrument} after a wait of {waited} days",
        "zh": "等待 {waited} 天后，{instrument}申请被拒",
    },
    "story.refused_at_once": {
        "en": "is refused {instrument} the day the file arrives",
        "zh": "{instrument}申请当日被拒",
    },
    "story.granted.at_once": {
        "en": "is granted {instrument} the day the file arrives: {terms}",
        "zh": "{instrument}申请当日获批：{terms}",
    },
    "story.granted.desk": {
        "en": "is granted {instrument} after a wait of {waited} days: {terms}",
        "zh": "等待 {waited} 天后，{instrument}获批：{terms}",
    },
    "story.granted.universal": {
        "en": "is given {instrument} without asking: {terms}",
        "zh": "无需申请即获{instrument}：{terms}",
    },
    "story.terms.deferral": {
        "en": "from {begins} until {until}",
        "zh": "自{begins}起，至{until}止",
    },
    "story.terms.waiver": {
        "en": "{share} of the penalty, {forgiven} of it at once",
        "zh": "减免 {share} 的罚息，当即减免 {forgiven}",
    },
    "story.terms.waiver_if_paid": {
        "en": "{share} of the penalty, if all the rest is paid by {until}",
        "zh": "若在{until}前还清其余欠款，减免 {share} 的罚息",
    },
    "story.terms.reduction": {
        "en": "{rate} a year in place of {rate_from}",
        "zh": "年利率由 {rate_from} 降至 {rate}",
    },
    "story.terms.extension": {
        "en": "months added: {months}",
        "zh": "延长 {months} 个月",
    },
    "story.terms.arrangement": {
        "en": "{amount} a month beside the instalments, until {until}",
        "zh": "除每期还款外，每月另还 {amount}，至{until}止",
    },
    "story.terms.settlement": {
        "en": "{amount} closes the loan, if paid by {until}",
        "zh": "在{until}前支付 {amount}即可结清",
    },
    "story.lapsed": {
        "en": "the offer of {instrument} lapses",
        "zh": "{instrument}的要约失效",
    },
    "story.waiver_earned": {
        "en": "has paid the rest in time: {forgiven} of penalty is waived",
        "zh": "按时还清其余欠款：减免罚息 {forgiven}",
    },
    "story.arrangement_kept": {
        "en": "the arrangement is kept to the end",
        "zh": "还款安排履行完毕",
    },
    "story.arrangement_broken": {"en": "the arrangement is broken", "zh": "还款安排中断"},
    # being contacted
    "story.contacts": {"en": "the lender gets in touch: {made}", "zh": "放贷机构联系：{made}"},
    "story.made.messages": {"en": "messages {messages}", "zh": "短信 {messages} 条"},
    "story.made.calls": {
        "en": "calls {calls} (answered {answered})",
        "zh": "电话 {calls} 次（接通 {answered} 次）",
    },
    "story.made.visits": {
        "en": "visits {visits} (met {met})",
        "zh": "上门 {visits} 次（见到本人 {met} 次）",
    },
    "story.made.notices": {"en": "formal notices {notices}", "zh": "正式通知 {notices} 份"},
    "story.made.kept_back": {
        "en": "kept back by the rules of conduct {kept_back}",
        "zh": "因行为规范未联系 {kept_back} 次",
    },
    "story.promised": {"en": "promises to pay on {day}", "zh": "承诺于{day}还款"},
    "story.promise_broken": {"en": "the promise is not kept", "zh": "未履行还款承诺"},
    "story.complained": {"en": "complains about being contacted", "zh": "投诉催收"},
    "story.asked_to_stop": {"en": "asks not to be contacted", "zh": "要求停止联系"},
    "story.called_due": {
        "en": "the whole loan is called due: {owed} is owed at once",
        "zh": "贷款提前到期：须立即偿还 {owed}",
    },
    # court and the end
    "story.sued": {
        "en": "the lender goes to court over {claim}; {fee} of costs is charged; the hearing is on "
        "{hearing} at the earliest",
        "zh": "放贷机构就 {claim}起诉；加收费用 {fee}；最早于{hearing}开庭",
    },
    "story.hearing.won": {
        "en": "the court hears the case and finds for the lender; an adverse mark",
        "zh": "开庭：法院支持放贷机构；一次不良征信记录",
    },
    "story.hearing.lost": {
        "en": "the court hears the case and finds against the lender",
        "zh": "开庭：法院未支持放贷机构",
    },
    "story.defaulted": {"en": "is 90 days late: in default", "zh": "逾期满 90 天：违约"},
    "story.adverse_mark": {
        "en": "an adverse mark at the credit bureau",
        "zh": "一次不良征信记录",
    },
    "story.adverse_marks": {
        "en": "adverse marks at the credit bureau: {marks}",
        "zh": "不良征信记录 {marks} 次",
    },
    "story.charged_off": {
        "en": "the lender gives the loan up and writes off {amount}",
        "zh": "贷款被核销，核销金额 {amount}",
    },
    "story.late.in_house": {
        "en": "after all, {amount} comes in on the debt written off",
        "zh": "核销后收回 {amount}",
    },
    "story.late.agency": {
        "en": "a collection agency brings in {amount} and keeps {commission}",
        "zh": "委外催收收回 {amount}，佣金 {commission}",
    },
    "story.late.enforcement": {
        "en": "the court takes {amount} of the debt written off",
        "zh": "法院就已核销债务强制执行 {amount}",
    },
    "story.sold": {
        "en": "the debt of {claim} is sold for {price}",
        "zh": "债权 {claim}以 {price}转让",
    },
    "story.paid_off": {"en": "the loan is paid off", "zh": "贷款已还清"},
    "story.settled": {
        "en": "the loan is settled; {forgiven} is forgiven",
        "zh": "贷款和解结清；免除 {forgiven}",
    },
}
