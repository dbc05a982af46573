"""The task before a test that people rate: there for every language, shown with an example, and never kept."""

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.enums import Activity
from assessments.management.commands.load_banks import DATA
from assessments.rules.rated_practice import practice_task
from assessments.rules.rated_task_sheet import FOLDERS
from tests.factories.rated import rated_tasks, spoken_tasks

pytestmark = pytest.mark.django_db
WRITING, SPEAKING = "/tests/writing/en/practice/", "/tests/speaking/en/practice/"


def given(folder: str, language: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads((Path(DATA) / folder / f"{language}.json").read_text())
    return found


@pytest.mark.parametrize("folder", sorted(FOLDERS))
@pytest.mark.parametrize("language", ["de", "en", "es", "fr", "it", "nl"])
def test_every_language_has_a_task_that_is_none_of_the_test(folder, language):
    task = practice_task(language, FOLDERS[folder])
    assert task is not None
    assert all((task.title, task.situation, task.facts, task.asked, task.example, len(task.good) >= 3))
    assert task.title not in {one["title"] for one in given(folder, language)}


def test_the_same_languages_have_practice_and_a_test():
    for folder, activity in FOLDERS.items():
        on_file = {path.stem for path in (Path(DATA) / folder).glob("*.json")}
        assert {code for code in [*on_file, "pl", "ru"] if practice_task(code, activity)} == on_file


def test_who_wrote_reads_the_own_words_beside_an_example_and_nothing_is_written(candidate_client):
    page = candidate_client.get(WRITING).text
    task = practice_task("en", Activity.WRITTEN_INTERACTION)
    assert task is not None
    assert "Two cups instead of four" in page
    assert "the first box was too small" in page
    assert "already on their way" not in page
    with CaptureQueriesContext(connection) as asked:
        answer = candidate_client.post(
            WRITING, {"text": "Dear Lena,\n\nthe <b>other</b> two come on Wednesday."}
        )
    assert answer.status_code == 200
    assert "the &lt;b&gt;other&lt;/b&gt; two come on Wednesday." in answer.text
    assert "are already on their way and will be with you on Wednesday." in answer.text
    for words in (*task.good, "Solving the customer&#x27;s case", "Clear and correct"):
        assert words in answer.text
    assert [one["sql"] for one in asked if not one["sql"].startswith("SELECT")] == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Write your answer first"),
        (" \n ", "Write your answer first"),
        ("a" * 5_001, "at most 5000 characters"),
    ],
)
def test_an_answer_that_is_none_is_asked_for_again(candidate_client, text, says):
    answer = candidate_client.post(WRITING, {"text": text})
    assert answer.status_code == 422
    assert says in answer.text
    assert "already on their way" not in answer.text


def test_who_speaks_sees_an_example_and_may_use_the_microphone(candidate_client):
    page = candidate_client.get(SPEAKING)
    assert "A scarf in the cinema" in page.text
    assert "microphone=(self)" in page.headers["Permissions-Policy"]
    assert "camera=()" in page.headers["Permissions-Policy"]
    assert "blob:" in page.headers["Content-Security-Policy"]
    answer = candidate_client.post(SPEAKING).text
    assert "it is waiting for you at the ticket desk" in answer
    assert "Your answer" not in answer


@pytest.mark.parametrize("address", ["/tests/writing/pl/practice/", "/tests/speaking/xx/practice/"])
def test_a_language_without_a_test_has_no_practice(candidate_client, address):
    assert candidate_client.get(address).status_code == 404


def test_the_start_of_a_test_offers_it(candidate_client):
    rated_tasks()
    spoken_tasks()
    for address in (WRITING, SPEAKING):
        start = address.removesuffix("practice/")
        assert f'href="{address}"' in candidate_client.get(start).text
        candidate_client.post(start)
        assert f'href="{address}"' not in candidate_client.get(start).text
