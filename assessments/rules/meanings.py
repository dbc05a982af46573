"""What a level means, in our own words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reference.enums import CEFRLevel

READING_AND_USE: Mapping[int, Promise] = {
    CEFRLevel.A1: _(
        "You find names, prices and times in short, simple messages, and know the first words and forms."
    ),
    CEFRLevel.A2: _(
        "You understand short, everyday messages from customers and write simple sentences in reply."
    ),
    CEFRLevel.B1: _(
        "You follow what a customer tells in plain language and can explain the next steps clearly."
    ),
    CEFRLevel.B2: _(
        "You understand requests that are only hinted at, and answer complaints with the right tact."
    ),
    CEFRLevel.C1: _(
        "You read between the lines of long or careful texts and choose tone and wording with ease."
    ),
    CEFRLevel.C2: _(
        "You catch the finest differences in meaning and reword difficult texts without losing any."
    ),
}
"""Level of reading and use of language in customer contact, after the illustrative scales of the CEFR."""
