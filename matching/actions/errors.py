"""What can go wrong in matching."""


class UnableToCurate(Exception):
    """The shortlist cannot be changed like that; the message says why in the reader's language."""
