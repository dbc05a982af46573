"""Who works for the company: every member reads it, owners change it, and anybody may leave."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import Identity
from accounts.typed import keeps_typed, shown_again
from common.formsets import unjudged
from common.posting import acts_by_post
from employers.access import MemberRequest, member_required
from employers.actions.errors import AlreadyMember, InvitationGone, LastOwner, NotAnOwner, TooManyInvitations
from employers.actions.members import (
    change_role,
    invite_member,
    leave_employer,
    remove_member,
    withdraw_invitation,
)
from employers.enums import EmployerState, MembershipRole
from employers.forms.members import InvitationForm, RoleForm
from employers.models import Membership
from employers.queries import members_of, open_invitations

OWNER = MembershipRole.OWNER


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_typed
@member_required()
def members(request: MemberRequest) -> HttpResponse:
    """The members, the open invitations, and a form to invite one more."""
    if request.method != "POST":
        form = InvitationForm(request.POST if shown_again(request) else None)
        unjudged(form)
        return _page(request, form)
    if not _may_invite(request):
        raise PermissionDenied("role, or employer not accepted")
    form = InvitationForm(request.POST)
    if form.is_valid() and _invited(request, form):
        words = _("%(email)s gets a link by mail. It is valid for seven days.")
        messages.success(request, words % {"email": form.cleaned_data["email"]})
        return redirect("employers:members")
    return _page(request, form, status=422)


def _invited(request: MemberRequest, form: InvitationForm) -> bool:
    try:
        invite_member(employer=request.employer, by=request.user, now=timezone.now(), **form.cleaned_data)
    except AlreadyMember:
        form.add_error("email", _("This person works with your company's account already."))
    except TooManyInvitations:
        form.add_error(
            None, _("Your company has invited very many people in one day. Go on tomorrow; nothing was sent.")
        )
    except NotAnOwner as error:
        raise PermissionDenied("role") from error
    return not form.errors


def _may_invite(request: MemberRequest) -> bool:
    """Mail to strangers in a company's name needs a company that somebody has looked at."""
    return request.membership.role == OWNER and request.employer.state == EmployerState.ACCEPTED


def _page(request: MemberRequest, form: InvitationForm, *, status: int = 200) -> HttpResponse:
    owns = request.membership.role == OWNER
    people = list(members_of(request.employer))
    for member in people:
        member.form = RoleForm(initial={"role": member.role}, auto_id=f"member-{member.pk}-%s")  # type: ignore[attr-defined]
    context = {
        "employer": request.employer,
        "owns": owns,
        "may_invite": _may_invite(request),
        "own_membership": request.membership,
        "members": people,
        "invitations": open_invitations(request.employer, timezone.now()) if owns else (),
        "form": form,
    }
    return render(request, "employers/employer_members.html", context, status=status)


@member_required(OWNER)
@acts_by_post("employers:members", plain=True)
def withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    """Take an invitation back."""
    try:
        withdraw_invitation(employer=request.employer, invitation_id=pk, by=request.user, now=timezone.now())
    except InvitationGone:
        messages.info(request, _("This invitation is not open any more."))
    except NotAnOwner as error:
        raise PermissionDenied("role") from error
    else:
        messages.success(request, _("Taken back. The link in the mail leads nowhere now."))
    return redirect("employers:members")


@member_required(OWNER)
@acts_by_post("employers:members", plain=True)
def role(request: MemberRequest, pk: int) -> HttpResponse:
    """Give a member another role."""
    member = _member(request, pk)
    form = RoleForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose one of the roles; nothing was changed."))
        return redirect("employers:members")
    try:
        change_role(
            employer=request.employer, membership_id=pk, by=request.user, now=timezone.now(), **form.cleaned_data
        )  # fmt: skip
    except LastOwner:
        _say_last_owner(request)
    except (NotAnOwner, Membership.DoesNotExist) as error:
        raise PermissionDenied("role") from error
    else:
        messages.success(request, _("%(name)s has another role now.") % {"name": _name(member)})
    return redirect("employers:members")


@member_required(OWNER)
@acts_by_post("employers:members", plain=True)
def remove(request: MemberRequest, pk: int) -> HttpResponse:
    """End a colleague's membership."""
    member = _member(request, pk)
    try:
        remove_member(employer=request.employer, membership_id=pk, by=request.user, now=timezone.now())
    except LastOwner:
        _say_last_owner(request)
        return redirect("employers:members")
    except (NotAnOwner, Membership.DoesNotExist) as error:
        raise PermissionDenied("role") from error
    words = _("%(name)s cannot open your company's pages any more.")
    messages.success(request, words % {"name": _name(member)})
    return redirect("home" if member.user_id == request.user.pk else "employers:members")


@member_required()
@acts_by_post("employers:members", plain=True)
def leave(request: MemberRequest) -> HttpResponse:
    """End one's own membership."""
    try:
        leave_employer(employer=request.employer, by=request.user, now=timezone.now())
    except LastOwner:
        _say_last_owner(request)
        return redirect("employers:members")
    except Membership.DoesNotExist:
        return redirect("home")
    words = _("You do not work with the account of %(employer)s any more.")
    messages.success(request, words % {"employer": request.employer.name})
    return redirect("home")


def _member(request: MemberRequest, pk: int) -> Membership:
    return get_object_or_404(members_of(request.employer), pk=pk)


def _name(member: Membership) -> str:
    identity: Identity | None = getattr(member.user, "identity", None)
    return identity.display_name if identity else member.user.email


def _say_last_owner(request: MemberRequest) -> None:
    messages.error(
        request, _("A company needs an owner. Make somebody else an owner first; nothing was changed.")
    )
