"""Relief: the six instruments a lender can offer, each an offer of its own."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from sim.parameter import Group, increasing, parameter
from sim.scenario.desk import Desk, Outreach
from sim.scenario.offer import LENDERS_CHOICE, Offer, file_minutes, from_dpd, up_to_dpd, uses


class Deferral(Offer):
    """Whole months without an instalment, the maturity moved along."""

    min_dpd: int = from_dpd(0)
    max_dpd: int = up_to_dpd(60)
    max_uses: int = uses(1)
    minutes: int = file_minutes(25)
    months: int = parameter(
        0,
        "Instalments deferred; 0: there is no deferral.",
        unit="months",
        low=0,
        high=12,
        source=LENDERS_CHOICE,
        en="Deferral",
        zh="延期月数",
    )
    interest: Literal["capitalised", "simple", "waived"] = parameter(
        "capitalised",
        "Interest of these months: made principal, spread over what remains, or forgiven.",
        unit="choice",
        source=LENDERS_CHOICE,
        en="Interest of deferred months",
        zh="延期期间利息",
    )
    capitalise_arrears: bool = parameter(
        False,
        "Whether arrears are made principal when the deferral begins.",
        unit="true or false",
        source=LENDERS_CHOICE,
        en="Arrears made principal",
        zh="欠款转入本金",
    )


class WaiverBand(Group):
    """The share waived from so many days past due on."""

    from_dpd: int = parameter(
        ...,
        "Days past due at the decision from which the share holds.",
        unit="days past due",
        low=0,
        high=360,
        source=LENDERS_CHOICE,
        en="Band from",
        zh="档位起始逾期天数",
    )
    share: float = parameter(
        ...,
        "Share of the penalty forgiven from there on.",
        unit="share of penalty",
        low=0,
        high=1,
        source=LENDERS_CHOICE,
        en="Penalty waived in the band",
        zh="档位减免比例",
    )


def _rising(bands: tuple[WaiverBand, ...]) -> tuple[WaiverBand, ...]:
    try:
        increasing(tuple(band.from_dpd for band in bands))
    except ValueError as error:
        raise ValueError(f"from_dpd {error}") from None
    return bands


WaiverBands = Annotated[
    tuple[WaiverBand, ...], Field(strict=False, max_length=10), AfterValidator(_rising)
]


class PenaltyWaiver(Offer):
    """A share of the penalty forgiven, what stands and what accrues until nothing is owed."""

    min_dpd: int = from_dpd(1)
    max_dpd: int = up_to_dpd(180)
    max_uses: int = uses(10)
    minutes: int = file_minutes(10)
    share: float = parameter(
        0.0,
        "Share of the penalty forgiven; 0, and no band above 0: there is no waiver.",
        unit="share of penalty",
        low=0,
        high=1,
        source=LENDERS_CHOICE,
        en="Penalty waived",
        zh="罚息减免比例",
    )
    bands: WaiverBands = parameter(
        (),
        "Share by days past due at the decision, at most 10 bands; below the first, share holds.",
        unit="tables",
        source=LENDERS_CHOICE,
        en="Waiver by days past due",
        zh="按逾期天数分档减免",
    )
    clean_record_bonus: float = parameter(
        0.0,
        "Added to the share for somebody never late before.",
        unit="share of penalty",
        low=0,
        high=1,
        source=LENDERS_CHOICE,
        en="Bonus for a clean record",
        zh="无逾期记录加成",
    )
    condition_days: int = parameter(
        0,
        "Days in which the rest must be paid for the waiver to hold; 0: it holds at once.",
        unit="days",
        low=0,
        high=90,
        source=LENDERS_CHOICE,
        en="Days to pay the rest",
        zh="减免条件付款天数",
    )
    announced: bool = parameter(
        False,
        "Whether it is announced, so that those who know of it may wait for it.",
        unit="true or false",
        source=LENDERS_CHOICE,
        en="Waiver announced",
        zh="减免预先公布",
    )


class RateReduction(Offer):
    """A lower rate for what remains of the loan, the instalment lowered with it."""

    min_dpd: int = from_dpd(0)
    max_dpd: int = up_to_dpd(90)
    max_uses: int = uses(1)
    minutes: int = file_minutes(25)
    share: float = parameter(
        0.0,
        "Share of the contract rate taken off; 0: there is no reduction.",
        unit="share of the rate",
        low=0,
        high=1,
        source=LENDERS_CHOICE,
        en="Rate reduction",
        zh="利率下调比例",
    )


class TermExtension(Offer):
    """A longer term, the instalment lowered with it."""

    min_dpd: int = from_dpd(0)
    max_dpd: int = up_to_dpd(90)
    max_uses: int = uses(1)
    minutes: int = file_minutes(25)
    months: int = parameter(
        0,
        "Months added to the term; 0: there is no extension.",
        unit="months",
        low=0,
        high=60,
        source=LENDERS_CHOICE,
        en="Term extension",
        zh="展期月数",
    )


class Arrangement(Offer):
    """Arrears repaid in parts on top of the instalments; no penalty while it is kept."""

    min_dpd: int = from_dpd(1)
    max_dpd: int = up_to_dpd(150)
    max_uses: int = uses(2)
    minutes: int = file_minutes(20)
    months: int = parameter(
        0,
        "Months over which arrears are repaid; 0: there is no arrangement.",
        unit="months",
        low=0,
        high=24,
        source=LENDERS_CHOICE,
        en="Arrangement",
        zh="分期偿还欠款月数",
    )


class Settlement(Offer):
    """Less than all there is, paid in one sum, closes the loan."""

    min_dpd: int = from_dpd(90)
    max_dpd: int = up_to_dpd(360)
    max_uses: int = uses(2)
    minutes: int = file_minutes(20)
    haircut: float = parameter(
        0.0,
        "Share of the balance forgiven; 0: there is no settlement.",
        unit="share of balance",
        low=0,
        high=1,
        source=LENDERS_CHOICE,
        en="Settlement haircut",
        zh="和解减免比例",
    )
    days: int = parameter(
        30,
        "Days to pay the rest.",
        unit="days",
        low=1,
        high=90,
        source=LENDERS_CHOICE,
        en="Days to settle",
        zh="和解付款天数",
    )


class Relief(Group):
    """The instruments of relief, how they are made known, and the desk that grants them."""

    deferral: Deferral = Field(default_factory=Deferral, description="Months of deferral.")
    penalty_waiver: PenaltyWaiver = Field(
        default_factory=PenaltyWaiver, description="Penalty forgiven."
    )
    rate_reduction: RateReduction = Field(
        default_factory=RateReduction, description="A lower rate."
    )
    term_extension: TermExtension = Field(
        default_factory=TermExtension, description="A longer term."
    )
    arrangement: Arrangement = Field(
        default_factory=Arrangement, description="Arrears repaid in parts."
    )
    settlement: Settlement = Field(
        default_factory=Settlement, description="One sum that closes the loan."
    )
    framing: Literal["lender", "regulator"] = parameter(
        "lender",
        "In whose name relief is given.",
        unit="choice",
        source=LENDERS_CHOICE,
        en="Relief given in the name of",
        zh="纾困名义",
    )
    probation_months: int = parameter(
        0,
        "Months after a relief without another.",
        unit="months",
        low=0,
        high=36,
        source="the lender's choice; EBA: a year of cure, then two of probation (V)",
        en="Probation",
        zh="观察期月数",
    )
    outreach: Outreach = Field(default_factory=Outreach, description="Who is told of relief.")
    desk: Desk = Field(default_factory=Desk, description="Who decides.")
