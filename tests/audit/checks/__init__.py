from pathlib import Path

PAGES = Path(__file__).parents[2] / "pages" / "checks"
"""Pages of a rule each in a folder of its name: `broken-`, `review-`, `sound-`, `advice-….html`."""
