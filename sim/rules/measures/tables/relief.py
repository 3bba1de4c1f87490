"""Relief: who gets it, who is refused or gives up, how long it takes."""

from __future__ import annotations

from sim.rules.measures.tables import Metric, Text, ratio


def _take_up(name: str, one: Text, granted: str) -> Metric:
    """Return which share of those who could have had one instrument have had it."""
    return Metric(
        f"{name}_take_up",
        "share",
        None,
        lambda a: ratio(a.since(f"{name}_taken_up"), a.since(f"{name}_eligible")),
        Text(f"{one.en} take-up", f"{one.zh}使用率"),
        Text(
            "Of the borrowers who since day 0 were eligible on a due day or when they applied, "
            f"the share {granted} since.",
            f"自第 0 天起曾在还款日或申请时符合条件的借款人中，此后至少获批一次{one.zh}的比例。",
        ),
    )


# A table, laid out as one (a is the Account).
# fmt: off
RELIEF = (
    _take_up("deferral", Text("Deferral", "延期"), "granted a deferral"),
    _take_up("waiver", Text("Waiver", "罚息减免"), "granted a penalty waiver"),
    _take_up("reduction", Text("Rate reduction", "降息"), "granted a lower rate"),
    _take_up("extension", Text("Term extension", "展期"), "granted a longer term"),
    _take_up("arrangement", Text("Arrangement", "分期还款协议"), "granted an arrangement"),
    _take_up("settlement", Text("Settlement", "和解"), "granted a settlement"),
    Metric("arrangements_kept", "share", "higher",
           lambda a: ratio(a.since("arrangements_kept"),
                           a.since("arrangements_kept", "arrangements_broken")),
           Text("Arrangements kept", "协议履约率"),
           Text("Of the repayment arrangements that ended since day 0, the share kept to the end.",
                "自第 0 天起结束的分期还款协议中，履行到底的比例。")),
    Metric("outreach_reached", "share", None,
           lambda a: a.per_borrower(a.since("outreach_reached")),
           Text("Told by outreach", "告知覆盖率"),
           Text("The share of borrowers who learned of relief from a campaign since day 0.",
                "自第 0 天起通过宣传得知纾困措施的借款人比例。")),
    Metric("abandoned", "share", "lower",
           lambda a: ratio(a.since("abandoned"), a.since("applications")),
           Text("Applications abandoned", "放弃申请比例"),
           Text("Of the applications for relief since day 0, the share given up for want of "
                "proof.",
                "自第 0 天起的纾困申请中，因无法提供证明而放弃的比例。")),
    Metric("refused_in_hardship", "share", "lower",
           lambda a: ratio(a.since("refused_in_hardship"), a.since("files_decided")),
           Text("Refused though in hardship", "困难者被拒比例"),
           Text("Of the files decided since day 0, the share refused to a borrower in hardship.",
                "自第 0 天起审结的申请中，申请人确有困难却被拒绝的比例。")),
    Metric("waiting_days", "days", "lower",
           lambda a: ratio(a.since("waiting_days"), a.since("files_decided")),
           Text("Wait for a decision", "审核等待天数"),
           Text("Mean days that a file decided since day 0 waited at the desk.",
                "自第 0 天起审结的申请在审核台的平均等待天数。")),
    Metric("queue_length", "count", "lower",
           lambda a: a.entries["files_pending"][1:].mean(axis=0),
           Text("Files pending", "待审申请数"),
           Text("Files on their way to the desk or waiting there at a month's end, in a whole "
                "replica, mean of the months.",
                "整个副本月末在途或等待审核的申请数，取各月平均。")),
    Metric("reviewer_utilisation", "share", None,
           lambda a: a.busy("desk_minutes", a.yardstick.staff.reviewers),
           Text("Reviewers' utilisation", "审核员利用率"),
           Text("Of the minutes that reviewers had since day 0, the share worked, on files of new "
                "loans too; none where they are unlimited.",
                "自第 0 天起审核员可用工时中实际工作的比例，含新增贷款的申请；人数不限时无此值。")),
    Metric("voluntary_payments", "count", None,
           lambda a: a.per_borrower(a.since("voluntary_payments")),
           Text("Paid during a deferral", "延期内自愿还款"),
           Text("Due dates in a deferral paid all the same since day 0, per borrower.",
                "自第 0 天起延期期间仍自愿偿还的还款日数，按借款人人均计。")),
)
# fmt: on
