"""The public page about matching says what the engine does, with the weights that hold today."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from matching.actions.weights import load_shipped_policies, set_weight_policy
from matching.engine import EMPLOYER_BOUNDS, Bounds, Part, describe
from matching.words.definitions import COLUMNS
from matching.words.gates import REASONS
from reference.models import Occupation
from tests.conftest import signed_in
from tests.factories.accounts import UserFactory
from tests.factories.employers import MembershipFactory
from tests.factories.vacancies import VacancyFactory, version_content

pytestmark = pytest.mark.django_db
URL = "/how-matching-works/"


def test_everybody_reads_every_definition_of_the_engine(client: Client, django_assert_num_queries) -> None:
    load_shipped_policies(now=timezone.now())
    client.get(URL)
    with django_assert_num_queries(2):
        page = client.get(URL)
    text = page.content.decode()
    definitions = describe()
    said = [gate.question for gate in definitions.gates] + [part.in_words for part in definitions.parts]
    pairs = (*definitions.never, *definitions.changes, *definitions.shown_first, *definitions.exactly)
    said += [text for pair in pairs for text in pair]
    said += list(COLUMNS.values())
    said += [row[0] for part in definitions.parts for table in part.tables for row in table.rows]
    said += [str(words) for words in REASONS.values()]
    assert [words for words in said if escape(words) not in text] == []
    assert "No CV is read: no file, no text, no school, no name of an employer reaches the ranking." in text


def test_the_weights_are_those_of_today(client: Client) -> None:
    (engine,) = client.get(URL).context["policies"]
    assert (engine.since, {part.code: part.employer for part in engine.parts}) == (
        None, {str(part): each for part, each in EMPLOYER_BOUNDS.items()},
    )  # fmt: skip
    now = timezone.now()
    bounds = {**EMPLOYER_BOUNDS, Part.LANGUAGE: Bounds(usual=33, least=22, most=44)}
    set_weight_policy(
        occupation=Occupation.objects.get(pk="5244"), bounds=bounds, valid_from=now.date(), reason="Asked for",
        by=UserFactory(), now=now,
    )  # fmt: skip
    page = client.get(URL)
    assert [policy.name for policy in page.context["policies"]] == ["", "Contact centre salespersons"]
    assert "Asked for" in page.content.decode()
    assert re.search(r">33<.*?>22<.*?>44<", page.content.decode())


def test_the_rule_that_decides_who_is_shown_first_is_told_with_its_numbers(client: Client, settings) -> None:
    settings.SHORTLISTS_PER_PERSON, settings.SHOWN_PER_OPENING = 4, 1
    text = " ".join(client.get(URL).content.decode().split())
    assert "nobody is shown first on more than 4 lists at once." in text
    assert "A list shows first 1 person for each opening; the others wait." in text
    assert "0.8 * SMALLNESS(people) * concentration" in text


def test_no_column_of_the_engine_comes_from_a_cv_or_a_protected_fact() -> None:
    meanings = dict(describe().columns)
    forbidden = re.compile(
        r"cv|document|file|text|school|education|degree|employer|name|photo|birth|age$|gender|nation|ethnic|religion"
    )
    found = {name for name in meanings if forbidden.search(name.replace("language", ""))}
    # Whom a person hides from, not whom they worked for.
    assert found == {"reserved_employers.employer"}
    assert "that the person asked not to be shown to" in meanings["reserved_employers.employer"]


def test_the_editor_says_what_the_bounds_change() -> None:
    content = version_content(occupation_id="5244", weights={"time": 0, "language": 2})
    vacancy = VacancyFactory(draft=True, content=content)
    member = signed_in(MembershipFactory(employer=vacancy.employer).user)
    page = member.get(reverse("vacancies:edit", args=[vacancy.pk])).content.decode()
    assert "Time would weigh 0; for this kind of work at least 5 is counted." in page
    assert "Language would weigh" not in page
    assert "#weights" in page


def test_what_people_see_of_a_vacancy_says_it_too() -> None:
    vacancy = VacancyFactory(published=True, content=version_content(weights={"culture": 4, "skills": 0}))
    member = signed_in(MembershipFactory(employer=vacancy.employer).user)
    page = member.get(reverse("vacancies:detail", args=[vacancy.pk])).content.decode()
    assert "Skills would weigh 0; for this kind of work at least 10 is counted." in page
    assert "Culture would weigh" not in page
