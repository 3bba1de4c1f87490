"""What the parameters of a world mean, in 简体中文, by the English of their declarations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

MEANINGS: Final[Mapping[str, str]] = {
    # the study
    "Months simulated under the policies.": "在各政策下模拟的月数。",
    "Months under the baseline before, so that a seasoned book meets the policies.": (
        "此前在基准下运行的月数，使各政策面对的是已有账龄的贷款组合。"
    ),
    "Borrowers in each replica.": "每个副本的借款人数。",
    "Independent portfolios; intervals are computed from them.": (
        "相互独立的贷款组合；区间由其算出。"
    ),
    "What all luck is computed from.": "一切运气由此算出。",
    "Name of the money shown; three capital letters, 100 minor units to one.": (
        "所示货币的名称；三个大写字母，一个单位合 100 个最小货币单位。"
    ),
    "New loans a month in each replica; they load desk and agents but count in no measure.": (
        "每个副本每月的新增贷款；占用审核台与催收员，但不计入任何指标。"
    ),
    "Rate a year at which present values are taken.": "计算现值所用的年利率。",
    # loans
    "Median household income per 30 days at origination.": "放款时家庭每 30 天收入的中位数。",
    "Spread of incomes: standard deviation of their logarithm.": "收入的离散程度：其对数的标准差。",
    "Median share of income that the instalment takes.": "每期还款占收入比例的中位数。",
    "Spread of that share: standard deviation of its logarithm.": (
        "该比例的离散程度：其对数的标准差。"
    ),
    "Terms offered, each as often as the others; 1 to 10 of them, 1 to 120 months each.": (
        "可选的贷款期限，各期限同样常见；1 至 10 个，每个 1 至 120 个月。"
    ),
    "Contract rate a year.": "合同约定的年利率。",
    "Affordability at origination: essentials, other debt and instalment take at most this.": (
        "放款时的偿付能力要求：基本生活支出、其他债务与每期还款合计不超过此值。"
    ),
    "Regions that borrowers live in, equally large.": "借款人所在的地区，规模相等。",
    "Sectors of work that they belong to, equally large.": "借款人所属的行业，规模相等。",
    # the household
    "Chance that somebody at work loses the job within a month.": "在职者一个月内失业的概率。",
    "How many times likelier borrowers of this book are to lose the job.": (
        "本组合借款人的失业概率是一般人的多少倍。"
    ),
    "Share of new unemployment spells that end slowly.": "新发生的失业中，需较久才能再就业的比例。",
    "Chance that a fast finder is back at work within a month.": (
        "快速再就业者一个月内重新就业的概率。"
    ),
    "Chance that a slow finder is back at work within a month.": (
        "慢速再就业者一个月内重新就业的概率。"
    ),
    "Income while searching for work.": "求职期间的收入。",
    "Chance that somebody healthy falls seriously ill within a month.": (
        "健康者一个月内患重病的概率。"
    ),
    "Mean length of an illness.": "患病的平均时长。",
    "Income while ill.": "患病期间的收入。",
    "Standard deviation of the lasting change of income from month to month.": (
        "收入逐月永久性变动的标准差。"
    ),
    "Standard deviation of income within one month.": "收入在单月内暂时波动的标准差。",
    "Chance of an unexpected expense within a month.": "一个月内发生意外支出的概率。",
    "Mean size of such an expense.": "意外支出的平均金额。",
    "Mean essential spending at origination; with other debt the most sensitive pair of all.": (
        "放款时基本生活支出的均值；与其他债务偿付同为最敏感的一对参数。"
    ),
    "Spread of essential spending.": "基本生活支出的离散程度。",
    "Mean debt service to other lenders at origination.": "放款时对其他机构偿债支出的均值。",
    "Share of households that keep almost no savings.": "几乎没有储蓄的家庭所占比例。",
    "The most that such a household keeps.": "此类家庭最多持有的储蓄。",
    "Median savings kept by the others.": "其他家庭储蓄的中位数。",
    "Spread of these savings: standard deviation of their logarithm.": (
        "此项储蓄的离散程度：其对数的标准差。"
    ),
    "Share of a month's shortfall that becomes arrears with other lenders.": (
        "当月资金缺口中转为其他机构欠款的比例。"
    ),
    # behaviour
    "Mean chance that a due date is forgotten.": "忘记到期日的平均概率。",
    "Chance a day that a forgetter remembers unprompted.": "忘记还款者每天自行想起的概率。",
    "Share of borrowers who skip payments though able, and pretend hardship.": (
        "有能力还款却跳过还款并谎称困难的借款人比例。"
    ),
    "Chance that an opportunist skips a due date.": "投机者在到期日跳过还款的概率。",
    "Chance a month to stop dealing with the lender with one instalment missed.": (
        "欠一期时，每月与放贷机构失联的概率。"
    ),
    "The same with two missed.": "欠两期时的同一概率。",
    "The same with three or more missed.": "欠三期及以上时的同一概率。",
    "The least part of an instalment that a borrower brings.": (
        "借款人部分还款时，至少偿还每期应还的比例。"
    ),
    "Days after the due date on which the unable look again; increasing, 1 to 29, at most 8.": (
        "无力还款者重新考虑还款的日子，以到期日后天数计；递增，1 至 29，最多 8 个。"
    ),
    "Chance that somebody short of money looks again on a day of reconsidering.": (
        "资金不足者在重新考虑之日再次尝试还款的概率。"
    ),
    "Chance a month that somebody who stopped dealing with the lender returns unprompted.": (
        "失联者每月自行恢复联系的概率。"
    ),
    "Share of borrowers who know that relief exists.": "知道可以申请纾困的借款人比例。",
    "Chance to apply in a hardship spell, once aware and eligible.": (
        "知晓且符合条件后，在一段困难期内提出申请的概率。"
    ),
    "Share of those in hardship who bring the papers asked for.": (
        "处于困难者中能提供所需证明的比例。"
    ),
    "Days to collect the papers.": "备齐证明所需的天数。",
    "Chance to accept relief offered in a conversation.": "接受沟通中所提供纾困的概率。",
    "Chance not to opt out of universal relief.": "不退出普遍纾困的概率。",
    "Share of borrowers who pay this lender before others.": "优先偿还本机构的借款人比例。",
    "Chance that a current borrower who is able pays on a due date in a deferral.": (
        "未逾期且有能力的借款人在延期期间于到期日仍还款的概率。"
    ),
    "Chance to stop paying when a deferral ends, for each month it lasted.": (
        "延期结束时停止还款的概率，按延期的每个月计。"
    ),
    "Chance that other lenders come first after a deferral, for each month it lasted.": (
        "延期之后改为优先偿还其他机构的概率，按延期的每个月计。"
    ),
    "Chance that somebody who knows of an announced waiver waits for it.": (
        "知道已公布的减免者等待减免的概率。"
    ),
    "Chance that a waiver granted makes the borrower pay what it can.": (
        "获批减免促使借款人尽力还款的概率。"
    ),
    "Chance that relief in the lender's own name wins a borrower over.": (
        "以放贷机构自身名义给予的纾困赢得借款人的概率。"
    ),
    "Chance that any relief granted brings a disengaged borrower back.": (
        "获批任一纾困使失联借款人恢复联系的概率。"
    ),
    "Chance that somebody whose savings reach pays the whole loan off early.": (
        "储蓄足够者提前结清全部贷款的概率。"
    ),
    "What family and friends lend for a settlement.": "亲友为和解结清借出的金额。",
    # contacts
    "Chance that a message makes a forgetter remember.": "短信使忘记还款者想起的概率。",
    "Chance that an early call reaches the right person.": "早期拨打接通本人的概率。",
    "Chance that a later call reaches the right person.": "后期拨打接通本人的概率。",
    "Chance that a borrower reached early brings what it can.": (
        "早期接通后，借款人尽力还款的概率。"
    ),
    "Chance that a borrower reached later brings what it can.": (
        "后期接通后，借款人尽力还款的概率。"
    ),
    "Chance that a conversation brings a disengaged borrower back.": (
        "一次沟通使失联借款人恢复联系的概率。"
    ),
    "Chance that a conversation makes an unwilling borrower pay.": (
        "一次沟通使不愿还款者还款的概率。"
    ),
    "Chance that a conversation makes relief known to the borrower.": (
        "一次沟通使借款人得知可申请纾困的概率。"
    ),
    "Chance that a moral message brings a disengaged borrower back.": (
        "道德短信使失联借款人恢复联系的概率。"
    ),
    "Chance that somebody reached who does not pay promises to.": "接通后未还款者承诺还款的概率。",
    "Days until a promised payment.": "从承诺到约定还款日的天数。",
    "Chance that a promise is kept, as far as cash allows.": "在资金允许的范围内履行承诺的概率。",
    "Chance that a visit meets the borrower.": "上门见到借款人的概率。",
    "Chance that a borrower met brings what it can.": "上门见面后，借款人尽力还款的概率。",
    "Chance that a notice makes an unwilling borrower pay.": "催告函使不愿还款者还款的概率。",
    "Chance that the borrower asks not to be contacted, times 1 + strain.": (
        "借款人要求停止联系的概率，再乘以（1 + 压力）。"
    ),
    "Chance that somebody who agrees to pay cuts essentials to do so.": (
        "同意还款者为此压缩基本生活支出的概率。"
    ),
    "Share of essentials it cuts at most.": "最多压缩的基本生活支出比例。",
    "Chance that a conversation puts this lender before others.": (
        "一次沟通使借款人改为优先偿还本机构的概率。"
    ),
    # strain
    "Strain that a message adds.": "一条短信增加的压力。",
    "Strain that a conversation adds.": "一次通话增加的压力。",
    "Days in which strain halves.": "压力减半所需的天数。",
    "Cooperation falls by exp(-this x strain).": "配合度按 exp(-此值 x 压力) 下降。",
    "Disengagement rises by a factor 1 + this x strain.": "失联概率按 1 + 此值 x 压力的倍数上升。",
    "Strain that meeting a visitor adds.": "一次上门见面增加的压力。",
    "Strain that a notice adds.": "一份催告函增加的压力。",
    "Chance of a complaint after a conversation or notice, per unit of strain.": (
        "沟通或催告函之后投诉的概率，按每单位压力计。"
    ),
    # the economy
    "Factors on the chance to lose a job in month 1, 2 ...; the last holds on; none: always 1.": (
        "第 1、2……个月失业概率的倍数；最后一个值一直沿用；留空则始终为 1。"
    ),
    "Factors on the chance to find work in month 1, 2 ...; the last holds on; none: always 1.": (
        "第 1、2……个月再就业概率的倍数；最后一个值一直沿用；留空则始终为 1。"
    ),
    "Factors on the chance to fall ill in month 1, 2 ...; the last holds on; none: always 1.": (
        "第 1、2……个月患病概率的倍数；最后一个值一直沿用；留空则始终为 1。"
    ),
    # the court
    "Months from filing to hearing.": "从起诉到开庭的月数。",
    'Hearings a day and replica, 0 to 10,000, or "unlimited".': (
        '每个副本每天的开庭数，0 至 10,000，或 "unlimited"（不限）。'
    ),
    "Chance that the borrower stays away and the lender wins by default.": (
        "借款人不到庭、放贷机构获缺席判决胜诉的概率。"
    ),
    "Chance that the lender wins a hearing to which the borrower comes.": (
        "借款人到庭时放贷机构胜诉的概率。"
    ),
    "The least that enforcement brings.": "强制执行的最低回收。",
    "The most that enforcement brings.": "强制执行的最高回收。",
    # recovery after charge-off
    "Chance that charged-off debt pays something, at first; it fades with age.": (
        "核销债务在初期有所还款的概率；随账龄递减。"
    ),
    "Months after charge-off in which that chance halves, again and again.": (
        "核销后该概率每减半一次所需的月数。"
    ),
    "Share of the claim paid each time.": "每次偿还的债权比例。",
    "How many times likelier a late payment is with an agency.": (
        "委外催收时，核销后还款的概率是自营的多少倍。"
    ),
    "What a unit outstanding is still worth: 0, 1-29, 30-59, 60-89, 90-119, 120+ days past due, "
    "charged off.": (
        "一单位未偿余额的剩余价值，依次为：逾期 0、1-29、30-59、60-89、90-119、120+ 天，已核销。"
    ),
    # shocks
    "What strikes many borrowers on one day: tables [[world.shocks]], at most 50.": (
        "同一天冲击众多借款人的事件：表 [[world.shocks]]，最多 50 个。"
    ),
    "What strikes: lost jobs, illness, lost savings with hardship, or dearer essentials.": (
        "冲击的内容：失业、患病、损失储蓄并陷入困难，或基本生活支出上涨。"
    ),
    "Month on whose first day it strikes, 1 the first under the policies.": (
        "冲击发生在该月第一天；1 为进入各政策后的第一个月。"
    ),
    "Share of the people concerned whom it strikes; of a price rise, the rise of essentials.": (
        "相关人群中受冲击的比例；若为物价上涨，则为基本生活支出的涨幅。"
    ),
    "How long the illness of an epidemic or the hardship of a disaster lasts.": (
        "疫情患病或灾害困难持续的时间。"
    ),
    "Mean loss of savings in a disaster.": "灾害造成的平均储蓄损失。",
    "Regions it strikes, numbered from 0; none: all.": "受冲击的地区，从 0 起编号；留空则为全部。",
    "Sectors of work it strikes, numbered from 0; none: all.": (
        "受冲击的行业，从 0 起编号；留空则为全部。"
    ),
}
