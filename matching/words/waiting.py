"""Why somebody who fits stands below those who are shown now: the same for either side, said to each."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matching.enums import Waiting


def waiting_reason(why: str, most: int) -> str:
    """`most`: on how many shortlists one person is shown at once."""
    match why:
        case Waiting.BUSY:
            return ngettext(
                "Also fits; now shown on %(most)s other shortlist at least, enough for one person. Moves up when a place frees.",
                "Also fits; now shown on %(most)s other shortlists at least, enough for one person. Moves up when a place frees.",
                most,
            ) % {"most": most}
        case Waiting.FULL:
            return _("Also fits; the places shown first are taken. Moves up when one of them frees.")
        case Waiting.QUIET:
            return _("Also fits; others are shown first for the time being.")
        case _:
            return _(
                "Also fits; new since the places were last shared out. The next round follows in minutes."
            )


def waiting_reason_you(why: str, most: int) -> str:
    """The same, said to the person."""
    match why:
        case Waiting.BUSY:
            return ngettext(
                "You wait for a place shown first: you are on %(most)s other shortlist at least, enough for one person.",
                "You wait for a place shown first: you are on %(most)s other shortlists at least, enough for one person.",
                most,
            ) % {"most": most}
        case Waiting.FULL:
            return _("You wait for a place shown first: they are taken. You move up when one of them frees.")
        case Waiting.QUIET:
            return _(
                "An invitation passed without an answer from you, so others are shown first for now. "
                "Say on your home page that you are there, and you stand among them again in minutes."
            )
        case _:
            return _("You are new on this list; the places are shared out again in minutes.")
