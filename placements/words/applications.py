"""Applications in plain words, as the person reads them."""

from typing import Any, Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from placements.enums import ApplicationState, EndReason, Side
from placements.models import Application, ApplicationLog

_STEPS: Final = {
    (ApplicationState.INVITED, Side.EMPLOYER): _("%(employer)s invited you"),
    (ApplicationState.INTERESTED, Side.CANDIDATE): _("You showed interest"),
    (ApplicationState.BOTH_INTERESTED, Side.CANDIDATE): _("You said yes to the invitation"),
    (ApplicationState.BOTH_INTERESTED, Side.EMPLOYER): _("%(employer)s is interested, too"),
    (ApplicationState.IN_INTERVIEW, Side.EMPLOYER): _("%(employer)s wants to talk with you"),
    (ApplicationState.OFFERED, Side.EMPLOYER): _("%(employer)s offers you the work"),
    (ApplicationState.HIRED, Side.CANDIDATE): _("You accepted the offer"),
    (ApplicationState.DECLINED, Side.CANDIDATE): _("You said no"),
    (ApplicationState.DECLINED, Side.EMPLOYER): _("%(employer)s said no"),
    (ApplicationState.WITHDRAWN, Side.CANDIDATE): _("You withdrew"),
    (ApplicationState.WITHDRAWN, Side.EMPLOYER): _("%(employer)s took back what it had said"),
}
_NO: Final = {
    (Side.CANDIDATE, Side.CANDIDATE): _("you said no"),
    (Side.CANDIDATE, Side.EMPLOYER): _("the employer said no"),
    (Side.EMPLOYER, Side.EMPLOYER): _("you said no"),
    (Side.EMPLOYER, Side.CANDIDATE): _("they said no"),
}
"""{(who reads, who said no): the words}."""
_ENDED: Final = _("The marketplace ended this application")

_NOW: Final = {
    ApplicationState.INVITED: _("%(employer)s invites you. Would you like this work?"),
    ApplicationState.INTERESTED: _("%(employer)s has your interest and owes you an answer."),
    ApplicationState.BOTH_INTERESTED: _("You are both interested. %(employer)s owes you the next step."),
    ApplicationState.IN_INTERVIEW: _("You are talking with each other. %(employer)s owes you an answer."),
    ApplicationState.OFFERED: _("%(employer)s offers you the work. Do you take it?"),
    ApplicationState.HIRED: _("You have this work. Congratulations!"),
}

_ENDED_BY_YOU: Final[dict[str, Any]] = {
    EndReason.CANDIDATE_SILENT: _("you did not answer in time"),
    EndReason.HIRED_ELSEWHERE: _("you were hired for another vacancy"),
    EndReason.UNLISTED: _("you are no longer listed"),
    EndReason.LEFT: _("you left the platform"),
}


def state_words(application: Application, reader: Side) -> str:
    """The state in a few words, for the side that reads them: a no says whose it was, or why the marketplace ended it."""
    if application.state != ApplicationState.DECLINED:
        return application.get_state_display()
    said_no = _NO.get((reader, Side(application.ended_by)))
    return str(said_no) if said_no else application.reason_words


def end_words(ended: Application | ApplicationLog) -> str:
    """Why it ended, said to the person; empty where no reason was given or needed."""
    about_you = _ENDED_BY_YOU.get(ended.reason)
    return str(about_you) if about_you else ended.reason_words


def step_words(step: ApplicationLog, employer: str) -> str:
    """Who did what, as a headline of the timeline."""
    found = _STEPS.get((ApplicationState(step.state), Side(step.side)), _ENDED)
    return str(found) % {"employer": employer}


def now_words(application: Application) -> str:
    """Where it stands and whose turn it is; for an ended one, who ended it."""
    state, employer = ApplicationState(application.state), application.employer.name
    if state in _NOW:
        return str(_NOW[state]) % {"employer": employer}
    ended = _STEPS.get((state, Side(application.ended_by)), _ENDED)
    return gettext("%(what)s.") % {"what": str(ended) % {"employer": employer}}
