"""The digest of a comparison: 64 characters that are the same where the numbers are the same.

SHA-256 over these bytes, each part preceded by its length (8 bytes, little-endian):

1. ``forbear comparison 2``;
2. the resolved scenario as JSON (ASCII, sorted keys, no spaces) without words - no title, question
   or label - and without expectations and evidence, which change nothing;
3. the ledgers' days as JSON;
4. for each policy, sorted by name, and each entry, sorted by name: ``policy/entry``, then the
   numbers as 64-bit little-endian integers, month by month, each month's replicas in order;
5. likewise for each policy, segment or cohort, and entry that is shown: ``policy/segment/entry``,
   then one number a replica;
6. the outcomes of the cases as JSON;
7. only where batches failed: ``missing``, then the replicas left out as JSON.

Everything in it is an integer, a text, or a float as the scenario states it. It therefore does not
depend on the machine, the versions of libraries, the number of jobs or the size of batches.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from hashlib import sha256

from sim.experiment.cases import CaseOutcome
from sim.ledger import Totals
from sim.scenario.schema import Scenario

WORDS = frozenset({"title", "question", "label", "expectations", "evidence"})


def digest(
    scenario: Scenario,
    days: Sequence[int],
    ledgers: Mapping[str, Mapping[str, Totals]],
    segments: Mapping[str, Mapping[str, Mapping[str, Totals]]],
    cases: Sequence[CaseOutcome],
    missing: Sequence[int] = (),
) -> str:
    """Return the digest of a comparison as 64 hexadecimal characters."""
    parts = [
        b"forbear comparison 2",
        canonical(wordless(scenario.model_dump(mode="json"))),
        canonical(list(days)),
    ]
    for policy in sorted(ledgers):
        for entry in sorted(ledgers[policy]):
            parts += _named(f"{policy}/{entry}", ledgers[policy][entry])
    for policy in sorted(segments):
        for segment in sorted(segments[policy]):
            for entry, totals in sorted(segments[policy][segment].items()):
                parts += _named(f"{policy}/{segment}/{entry}", totals)
    parts.append(canonical([asdict(outcome) for outcome in cases]))
    if missing:
        parts += [b"missing", canonical(list(missing))]

    total = sha256()
    for part in parts:
        total.update(len(part).to_bytes(8, "little"))
        total.update(part)
    return total.hexdigest()


def _named(name: str, totals: Totals) -> tuple[bytes, bytes]:
    return name.encode(), totals.astype("<i8").tobytes(order="C")


def wordless(value: object) -> object:
    """Return the dumped scenario without its words; the names of policies stay."""
    if isinstance(value, Mapping):
        return {
            key: {name: wordless(policy) for name, policy in inner.items()}
            if key == "policies"  # a policy may well be called "label"
            else wordless(inner)
            for key, inner in value.items()
            if key not in WORDS
        }
    if isinstance(value, list):
        return [wordless(inner) for inner in value]
    return value


def canonical(value: object) -> bytes:
    """Return plain data as JSON: ASCII, sorted keys, no spaces."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode("ascii")
