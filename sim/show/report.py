"""The report: one page of HTML for people who decide, in both languages, without any network.

It opens from disk and prints. Nothing in it is claimed that an interval does not allow, and text of
a scenario file is only ever text.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from sim.show import charts
from sim.show.assumptions import numbers
from sim.show.completeness import failures, precision
from sim.show.findings import (
    HEADLINE,
    design,
    findings,
    lives,
    remarked,
    sentences,
)
from sim.show.language import CODES, Language
from sim.show.limits import limits, model
from sim.show.sheets import typed
from sim.show.verdict import verdict
from sim.show.verification import origin

if TYPE_CHECKING:
    from sim.experiment.compare import Comparison
    from sim.experiment.record import Record

WIDTH: Final = 680
"""Pixels of a chart: what fits on a printed page, so that nothing is cut there."""
STYLE: Final = """
body { font: 15px/1.5 'Noto Sans', 'Source Sans Pro', 'Noto Sans CJK SC', 'PingFang SC', sans-serif;
  color: #26272b; background: #fff; max-width: 700px; margin: 1rem auto; padding: 0 10px; }
h1 { font-size: 1.6rem; line-height: 1.25; } h2 { font-size: 1.2rem; margin-top: 2rem; }
h3 { font-size: 1rem; margin-bottom: .2rem; }
h1, h2, h3, p, code, td:first-child, td:last-child { overflow-wrap: anywhere; }
p.verdict { font-size: 1.15rem; font-weight: 600; border-left: 4px solid #00629b;
  padding-left: .8rem; }
p.quiet, td.quiet { color: #55565c; font-size: .85rem; }
table { border-collapse: collapse; width: 100%; font-size: .85rem; }
th, td { text-align: left; vertical-align: top; padding: .2rem .4rem;
  border-bottom: 1px solid #dcdcd8; }
table.small { font-size: .72rem; line-height: 1.3; }
th { font-weight: 600; } code { font-size: .85rem; }
figure { margin: .5rem 0 1rem; break-inside: avoid; } tr, h2, h3 { break-inside: avoid; }
h2, h3 { break-after: avoid; }
article { display: none; }
#see-en:checked ~ article[lang=en], #see-zh:checked ~ article[lang=zh] { display: block; }
@media print { .choice { display: none; } body { margin: 0 auto; } @page { margin: 12mm; } }
"""
POLICY: Final = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:"
)
"""What a browser may load for the page: nothing."""
DRAW: Final = """
const drawn = new Set();
function draw() {
  for (const figure of document.querySelectorAll('figure[data-chart]')) {
    if (figure.offsetParent !== null && !drawn.has(figure)) {
      const {data, layout} = CHARTS[figure.dataset.chart];
      Plotly.newPlot(figure.querySelector('div'), data, layout,
        {staticPlot: true, displayModeBar: false});
      drawn.add(figure);
    }
  }
}
for (const choice of document.querySelectorAll('input[name=language]'))
  choice.addEventListener('change', draw);
draw();
"""


def report(
    comparison: Comparison,
    command: Sequence[str],
    *,
    first: str = "en",
    record: Record | None = None,
) -> str:
    """Return the page; ``first`` is the language it opens in, ``command`` what reproduces it.

    ``record``: where the numbers are from, if not from a run just made.
    """
    figures: dict[str, charts.Chart] = {}
    articles = []
    for code in CODES:
        language = Language(code, comparison.scenario.world.currency)
        told = origin(record, language) if record else ()
        articles.append(_article(comparison, command, language, figures, told))
    drawings = {
        name: json.loads(chart.figure.update_layout(width=WIDTH, autosize=False).to_json())
        for name, chart in figures.items()
    }
    title = Language(CODES[0]).text(comparison.scenario.title)
    choices = "".join(
        f'<input class="choice" type="radio" name="language" id="see-{code}"'
        f'{" checked" if code == first else ""}><label class="choice" for="see-{code}">'
        f"{name}</label> "
        for code, name in (("en", "English"), ("zh", "简体中文"))
    )
    said = _safe(json.dumps(drawings, ensure_ascii=False, separators=(",", ":")))
    return (
        f'<!doctype html>\n<html lang="{first}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{_text(title)}</title><style>{STYLE}</style></head><body>\n"
        f"{choices}\n{''.join(articles)}\n"
        f"<script>{_safe(charts.library())}</script>\n"
        f"<script>const CHARTS = {said};{DRAW}</script>\n</body></html>\n"
    )


def _article(
    comparison: Comparison,
    command: Sequence[str],
    language: Language,
    figures: dict[str, charts.Chart],
    told: Sequence[str],
) -> str:
    """Return the page in one language; its figures are added to ``figures``."""
    parts = list(_parts(comparison, command, language, figures, told))
    return f'<article lang="{language.code}">\n' + "\n".join(parts) + "\n</article>\n"


def _parts(
    comparison: Comparison,
    command: Sequence[str],
    language: Language,
    figures: dict[str, charts.Chart],
    whose: Sequence[str],
) -> Iterator[str]:
    say, scenario = language.say, comparison.scenario

    def figure(chart: charts.Chart | None, suffix: str = "") -> str:
        if chart is None:
            return ""
        name = f"{chart.name}{suffix}-{language.code}"
        figures[name] = chart
        note = f'<figcaption class="quiet"><p class="quiet">{_text(chart.note)}</p></figcaption>'
        return (
            f"<h3>{_text(chart.title)}</h3>"
            f'<figure data-chart="{name}"><div role="img" aria-label="{_text(chart.alt)}"></div>'
            f"{note if chart.note else ''}</figure>"
        )

    told: tuple[Comparison, Language, charts.Look] = (comparison, language, "light")
    changed = list(comparison.effects)
    yield f"<h1>{_text(language.text(scenario.title))}</h1>"
    yield _paragraph(language.text(scenario.question))
    yield _paragraph(verdict(comparison, language), "verdict")
    yield _paragraph(design(comparison, language), "quiet")
    yield from (_paragraph(line) for line in whose)
    yield from (_paragraph(line) for line in failures(comparison, language))
    if comparison.precision:
        yield from (
            _paragraph(line) for line in precision(comparison, comparison.precision, language)
        )
    if changed:
        yield figure(charts.differences(*told))
    yield f"<h2>{_text(say('report.each'))}</h2>"
    yield from (_paragraph(line) for line in sentences(comparison, language))
    for finding in findings(comparison, language, HEADLINE):
        yield f"<h3>{_text(finding.heading)}</h3>"
        head = [
            say(f"chart.head.{each}") for each in ("policy", "difference", "interval", "verdict")
        ]
        yield _table(
            head,
            [
                (each.policy, each.difference, each.interval, each.words)
                for each in finding.differences
            ],
        )
    yield f"<h2>{_text(say('report.over_time'))}</h2>"
    yield figure(charts.over_time(*told))
    yield f"<h2>{_text(say('report.money'))}</h2>"
    if changed:
        yield figure(charts.trade_off(*told))
    for policy in changed:
        yield figure(charts.money(*told, policy), f"-{policy}")
    if changed:
        yield f"<h2>{_text(say('report.people'))}</h2>"
    for policy in changed:
        yield figure(charts.segments(*told, policy), f"-{policy}")
    yield figure(charts.roll_rates(*told))
    yield figure(charts.queues(*told))
    for life in lives(comparison, language):
        yield f"<h3>{_text(life.heading)}</h3>"
        yield _table(life.columns, life.fates)
    remarks = remarked(comparison, language)
    if remarks:
        yield f"<h2>{_text(say('remarks'))}</h2>"
        yield _list(remarks)
    yield f"<h2>{_text(say('report.limits'))}</h2>"
    yield _list(limits(language))
    yield f"<h2>{_text(say('report.model'))}</h2>"
    yield _list(model(language))
    yield f"<h2>{_text(say('report.again'))}</h2>"
    yield _paragraph(say("report.seed", seed=scenario.world.seed, digest=comparison.digest))
    yield f"<p><code>{_text(typed(command))}</code></p>"
    yield f"<h2>{_text(say('report.assumptions'))}</h2>"
    yield _paragraph(say("report.assumptions_about"), "quiet")
    yield _table(
        [say(f"app.head.{each}") for each in ("name", "value", "default", "unit", "source")],
        [
            (
                f"{each.name} ({each.key})",
                each.value,
                each.default if each.is_changed else "",
                each.unit,
                say("report.assumed") if each.is_assumed else each.source,
            )
            for each in numbers(scenario, language)
        ],
        "small",
    )


def _paragraph(text: str, kind: str = "") -> str:
    return f'<p class="{kind}">{_text(text)}</p>' if kind else f"<p>{_text(text)}</p>"


def _list(lines: Iterable[str]) -> str:
    return "<ul>" + "".join(f"<li>{_text(line)}</li>" for line in lines) + "</ul>"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]], kind: str = "") -> str:
    top = "".join(f'<th scope="col">{_text(cell)}</th>' for cell in head)
    body = "".join("<tr>" + "".join(f"<td>{_text(c)}</td>" for c in row) + "</tr>" for row in rows)
    return f'<table class="{kind}"><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>'


def _text(text: str) -> str:
    """Return a text as HTML that says exactly it, in its own direction."""
    return html.escape(text)


def _safe(script: str) -> str:
    """Return a script in which nothing ends it early."""
    return script.replace("</", "<\\/").replace("<!--", "<\\!--")
