"""What a written reply may be."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessments.enums import RatedKind

MOST_CHARACTERS = {RatedKind.EMAIL: 5_000, RatedKind.CHAT: 1_000, RatedKind.SPOKEN: 0}
MOST_PASTED = 1_000_000
"""Where the count of pasted characters stops."""


def flaw_of_reply(text: str, kind: str, *, complete: bool) -> Promise | None:
    """What is wrong with a text, in the writer's words; a draft may be empty, what is `complete` may not."""
    if len(text) > MOST_CHARACTERS[RatedKind(kind)]:
        if kind == RatedKind.CHAT:
            return _("A chat message has at most 1,000 characters. Yours is kept here; make it shorter.")
        return _("A mail has at most 5,000 characters here. Yours is kept here; make it shorter.")
    if complete and not text.strip():
        return _("Write your answer first.")
    return None
