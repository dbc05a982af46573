"""Bringing tables in: a dry run first, all or nothing, written once."""

import pytest
from django.contrib.auth.models import Permission
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import AuditEntry
from common.tables.importing import HEADINGS
from common.tables.reading import MOST_BYTES
from common.tables.writing import table_bytes
from employers.models import Employer
from marketplace.administration.imports import IMPORTERS
from reference.models import WageFloor
from reference.rules.wording import stop_in
from tests.conftest import signed_in
from tests.factories.accounts import UserFactory
from tests.factories.candidates import CandidateFactory
from tests.factories.employers import EmployerFactory
from tests.world import World
from vacancies.models import Vacancy

pytestmark = pytest.mark.django_db

FLOORS, VACANCIES, EMPLOYERS = (reverse("admin:import_table", args=[name]) for name in IMPORTERS)
HEAD = "Source;country;KIND;scope;amount;period;Valid from;reason;colour\n"
GOOD = "Gazette;PT;platform_policy;all work;6,50;hour;1-1-2027;Yearly;blue\n"


def upload(client, page, content, name="table.csv"):
    content = content.encode() if isinstance(content, str) else content
    return client.post(page, {"file": SimpleUploadedFile(name, content)})


def problems(answer):
    return [(one.line, one.column, one.words) for one in answer.context["report"].listed]


def write(client, page, checked):
    return client.post(page, {"key": checked.context["key"]})


def test_a_dry_run_writes_nothing_and_tells_what_is_unknown(staff_client):
    before = WageFloor.objects.count()
    answer = upload(staff_client, FLOORS, HEAD + GOOD)
    report = answer.context["report"]
    assert (report.rows, report.problems, report.written, report.unknown) == (1, [], 0, ("colour",))
    assert "1 row was tried and can be written. Nothing has been written yet." in answer.content.decode()
    assert WageFloor.objects.count() == before
    assert not AuditEntry.objects.exists()


def test_it_is_written_as_a_whole_and_once(staff_client):
    checked = upload(staff_client, FLOORS, HEAD + GOOD + GOOD.replace("PT", "Spain"))
    answer = write(staff_client, FLOORS, checked)
    assert "All 2 rows were written." in answer.content.decode()
    floors = WageFloor.objects.filter(source="Gazette", origin="staff")
    assert sorted(str(one.amount) for one in floors) == ["6.5000", "6.5000"]
    assert {one.country_id for one in floors} == {"PT", "ES"}
    again = write(staff_client, FLOORS, checked)
    assert "Nothing was written again." in again.content.decode()
    assert floors.count() == 2
    entry = AuditEntry.objects.get(verb="table.imported")
    assert (entry.actor, entry.data["rows"], entry.data["table"]) == (staff_client.user, 2, "wage-floors")


def test_each_bad_row_is_named_and_nothing_is_written(staff_client):
    table = (
        HEAD
        + GOOD
        + GOOD.replace("6,50", "1,234")
        + GOOD.replace("PT", "")
        + GOOD.replace("6,50", "0")
        + GOOD
    )
    answer = upload(staff_client, FLOORS, table)
    assert problems(answer) == [
        (3, "amount", "“1,234” can be read in two ways. Write it without a separator of thousands."),
        (4, "country", "This cell is empty."),
        (5, "amount", "The amount has to be more than nothing."),
        (6, "", "A floor of this kind and scope already begins on that day."),
    ]
    assert "key" in answer.context
    assert "4 of 5 rows have something wrong." in answer.content.decode()
    answer = write(staff_client, FLOORS, answer)
    assert not WageFloor.objects.filter(source="Gazette").exists()
    assert len(problems(answer)) == 4


def test_missing_columns_are_named(staff_client):
    answer = upload(staff_client, FLOORS, "country;amount\nPT;6\n")
    assert [(line, words) for line, _column, words in problems(answer)] == [
        (HEADINGS, "The file has no column with this heading.")
    ] * 6
    page = answer.content.decode()
    assert page.count('<th scope="row">headings</th>') == 6
    assert "The headings are not complete, so no row was read." in page
    assert "rows have something wrong" not in page


def test_a_file_that_cannot_be_read_says_so(staff_client):
    answer = upload(staff_client, FLOORS, b"PK\x03\x04nonsense", "table.xlsx")
    assert "This Excel file cannot be read." in answer.content.decode()
    answer = upload(staff_client, FLOORS, b"a" * (MOST_BYTES + 1))
    assert "The file is larger than 900 kB. Split it." in answer.content.decode()
    assert "Choose a file." in staff_client.post(FLOORS, {}).content.decode()


def test_what_was_forgotten_meanwhile_is_uploaded_again(staff_client):
    checked = upload(staff_client, FLOORS, HEAD + GOOD)
    cache.clear()
    assert "Upload it again; nothing was written." in write(staff_client, FLOORS, checked).content.decode()
    assert not WageFloor.objects.filter(source="Gazette").exists()


def test_nobody_writes_what_somebody_else_uploaded(staff_client):
    checked = upload(staff_client, FLOORS, HEAD + GOOD)
    other = signed_in(UserFactory(staff=True))
    assert "Upload it again" in write(other, FLOORS, checked).content.decode()
    assert "Upload it again" in write(staff_client, VACANCIES, checked).content.decode()
    for key in ("", "../etc", "x" * 64):
        assert "Upload it again" in staff_client.post(FLOORS, {"key": key}).content.decode()
    assert not WageFloor.objects.filter(source="Gazette").exists()


VACANCY = {
    "employer": "bike shop", "title": "Customer care", "languages": "nl C1, English B2*", "countries": "PT, Spain",
    "shifts": "Mon-Fri 09:00-17:00; Sat 10:00-14:00", "pay_min": "14,00", "pay_max": "16.50", "hours_week": "32",
    "zone": "Europe/Amsterdam", "start_date": "2099-01-01",
}  # fmt: skip


def test_vacancies_become_drafts_that_the_editor_would_accept(staff_client):
    employer = EmployerFactory(name="Bike Shop")
    rows = [VACANCY | {"start_date": ""}]
    content = table_bytes(list(VACANCY), [list(row.values()) for row in rows], "xlsx")
    write(staff_client, VACANCIES, upload(staff_client, VACANCIES, content, "v.xlsx"))
    vacancy = Vacancy.objects.get()
    version = vacancy.draft
    assert (vacancy.employer, vacancy.state, version.title) == (employer, "draft", "Customer care")
    languages = version.languages.order_by("language").values_list("language", "level", "must")
    assert list(languages) == [("en", 4, False), ("nl", 5, True)]
    assert sorted(version.countries.values_list("country", flat=True)) == ["ES", "PT"]
    shifts = version.shifts.values_list("weekday", "start_minute", "duration_minutes")
    assert list(shifts) == [(day, 540, 480) for day in range(5)] + [(5, 600, 240)]


def test_bad_vacancies_say_what_the_editor_would(staff_client):
    EmployerFactory(name="Bike Shop")
    EmployerFactory(name="Twins")
    EmployerFactory(name="twins")
    rows = [
        VACANCY,
        VACANCY | {"start_date": "", "pay_min": "20"},
        VACANCY | {"start_date": "", "employer": "Nobody"},
        VACANCY | {"start_date": "", "employer": "Twins"},
        VACANCY | {"start_date": "", "shifts": "Mon 9-17"},
        VACANCY | {"start_date": "", "languages": "nl"},
        VACANCY | {"start_date": "", "languages": "nl C1, nl B2"},
        VACANCY | {"start_date": "", "title": "Women only", "description": "A young team."},
    ]
    headings = [*VACANCY, "description"]
    content = table_bytes(headings, [[row.get(name, "") for name in headings] for row in rows], "csv")
    assert problems(upload(staff_client, VACANCIES, content)) == [
        (2, "start_date", "This is more than two years ahead. Choose an earlier date."),
        (3, "pay_max", "The upper end of the pay is below the lower end."),
        (4, "employer", "There is no company of this name or number."),
        (5, "employer", "Several companies are called so. Give the registration number."),
        (6, "shifts", "“Mon 9-17” is no block such as Mon-Fri 09:00-17:00."),
        (7, "languages", "“nl” is no language with its level, such as nl C1."),
        (8, "languages", "This language stands here twice."),
        (9, "title", stop_in("Women only")),
    ]


def test_employers_apply_through_an_account_that_has_no_role(staff_client):
    owner = UserFactory(email="owner@shop.example")
    taken = CandidateFactory().user
    head = "owner_email;name;country;headcount;working_languages;about;website\n"
    row = "owner@shop.example;Bike Shop;NL;12;nl, en;Sells bicycles.;shop.example\n"
    bad = (
        row.replace("owner@shop.example", taken.email)
        + row.replace("owner@", "nobody@")
        + row.replace(";12;", ";0;")
        + row.replace("Sells bicycles.", "Women only.")
    )
    answer = upload(staff_client, EMPLOYERS, head + bad + row + row)
    assert [(line, column) for line, column, _words in problems(answer)] == [
        (2, "owner_email"), (3, "owner_email"), (4, "headcount"), (5, "about"), (7, "owner_email"),
    ]  # fmt: skip
    write(staff_client, EMPLOYERS, upload(staff_client, EMPLOYERS, head + row))
    employer = Employer.objects.get()
    assert (employer.name, employer.state, employer.website) == (
        "Bike Shop",
        "applied",
        "https://shop.example",
    )
    assert employer.memberships.get().user == owner


def test_who_may():
    recruiter = World().client("recruiter")
    for page in (reverse("admin:import_overview"), FLOORS, VACANCIES, EMPLOYERS):
        assert recruiter.get(page).status_code == 200
    user = UserFactory(is_staff=True, totp=True)
    user.user_permissions.set(Permission.objects.filter(codename="change_employer"))
    client = signed_in(user)
    assert client.get(EMPLOYERS).status_code == 200
    assert upload(client, FLOORS, HEAD + GOOD).status_code == 403
    assert "Wage floors" not in client.get(reverse("admin:import_overview")).content.decode()
    looker = signed_in(UserFactory(is_staff=True, totp=True))
    assert looker.get(reverse("admin:import_overview")).status_code == 403
    assert "Bring a table in" not in looker.get(reverse("admin:index")).content.decode()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("name", IMPORTERS)
def test_the_sample_of_each_can_be_read(name, kind, staff_client):
    page = reverse("admin:import_table", args=[name])
    sample = staff_client.get(reverse("admin:import_sample", args=[name, kind]))
    assert sample["Content-Disposition"] == f'attachment; filename="{name}.{kind}"'
    report = upload(staff_client, page, sample.content).context["report"]
    assert report.unknown == ()
    assert {one.column for one in report.problems} <= {"employer", "owner_email"}
    assert staff_client.get(reverse("admin:import_sample", args=[name, "exe"])).status_code == 404
    assert staff_client.get(reverse("admin:import_table", args=["users"])).status_code == 404


def test_a_list_is_taken_away_as_filtered(staff_client):
    EmployerFactory(name="=cmd", applied=True)
    EmployerFactory(name="Other")
    page = reverse("admin:employers_employer_export", args=["csv"])
    answer = staff_client.get(page, {"state__exact": "applied"})
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("id,name,country")
    assert [line.split(",")[1] for line in lines[1:]] == ["'=cmd"]
    entry = AuditEntry.objects.get(verb="table.exported")
    assert entry.data == {"table": "employers.employer", "rows": 1, "filters": "state__exact=applied"}
    listed = staff_client.get(reverse("admin:employers_employer_changelist"), {"state__exact": "applied"})
    assert 'href="export.xlsx?state__exact=applied"' in listed.content.decode()


def test_people_leave_without_name_and_address(staff_client):
    person = CandidateFactory(user__email="ana@people.example")
    answer = staff_client.get(reverse("admin:candidates_candidate_export", args=["csv"]))
    assert str(person.public_id) in answer.content.decode()
    assert "ana@" not in answer.content.decode()
    assert signed_in(UserFactory(is_staff=True, totp=True)).get(answer.wsgi_request.path).status_code == 403


@pytest.mark.parametrize("page", ["vacancies_vacancy", "reference_wagefloor"])
def test_other_lists_are_taken_away_too(page, staff_client):
    assert staff_client.get(reverse(f"admin:{page}_export", args=["xlsx"])).content.startswith(b"PK")
    assert staff_client.get(reverse(f"admin:{page}_export", args=["exe"])).status_code == 404
