"""``forbear app``: the pages answer, to whom they should, and end when they are told to."""

from __future__ import annotations

import re
import shlex
import signal
import socket
import subprocess
import sys
import tomllib
from http import HTTPStatus
from pathlib import Path
from urllib.request import urlopen

import pytest
from browser import serving

from sim.doors.cli.app import page, settings
from sim.doors.cli.main import OK, WRONG_INPUT, main

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def examples():
    from sim.doors.cli.app import EXAMPLES

    return [
        shlex.split(line) for line in re.findall(r"^ +forbear app(.*)$", EXAMPLES, re.MULTILINE)
    ]


def test_every_example_of_the_help_text_serves_until_ctrl_c(examples):
    assert examples
    for options in examples:
        with serving(*options) as (address, server):
            assert urlopen(address, timeout=10).status == HTTPStatus.OK
            server.send_signal(signal.SIGINT)
            assert server.wait(30) == OK


def test_where_it_cannot_be_served_the_input_is_wrong():
    with socket.socket() as used:
        used.bind(("localhost", 0))
        used.listen()
        for place in (
            [f"--port={used.getsockname()[1]}"],
            ["--address=203.0.113.7"],  # kept for documents: nobody's
        ):
            command = [sys.executable, "-m", "sim", "app", "--no-browser", *place]
            ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
            assert ended.returncode == WRONG_INPUT, ended.stderr
            assert "not available" in ended.stderr or "cannot be served" in ended.stderr


def test_the_server_is_told_what_the_checkout_tells_its_own():
    told = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    assert settings()["server.maxUploadSize"] == told["server"]["maxUploadSize"]
    assert settings()["theme.dark.primaryColor"] == told["theme"]["dark"]["primaryColor"]
    assert not settings()["server.showEmailPrompt"]
    assert page() == ROOT / "app.py"


@pytest.mark.parametrize("port", ["0", "65536", "http", "-1", "8.5"])
def test_what_is_no_port_is_refused(port, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["app", f"--port={port}"])
    assert ended.value.code == WRONG_INPUT
    assert "is not a port" in capsys.readouterr().err
