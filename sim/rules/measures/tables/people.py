"""People: what the months did to the borrowers, and one assumed index of it."""

from __future__ import annotations

import numpy as np

from sim.rules.measures.tables import Account, Floats, Metric, Text

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
