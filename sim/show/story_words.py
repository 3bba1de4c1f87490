"""One event of a story as a sentence; an amount never stands without its currency."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from sim.clock import MONTH

if TYPE_CHECKING:
    from sim.experiment.step import Event
    from sim.show.language import Language

MONEY: Final = frozenset(
    {
        "amount",
        "at_hand",
        "claim",
        "commission",
        "essentials_from",
        "fee",
        "forgiven",
        "income",
        "income_now",
        "instalment_from",
        "interest",
        "owed",
        "price",
        "savings_lost",
        "to",
    }
)
DAYS: Final = frozenset({"at_desk", "begins", "until", "hearing", "day"})
PARTS: Final = ("principal", "interest", "penalty", "costs")
SOURCES: Final = ("from_other_lenders", "from_essentials", "from_family")
CONTACTS: Final = ("messages", "calls", "visits", "notices", "kept_back")

Details = Mapping[str, int | str]


def sentence(event: Event, language: Language) -> str:
    """Return what happened, without a full stop."""
    details = event.details
    if event.kind == "payment":
        return _payment(details, language)
    if event.kind == "missed":
        return _missed(details, language)
    if event.kind == "contacts":
        return contacts(details, language)
    return language.say(f"story.{_entry(event)}", **_told(details, language))


def _entry(event: Event) -> str:
    """Return the catalogue's entry for an event."""
    details = event.details
    at_once = details.get("waited") == 0 and details.get("how") != "universal"
    variants: Mapping[str, str] = {
        "bill": "bill_with_older" if details.get("older") else "bill",
        "deferral_begins": "deferral_begins_with_arrears"
        if details.get("arrears_added")
        else "deferral_begins",
        "instalment_skipped": f"skipped.{details.get('treatment')}",
        "learned_of_relief": f"learned.{details.get('by')}",
        "granted": f"granted.{'at_once' if at_once else details.get('how')}",
        "refused": "refused_at_once" if at_once else "refused",
        "hearing": "hearing.won" if details.get("won") else "hearing.lost",
        "late_recovery": f"late.{details.get('occasion')}",
    }
    return variants.get(event.kind, event.kind)


def _told(details: Details, language: Language) -> dict[str, object]:
    """Return the details as they are written: money with its currency, days as dates."""
    told: dict[str, object] = dict(details)
    for name, value in details.items():
        if name in MONEY and isinstance(value, int):
            told[name] = money(value, language)
        elif name in DAYS and isinstance(value, int):
            told[name] = date(value, language)
    instrument = details.get("instrument")
    if instrument is not None:
        told["instrument"] = language.say(f"story.instrument.{instrument}")
        told["terms"] = _terms(str(instrument), details, told, language)
    if details.get("older"):
        told["total"] = money(int(details["amount"]) + int(details["older"]), language)
    if "arrears_added" in details:
        told["arrears"] = money(int(details["arrears_added"]), language)
    return told


def _terms(instrument: str, details: Details, told: dict[str, object], language: Language) -> str:
    """Return what was granted, or nothing where nothing was."""
    if "how" not in details:
        return ""
    if instrument == "waiver" and "until" in details:
        instrument = "waiver_if_paid"
    shares = {"share": "share_bp", "rate": "rate_bp", "rate_from": "rate_bp_from"}
    words = {
        name: percent(int(details[column]), language)
        for name, column in shares.items()
        if column in details
    }
    return language.say(f"story.terms.{instrument}", **{**told, **words})


def _payment(details: Details, language: Language) -> str:
    """Return a payment: how much, of what, where it came from and what is left."""
    amount = money(int(details["amount"]), language)
    paid = language.say(f"story.pays.{details['occasion']}", amount=amount)
    parts = [
        language.say(f"story.part.{part}", amount=money(int(details[part]), language))
        for part in PARTS
        if details[part]
    ]
    paid = language.say("story.parts", text=paid, parts=language.say("story.list").join(parts))
    clauses = [paid]
    for source in SOURCES:
        if details[source]:
            share = money(int(details[source]), language)
            clauses.append(language.say(f"story.source.{source}", amount=share))
    if details["left"]:
        left = money(int(details["left"]), language)
        clauses.append(language.say("story.still_owed", amount=left))
    return language.say("story.list").join(clauses)


def _missed(details: Details, language: Language) -> str:
    """Return why an instalment was not paid in full."""
    why = str(details["why"])
    if why != "unable":
        return language.say(f"story.missed.{why}")
    entry = "story.missed.part" if details["paid"] else "story.missed.unable"
    clauses = [
        language.say(
            entry,
            at_hand=money(int(details["at_hand"]), language),
            owed=money(int(details["owed"]), language),
        )
    ]
    left = int(details["month_left"])
    if left < 0:
        clauses.append(language.say("story.shortfall", amount=money(-left, language)))
    return language.say("story.list").join(clauses)


def contacts(details: Details, language: Language) -> str:
    """Return which contacts were made, and how many were kept back."""
    return language.say(
        "story.contacts", made=language.say("story.list").join(_made(details, language))
    )


def _made(details: Details, language: Language) -> Iterator[str]:
    for what in CONTACTS:
        if details.get(what):
            yield language.say(f"story.made.{what}", **details)


def money(amount: int, language: Language) -> str:
    """Return an amount with its currency."""
    return language.value(amount, "money")


def percent(basis_points: int, language: Language) -> str:
    """Return a share or a rate."""
    return language.value(basis_points / 10_000, "share")


def date(day: int, language: Language) -> str:
    """Return a day as month and day of the month."""
    month, of_month = divmod(day, MONTH)
    return language.say("story.day", month=month + 1, day=of_month + 1)
