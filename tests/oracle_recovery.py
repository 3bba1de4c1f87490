"""The oracle's charged-off debt: it is sold, or pays now and then (model page, section 11)."""

from __future__ import annotations

from oracle_borrower import Borrower
from oracle_columns import CHARGED_OFF
from oracle_numbers import half_up, what_is_left


def may_bring_something(b: Borrower) -> bool:
    """Whether the lender still looks for money here."""
    route = b.policy["collections"]["recovery"]["route"]
    return b.status == CHARGED_OFF and route != "none" and b.claim > 0


def recovery(b: Borrower, due: int) -> None:
    """On this due day the debt has been sold, has paid a part, or brought nothing."""
    if not may_bring_something(b):
        return
    rules = b.policy["collections"]["recovery"]
    months = (due - b.charged_off_day) // 30
    if rules["route"] == "sale" and months >= rules["sell_after_months"]:
        _sell(b, due)
    elif b.luck("LATE_PAYS", due) < _chance(b, months):
        part = max(1, half_up(b.claim * b.world["recovery"]["part"]))
        paid = min(b.claim, part)
        b.late_recovered += paid
        costs = "agency_commission" if rules["route"] == "agency" else "in_house_cost"
        b.commissions += half_up(paid * rules[costs])


def _sell(b: Borrower, due: int) -> None:
    rules = b.policy["collections"]["recovery"]
    age_days = due - b.charged_off_day + b.policy["servicing"]["charge_off_dpd"]
    when = "first_year" if age_days < 365 else "second_year" if age_days < 730 else "later"
    b.sale_proceeds = half_up(b.claim * rules[f"price_{when}"])
    b.sold = True


def _chance(b: Borrower, months: int) -> float:
    world = b.world["recovery"]
    chance: float = world["pays_per_month"] * what_is_left(world["half_life_months"], months)
    if b.policy["collections"]["recovery"]["route"] == "agency":
        chance = chance * world["agency_factor"]
    return chance
