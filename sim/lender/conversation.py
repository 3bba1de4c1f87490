"""A conversation, by phone or at the door, from the first word to the complaint afterwards."""

from __future__ import annotations

from sim.book import Book, Mask, Rows
from sim.facts import disengaged
from sim.lender import payment, relief_desk
from sim.luck import Floats, Purpose
from sim.rules import paying, strain
from sim.rules.ladder import bring_back, conversation
from sim.rules.ladder.conversation import Talk
from sim.scenario.schema import Policy, World


def hold(
    book: Book,
    rows: Rows,
    pays: Floats,
    added_strain: float,
    day: int,
    world: World,
    policy: Policy,
) -> None:
    """Speak to borrowers, ``pays`` being each one's chance to pay now; all are strained by it."""
    if not len(rows):
        return
    contact = world.contact
    level = strain.strain_now(book, rows, day, world.strain)
    cooperation = strain.cooperation(level, world.strain)
    talk = conversation.begin(book, rows, pays, cooperation, day)

    back = conversation.reengages(book, talk, day, contact)
    bring_back(book, back)
    paying.schedule_reconsidering(book, back, day, world.behaviour, policy.servicing)
    listens = ~disengaged(book, rows, day)
    _speak_of_money(book, talk, listens, day, world, policy)
    if relief_desk.present(policy):
        conversation.inform(book, talk, listens, contact)
        relief_desk.in_conversation(book, rows[listens], day, world, policy)

    conversation.ask_to_stop(book, talk, day, level, contact)
    level = level + added_strain
    strain.bear(book, rows, day, level)
    strain.complain(book, rows, level, talk.luck(Purpose.COMPLAINS), world.strain)


def _speak_of_money(
    book: Book, talk: Talk, listens: Mask, day: int, world: World, policy: Policy
) -> None:
    """Ask for payment: some bring what they can now, some of the others promise to."""
    contact = world.contact
    conversation.promote(book, talk, listens, contact)
    agrees = listens & conversation.will_pay(book, talk, contact)
    squeezing = conversation.squeezes(talk, agrees, contact)
    payment.of_what_they_can(book, talk.rows[agrees], day, world, policy, squeezing)
    conversation.promise(book, talk, listens & ~agrees, day, contact)
