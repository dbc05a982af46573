"""What is looked at when a person looks at a session."""

from collections import Counter
from collections.abc import Sequence

from django.db.models import QuerySet

from assessments.engine.levels import edges
from assessments.engine.person_fit import answer_fit
from assessments.engine.response_model import parameter_rows
from assessments.enums import BankKind, ConfirmationState, FlagState
from assessments.models import ConfirmationTest, IntegrityFlag, Item, Measurement, Response, Session
from assessments.rules.integrity import TimedAnswer
from candidates.models import Candidate


def answers_of(session: Session) -> list[TimedAnswer]:
    """The answers that counted in a session, with their times. One query."""
    rows = (
        session.responses.filter(scored=True)
        .exclude(answered_at=None)
        .select_related("item")
        .order_by("position")
    )
    return [
        TimedAnswer((row.answered_at - row.given_at).total_seconds(), words_of(row.item), bool(row.correct))
        for row in rows
        if row.answered_at
    ]


def answer_fit_of(session: Session) -> float | None:
    """lz* of the answers that counted, with the parameters that the session was scored by; None where it says nothing.

    Only sessions of languages: in the short ones of skills, with partial credit, honest answers look odd too often.
    """
    if session.bank.kind != BankKind.LANGUAGE:
        return None
    scored = session.responses.filter(scored=True).exclude(answered_at=None).order_by("position")
    answered = [
        (code, credit)
        for code, credit in scored.values_list("item__code", "credit")
        if code in session.parameters
    ]
    scale = edges(session.cuts)
    found = answer_fit(
        parameter_rows([session.parameters[code] for code, _ in answered]),
        [credit or 0 for _, credit in answered],
        prior_mean=(scale[0] + scale[-1]) / 2,
        prior_sd=(scale[-1] - scale[0]) / 2,
    )
    return found.lz_star if found else None


def words_of(item: Item) -> int:
    """Words that have to be read to answer an item: its text, its question and its options."""
    return sum(len(text.split()) for text in (item.text, item.prompt, *_texts(item.options)))


def _texts(options: object) -> list[str]:
    """Options are texts, or lists of them where an item has several gaps."""
    if isinstance(options, str):
        return [options]
    if isinstance(options, Sequence):
        return [text for option in options for text in _texts(option)]
    return []


def noted_in(responses: Sequence[Response]) -> Counter[str]:
    """What the page noted in a session, added up."""
    total: Counter[str] = Counter()
    for row in responses:
        total.update(row.noted)
    return total


def measured_by(session: Session) -> Measurement | None:
    """The result that a session gave, or for a confirmation test the one that it was to confirm."""
    confirmation = ConfirmationTest.objects.filter(session=session).select_related("measurement").first()
    if confirmation:
        return confirmation.measurement
    return Measurement.objects.filter(session=session).first()


def flags_of(candidate: Candidate) -> QuerySet[IntegrityFlag]:
    """The person's own flags, the newest first."""
    return (
        IntegrityFlag.objects.filter(session__candidate=candidate)
        .select_related("session__bank__language", "session__bank__skill")
        .defer("session__parameters", "session__areas")
        .order_by("-raised_at", "-pk")
    )


def open_flags(candidate: Candidate) -> list[IntegrityFlag]:
    """Flags that nobody has decided yet."""
    return list(flags_of(candidate).filter(state=FlagState.OPEN))


def flags_to_decide() -> QuerySet[IntegrityFlag]:
    """Flags that nobody has decided yet, the longest waiting first."""
    return (
        IntegrityFlag.objects.filter(state=FlagState.OPEN)
        .select_related("session__bank", "session__candidate")
        .defer("session__parameters", "session__areas")
        .order_by("raised_at", "pk")
    )


def confirmations_of(candidate: Candidate) -> QuerySet[ConfirmationTest]:
    """Confirmation tests that were ever asked of the person."""
    return (
        ConfirmationTest.objects.filter(measurement__candidate=candidate)
        .select_related(
            "measurement__session__bank__language", "measurement__session__bank__skill", "session"
        )
        .defer("measurement__session__parameters", "measurement__session__areas", "session__parameters")
    )


def asked_confirmations(candidate: Candidate) -> list[ConfirmationTest]:
    """Confirmation tests that wait for the person."""
    return list(confirmations_of(candidate).filter(state=ConfirmationState.ASKED))
