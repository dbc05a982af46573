"""What can go wrong when an employer's data is written."""


class UnableToApply(Exception):
    """The user already belongs to an employer, has a candidate profile, or is platform staff."""


class ImpossibleFacts(Exception):
    """More people stand by country than the company has."""


class ChangedMeanwhile(Exception):
    """Another member saved the company's facts after this page was opened."""


class UnableToDecide(Exception):
    """The employer is not in a state that this decision can follow (its text), or the reason is missing."""
