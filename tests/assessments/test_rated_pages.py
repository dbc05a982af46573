"""Pages of rated tests, for candidates and for raters; what raters never see."""

import pytest
from django.urls import reverse
from django.utils import timezone

from assessments.actions.ratings import give_rating, take_next
from assessments.models import Appeal, Rating, Reply, Work
from assessments.queries.works import task_pages
from tests.conftest import signed_in
from tests.factories.accounts import UserFactory
from tests.factories.candidates import CandidateFactory
from tests.factories.rated import WORDS, RaterFactory, answered, draft, handed_in, levels, rate, rated_tasks

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(candidate_client):
    return candidate_client.user.candidate


def address(name, work, *more):
    return reverse(f"assessments:{name}", args=[work.number, *more])


def posted(page, text, act="next", **changes):
    reply = page.current
    return {
        "turn": reply.turn,
        "revision": reply.revision,
        "text": text,
        "pasted": "0",
        "act": act,
        **changes,
    }


# --- writing --------------------------------------------------------------------------------------------------


def test_the_start_says_what_it_is_and_leads_to_the_first_task(candidate_client, person):
    rated_tasks()
    start = reverse("assessments:writing_start", args=["en"])
    page = candidate_client.get(start).text
    for words in (
        "Writing English to customers",
        "Solving the customer&#x27;s case",
        "within 10 working days",
    ):
        assert words in page
    answer = candidate_client.post(start)
    work = Work.objects.get()
    assert answer.headers["Location"] == address("writing", work, 1)
    assert "Go on with the test" in candidate_client.get(start).text
    assert candidate_client.get(reverse("assessments:writing_start", args=["nl"])).status_code == 404


def test_a_whole_attempt_without_javascript(candidate_client, person):
    rated_tasks()
    work = draft(person)
    mail, chat = task_pages(work)
    saved = candidate_client.post(address("writing", work, 1), posted(mail, "Dear\r\nMeera", act="save"))
    assert saved.headers["Location"] == address("writing", work, 1)
    assert "Dear\nMeera" in candidate_client.get(address("writing", work, 1)).text
    check = candidate_client.get(address("work_check", work)).text
    assert "Something is still to be answered" in check
    assert f'<h2 lang="{work.language_id}">1. ' in check
    unfinished = candidate_client.post(address("work_check", work))
    assert unfinished.headers["Location"] == address("writing", work, 2)
    second = candidate_client.get(address("writing", work, 2)).text
    assert "Where is my lamp?" in second
    assert "And what does it cost?" not in second  # the customer speaks one message at a time
    sent = candidate_client.post(address("writing", work, 2), posted(chat, "Thursday."))
    assert sent.headers["Location"] == address("writing", work, 2) + "#now"
    assert "And what does it cost?" in candidate_client.get(address("writing", work, 2)).text
    chat = task_pages(work)[1]
    last = candidate_client.post(address("writing", work, 2), posted(chat, "Nothing."))
    assert last.headers["Location"] == address("work_check", work)
    done = candidate_client.post(address("work_check", work))
    assert done.headers["Location"] == address("rated_result", work)
    assert "Your work is being rated" in candidate_client.get(address("rated_result", work)).text
    for name, more in (("writing", [1]), ("work_check", [])):
        assert candidate_client.get(address(name, work, *more)).headers["Location"] == address(
            "rated_result", work
        )


def test_what_is_wrong_is_said_and_what_was_typed_stays(candidate_client, person):
    rated_tasks()
    work = draft(person)
    mail = task_pages(work)[0]
    url = address("writing", work, 1)
    empty = candidate_client.post(url, posted(mail, " "))
    assert (empty.status_code, "Write your answer first." in empty.text) == (422, True)
    candidate_client.post(url, posted(mail, "from here", act="save"))
    elsewhere = candidate_client.post(url, posted(mail, "from there"))
    assert elsewhere.status_code == 422
    assert "changed in another window" in elsewhere.text
    assert "from there" in elsewhere.text
    assert 'name="revision" value="1"' in elsewhere.text
    candidate_client.post(url, posted(mail, "from there", revision=1))
    assert Reply.objects.get(pk=mail.replies[0].pk).text == "from there"


@pytest.mark.parametrize(
    "change", [{"turn": "7"}, {"turn": "x"}, {"revision": "-1"}, {"pasted": "many"}, {"turn": ""}]
)
def test_a_form_that_was_tampered_with_writes_nothing(candidate_client, person, change):
    rated_tasks()
    work = draft(person)
    mail = task_pages(work)[0]
    answer = candidate_client.post(address("writing", work, 1), posted(mail, "text", **change))
    assert answer.status_code == 302
    assert set(Reply.objects.values_list("text", flat=True)) == {""}


def test_the_script_hears_what_became_of_a_draft(candidate_client, other_candidate_client, person):
    rated_tasks()
    work = draft(person)
    mail = task_pages(work)[0]
    url = address("writing_draft", work, 1)
    assert candidate_client.post(url, posted(mail, "a", pasted="3")).json() == {"revision": 1}
    assert candidate_client.post(url, posted(mail, "b")).status_code == 409
    assert candidate_client.post(url, posted(mail, "x" * 5001, revision=1)).status_code == 422
    assert other_candidate_client.post(url, posted(mail, "b", revision=1)).status_code == 404
    reply = Reply.objects.get(pk=mail.replies[0].pk)
    assert (reply.text, reply.pasted) == ("a", 3)
    answered_work = answered_and_sent(work)
    assert candidate_client.post(url, posted(mail, "late", revision=2)).status_code == 410
    assert answered_work.submitted_at


def answered_and_sent(work):
    from django.utils import timezone

    from assessments.actions.works import submit_work

    Reply.objects.filter(work=work).update(text="", revision=0)
    now = timezone.now()
    return submit_work(work=answered(work, now), candidate=work.candidate, now=now)


# --- result and appeal ----------------------------------------------------------------------------------------


def test_the_result_explains_itself_and_the_appeal_shows_its_deadline(candidate_client, person):
    work = handed_in(person)
    rate(work, 3)
    rate(work, 4)
    Reply.objects.filter(work=work, position=1).update(pasted=12)
    page = candidate_client.get(address("rated_result", work)).text
    for words in (
        "12 characters were pasted",
        "Your English is B2",
        "Point by point",
        "Tone with the customer",
        WORDS,
        "give or take 0.6",
    ):
        assert words in page
    refused = candidate_client.post(address("appeal", work), {"reason": " "})
    assert refused.status_code == 422
    assert "Say in a sentence why" in refused.text
    candidate_client.post(address("appeal", work), {"reason": "Every question was answered."})
    filed = Appeal.objects.get()
    page = candidate_client.get(address("rated_result", work)).text
    assert "Your appeal is being decided" in page
    assert "Appeal this result" not in page
    assert candidate_client.get(address("appeal", work)).status_code == 302
    rate(work, 5)
    rate(work, 5)
    page = candidate_client.get(address("rated_result", work)).text
    assert "Your English is C1" in page
    assert "Your appeal was right" in page
    assert filed.reason not in page


def test_the_overview_shows_the_tests_and_their_results(candidate_client, person):
    rated_tasks()
    overview = reverse("assessments:overview")
    assert "Writing English" in candidate_client.get(overview).text
    work = handed_in(person)
    assert "Being rated; you hear from us by" in candidate_client.get(overview).text
    rate(work, 4)
    rate(work, 4)
    page = candidate_client.get(overview).text
    assert "B2 by rated work" in page
    assert "Earlier results" not in page


# --- raters ---------------------------------------------------------------------------------------------------


def test_a_rater_sees_the_work_and_nothing_about_the_person(person):
    work = handed_in(person)
    rater = RaterFactory()
    client = signed_in(rater.user)
    queue = reverse("admin:assessments_rating_queue")
    assert "Take the next" in client.get(queue).text
    assert client.post(queue).status_code == 302
    rating = Rating.objects.get()
    url = reverse("admin:assessments_rating_rate", args=[rating.pk])
    page = client.get(url).text
    assert "Answer 1.0" in page
    assert "Says Thursday" in page
    for secret in (
        str(person.public_id),
        person.short_name,
        person.user.email,
        person.user.identity.display_name,
        person.zone,
    ):
        assert secret not in page
    assert client.post(url, {"words": "short"}).status_code == 422
    answer = client.post(url, {**levels(work, 4), "words": WORDS})
    assert answer.headers["Location"] == queue
    rating.refresh_from_db()
    assert (rating.state, rating.mark) == ("given", 4.0)
    assert client.get(url).headers["Location"] == queue


def test_a_rater_cannot_open_what_somebody_else_holds(person):
    handed_in(person)
    holder = RaterFactory()
    from django.utils import timezone

    rating = take_next(by=holder.user, now=timezone.now())
    url = reverse("admin:assessments_rating_rate", args=[rating.pk])
    other = signed_in(RaterFactory().user)
    assert other.get(url).headers["Location"] == reverse("admin:assessments_rating_queue")
    back = reverse("admin:assessments_rating_hand_back", args=[rating.pk])
    other.post(back, {"reason": "mine"})
    rating.refresh_from_db()
    assert rating.state == "taken"
    own = signed_in(holder.user)
    own.post(back, {"reason": ""})
    rating.refresh_from_db()
    assert rating.state == "taken"
    own.post(back, {"reason": "I know who wrote this."})
    rating.refresh_from_db()
    assert (rating.state, rating.declined_because) == ("declined", "I know who wrote this.")


def test_somebody_with_only_the_raters_permission_reaches_the_queue_and_no_list(person):
    from marketplace.recruiters import keep_raters_group

    handed_in(person)
    user = UserFactory(is_staff=True, totp=True)
    user.groups.add(keep_raters_group())
    RaterFactory(user=user)
    client = signed_in(user)
    queue = client.get(reverse("admin:assessments_rating_queue"))
    rooms = reverse("admin:app_list", args=["assessments"])
    assert (queue.status_code, client.get(rooms).status_code, f'href="{rooms}"' in queue.text) == (
        200,
        404,
        False,
    )
    assert "Ratings" in client.get(reverse("admin:index")).text
    for name in ("work", "rating", "appeal", "measurement"):
        assert client.get(reverse(f"admin:assessments_{name}_changelist")).status_code == 403
    assert client.get(reverse("admin:candidates_candidate_changelist")).status_code == 403


def test_staff_make_a_rater_in_the_admin(staff_client):
    rated_tasks("nl")
    user = UserFactory(is_staff=True)
    add = reverse("admin:assessments_rater_add")
    assert "Dutch" in staff_client.get(add).text
    answer = staff_client.post(add, {"user": user.pk, "languages": ["nl"], "active": "on"})
    assert answer.status_code == 302
    assert [language.pk for language in user.rater.languages.all()] == ["nl"]
    change = reverse("admin:assessments_rater_change", args=[user.rater.pk])
    staff_client.post(change, {"languages": ["nl"]})
    user.rater.refresh_from_db()
    assert user.rater.active is False


def test_the_queue_asks_the_database_as_often_whatever_waits(staff_client, django_assert_num_queries, person):
    handed_in(person)
    queue = reverse("admin:assessments_rating_queue")
    staff_client.get(queue)
    with django_assert_num_queries(6):
        one = staff_client.get(queue).text
    assert "English" in one
    from tests.factories.candidates import CandidateFactory

    for _ in range(5):
        handed_in(CandidateFactory())
    with django_assert_num_queries(6):
        staff_client.get(queue)


def test_staff_read_a_work_with_its_ratings_and_what_was_noted(staff_client, person):
    work = handed_in(person)
    rate(work, 3)
    Reply.objects.filter(work=work, position=1).update(pasted=1234)
    page = staff_client.get(reverse("admin:assessments_work_change", args=[work.pk])).text
    assert "1234" in page.replace(",", "")
    assert WORDS in page


def test_who_rates_a_work_reads_nothing_else_about_it_until_done(person):
    work, other = handed_in(person), handed_in(CandidateFactory())
    rating = take_next(by=RaterFactory().user, now=timezone.now())
    assert rating.work == work
    client = signed_in(rating.rater.user)
    pages = [
        reverse("admin:assessments_work_change", args=[work.pk]),
        reverse("admin:assessments_rating_change", args=[rating.pk]),
    ]
    for page in pages:
        assert client.get(page).status_code == 302
    listed = client.get(reverse("admin:assessments_work_changelist"), {"q": person.public_id}).text
    assert work.short_number not in listed
    may_come_next = reverse("admin:assessments_work_change", args=[other.pk])
    assert client.get(may_come_next).status_code == 302
    give_rating(rating=rating, levels=levels(work, 3), words=WORDS, by=rating.rater.user, now=timezone.now())
    for page in pages:
        assert client.get(page).status_code == 200
