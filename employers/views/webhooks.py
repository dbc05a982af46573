"""Where the company's own systems are told what happened. Owners only; what shows or renews a secret, or says where
messages go, only to who has just shown that it is them."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from common.posting import acts_by_post
from employers.access import MemberRequest, member_required
from employers.actions import webhooks as acts
from employers.actions.errors import (
    EndpointGone,
    MadeAlready,
    NotAnOwner,
    RotatedAlready,
    TooManyEndpoints,
    UnableToSend,
)
from employers.enums import MembershipRole
from employers.forms.webhooks import WebhookForm
from employers.models import WebhookEndpoint
from employers.queries.webhooks import deliveries_to, endpoints_of, with_waiting

OWNER = MembershipRole.OWNER
LOG = 30


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@member_required(OWNER, accepted=True)
@reauthentication_required
def webhooks(request: MemberRequest) -> HttpResponse:
    """The addresses, and a form to add one; its answer shows the secret once."""
    if request.method != "POST":
        return _list(request, WebhookForm(initial={"key": uuid4()}))
    form = WebhookForm(request.POST)
    if not form.is_valid() or not _reachable(form):
        return _list(request, form, status=422)
    try:
        endpoint, secret = acts.add_endpoint(
            employer=request.employer, by=request.user, now=timezone.now(), key=form.cleaned_data["key"], **form.facts()
        )  # fmt: skip
    except MadeAlready:
        messages.info(request, _("This address was added already, and its secret was shown then."))
        return redirect("employers:webhooks")
    except TooManyEndpoints:
        form.add_error(None, _("Your company has ten addresses. Remove one that you do not need any more."))
        return _list(request, form, status=422)
    except NotAnOwner as error:
        raise PermissionDenied("role") from error
    return _one(request, endpoint, _form_of(endpoint), secret=secret)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@member_required(OWNER, accepted=True)
@reauthentication_required
def webhook(request: MemberRequest, pk: int) -> HttpResponse:
    """One address: how it fares, every message to it, and a form to change it."""
    endpoint = _endpoint(request, pk)
    if request.method != "POST":
        return _one(request, endpoint, _form_of(endpoint))
    form = WebhookForm(request.POST)
    if not form.is_valid() or not _reachable(form):
        return _one(request, endpoint, form, status=422)
    _owned(acts.change_endpoint, endpoint=endpoint, by=request.user, now=timezone.now(), **form.facts())
    messages.success(request, _("Saved. What happens from now on is sent so."))
    return redirect("employers:webhook", pk=pk)


@member_required(OWNER, accepted=True)
@acts_by_post("employers:webhook")
@never_cache
@reauthentication_required
def webhook_rotate(request: MemberRequest, pk: int) -> HttpResponse:
    """A new secret, shown in the answer only."""
    endpoint = _endpoint(request, pk)
    try:
        secret = _owned(acts.rotate_secret, endpoint=endpoint, by=request.user, now=timezone.now())
    except RotatedAlready:
        messages.info(
            request,
            _("A new secret was made less than a day ago, and the one before still holds. Wait that long."),
        )
        return redirect("employers:webhook", pk=pk)
    endpoint.refresh_from_db()
    return _one(request, endpoint, _form_of(endpoint), secret=secret)


@member_required(OWNER, accepted=True)
@acts_by_post("employers:webhook")
def webhook_switch(request: MemberRequest, pk: int) -> HttpResponse:
    """On or off."""
    on = request.POST.get("on") == "1"
    _owned(acts.switch_endpoint, endpoint=_endpoint(request, pk), on=on, by=request.user, now=timezone.now())
    words = (
        _("Switched on. What waited is sent now.") if on else _("Switched off. Nothing is sent there now.")
    )
    messages.success(request, words)
    return redirect("employers:webhook", pk=pk)


@member_required(OWNER, accepted=True)
@acts_by_post("employers:webhook")
def webhook_test(request: MemberRequest, pk: int) -> HttpResponse:
    """A message that tells nothing."""
    _owned(acts.send_test, endpoint=_endpoint(request, pk), by=request.user, now=timezone.now())
    messages.success(request, _("A test message is on its way. Load this page again to see what came of it."))
    return redirect("employers:webhook", pk=pk)


@member_required(OWNER, accepted=True)
@acts_by_post("employers:webhook")
def webhook_remove(request: MemberRequest, pk: int) -> HttpResponse:
    """Send nothing there any more."""
    _owned(acts.remove_endpoint, endpoint=_endpoint(request, pk), by=request.user, now=timezone.now())
    messages.success(request, _("Removed. Nothing is sent there any more."))
    return redirect("employers:webhooks")


@member_required(OWNER, accepted=True)
@acts_by_post("employers:webhooks", plain=True)
def webhook_replay(request: MemberRequest, pk: int, delivery: UUID) -> HttpResponse:
    """The same message once more."""
    endpoint = _endpoint(request, pk)
    _owned(acts.replay, endpoint=endpoint, delivery_id=delivery, by=request.user, now=timezone.now())
    messages.success(request, _("It is sent once more, under the same id."))
    return redirect("employers:webhook", pk=pk)


def _endpoint(request: MemberRequest, pk: int) -> WebhookEndpoint:
    return get_object_or_404(endpoints_of(request.employer), pk=pk)


def _owned(act: Callable[..., Any], **arguments: Any) -> Any:
    """Do it; who is no owner any more gets 403, and what is not there any more is not found."""
    try:
        return act(**arguments)
    except NotAnOwner as error:
        raise PermissionDenied("role") from error
    except EndpointGone as error:
        raise Http404 from error


def _reachable(form: WebhookForm) -> bool:
    """Looked up before anything is locked."""
    try:
        acts.require_public(form.cleaned_data["url"])
    except UnableToSend as error:
        form.add_error("url", str(error))
    return not form.errors


def _form_of(endpoint: WebhookEndpoint) -> WebhookForm:
    return WebhookForm(initial={"url": endpoint.url, "events": endpoint.events})


def _list(request: MemberRequest, form: WebhookForm, *, status: int = 200) -> HttpResponse:
    found = with_waiting(endpoints_of(request.employer))
    context = {"employer": request.employer, "form": form, "endpoints": found}
    return render(request, "employers/webhook_list.html", context, status=status)


def _one(
    request: MemberRequest,
    endpoint: WebhookEndpoint,
    form: WebhookForm,
    *,
    secret: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "employer": request.employer,
        "endpoint": endpoint,
        "form": form,
        "secret": secret,
        "both": endpoint.previous_until
        if endpoint.previous_until and endpoint.previous_until > timezone.now()
        else None,
        "deliveries": deliveries_to(endpoint)[:LOG],
        "most": LOG,
    }
    return render(request, "employers/webhook_detail.html", context, status=status)
