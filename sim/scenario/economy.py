"""The economy: factors that move all borrowers at once, and shocks that strike many on one day."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sim.parameter import ASSUMPTION, Group, parameter

MOST_PARTS = 20
"""Regions of a country and sectors of its work are at most so many."""

Factor = Annotated[float, Field(ge=0, le=10)]
Path = Annotated[tuple[Factor, ...], Field(strict=False, max_length=120)]
Part = Annotated[int, Field(ge=0, le=MOST_PARTS - 1)]
Parts = Annotated[tuple[Part, ...], Field(strict=False, max_length=MOST_PARTS)]


class Economy(Group):
    """Factors by month from day 0 on, each 0 to 10, at most 120; before, they are 1."""

    job_loss_by_month: Path = parameter(
        (),
        "Factors on the chance to lose a job in month 1, 2 ...; the last holds on; none: always 1.",
        unit="times",
        source=ASSUMPTION,
        en="Job loss by month",
        zh="各月失业倍数",
    )
    job_finding_by_month: Path = parameter(
        (),
        "Factors on the chance to find work in month 1, 2 ...; the last holds on; none: always 1.",
        unit="times",
        source=ASSUMPTION,
        en="Job finding by month",
        zh="各月再就业倍数",
    )
    illness_by_month: Path = parameter(
        (),
        "Factors on the chance to fall ill in month 1, 2 ...; the last holds on; none: always 1.",
        unit="times",
        source=ASSUMPTION,
        en="Illness by month",
        zh="各月患病倍数",
    )


class Shock(Group):
    """What strikes many borrowers on the first day of one month."""

    kind: Literal["layoffs", "epidemic", "disaster", "price_rise"] = parameter(
        ...,
        "What strikes: lost jobs, illness, lost savings with hardship, or dearer essentials.",
        unit="choice",
        source="the study's choice",
        en="Kind of shock",
        zh="冲击类型",
    )
    month: int = parameter(
        ...,
        "Month on whose first day it strikes, 1 the first under the policies.",
        unit="month",
        low=1,
        high=120,
        source="the study's choice",
        en="Month of the shock",
        zh="冲击月份",
    )
    share: float = parameter(
        ...,
        "Share of the people concerned whom it strikes; of a price rise, the rise of essentials.",
        unit="share of people concerned",
        low=0,
        high=1,
        source="the study's choice",
        en="Share struck",
        zh="受冲击比例",
    )
    months: int = parameter(
        3,
        "How long the illness of an epidemic or the hardship of a disaster lasts.",
        unit="months",
        low=1,
        high=60,
        plausible=(1, 6),
        source=ASSUMPTION,
        en="Length of the shock",
        zh="冲击持续月数",
    )
    loss_incomes: float = parameter(
        0.5,
        "Mean loss of savings in a disaster.",
        unit="months of income",
        low=0,
        high=12,
        plausible=(0.2, 1.5),
        source=ASSUMPTION,
        en="Loss in a disaster",
        zh="灾害损失",
    )
    regions: Parts = parameter(
        (),
        "Regions it strikes, numbered from 0; none: all.",
        unit="numbers",
        source="the study's choice",
        en="Regions struck",
        zh="受冲击地区",
    )
    sectors: Parts = parameter(
        (),
        "Sectors of work it strikes, numbered from 0; none: all.",
        unit="numbers",
        source="the study's choice",
        en="Sectors struck",
        zh="受冲击行业",
    )


Shocks = Annotated[tuple[Shock, ...], Field(strict=False, max_length=50)]
