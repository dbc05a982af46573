"""Pages of the tests."""

from assessments.views.accommodations import accommodations
from assessments.views.confirmation import confirmation
from assessments.views.flag import flag
from assessments.views.item import item
from assessments.views.media import media, practice_media
from assessments.views.overview import overview
from assessments.views.practice import practice
from assessments.views.result import result
from assessments.views.start import start

__all__ = [
    "accommodations",
    "confirmation",
    "flag",
    "item",
    "media",
    "overview",
    "practice",
    "practice_media",
    "result",
    "start",
]
