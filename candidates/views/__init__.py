"""Pages of a candidate's own profile."""

from candidates.views.listing import listing
from candidates.views.profile import profile
from candidates.views.start import start
from candidates.views.steps import step

__all__ = ["listing", "profile", "start", "step"]
