"""The oracle's household: the month that ended and the one that begins (model page, section 3)."""

from __future__ import annotations

from oracle_borrower import Borrower
from oracle_numbers import (
    NEVER,
    daily_offset,
    exponential,
    half_up,
    hazard_offset,
    normal,
    path,
)

MET_JOB_LOSS, MET_ILLNESS, MET_DISASTER = 1, 2, 4


def live_a_month(b: Borrower, due: int) -> None:
    """The past month's money is settled and the next 30 days are known."""
    _settle_the_month(b)
    transitory = 1.0
    expense = 0
    if not b.scripted:
        misfortunes = [*_draw_job(b, due), *_draw_illness(b, due)]
        transitory = _draw_income(b, due)
        expense = _draw_expense(b, due)
        if expense > 0:
            misfortunes.append(due)
        b.misfortune_day = max(misfortunes, default=b.misfortune_day)
    b.surplus = _earned(b, due, transitory) - b.essentials - b.other_debt - expense
    repaid = min(b.other_arrears, max(0, b.surplus))
    b.other_arrears -= repaid
    b.surplus -= repaid


def _settle_the_month(b: Borrower) -> None:
    rest = b.savings + b.surplus - b.paid_since_billing
    b.savings = max(0, rest)
    b.other_arrears += half_up(b.world["household"]["carry"] * max(0, -rest))
    b.paid_since_billing = 0
    b.diverted_since_billing = 0
    b.squeezed_since_billing = 0


def _draw_job(b: Borrower, due: int) -> list[int]:
    """The day on which a job is lost this month, if one is."""
    household = b.world["household"]
    if b.employed(due):
        chance = household["job_loss_per_month"] * household["risk_multiplier"]
        chance = chance * path(b.world["economy"]["job_loss_by_month"], due)
        lost = hazard_offset(min(0.95, chance), b.luck("JOB_LOSS", due))
        if lost < 30:
            b.job_loss_day = due + lost
            b.reemployed_day = NEVER
            b.slow_finder = b.luck("SEARCH_TYPE", due) < household["slow_finder_share"]
            b.shocks_met |= MET_JOB_LOSS
            found = _days_of_search(b, due)
            if lost + found + 1 <= 30:
                b.reemployed_day = due + lost + found + 1
            return [b.job_loss_day]
    elif b.reemployed_day == NEVER:
        found = _days_of_search(b, due)
        if found < 30:
            b.reemployed_day = due + found + 1
    return []


def _days_of_search(b: Borrower, due: int) -> int:
    kind = "slow" if b.slow_finder else "fast"
    chance = b.world["household"][f"{kind}_finding_per_month"]
    chance = chance * path(b.world["economy"]["job_finding_by_month"], due)
    return hazard_offset(min(0.95, chance), b.luck("REEMPLOYMENT", due))


def _draw_illness(b: Borrower, due: int) -> list[int]:
    """The day on which an illness begins this month, if one does."""
    household = b.world["household"]
    recovery = 1 / (30 * household["illness_months"])
    if not b.ill(due):
        chance = household["illness_per_month"]
        chance = chance * path(b.world["economy"]["illness_by_month"], due)
        onset = hazard_offset(min(0.95, chance), b.luck("ILLNESS", due))
        if onset < 30:
            b.ill_from_day = due + onset
            b.ill_until_day = NEVER
            b.shocks_met |= MET_ILLNESS
            well = daily_offset(recovery, b.luck("RECOVERY", due))
            if onset + well + 1 <= 30:
                b.ill_until_day = due + onset + well + 1
            return [b.ill_from_day]
    elif b.ill_until_day == NEVER:
        well = daily_offset(recovery, b.luck("RECOVERY", due))
        if well < 30:
            b.ill_until_day = due + well + 1
    return []


def _draw_income(b: Borrower, due: int) -> float:
    """Income has moved for good; the factor of this month alone is returned."""
    household = b.world["household"]
    permanent = household["permanent_sd"] * normal(b.luck("INCOME_PERMANENT", due))
    b.income = max(1, half_up(b.income * max(0.5, 1 + permanent)))
    change: float = household["transitory_sd"] * normal(b.luck("INCOME_TRANSITORY", due))
    return max(0.0, 1 + change)


def _draw_expense(b: Borrower, due: int) -> int:
    household = b.world["household"]
    if not b.luck("EXPENSE", due) < household["expense_per_month"]:
        return 0
    size = exponential(b.luck("EXPENSE_SIZE", due))
    return half_up(b.income * household["expense_incomes"] * size)


def _earned(b: Borrower, due: int, transitory: float) -> int:
    household = b.world["household"]
    month = range(due, due + 30)
    searching = sum(not b.employed(day) for day in month)
    ill = sum(b.employed(day) and b.ill(day) for day in month)
    earning = 30 - searching - ill
    share = (
        earning + household["illness_income"] * ill + household["searching_income"] * searching
    ) / 30
    return half_up(b.income * transitory * share)
