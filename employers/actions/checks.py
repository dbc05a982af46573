"""What an owner's steps look at first, in the step's own transaction."""

from accounts.models import User
from employers.actions.errors import NotAnOwner
from employers.enums import MembershipRole
from employers.models import Employer


def held_by_owner(employer: Employer, by: User) -> Employer:
    """The employer's row, locked: whoever changes what owners keep waits. `by` has to own it at this moment."""
    held = Employer.objects.select_for_update(no_key=True).get(pk=employer.pk)
    if not held.memberships.filter(user=by, role=MembershipRole.OWNER).exists():
        raise NotAnOwner
    return held
