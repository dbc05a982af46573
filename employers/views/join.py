"""Where the link of an invitation leads."""

from django.contrib import messages
from django.core.signing import BadSignature
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest
from employers.actions.errors import InvitationGone, OtherAddress, UnableToApply
from employers.actions.members import accept_invitation
from employers.queries import employer_of, has_address, invitation_behind, may_apply, open_invitation


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: SignedInRequest, token: str) -> HttpResponse:
    """Who invites the person, to what, and a button. Only the address that was written to may press it."""
    now = timezone.now()
    try:
        invitation = open_invitation(invitation_behind(token), now)
    except BadSignature:
        invitation = None
    if invitation is None:
        return render(request, "employers/invitation_gone.html", status=410)
    if not has_address(request.user, invitation.email):
        return render(request, "employers/invitation_other_address.html", status=403)
    if employer_of(request.user) == invitation.employer:
        return redirect("employers:members")
    if not may_apply(request.user):
        return render(request, "employers/employer_wrong_account.html", status=403)
    if request.method != "POST":
        return render(request, "employers/invitation_join.html", {"invitation": invitation})
    try:
        membership = accept_invitation(invitation_id=invitation.pk, by=request.user, now=now)
    except (InvitationGone, OtherAddress, UnableToApply):  # between the look and the press
        return redirect("employers:join", token)
    words = _("Welcome. You work with the account of %(employer)s now.")
    messages.success(request, words % {"employer": membership.employer.name})
    return redirect("home")
