"""Writing a vacancy: what is stored, what is refused, and that nothing typed is lost."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.models import AuditEntry
from reference.enums import CEFRLevel
from reference.models import Country
from reference.queries.rates import exchange_rates
from tests.factories.employers import EmployerFactory
from tests.factories.vacancies import VacancyFactory, version_content
from tests.vacancies.posted import editor_data
from vacancies.content import CountryRow, LanguageRow, ShiftRow, SkillRow, content_of
from vacancies.enums import VacancyState
from vacancies.models import Vacancy, VacancyVersion

pytestmark = pytest.mark.django_db

NEW = "/vacancies/new/"
RICH = {
    "languages": (LanguageRow("de", CEFRLevel.B1, must=False, weight=3), LanguageRow("en", CEFRLevel.C1)),
    "skills": (SkillRow("crm", must=True, minimum=2), SkillRow("email_handling", weight=2)),
    "shifts": (ShiftRow(0, 540, 480), ShiftRow(1, 540, 480), ShiftRow(4, 22 * 60, 480, must=True)),
    "hours_week": 16,
    "countries": (CountryRow("GB", Decimal("14.00"), Decimal("16.00"), "GBP"), CountryRow("NL"), CountryRow("PT")),
    "customer_countries": ("ES", "NL"),
    "locality_wanted": True,
    "locality_for": "Advising on trips through Spain.",
    "culture_wanted": True,
    "weights": {"language": 4, "experience": 0},
    "legal_employer": "provider",
    "legal_employer_name": "Fair Staffing",
    "pay_period": "hour",
}  # fmt: skip


def test_what_is_typed_is_what_is_stored(employer_client, employer) -> None:
    content = version_content(**RICH)
    response = employer_client.post(NEW, editor_data(content))
    assert response.status_code == 302, [part.errors for part in response.context["forms"].parts()]
    vacancy = Vacancy.objects.get()
    assert response["Location"] == f"/vacancies/{vacancy.pk}/"
    assert (vacancy.state, vacancy.employer, vacancy.created_by) == (
        VacancyState.DRAFT,
        employer,
        employer_client.user,
    )
    assert content_of(vacancy.draft) == content
    assert vacancy.draft.number == 1
    assert [entry.state for entry in vacancy.status_log.all()] == ["draft"]


def test_a_title_is_enough_for_a_draft(employer_client) -> None:
    bare = version_content(
        title="Later more", description="", occupation_id=None, sector_id=None, channels=(), languages=(), skills=(), shifts=(),
        countries=(), customer_countries=(), pay_min=None, pay_max=None, hours_week=None, start_date=None,
    )  # fmt: skip
    assert employer_client.post(NEW, editor_data(bare)).status_code == 302
    assert content_of(Vacancy.objects.get().draft) == bare


def test_the_editor_starts_in_the_employers_currency_and_zone(employer_client) -> None:
    forms = employer_client.get(NEW, follow=True).context["forms"]
    assert forms.facts["pay_currency"].value() == "EUR"
    assert forms.facts["zone"].value() == "Europe/Amsterdam"


def refused(client, data, status: int = 422, url: str = NEW):
    """Send it; nothing may be written. Returns the forms of the page that comes back."""
    before = (Vacancy.objects.count(), VacancyVersion.objects.count(), AuditEntry.objects.count())
    response = client.post(url, data)
    assert response.status_code == status
    assert (Vacancy.objects.count(), VacancyVersion.objects.count(), AuditEntry.objects.count()) == before
    return response.context["forms"]


NOT_LISTED = "This is not in the list. Choose again."
TOO_LITTLE = "This is less than €0.05 an hour. Look at the amount, currency and period."
TOO_MUCH = "This is more than €250 an hour. Look at the amount, currency and period."
IMPOSSIBLE_FACTS: list[dict[str, tuple[Any, str]]] = [
    {
        "title": ("", "This field is required."),
        "pay_min": ("-9", "Pay has to be more than zero."),
        "zone": ("Europe/Atlantis", NOT_LISTED),
        "sector": ("piracy", NOT_LISTED),
        "hours_week": ("61", "Ensure this value is less than or equal to 60."),
        "start_date": ("2020-01-01", "This date has passed. Choose a date from today on."),
    },
    {
        "title": ("x" * 121, "Ensure this value has at most 120 characters (it has 121)."),
        "pay_min": ("0", "Pay has to be more than zero."),
        "occupation": ("9999", NOT_LISTED),
        "channels": (["telepathy"], NOT_LISTED),
        "start_date": ("9999-12-31", "This is more than two years ahead. Choose an earlier date."),
    },
    {
        "description": ("x" * 8001, "Ensure this value has at most 8000 characters (it has 8001)."),
        "countries": (["PT", "ZZ"], NOT_LISTED),
        "legal_employer": ("nobody", NOT_LISTED),
        "hours_week": ("0", "Ensure this value is greater than or equal to 1."),
    },
    {
        "contract_form": ("serfdom", NOT_LISTED),
        "weight_language": ("99", NOT_LISTED),
        "months": ("0", "Ensure this value is greater than or equal to 1."),
        "openings": ("10001", "Ensure this value is less than or equal to 10000."),
        "start_date": ("31 February", "This is not a date. Write it as 2027-01-31."),
    },
    {
        "pay_min": ("sixteen", "Enter a number."),
        "pay_max": ("9999999999999999", "This amount is too long to be meant."),
        "pay_currency": ("XXX", NOT_LISTED),
    },
    {"pay_min": ("NaN", "Enter a number."), "pay_period": ("decade", NOT_LISTED)},
    {"pay_min": ("0.01", TOO_LITTLE), "pay_max": ("999", TOO_MUCH)},
    {"pay_max": ("15.00", "The upper end of the pay is below the lower end.")},
]
"""Facts that are impossible each for itself, sent together: what is typed and what is said of it."""


@pytest.mark.parametrize("facts", IMPOSSIBLE_FACTS, ids=", ".join)
def test_an_impossible_fact_is_refused_at_its_field(employer_client, facts) -> None:
    forms = refused(employer_client, editor_data(**{field: value for field, (value, _said) in facts.items()}))
    assert forms.facts.errors == {field: [sentence] for field, (_value, sentence) in facts.items()}
    for field, (value, _sentence) in facts.items():
        assert forms.facts[field].value() == value, f"{field} is not there any more"


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("countries", ["PT", "NL", "PT"], "A country stands here twice. Choose each one once."),
        ("customer_countries", ["ES", "ES"], "A country stands here twice. Choose each one once."),
        ("channels", ["email", "email"], "A channel stands here twice. Choose each one once."),
    ],
)
def test_the_same_choice_sent_twice_is_refused(employer_client, field, value, sentence) -> None:
    forms = refused(employer_client, editor_data(**{field: value}))
    assert forms.facts.errors == {field: [sentence]}


def test_locality_says_for_which_part_of_the_work(employer_client) -> None:
    forms = refused(employer_client, editor_data(locality_wanted="on", locality_for="  "))
    assert forms.facts.errors == {
        "locality_for": ["Say which part of the work needs it; candidates have a right to know."]
    }


NOT_A_WHOLE_BLOCK = "Fill in the days, the start and the end of this block, or nothing."
OVERLAPS = "This block overlaps with another one. Change one of them."
Wrong = tuple[str, dict[str, Any], str, str]
IMPOSSIBLE_ROWS: list[list[Wrong]] = [
    [
        ("shifts-0", {"start": "25:00"}, "start", "This is not a time of the day. Write it as 09:15."),
        ("languages-0", {"level": ""}, "level", "Choose the level that the work needs."),
        ("own_pay-0", {"country": "PT", "pay_min": "9"}, "__all__",
         "Fill in the country and both ends of its pay range, or nothing."),
    ],
    [
        ("shifts-0", {"start": "09:07"}, "start", "Use quarters of an hour, such as 09:15."),
        ("languages-0", {"level": "7"}, "level", NOT_LISTED),
        ("skills-1", {"skill": "", "must": "on"}, "skill", "Choose the skill that is required."),
    ],
    [
        ("shifts-0", {"end": ""}, "__all__", NOT_A_WHOLE_BLOCK),
        ("languages-0", {"language": ""}, "language", "Choose the language that this level is for."),
    ],
    [
        ("shifts-0", {"weekdays": ["7"]}, "weekdays", NOT_LISTED),
        ("own_pay-0", {"country": "PT", "pay_min": "9", "pay_max": "8"}, "pay_max",
         "The upper end of the pay is below the lower end."),
    ],
    # What rows say together is looked at once each of them can be meant.
    [
        ("shifts-1", {"weekdays": ["0"], "start": "16:00", "end": "18:00"}, "start", OVERLAPS),
        ("skills-1", {"skill": "email_handling"}, "skill", "This skill stands here twice."),
        ("languages-1", {"language": "en", "level": "5"}, "language", "This language stands here twice."),
        ("own_pay-0", {"country": "ES", "pay_min": "9", "pay_max": "9"}, "country",
         "Choose this country among those where you can hire, too."),
    ],
    [
        ("shifts-1", {"weekdays": ["6"], "start": "22:00", "end": "09:15"}, "start", OVERLAPS),
        ("own_pay-0", {"country": "PT", "pay_min": "9", "pay_max": "900"}, "pay_max", TOO_MUCH),
    ],
]  # fmt: skip
"""Rows that are impossible each for itself, sent together: the row, what is typed, at which field what is said of it."""


@pytest.mark.parametrize("wrong", IMPOSSIBLE_ROWS, ids=lambda wrong: ", ".join(one[0] for one in wrong))
def test_an_impossible_row_is_refused_at_its_field(employer_client, wrong) -> None:
    changes = {f"{row}-{name}": value for row, typed, *_said in wrong for name, value in typed.items()}
    forms = refused(employer_client, editor_data(**changes))
    for row, typed, field, sentence in wrong:
        rows, at = row.split("-")
        form = forms.rows(rows)[int(at)]
        assert form.errors == {field: [sentence]}, row
        assert {name: form[name].value() for name in typed} == typed | (
            {"must": True} if "must" in typed else {}
        ), row


def test_an_end_before_the_start_is_on_the_next_day(employer_client) -> None:
    data = editor_data(**{"shifts-0-start": "22:00", "shifts-0-end": "06:00"})
    employer_client.post(NEW, data)
    assert [(row.weekday, row.start_minute, row.duration_minutes) for row in Vacancy.objects.get().draft.shifts.all()] == [
        (day, 1320, 480) for day in range(5)
    ]  # fmt: skip


def test_the_same_time_twice_is_a_whole_day(employer_client) -> None:
    employer_client.post(NEW, editor_data(**{"shifts-0-start": "00:00", "shifts-0-end": "00:00"}))
    assert {row.duration_minutes for row in Vacancy.objects.get().draft.shifts.all()} == {1440}


def test_a_country_whose_currency_has_no_rate_is_named_at_the_field(employer_client) -> None:
    forms = refused(employer_client, editor_data(countries=["PT", "KP"]))
    assert forms.facts.errors["countries"] == [
        "There is no exchange rate on file for the North Korean Won, so pay in North Korea cannot be compared. "
        "Leave these countries out, or pay them in their own currency."
    ]


@pytest.mark.parametrize("changes", [{}, {"months": "soon"}])
def test_a_country_without_a_rate_does_not_hide_the_pay_of_the_others(employer_client, changes) -> None:
    data = editor_data(countries=["PT", "KP"], check_pay="1", **changes)
    response = employer_client.post(NEW, data)
    assert [(offer.country, offer.state) for offer in response.context["offers"]] == [
        ("KP", "no_rate"),
        ("PT", "ok"),
    ]
    text = response.content.decode()
    assert "The pay could not be checked yet" not in text
    assert "There is no exchange rate on file for the North Korean Won" in text


def test_a_text_of_five_megabytes_is_refused_whole(employer_client) -> None:
    response = employer_client.post(NEW, editor_data(description="x" * 5_000_000))
    assert response.status_code == 400
    assert Vacancy.objects.count() == 0


def test_without_a_csrf_token_nothing_is_written(employer_client) -> None:
    employer_client.handler.enforce_csrf_checks = True
    assert employer_client.post(NEW, editor_data()).status_code == 403
    assert Vacancy.objects.count() == 0


@pytest.mark.parametrize("forged", ["13", "100000", "9" * 5000, "many", ""])
def test_a_forged_number_of_rows_is_refused(employer_client, forged) -> None:
    refused(employer_client, editor_data(**{"languages-TOTAL_FORMS": forged}))


@pytest.mark.parametrize(
    ("rows", "held"), [("languages", 2), ("skills", 3), ("shifts", 2), ("own_pay", 1), ("passwords", None)]
)
def test_more_rows_keep_everything_typed_and_judge_nothing(employer_client, rows, held) -> None:
    data = editor_data(title="", **{"shifts-0-start": "25:00", "languages-1-level": "5", "pay_min": "-1"})
    forms = refused(employer_client, data | {"add_row": rows}, status=200)
    assert all(not part.errors or part.errors == [{}] * len(part.errors) for part in forms.parts())
    assert forms.rows("shifts")[0]["start"].value() == "25:00"
    assert forms.rows("languages")[1]["level"].value() == "5"
    assert forms.facts["pay_min"].value() == "-1"
    assert forms.facts["countries"].value() == ["NL", "PT"]
    if held:
        assert len(forms.rows(rows)) == held + 3


def test_more_rows_end_somewhere(employer_client) -> None:
    data = editor_data(**{"skills-TOTAL_FORMS": "29", "add_row": "skills"})
    assert len(refused(employer_client, data, status=200).rows("skills")) == 30


def test_too_many_rows_are_counted(employer_client) -> None:
    forms = refused(employer_client, editor_data(**{"skills-TOTAL_FORMS": "31"}))
    assert forms.skills.non_form_errors() == ["At most 30 rows fit here."]


def test_every_country_and_a_whole_week_of_blocks_can_be_sent(employer_client) -> None:
    rated = exchange_rates(timezone.localdate()).rates
    codes = list(Country.objects.filter(currency__in=rated).values_list("pk", flat=True))
    assert len(codes) > 100
    shifts = tuple(ShiftRow(day, start * 60, 45 + 15 * day) for day in range(7) for start in (0, 6, 12, 18))
    content = version_content(
        shifts=shifts,
        customer_countries=tuple(sorted(codes)),
        countries=tuple(CountryRow(code) for code in sorted(codes)),
    )
    assert employer_client.post(NEW, editor_data(content)).status_code == 302
    assert content_of(Vacancy.objects.get().draft) == content


def test_check_the_pay_shows_each_country_and_saves_nothing(employer_client) -> None:
    data = editor_data(pay_min="9.00", pay_max="9.00", check_pay="1")
    response = employer_client.post(NEW, data)
    assert response.status_code == 200
    assert Vacancy.objects.count() == 0
    page = response.content.decode()
    assert [(offer.country, offer.state) for offer in response.context["offers"]] == [
        ("NL", "below"),
        ("PT", "ok"),
    ]
    assert "€14.99" in page
    assert "€6.20" in page
    assert "not above the floor" in page
    assert response.context["offers"][0].whole.floors.effective.row.source in page


def test_the_pay_can_be_checked_before_the_rest_is_written(employer_client) -> None:
    response = employer_client.post(NEW, editor_data(title="", check_pay="1"))
    assert response.status_code == 422
    assert [offer.country for offer in response.context["offers"]] == ["NL", "PT"]


def test_pay_that_is_wrong_itself_is_not_checked(employer_client) -> None:
    response = employer_client.post(NEW, editor_data(pay_min="-1", check_pay="1"))
    assert response.status_code == 422
    assert response.context["offers"] is None
    assert b"The pay could not be checked yet" in response.content


def test_the_key_stands_in_the_address_and_in_the_form(employer_client) -> None:
    page = employer_client.get(NEW)
    key = page["Location"].removeprefix(f"{NEW}?key=")
    assert employer_client.get(page["Location"]).context["forms"].facts["key"].value() == key
    assert employer_client.get(NEW)["Location"] != page["Location"]


def test_going_back_to_the_empty_editor_leads_to_what_was_saved(employer_client) -> None:
    key = str(uuid4())
    employer_client.post(f"{NEW}?key={key}", editor_data(key=key, title="Saved"))
    page = employer_client.get(f"{NEW}?key={key}", follow=True)
    assert page.redirect_chain == [(f"/vacancies/{Vacancy.objects.get().pk}/edit/", 302)]
    assert page.context["forms"].facts["title"].value() == "Saved"
    assert "This vacancy is saved already." in page.content.decode()


def test_the_key_of_another_employers_vacancy_leads_nowhere(employer_client, other_employer_client) -> None:
    key = str(uuid4())
    other_employer_client.post(NEW, editor_data(key=key))
    assert employer_client.get(f"{NEW}?key={key}").status_code == 200


@pytest.mark.parametrize("forged", ["", "1", "'; --", "x" * 4000])
def test_a_forged_key_in_the_address_is_replaced(employer_client, forged) -> None:
    page = employer_client.get(NEW, {"key": forged})
    assert (page.status_code, len(page["Location"])) == (302, len(f"{NEW}?key=") + 36)


def test_the_key_of_the_page_makes_one_vacancy_of_two_presses(employer_client) -> None:
    data = editor_data(key=str(uuid4()))
    first, second = employer_client.post(NEW, data), employer_client.post(NEW, data)
    assert first["Location"] == second["Location"] == f"/vacancies/{Vacancy.objects.get().pk}/"
    assert Vacancy.objects.get().versions.count() == 1


class TestEditing:
    def url(self, vacancy) -> str:
        return f"/vacancies/{vacancy.pk}/edit/"

    def test_a_published_one_gets_a_draft_beside_it(self, employer_client, employer) -> None:
        vacancy = VacancyFactory(employer=employer)
        content = version_content(title="Better paid", pay_min=Decimal("17.00"))
        employer_client.post(self.url(vacancy), editor_data(content, seen=vacancy.current_id))
        vacancy.refresh_from_db()
        assert vacancy.state == VacancyState.PUBLISHED
        assert vacancy.current.title == "Customer care for a web shop"
        assert (vacancy.draft.number, content_of(vacancy.draft)) == (2, content)

    def test_saving_again_replaces_the_draft(self, employer_client, employer) -> None:
        vacancy = VacancyFactory(employer=employer, draft=True)
        employer_client.post(self.url(vacancy), editor_data(title="Second", seen=vacancy.draft_id))
        vacancy.refresh_from_db()
        assert (vacancy.draft.number, vacancy.draft.title) == (1, "Second")
        assert vacancy.versions.count() == 1

    def test_the_same_content_changes_nothing(self, employer_client, employer) -> None:
        vacancy = VacancyFactory(employer=employer)
        response = employer_client.post(
            self.url(vacancy), editor_data(content_of(vacancy.current), seen=vacancy.current_id)
        )
        assert response.status_code == 302
        vacancy.refresh_from_db()
        assert vacancy.draft is None

    def test_a_colleagues_words_are_not_overwritten_unseen(
        self, employer_client, colleague_client, employer
    ) -> None:
        vacancy = VacancyFactory(employer=employer, draft=True)
        mine = editor_data(title="Mine", seen=vacancy.draft_id)
        colleague_client.post(self.url(vacancy), editor_data(title="Theirs", seen=vacancy.draft_id))
        forms = refused(employer_client, mine, status=409, url=self.url(vacancy))
        assert forms.facts["title"].value() == "Mine"
        assert forms.facts.non_field_errors()[0].startswith(
            "A colleague saved another version while you were typing."
        )
        vacancy.refresh_from_db()
        assert vacancy.draft.title == "Theirs"

    def test_pressing_save_twice_is_no_conflict(self, employer_client, employer) -> None:
        vacancy = VacancyFactory(employer=employer, draft=True)
        data = editor_data(title="Mine", seen=vacancy.draft_id)
        assert [employer_client.post(self.url(vacancy), data).status_code for _press in range(2)] == [
            302,
            302,
        ]
        vacancy.refresh_from_db()
        assert vacancy.draft.title == "Mine"

    def test_one_in_review_cannot_be_changed(self, employer_client, employer) -> None:
        vacancy = VacancyFactory(employer=employer, in_review=True)
        for response in (
            employer_client.get(self.url(vacancy)),
            employer_client.post(self.url(vacancy), editor_data(title="Other", seen=vacancy.draft_id)),
        ):
            assert response["Location"] == f"/vacancies/{vacancy.pk}/"
        vacancy.refresh_from_db()
        assert vacancy.draft.title == "Customer care for a web shop"

    def test_another_employers_vacancy_is_not_found(self, employer_client) -> None:
        vacancy = VacancyFactory(employer=EmployerFactory(), draft=True)
        assert employer_client.get(self.url(vacancy)).status_code == 404
        assert (
            employer_client.post(
                self.url(vacancy), editor_data(title="Stolen", seen=vacancy.draft_id)
            ).status_code
            == 404
        )
        vacancy.refresh_from_db()
        assert vacancy.draft.title == "Customer care for a web shop"

    def test_a_viewer_may_not_write(self, viewer_client, employer) -> None:
        vacancy = VacancyFactory(employer=employer, draft=True)
        assert viewer_client.get(self.url(vacancy)).status_code == 403
        assert viewer_client.post(self.url(vacancy), editor_data()).status_code == 403
        assert viewer_client.post(NEW, editor_data()).status_code == 403
        assert Vacancy.objects.count() == 1

    def test_what_was_stored_comes_back_unchanged_through_the_form(self, employer_client, employer) -> None:
        content = version_content(**RICH)
        vacancy = VacancyFactory(employer=employer, draft=True, content=content)
        page = employer_client.get(self.url(vacancy))
        assert page.status_code == 200
        assert page.context["forms"].facts["seen"].value() == vacancy.draft_id
        employer_client.post(self.url(vacancy), editor_data(content, seen=vacancy.draft_id))
        vacancy.refresh_from_db()
        assert content_of(vacancy.draft) == content

    def test_a_start_that_passed_meanwhile_has_to_be_moved(self, employer_client, employer) -> None:
        past = timezone.localdate() - timedelta(days=1)
        vacancy = VacancyFactory(employer=employer, content=replace(version_content(), start_date=past))
        forms = refused(
            employer_client,
            editor_data(content_of(vacancy.current), seen=vacancy.current_id),
            url=self.url(vacancy),
        )
        assert list(forms.facts.errors) == ["start_date"]


def test_query_counts_of_the_editor(employer_client, employer, django_assert_num_queries) -> None:
    page = f"{NEW}?key={uuid4()}"
    employer_client.get(page)  # vocabularies are read once per process
    with django_assert_num_queries(4):
        employer_client.get(page)
    vacancy = VacancyFactory(employer=employer, draft=True, content=version_content(**RICH))
    with django_assert_num_queries(11):
        employer_client.get(f"/vacancies/{vacancy.pk}/edit/")
