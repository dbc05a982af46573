"""Who may open an employer's pages."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase
from django.shortcuts import redirect

from accounts.access import SignedInRequest
from employers.enums import EmployerState, MembershipRole
from employers.models import Employer, Membership

View = Callable[..., HttpResponseBase]


class MemberRequest(SignedInRequest):
    """For annotations: the request of a view behind `member_required`."""

    employer: Employer
    membership: Membership


EDITORS = (MembershipRole.OWNER, MembershipRole.RECRUITER)


def member_required(*roles: str, accepted: bool = False) -> Callable[[View], View]:
    """Let members of an employer in and put `membership` and `employer` on the request.

    `roles` narrows it to those roles (none: every role), `accepted=True` to employers that a recruiter accepted.
    A user without membership is sent to the application; a wrong role or an unaccepted employer gets 403.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: MemberRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            membership = (
                Membership.objects.select_related("employer__country").filter(user=request.user.pk).first()
            )
            if membership is None:
                return redirect("employers:apply")
            if roles and membership.role not in roles:
                raise PermissionDenied("role")
            if accepted and membership.employer.state != EmployerState.ACCEPTED:
                raise PermissionDenied("employer not accepted")
            membership.user = request.user  # fills the cache that the menu asks
            request.membership = membership
            request.employer = membership.employer
            return view(request, *args, **kwargs)

        return guarded

    return decorate
