"""The work-style step: 24 statements, answered at once or in several sittings."""

import pytest

from candidates.models import WorkStyleDraft
from reference.work_style import statements
from tests.candidates.filled_forms import send, shown, stored
from tests.candidates.test_step_pages import client, full, of, once, refused
from tests.conftest import signed_in
from tests.factories.candidates import CandidateFactory

__all__ = ["client", "full", "once"]  # fixtures

pytestmark = pytest.mark.django_db


class TestWorkStyle:
    def test_saved_in_the_order_of_the_questionnaire(self, client):
        answers = [1 + at % 5 for at in range(24)]
        sent = {statement.code: str(answer) for statement, answer in zip(statements(), answers, strict=True)}
        assert send(client, "work-style", **sent).url == "/candidate/profile/listing/"
        assert (of(client).work_style, of(client).work_style_version) == (answers, "1")

    def test_shown_again(self, full):
        before = stored(of(full))
        assert send(full, "work-style").status_code == 302
        assert stored(of(full)) == before

    def test_answers_to_another_version_are_asked_again(self):
        client = signed_in(CandidateFactory(work_style_version="0").user)
        assert shown(client.get("/candidate/profile/work-style/")).keys() == {"seen"}

    def test_one_left_out(self, full):
        refused(full, "work-style", "pace_2", "Choose one of the five answers.", pace_2=None, pace_1="5")

    def test_stopping_half_way_keeps_the_answers(self, client):
        before = stored(of(client))
        page = send(client, "work-style", press="close", pace_1="5", pace_2="1")
        assert page.url == "/candidate/profile/"
        text = client.get("/candidate/profile/").content.decode()
        assert "Your 2 answers of 24 are kept. They count once all are there." in text
        assert "is saved." not in text
        assert stored(of(client)) == before
        held = shown(client.get("/candidate/profile/work-style/"))
        assert (held["pace_1"], held["pace_2"], len(held)) == (["5"], ["1"], 3)

    def test_the_rest_later_makes_it_count_and_ends_the_draft(self, client):
        send(client, "work-style", press="close", pace_1="5")
        rest = {statement.code: "3" for statement in statements() if statement.code != "pace_1"}
        assert send(client, "work-style", **rest).status_code == 302
        assert sorted(of(client).work_style) == [3] * 23 + [5]
        assert not WorkStyleDraft.objects.exists()

    def test_stopping_without_an_answer_keeps_nothing(self, client):
        assert send(client, "work-style", press="close").url == "/candidate/profile/"
        assert not WorkStyleDraft.objects.exists()

    def test_going_on_needs_every_answer(self, client):
        assert send(client, "work-style", pace_1="5").status_code == 422
        assert not WorkStyleDraft.objects.exists()

    def test_a_forged_answer_is_refused_although_one_stops(self, client):
        page = send(client, "work-style", press="close", pace_1="5", pace_2="6")
        assert (page.status_code, WorkStyleDraft.objects.exists()) == (422, False)

    def test_six(self, full):
        refused(full, "work-style", "pace_2", "Choose one of the five answers.", pace_2="6")
