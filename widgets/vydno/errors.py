"""The one base class of the errors that a user can mend."""


class VydnoError(ValueError):
    """One sentence: what was wrong, what is valid, what to do."""
