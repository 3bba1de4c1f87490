"""A story as lines: what belongs together on one, quiet months as one, uneventful days left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final, Literal

from sim.clock import MONTH, Slot
from sim.show.story_words import SOURCES, contacts, money, sentence

if TYPE_CHECKING:
    from sim.experiment.step import Event
    from sim.show.language import Language

Quiet = Literal["paid", "skipped", "gone"]
"""Months that are all alike: instalments paid, deferred, or asked of somebody who is away."""
AWAY: Final = frozenset({"bill", "missed", "contacts", "penalty", "adverse_mark"})
PRESSING: Final = frozenset({"contacts", "short", "penalty", "adverse_mark"})
"""What goes on for days and is told in one line, up to the next thing that happens."""


@dataclass(frozen=True)
class Line:
    """When, and what; ``month`` is that of its first day, 1 the first under the policies."""

    month: int
    when: str
    text: str


def lines(events: Sequence[Event], language: Language) -> list[Line]:
    """Return the events as lines, in order."""
    months = [(month, list(group)) for month, group in groupby(events, key=_month)]
    found: list[Line] = []
    for quiet, group in groupby(months, key=lambda month: _quiet(month[1])):
        alike = list(group)
        # months may be missing between: a run is of months that follow each other
        for run in _runs(alike) if quiet else [alike]:
            if quiet and (len(run) > 1 or quiet == "skipped"):
                found.append(_summary(quiet, run, language))
            else:
                found += [line for _, of_month in run for line in _of_month(of_month, language)]
    return found


def _month(event: Event) -> int:
    return event.day // MONTH + 1


def _quiet(events: Sequence[Event]) -> Quiet | None:
    """Return in what way a month is quiet, if it is."""
    kinds = [event.kind for event in events]
    if kinds == ["bill", "payment"]:
        bill, payment = events
        return "paid" if _paid_on_time(bill, payment) else None
    if kinds == ["instalment_skipped"]:
        return "skipped"
    why = [event.details["why"] for event in events if event.kind == "missed"]
    return "gone" if why == ["disengaged"] and set(kinds) <= AWAY else None


def _paid_on_time(bill: Event, payment: Event) -> bool:
    details = payment.details
    return (
        details["occasion"] == "due_date"
        and not details["left"]
        and not bill.details["older"]
        and not any(details[source] for source in SOURCES)
    )


def _runs(months: list[tuple[int, list[Event]]]) -> Iterator[list[tuple[int, list[Event]]]]:
    """Yield the months cut where one is missing between."""
    for _, run in groupby(enumerate(months), key=lambda each: each[1][0] - each[0]):
        yield [month for _, month in run]


def _summary(quiet: Quiet, run: list[tuple[int, list[Event]]], language: Language) -> Line:
    """Return one line for a run of quiet months."""
    first, last = run[0][0], run[-1][0]
    events = [event for _, of_month in run for event in of_month]
    when = (
        language.say("story.month", month=first)
        if first == last
        else language.say("story.months", month=first, last=last)
    )
    return Line(first, _capital(when), _capital(_alike(quiet, events, language)))


def _alike(quiet: Quiet, events: list[Event], language: Language) -> str:
    if quiet == "paid":
        amounts = {_number(event, "amount") for event in events if event.kind == "bill"}
        if len(amounts) == 1:
            return language.say("story.all_paid", amount=money(amounts.pop(), language))
        total = sum(_number(event, "amount") for event in events if event.kind == "payment")
        return language.say("story.all_paid_in_all", total=money(total, language))
    if quiet == "skipped":
        interest = sum(_number(event, "interest") for event in events)
        treatment = events[0].details["treatment"]
        return language.say(f"story.skipped.{treatment}", interest=money(interest, language))
    clauses = [language.say("story.gone")]
    made = _made(events)
    if made:
        clauses.append(contacts(made, language))
    penalty = sum(_number(event, "amount") for event in events if event.kind == "penalty")
    if penalty:
        clauses.append(language.say("story.penalty_in_all", amount=money(penalty, language)))
    marks = sum(event.kind == "adverse_mark" for event in events)
    if marks:
        clauses.append(language.say("story.adverse_marks", marks=marks))
    return language.say("story.then").join(clauses)


def _number(event: Event, name: str) -> int:
    return int(event.details[name])


def _of_month(events: Sequence[Event], language: Language) -> Iterator[Line]:
    """Yield the lines of a month in which something happens."""
    for block in _blocks(events):
        if all(event.kind in PRESSING for event in block):
            yield _pressed(block, language)
        else:
            day = block[0].day
            yield _line(day, day, list(_sentences(block, language)), language)


def _blocks(events: Sequence[Event]) -> list[list[Event]]:
    """Return what is told in one line each: what happened on a day, and the pressing between."""
    blocks: list[list[Event]] = []
    pressing: list[Event] = []
    for _, group in groupby(events, key=lambda event: event.day):
        of_day = list(group)
        pressed = [event for event in of_day if event.kind in PRESSING]
        rest = [event for event in of_day if event.kind not in PRESSING]
        if any(event.slot == Slot.COLLECTIONS for event in rest):
            pressed, rest = [], of_day  # a contact had an effect: they belong together
        if rest:
            blocks += [pressing] if pressing else []
            blocks.append(rest)
            pressing = []
        pressing += pressed
    blocks += [pressing] if pressing else []
    return _joined(blocks, events)


def _joined(blocks: list[list[Event]], events: Sequence[Event]) -> list[list[Event]]:
    """Return the blocks with those of one day put together, in the order of the day."""
    place = {id(event): position for position, event in enumerate(events)}
    joined: list[list[Event]] = []
    for block in blocks:
        if joined and {event.day for event in block} == {event.day for event in joined[-1]}:
            joined[-1] = sorted((*joined[-1], *block), key=lambda event: place[id(event)])
        else:
            joined.append(block)
    return joined


def _pressed(block: Sequence[Event], language: Language) -> Line:
    """Return days of contacts and vain attempts, and what lateness costs, as one line."""
    clauses = []
    made = _made(block)
    if made:
        clauses.append(contacts(made, language))
    shorts = [event for event in block if event.kind == "short"]
    if len(shorts) == 1:
        clauses.append(sentence(shorts[0], language))
    elif shorts:
        most = money(max(_number(event, "at_hand") for event in shorts), language)
        clauses.append(language.say("story.shorts", tries=len(shorts), at_hand=most))
    clauses += [
        sentence(event, language) for event in block if event.kind in ("penalty", "adverse_mark")
    ]
    return _line(block[0].day, block[-1].day, clauses, language)


def _made(events: Sequence[Event]) -> dict[str, int]:
    """Return all contacts together."""
    made: dict[str, int] = {}
    for event in events:
        if event.kind == "contacts":
            for name, count in event.details.items():
                made[name] = made.get(name, 0) + int(count)
    return made


def _sentences(events: Sequence[Event], language: Language) -> Iterator[str]:
    """Yield the sentences of one day; an instalment paid when due is one."""
    position = 0
    while position < len(events):
        event, following = events[position], events[position + 1 : position + 2]
        paid = event.kind == "bill" and following and following[0].kind == "payment"
        if paid and _paid_on_time(event, following[0]):
            amount = money(_number(event, "amount"), language)
            yield language.say("story.bill_paid", amount=amount)
            position += 2
        else:
            yield sentence(event, language)
            position += 1


def _line(first: int, last: int, clauses: Sequence[str], language: Language) -> Line:
    month, day = divmod(first, MONTH)
    entry = "story.day" if first == last else "story.days"
    when = language.say(entry, month=month + 1, day=day + 1, last=last % MONTH + 1)
    text = language.say("story.then").join(clauses)
    return Line(month + 1, _capital(when), _capital(text))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
