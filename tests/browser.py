"""A server of the pages and a real browser, for tests that do what a person does."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

REPOSITORY = Path(__file__).parents[1]
PATIENCE = 60_000
"""Milliseconds: a test that waits so long has failed."""


def chromium() -> str | None:
    """Return where a Chromium is, None where there is none."""
    return os.environ.get("FORBEAR_CHROMIUM") or shutil.which("chromium") or None


@contextmanager
def serving(*options: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Serve the pages, as ``forbear app`` does; give their address and the server."""
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "sim", "app", *options, "--no-browser", "--port", str(port)]
    address = f"http://localhost:{port}"
    with subprocess.Popen(
        command, cwd=REPOSITORY, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as server:
        try:
            _wait_for(f"{address}/_stcore/health", server)
            yield address, server
        finally:
            server.terminate()
            try:
                server.wait(30)
            except subprocess.TimeoutExpired:
                server.kill()
                raise


def _wait_for(address: str, server: subprocess.Popen[str]) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if server.poll() is not None:
            raise AssertionError(f"the server ended: {server.stdout.read()}")
        try:
            urlopen(address, timeout=1)
            return
        except (URLError, OSError):
            time.sleep(0.1)
    raise AssertionError("the server does not answer")


@contextmanager
def browsing() -> Iterator:
    """Give a Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


AT_REST = """() => {
    const whole = document.querySelector('[data-test-script-state="notRunning"] p.verdict')
        && !document.querySelector("p.outdated, .st-key-cancel, [data-testid=stSkeleton]");
    const height = document.querySelector('[data-testid="stMainBlockContainer"]')?.offsetHeight;
    if (!whole || height !== window.heightAtRest) window.atRestSince = Date.now();
    window.heightAtRest = height;
    return Date.now() - window.atRestSince > 400;
}"""
"""Whether nothing is drawn, loaded or moves for a moment: a page rests between two runs, too."""


def answered(page) -> str:
    """Return the verdict, once every replica is in and the page is drawn."""
    page.wait_for_function(AT_REST, timeout=PATIENCE)
    return page.locator("p.verdict").inner_text()


def unfold(page, title: str) -> None:
    """Open what is folded under a title, and wait until nothing moves any more."""
    page.get_by_text(title).click()
    answered(page)


def lever(page, policy: str, number: int):
    """Return the thumb of a policy's lever, numbered from 0."""
    card = page.locator(f".st-key-card-{policy}")
    return card.get_by_test_id("stSlider").nth(number).locator("input")


def numbers(text: str) -> list[str]:
    """Return the numbers that a text says."""
    return re.findall(r"[-+]?\d[\d,]*\.?\d*", text)
