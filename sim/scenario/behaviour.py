"""Behaviour: attention, willingness and engagement, and what contacts do to them."""

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
        0.045,
        "Mean chance that a due date is forgotten.",
        unit="chance a due date",
        low=0,
        high=0.5,
        source="derived from Gathergood et al. (D)",
        en="Forgetting",
        zh="忘记还款概率",
    )
    remembering_per_day: float = parameter(
        0.035,
        "Chance a day that a forgetter remembers unprompted.",
        unit="chance a day",
        low=0,
        high=0.9,
        source=ASSUMPTION,
        en="Remembering",
        zh="想起还款概率",
    )
    opportunists: float = parameter(
        0.02,
        "Share of borrowers who skip payments though able, and pretend hardship.",
        unit="share of borrowers",
        low=0,
        high=1,
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
        source=ASSUMPTION,
        en="Skipping by opportunists",
        zh="投机者跳过还款概率",
    )
    disengagement_first: float = parameter(
        0.12,
        "Chance a month to stop dealing with the lender with one instalment missed.",
        unit="chance a month",
        low=0,
        high=0.95,
        source="assumption, set by loss by status (LendingClub 2014, V)",
        en="Disengaging, one missed",
        zh="失联概率（欠一期）",
    )
    disengagement_second: float = parameter(
        0.25,
        "The same with two missed.",
        unit="chance a month",
        low=0,
        high=0.95,
        source="assumption, set by loss by status (LendingClub 2014, V)",
        en="Disengaging, two missed",
        zh="失联概率（欠两期）",
    )
    disengagement_later: float = parameter(
        0.40,
        "The same with three or more missed.",
        unit="chance a month",
        low=0,
        high=0.95,
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
    awareness: float = parameter(
        0.35,
        "Share of borrowers who know that relief exists.",
        unit="share of borrowers",
        low=0,
        high=1,
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
        source=ASSUMPTION,
        en="Days to collect papers",
        zh="准备证明所需天数",
    )


class Contact(Group):
    """What a message or a call achieves."""

    message_works: float = parameter(
        0.35,
        "Chance that a message makes a forgetter remember.",
        unit="chance a message",
        low=0,
        high=1,
        source="sign from Cadena and Schoar 2011 (V); size an assumption",
        en="Message reminds",
        zh="短信提醒有效概率",
    )
    reach_early: float = parameter(
        0.10,
        "Chance that an early call reaches the right person.",
        unit="chance an attempt",
        low=0,
        high=0.6,
        source="trade figures (W)",
        en="Call connects, early",
        zh="早期电话接通概率",
    )
    reach_late: float = parameter(
        0.04,
        "Chance that a later call reaches the right person.",
        unit="chance an attempt",
        low=0,
        high=0.6,
        source="trade figures (W)",
        en="Call connects, late",
        zh="后期电话接通概率",
    )
    pays_early: float = parameter(
        0.35,
        "Chance that a borrower reached early brings what it can.",
        unit="chance a conversation",
        low=0,
        high=1,
        source=ASSUMPTION,
        en="Pays when reached, early",
        zh="早期接通后还款概率",
    )
    pays_late: float = parameter(
        0.15,
        "Chance that a borrower reached later brings what it can.",
        unit="chance a conversation",
        low=0,
        high=1,
        source=ASSUMPTION,
        en="Pays when reached, late",
        zh="后期接通后还款概率",
    )
    reengaged: float = parameter(
        0.2,
        "Chance that a conversation brings a disengaged borrower back.",
        unit="chance a conversation",
        low=0,
        high=1,
        source=ASSUMPTION,
        en="Brought back by a call",
        zh="电话挽回失联者概率",
    )
    persuaded: float = parameter(
        0.3,
        "Chance that a conversation makes an unwilling borrower pay.",
        unit="chance a conversation",
        low=0,
        high=1,
        source=ASSUMPTION,
        en="Persuaded by a call",
        zh="电话说服概率",
    )
    informs: float = parameter(
        0.5,
        "Chance that a conversation makes relief known to the borrower.",
        unit="chance a conversation",
        low=0,
        high=1,
        source=ASSUMPTION,
        en="Informed by a call",
        zh="电话告知纾困概率",
    )


class Strain(Group):
    """What contacts cost the relation; why intensity saturates and turns."""

    per_message: float = parameter(
        0.1,
        "Strain that a message adds.",
        unit="strain",
        low=0,
        high=5,
        source=ASSUMPTION,
        en="Strain of a message",
        zh="每条短信的压力",
    )
    per_call: float = parameter(
        1.0,
        "Strain that a conversation adds.",
        unit="strain",
        low=0,
        high=5,
        source=ASSUMPTION,
        en="Strain of a call",
        zh="每次通话的压力",
    )
    half_life_days: int = parameter(
        30,
        "Days in which strain halves.",
        unit="days",
        low=1,
        high=720,
        source=ASSUMPTION,
        en="Half-life of strain",
        zh="压力半衰期",
    )
    cooperation_loss: float = parameter(
        0.3,
        "Cooperation falls by exp(-this x strain).",
        unit="per unit of strain",
        low=0,
        high=3,
        source=ASSUMPTION,
        en="Cooperation lost to strain",
        zh="压力对配合度的影响",
    )
    disengagement_gain: float = parameter(
        0.3,
        "Disengagement rises by a factor 1 + this x strain.",
        unit="per unit of strain",
        low=0,
        high=3,
        source=ASSUMPTION,
        en="Disengagement through strain",
        zh="压力对失联的影响",
    )
