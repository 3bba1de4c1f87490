"""What the parameters of a policy mean, in 简体中文, by the English of their declarations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

MEANINGS: Final[Mapping[str, str]] = {
    # relief, what every instrument has
    'Hardships that entitle to it; "any": none is asked for.': (
        '符合条件的困难类型；"any"：不要求困难。'
    ),
    "Whether borrowers apply, are asked in a conversation, or have it unless they opt out.": (
        "由借款人申请、在沟通中询问，还是除非选择退出否则自动享有。"
    ),
    "Fewest days past due at application.": "申请时的最低逾期天数。",
    "Most days past due at application.": "申请时的最高逾期天数。",
    "How often one loan can have it.": "一笔贷款可以使用的次数。",
    "Most times late before, the present one not counted.": "此前逾期次数的上限，本次不计。",
    "Lowest score; scores lie about 700, 40 less for each time late. 0: none is asked for.": (
        "最低信用分；信用分约为 700，每逾期一次减 40。0：不要求信用分。"
    ),
    "Largest balance of the loan; 0: no limit.": "贷款余额的上限；0：不限。",
    "Month in which it opens, 1 the first; 0: from burn-in on.": (
        "开放的月份，1 为第一个月；0：从预热期起。"
    ),
    "Last month of it.": "开放的最后一个月。",
    "Whether papers must prove the hardship.": "是否须以证明材料证实困难。",
    "Reviewer's minutes that a file takes.": "审核员审完一份申请所需的分钟。",
    # relief, instrument by instrument
    "Instalments deferred; 0: there is no deferral.": "延期的期数；0：没有延期。",
    "Interest of these months: made principal, spread over what remains, or forgiven.": (
        "延期月份的利息：计入本金、摊入剩余各期，或免除。"
    ),
    "Whether arrears are made principal when the deferral begins.": (
        "延期开始时是否把欠款计入本金。"
    ),
    "Share of the penalty forgiven; 0, and no band above 0: there is no waiver.": (
        "减免的罚息比例；为 0 且没有高于 0 的档位：没有减免。"
    ),
    "Share by days past due at the decision, at most 10 bands; below the first, share holds.": (
        "按决定时的逾期天数分档的比例，最多 10 档；不足首档的，适用 share。"
    ),
    "Days past due at the decision from which the share holds.": (
        "决定时逾期达到该天数起适用此比例。"
    ),
    "Share of the penalty forgiven from there on.": "自该天数起减免的罚息比例。",
    "Added to the share for somebody never late before.": "此前从未逾期者另加的减免比例。",
    "Days in which the rest must be paid for the waiver to hold; 0: it holds at once.": (
        "须在多少天内还清其余欠款，减免方可生效；0：立即生效。"
    ),
    "Whether it is announced, so that those who know of it may wait for it.": (
        "是否预先公布，使知晓者可能等待减免。"
    ),
    "Share of the contract rate taken off; 0: there is no reduction.": (
        "合同利率下调的比例；0：不下调。"
    ),
    "Months added to the term; 0: there is no extension.": "期限延长的月数；0：没有展期。",
    "Months over which arrears are repaid; 0: there is no arrangement.": (
        "分期偿还欠款的月数；0：没有还款安排。"
    ),
    "Share of the balance forgiven; 0: there is no settlement.": "减免的余额比例；0：没有和解。",
    "Days to pay the rest.": "付清其余金额的天数。",
    # relief in all: how it is given, made known and decided
    "In whose name relief is given.": "以谁的名义给予纾困。",
    "Months after a relief without another.": "一次纾困之后不得再获纾困的月数。",
    "Share of those who do not know of relief whom a campaign reaches; 0: there is none.": (
        "宣传活动所触达的、不知有纾困者的比例；0：没有宣传。"
    ),
    "What it costs to reach one of them.": "每触达一人的成本。",
    'Reviewers per replica, 0 to 10,000, or "unlimited".': (
        '每个副本的审核员人数，0 至 10,000，或 "unlimited"（不限）。'
    ),
    "Minutes a reviewer works a day.": "每名审核员每天工作的分钟。",
    "Chance that somebody in hardship is approved.": "处于困难者获批的概率。",
    "Chance that somebody not in hardship is refused, with papers.": (
        "要求证明时，不处于困难者被拒的概率。"
    ),
    "The same where no papers are required.": "不要求证明时的同一概率。",
    "What a reviewer's minute costs.": "审核员每分钟的成本。",
    # collections
    "Scales the rhythm of contacts: 0 none, 1 as written, 2 twice as many.": (
        "按比例调整联系频率：0 不联系，1 按设定，2 加倍。"
    ),
    'Agents per replica, 0 to 10,000, or "unlimited".': (
        '每个副本的催收员人数，0 至 10,000，或 "unlimited"（不限）。'
    ),
    "Minutes an agent works a day.": "每名催收员每天工作的分钟。",
    "Whom agents call first: most days past due, largest amount owed, or fewest days past due.": (
        "催收员先拨打谁：逾期天数最多、欠款金额最大，或逾期天数最少。"
    ),
    "What a complaint costs the lender.": "一起投诉给放贷机构带来的成本。",
    "Days past due on which a message goes out; increasing, 1 to 360, at most 20.": (
        "发送短信的逾期天数；递增，1 至 360，最多 20 个。"
    ),
    "Whether borrowers who are current are also reminded of each due date, before it.": (
        "是否在每个到期日之前也提醒未逾期的借款人。"
    ),
    "What a message costs.": "每条短信的成本。",
    "A reminder, or one that says paying is right: it can bring a disengaged borrower back.": (
        "普通提醒，或称还款理所应当的道德短信；后者可使失联借款人恢复联系。"
    ),
    "Days past due from which calls are made.": "开始拨打电话的逾期天数。",
    "Last day past due that counts as early.": "仍算作早期的最后逾期天数。",
    "Attempts a day in the early stage, at intensity 1.": "催收强度为 1 时，早期每天拨打的次数。",
    "Attempts a day after it, at intensity 1.": "催收强度为 1 时，早期之后每天拨打的次数。",
    "Agent's minutes that an attempt takes.": "一次拨打占用催收员的分钟。",
    "What an attempt costs.": "每次拨打的成本。",
    "Days past due from which visits are made.": "开始上门的逾期天数。",
    "Visits a day at intensity 1; 0: there are none.": "催收强度为 1 时每天上门的次数；0：不上门。",
    'Visitors per replica, 0 to 10,000, or "unlimited".': (
        '每个副本的上门人员数，0 至 10,000，或 "unlimited"（不限）。'
    ),
    "Minutes a visitor works a day.": "每名上门人员每天工作的分钟。",
    "Visitor's minutes that a visit takes.": "一次上门占用上门人员的分钟。",
    "What a visit costs.": "每次上门的成本。",
    "Days past due on which a notice goes out; increasing, 1 to 360, at most 20.": (
        "发出催告函的逾期天数；递增，1 至 360，最多 20 个。"
    ),
    "What a notice costs.": "每份催告函的成本。",
    "Chance a month to file at intensity 1; 0: no court.": (
        "催收强度为 1 时每月起诉的概率；0：不诉讼。"
    ),
    "Days past due from which cases are filed.": "开始起诉的逾期天数。",
    "Smallest claim that is filed.": "起诉的最低债权金额。",
    "What it costs the lender to file a case.": "放贷机构起诉一案的成本。",
    "What a case filed adds to what the borrower owes.": "起诉一案使借款人欠款增加的金额。",
    "Rounds of calls that fit in the day outside silent hours.": (
        "每天静默时段之外可进行的拨打轮次。"
    ),
    "Most attempts to call a borrower in seven days; 0: no limit.": (
        "七天内拨打同一借款人的次数上限；0：不限。"
    ),
    "Most conversations with a borrower a day.": "每天与同一借款人沟通的次数上限。",
    "Days of rest after a conversation.": "沟通之后不再联系的天数。",
    "Whether contacts end when the borrower asks; notices and courts go on.": (
        "借款人要求时是否停止联系；催告函与诉讼照常。"
    ),
    "Nothing is done, the lender goes on, an agency does, or the debt is sold in time.": (
        "不作处理、由放贷机构继续催收、委外催收，或到时出售债权。"
    ),
    "Months after charge-off at which debt is sold; until then the lender goes on.": (
        "核销后出售债权的月数；此前由放贷机构继续催收。"
    ),
    "Share of what an agency collects that it keeps.": "委外机构从收回金额中留取的比例。",
    "Share of what the lender itself collects after charge-off that collecting it costs.": (
        "放贷机构核销后自行收回的金额中，催收成本所占比例。"
    ),
    "Price of debt less than 365 days old, counted from the first missed due date.": (
        "账龄不足 365 天的债权价格，自首个未还到期日起算。"
    ),
    "The same up to 730 days.": "账龄不超过 730 天的债权价格。",
    "The same after that.": "账龄更长的债权价格。",
    # servicing
    "How a payment is booked: by instalment, by component, or principal first past 90 days.": (
        "还款的冲抵方式：逐期、逐项，或逾期超过 90 天后先冲本金。"
    ),
    "Penalty rate with ordinary interest, as a multiple of the contract rate.": (
        "罚息利率（含正常利息），以合同利率的倍数计。"
    ),
    "What bears penalty: overdue principal, with interest, or with earlier penalty as well.": (
        "计收罚息的基数：逾期本金、另加利息，或再加此前的罚息。"
    ),
    "Most a year that interest and penalty together can ask; 0: no cap.": (
        "利息与罚息合计的年化上限；0：无上限。"
    ),
    "Days past due before penalty accrues and a due date counts as missed.": (
        "逾期超过该天数才计收罚息，并视为未按期还款。"
    ),
    "Days past due at which a loan is written off; a multiple of 30.": (
        "贷款予以核销的逾期天数；须为 30 的倍数。"
    ),
    "When the whole loan falls due: never, with a notice, or with a case at court.": (
        "全部贷款何时提前到期：从不、随催告函，或随起诉。"
    ),
    "Share of borrowers whose instalments are debited, so that none is forgotten.": (
        "自动扣款的借款人比例，其还款不会被忘记。"
    ),
    "Days after the due date on which a debit is tried again; increasing, 1 to 29, at most 8.": (
        "到期日之后重试扣款的天数；递增，1 至 29，最多 8 个。"
    ),
    "Days past due from which a month's end is reported to the bureau as adverse.": (
        "月末逾期达到该天数起，向征信机构报送不良记录。"
    ),
}
