"""People: what the months did to the borrowers, and one assumed index of it."""

from __future__ import annotations

import numpy as np

from sim.luck import Floats
from sim.rules import SPELLS
from sim.rules.measures.tables import Account, Metric, Text, ratio

POINTS_A_MONTH_IN_ARREARS = 4
POINTS_AN_ADVERSE_MARK = 2
POINTS_A_COMPLAINT = 30


def _satisfaction(account: Account) -> Floats:
    """Return 100 less so many points a borrower, not below 0."""
    lost = (
        POINTS_A_MONTH_IN_ARREARS * account.since("months_in_arrears")
        + POINTS_AN_ADVERSE_MARK * account.since("adverse_marks")
        + POINTS_A_COMPLAINT * account.since("complaints")
    )
    return np.clip(100 - account.per_borrower(lost), 0, 100)


def _spells(name: str, weeks: Text, days: Text) -> Metric:
    """Return which share of those without a job have been so for so many completed weeks."""
    return Metric(
        name,
        "share",
        None,
        lambda a: ratio(a.pooled(name), a.pooled(*SPELLS)),
        Text(f"Out of work {weeks.en}", f"失业{weeks.zh}"),
        Text(
            "Of the borrowers with an active loan and without a job at a month's end since day "
            f"0, the share who lost it {days.en} before, all months together.",
            f"自第 0 天起各月末贷款存续且没有工作的借款人中，已失业{days.zh}的比例，按全部月份"
            "合计。",
        ),
    )


# A table, laid out as one (a is the Account).
# fmt: off
PEOPLE = (
    Metric("months_in_arrears", "count", "lower",
           lambda a: a.per_borrower(a.since("months_in_arrears")),
           Text("Months in arrears", "欠款月数"),
           Text("Months' ends with arrears since day 0, per borrower.",
                "自第 0 天起月末仍有欠款的月数，按借款人人均计。")),
    Metric("adverse_marks", "count", "lower",
           lambda a: a.per_borrower(a.since("adverse_marks")),
           Text("Adverse credit marks", "征信不良记录"),
           Text("Adverse reports to the credit bureau and judgments since day 0, per borrower.",
                "自第 0 天起报送征信的不良记录与败诉判决数，按借款人人均计。")),
    Metric("complaints_per_thousand", "count", "lower",
           lambda a: a.per_borrower(1_000 * a.since("complaints")),
           Text("Complaints per thousand", "每千人投诉数"),
           Text("Complaints since day 0 per thousand borrowers.",
                "自第 0 天起每千名借款人的投诉数。")),
    Metric("squeezed", "money", "lower",
           lambda a: a.per_borrower(a.since("squeezed")),
           Text("Paid by cutting essentials", "压缩基本生活还款"),
           Text("Money paid since day 0 by cutting essential spending, per borrower.",
                "自第 0 天起靠压缩基本生活支出偿还的金额，按借款人人均计。")),
    Metric("other_arrears", "money", "lower",
           lambda a: a.per_borrower(a.closing("other_arrears")),
           Text("Owed to other lenders", "他处欠款"),
           Text("Arrears with other lenders at the horizon, or when the loan ended, per borrower.",
                "期末（或贷款终结时）在其他贷款机构的欠款，按借款人人均计。")),
    Metric("jobless_share", "share", None,
           lambda a: ratio(a.pooled(*SPELLS), a.pooled("active")),
           Text("Without a job", "失业占比"),
           Text("Of the borrowers with an active loan at a month's end since day 0, the share "
                "without a job, all months together.",
                "自第 0 天起各月末贷款存续的借款人中，没有工作的比例，按全部月份合计。")),
    _spells(SPELLS[0], Text("under 5 weeks", "不足 5 周"),
            Text("less than 35 days", "不足 35 天")),
    _spells(SPELLS[1], Text("5-14 weeks", " 5–14 周"),
            Text("35 to 104 days", " 35 至 104 天")),
    _spells(SPELLS[2], Text("15-26 weeks", " 15–26 周"),
            Text("105 to 188 days", " 105 至 188 天")),
    _spells(SPELLS[3], Text("27 weeks or more", " 27 周及以上"),
            Text("189 days or more", " 189 天及以上")),
    Metric("satisfaction", "points", "higher",
           _satisfaction,
           Text("Satisfaction (assumed index)", "满意度（假设指数）"),
           Text("An assumption, not a measurement: 100 - 4 x months in arrears - 2 x adverse marks "
                "- 30 x complaints, each since day 0 and per borrower, not below 0. The weights "
                "rest on no study.",
                "这是假设而非实测：100 − 4 × 欠款月数 − 2 × 不良记录 − 30 × 投诉，均为自第 0 天起"
                "按借款人人均计，不低于 0。权重没有研究依据。")),
)
# fmt: on
