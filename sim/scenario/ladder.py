"""The ladder of collections: message, call, visit, notice, court."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from sim.parameter import ASSUMPTION, Group, increasing, parameter
from sim.scenario.staff import Staff

MessageDay = Annotated[int, Field(ge=1, le=360)]
MessageDays = Annotated[
    tuple[MessageDay, ...], Field(strict=False, max_length=20), AfterValidator(increasing)
]


class Message(Group):
    """The first step of the ladder: a reminder."""

    dpd: MessageDays = parameter(
        (1, 3, 7, 14, 21),
        "Days past due on which a message goes out; increasing, 1 to 360, at most 20.",
        unit="days past due",
        source=ASSUMPTION,
        en="Message days",
        zh="短信发送日",
    )
    before_due: bool = parameter(
        False,
        "Whether borrowers who are current are also reminded of each due date, before it.",
        unit="true or false",
        source="the lender's choice",
        en="Reminder before the due date",
        zh="到期前提醒",
    )
    unit_cost: int = parameter(
        10,
        "What a message costs.",
        unit="minor units",
        low=0,
        high=1_000_000,
        source="assumption: put in your own",
        en="Cost of a message",
        zh="每条短信成本",
    )
    tone: Literal["plain", "moral"] = parameter(
        "plain",
        "A reminder, or one that says paying is right: it can bring a disengaged borrower back.",
        unit="choice",
        source="the lender's choice",
        en="Tone of messages",
        zh="短信语气",
    )


class Call(Group):
    """The second step: an agent calls."""

    opens_dpd: int = parameter(
        3,
        "Days past due from which calls are made.",
        unit="days past due",
        low=1,
        high=360,
        source=ASSUMPTION,
        en="Calls from",
        zh="开始电话催收天数",
    )
    early_until_dpd: int = parameter(
        30,
        "Last day past due that counts as early.",
        unit="days past due",
        low=0,
        high=360,
        source=ASSUMPTION,
        en="Early stage up to",
        zh="早期阶段截止天数",
    )
    early_rate: float = parameter(
        1.0,
        "Attempts a day in the early stage, at intensity 1.",
        unit="attempts a day",
        low=0,
        high=5,
        source=ASSUMPTION,
        en="Attempts a day, early",
        zh="早期每日拨打次数",
    )
    late_rate: float = parameter(
        0.5,
        "Attempts a day after it, at intensity 1.",
        unit="attempts a day",
        low=0,
        high=5,
        source=ASSUMPTION,
        en="Attempts a day, late",
        zh="后期每日拨打次数",
    )
    minutes: int = parameter(
        4,
        "Agent's minutes that an attempt takes.",
        unit="minutes",
        low=1,
        high=120,
        source=ASSUMPTION,
        en="Minutes a call",
        zh="每次拨打时间",
    )
    unit_cost: int = parameter(
        150,
        "What an attempt costs.",
        unit="minor units",
        low=0,
        high=1_000_000,
        source="assumption: put in your own",
        en="Cost of a call",
        zh="每次拨打成本",
    )


class Visit(Group):
    """The third step: somebody comes to the door."""

    opens_dpd: int = parameter(
        60,
        "Days past due from which visits are made.",
        unit="days past due",
        low=1,
        high=360,
        source=ASSUMPTION,
        en="Visits from",
        zh="开始上门天数",
    )
    rate: float = parameter(
        0.0,
        "Visits a day at intensity 1; 0: there are none.",
        unit="visits a day",
        low=0,
        high=1,
        source="the lender's choice",
        en="Visits a day",
        zh="每日上门概率",
    )
    visitors: Staff = parameter(
        "unlimited",
        'Visitors per replica, 0 to 10,000, or "unlimited".',
        unit="people",
        source="the lender's choice",
        en="Visitors",
        zh="上门人员数",
    )
    minutes_per_visitor_day: int = parameter(
        420,
        "Minutes a visitor works a day.",
        unit="minutes",
        low=0,
        high=1_440,
        source=ASSUMPTION,
        en="Visitor's day",
        zh="上门人员每日工作分钟",
    )
    minutes: int = parameter(
        60,
        "Visitor's minutes that a visit takes.",
        unit="minutes",
        low=1,
        high=480,
        source=ASSUMPTION,
        en="Minutes a visit",
        zh="每次上门时间",
    )
    unit_cost: int = parameter(
        6_000,
        "What a visit costs.",
        unit="minor units",
        low=0,
        high=1_000_000,
        source="assumption: put in your own",
        en="Cost of a visit",
        zh="每次上门成本",
    )


class Notice(Group):
    """The fourth step: a formal notice, sent by letter."""

    dpd: MessageDays = parameter(
        (),
        "Days past due on which a notice goes out; increasing, 1 to 360, at most 20.",
        unit="days past due",
        source="the lender's choice",
        en="Notice days",
        zh="催告函发送日",
    )
    unit_cost: int = parameter(
        500,
        "What a notice costs.",
        unit="minor units",
        low=0,
        high=1_000_000,
        source="assumption: put in your own",
        en="Cost of a notice",
        zh="每份催告函成本",
    )


class Court(Group):
    """The last step: the lender sues."""

    filing_share: float = parameter(
        0.0,
        "Chance a month to file at intensity 1; 0: no court.",
        unit="chance a month",
        low=0,
        high=1,
        source="the lender's choice",
        en="Filing at court",
        zh="起诉概率",
    )
    opens_dpd: int = parameter(
        180,
        "Days past due from which cases are filed.",
        unit="days past due",
        low=30,
        high=720,
        source=ASSUMPTION,
        en="Court from",
        zh="开始起诉天数",
    )
    min_claim: int = parameter(
        300_000,
        "Smallest claim that is filed.",
        unit="minor units",
        low=0,
        high=10**12,
        source=ASSUMPTION,
        en="Smallest claim",
        zh="最低起诉金额",
    )
    filing_cost: int = parameter(
        20_000,
        "What it costs the lender to file a case.",
        unit="minor units",
        low=0,
        high=10**9,
        source="assumption: put in your own",
        en="Cost of filing",
        zh="起诉成本",
    )
    borrower_fee: int = parameter(
        10_000,
        "What a case filed adds to what the borrower owes.",
        unit="minor units",
        low=0,
        high=10**9,
        source="assumption: put in your own",
        en="Court fee",
        zh="借款人承担诉讼费",
    )
