"""How long an invitation to a test stands."""

from datetime import timedelta
from typing import Final

AGAIN_AFTER: Final = timedelta(days=30)
"""A person is written to about a test, and invited for the same vacancy again, only after that."""
SHOWN_FOR: Final = timedelta(days=60)
"""How long an invitation is shown, to the person and to who invited."""
