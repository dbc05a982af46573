"""Users, audit log and outbox in the administration."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Permission
from django.urls import reverse

from accounts.actions.audit import record
from accounts.actions.second_factor import UnableToRemove, remove_second_factors
from accounts.enums import MailState
from accounts.models import AuditEntry, OutboxMail, User
from accounts.words.audit import ACTS, act_words
from employers.enums import EmployerState
from matching.enums import ShortlistAct
from placements.enums import ApplicationState
from tests.conftest import signed_in
from tests.factories.accounts import OutboxMailFactory, UserFactory, second_factors
from tests.run import ROOT
from vacancies.enums import VacancyState

pytestmark = pytest.mark.django_db

USERS = "admin:accounts_user_changelist"
USER = "admin:accounts_user_change"
MAILS = "admin:accounts_outboxmail_changelist"
MAIL = "admin:accounts_outboxmail_change"
AUDIT = "admin:accounts_auditentry_changelist"
ENTRY = "admin:accounts_auditentry_change"


@pytest.fixture
def clerk_client():
    """Staff who may see and change users, and nothing else."""
    clerk = UserFactory(is_staff=True, totp=True)
    clerk.user_permissions.set(
        Permission.objects.filter(codename__in=["view_user", "change_user", "view_outboxmail"])
    )
    return signed_in(clerk)


def page_of(user, **changes):
    """What the browser sends from the page of a user."""
    below = ("emailaddress_set", "authenticator_set", "consents")
    return {
        **{f"{name}-{count}_FORMS": "0" for name in below for count in ("TOTAL", "INITIAL")},
        "is_active": "on" if user.is_active else "",
        "language": user.language,
        "time_zone": user.time_zone,
        "identity-TOTAL_FORMS": "1",
        "identity-INITIAL_FORMS": "1",
        "identity-0-user": user.pk,
        "identity-0-display_name": user.identity.display_name,
        **changes,
    }


def test_people_are_found_by_name_and_address(staff_client):
    UserFactory(name="Ana Sousa", email="one@people.example")
    UserFactory(name="Ben", email="sousa@people.example")
    UserFactory(name="Cleo", email="three@people.example")
    found = staff_client.get(reverse(USERS), {"q": "sousa"}).context["cl"].result_list
    assert [user.email for user in found] == ["sousa@people.example", "one@people.example"]


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_of_users_takes_the_same_queries(staff_client, rows, django_assert_num_queries):
    UserFactory.create_batch(rows)
    staff_client.get(reverse(USERS))
    with django_assert_num_queries(4):
        staff_client.get(reverse(USERS))


def test_a_page_of_a_user_shows_no_secret(staff_client):
    user = UserFactory(totp=True)
    secret = Authenticator.objects.get(user=user).data["secret"]
    page = staff_client.get(reverse(USER, args=[user.pk])).text
    assert user.email in page
    assert secret not in page
    assert user.password not in page
    dutch = staff_client.get(reverse(USER, args=[user.pk]), headers={"accept-language": "nl"}).text
    assert "<p>Authenticator app</p>" in page
    assert "Created at" not in page + dutch


def test_closing_an_account_is_logged(staff_client):
    user = UserFactory()
    response = staff_client.post(reverse(USER, args=[user.pk]), page_of(user, is_active=""))
    assert response.status_code == 302
    user.refresh_from_db()
    assert not user.is_active
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.actor, entry.object_id) == ("user.changed", staff_client.user, str(user.pk))
    assert entry.data == {"fields": ["is_active"]}


def test_a_new_colleague_can_sign_in_at_once(staff_client):
    data = {"email": "Colleague@People.example", "usable_password": "true"}
    data |= {"password1": "a long enough phrase", "password2": "a long enough phrase"}
    assert staff_client.post(reverse("admin:accounts_user_add"), data).status_code == 302
    user = User.objects.get(email="colleague@people.example")
    assert EmailAddress.objects.get(user=user).verified
    assert AuditEntry.objects.get().verb == "user.added"


def test_a_taken_address_is_refused(staff_client):
    UserFactory(email="ana@people.example")
    data = {"email": "ANA@people.example", "usable_password": "true"}
    data |= {"password1": "a long enough phrase", "password2": "a long enough phrase"}
    response = staff_client.post(reverse("admin:accounts_user_add"), data)
    assert "email" in response.context["adminform"].form.errors
    assert User.objects.count() == 2


def test_powers_are_given_only_by_who_has_all(clerk_client):
    response = clerk_client.post(
        reverse(USER, args=[clerk_client.user.pk]), page_of(clerk_client.user, is_superuser="on")
    )
    assert response.status_code == 302
    clerk_client.user.refresh_from_db()
    assert not clerk_client.user.is_superuser


@pytest.mark.parametrize("powers", [{"staff": True}, {"is_staff": True, "totp": True}])
def test_other_staff_are_out_of_reach_of_who_has_not_every_power(clerk_client, powers):
    boss = UserFactory(**powers)
    assert clerk_client.post(reverse(USER, args=[boss.pk]), page_of(boss, is_active="")).status_code == 403
    url = reverse("admin:auth_user_password_change", args=[boss.pk])
    assert clerk_client.post(url, {"password1": "x", "password2": "x"}).status_code == 403
    clerk_client.post(reverse(USERS), {"action": "remove_lost_second_factor", "_selected_action": [boss.pk]})
    boss.refresh_from_db()
    assert (boss.is_active, second_factors(boss)) == (True, 1)


def test_users_are_not_deleted(staff_client):
    user = UserFactory()
    assert (
        staff_client.post(reverse("admin:accounts_user_delete", args=[user.pk]), {"post": "yes"}).status_code
        == 403
    )
    data = {"action": "delete_selected", "_selected_action": [user.pk], "post": "yes"}
    staff_client.post(reverse(USERS), data)
    assert User.objects.filter(pk=user.pk).exists()


def test_a_lost_second_factor_is_removed_with_a_mail_and_a_log_entry(staff_client):
    user = UserFactory(totp=True, language="en", name="Ana")
    data = {"action": "remove_lost_second_factor", "_selected_action": [user.pk]}
    staff_client.post(reverse(USERS), data)
    assert second_factors(user) == 0
    assert AuditEntry.objects.get().verb == "second_factor.removed"
    mail = OutboxMail.objects.get()
    assert (mail.recipient, mail.subject) == (user.email, "Your second sign-in step was removed")
    assert mail.text.startswith("Hello Ana,")
    assert "http://localhost:8000/accounts/2fa/" in mail.text


def test_nobody_removes_their_own_or_a_boss_s_second_factor(clerk_client, now):
    boss = UserFactory(staff=True)
    data = {"action": "remove_lost_second_factor", "_selected_action": [boss.pk, clerk_client.user.pk]}
    clerk_client.post(reverse(USERS), data)
    assert second_factors(boss) == second_factors(clerk_client.user) == 1
    with pytest.raises(UnableToRemove):
        remove_second_factors(user=boss, by=boss, now=now)
    with pytest.raises(UnableToRemove):
        remove_second_factors(user=UserFactory(), by=boss, now=now)
    assert not OutboxMail.objects.exists()


def test_the_audit_log_is_shown_and_never_written(staff_client, now):
    entry = record(verb="user.changed", target=staff_client.user, by=staff_client.user, now=now)
    assert staff_client.get(reverse(AUDIT)).status_code == 200
    assert staff_client.get(reverse(ENTRY, args=[entry.pk])).status_code == 200
    assert staff_client.post(reverse(ENTRY, args=[entry.pk]), {"reason": "x"}).status_code == 403
    assert staff_client.get(reverse("admin:accounts_auditentry_add")).status_code == 403
    assert staff_client.post(reverse("admin:accounts_auditentry_delete", args=[entry.pk])).status_code == 403


def test_the_audit_log_speaks_in_words(staff_client, now):
    entry = record(verb="user.password_set", target=staff_client.user, by=staff_client.user, now=now)
    listed = staff_client.get(reverse(AUDIT), {"q": "user.password_set"}).text
    assert "Password set by staff" in listed
    assert "accounts.user</td>" not in listed
    assert "user.password_set" in staff_client.get(reverse(ENTRY, args=[entry.pk])).text
    assert act_words("lamp.switched_off") == "Lamp switched off"


def test_every_act_that_is_written_down_has_words():
    """Verbs that are put together from a state are those of the states."""
    found = set()
    for path in set(ROOT.glob("*/a[cd]*/**/*.py")) - set(ROOT.glob("tests/**/*.py")):
        found |= set(re.findall(r'verb(?:=| = )"([a-z_]+\.[a-z_]+)"', path.read_text()))
    found |= {f"application.{state}" for state in ApplicationState.values}
    found |= {f"vacancy.{state}" for state in VacancyState.values}
    found |= {f"employer.{state}" for state in EmployerState.values}
    found |= {f"shortlist.{what}" for what in ShortlistAct.values}
    assert len(found) > 60
    assert found - ACTS.keys() == set()


@pytest.mark.parametrize("rows", [1, 30])
def test_the_audit_log_takes_the_same_queries(staff_client, rows, now, django_assert_num_queries):
    for _row in range(rows):
        record(verb="user.changed", target=staff_client.user, by=UserFactory(), now=now)
    staff_client.get(reverse(AUDIT))
    with django_assert_num_queries(4):
        staff_client.get(reverse(AUDIT))


def test_mail_shows_its_text_in_the_demo_only(staff_client, settings):
    mail = OutboxMailFactory(text="Your code is ABCD-EFGH\n")
    url = reverse(MAIL, args=[mail.pk])
    assert "ABCD-EFGH" not in staff_client.get(url).text
    assert "ABCD-EFGH" not in staff_client.get(reverse(MAILS)).text
    settings.DEMO = True
    assert "ABCD-EFGH" in staff_client.get(url).text


def test_mail_is_sent_again_from_the_list(staff_client):
    failed = OutboxMailFactory(state=MailState.FAILED)
    waiting = OutboxMailFactory()
    data = {"action": "resend", "_selected_action": [failed.pk, waiting.pk]}
    page = staff_client.post(reverse(MAILS), data, follow=True).text
    assert "1 mail was queued again." in page
    assert f"The mail to {waiting.recipient} is still on its way" in page
    assert OutboxMail.objects.count() == 3


def test_who_may_only_look_cannot_send_again(clerk_client):
    failed = OutboxMailFactory(state=MailState.FAILED)
    clerk_client.post(reverse(MAILS), {"action": "resend", "_selected_action": [failed.pk]})
    assert OutboxMail.objects.count() == 1


def test_secrets_and_addresses_have_no_pages_of_their_own(staff_client):
    page = staff_client.get(reverse("admin:index")).text
    assert "/admin/mfa/" not in page
    assert "/admin/account/" not in page


def test_a_password_that_staff_set_stands_in_the_audit_log(staff_client):
    person = UserFactory()
    url = reverse("admin:auth_user_password_change", args=[person.pk])
    refused = {
        "usable_password": "true",
        "password1": "a long enough phrase",
        "password2": "another phrase here",
    }
    assert staff_client.post(url, refused).status_code == 200
    assert not AuditEntry.objects.filter(verb="user.password_set").exists()
    both = {
        "usable_password": "true",
        "password1": "a long enough phrase",
        "password2": "a long enough phrase",
    }
    assert staff_client.post(url, both).status_code == 302
    entry = AuditEntry.objects.get(verb="user.password_set")
    assert (entry.object_id, entry.actor) == (str(person.pk), staff_client.user)
    person.refresh_from_db()
    assert person.check_password("a long enough phrase")
