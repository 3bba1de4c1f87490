"""The report: whole without a network, in both languages, on paper, whatever a file says."""

from __future__ import annotations

import csv
import html
import io
import os
import re
import shlex
from collections import Counter
from pathlib import Path

import pytest
from browser import browsing, chromium
from markdown_it import MarkdownIt
from openpyxl import load_workbook
from test_record_reading import edit, reseal

from sim.doors.cli.main import COMMANDS, OK, WRONG_INPUT, main
from sim.experiment.compare import compare
from sim.experiment.record import comparison_of, write
from sim.scenario.draft import Draft
from sim.show import charts
from sim.show.language import CODES, Language
from sim.show.limits import limits
from sim.show.markdown import plain
from sim.show.report import report
from sim.show.sheets import as_csv, as_markdown, as_workbook
from sim.show.verdict import verdict

HOSTILE = (
    "=1+1 <script>window.struck=1</script> **b** [l](http://x) `c` | <img src=x onerror=alert(1)>"
)
SMALL = (
    Draft.shipped("relief_options")
    .put("world.borrowers", 300)
    .put("world.replicas", 6)
    .put("world.months", 6)
)
COMMAND = ["forbear", "run", "shipped:relief_options"]


@pytest.fixture(scope="module")
def comparison():
    return compare(SMALL.scenario)


@pytest.fixture(scope="module")
def hostile():
    draft = SMALL.called("deferral", HOSTILE)
    draft = draft.put("world.replicas", 5).without("package").without("firm")
    return compare(draft.scenario)


@pytest.fixture(scope="module")
def page(comparison):
    return report(comparison, COMMAND)


@pytest.mark.parametrize("code", CODES)
def test_it_says_what_was_found_what_it_cannot_tell_and_how_to_get_it_again(comparison, page, code):
    (article,) = re.findall(rf'<article lang="{code}">(.*?)</article>', page, re.DOTALL)
    language = Language(code, "CNY")
    told = [
        verdict(comparison, language),
        *limits(language),
        comparison.digest,
        "forbear run shipped:relief_options",
        "world.household.job_loss_per_month",
        language.say("report.assumed"),
    ]
    for text in told:
        assert html.escape(text) in article


def test_nothing_is_fetched(page):
    outside = re.sub(r"<script>.*?</script>", "", page, flags=re.DOTALL)
    assert not re.search(r'(src|href)="', outside)
    assert "default-src 'none'" in page


def test_text_of_a_file_is_text_everywhere(hostile):
    language = Language("en", "CNY")
    page = report(hostile, COMMAND)
    outside = re.sub(r"<script>.*?</script>", "", page, flags=re.DOTALL)
    assert "<script>window" not in page
    assert "<img" not in outside
    assert html.escape(HOSTILE) in outside
    for row in csv.reader(io.StringIO(as_csv(hostile, language))):
        assert not any(re.match(r"\s*[=+@]", cell) for cell in row)
    markdown = as_markdown(hostile, language, COMMAND)
    assert "<script>" not in markdown
    rows = [line for line in markdown.splitlines() if line.startswith("|")]
    assert len({len(re.findall(r"(?<!\\)\|", row)) for row in rows}) == 1
    book = load_workbook(io.BytesIO(as_workbook(hostile, language)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any(cell.value == HOSTILE for cell in cells)
    assert not any(cell.data_type == "f" for cell in cells)


def test_a_workbook_has_every_difference_as_a_number(comparison):
    book = load_workbook(io.BytesIO(as_workbook(comparison, Language("en", "CNY"))))
    rows = list(book["differences"].iter_rows(min_row=2, values_only=True))
    label = comparison.scenario.policies["firm"].label.en
    (row,) = [row for row in rows if row[:2] == (label, "Default rate")]
    effect = comparison.effects["firm"]["default_rate"]
    assert row[3] == pytest.approx(100 * effect.difference)
    assert row[4] == pytest.approx(100 * effect.low)


def test_the_command_makes_each_form_of_a_record(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.toml").write_text(SMALL.toml(), "utf-8")
    assert main(["run", "mine.toml", "--quiet"]) == OK
    comparison, record = comparison_of(tmp_path / "runs" / "mine")
    assert comparison.digest == compare(SMALL.scenario).digest
    assert record.summary.command[:2] == ("forbear", "run")
    for form in ("html", "csv", "md", "xlsx"):
        assert main(["report", "runs/mine", "--format", form]) == OK
        assert (tmp_path / "runs" / f"mine.{form}").stat().st_size > 1_000
    capsys.readouterr()
    assert main(["report", "runs/mine", "--format", "md", "--out", "-"]) == OK
    assert capsys.readouterr().out.startswith("# Which relief")
    assert main(["report", "runs/mine", "--format", "xlsx", "--out", "-"]) == WRONG_INPUT
    assert main(["report", "runs"]) == WRONG_INPUT
    metrics = tmp_path / "runs" / "mine" / "tables" / "metrics.csv"
    metrics.write_text(metrics.read_text().replace("deferral,0", "deferral,1", 1))
    assert main(["report", "runs/mine"]) == WRONG_INPUT
    assert "metrics.csv" in capsys.readouterr().err


def edited(folder, name, *changes):
    """Change a file of a record, of which another program then says that it made it."""
    for path, old, new in ((name, *each) for each in changes):
        edit(folder / path, old, new)
    edit(folder / "summary.json", '"program": "forbear', '"program": "x')
    reseal(folder)


def test_another_programs_record_is_named_and_what_differs_is_told(comparison, tmp_path, capsys):
    write(comparison, tmp_path / "run", COMMAND)
    (line,) = [
        row
        for row in (tmp_path / "run" / "tables" / "effects.csv").read_text().splitlines()
        if row.startswith("firm,default_rate,")
    ]
    edited(
        tmp_path / "run", "tables/effects.csv", (line, "firm,default_rate,share,-1,-1,-1,6,better")
    )
    for form, told in (("md", plain), ("html", html.escape)):
        place = str(tmp_path / f"out.{form}")
        assert main(["report", str(tmp_path / "run"), "--format", form, "--out", place]) == OK
        said = Path(place).read_text("utf-8")
        assert "made by another program, x" in said
        assert told("tables/effects.csv, first at policy firm, metric default_rate") in said
        assert "made by another program, x" in capsys.readouterr().err
    again, _ = comparison_of(tmp_path / "run")
    assert again.effects["firm"]["default_rate"] == comparison.effects["firm"]["default_rate"]


def test_a_ledger_changed_by_hand_is_refused_whoever_is_said_to_have_made_it(
    comparison, tmp_path, capsys
):
    write(comparison, tmp_path / "run", COMMAND)
    months = tmp_path / "run" / "tables" / "monthly.csv"
    head, *rows = months.read_text().splitlines()
    cells = rows[-1].split(",")
    lost = head.split(",").index("lost")
    cells[lost] = str(int(cells[lost]) + 1)
    edited(tmp_path / "run", "tables/monthly.csv", (rows[-1], ",".join(cells)))
    assert main(["report", str(tmp_path / "run")]) == WRONG_INPUT
    assert "digest.txt: says" in capsys.readouterr().err


def test_the_command_is_one_that_a_shell_takes_and_text_on_every_page(comparison):
    command = ["forbear", "run", "my file.toml", "a;rm -rf ~", "`x` <img src=x> [l](http://y)"]
    page = MarkdownIt("commonmark", {"html": True}).enable("table")
    (code,) = re.findall(
        "<code>(.*?)</code>",
        page.render(as_markdown(comparison, Language("en", "CNY"), command)),
    )
    assert shlex.split(html.unescape(code)) == command
    hostile = [*command, "x\n\n# Injected\n\n<b>"]
    told = page.render(as_markdown(comparison, Language("en", "CNY"), hostile))
    assert "<h1>Injected" not in told and "<b>" not in told and "<img" not in told
    assert f"<code>{html.escape(shlex.join(command))}</code>" in report(comparison, command)


def test_a_workbook_has_the_segments_of_every_policy(comparison):
    language = Language("en", "CNY")
    book = load_workbook(io.BytesIO(as_workbook(comparison, language)))
    labels = [comparison.scenario.policies[policy].label.en for policy in comparison.effects]
    head, *rows = book["segments"].iter_rows(values_only=True)
    assert head[0] == "Policy"
    counted = Counter(row[0] for row in rows)
    assert list(counted) == labels and len(set(counted.values())) == 1
    for policy, label in zip(comparison.effects, labels, strict=True):
        expected = charts.segments(comparison, language, "light", policy).rows
        found = [row[1:] for row in rows if row[0] == label]
        assert [row[0] for row in found] == [row[0] for row in expected]
        assert [row[1] for row in found] == pytest.approx(
            [None if each[1] != each[1] else each[1] for each in expected]
        )


def test_no_help_text_shows_a_line_break_as_it_is_typed(capsys):
    for command in COMMANDS:
        with pytest.raises(SystemExit):
            main([command.__name__.rpartition(".")[2], "--help"])
        assert "\\n" not in capsys.readouterr().out


@pytest.fixture(scope="module")
def browser():
    if chromium() is None:
        assert not os.environ.get("FORBEAR_NEEDS_BROWSER"), "a Chromium is needed here"
        pytest.skip("there is no Chromium: apt-get install chromium")
    with browsing() as browser:
        yield browser


@pytest.mark.parametrize("code", CODES)
def test_it_opens_from_disk_in_both_languages_and_fits_on_paper(tmp_path, page, browser, code):
    (tmp_path / "report.html").write_text(page, "utf-8")
    context = browser.new_context(viewport={"width": 900, "height": 1000}, offline=True)
    opened = context.new_page()
    asked, wrong = [], []
    opened.on("request", lambda request: asked.append(request.url))
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    opened.goto((tmp_path / "report.html").as_uri())
    opened.locator(f"#see-{code}").check()
    opened.wait_for_function(
        "code => [...document.querySelectorAll(`article[lang=${code}] figure[data-chart]`)]"
        ".every(figure => figure.querySelector('svg.main-svg'))",
        arg=code,
    )
    assert (asked, wrong) == ([(tmp_path / "report.html").as_uri()], [])
    opened.emulate_media(media="print")
    a4 = {"width": 703, "height": 1_032}  # less 12 mm on each side, at 96 to an inch
    opened.set_viewport_size(a4)
    for box in opened.locator(f"article[lang={code}] figure").evaluate_all(
        "figures => figures.map(figure => figure.querySelector('svg').getBoundingClientRect())"
        ".map(box => [box.left, box.right, box.height])"
    ):
        left, right, height = box
        assert left >= 0 and right <= a4["width"]
        assert height <= a4["height"]
    pdf = opened.pdf(format="A4", print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) > 10
    context.close()


@pytest.mark.parametrize("command", ["report", "new"])
def test_the_examples_of_the_help_text_work(command, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    size = ["--borrowers", "100", "--replicas", "5", "--months", "3"]
    if command == "report":
        assert main(["run", "shipped:relief_options", *size, "--quiet"]) == OK
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == OK
    examples = re.findall(r"^ +forbear (.*)$", capsys.readouterr().out, re.MULTILINE)
    assert len(examples) >= 3
    for example in examples:
        Path("my_question.toml").unlink(missing_ok=True)
        assert main(shlex.split(example)) == OK, example
