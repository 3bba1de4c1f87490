"""The pages and what stands on each of them: navigation, the language, what went wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import streamlit as st

from sim.doors.dashboard import about, charts, compare, evidence, operations, stories, world
from sim.doors.dashboard.plain import paragraph
from sim.doors.dashboard.session import Session, session
from sim.show.language import CODES

NAMES_OF_LANGUAGES: Final = {"en": "English", "zh": "简体中文"}
TAGS: Final = {"en": "en", "zh": "zh-Hans"}
LANGUAGE: Final = "<script>document.documentElement.lang = '{}'</script>"
"""What tells the browser in which language the page is, so that it is read out as such."""
PAGES: Final[dict[str, tuple[str, Callable[[Session], None]]]] = {
    "compare": (":material/compare_arrows:", compare.page),
    "charts": (":material/monitoring:", charts.page),
    "stories": (":material/person:", stories.page),
    "world": (":material/public:", world.page),
    "operations": (":material/support_agent:", operations.page),
    "evidence": (":material/fact_check:", evidence.page),
    "about": (":material/info:", about.page),
}
STYLE: Final = """
<style>
[data-testid="stMainBlockContainer"] { padding: 4.2rem 2rem 2rem; max-width: 1560px; }
[data-testid="stMainBlockContainer"] h1 { font-size: 1.55rem; padding: 0; margin: 0; }
[data-testid="stMainBlockContainer"] h2 { font-size: 1.2rem; padding: .6rem 0 0; margin: 0; }
[data-testid="stMainBlockContainer"] h3 { font-size: 1.05rem; padding: .6rem 0 0; margin: 0; }
[data-testid="stHtml"] p { margin: 0; }
p.verdict { font-size: 1.15rem; line-height: 1.45; font-weight: 600; }
p.quiet { font-size: .85rem; opacity: .8; }
.wide { overflow-x: auto; }
.wide table { border-collapse: collapse; font-size: .9rem; width: 100%; }
.wide th, .wide td { text-align: left; padding: .3rem .6rem; vertical-align: top; min-width: 5em;
  border-bottom: 1px solid rgba(128, 128, 128, .35); }
[data-testid="stMarkdown"] table { display: block; overflow-x: auto; }
p.quiet { overflow-wrap: anywhere; }
[class*="st-key-card-"] { padding: .4rem .8rem; }
[class*="st-key-card-"] [data-testid="stSlider"] { padding-bottom: 0; }
[data-testid="stMainBlockContainer"] [class*="st-key-card-"] h2 {
  font-size: 1rem; font-weight: 600; line-height: 1.25; padding: 0; overflow-wrap: anywhere; }
[class*="st-key-card-"] label em, [class*="st-key-menu-"] button em,
.st-key-answer > :has(p.mark) {
  position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.st-key-answer:has(p.outdated) { opacity: .5; }
.st-key-progress { position: fixed; bottom: .8rem; right: 1.5rem; z-index: 999;
  width: min(34rem, calc(100vw - 3rem)); padding: .6rem .9rem; background: Canvas; }
.stApp:has(.st-key-progress) [data-testid="stStatusWidget"] { display: none; }
.st-key-language { position: fixed; top: .55rem; right: 3.6rem; z-index: 1000000; width: auto; }
@media (max-width: 640px) {
  [data-testid="stMainBlockContainer"] { padding: 4rem .8rem 2rem; }
}
</style>
"""


def show(first: str = "compare", *, stay: bool = True) -> None:
    """Draw the page that the visitor chose, again and again until its numbers are whole.

    ``first`` is the page for who chose none. Without ``stay`` it is drawn once, as it is now.
    """
    st.set_page_config("Forbear", layout="wide", initial_sidebar_state="collapsed")
    visitor = session()
    visitor.stays = stay
    say = visitor.language.say
    pages = [
        st.Page(
            _with_frame(draw, visitor),
            title=say(f"app.page.{name}"),
            icon=icon,
            url_path=name,
            default=name == first,
        )
        for name, (icon, draw) in PAGES.items()
    ]
    chosen = st.navigation(pages, position="top")
    st.html(STYLE)
    st.html(LANGUAGE.format(TAGS[visitor.code]), unsafe_allow_javascript=True)
    visitor.write_link()
    chosen.run()


def _with_frame(draw: Callable[[Session], None], visitor: Session) -> Callable[[], None]:
    def framed() -> None:
        language(visitor)
        told = st.empty()  # emptied at once, or what is solved would stay until the page is whole
        if visitor.problem:
            with told.container():
                st.error(visitor.language.say("app.not_done"))
                for line in visitor.problem.splitlines():
                    paragraph(line)
        draw(visitor)

    return framed


def language(visitor: Session) -> None:
    """Draw the choice of a language."""
    with st.container(horizontal=True, horizontal_alignment="right", key="language"):
        st.segmented_control(
            visitor.language.say("app.language"),
            CODES,
            default=visitor.code,
            required=True,
            format_func=NAMES_OF_LANGUAGES.__getitem__,
            key="code",
            label_visibility="collapsed",
            on_change=_speak,
            args=(visitor,),
        )


def _speak(visitor: Session) -> None:
    visitor.code = st.session_state["code"]
    visitor.generation += 1
