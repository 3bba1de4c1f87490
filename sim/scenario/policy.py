"""The policy: what the lender chooses - relief, collections, servicing."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sim.parameter import Group, parameter
from sim.scenario.behaviour import ReconsiderDays
from sim.scenario.collections import Collections
from sim.scenario.relief import Relief
from sim.scenario.words import Label

ChargeOffDpd = Annotated[int, Field(multiple_of=30)]


class Servicing(Group):
    """How payments are booked, lateness is priced and loans are given up."""

    waterfall: Literal["horizontal", "vertical", "principal_first"] = parameter(
        "horizontal",
        "How a payment is booked: by instalment, by component, or principal first past 90 days.",
        unit="choice",
        source="the lender's choice; China's Civil Code 561: costs, interest, principal (V)",
        en="Waterfall",
        zh="还款冲抵顺序",
    )
    penalty_multiple: float = parameter(
        1.5,
        "Penalty rate with ordinary interest, as a multiple of the contract rate.",
        unit="times",
        low=1,
        high=3,
        source="PBoC 2003: 30 to 50 % on top (W)",
        en="Penalty multiple",
        zh="罚息倍数",
    )
    penalty_base: Literal["principal", "principal_and_interest", "compounding"] = parameter(
        "principal",
        "What bears penalty: overdue principal, with interest, or with earlier penalty as well.",
        unit="choice",
        source="the lender's choice",
        en="Penalty on",
        zh="罚息基数",
    )
    all_in_cap_bp: int = parameter(
        0,
        "Most a year that interest and penalty together can ask; 0: no cap.",
        unit="basis points",
        low=0,
        high=20_000,
        source="the lender's choice; China: 24 % guidance (V)",
        en="Cap on interest and penalty",
        zh="息费综合上限",
    )
    grace_days: int = parameter(
        3,
        "Days past due before penalty accrues and a due date counts as missed.",
        unit="days past due",
        low=0,
        high=29,
        source="the lender's choice (W)",
        en="Days of grace",
        zh="宽限期天数",
    )
    charge_off_dpd: ChargeOffDpd = parameter(
        180,
        "Days past due at which a loan is written off; a multiple of 30.",
        unit="days past due",
        low=90,
        high=360,
        source="assumption; US rules: 120 for closed-end loans, 180 for open-end (V)",
        en="Charge-off at",
        zh="核销逾期天数",
    )
    acceleration: Literal["none", "notice", "court"] = parameter(
        "none",
        "When the whole loan falls due: never, with a notice, or with a case at court.",
        unit="choice",
        source="the lender's choice",
        en="Acceleration",
        zh="贷款提前到期",
    )
    auto_debit_share: float = parameter(
        0.0,
        "Share of borrowers whose instalments are debited, so that none is forgotten.",
        unit="share of borrowers",
        low=0,
        high=1,
        source="the lender's choice",
        en="Auto-debit",
        zh="自动扣款比例",
    )
    retry_days: ReconsiderDays = parameter(
        (3, 7),
        "Days after the due date on which a debit is tried again; increasing, 1 to 29, at most 8.",
        unit="days",
        source="the lender's choice",
        en="Retries of a debit",
        zh="扣款重试日",
    )
    bureau_dpd: int = parameter(
        30,
        "Days past due from which a month's end is reported to the bureau as adverse.",
        unit="days past due",
        low=1,
        high=360,
        source="the lender's choice",
        en="Reported from",
        zh="征信报送起始天数",
    )


class Policy(Group):
    """Everything that the lender chooses."""

    label: Label = Field(
        default_factory=lambda: Label(en="Business as usual", zh="现行政策"),
        description="What the policy is called.",
    )
    relief: Relief = Field(default_factory=Relief, description="Relief.")
    collections: Collections = Field(default_factory=Collections, description="Collections.")
    servicing: Servicing = Field(default_factory=Servicing, description="Servicing.")
