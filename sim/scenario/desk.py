"""The desk that grants relief, and the campaign that makes it known."""

from __future__ import annotations

from sim.parameter import ASSUMPTION, Group, parameter
from sim.scenario.staff import Staff


class Desk(Group):
    """The reviewers who decide applications, their minutes and their errors."""

    reviewers: Staff = parameter(
        "unlimited",
        'Reviewers per replica, 0 to 10,000, or "unlimited".',
        unit="people",
        source="the lender's choice",
        en="Reviewers",
        zh="审核员人数",
    )
    minutes_per_reviewer_day: int = parameter(
        420,
        "Minutes a reviewer works a day.",
        unit="minutes",
        low=0,
        high=1_440,
        source=ASSUMPTION,
        en="Reviewer's day",
        zh="审核员每日工作分钟",
    )
    sensitivity: float = parameter(
        0.9,
        "Chance that somebody in hardship is approved.",
        unit="chance a file",
        low=0,
        high=1,
        source=ASSUMPTION,
        en="Sensitivity of review",
        zh="审核灵敏度",
    )
    specificity: float = parameter(
        0.9,
        "Chance that somebody not in hardship is refused, with papers.",
        unit="chance a file",
        low=0,
        high=1,
        source=ASSUMPTION,
        en="Specificity of review",
        zh="审核特异度",
    )
    specificity_without_proof: float = parameter(
        0.6,
        "The same where no papers are required.",
        unit="chance a file",
        low=0,
        high=1,
        source=ASSUMPTION,
        en="Specificity without papers",
        zh="无证明时的特异度",
    )
    unit_cost_per_minute: int = parameter(
        100,
        "What a reviewer's minute costs.",
        unit="minor units",
        low=0,
        high=1_000_000,
        source="assumption: put in your own",
        en="Cost of a desk minute",
        zh="审核每分钟成本",
    )


class Outreach(Group):
    """A campaign that makes relief known."""

    share_per_month: float = parameter(
        0.0,
        "Share of those who do not know of relief whom a campaign reaches; 0: there is none.",
        unit="chance a month",
        low=0,
        high=1,
        source="the lender's choice",
        en="Campaign reach",
        zh="宣传覆盖率",
    )
    unit_cost: int = parameter(
        50,
        "What it costs to reach one of them.",
        unit="minor units",
        low=0,
        high=1_000_000,
        source="assumption: put in your own",
        en="Cost of reaching one",
        zh="宣传每人成本",
    )
