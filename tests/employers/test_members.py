"""Inviting a colleague, joining, roles, and leaving."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.actions.notify import notify
from accounts.actions.settings import name_person
from accounts.models import AuditEntry, Notification, OutboxMail
from employers.actions.errors import InvitationGone, LastOwner, NotAnOwner, OtherAddress, TooManyInvitations
from employers.actions.members import (
    accept_invitation,
    change_role,
    invite_member,
    leave_employer,
    remove_member,
)
from employers.enums import MembershipRole
from employers.models import Invitation, Membership
from employers.tasks import forget_invitations
from tests.accounts.at_once import at_once
from tests.conftest import signed_in
from tests.factories.accounts import UserFactory
from tests.factories.candidates import CandidateFactory
from tests.factories.employers import EmployerFactory, InvitationFactory, MembershipFactory

MEMBERS = "/employer/members/"
ADDRESS = "Ann@People.example"


def owner(**more):
    return MembershipFactory(employer__name="Care & Co", user__name="Olga", **more)


def roles(employer) -> list[str]:
    return sorted(employer.memberships.values_list("role", flat=True))


def told(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def invite(client, **changes):
    return client.post(MEMBERS, {"email": ADDRESS, "role": "recruiter"} | changes, follow=True)


def link_in(mail: OutboxMail) -> str:
    return next(line for line in mail.text.splitlines() if line.startswith("http")).removeprefix(
        "http://localhost:8000"
    )


@pytest.mark.django_db
class TestInviting:
    def test_the_mail_says_who_invites_to_what_and_until_when(self) -> None:
        client = signed_in(owner().user)
        page = invite(client)
        assert told(page) == [f"{ADDRESS} gets a link by mail. It is valid for seven days."]
        assert f"{ADDRESS}, as recruiter" in page.content.decode()
        mail = OutboxMail.objects.get()
        assert (mail.recipient, mail.subject) == (ADDRESS, "Invitation to the company account of Care & Co")
        assert mail.text.startswith(f"Hello {ADDRESS},")
        assert "Olga invites you to work with the company account of Care & Co." in mail.text
        assert link_in(mail) == f"/employer/join/{Invitation.objects.get().token}/"
        entry = AuditEntry.objects.get(verb="employer.member_invited")
        assert entry.data == {"role": "recruiter"}

    @pytest.mark.parametrize(
        ("sent", "field", "sentence"),
        [({"email": "ann"}, "email", "This is no email address. Write it like name@example.com."),
         ({"email": ""}, "email", "This field is required."),
         ({"role": "king"}, "role", "This is not in the list. Choose again."),
         ({"role": ""}, "role", "Choose what this person may do.")],
    )  # fmt: skip
    def test_an_unclear_invitation_sends_nothing(self, sent, field, sentence) -> None:
        page = invite(signed_in(owner().user), **sent)
        assert page.status_code == 422
        assert page.context["form"].errors == {field: [sentence]}
        assert not Invitation.objects.exists()
        assert not OutboxMail.objects.exists()

    def test_who_works_there_already_is_not_invited(self) -> None:
        member = owner()
        page = invite(signed_in(member.user), email=member.user.email.upper())
        assert page.context["form"].errors == {
            "email": ["This person works with your company's account already."]
        }
        assert not OutboxMail.objects.exists()

    def test_a_second_invitation_ends_the_first(self) -> None:
        client = signed_in(owner().user)
        invite(client)
        invite(client, email=ADDRESS.lower(), role="viewer")
        assert list(Invitation.objects.values_list("role", flat=True)) == ["viewer"]
        first, _second = OutboxMail.objects.order_by("created_at")
        assert signed_in(UserFactory(email=ADDRESS)).get(link_in(first)).status_code == 410

    @pytest.mark.parametrize("role", ["recruiter", "viewer"])
    def test_only_owners_invite_and_see_who_is_invited(self, role) -> None:
        invitation = InvitationFactory()
        client = signed_in(MembershipFactory(employer=invitation.employer, role=role).user)
        assert invitation.email not in client.get(MEMBERS).content.decode()
        assert invite(client).status_code == 403
        assert client.post(f"/employer/invitations/{invitation.pk}/withdraw/").status_code == 403
        assert Invitation.objects.get() == invitation

    def test_a_company_that_nobody_looked_at_sends_no_mail(self) -> None:
        client = signed_in(owner(employer__applied=True).user)
        assert "once the company is accepted" in client.get(MEMBERS).content.decode()
        assert invite(client).status_code == 403
        assert not OutboxMail.objects.exists()

    def test_twenty_a_day_even_when_taken_back(self, now) -> None:
        member = owner()

        def ask(number: int, at) -> Invitation:
            return invite_member(
                employer=member.employer, email=f"p{number}@people.example", role="viewer", by=member.user, now=at
            )  # fmt: skip

        for number in range(20):
            ask(number, now).delete()
        with pytest.raises(TooManyInvitations):
            ask(20, now + timedelta(hours=23))
        assert OutboxMail.objects.count() == 20
        ask(20, now + timedelta(days=1))

    def test_taking_back_ends_the_link(self) -> None:
        client = signed_in(owner().user)
        invite(client)
        link = link_in(OutboxMail.objects.get())
        url = f"/employer/invitations/{Invitation.objects.get().pk}/withdraw/"
        assert told(client.post(url, follow=True)) == ["Taken back. The link in the mail leads nowhere now."]
        assert told(client.post(url, follow=True)) == ["This invitation is not open any more."]
        assert signed_in(UserFactory(email=ADDRESS)).post(link).status_code == 410
        assert Membership.objects.count() == 1

    def test_another_companys_invitation_is_out_of_reach(self) -> None:
        invitation = InvitationFactory()
        page = signed_in(owner().user).post(f"/employer/invitations/{invitation.pk}/withdraw/", follow=True)
        assert told(page) == ["This invitation is not open any more."]
        assert Invitation.objects.get() == invitation

    def test_expired_invitations_are_forgotten(self) -> None:
        kept = InvitationFactory()
        InvitationFactory(invited_at=timezone.now() - timedelta(days=7, seconds=1))
        forget_invitations()
        assert Invitation.objects.get() == kept


@pytest.mark.django_db
class TestJoining:
    @pytest.mark.parametrize("role", ["owner", "recruiter", "viewer"])
    def test_the_invited_person_joins_once(self, role) -> None:
        invitation = InvitationFactory(role=role, employer__name="Care & Co", email=ADDRESS)
        client = signed_in(UserFactory(email=ADDRESS))
        url = f"/employer/join/{invitation.token}/"
        assert "Care &amp; Co" in client.get(url).content.decode()
        assert not Membership.objects.exists()
        assert client.post(url)["Location"] == "/home/"
        membership = Membership.objects.get()
        assert (membership.user, membership.role) == (client.user, role)
        client.user.refresh_from_db()
        assert client.user.time_zone == "Europe/Amsterdam"
        assert client.post(url).status_code == 410
        assert Membership.objects.count() == 1

    def test_a_person_without_account_is_led_back_after_signing_in(self, client) -> None:
        url = f"/employer/join/{InvitationFactory().token}/"
        response = client.get(url)
        assert response.status_code == 302
        assert response["Location"].startswith("/accounts/login/?next=/employer/join/")

    @pytest.mark.parametrize("verified", [True, False])
    def test_the_link_is_for_the_address_alone(self, verified) -> None:
        invitation = InvitationFactory(email=ADDRESS)
        other = UserFactory(email=ADDRESS if not verified else "eve@people.example", verified=verified)
        page = signed_in(other).post(f"/employer/join/{invitation.token}/")
        assert page.status_code == 403
        assert "Sign in with the address that was invited" in page.content.decode()
        assert not Membership.objects.exists()

    def test_an_old_link_and_a_forged_one(self) -> None:
        user = UserFactory(email=ADDRESS)
        old = InvitationFactory(email=ADDRESS, invited_at=timezone.now() - timedelta(days=7, seconds=1))
        number, _colon, mark = old.token.partition(":")
        fresh = InvitationFactory(email=ADDRESS)
        for token in (old.token, f"{fresh.pk}:{mark}", str(fresh.pk), f"{number}:", "x"):
            assert signed_in(user).post(f"/employer/join/{token}/").status_code == 410, token
        assert not Membership.objects.exists()

    def test_who_speaks_for_somebody_already_needs_another_account(self) -> None:
        for user in (
            CandidateFactory().user,
            owner().user,
            UserFactory(staff=True),
        ):
            invitation = InvitationFactory(email=user.email)
            page = signed_in(user).post(f"/employer/join/{invitation.token}/")
            assert page.status_code == 403
            assert "Another account is needed" in page.content.decode()
        assert Membership.objects.count() == 1


@pytest.mark.django_db
class TestRolesAndLeaving:
    def test_an_owner_changes_a_colleagues_role(self) -> None:
        member = owner()
        colleague = MembershipFactory(viewer=True, employer=member.employer, user__name="Ruud")
        page = signed_in(member.user).post(
            f"{MEMBERS}{colleague.pk}/role/", {"role": "recruiter"}, follow=True
        )
        assert told(page) == ["Ruud has another role now."]
        assert roles(member.employer) == ["owner", "recruiter"]

    def test_an_unknown_role_changes_nothing(self) -> None:
        member = owner()
        page = signed_in(member.user).post(f"{MEMBERS}{member.pk}/role/", {"role": "king"}, follow=True)
        assert told(page) == ["Choose one of the roles; nothing was changed."]
        assert roles(member.employer) == ["owner"]

    @pytest.mark.parametrize(
        ("path", "sent"), [("{}/role/", {"role": "viewer"}), ("{}/remove/", {}), ("leave/", {})]
    )
    def test_the_last_owner_stays(self, path, sent) -> None:
        member = owner()
        MembershipFactory(recruiter=True, employer=member.employer)
        page = signed_in(member.user).post(MEMBERS + path.format(member.pk), sent, follow=True)
        assert told(page) == [
            "A company needs an owner. Make somebody else an owner first; nothing was changed."
        ]
        assert roles(member.employer) == ["owner", "recruiter"]

    def test_one_of_two_owners_leaves_and_their_invitations_end(self) -> None:
        member = owner()
        MembershipFactory(employer=member.employer)
        InvitationFactory(employer=member.employer, invited_by=member.user)
        client = signed_in(member.user)
        assert client.post(f"{MEMBERS}leave/")["Location"] == "/home/"
        assert roles(member.employer) == ["owner"]
        assert not Invitation.objects.exists()
        assert client.get("/vacancies/")["Location"] == "/employer/apply/"

    @pytest.mark.parametrize("role", ["recruiter", "viewer"])
    def test_others_may_leave_but_change_nobody(self, role) -> None:
        member = owner()
        colleague = MembershipFactory(employer=member.employer, role=role)
        client = signed_in(colleague.user)
        assert client.post(f"{MEMBERS}{colleague.pk}/role/", {"role": "owner"}).status_code == 403
        assert client.post(f"{MEMBERS}{member.pk}/remove/").status_code == 403
        assert roles(member.employer) == sorted(["owner", role])
        client.post(f"{MEMBERS}leave/")
        assert roles(member.employer) == ["owner"]

    def test_who_was_removed_finds_the_door_closed(self) -> None:
        member = owner()
        colleague = MembershipFactory(recruiter=True, employer=member.employer)
        client = signed_in(colleague.user)
        assert client.get(MEMBERS).status_code == 200
        signed_in(member.user).post(f"{MEMBERS}{colleague.pk}/remove/")
        assert client.get(MEMBERS)["Location"] == "/employer/apply/"

    def test_another_companys_member_is_out_of_reach(self) -> None:
        other = MembershipFactory(recruiter=True)
        client = signed_in(owner().user)
        assert client.post(f"{MEMBERS}{other.pk}/role/", {"role": "viewer"}).status_code == 404
        assert client.post(f"{MEMBERS}{other.pk}/remove/").status_code == 404
        assert roles(other.employer) == ["recruiter"]

    @pytest.mark.parametrize("count", [1, 12])
    def test_query_count(self, django_assert_num_queries, count) -> None:
        member = owner()
        MembershipFactory.create_batch(count, viewer=True, employer=member.employer)
        InvitationFactory.create_batch(count, employer=member.employer, invited_by=member.user)
        client = signed_in(member.user)
        with django_assert_num_queries(5):
            client.get(MEMBERS)


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_of_two_owners_who_leave_one_stays(self, now) -> None:
        employer = EmployerFactory()
        users = [MembershipFactory(employer=employer).user for _each in range(2)]
        results = at_once(*[lambda by=by: leave_employer(employer=employer, by=by, now=now) for by in users])
        assert [type(result) for result in results if isinstance(result, Exception)] == [LastOwner]
        assert roles(employer) == ["owner"]

    def test_two_owners_who_make_each_other_viewers(self, now) -> None:
        employer = EmployerFactory()
        one, other = (MembershipFactory(employer=employer) for _each in range(2))
        results = at_once(
            *[
                lambda by=by, of=of: change_role(
                    employer=employer, membership_id=of.pk, role=MembershipRole.VIEWER, by=by.user, now=now
                )
                for by, of in ((one, other), (other, one))
            ]
        )
        assert [type(result) for result in results if isinstance(result, Exception)] == [NotAnOwner]
        assert roles(employer) == ["owner", "viewer"]

    def test_pressing_join_twice_makes_one_member(self) -> None:
        invitation = InvitationFactory(email=ADDRESS)
        user = UserFactory(email=ADDRESS)
        results = at_once(
            *[lambda: accept_invitation(invitation_id=invitation.pk, by=user, now=timezone.now())] * 2
        )
        assert [type(result) for result in results if isinstance(result, Exception)] == [InvitationGone]
        assert Membership.objects.count() == 1


@pytest.mark.django_db
def test_the_action_asks_for_the_address_itself() -> None:
    with pytest.raises(OtherAddress):
        accept_invitation(invitation_id=InvitationFactory().pk, by=UserFactory(), now=timezone.now())


@pytest.mark.django_db
class TestHearingOfIt:
    """Owners hear who joined; a member hears of a new role and of the end. Nobody hears of what they did themselves."""

    def told(self, user: Any) -> list[tuple[str, str]]:
        return list(
            Notification.objects.filter(user=user, kind="company").order_by("pk").values_list("title", "url")
        )

    def test_joining_is_told_to_the_owners(self) -> None:
        first = owner()
        second = MembershipFactory(employer=first.employer)
        viewer = MembershipFactory(employer=first.employer, role="viewer")
        joined = UserFactory(email=ADDRESS, name="Ann")
        invitation = InvitationFactory(employer=first.employer, role="owner", email=ADDRESS)
        accept_invitation(invitation_id=invitation.pk, by=joined, now=timezone.now())
        assert (
            self.told(first.user)
            == self.told(second.user)
            == [("Ann joined Care & Co", "/employer/members/")]
        )
        assert self.told(viewer.user) == self.told(joined) == []

    def test_a_new_role_and_the_end_are_told_to_the_member(self) -> None:
        first = owner()
        member = MembershipFactory(employer=first.employer, role="viewer")
        facts = {
            "employer": first.employer,
            "membership_id": member.pk,
            "by": first.user,
            "now": timezone.now(),
        }
        change_role(role="recruiter", **facts)
        change_role(role="recruiter", **facts)
        remove_member(**facts)
        assert self.told(member.user) == [
            ("Your role at Care & Co changed", "/employer/members/"),
            ("You no longer work with the account of Care & Co", "/home/"),
        ]

    def test_who_leaves_knows_it(self) -> None:
        first = owner()
        member = MembershipFactory(employer=first.employer, role="viewer")
        leave_employer(employer=first.employer, by=member.user, now=timezone.now())
        assert Notification.objects.count() == 0

    def test_whoever_works_there_no_more_keeps_no_name_of_the_people_they_heard_of(self) -> None:
        first, person, now = owner(), UserFactory(name="Zofia"), timezone.now()
        member = MembershipFactory(employer=first.employer, recruiter=True)
        for to in (first.user, member.user):
            for key, about in (("named", person.pk), ("plain", 0)):
                facts = {
                    "kind": "application_moved",
                    "template": "placements/mail/left",
                    "context": {"days": 1},
                }
                notify(to=to, url="/home/", key=key, now=now, about=about, **facts)
            Notification.objects.create(
                user=to, kind="application_ended", key="old", title="Zofia said no", url="/home/", language="en",
                created_at=now, about=None,
            )  # fmt: skip
        remove_member(employer=first.employer, membership_id=member.pk, by=first.user, now=now)
        kept = {
            user: sorted(Notification.objects.filter(user=user).values_list("kind", "about"))
            for user in (first.user, member.user)
        }
        assert kept[member.user] == [("application_moved", 0), ("company", 0)]
        assert [kind for kind, _about in kept[first.user]] == [
            "application_ended",
            "application_moved",
            "application_moved",
        ]
        waiting = OutboxMail.objects.filter(about__contains=[person.pk])
        assert list(waiting.values_list("recipient", flat=True)) == [first.user.email]

    def test_a_colleague_who_is_called_otherwise_now_is_so_in_what_the_owners_heard(self) -> None:
        first, joined = owner(), UserFactory(email=ADDRESS, name="Ann")
        invitation = InvitationFactory(employer=first.employer, email=ADDRESS)
        accept_invitation(invitation_id=invitation.pk, by=joined, now=timezone.now())
        name_person(user=joined, display_name="Anna")
        assert self.told(first.user) == [("Anna joined Care & Co", "/employer/members/")]
