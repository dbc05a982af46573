"""Rows that have no name of their own are called, wherever they are shown, by what they belong to and their day."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from accounts.actions.audit import record
from accounts.models import AuditEntry
from assessments.actions.sessions import start_session
from assessments.models import Session
from employers.models import CompanyAppeal, EmployerStatusLog
from matching.models import WeightPolicy
from reference.models import MarketPay, WorkingHours
from tests.assessments.desk_play import scenario
from tests.conftest import NOW
from tests.factories.accounts import UserFactory
from tests.factories.assessments import BankFactory, scorecard
from tests.factories.candidates import CandidateFactory
from tests.factories.employers import EmployerFactory
from tests.factories.reference import WageFloorFactory

pytestmark = pytest.mark.django_db
KEY = re.compile(r"\d{4}-\d{2}-\d{2}|^\d+ ")


def test_rows_are_called_by_words_and_dates_of_the_reader() -> None:
    card = scorecard(CandidateFactory(), employer=None, by=UserFactory(staff=True), now=NOW)
    session = Session(bank=BankFactory(items=1), state="finished", started_at=NOW)
    appeal = CompanyAppeal(employer=EmployerFactory(name="Vel & Co"), made_at=NOW)
    with override("nl"):
        assert str(WageFloorFactory()) == "Andorra: wettelijk minimumloon, 1 januari 2026"
        assert str(WageFloorFactory(valid_from=None)) == "Andorra: wettelijk minimumloon"
        assert str(WorkingHours(country_id="NL")) == "Nederland"
        assert str(WeightPolicy(valid_from=date(2026, 3, 1))).endswith(", 1 maart 2026")
        assert str(MarketPay.objects.filter(country="PH")[0]).startswith("Filipijnen: ")
        step = EmployerStatusLog(state="rejected", at=NOW)
        for row in (card, session, appeal, step):
            assert not KEY.search(str(row)), row
        assert str(appeal).startswith("Vel & Co, ")
        assert str(step).startswith("afgewezen, ")


def test_the_title_and_the_crumb_of_the_audit_log_say_the_act_in_words(staff_client: Client) -> None:
    user = staff_client.user  # type: ignore[attr-defined]
    record(verb="weights.set", target=user, by=user, now=NOW)
    entry = AuditEntry.objects.latest("pk")
    page = staff_client.get(reverse("admin:accounts_auditentry_change", args=[entry.pk])).content.decode()
    assert "<h1>Audit entry: Weights set (User)</h1>" in page
    crumbs = page.split('class="breadcrumbs"')[1].split("</div>")[0]
    assert "Weights set (User)" in crumbs
    assert "weights.set" not in crumbs


def test_rows_below_a_page_have_a_named_heading_for_every_cell(staff_client: Client) -> None:
    card = scorecard(CandidateFactory(), employer=None, by=UserFactory(staff=True), now=timezone.now())
    page = staff_client.get(reverse("admin:assessments_scorecard_change", args=[card.pk])).content.decode()
    table = page.split('id="ratings-group"')[1].split("</table>")[0]
    headings = re.findall(r"<th[^>]*>(.*?)</th>", table)
    assert headings
    assert all(headings)
    assert len(re.findall(r"<td", table)) == 2 * len(headings)


def test_where_there_is_no_row_that_is_said_instead_of_headings_alone(staff_client: Client) -> None:
    session = start_session(candidate=CandidateFactory(), bank=BankFactory(), seed=1, now=timezone.now())
    session.responses.all().delete()
    page = staff_client.get(reverse("admin:assessments_session_change", args=[session.pk])).content.decode()
    rows = page.split('id="responses-group"')[1].split("</fieldset>")[0]
    assert "Nothing stands here yet." in rows
    assert "<th" not in rows


def test_runs_at_a_desk_are_filtered_by_what_the_desks_are_called(staff_client: Client) -> None:
    scenario("small-1", title="Lamps & Co")
    scenario("small-2", title="A shop of tea")
    page = staff_client.get(reverse("admin:assessments_scenariorun_changelist")).content.decode()
    choices = page.split('id="changelist-filter"')[1]
    assert choices.index(">A shop of tea<") < choices.index(">Lamps &amp; Co<")
    assert ">small-1<" not in choices
