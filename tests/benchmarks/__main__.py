"""``python -m tests.benchmarks`` prints how fast and how large the engine is."""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]  # as pytest finds these modules

if __name__ == "__main__":  # worker processes import this module under another name
    from table import main

    sys.exit(main())
