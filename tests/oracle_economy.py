"""The oracle's economy: what strikes many at once (model page, section 4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from oracle_borrower import Borrower
from oracle_columns import ACTIVE
from oracle_household import MET_DISASTER, MET_ILLNESS, MET_JOB_LOSS
from oracle_numbers import NEVER, exponential, half_up

Shock = dict[str, Any]


def strikes_on(shock: Shock) -> int:
    """The day of the shock."""
    return int(30 * (shock["month"] - 1))


def concerned(b: Borrower, shock: Shock) -> bool:
    """Whether the shock looks at the borrower at all."""
    regions, sectors = shock.get("regions", ()), shock.get("sectors", ())
    return (
        b.status == ACTIVE
        and not b.scripted
        and b.first_due_day - 30 <= strikes_on(shock)
        and (not regions or b.region in regions)
        and (not sectors or b.sector in sectors)
    )


def shock_days(b: Borrower) -> Iterator[int]:
    """The days on which a shock looks at the borrower, as things stand."""
    for shock in b.world["shocks"]:
        if concerned(b, shock):
            yield strikes_on(shock)


def shocks(b: Borrower, day: int) -> None:
    """Today's shocks have struck, in the order of the file."""
    for ordinal, shock in enumerate(b.world["shocks"]):
        if strikes_on(shock) == day and concerned(b, shock):
            STRIKE[shock["kind"]](b, day, ordinal, shock)


def _layoffs(b: Borrower, day: int, ordinal: int, shock: Shock) -> None:
    if b.employed(day) and b.luck("LAYOFF", day, ordinal) < shock["share"]:
        household = b.world["household"]
        b.job_loss_day = day
        b.reemployed_day = NEVER
        search = b.luck("LAYOFF_SEARCH", day, ordinal)
        b.slow_finder = search < household["slow_finder_share"]
        b.shocks_met |= MET_JOB_LOSS
        b.misfortune_day = day
        _earn_less(b, day, household["searching_income"])


def _epidemic(b: Borrower, day: int, ordinal: int, shock: Shock) -> None:
    if not b.ill(day) and b.luck("EPIDEMIC", day, ordinal) < shock["share"]:
        b.ill_from_day = day
        b.ill_until_day = day + 30 * shock.get("months", 3)
        b.shocks_met |= MET_ILLNESS
        b.misfortune_day = day
        if b.employed(day):
            _earn_less(b, day, b.world["household"]["illness_income"])


def _earn_less(b: Borrower, day: int, remaining_income: float) -> None:
    """The rest of the current month brings only this share of income."""
    days_left = (3 * b.cycle - day) % 30
    b.surplus -= half_up(b.income * (1 - remaining_income) * days_left / 30)


def _disaster(b: Borrower, day: int, ordinal: int, shock: Shock) -> None:
    if b.luck("DISASTER", day, ordinal) < shock["share"]:
        b.disaster_from_day = day
        b.disaster_until_day = day + 30 * shock.get("months", 3)
        b.shocks_met |= MET_DISASTER
        b.misfortune_day = day
        size = exponential(b.luck("DISASTER_LOSS", day, ordinal))
        loss = half_up(b.income * shock.get("loss_incomes", 0.5) * size)
        b.savings = max(0, b.savings - loss)


def _price_rise(b: Borrower, day: int, ordinal: int, shock: Shock) -> None:
    b.essentials = half_up(b.essentials * (1 + shock["share"]))


STRIKE = {
    "layoffs": _layoffs,
    "epidemic": _epidemic,
    "disaster": _disaster,
    "price_rise": _price_rise,
}
