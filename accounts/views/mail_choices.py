"""How a person is mailed: their settings, and the link in a mail that needs no sign-in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest
from accounts.actions.mail_choices import UnableToChoose, choose_mail, switch_off, switch_on
from accounts.enums import MailChoice, NotificationKind
from accounts.forms.mail_choices import MailChoicesForm
from accounts.models import User
from accounts.queries.mail_choices import kinds_for, mail_choices
from accounts.rules.mail_off import DIGEST, MailOff, read_off_token
from accounts.rules.notification_kinds import KINDS


@require_http_methods(["GET", "HEAD", "POST"])
def edit_mail_choices(request: SignedInRequest) -> HttpResponse:
    """For each kind of news: at once, once a day, or never."""
    user, held = request.user, mail_choices(request.user)
    form = MailChoicesForm(
        request.POST if request.method == "POST" else None, kinds=kinds_for(user), held=held
    )
    if form.is_valid():
        choose_mail(user=user, choices=form.cleaned_data, now=timezone.now(), by=user)
        messages.success(request, _("Saved. It holds for news from now on."))
        return redirect("people:mail_choices")
    status = 422 if request.method == "POST" else 200
    return render(request, "people/mail_choices.html", {"form": form}, status=status)


@csrf_exempt  # mail programs press this for their reader; the signed address is what allows it (RFC 8058)
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mail_off(request: HttpRequest, token: str) -> HttpResponse:
    """A page with one button, and what the button does; afterwards the way back."""
    asked = read_off_token(token)
    user = User.objects.filter(pk=asked.user_id).first() if asked else None
    if asked is None or user is None:
        raise Http404
    with translation.override(user.language):
        return _mail_off_page(request, user, asked)


def _mail_off_page(request: HttpRequest, user: User, asked: MailOff) -> HttpResponse:
    done, undo = "", ""
    if request.method == "POST" and "undo" in request.POST:
        try:
            switch_on(user=user, kind=asked.kind, choices=_choices(request.POST["undo"]), now=timezone.now())
        except UnableToChoose as error:
            raise BadRequest("undo") from error
        done = "on"
    elif request.method == "POST":
        before = switch_off(user=user, kind=asked.kind, now=timezone.now())
        done, undo = "off", ",".join(f"{kind}={mail}" for kind, mail in before.items())
    is_digest = asked.kind == DIGEST
    kind = None if is_digest else NotificationKind(asked.kind)
    context = {
        "is_digest": is_digest,
        "label": kind.label if kind else "",
        "is_off": kind is not None and mail_choices(user)[kind] == MailChoice.NEVER,
        "done": done,
        "undo": undo or (f"{kind}={KINDS[kind].default}" if kind else ""),
    }
    return render(request, "people/mail_off.html", context)


def _choices(sent: str) -> dict[str, str]:
    return dict(part.partition("=")[::2] for part in sent.split(",") if part)
