"""Where findings and a recruiter's remarks are read: editor, vacancy, review, and the door to publishing."""

import pytest

from accounts.models import OutboxMail
from tests.factories.accounts import UserFactory
from tests.factories.vacancies import VacancyFactory, version_content
from vacancies.actions.errors import UnableToMoveVacancy, UnableToPublish
from vacancies.actions.lifecycle import send_back_vacancy, submit_vacancy
from vacancies.enums import VacancyState
from vacancies.models import Vacancy

pytestmark = pytest.mark.django_db

BAD = {"title": "Native Dutch speaker for chat", "description": "You join a young team. <b>Women only</b>."}


def page(client, url: str) -> str:
    return client.get(url).content.decode()


class TestWhileTyping:
    def test_the_sent_text_is_judged(self, employer_client) -> None:
        answer = employer_client.post("/vacancies/wording/", {"description": BAD["description"]})
        text = answer.content.decode()
        assert text.index("Cannot be published") < text.index("Better left out")
        assert "<q>Women only</q>: asks for a gender." in text
        assert "<q>young team</q>: hints at an age." in text
        assert "European Directive 2006/54" in text

    @pytest.mark.parametrize("sent", [{}, {"description": "Dutch at B2."}, {"months": "Women only"}])
    def test_nothing_wrong_says_nothing(self, employer_client, sent) -> None:
        assert employer_client.post("/vacancies/wording/", sent).content.strip() == b""

    def test_words_are_escaped(self, employer_client) -> None:
        answer = employer_client.post(
            "/vacancies/wording/", {"title": "You pay <script>alert(1)</script> €5"}
        )
        assert "<script>" not in answer.content.decode()
        assert "&lt;script&gt;" in answer.content.decode()

    def test_nobody_who_may_not_write_asks(self, viewer_client) -> None:
        assert viewer_client.post("/vacancies/wording/", {"title": "Women only"}).status_code == 403


def test_the_editor_shows_findings_at_their_fields(employer_client, employer) -> None:
    vacancy = VacancyFactory(employer=employer, draft=True, content=version_content(**BAD))
    text = page(employer_client, f"/vacancies/{vacancy.pk}/edit/")
    at_title, at_description = text.split('id="wording-title"')[1].split('id="wording-description"')
    assert "<q>Native Dutch speaker</q>" in at_title
    assert "<q>Women only</q>" in at_description


def test_the_vacancys_page_says_what_keeps_it(employer_client, employer) -> None:
    vacancy = VacancyFactory(employer=employer, draft=True, content=version_content(**BAD))
    text = page(employer_client, f"/vacancies/{vacancy.pk}/")
    assert "These words cannot be published: “Native Dutch speaker”. The editor says why." in text
    assert "About the words: Title" in text
    assert "Hand in for review" not in text


def test_the_recruiter_reads_findings_in_the_review(staff_client) -> None:
    vacancy = VacancyFactory(in_review=True, content=version_content(description="You join a young team."))
    assert "<q>young team</q>" in page(staff_client, f"/admin/vacancies/vacancy/{vacancy.pk}/review/")


def test_words_that_stop_cannot_be_handed_in_and_advice_can(employer, now) -> None:
    stopped = VacancyFactory(employer=employer, draft=True, content=version_content(title=BAD["title"]))
    with pytest.raises(UnableToPublish) as refused:
        submit_vacancy(vacancy=stopped, by=UserFactory(), today=now.date(), now=now)
    assert list(refused.value.problems) == ["title"]
    advised = VacancyFactory(
        employer=employer, draft=True, content=version_content(description="A young team.")
    )
    submit_vacancy(vacancy=advised, by=UserFactory(), today=now.date(), now=now)
    advised.refresh_from_db()
    assert advised.state == VacancyState.IN_REVIEW


class TestRemarks:
    @pytest.fixture
    def waiting(self, employer) -> Vacancy:
        return VacancyFactory(employer=employer, in_review=True)

    def send_back(self, client, vacancy, **sent):
        facts = {"decision": "send_back", "reason": "", "seen": vacancy.draft_id}
        return client.post(f"/admin/vacancies/vacancy/{vacancy.pk}/review/", facts | sent, follow=True)

    def test_a_remark_stands_at_its_part_of_the_editor(self, staff_client, employer_client, waiting) -> None:
        self.send_back(staff_client, waiting, remark_pay="€16 is below what you said <by phone>.")
        text = page(employer_client, f"/vacancies/{waiting.pk}/edit/")
        at_pay = text.split('id="pay-rows"')[1]
        assert "A recruiter asks: Pay and countries" in at_pay
        assert "€16 is below what you said &lt;by phone&gt;." in at_pay
        assert "A recruiter asks" not in text.split('id="pay-rows"')[0]
        assert "Pay and countries: €16 is below" in page(employer_client, f"/vacancies/{waiting.pk}/")
        assert "Pay and countries: €16 is below what you said <by phone>." in OutboxMail.objects.get().text

    def test_neither_reason_nor_remark_is_refused(self, staff_client, waiting) -> None:
        answer = self.send_back(staff_client, waiting, remark_title="  ")
        assert answer.context["form"].errors == {
            "reason": ["Say what has to change; the employer cannot guess it."]
        }

    def test_a_remark_on_nothing_known_is_refused(self, waiting, now) -> None:
        with pytest.raises(UnableToMoveVacancy):
            send_back_vacancy(
                vacancy=waiting, reason="", by=UserFactory(staff=True), now=now, remarks={"hair": "Why?"}
            )

    def test_a_later_round_replaces_the_remarks(self, employer_client, waiting, now) -> None:
        by = UserFactory(staff=True)
        send_back_vacancy(vacancy=waiting, reason="", by=by, now=now, remarks={"title": "Which shop?"})
        submit_vacancy(vacancy=waiting, by=by, today=now.date(), now=now)
        send_back_vacancy(vacancy=waiting, reason="Better.", by=by, now=now, remarks={"skills": "Why CRM?"})
        text = page(employer_client, f"/vacancies/{waiting.pk}/edit/")
        assert "Why CRM?" in text
        assert "Which shop?" not in text
