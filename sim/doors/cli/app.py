"""``forbear app``: open the browser's pages on this machine."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from pathlib import Path

import sim

EXAMPLES = """\
examples:
  forbear app
  forbear app --port 8600 --no-browser
  forbear app --address 0.0.0.0

The pages answer to this machine alone, unless --address says otherwise: whoever reaches them can
have it simulate. Ctrl-C ends it.
"""

WRONG_INPUT = 2


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """``app`` is among the commands."""
    parser = commands.add_parser(
        "app",
        help="tune policies in a browser",
        description="Start a server on this machine and open its pages in a browser: policies as\n"
        "cards with their levers, charts, stories, evidence.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--port", type=port, default=8501, metavar="N", help="default %(default)s")
    parser.add_argument(
        "--address",
        default="localhost",
        metavar="HOST",
        help="who may reach it, default %(default)s",
    )
    parser.add_argument("--no-browser", action="store_true", help="open no browser")
    parser.set_defaults(command=run)


def port(text: str) -> int:
    """Return the number of a port."""
    if not text.isdecimal() or not 1 <= int(text) <= 65_535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port, a whole number from 1 to 65535")
    return int(text)


def run(chosen: argparse.Namespace) -> int:
    """Serve until Ctrl-C; 2 where it cannot be served there."""
    from streamlit.web import cli

    from sim.parameter import ForbearError

    options = {
        "server.port": chosen.port,
        "server.address": chosen.address,
        "server.headless": chosen.no_browser,
    } | settings()
    flags = [f"--{key}={_written(value)}" for key, value in options.items()]
    try:
        cli.main(["run", str(page()), *flags], standalone_mode=False)
    except SystemExit as ended:  # so it ends where the port is used, having said so
        return WRONG_INPUT if ended.code else 0
    except OSError as error:
        reason = error.strerror or error
        raise ForbearError(f"--address {chosen.address}: cannot be served: {reason}") from error
    return 0


def page() -> Path:
    """Return the file that the server runs: installed with the package, or in the checkout."""
    return _beside("app.py", "app.py")


def settings() -> dict[str, object]:
    """Return what the server is told, by dotted key: what ``.streamlit/config.toml`` says."""
    import tomllib

    text = _beside("streamlit.toml", ".streamlit/config.toml").read_text("utf-8")
    return dict(_dotted(tomllib.loads(text)))


def _dotted(table: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, object]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _dotted(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def _beside(installed: str, in_checkout: str) -> Path:
    package = Path(sim.__file__).parent
    path = package / installed
    return path if path.exists() else package.parent / in_checkout


def _written(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
