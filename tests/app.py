"""The browser's pages without a browser: a visitor opens a page and waits for its comparison."""

from __future__ import annotations

import time
from pathlib import Path
from tempfile import TemporaryDirectory

from streamlit.testing.v1 import AppTest

SECONDS = 60.0

SCRIPT = """\
if __name__ == "__main__":  # worker processes import this file, too
    from sim.doors.dashboard.main import show

    show(first={page!r}, stay=False)
"""

_scripts = TemporaryDirectory(prefix="forbear-pages-")


def visit(page: str = "compare", **said: str) -> AppTest:
    """Return a visitor's page, drawn once; ``said`` is what the link says."""
    script = Path(_scripts.name, f"{page}.py")
    script.write_text(SCRIPT.format(page=page))
    app = AppTest.from_file(str(script), default_timeout=SECONDS)
    for key, value in said.items():
        app.query_params[key] = value
    return drawn(app)


def drawn(app: AppTest) -> AppTest:
    """Return the page, drawn again without an error."""
    app.run()
    assert not app.exception, app.exception
    return app


def settled(app: AppTest) -> AppTest:
    """Return the page when its comparison is over."""
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        drawn(app)
        if not any(button.key == "cancel" for button in app.button):
            return app
        time.sleep(0.1)
    raise AssertionError("the comparison did not end")


def text_of(app: AppTest) -> str:
    """Return what the page says outside of widgets."""
    html = [each.proto.body for each in app.get("html")]
    kinds = ("text", "markdown", "error", "warning", "code")
    return "\n".join(html + [str(each.value) for kind in kinds for each in app.get(kind)])


def widget(app: AppTest, kind: str, ending: str):
    """Return the only widget of a kind whose key ends so, whatever its generation."""
    (found,) = [each for each in getattr(app, kind) if str(each.key).endswith(ending)]
    return found
