"""What a screen reader says: a real one, on a desktop of its own, listening to a real browser."""

from .parts import MissingPartsError
from .recorder import Spoken
from .screen_reader import ListenError, ScreenReader, Step

__all__ = ["ListenError", "MissingPartsError", "ScreenReader", "Spoken", "Step"]
