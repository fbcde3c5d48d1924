"""The tests. `python3 -m tests` sets itself up and runs them all."""

import demo  # noqa: F401  (turns away a Python that is too old to read the rest)
