"""From the words and the markup of a text to the Creative Commons licenses that it grants, with evidence."""

from service.core.detection.detector import detect
from service.core.detection.findings import Detected, Detection, Evidence
from service.core.detection.reservation import find_reservation, reserves_all
from service.core.detection.restrictions import restricts
from service.core.detection.scopes import find_scopes

__all__ = [
    "Detected",
    "Detection",
    "Evidence",
    "detect",
    "find_reservation",
    "find_scopes",
    "reserves_all",
    "restricts",
]
