"""What became of a record's verification, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sim.experiment.program import called
from sim.experiment.record.summary import facts
from sim.scenario.words import seen

if TYPE_CHECKING:
    from sim.experiment.record import Fault, Record
    from sim.experiment.verification import Verification
    from sim.show.language import Language

OF_RERUN = ("rerun_digest", "rerun_value")
UNHELD = ("unknown", "unheld", "unopened")
"""What could be held against nothing, so that nothing is known to be wrong."""


def lines(found: Verification, language: Language, *, run: bool) -> Iterator[str]:
    """Yield what was found, line by line; what belongs to the line above begins with a space.

    ``run``: whether it was to be run again.
    """
    elsewhere = (*OF_RERUN, *UNHELD, "apart")
    within = [fault for fault in found.faults if fault.kind not in elsewhere]
    beside = [fault for fault in found.faults if fault.kind in OF_RERUN]
    apart = [fault for fault in found.faults if fault.kind == "apart"]
    unheld = [fault for fault in found.faults if fault.kind in UNHELD]
    if within:
        yield language.say("verify.faulty")
        yield from (said(fault, language) for fault in within)
    else:
        whole = "verify.sealed" if apart or unheld else "verify.whole"
        yield language.say(whole, files=found.files + 1)  # and the manifest
    yield from _made_by(found, language)
    if apart:
        yield language.say("verify.differing")
        yield from (said(fault, language) for fault in apart)
    if unheld:
        yield language.say("verify.unconfirmed")
        yield from (said(fault, language) for fault in unheld)
    if found.rerun is None:
        yield language.say("verify.cannot_run" if run else "verify.not_run")
    else:
        if found.missing:
            numbers = language.say("listed").join(map(str, found.missing))
            yield language.say("verify.missing_replicas", replicas=numbers)
        if not beside:
            yield language.say("verify.same")
        elif found.rerun == found.digest:
            yield language.say("verify.elsewhere")
        else:
            yield language.say("verify.another", digest=found.rerun)
        yield from (said(fault, language) for fault in beside)
    if len(found.faults) > len(unheld):
        yield language.say("verify.differs", count=len(found.faults) - len(unheld))
    elif unheld:
        yield language.say("verify.in_part")
    else:
        yield language.say("verify.confirmed" if found.rerun else "verify.sound")


def said(fault: Fault, language: Language) -> str:
    """Return a fault as a line that belongs to the one above."""
    at = language.say("listed").join(f"{name} {value}" for name, value in fault.at.items())
    line = language.say(
        f"verify.{fault.kind}",
        file=seen(fault.file),
        at=at,
        said=fault.said,
        found=fault.found,
        reason=fault.reason,
    )
    return f"  {line}"


def origin(record: Record, language: Language) -> tuple[str, ...]:
    """Return whose numbers a record has, if another program made it: a sentence, then its doubts.

    What is shown of a record is always what this program makes of its ledger.
    """
    program = record.summary.program
    if program == called():
        return ()
    whose = language.say("report.another", program=seen(program), here=called())
    return (whose, *(said(doubt, language).strip() for doubt in record.doubts))


def _made_by(found: Verification, language: Language) -> Iterator[str]:
    if found.made_by is None:
        return
    theirs, ours = facts(found.made_by), facts(found.here)
    if theirs["program"] == ours["program"]:
        yield language.say("verify.same_program", program=ours["program"])
        return
    yield language.say("verify.other_program")
    for name, version in theirs.items():
        if version != ours[name]:
            line = language.say("verify.fact", name=name, before=seen(version), after=ours[name])
            yield f"  {line}"
