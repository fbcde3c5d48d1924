"""Let a site's visitors size the text and colour the page."""

from .errors import VydnoError
from .preferences import PREFERENCES, Preference, Preferences

__all__ = ["PREFERENCES", "Preference", "Preferences", "VydnoError", "__version__"]

__version__ = "0.1.0"
