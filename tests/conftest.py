"""What holds for every test: repeatable examples in CI, and no silent overflow or NaN."""

import os

import numpy as np
from hypothesis import settings

settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("here", deadline=None)  # the cores may be busy elsewhere
settings.load_profile("ci" if os.environ.get("CI") else "here")

np.seterr(all="raise")
