"""How an employer and a person stand, in words, chips and buttons: `{% load deciding %}`."""

from datetime import date, datetime

from django import forms, template
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from common.templatetags.figures import short_day
from common.templatetags.ui import chip
from placements.enums import ApplicationState, EmployerReason, Side
from placements.models import Application, ApplicationLog
from placements.queries.person_of_vacancy import PersonOfVacancy
from placements.queries.standings import name_of
from placements.words.applications import state_words

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
    return chip(state_words(application, Side.EMPLOYER), tone=tone)


@register.simple_tag
def promise_words(application: Application, today: date) -> SafeString | str:
    """Who owes the next answer until when, as the employer reads it; a date that has passed is marked."""
    due = application.promise_on
    if due is None:
        return ""
    day = short_day(due)
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
def step_words(line: ApplicationLog) -> str:
    """Who did what, as the employer reads it."""
    words = {
        (ApplicationState.INVITED, Side.EMPLOYER): _("You sent an invitation"),
        (ApplicationState.INTERESTED, Side.CANDIDATE): _("They said that they are interested"),
        (ApplicationState.BOTH_INTERESTED, Side.EMPLOYER): _("You said yes"),
        (ApplicationState.BOTH_INTERESTED, Side.CANDIDATE): _("They said yes"),
        (ApplicationState.IN_INTERVIEW, Side.EMPLOYER): _("You noted a conversation"),
        (ApplicationState.OFFERED, Side.EMPLOYER): _("You made an offer"),
        (ApplicationState.HIRED, Side.CANDIDATE): _("They accepted the offer"),
        (ApplicationState.DECLINED, Side.EMPLOYER): _("You said no"),
        (ApplicationState.DECLINED, Side.CANDIDATE): _("They said no"),
        (ApplicationState.WITHDRAWN, Side.EMPLOYER): _("You took it back"),
        (ApplicationState.WITHDRAWN, Side.CANDIDATE): _("They took it back"),
    }
    key = (ApplicationState(line.state), Side(line.side))
    return words.get(key, _("The marketplace ended it"))


@register.filter
def who(application: Application) -> str:
    """The name once it is shown, else the number; for somebody who left, that they did."""
    if application.candidate is None:
        return _("somebody who has left")
    number = _("Candidate %(number)s") % {"number": application.candidate.short_name}
    return name_of(application) or number


@register.filter
def days_ago(since: datetime, now: datetime) -> str:
    """How many whole days something has stood: "today", "1 day", "12 days"."""
    days = (now - since).days
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": days} if days > 0 else _("today")


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
