"""What can go wrong when an employer's data is written."""


class UnableToApply(Exception):
    """The user already belongs to an employer, or has a candidate profile."""


class UnableToDecide(Exception):
    """The employer is not in a state that this decision can follow, or the reason is missing."""
