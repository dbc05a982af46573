"""What can go wrong in matching."""


class UnableToCurate(Exception):
    """The shortlist cannot be changed like that; the message says why in the reader's language."""


class UnableToSetWeights(Exception):
    """The weight policy was refused; the text says why in the reader's language."""
