"""What can go wrong when an employer's data is written."""

from collections.abc import Sequence


class UnableToApply(Exception):
    """The user already belongs to an employer, has a candidate profile, or is platform staff."""


class ImpossibleFacts(Exception):
    """More people stand by country than the company has."""


class ForbiddenWords(Exception):
    """What the company says about itself holds words that cannot be published; `words` are they."""

    def __init__(self, words: Sequence[str]) -> None:
        super().__init__(", ".join(words))
        self.words = words


class ChangedMeanwhile(Exception):
    """Another member saved the company's facts after this page was opened."""


class UnableToDecide(Exception):
    """The employer is not in a state that this decision can follow (its text), or the reason is missing."""


class OpenAppeal(UnableToDecide):
    """The employer has appealed: another recruiter than who refused decides, as a judgement of the appeal."""


class NotAnOwner(Exception):
    """Only an owner of the employer may do this, and the person is none, or none any more."""


class AlreadyMember(Exception):
    """Somebody with this address works for the employer already."""


class TooManyInvitations(Exception):
    """The employer has invited as many people as it may in one day."""


class InvitationGone(Exception):
    """The invitation was used, taken back, replaced by a newer one, or has expired."""


class OtherAddress(Exception):
    """The invitation was sent to an address that the person has not confirmed as theirs."""


class LastOwner(Exception):
    """The employer would be left without an owner."""


class TooManyTokens(Exception):
    """The employer has as many tokens in use as it may have."""


class MadeAlready(Exception):
    """The form was sent before: what it made is there, and its secret was shown then."""


class TokenGone(Exception):
    """The token was revoked before, or is not this employer's."""


class KeyReused(Exception):
    """The key of a request was used before, for another request."""


class UnableToSend(Exception):
    """Webhooks cannot be sent to this address; its text says why in the reader's language."""


class TooManyEndpoints(Exception):
    """The employer has as many addresses for webhooks as it may have."""


class EndpointGone(Exception):
    """The address, or the delivery, is not there (any more)."""


class RotatedAlready(Exception):
    """A new secret was made so shortly before that the old one is still valid."""


class UnableToAppeal(Exception):
    """There is no refusal to appeal against, or not any more. `already` when the appeal was made before."""

    def __init__(self, sentence: str, *, already: bool = False) -> None:
        super().__init__(sentence)
        self.already = already


class UnableToJudge(Exception):
    """The appeal has ended, its answer is missing, or the recruiter is the one who refused."""
