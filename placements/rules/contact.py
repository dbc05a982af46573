"""Ways to reach somebody in a text, which nobody needs before both sides are interested."""

import re

# Bounded, as an address is: in a text made of one endless word, every sign would look through all of the rest.
ADDRESS = re.compile(
    r"[\w.+-]{1,64}\s?(?:@|\(at\)|\[at\])\s?[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}", re.IGNORECASE
)
LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
TELEPHONE = re.compile(r"(?<![\w€$£.,])(?:\+|00|0)\d(?:[\s()/.-]{0,2}\d){7,13}(?!\d)")


def contact_in(text: str) -> list[str]:
    """Mail addresses, links and telephone numbers as they stand in `text`, in that order; empty when there are none."""
    return [found.group().strip() for kind in (ADDRESS, LINK, TELEPHONE) for found in kind.finditer(text)]
