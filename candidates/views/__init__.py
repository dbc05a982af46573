"""Pages of a candidate's own profile."""

from candidates.views.listing import listing
from candidates.views.profile import profile
from candidates.views.quiet import here_again
from candidates.views.reservations import reservations
from candidates.views.start import start
from candidates.views.staying import pause, stay
from candidates.views.steps import step

__all__ = ["here_again", "listing", "pause", "profile", "reservations", "start", "stay", "step"]
