"""What changed between two runs, in words: as text, and as a page for whoever reviews a change."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from rich.padding import Padding
from rich.text import Text

from sim.rules.measures import METRICS
from sim.scenario.problems import in_toml
from sim.scenario.words import BASELINE, seen
from sim.show.findings import HEADLINE
from sim.show.language import Language
from sim.show.markdown import plain, table
from sim.show.tables import COLOURS, INDENT, Block, laid_out
from sim.show.verification import said

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from sim.experiment.change import Change
    from sim.experiment.drift import Drift, Side
    from sim.show.language import Code

HEADS: Final = ("policy", "before", "after", "change", "interval", "verdict")


def spoken(found: Drift, code: Code) -> Language:
    """Return the language, with the currency of the run after."""
    currency = str(found.after.settings["world"].get("currency"))
    return Language(code, currency if re.fullmatch("[A-Z]{3}", currency) else "")


def print_drift(
    found: Drift, language: Language, console: Console, *, everything: bool = False
) -> None:
    """Print what changed; of the metrics the headline and what is beyond noise, or all of them."""
    page: list[RenderableType] = [Text(title(found, language), style="bold"), Text()]
    page += [Text(sentence) for sentence in sentences(found, language)]
    for heading, rows in facts(found, language):
        page += [Text(), Text(heading, style="bold")]
        page += [Padding(Text(" ".join(row)), (0, 0, 0, INDENT)) for row in rows]
    page += [Text(), *(Text(note, style="dim") for note in notes(found, language))]
    blocks = [
        Block(language.text(METRICS[metric].label), [_row(each, found, language) for each in some])
        for metric, some in shown(found, everything=everything)
    ]
    page += laid_out(blocks, console)
    with console.capture() as printed:
        for part in page:
            console.print(part)
    for line in printed.get().splitlines():
        print(line.rstrip(), file=console.file)
    print(f"\n{digests(found, language)}", file=console.file)


def markdown(found: Drift, language: Language, *, everything: bool = False) -> str:
    """Return what changed as a page, fit to be a comment on the change."""
    parts = [
        f"### {plain(title(found, language))}",
        "\n".join(f"- {plain(sentence)}" for sentence in sentences(found, language)),
    ]
    for heading, rows in facts(found, language):
        parts += [f"**{heading}**", "\n".join(f"- {plain(' '.join(row))}" for row in rows)]
    heads = [language.say(f"drift.head.{name}") for name in ("metric", *HEADS)]
    rows = [
        (language.text(METRICS[metric].label), *map(plain, cells(each, found, language)))
        for metric, some in shown(found, everything=everything)
        for each in some
    ]
    parts += [table(heads, rows)] if rows else []
    parts += [plain(note) for note in notes(found, language)]
    return "\n\n".join((*parts, plain(digests(found, language)))) + "\n"


def title(found: Drift, language: Language) -> str:
    """Return the heading: the question of the run after."""
    words = found.after.settings.get("title")
    name = words.get(language.code, "") if isinstance(words, dict) else ""
    return language.say("drift.title", title=seen(str(name)))


def sentences(found: Drift, language: Language) -> Iterator[str]:
    """Yield a sentence for each headline metric that changed beyond noise, or that none did."""
    moved = [each for each in found.beyond_noise if each.metric in HEADLINE]
    for each in moved:
        _, before, after, size, _, verdict = cells(each, found, language)
        name = language.text(METRICS[each.metric].label)
        yield language.say(
            "drift.level" if each.policy == BASELINE else "drift.effect",
            policy=_called(each.policy, found.after, language),
            metric=name[0].lower() + name[1:],
            change=size,
            before=before,
            after=after,
            verdict=verdict,
        )
    if not moved:
        yield language.say("drift.not_headline" if found.beyond_noise else "drift.nothing")


def facts(found: Drift, language: Language) -> Iterator[tuple[str, Sequence[tuple[str, ...]]]]:
    """Yield what the runs were given, heading by heading: parameters, policies, versions, size."""

    def arrow(before: str, after: str) -> str:
        return language.say("drift.arrow", before=before, after=after)

    def value(of: object) -> str:
        return language.say("drift.absent") if of is None else in_toml(of)

    settings = [(each.key, arrow(value(each.before), value(each.after))) for each in found.settings]
    nothing = [(language.say("drift.no_settings"),)]
    yield language.say("drift.settings"), settings or nothing
    policies = []
    for entry, names, side in (
        ("added", found.added, found.after),
        ("removed", found.removed, found.before),
    ):
        if names:
            called = [_named(name, side, language) for name in names]
            listed = language.say("listed").join(called)
            policies.append((language.say(f"drift.{entry}", policies=listed),))
    for old, new in found.renamed.items():
        before, after = _named(old, found.before, language), _named(new, found.after, language)
        policies.append((language.say("drift.renamed", before=before, after=after),))
    if policies:
        yield language.say("drift.policies"), policies
    if found.made_by:
        yield (
            language.say("drift.made_by"),
            [(name, arrow(seen(old), seen(new))) for name, (old, new) in found.made_by.items()],
        )
    sizes = [_size(side, language) for side in (found.before, found.after)]
    if sizes[0] != sizes[1]:
        yield language.say("drift.size"), [(arrow(*sizes),)]


def notes(found: Drift, language: Language) -> Iterator[str]:
    """Yield how the runs were compared, what to expect of chance, and what is doubtful in them."""
    yield language.say("drift.paired" if found.paired else "drift.unpaired")
    yield language.say(
        "drift.counted",
        everything=f"{len(found.changes):,}",
        identical=f"{found.identical:,}",
        compared=f"{found.compared:,}",
        outside=f"{found.outside:,}",
        by_chance=f"{found.by_chance:.1f}",
        beyond=f"{len(found.beyond_noise):,}",
    )
    if found.uncompared:
        metrics = language.say("listed").join(found.uncompared)
        yield language.say("drift.uncompared", metrics=metrics)
    for name, side in (("before", found.before), ("after", found.after)):
        for doubt in side.doubts:
            run = language.say(f"drift.head.{name}")
            yield language.say("drift.doubt", run=run, doubt=said(doubt, language).strip())


def shown(found: Drift, *, everything: bool) -> Iterator[tuple[str, Sequence[Change]]]:
    """Yield the metrics to be shown, each with the changes of it that are."""
    by_metric: dict[str, list[Change]] = {metric: [] for metric in METRICS}
    for each in found.changes:
        told = each.metric in HEADLINE and each.verdict != "identical"
        if everything or told or each.is_beyond_noise:
            by_metric[each.metric].append(each)
    for metric, some in by_metric.items():
        if some:
            yield metric, some


def cells(each: Change, found: Drift, language: Language) -> tuple[str, ...]:
    """Return a change as it is read: policy, before, after, change, interval, verdict."""
    unit = METRICS[each.metric].unit
    ends = () if each.low is None or each.high is None else (each.low, each.high)
    levels = (each.before, each.after)
    policy = _called(each.policy, found.after, language)
    if each.policy == BASELINE:
        policy = language.say("drift.baseline", policy=policy)
        told = [language.value(level, unit, beside=levels) for level in levels]
    else:
        told = [language.difference(level, unit, beside=levels) for level in levels]
    return (
        policy,
        *told,
        language.difference(each.difference, unit, beside=ends),
        language.interval(*ends, unit, beside=[each.difference]) if ends else "",
        language.say(f"verdict.{each.verdict}"),
    )


def digests(found: Drift, language: Language) -> str:
    """Return both digests."""
    return language.say(
        "drift.digests", before=found.before.digest[:12], after=found.after.digest[:12]
    )


def _row(each: Change, found: Drift, language: Language) -> tuple[Text, ...]:
    policy, before, after, size, interval, verdict = cells(each, found, language)
    levels = language.say("drift.arrow", before=before, after=after)
    numbers = (Text(text, justify="right") for text in (levels, size, interval))
    return (Text(policy), *numbers, Text(verdict, style=COLOURS.get(each.verdict, "")))


def _called(policy: str, side: Side, language: Language) -> str:
    return side.label(policy)[language.code]


def _named(policy: str, side: Side, language: Language) -> str:
    return f"{seen(policy)} ({_called(policy, side, language)})"


def _size(side: Side, language: Language) -> str:
    borrowers = in_toml(side.settings["world"].get("borrowers"))
    return language.say("drift.sized", replicas=f"{len(side.replicas):,}", borrowers=borrowers)
