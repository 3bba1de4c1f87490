"""The oracle's conversation, on the telephone or at the door (model page, section 8)."""

from __future__ import annotations

from oracle_borrower import Borrower
from oracle_columns import ACTIVE, FORGOT, UNABLE, UNWILLING, WAITING
from oracle_loan import INSTRUMENTS
from oracle_numbers import NEVER
from oracle_payment import pays_what_it_can, reconsiders_on
from oracle_relief import present, relief_in_a_conversation


def conversation(b: Borrower, day: int, pays: float, strain: float) -> None:
    """The borrower has been spoken to, and what follows from that has happened."""
    contact = b.world["contact"]
    ordinal = b.connected_today if b.last_connected_day == day else 0
    b.last_connected_day = day
    b.connected_today = ordinal + 1
    cooperates = b.cooperation(day)
    strained = b.strain_now(day)

    if _listens(b, day, ordinal, cooperates):
        if b.luck("PROMOTES", day, ordinal) < contact["promotes"]:
            b.puts_us_first = True
        if _will_pay_now(b, day, ordinal, pays, cooperates):
            squeezing = b.luck("SQUEEZES", day, ordinal) < contact["squeezes"]
            pays_what_it_can(b, day, squeezing=squeezing)
        elif b.luck("PROMISES", day, ordinal) < contact["promises"] * cooperates:
            b.promises_made += 1
            b.promise_day = b.next_payment_day = day + contact["promise_days"]
        _hears_of_relief(b, day, ordinal)

    asks = min(1, contact["asks_to_stop"] * (1 + strained))
    if b.luck("ASKS_TO_STOP", day, ordinal) < asks and b.stop_requested_day == NEVER:
        b.stop_requested_day = day
    b.add_strain(strain, day)
    complain(b, day, b.luck("COMPLAINS", day, ordinal))


def _listens(b: Borrower, day: int, ordinal: int, cooperates: float) -> bool:
    """Whether it deals with the lender, be it because this contact won it back."""
    if not b.disengaged(day):
        return True
    if not b.luck("REENGAGED", day, ordinal) < b.world["contact"]["reengaged"] * cooperates:
        return False
    b.disengage_day = NEVER
    b.why_missed = UNABLE
    b.next_payment_day = reconsiders_on(b, day)
    return True


def _will_pay_now(b: Borrower, day: int, ordinal: int, pays: float, cooperates: float) -> bool:
    if b.why_missed == FORGOT:
        return True
    if b.why_missed in (UNWILLING, WAITING):
        persuaded: float = b.world["contact"]["persuaded"] * cooperates
        return b.luck("PERSUADED", day, ordinal) < persuaded
    return b.luck("COOPERATES", day, ordinal) < pays * cooperates


def _hears_of_relief(b: Borrower, day: int, ordinal: int) -> None:
    if not any(present(b.policy, instrument) for instrument in INSTRUMENTS):
        return
    if b.luck("INFORMED", day, ordinal) < b.world["contact"]["informs"]:
        b.aware = True
    if b.status == ACTIVE:
        relief_in_a_conversation(b, day)


def complain(b: Borrower, day: int, u: float) -> None:
    """It has complained if its strain was too much for it."""
    if u < min(1, b.world["strain"]["complaints"] * b.strain_now(day)):
        b.complaints += 1
