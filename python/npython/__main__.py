"""`python -m npython` is the command `npython`."""

from __future__ import annotations

import sys

from npython.cli import main

if __name__ == "__main__":
    sys.exit(main())
