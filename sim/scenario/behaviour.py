"""Behaviour: attention, willingness and engagement, and what relief does to them."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from sim.parameter import ASSUMPTION, Group, increasing, parameter

DayAfterDue = Annotated[int, Field(ge=1, le=29)]
ReconsiderDays = Annotated[
    tuple[DayAfterDue, ...], Field(strict=False, max_length=8), AfterValidator(increasing)
]


class Behaviour(Group):
    """Attention, willingness, engagement, and what borrowers know of relief."""

    forgetting: float = parameter(
        0.0434,
        "Mean chance that a due date is forgotten.",
        unit="chance a due date",
        low=0,
        high=0.5,
        plausible=(0.01, 0.20),
        source="fitted to early cure and levels; Gathergood et al. (D)",
        en="Forgetting",
        zh="忘记还款概率",
    )
    remembering_per_day: float = parameter(
        0.0218,
        "Chance a day that a forgetter remembers unprompted.",
        unit="chance a day",
        low=0,
        high=0.9,
        plausible=(0.01, 0.10),
        source="assumption, fitted to early cure and levels",
        en="Remembering",
        zh="想起还款概率",
    )
    opportunists: float = parameter(
        0.02,
        "Share of borrowers who skip payments though able, and pretend hardship.",
        unit="share of borrowers",
        low=0,
        high=1,
        plausible=(0.0, 0.05),
        source="assumption; Ganong and Noel 2023: 6 % of defaults purely strategic (V)",
        en="Opportunists",
        zh="投机借款人比例",
    )
    skipping: float = parameter(
        0.3,
        "Chance that an opportunist skips a due date.",
        unit="chance a due date",
        low=0,
        high=1,
        plausible=(0.1, 0.6),
        source=ASSUMPTION,
        en="Skipping by opportunists",
        zh="投机者跳过还款概率",
    )
    disengagement_first: float = parameter(
        0.3,
        "Chance a month to stop dealing with the lender with one instalment missed.",
        unit="chance a month",
        low=0,
        high=0.95,
        plausible=(0.1, 0.5),
        source="assumption, set by loss by status (LendingClub 2014, V)",
        en="Disengaging, one missed",
        zh="失联概率（欠一期）",
    )
    disengagement_second: float = parameter(
        0.4,
        "The same with two missed.",
        unit="chance a month",
        low=0,
        high=0.95,
        plausible=(0.2, 0.6),
        source="assumption, set by loss by status (LendingClub 2014, V)",
        en="Disengaging, two missed",
        zh="失联概率（欠两期）",
    )
    disengagement_later: float = parameter(
        0.5,
        "The same with three or more missed.",
        unit="chance a month",
        low=0,
        high=0.95,
        plausible=(0.25, 0.7),
        source="assumption, set by loss by status (LendingClub 2014, V)",
        en="Disengaging, three or more missed",
        zh="失联概率（欠三期及以上）",
    )
    partial_share: float = parameter(
        0.25,
        "The least part of an instalment that a borrower brings.",
        unit="share of an instalment",
        low=0,
        high=1,
        plausible=(0.1, 0.5),
        source=ASSUMPTION,
        en="Smallest part payment",
        zh="最小部分还款",
    )
    reconsider_days: ReconsiderDays = parameter(
        (7, 14, 21, 28),
        "Days after the due date on which the unable look again; increasing, 1 to 29, at most 8.",
        unit="days",
        source=ASSUMPTION,
        en="Days of reconsidering",
        zh="重新考虑还款的日子",
    )
    reconsiders: float = parameter(
        0.5,
        "Chance that somebody short of money looks again on a day of reconsidering.",
        unit="chance a day",
        low=0,
        high=1,
        plausible=(0.2, 1.0),
        source=ASSUMPTION,
        en="Looking again",
        zh="主动重新考虑概率",
    )
    returns_per_month: float = parameter(
        0.17,
        "Chance a month that somebody who stopped dealing with the lender returns unprompted.",
        unit="chance a due date",
        low=0,
        high=0.9,
        plausible=(0.0, 0.35),
        source="assumption, fitted to loss by status (LendingClub 2014, V)",
        en="Returning unprompted",
        zh="失联者自行恢复联系概率",
    )
    awareness: float = parameter(
        0.35,
        "Share of borrowers who know that relief exists.",
        unit="share of borrowers",
        low=0,
        high=1,
        plausible=(0.2, 0.7),
        source="between Canada, 80 % unaware (Allen et al. 2022, V), and India (RBI 2020, V)",
        en="Awareness of relief",
        zh="知晓纾困比例",
    )
    application: float = parameter(
        0.35,
        "Chance to apply in a hardship spell, once aware and eligible.",
        unit="chance a spell",
        low=0,
        high=1,
        plausible=(0.15, 0.70),
        source="between Canada (Allen et al. 2022, V) and India (RBI 2020, V)",
        en="Applying",
        zh="申请概率",
    )
    proof_share: float = parameter(
        0.85,
        "Share of those in hardship who bring the papers asked for.",
        unit="share of applications",
        low=0,
        high=1,
        plausible=(0.60, 0.95),
        source=ASSUMPTION,
        en="Papers brought",
        zh="能提供证明的比例",
    )
    proof_days: int = parameter(
        5,
        "Days to collect the papers.",
        unit="days",
        low=0,
        high=90,
        plausible=(2, 15),
        source=ASSUMPTION,
        en="Days to collect papers",
        zh="准备证明所需天数",
    )
    accepts_offer: float = parameter(
        0.5,
        "Chance to accept relief offered in a conversation.",
        unit="chance a spell",
        low=0,
        high=1,
        plausible=(0.25, 0.80),
        source=ASSUMPTION,
        en="Accepting an offer",
        zh="接受电话提供纾困概率",
    )
    stays_in_universal: float = parameter(
        0.6,
        "Chance not to opt out of universal relief.",
        unit="chance a spell",
        low=0,
        high=1,
        plausible=(0.42, 0.80),
        source="RBI 2020: 80 % at public banks, 42-46 % elsewhere (V)",
        en="Staying in universal relief",
        zh="不退出普遍纾困概率",
    )
    puts_us_first: float = parameter(
        0.0,
        "Share of borrowers who pay this lender before others.",
        unit="share of borrowers",
        low=0,
        high=1,
        plausible=(0.0, 0.3),
        source="assumption; Bao and Huang 2021: banks come first (V)",
        en="This lender first",
        zh="优先偿还本机构比例",
    )
    pays_in_holiday: float = parameter(
        0.1,
        "Chance that a current borrower who is able pays on a due date in a deferral.",
        unit="chance a due date",
        low=0,
        high=1,
        plausible=(0.0, 0.3),
        source=ASSUMPTION,
        en="Paying in a deferral",
        zh="延期期间自愿还款概率",
    )
    stops_per_holiday_month: float = parameter(
        0.0,
        "Chance to stop paying when a deferral ends, for each month it lasted.",
        unit="chance a month of deferral",
        low=0,
        high=0.5,
        plausible=(0.0, 0.1),
        source="sign from Dvara Research (V); size an assumption",
        en="Stopping after a deferral",
        zh="延期后停止还款概率",
    )
    priority_lost_per_holiday_month: float = parameter(
        0.0,
        "Chance that other lenders come first after a deferral, for each month it lasted.",
        unit="chance a month of deferral",
        low=0,
        high=0.5,
        plausible=(0.0, 0.1),
        source=ASSUMPTION,
        en="Priority lost by a deferral",
        zh="延期后优先级下降概率",
    )
    waits_for_waiver: float = parameter(
        0.0,
        "Chance that somebody who knows of an announced waiver waits for it.",
        unit="chance a due date",
        low=0,
        high=1,
        plausible=(0.0, 0.1),
        source=ASSUMPTION,
        en="Waiting for a waiver",
        zh="等待减免概率",
    )
    waiver_willingness: float = parameter(
        0.0,
        "Chance that a waiver granted makes the borrower pay what it can.",
        unit="chance a waiver",
        low=0,
        high=0.5,
        plausible=(0.0, 0.05),
        source="assumption: 0 to 0.05, no trial with results exists",
        en="Encouraged by a waiver",
        zh="减免促进还款概率",
    )
    reciprocity: float = parameter(
        0.05,
        "Chance that relief in the lender's own name wins a borrower over.",
        unit="chance a relief",
        low=0,
        high=1,
        plausible=(0.0, 0.15),
        source="sign from Fiorin, Hall and Kanz 2023 (V); size an assumption",
        en="Reciprocity",
        zh="互惠概率",
    )
    grant_reengages: float = parameter(
        0.0,
        "Chance that any relief granted brings a disengaged borrower back.",
        unit="chance a relief",
        low=0,
        high=1,
        plausible=(0.0, 0.2),
        source=ASSUMPTION,
        en="Brought back by relief",
        zh="纾困挽回失联者概率",
    )
    early_payoff_per_month: float = parameter(
        0.0,
        "Chance that somebody whose savings reach pays the whole loan off early.",
        unit="chance a due date",
        low=0,
        high=0.5,
        plausible=(0.0, 0.05),
        source=ASSUMPTION,
        en="Early payoff",
        zh="提前结清概率",
    )
    outside_help: float = parameter(
        0.5,
        "What family and friends lend for a settlement.",
        unit="months of income",
        low=0,
        high=12,
        plausible=(0.0, 1.5),
        source=ASSUMPTION,
        en="Outside help",
        zh="和解外部资助",
    )
