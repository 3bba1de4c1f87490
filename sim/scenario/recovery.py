"""After the loan went wrong: what courts are like, and how charged-off debt pays."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from sim.parameter import ASSUMPTION, Group, parameter
from sim.scenario.staff import Staff

STATUSES = 7
"""0, 1-29, 30-59, 60-89, 90-119, 120+ days past due, charged off."""

Worth = Annotated[float, Field(ge=0, le=1)]
WorthByStatus = Annotated[
    tuple[Worth, ...], Field(strict=False, min_length=STATUSES, max_length=STATUSES)
]

LATE_SOURCE = "fitted to prices of late debt: transfers in China, Qifu, FTC (D)"


class CourtRules(Group):
    """How long a court takes, how it decides, and what its judgment brings."""

    delay_months: int = parameter(
        12,
        "Months from filing to hearing.",
        unit="months",
        low=0,
        high=60,
        plausible=(6, 24),
        source=ASSUMPTION,
        en="Court delay",
        zh="诉讼等待月数",
    )
    hearings_per_day: Staff = parameter(
        "unlimited",
        'Hearings a day and replica, 0 to 10,000, or "unlimited".',
        unit="hearings a day",
        source=ASSUMPTION,
        en="Hearings a day",
        zh="每日开庭数",
    )
    default_judgments: float = parameter(
        0.7,
        "Chance that the borrower stays away and the lender wins by default.",
        unit="chance a hearing",
        low=0,
        high=1,
        source="Pew: 70 % default judgments (V)",
        en="Default judgments",
        zh="缺席判决概率",
    )
    contested_won: float = parameter(
        0.8,
        "Chance that the lender wins a hearing to which the borrower comes.",
        unit="chance a hearing",
        low=0,
        high=1,
        plausible=(0.60, 0.95),
        source=ASSUMPTION,
        en="Contested hearings won",
        zh="应诉胜诉概率",
    )
    recovers_low: float = parameter(
        0.15,
        "The least that enforcement brings.",
        unit="share of the claim",
        low=0,
        high=1,
        plausible=(0.05, 0.25),
        source=ASSUMPTION,
        en="Enforcement brings at least",
        zh="强制执行最低回收",
    )
    recovers_high: float = parameter(
        0.30,
        "The most that enforcement brings.",
        unit="share of the claim",
        low=0,
        high=1,
        plausible=(0.2, 0.5),
        source=ASSUMPTION,
        en="Enforcement brings at most",
        zh="强制执行最高回收",
    )

    @model_validator(mode="after")
    def _low_before_high(self) -> CourtRules:
        if self.recovers_low > self.recovers_high:
            shares = f"recovers_low ({self.recovers_low}) must not exceed recovers_high"
            raise ValueError(f"{shares} ({self.recovers_high})")
        return self


class Recovery(Group):
    """How charged-off debt pays by its age, and what debt is worth."""

    pays_per_month: float = parameter(
        0.016,
        "Chance that charged-off debt pays something, at first; it fades with age.",
        unit="chance a month",
        low=0,
        high=0.5,
        source=LATE_SOURCE,
        en="Late payment, at first",
        zh="核销初期还款概率",
    )
    half_life_months: int = parameter(
        25,
        "Months after charge-off in which that chance halves, again and again.",
        unit="months",
        low=1,
        high=720,
        source=LATE_SOURCE,
        en="Half-life of late payment",
        zh="核销后还款概率半衰期",
    )
    part: float = parameter(
        0.25,
        "Share of the claim paid each time.",
        unit="share of the claim",
        low=0,
        high=1,
        plausible=(0.1, 0.5),
        source=ASSUMPTION,
        en="Size of a late payment",
        zh="核销后每次还款比例",
    )
    agency_factor: float = parameter(
        1.2,
        "How many times likelier a late payment is with an agency.",
        unit="times",
        low=0,
        high=5,
        plausible=(1.0, 1.5),
        source=ASSUMPTION,
        en="Gain by an agency",
        zh="委外催收效果倍数",
    )
    residual_by_status: WorthByStatus = parameter(
        (0.98, 0.80, 0.55, 0.35, 0.20, 0.12, 0.06),
        "What a unit outstanding is still worth: 0, 1-29, 30-59, 60-89, 90-119, 120+ days past "
        "due, charged off.",
        unit="share of the amount",
        source="assumption; LendingClub 2014, loss by status (V)",
        en="Worth by status",
        zh="各状态剩余价值",
    )
