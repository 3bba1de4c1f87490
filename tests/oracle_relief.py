"""The oracle's relief: who may have it, applies, and is approved (model page, section 7)."""

from __future__ import annotations

from typing import Any

from oracle_borrower import Borrower
from oracle_columns import ACTIVE
from oracle_grant import grant, terms_of, times_late_before, waiver_share
from oracle_loan import INSTRUMENTS, accrue, close_if_settled
from oracle_numbers import NEVER

SIZE = {
    "deferral": "months",
    "reduction": "share",
    "extension": "months",
    "arrangement": "months",
    "settlement": "haircut",
}


def present(policy: dict[str, Any], instrument: str) -> bool:
    """Whether the policy has the instrument at all."""
    terms = terms_of(policy, instrument)
    if instrument == "waiver":
        return any(offered["share"] > 0 for offered in (terms, *terms["bands"]))
    size: float = terms[SIZE[instrument]]
    return size > 0


def on_offer(policy: dict[str, Any], instrument: str, day: int) -> bool:
    """Whether the day lies in the months in which the instrument is open."""
    terms = terms_of(policy, instrument)
    opens, closes = int(terms["opens_month"]), int(terms["closes_month"])
    return (opens == 0 or day >= 30 * (opens - 1)) and day < 30 * closes


def hardship_spell(b: Borrower, instrument: str, day: int) -> int | None:
    """The first day of the hardship the instrument is for; None without one."""
    hardships = terms_of(b.policy, instrument)["hardships"]
    if "job_loss" in hardships and not b.employed(day):
        return b.job_loss_day
    if "illness" in hardships and b.ill(day):
        return b.ill_from_day
    if "disaster" in hardships and b.struck(day):
        return b.disaster_from_day
    return year_of(day) if "any" in hardships else None


def year_of(day: int) -> int:
    """The first day of the year of 360 days."""
    return 360 * (day // 360)


def may_receive(b: Borrower, instrument: str, day: int) -> bool:
    """Whether the instrument is open to this loan today, hardship apart."""
    if not present(b.policy, instrument) or not on_offer(b.policy, instrument, day):
        return False
    terms = terms_of(b.policy, instrument)
    score = b.base_score - 40 * b.late_starts - (100 if b.default_day != NEVER else 0)
    return (
        b.status == ACTIVE
        and terms["min_dpd"] <= b.days_past_due(day) <= terms["max_dpd"]
        and getattr(b, f"{instrument}s_granted") < terms["max_uses"]
        and times_late_before(b, day) <= terms["max_late_before"]
        and (terms["min_score"] == 0 or score >= terms["min_score"])
        and (terms["max_balance"] == 0 or b.balance <= terms["max_balance"])
        and not b.on_probation(day)
        and suits(b, instrument, day)
    )


def suits(b: Borrower, instrument: str, day: int) -> bool:
    """Whether the instrument would do anything for the loan as it stands."""
    if instrument == "deferral":
        free = not b.deferral_granted(day) and not b.arrangement_in_force(day)
        return b.instalments_left > 0 and free
    if instrument == "waiver":
        free = b.waiver_bp == 0 and not b.conditional_waiver_open(day)
        return b.owed > 0 and free and waiver_share(b, day) > 0
    if instrument == "arrangement":
        free = not b.arrangement_in_force(day) and not b.deferral_granted(day)
        return b.arrears > 0 and free
    if instrument == "settlement":
        return b.owed > 0 and not b.settlement_open(day)
    return b.instalments_left > 0


def relief_on_the_due_day(b: Borrower, due: int) -> None:
    """A campaign has told of relief; it is granted to all, or has been applied for."""
    if not any(present(b.policy, instrument) for instrument in INSTRUMENTS):
        return
    behaviour = b.world["behaviour"]
    share = b.policy["relief"]["outreach"]["share_per_month"]
    if not b.aware and b.luck("OUTREACH", due) < share:
        b.aware = True
        b.outreach_reached += 1
    for instrument in INSTRUMENTS:
        if not may_receive(b, instrument, due):
            continue
        spell = hardship_spell(b, instrument, due)
        if spell is not None:
            setattr(b, f"{instrument}_eligible", True)
        offer = terms_of(b.policy, instrument)["offer"]
        if offer == "universal" and spell is not None:
            _receive_unasked(b, instrument, due, spell)
        if offer == "opt_in" and b.aware:
            _may_apply(b, instrument, due, behaviour["application"])


def relief_in_a_conversation(b: Borrower, day: int) -> None:
    """Who has been told of relief or offered it may have applied."""
    behaviour = b.world["behaviour"]
    for instrument in INSTRUMENTS:
        if not may_receive(b, instrument, day):
            continue
        offer = terms_of(b.policy, instrument)["offer"]
        if offer == "opt_in" and b.aware:
            _may_apply(b, instrument, day, behaviour["application"])
        if offer == "on_contact":
            _may_apply(b, instrument, day, behaviour["accepts_offer"])


def _receive_unasked(b: Borrower, instrument: str, day: int, spell: int) -> None:
    if getattr(b, f"{instrument}_spell_day") == spell:
        return
    setattr(b, f"{instrument}_spell_day", spell)
    stays = b.world["behaviour"]["stays_in_universal"]
    if b.sure_to_apply or b.luck(f"APPLY_{instrument.upper()}", spell) < stays:
        grant(b, instrument, day)
        close_if_settled(b)


def _may_apply(b: Borrower, instrument: str, day: int, chance: float) -> None:
    if b.disengaged(day) or getattr(b, f"{instrument}_file_day") != NEVER:
        return
    spell = hardship_spell(b, instrument, day)
    in_hardship = spell is not None
    if spell is None:
        if not b.opportunist:
            return
        spell = year_of(day)
    if getattr(b, f"{instrument}_spell_day") == spell:
        return
    if b.sure_to_apply or b.luck(f"APPLY_{instrument.upper()}", spell) < chance:
        _apply(b, instrument, day, spell, in_hardship)


def _apply(b: Borrower, instrument: str, day: int, spell: int, in_hardship: bool) -> None:
    """The file is on its way to the desk, or given up for want of papers."""
    behaviour = b.world["behaviour"]
    setattr(b, f"{instrument}_spell_day", spell)
    b.applications += 1
    if in_hardship:
        setattr(b, f"{instrument}_eligible", True)
    if not terms_of(b.policy, instrument)["proof_required"]:
        setattr(b, f"{instrument}_file_day", day)
        return
    has_proof = b.luck(f"PROOF_{instrument.upper()}", spell) < behaviour["proof_share"]
    if in_hardship and not has_proof and not b.sure_to_apply:
        b.abandoned += 1
    else:
        setattr(b, f"{instrument}_file_day", day + behaviour["proof_days"])


def decide(b: Borrower, instrument: str, day: int) -> None:
    """The file is decided; an approved relief is granted."""
    desk = b.policy["relief"]["desk"]
    accrue(b, day - 1)
    file_day = getattr(b, f"{instrument}_file_day")
    setattr(b, f"{instrument}_file_day", NEVER)
    b.waiting_days += day - file_day
    b.files_decided += 1
    b.review_minutes += terms_of(b.policy, instrument)["minutes"]
    in_hardship = hardship_spell(b, instrument, day) is not None
    if in_hardship:
        chance = desk["sensitivity"]
    elif terms_of(b.policy, instrument)["proof_required"]:
        chance = 1 - desk["specificity"]
    else:
        chance = 1 - desk["specificity_without_proof"]
    convinced = b.luck(f"DECIDE_{instrument.upper()}", file_day) < chance
    possible = b.status == ACTIVE and suits(b, instrument, day)
    if convinced and possible:
        grant(b, instrument, day)
    else:
        b.refusals += 1
        b.refused_in_hardship += possible and _would_need_it(b, instrument, day)
        if in_hardship and not (possible and _would_need_it(b, instrument, day)):
            b.noted.add("relief: refused whom nothing ails or nothing fits")


def _would_need_it(b: Borrower, instrument: str, day: int) -> bool:
    """Whether a hardship that the instrument names is there; that anybody may ask is none."""
    states = {"job_loss": not b.employed(day), "illness": b.ill(day), "disaster": b.struck(day)}
    hardships = terms_of(b.policy, instrument)["hardships"]
    return any(holds for hardship, holds in states.items() if hardship in hardships)
