"""Assessments in the admin: reading, recording evidence, revoking; and who may not."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry
from assessments.actions.sessions import start_session
from assessments.models import Item, Measurement
from tests.conftest import signed_in
from tests.factories.accounts import UserFactory
from tests.factories.assessments import BankFactory, MeasurementFactory, finished_session
from tests.factories.candidates import CandidateFactory

pytestmark = pytest.mark.django_db

ADD = "/admin/assessments/measurement/add/"


def evidence(candidate, **changes):
    return {
        "public_id": str(candidate.public_id),
        "language": "fr",
        "skill": "",
        "level": "3",
        "source": "certificate",
        "evidence": "Certificate 4711, original seen.",
        "measured_on": "2026-09-01",
        "expires_on": "2036-01-01",
        **changes,
    }


def test_a_recruiter_records_a_measurement_from_evidence(staff_client):
    candidate = CandidateFactory()
    answer = staff_client.post(ADD, evidence(candidate))
    assert answer.status_code == 302
    measurement = Measurement.objects.get()
    assert (measurement.candidate, measurement.language_id, measurement.level) == (candidate, "fr", 3)
    assert measurement.recorded_by == staff_client.user
    assert AuditEntry.objects.filter(verb="measurement.recorded").count() == 1


def test_a_skill_is_recorded_with_its_own_levels(staff_client):
    staff_client.post(
        ADD, evidence(CandidateFactory(), language="", skill="crm", level="s2", source="rated_work")
    )
    measurement = Measurement.objects.get()
    assert (measurement.skill_id, measurement.level, measurement.source) == ("crm", 2, "rated_work")


@pytest.mark.parametrize(
    "changes",
    [
        {"public_id": "no number"},
        {"public_id": "9f0a3f0e-0000-4000-8000-000000000000"},
        {"language": ""},
        {"skill": "crm"},
        {"language": "xq"},
        {"level": ""},
        {"level": "7"},
        {"level": "s2"},
        {"source": "simulated"},
        {"source": "adaptive_test"},
        {"evidence": " "},
        {"evidence": "x" * 4001},
        {"measured_on": "2926-09-01"},
        {"measured_on": "yesterday"},
        {"expires_on": "2026-08-31"},
        {"expires_on": "2099-01-01"},
        {"measured_on": "9998-01-01", "expires_on": "9999-12-31"},
        {"measured_on": "0001-01-01", "expires_on": "9999-12-31"},
        {"evidence": "Certificate\x0012"},
        {"public_id": "\x00"},
    ],
)
def test_wrong_evidence_is_refused_with_the_form_kept(staff_client, changes):
    page = staff_client.post(ADD, evidence(CandidateFactory(), **changes))
    assert page.status_code == 200
    assert "errorlist" in page.content.decode()
    assert Measurement.objects.count() == AuditEntry.objects.count() == 0


def test_a_measurement_is_revoked_once_with_a_reason(staff_client):
    measurement = MeasurementFactory()
    address = reverse("admin:assessments_measurement_revoke", args=[measurement.pk])
    assert (
        address
        in staff_client.get(f"/admin/assessments/measurement/{measurement.pk}/change/").content.decode()
    )
    assert staff_client.post(address, {"reason": " "}).status_code == 200
    assert AuditEntry.objects.count() == 0
    staff_client.post(address, {"reason": "Forged."})
    measurement.refresh_from_db()
    assert measurement.revoked_at is not None
    before = measurement.revoked_at
    page = staff_client.post(address, {"reason": "Again."}, follow=True)
    assert "Nothing was changed" in page.content.decode()
    measurement.refresh_from_db()
    assert measurement.revoked_at == before
    assert AuditEntry.objects.count() == 1


def test_revoking_what_does_not_exist_leads_back(staff_client):
    answer = staff_client.post(reverse("admin:assessments_measurement_revoke", args=[4711]), {"reason": "x"})
    assert answer.url == reverse("admin:assessments_measurement_changelist")


def test_staff_without_the_permission_neither_record_nor_revoke():
    measurement = MeasurementFactory()
    plain = signed_in(UserFactory(is_staff=True, totp=True))
    address = reverse("admin:assessments_measurement_revoke", args=[measurement.pk])
    assert plain.get(ADD).status_code == 403
    assert plain.post(address, {"reason": "x"}).status_code == 403
    measurement.refresh_from_db()
    assert measurement.revoked_at is None


def test_a_measurement_is_not_changed_or_deleted(staff_client):
    measurement = MeasurementFactory(level=4)
    page = f"/admin/assessments/measurement/{measurement.pk}"
    assert staff_client.post(f"{page}/change/", {"level": 6}).status_code == 403
    assert staff_client.post(f"{page}/delete/", {"post": "yes"}).status_code == 403
    measurement.refresh_from_db()
    assert measurement.level == 4


def test_an_item_is_read_as_the_candidate_sees_it_with_its_key(staff_client):
    item = BankFactory().items.first()
    page = staff_client.get(f"/admin/assessments/item/{item.pk}/change/").content.decode()
    assert all(option in page for option in item.options)
    assert item.rationale in page
    assert 'name="key"' not in page
    assert staff_client.post(f"/admin/assessments/item/{item.pk}/change/", {"key": 1}).status_code == 403


def test_a_session_is_read_with_its_responses(staff_client):
    bank = BankFactory()
    session = start_session(candidate=CandidateFactory(), bank=bank, seed=3, now=timezone.now())
    page = staff_client.get(f"/admin/assessments/session/{session.pk}/change/").content.decode()
    assert session.responses.get().item.code in page
    finished_session(CandidateFactory(), bank, theta=-3.2656976, standard_error=0.5123)
    assert "-3.27 ± 0.51" in staff_client.get("/admin/assessments/session/").content.decode()


@pytest.mark.parametrize("role", ["candidate_client", "employer_client"])
@pytest.mark.parametrize("kind", ["bank", "item", "session", "measurement"])
def test_only_staff_get_in(request, role, kind):
    answer = request.getfixturevalue(role).get(f"/admin/assessments/{kind}/")
    assert answer.status_code in (302, 403)
    assert Item.objects.count() == 0


LISTS = {"bank": 4, "item": 8, "session": 5, "measurement": 6}


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize("kind", LISTS)
def test_lists_ask_the_same_at_1_and_at_30_rows(staff_client, django_assert_num_queries, kind, rows):
    for number in range(rows):
        bank = BankFactory(items=2)
        finished_session(CandidateFactory(), bank, at=timezone.now())
        MeasurementFactory(measured_on=date(2026, 10, 1 + number % 28))
    staff_client.get(f"/admin/assessments/{kind}/")
    with django_assert_num_queries(LISTS[kind]):
        staff_client.get(f"/admin/assessments/{kind}/")
