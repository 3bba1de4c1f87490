"""Collections: the ladder and its intensity, its limits, and what comes after it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sim.parameter import ASSUMPTION, Group, parameter
from sim.scenario.ladder import Call, Court, Message, Notice, Visit
from sim.scenario.staff import Staff


class Conduct(Group):
    """Hard limits on contacts, whatever the rhythm wants."""

    rounds_a_day: int = parameter(
        25,
        "Rounds of calls that fit in the day outside silent hours.",
        unit="rounds a day",
        low=0,
        high=25,
        source="the lender's choice; China, GB/T 45251-2025: none from 22:00 to 08:00 (V)",
        en="Rounds of calls a day",
        zh="每日拨打轮次上限",
    )
    attempts_in_7_days: int = parameter(
        0,
        "Most attempts to call a borrower in seven days; 0: no limit.",
        unit="attempts",
        low=0,
        high=175,
        source="the lender's choice; US Regulation F: 7 (V)",
        en="Attempts in seven days",
        zh="七日拨打次数上限",
    )
    connected_a_day: int = parameter(
        1,
        "Most conversations with a borrower a day.",
        unit="conversations a day",
        low=1,
        high=25,
        source="the lender's choice; China, GB/T 45251-2025: 3 (V)",
        en="Conversations a day",
        zh="每日通话次数上限",
    )
    quiet_days: int = parameter(
        0,
        "Days of rest after a conversation.",
        unit="days",
        low=0,
        high=30,
        source="the lender's choice; US Regulation F: 7 (V)",
        en="Rest after a conversation",
        zh="通话后静默天数",
    )
    stop_on_request: bool = parameter(
        False,
        "Whether contacts end when the borrower asks; notices and courts go on.",
        unit="true or false",
        source="the lender's choice",
        en="Stop on request",
        zh="应要求停止联系",
    )


class AfterChargeOff(Group):
    """What is done with debt that is charged off."""

    route: Literal["none", "in_house", "agency", "sale"] = parameter(
        "in_house",
        "Nothing is done, the lender goes on, an agency does, or the debt is sold in time.",
        unit="choice",
        source="the lender's choice",
        en="After charge-off",
        zh="核销后处置方式",
    )
    sell_after_months: int = parameter(
        12,
        "Months after charge-off at which debt is sold; until then the lender goes on.",
        unit="months",
        low=1,
        high=120,
        source="the lender's choice",
        en="Sale after",
        zh="出售时点",
    )
    agency_commission: float = parameter(
        0.22,
        "Share of what an agency collects that it keeps.",
        unit="share collected",
        low=0,
        high=1,
        source="a published rate of 22 %, where is not recorded (V)",
        en="Agency's commission",
        zh="委外佣金比例",
    )
    in_house_cost: float = parameter(
        0.10,
        "Share of what the lender itself collects after charge-off that collecting it costs.",
        unit="share collected",
        low=0,
        high=1,
        source="assumption: put in your own",
        en="Cost of late collection in-house",
        zh="核销后自营催收成本比例",
    )
    price_first_year: float = parameter(
        0.11,
        "Price of debt less than 365 days old, counted from the first missed due date.",
        unit="share of the claim",
        low=0,
        high=1,
        source="transfers in China: above 11 % under one year (V)",
        en="Price, first year",
        zh="首年债权价格",
    )
    price_second_year: float = parameter(
        0.045,
        "The same up to 730 days.",
        unit="share of the claim",
        low=0,
        high=1,
        source="transfers in China: 4 to 5 % near two years (V)",
        en="Price, second year",
        zh="次年债权价格",
    )
    price_later: float = parameter(
        0.025,
        "The same after that.",
        unit="share of the claim",
        low=0,
        high=1,
        source="transfers in China: 2.5 % over five years (V)",
        en="Price, later",
        zh="两年后债权价格",
    )


class Collections(Group):
    """The ladder, its intensity, and those who climb it."""

    intensity: float = parameter(
        1.0,
        "Scales the rhythm of contacts: 0 none, 1 as written, 2 twice as many.",
        unit="times",
        low=0,
        high=5,
        source="the lender's choice",
        en="Collection intensity",
        zh="催收强度",
    )
    agents: Staff = parameter(
        "unlimited",
        'Agents per replica, 0 to 10,000, or "unlimited".',
        unit="people",
        source="the lender's choice",
        en="Agents",
        zh="催收员人数",
    )
    minutes_per_agent_day: int = parameter(
        420,
        "Minutes an agent works a day.",
        unit="minutes",
        low=0,
        high=1_440,
        source=ASSUMPTION,
        en="Agent's day",
        zh="催收员每日工作分钟",
    )
    priority: Literal["oldest", "largest", "newest"] = parameter(
        "oldest",
        "Whom agents call first: most days past due, largest amount owed, or fewest days past due.",
        unit="choice",
        source="the lender's choice",
        en="Priority of calls",
        zh="拨打优先级",
    )
    complaint_cost: int = parameter(
        20_000,
        "What a complaint costs the lender.",
        unit="minor units",
        low=0,
        high=100_000_000,
        source="assumption: put in your own",
        en="Cost of a complaint",
        zh="每起投诉成本",
    )
    message: Message = Field(default_factory=Message, description="Reminders.")
    call: Call = Field(default_factory=Call, description="Calls.")
    visit: Visit = Field(default_factory=Visit, description="Visits.")
    notice: Notice = Field(default_factory=Notice, description="Formal notices.")
    court: Court = Field(default_factory=Court, description="The court.")
    conduct: Conduct = Field(default_factory=Conduct, description="Limits on contacts.")
    recovery: AfterChargeOff = Field(
        default_factory=AfterChargeOff, description="Debt charged off."
    )
