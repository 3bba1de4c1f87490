"""The same numbers on any processor: NumPy's special instructions change no bit."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[1]
RUN = ["run", "shipped:relief_options", "--no-record", "--quiet", "--jobs", "1"]
SMALL = ["--replicas", "2", "--borrowers", "400", "--months", "8"]


def digest(**environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "sim", *RUN, *SMALL],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"} | environment,
        check=True,
    )
    return done.stdout.splitlines()[-1]


def dispatched() -> list[str]:
    """The processor features that this NumPy would use here beyond what it was built for."""
    return list(np.show_config(mode="dicts")["SIMD Extensions"].get("found", []))


def test_without_special_instructions_the_digest_is_the_same() -> None:
    features = dispatched()
    plain = digest(NPY_DISABLE_CPU_FEATURES=" ".join(features)) if features else digest()
    assert plain == digest()
    assert plain.startswith("digest ")


def test_the_digest_is_the_known_one() -> None:
    """Known bits of a whole run: change this only with a change of the model, and say so."""
    assert digest() == KNOWN


KNOWN = "digest 4b5da7f21f37ad707e40eeff33b128fa1eb644e326f52aedd3babd9451652c1f"
