"""What became of a record's verification, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sim.experiment.record.summary import facts
from sim.scenario.words import seen

if TYPE_CHECKING:
    from sim.experiment.record import Fault
    from sim.experiment.verification import Verification
    from sim.show.language import Language

OF_RERUN = ("rerun_digest", "rerun_value")


def lines(found: Verification, language: Language, *, run: bool) -> Iterator[str]:
    """Yield what was found, line by line; what belongs to the line above begins with a space.

    ``run``: whether it was to be run again.
    """
    within = [fault for fault in found.faults if fault.kind not in OF_RERUN]
    beside = [fault for fault in found.faults if fault.kind in OF_RERUN]
    if within:
        yield language.say("verify.faulty")
        yield from (said(fault, language) for fault in within)
    else:
        yield language.say("verify.whole", files=found.files + 1)  # and the manifest
    yield from _made_by(found, language)
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
    if found.faults:
        yield language.say("verify.differs", count=len(found.faults))
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
