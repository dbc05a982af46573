"""Inviting people to work for an employer, what they may do, and leaving it."""

from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse

from accounts.actions import audit, mail
from accounts.actions.notify import forget_named, notify
from accounts.actions.settings import forget_page, propose_time_zone
from accounts.enums import NotificationKind
from accounts.models import AuditEntry, Identity, User
from employers.actions.checks import held_by_owner
from employers.actions.errors import (
    AlreadyMember,
    InvitationGone,
    LastOwner,
    OtherAddress,
    TooManyInvitations,
    UnableToApply,
)
from employers.enums import MembershipRole
from employers.models import Employer, Invitation, Membership
from employers.queries import has_address, may_apply
from employers.rules import INVITATION_VALID, INVITATIONS_A_DAY

INVITED = "employer.member_invited"


@transaction.atomic
def invite_member(*, employer: Employer, email: str, role: str, by: User, now: datetime) -> Invitation:
    """Write to somebody with a link to join. An invitation of the same address before is replaced, its link ends.

    The audit log is kept for ever, so it says the role but not the address of somebody who may never join.
    Raises NotAnOwner, AlreadyMember and TooManyInvitations.
    """
    employer = held_by_owner(employer, by)
    if employer.memberships.filter(user__email__iexact=email).exists():
        raise AlreadyMember
    if _invited_today(employer, now) >= INVITATIONS_A_DAY:
        raise TooManyInvitations
    employer.invitations.filter(email__iexact=email).delete()
    invitation = Invitation.objects.create(
        employer=employer, email=email, role=role, invited_by=by, invited_at=now, expires_at=now + INVITATION_VALID
    )  # fmt: skip
    audit.record(verb=INVITED, target=employer, by=by, now=now, role=role)
    mail.send(
        to=mail.Addressee(email=email, language=by.language, time_zone=by.time_zone),
        template="employers/mail/invitation",
        context={"employer": employer, "invitation": invitation, "by": by},
        now=now,
    )
    return invitation


@transaction.atomic
def withdraw_invitation(*, employer: Employer, invitation_id: int, by: User, now: datetime) -> None:
    """Take an open invitation back; its link ends. Raises NotAnOwner and InvitationGone."""
    employer = held_by_owner(employer, by)
    deleted, _by_model = employer.invitations.filter(pk=invitation_id).delete()
    if not deleted:
        raise InvitationGone
    audit.record(verb="employer.invitation_withdrawn", target=employer, by=by, now=now)


@transaction.atomic
def accept_invitation(*, invitation_id: int, by: User, now: datetime) -> Membership:
    """Make the person a member with the role they were invited to; the invitation is used up.

    Raises InvitationGone, OtherAddress, and UnableToApply when the account speaks for somebody already.
    """
    # Becoming a candidate or applying as an employer beside it waits for this row.
    user = User.objects.select_for_update(no_key=True).get(pk=by.pk)
    invitation = Invitation.objects.select_for_update().filter(pk=invitation_id, expires_at__gt=now).first()
    if invitation is None:
        raise InvitationGone
    if not has_address(user, invitation.email):
        raise OtherAddress
    if not may_apply(user):
        raise UnableToApply("the account speaks for somebody already")
    employer = invitation.employer
    membership = Membership.objects.create(user=user, employer=employer, role=invitation.role, since=now)
    forget_page(user=user)
    invitation.delete()
    if employer.country.main_zone_id:
        propose_time_zone(user=by, time_zone=employer.country.main_zone_id)
    entry = audit.record(verb="employer.member_joined", target=employer, by=by, now=now, role=membership.role)
    owners = employer.memberships.filter(role=MembershipRole.OWNER).exclude(user=by)
    for owner in owners.select_related("user").order_by("user_id"):
        _tell("member_joined", owner.user, membership, entry, now)
    return membership


@transaction.atomic
def change_role(*, employer: Employer, membership_id: int, role: str, by: User, now: datetime) -> Membership:
    """Give a member another role. Raises NotAnOwner, LastOwner and Membership.DoesNotExist."""
    employer = held_by_owner(employer, by)
    membership = employer.memberships.get(pk=membership_id)
    if membership.role == role:
        return membership
    _require_other_owner(membership)
    membership.role = role
    membership.save(update_fields=["role"])
    entry = audit.record(
        verb="employer.role_changed", target=employer, by=by, now=now, member=membership.user_id, role=role
    )
    if membership.user != by:
        _tell("role_changed", membership.user, membership, entry, now)
    return membership


@transaction.atomic
def remove_member(*, employer: Employer, membership_id: int, by: User, now: datetime) -> None:
    """End a colleague's membership. Raises NotAnOwner, LastOwner and Membership.DoesNotExist."""
    employer = held_by_owner(employer, by)
    _end(employer.memberships.get(pk=membership_id), by=by, now=now)


@transaction.atomic
def leave_employer(*, employer: Employer, by: User, now: datetime) -> None:
    """End one's own membership. Raises LastOwner, and Membership.DoesNotExist when it ended already."""
    employer = Employer.objects.select_for_update(no_key=True).get(pk=employer.pk)
    _end(employer.memberships.get(user=by), by=by, now=now)


def _end(membership: Membership, *, by: User, now: datetime) -> None:
    """What the person still had on its way to others ends with their membership, and what they were told of people there."""
    _require_other_owner(membership)
    employer, user_id = membership.employer, membership.user_id
    employer.invitations.filter(invited_by=user_id).delete()
    forget_named(user=membership.user)
    membership.delete()
    entry = audit.record(verb="employer.member_left", target=employer, by=by, now=now, member=user_id)
    if membership.user != by:
        _tell("membership_ended", membership.user, membership, entry, now)


def _tell(what: str, to: User, about: Membership, entry: AuditEntry, now: datetime) -> None:
    """Tell `to` what the log says of a membership. Who was let go has no page of the company any more."""
    identity = Identity.objects.filter(user=about.user_id).first()
    notify(
        to=to,
        kind=NotificationKind.COMPANY,
        template=f"employers/mail/{what}",
        context={
            "employer": about.employer,
            "membership": about,
            "person": identity.display_name if identity else about.user.email,
        },
        url=reverse("home" if what == "membership_ended" else "employers:members"),
        key=f"membership:{entry.pk}",
        now=now,
        about=about.user_id if to.pk != about.user_id else 0,
    )


def _require_other_owner(membership: Membership) -> None:
    owners = Membership.objects.filter(employer=membership.employer_id, role=MembershipRole.OWNER)
    if membership.role == MembershipRole.OWNER and not owners.exclude(pk=membership.pk).exists():
        raise LastOwner


def _invited_today(employer: Employer, now: datetime) -> int:
    return AuditEntry.objects.filter(
        object_type=employer._meta.label_lower, object_id=str(employer.pk), verb=INVITED, at__gt=now - timedelta(days=1)
    ).count()  # fmt: skip


def forget_expired_invitations(*, now: datetime) -> int:
    """Delete invitations that nobody can use any more; the number."""
    return Invitation.objects.filter(expires_at__lte=now).delete()[0]
