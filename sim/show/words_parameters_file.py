"""What a file's keys and the groups of parameters mean, in 简体中文, by their English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

MEANINGS: Final[Mapping[str, str]] = {
    # keys of a file
    "Version of this format.": "本格式的版本。",
    "The question in a few words.": "用几个字概括问题。",
    "What the comparison is to answer.": "比较所要回答的问题。",
    'What this file builds on: "preset:NAME", or a file inside its own folder.': (
        '本文件的基础："preset:NAME"，或其所在文件夹内的文件。'
    ),
    "What nobody chooses.": "无人能选择的部分。",
    "What all are compared with.": "各政策的比较基准。",
    "Policies by name; each states what differs.": "按名称列出的政策；各自只写不同之处。",
    "What the policy is called.": "政策的名称。",
    "People to follow through every policy.": "在每个政策下跟踪的人。",
    "What expectations and forbear story call it.": "预期与 forbear story 中所用的名称。",
    "What people call it.": "显示给读者的名称。",
    "When it is without a job.": "何时失业。",
    "The month on whose first day it begins.": "自该月第一天开始。",
    "How many months it lasts.": "持续的月数。",
    "When it is ill.": "何时患病。",
    "When a disaster strikes it.": "何时遭遇灾害。",
    "Whether it knows of relief.": "是否知道可申请纾困。",
    "Whether it applies as soon as it may, papers at hand.": "是否一符合条件即申请，且证明齐备。",
    "Savings, in months of income.": "储蓄，以月收入计。",
    "Borrowers by days past due on the eve of day 0, told of apart.": (
        "按第 0 天前夕的逾期天数划分、单独统计的借款人。"
    ),
    "What stands in the brackets of a formula.": "公式方括号中所用的名称。",
    "The fewest days past due on that eve.": "前夕逾期天数的下限。",
    "The most days past due on it.": "前夕逾期天数的上限。",
    "What it is called.": "名称。",
    "What its author expects; forbear check holds the run to it.": (
        "作者的预期；由 forbear check 检验。"
    ),
    'Arithmetic of metrics: "deferral.default_rate - baseline.default_rate". Brackets after a '
    'metric name a segment, a cohort or a month: "deferral.default_rate[income_low]", '
    '"deferral.default_rate[month_12]".': (
        '指标的算式："deferral.default_rate - baseline.default_rate"。指标后的方括号指明分组、'
        '群组或月份："deferral.default_rate[income_low]"、"deferral.default_rate[month_12]"。'
    ),
    "The scripted case it speaks of, in place of all borrowers.": (
        "所指的设定案例，代替全部借款人。"
    ),
    "It is less than this.": "小于此值。",
    "It is more than this; a day of a case that never comes is later than all.": (
        "大于此值；案例中从未到来的日子晚于一切日子。"
    ),
    "[above, below] in one: it lies between the two.": "[above, below] 合写：介于两者之间。",
    "It is exactly this: a figure of a case, or a case's status.": (
        "恰为此值：案例的数值，或案例的状态。"
    ),
    "How sure that must be; a case is certain.": "须有的把握程度；案例是确定的。",
    "What is expected, in words.": "以文字表述的预期。",
    "Published findings; forbear evidence holds the run against them.": (
        "已发表的研究发现；由 forbear evidence 与运行结果对照。"
    ),
    "Its place in the table; files may share one.": "在表中的位置；多个文件可共用一个。",
    "Where it was published.": "发表于何处。",
    "Of whom it was found, and who stands for them here.": "发现所涉的人群，以及此处由谁代表。",
    "What was randomised.": "随机分配的内容。",
    "Why one might doubt the comparison.": "该对照的存疑之处。",
    "The published numbers: tables [[evidence.finding]].": "公布的数值：表 [[evidence.finding]]。",
    "What is compared.": "比较的内容。",
    "What was found, in words.": "以文字表述的发现。",
    "V seen in the source, W weak or secondary source, D arithmetic from V figures, A "
    "assumption.": "V 原文已查证，W 薄弱或二手来源，D 由 V 数据推算，A 假设。",
    'What is measured, as in expect: "offered.default_rate / baseline.default_rate - 1".': (
        '所衡量的内容，写法同 expect："offered.default_rate / baseline.default_rate - 1"。'
    ),
    "The band begins here.": "容许区间的下限。",
    "The band ends here.": "容许区间的上限。",
    "How the number is shown; what the formula suggests unless said.": (
        "数值的显示方式；未写明时由公式推定。"
    ),
    "Why the model lies outside, where it is known to.": "已知模型在区间外时，其原因。",
}

GROUPS: Final[Mapping[str, str]] = {
    "Everything that the lender does not choose.": "放贷机构无法选择的一切。",
    "The contracts of the book and the incomes they were written against.": (
        "组合中的贷款合同，以及放款时所依据的收入。"
    ),
    "What strikes a household and what it has against it.": "家庭遭遇的变故与应对的资源。",
    "Attention, willingness, engagement, and what borrowers know of relief.": (
        "注意力、还款意愿、与机构的联系，以及对纾困的了解。"
    ),
    "What a message, a call, a visit or a notice achieves.": "短信、电话、上门与催告函的效果。",
    "What contacts cost the relation; why intensity saturates and turns.": (
        "联系对双方关系的损耗；催收强度为何收效递减乃至适得其反。"
    ),
    "Factors by month from day 0 on, each 0 to 10, at most 120; before, they are 1.": (
        "自第 0 天起逐月的倍数，各为 0 至 10，最多 120 个；此前均为 1。"
    ),
    "How long a court takes, how it decides, and what its judgment brings.": (
        "诉讼需时多久、如何判决，以及判决带来多少回收。"
    ),
    "How charged-off debt pays by its age, and what debt is worth.": (
        "核销债务随账龄的还款情况，以及债权的价值。"
    ),
    "What strikes many borrowers on the first day of one month.": (
        "在某月第一天冲击众多借款人的事件。"
    ),
    "The instruments of relief, how they are made known, and the desk that grants them.": (
        "各项纾困工具、告知方式与审核台。"
    ),
    "Whole months without an instalment, the maturity moved along.": (
        "若干整月无需还款，到期日随之顺延。"
    ),
    "A share of the penalty forgiven, what stands and what accrues until nothing is owed.": (
        "减免一定比例的罚息，包括已有的和结清欠款前新增的。"
    ),
    "The share waived from so many days past due on.": "逾期达到一定天数起的减免比例。",
    "A lower rate for what remains of the loan, the instalment lowered with it.": (
        "降低贷款剩余部分的利率，每期还款随之降低。"
    ),
    "A longer term, the instalment lowered with it.": "延长期限，每期还款随之降低。",
    "Arrears repaid in parts on top of the instalments; no penalty while it is kept.": (
        "在每期还款之外分期偿还欠款；履行期间不计罚息。"
    ),
    "Less than all there is, paid in one sum, closes the loan.": (
        "一次性支付少于全部欠款的金额即结清贷款。"
    ),
    "A campaign that makes relief known.": "使人知晓纾困的宣传活动。",
    "The reviewers who decide applications, their minutes and their errors.": (
        "审核申请的人员、其工时与误判。"
    ),
    "The ladder, its intensity, and those who climb it.": "催收阶梯、其强度与执行人员。",
    "The first step of the ladder: a reminder.": "阶梯第一步：短信提醒。",
    "The second step: an agent calls.": "第二步：催收员致电。",
    "The third step: somebody comes to the door.": "第三步：上门。",
    "The fourth step: a formal notice, sent by letter.": "第四步：以信函寄出催告函。",
    "The last step: the lender sues.": "最后一步：起诉。",
    "Hard limits on contacts, whatever the rhythm wants.": "对联系的硬性限制，不论设定的频率。",
    "What is done with debt that is charged off.": "核销债务的处置。",
    "How payments are booked, lateness is priced and loans are given up.": (
        "还款如何冲抵、逾期如何计价、贷款何时核销。"
    ),
}
