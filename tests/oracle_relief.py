"""The oracle's relief: hardship, application and decision (model page, section 6)."""

from __future__ import annotations

from typing import Any

from oracle_borrower import ACTIVE, Borrower
from oracle_loan import accrue
from oracle_numbers import NEVER, half_up

INSTRUMENTS = ("deferral", "waiver")


def terms_of(policy: dict[str, Any], instrument: str) -> dict[str, Any]:
    """What the policy says of the instrument."""
    return policy["relief"]["deferral" if instrument == "deferral" else "penalty_waiver"]


def present(policy: dict[str, Any], instrument: str) -> bool:
    """Whether the policy has the instrument at all."""
    terms = terms_of(policy, instrument)
    return terms["months"] > 0 if instrument == "deferral" else terms["share"] > 0


def hardship_spell(b: Borrower, instrument: str, day: int) -> int | None:
    """The first day of the hardship the instrument is for; None without one."""
    hardships = terms_of(b.policy, instrument)["hardships"]
    if "job_loss" in hardships and not b.employed(day):
        return b.job_loss_day
    if "illness" in hardships and b.ill(day):
        return b.ill_from_day
    return None


def may_receive(b: Borrower, instrument: str, day: int) -> bool:
    """Whether the instrument is open to this loan today, hardship apart."""
    terms = terms_of(b.policy, instrument)
    if not present(b.policy, instrument) or b.status != ACTIVE:
        return False
    if not terms["min_dpd"] <= b.days_past_due(day) <= terms["max_dpd"]:
        return False
    if instrument == "waiver":
        return b.waiver_bp == 0 and b.owed > 0
    return (
        b.billed_instalments < b.term_months
        and not b.deferral_granted(day)
        and b.deferrals_granted < terms["max_uses"]
    )


def note_eligible(b: Borrower, day: int) -> None:
    """It is known for which instruments the borrower has been eligible."""
    for instrument in INSTRUMENTS:
        in_hardship = hardship_spell(b, instrument, day) is not None
        if in_hardship and may_receive(b, instrument, day):
            setattr(b, f"{instrument}_eligible", True)


def may_apply(b: Borrower, day: int) -> None:
    """Where it wants relief it has handed in, or abandoned, an application."""
    for instrument in INSTRUMENTS:
        _may_apply_for(b, instrument, day)


def _may_apply_for(b: Borrower, instrument: str, day: int) -> None:
    behaviour = b.world["behaviour"]
    if not may_receive(b, instrument, day) or b.disengaged(day) or not b.aware:
        return
    if getattr(b, f"{instrument}_file_day") != NEVER:
        return
    spell = hardship_spell(b, instrument, day)
    in_hardship = spell is not None
    if spell is None:
        if not b.opportunist:
            return
        spell = 360 * (day // 360)
    if getattr(b, f"{instrument}_spell_day") == spell:
        return
    willing = b.luck(f"APPLY_{instrument.upper()}", spell) < behaviour["application"]
    if not (willing or b.sure_to_apply):
        return
    setattr(b, f"{instrument}_spell_day", spell)
    b.applications += 1
    file_day = day
    if terms_of(b.policy, instrument)["proof_required"]:
        file_day = day + behaviour["proof_days"]
        has_proof = b.luck(f"PROOF_{instrument.upper()}", spell) < behaviour["proof_share"]
        if in_hardship and not has_proof and not b.sure_to_apply:
            b.abandoned += 1
            return
    setattr(b, f"{instrument}_file_day", file_day)


def decide(b: Borrower, instrument: str, day: int) -> None:
    """The file is decided; an approved relief is granted."""
    desk = b.policy["relief"]["desk"]
    terms = terms_of(b.policy, instrument)
    file_day = getattr(b, f"{instrument}_file_day")
    setattr(b, f"{instrument}_file_day", NEVER)
    b.waiting_days += day - file_day
    b.files_decided += 1
    if instrument == "waiver":
        accrue(b, day - 1)

    in_hardship = hardship_spell(b, instrument, day) is not None
    if in_hardship:
        chance = desk["sensitivity"]
    elif terms["proof_required"]:
        chance = 1 - desk["specificity"]
    else:
        chance = 1 - desk["specificity_without_proof"]
    approved = b.luck(f"DECIDE_{instrument.upper()}", file_day) < chance
    if instrument == "deferral" and b.billed_instalments == b.term_months:
        approved = False
    if instrument == "waiver" and b.owed == 0:
        approved = False

    if not approved:
        b.refusals += 1
        b.refused_in_hardship += in_hardship
    elif instrument == "deferral":
        b.deferral_from_day = b.due_on_or_after(day + 1)
        b.deferral_until_day = b.deferral_from_day + 30 * terms["months"]
        b.deferrals_granted += 1
    else:
        b.waiver_bp = half_up(terms["share"] * 10000)
        forgiven = (b.penalty * b.waiver_bp + 5000) // 10000
        b.penalty -= forgiven
        b.forgiven_penalty += forgiven
        b.waivers_granted += 1
