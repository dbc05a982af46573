"""How an employer and a person stand, in words, chips and buttons: `{% load deciding %}`."""

from datetime import date

from django import forms, template
from django.utils import translation
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.models import User
from common.templatetags.ui import chip
from placements.enums import ApplicationState, EmployerReason, Side
from placements.models import Application, ApplicationLog
from placements.queries.person_of_vacancy import PersonOfVacancy

register = template.Library()

TONES = {
    ApplicationState.BOTH_INTERESTED: "accent",
    ApplicationState.IN_INTERVIEW: "accent",
    ApplicationState.OFFERED: "accent",
    ApplicationState.HIRED: "accent",
    ApplicationState.DECLINED: "hollow",
    ApplicationState.WITHDRAWN: "hollow",
    ApplicationState.EXPIRED: "hollow",
}


@register.simple_tag
def standing_chip(application: Application) -> SafeString:
    """The state of an application as a chip."""
    tone = TONES.get(ApplicationState(application.state), "")
    return chip(application.get_state_display(), tone=tone)


@register.simple_tag
def promise_words(application: Application, today: date) -> SafeString | str:
    """Who owes the next answer until when, as the employer reads it; a date that has passed is marked."""
    due = application.promise_on
    if due is None:
        return ""
    day = date_format(due, "D j M Y")
    if application.owed_by == Side.EMPLOYER:
        if due < today:
            return chip(
                _("your answer was promised for %(day)s") % {"day": day}, tone="attention", icon="clock"
            )
        return _("You promised an answer by %(day)s.") % {"day": day}
    if due < today:
        return _("Their answer was due on %(day)s.") % {"day": day}
    return _("They answer by %(day)s.") % {"day": day}


@register.filter
def step_words(line: ApplicationLog, reader: str) -> str:
    """Who did what, as the reader's side says it: "You invited them", "They are interested"."""
    if line.side == Side.PLATFORM:
        return _("The platform ended it")
    mine = line.side == reader
    words = {
        (ApplicationState.INVITED, True): _("You sent an invitation"),
        (ApplicationState.INVITED, False): _("The company sent an invitation"),
        (ApplicationState.INTERESTED, True): _("You said that you are interested"),
        (ApplicationState.INTERESTED, False): _("They said that they are interested"),
        (ApplicationState.BOTH_INTERESTED, True): _("You said yes"),
        (ApplicationState.BOTH_INTERESTED, False): _("They said yes"),
        (ApplicationState.IN_INTERVIEW, True): _("You noted a conversation"),
        (ApplicationState.IN_INTERVIEW, False): _("The company noted a conversation"),
        (ApplicationState.OFFERED, True): _("You made an offer"),
        (ApplicationState.OFFERED, False): _("The company made an offer"),
        (ApplicationState.HIRED, True): _("You accepted the offer"),
        (ApplicationState.HIRED, False): _("They accepted the offer"),
        (ApplicationState.DECLINED, True): _("You said no"),
        (ApplicationState.DECLINED, False): _("They said no"),
        (ApplicationState.WITHDRAWN, True): _("You took it back"),
        (ApplicationState.WITHDRAWN, False): _("They took it back"),
    }
    return words.get((ApplicationState(line.state), mine), line.get_state_display())


@register.filter
def member_name(user: User) -> str:
    """A colleague's name, or their address while they gave none."""
    identity = getattr(user, "identity", None)
    return str(identity.display_name) if identity else user.email


@register.simple_tag
def as_they_read(person: PersonOfVacancy, form: forms.Form) -> dict[str, str]:
    """The reason of a form in the language of the person it goes to, and that language."""
    reason, language = form.cleaned_data.get("reason", ""), person.candidate.user.language
    with translation.override(language):
        words = str(EmployerReason(reason).label) if reason else ""
    return {"reason": words, "language": language}
