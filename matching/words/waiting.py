"""Why somebody who fits stands below those who are shown now, in one sentence for either side."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matching.enums import Waiting


def waiting_reason(why: str, most: int) -> str:
    """`most`: on how many shortlists one person is shown at once."""
    match why:
        case Waiting.BUSY:
            return ngettext(
                "Also fits; now shown on %(most)s other shortlist, the most for one person. Moves up when a place frees.",
                "Also fits; now shown on %(most)s other shortlists, the most for one person. Moves up when a place frees.",
                most,
            ) % {"most": most}
        case Waiting.FULL:
            return _("Also fits; the places shown first are taken. Moves up when one of them frees.")
        case _:
            return _(
                "Also fits; new since the places were last shared out. The next round follows in minutes."
            )
