"""What a person was told: the list, opening one, and marking as read."""

from datetime import datetime

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest
from accounts.actions.notifications import read_all, read_notification
from accounts.queries.notifications import NoSuchPlace, notification_page
from common.posting import acts_by_post


@require_safe
def notifications(request: SignedInRequest) -> HttpResponse:
    """Everything that the person was told, newest first, a page at a time."""
    try:
        page = notification_page(request.user, request.GET.get("after", ""))
    except NoSuchPlace as error:
        raise Http404 from error
    context = {"page": page, "shown_at": timezone.now()}
    return render(request, "people/notification_list.html", context)


@acts_by_post("people:notifications", plain=True)
def open_notification(request: SignedInRequest, pk: int) -> HttpResponse:
    """Mark one as read and go to the page it is about."""
    told = read_notification(user=request.user, notification_id=pk, now=timezone.now())
    if told is None:
        raise Http404
    return redirect(told.url)


@acts_by_post("people:notifications", plain=True)
def mark_read(request: SignedInRequest, pk: int) -> HttpResponse:
    """Mark one as read and stay in the list."""
    if read_notification(user=request.user, notification_id=pk, now=timezone.now()) is None:
        raise Http404
    return redirect("people:notifications")


@acts_by_post("people:notifications")
def mark_all_read(request: SignedInRequest) -> HttpResponse:
    """Mark as read what stood in the list when it was shown; what came later stays unread."""
    try:
        until = datetime.fromisoformat(request.POST.get("until", ""))
    except ValueError as error:
        raise BadRequest("until") from error
    if timezone.is_naive(until):
        raise BadRequest("until")
    read_all(user=request.user, until=until, now=timezone.now())
    messages.success(request, _("Everything is marked as read."))
    return redirect("people:notifications")
