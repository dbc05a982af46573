"""Whatever is saved in the very moment in which the person deletes their account: a page that says so, and never an error."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from candidates.actions.errors import ProfileGone
from candidates.enums import Step
from candidates.models import Candidate
from tests.conftest import signed_in
from tests.factories.employers import EmployerFactory
from tests.factories.matching import measured_person, ranked
from tests.factories.vacancies import VacancyFactory
from tests.placements.test_at_once import act_while_leaving

pytestmark = pytest.mark.django_db(transaction=True)

SAID = "Your account is deleted"


def test_every_page_of_a_profile_says_that_it_was_deleted() -> None:
    now = timezone.now()
    employer: Any = EmployerFactory()
    vacancy: Any = VacancyFactory()
    listing = reverse("candidates:listing")
    until = (now + timedelta(days=30)).date().isoformat()
    presses: list[tuple[str, dict[str, Any]]] = [
        *[
            (reverse("candidates:step", args=[step.value]), {"press": "save"})
            for step in Step
            if step != Step.LISTING
        ],
        *[(listing, {"decision": decision}) for decision in ("agree", "withdraw", "stay")],
        (reverse("candidates:pause"), {"until": until}),
        (reverse("candidates:here_again"), {}),
        (reverse("candidates:reservations"), {"press": "sectors", "sectors": ["travel"]}),
        (reverse("candidates:reservations"), {"press": f"reserve-{employer.pk}"}),
        (reverse("assessments:accommodations"), {"extra_time": "25"}),
        (reverse("placements:interest", args=[vacancy.pk]), {}),
    ]
    for url, sent in presses:
        person = measured_person()
        if "interest" in url:
            ranked(vacancy)
        client = signed_in(person.user)
        answer = act_while_leaving(person, lambda: client.post(url, sent), now)  # noqa: B023
        assert not isinstance(answer, Exception), (url, answer)
        assert (url, answer.status_code) == (url, 410)
        page = answer.content.decode()
        assert SAID in page
        assert "What you sent last was not kept" in page
        assert answer.headers["HX-Redirect"] == reverse("placements:left")
        assert reverse("account_login") in page
        assert not Candidate.objects.exists()


def test_the_link_of_a_reminder_says_that_it_holds_no_longer() -> None:
    person = measured_person()
    url = reverse("candidates:stay", args=[person.stay_token])
    client = signed_in(measured_person().user)
    answer = act_while_leaving(person, lambda: client.post(url), timezone.now())
    assert (answer.status_code, "This link holds no longer" in answer.content.decode()) == (410, True)


def test_other_errors_are_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    """As long as the profile is there, what went wrong is told as what it is."""
    person = measured_person()

    def wrong(**_facts: Any) -> None:
        raise ProfileGone(person.pk)

    monkeypatch.setattr("candidates.views.quiet.be_seen_again", wrong)
    with pytest.raises(ProfileGone):
        signed_in(person.user).post(reverse("candidates:here_again"))
