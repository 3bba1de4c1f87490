"""What one visitor is at: a draft, its comparison on the way, a language; shared with nobody.

What they do share is the office: its workers, and results that are kept by their content.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Final, TypeVar, cast
from weakref import finalize

import streamlit as st

from sim.doors.cli.options import usable_processors
from sim.doors.dashboard.bounds import too_large
from sim.doors.dashboard.link import LinkError, packed, unpacked
from sim.experiment.compare import Comparison
from sim.experiment.live import Live, Office
from sim.parameter import ForbearError
from sim.scenario.draft import Draft
from sim.scenario.files import shipped_folder
from sim.scenario.problems import ScenarioError
from sim.show.language import CODES, Code, Language

T = TypeVar("T")

FIRST_QUESTION: Final = "relief_options"
KEY: Final = "forbear"
MOST_STEPS_BACK: Final = 50


@st.cache_resource(show_spinner=False)
def office() -> Office:
    """Return the office of this server."""
    return Office(usable_processors())


@cache
def shipped(question: str) -> Draft:
    """Return the draft of a shipped question, read once; ScenarioError if there is none."""
    return Draft.shipped(question)


def questions() -> list[str]:
    """Return the names of the shipped questions, the main comparison first."""
    names = sorted(path.stem for path in shipped_folder().glob("*.toml"))
    return sorted(names, key=lambda name: name != FIRST_QUESTION)


class Session:
    """One visitor."""

    def __init__(self) -> None:
        """Begin with the main comparison."""
        self.code: Code = "en"
        self.question: str | None = FIRST_QUESTION
        """The shipped question that the draft began with; None for a file of the visitor's own."""
        self.draft = shipped(FIRST_QUESTION)
        self.before: list[Draft] = []
        """What the draft was, for who wants to go back."""
        self.generation = 0
        """Widgets of another generation are other widgets: they show what the draft says."""
        self.problem: str | None = None
        """Why the last thing asked for was not done."""
        self.live: Live | None = None
        self.leave: Callable[[], object] = lambda: None
        """Stops what is on its way; called, too, when the visitor is gone."""
        self._made_of: Comparison | None = None
        self._made: dict[object, object] = {}
        self.shown: Comparison | None = None
        """The last picture there was, perhaps of another draft."""
        self.stays = True
        """Whether a page that waits for numbers stays until they are there."""

    @property
    def language(self) -> Language:
        """The visitor's language, and the currency of the draft."""
        return Language(self.code, self.draft.scenario.world.currency)

    @property
    def origin(self) -> Draft | None:
        """The shipped question that the draft began with, as it was."""
        return None if self.question is None else shipped(self.question)

    def change(self, draft: Draft, *, redraw: bool = True) -> None:
        """Go on with another draft, unless something is wrong with it: then say what.

        Widgets are made anew unless not to be redrawn, because they show what is asked for already.
        """
        try:
            problem = too_large(draft.scenario, self.language)
        except ScenarioError as error:
            problem = str(error)
        self.problem = problem
        if problem is None:
            self.before = [*self.before, self.draft][-MOST_STEPS_BACK:]
            self.draft = draft
            self.running()  # at once: the page is drawn while the workers simulate
        if redraw or problem is not None:
            self.generation += 1

    def put(self, key: str, value: object) -> None:
        """Go on with another value for a dotted key; that of a policy that is gone does nothing."""
        owner = key.partition(".")[0]
        if owner in ("world", *self.draft.policies):
            self.change(self.draft.put(key, value), redraw=False)

    def undo(self) -> None:
        """Go back to what the draft was before the last change."""
        if self.before:
            self.draft = self.before.pop()
            self.problem = None
            self.generation += 1

    def ask(self, question: str) -> None:
        """Begin anew with a shipped question."""
        self._begin(shipped(question), question)

    def bring(self, content: bytes, name: str) -> None:
        """Begin anew with a file of the visitor's own, unless something is wrong with it."""
        try:
            draft = Draft.read(content, name)
        except ScenarioError as error:
            self.problem = str(error)
            return
        self._begin(draft, None)

    def comparison(self) -> Comparison | None:
        """Return the latest picture; it is of the draft unless ``is_outdated``."""
        live = self.running()
        if live.latest is not None:
            self.shown = live.latest
        return self.shown

    def once(self, comparison: Comparison, name: object, make: Callable[[], T]) -> T:
        """Return what ``make`` gives for a picture; made once, however often it is looked at."""
        if self._made_of is not comparison:
            self._made_of, self._made = comparison, {}
        if name not in self._made:
            self._made[name] = make()
        return cast(T, self._made[name])

    @property
    def is_outdated(self) -> bool:
        """Whether the last picture is of what was asked before."""
        return self.live is None or self.live.latest is None

    def running(self) -> Live:
        """Return the comparison of the draft, begun now if it has not been; any other is left."""
        scenario = self.draft.scenario
        if self.live is None or self.live.scenario != scenario:
            self.leave()
            self.live = office().begin(scenario)
            self.leave = finalize(self, self.live.stop)
        return self.live

    def again(self) -> None:
        """Begin the comparison of the draft once more, after it was stopped or broke."""
        self.live = None

    def read_link(self) -> None:
        """Begin with what the address of the page says."""
        said = st.query_params
        if said.get("lang") in CODES:
            self.code = cast(Code, said["lang"])
        question, change = said.get("question", FIRST_QUESTION), said.get("change", "")
        own = said.get("file", "")
        try:
            if own:
                self._begin(unpacked(own, None), None)
            else:
                origin = shipped(question)
                self._begin(unpacked(change, origin) if change else origin, question)
        except (LinkError, ScenarioError) as error:
            self.problem = str(error)

    def write_link(self) -> None:
        """Have the address of the page say what the visitor sees."""
        said = self.link() or {"lang": self.code}  # no link is better than one to something else
        if said != dict(st.query_params):
            st.query_params.from_dict(said)

    def link(self) -> dict[str, str] | None:
        """Return what a link to this page says; None where that is too long for a link."""
        try:
            if self.question is None:
                said = {"file": packed(self.draft, None)}
            else:
                said = {"question": self.question, "change": packed(self.draft, self.origin)}
        except LinkError:
            return None
        return {key: value for key, value in said.items() if value} | {"lang": self.code}

    def _begin(self, draft: Draft, question: str | None) -> None:
        problem = too_large(draft.scenario, self.language)
        self.problem = problem
        if problem is None:
            self.draft, self.question = draft, question
            self.before = []
            self.shown = None
        self.generation += 1


def session() -> Session:
    """Return the visitor's session, begun with what the address of the page says."""
    if KEY not in st.session_state:
        begun = Session()
        begun.read_link()
        st.session_state[KEY] = begun
    return cast(Session, st.session_state[KEY])


def error_in_words(error: Exception, language: Language) -> str:
    """Return what went wrong, for a visitor."""
    said = str(error) if isinstance(error, ForbearError) else f"{type(error).__name__}: {error}"
    return language.say("app.broke", reason=" ".join(said.split()))
