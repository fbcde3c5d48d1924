"""The demo: a municipal site that shows the controls at work. `python3 -m demo` serves it."""

import sys

# The first file that both commands load, so it must parse on the Pythons that it turns away.
if sys.version_info < (3, 11):  # noqa: UP036
    sys.stderr.write(
        "Vydno needs Python 3.11 or later, and this is Python "
        + sys.version.split()[0]
        + ". Run the command with a newer one, for example: python3.11 -m ...\n"
    )
    sys.exit(2)
