"""``python -m sim`` does what ``forbear`` does."""

import sys

from sim.doors.cli.main import main

if __name__ == "__main__":  # worker processes import this module under another name
    sys.exit(main())
