"""``python -m zi_workflow`` is ``zi``."""

from __future__ import annotations

import sys

from zi_workflow.cli.utama import main

if __name__ == "__main__":
    sys.exit(main())
