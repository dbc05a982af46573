"""Start, overview, listing: who gets in, what is shown, what it costs."""

import pytest
from django.test import Client

from accounts.models import Consent
from candidates.enums import Step
from candidates.models import Candidate
from tests.candidates.filled_forms import send, stored
from tests.conftest import signed_in
from tests.factories.accounts import UserFactory
from tests.factories.candidates import CandidateFactory
from tests.factories.employers import MembershipFactory

pytestmark = pytest.mark.django_db

PAGES = ["/candidate/profile/", *(f"/candidate/profile/{step}/" for step in Step)]


@pytest.fixture
def client() -> Client:
    """Somebody with a whole profile who is not listed."""
    return signed_in(CandidateFactory().user)


class TestAccess:
    @pytest.mark.parametrize("page", [*PAGES, "/candidate/start/"])
    def test_visitors_sign_in_first(self, page):
        response = Client().get(page)
        assert (response.status_code, response.url) == (302, f"/accounts/login/?next={page}")

    @pytest.mark.parametrize("page", PAGES)
    def test_a_new_user_is_sent_to_the_start(self, page):
        response = signed_in(UserFactory()).get(page)
        assert (response.status_code, response.url) == (302, "/candidate/start/")

    @pytest.mark.parametrize("page", [*PAGES, "/candidate/start/"])
    def test_members_of_an_employer_stay_out(self, page):
        member = signed_in(MembershipFactory().user)
        assert [member.get(page).status_code, member.post(page).status_code] in ([403, 403], [403, 405])
        assert Candidate.objects.count() == 0

    @pytest.mark.parametrize("page", [*PAGES, "/candidate/start/"])
    def test_staff_stay_out(self, staff_client, page):
        assert staff_client.get(page).status_code == 403

    def test_listing_is_for_candidates_too(self, staff_client):
        assert staff_client.post("/candidate/listing/", {"decision": "agree"}).status_code == 403
        assert signed_in(UserFactory()).post("/candidate/listing/").url == "/candidate/start/"

    def test_pages_show_and_change_nobody_elses_profile(self, client):
        other = CandidateFactory(in_manila=True, user__name="Somebody Else")
        before = stored(other)
        for page in PAGES:
            content = client.get(page).content.decode()
            assert "Somebody Else" not in content
            assert str(other.public_id) not in content
        send(client, "about", display_name="Mine", candidate=str(other.pk), user=str(other.user.pk))
        assert {**stored(other), "audit": 0} == {**before, "audit": 0}


class TestStart:
    def test_explains_and_asks_nothing(self):
        page = signed_in(UserFactory()).get("/candidate/start/").content.decode()
        assert "Nothing is shown to anybody until you agree to it in the last step." in page
        assert Candidate.objects.count() == 0

    def test_a_press_makes_the_profile_and_leads_to_the_first_step(self):
        client = signed_in(UserFactory())
        first, second = client.post("/candidate/start/"), client.post("/candidate/start/")
        assert [first.url, second.url] == ["/candidate/profile/about/"] * 2
        assert Candidate.objects.filter(user=client.user).count() == 1

    def test_who_started_before_goes_to_the_overview(self, client):
        assert client.get("/candidate/start/").url == "/candidate/profile/"


class TestOverview:
    def test_only_started(self):
        page = signed_in(CandidateFactory(empty=True).user).get("/candidate/profile/").content.decode()
        assert "0 of 8 steps are done." in page
        assert "Go on with: About you" in page
        assert page.count('chip-hollow">missing') == 8
        assert "Employers cannot find you yet." in page

    def test_whole(self, client):
        page = client.get("/candidate/profile/").content.decode()
        assert "7 of 8 steps are done." in page
        assert "Portuguese C2, English C1" in page
        assert "20 to 40 hours a week, within 72 hours offered" in page
        assert "Bachelor&#x27;s degree or equal" in page
        assert "but you are not listed." in page

    def test_listed(self):
        page = signed_in(CandidateFactory(listed=True).user).get("/candidate/profile/").content.decode()
        assert "8 of 8 steps are done." in page
        assert "You are listed: employers can find you, without your name." in page
        assert "Go on with" not in page


class TestListing:
    def test_agree_and_withdraw(self, client):
        candidate = client.user.candidate
        assert "I agree: list me" in client.get("/candidate/profile/listing/").content.decode()
        page = client.post("/candidate/listing/", {"decision": "agree"}, follow=True).content.decode()
        assert "You are listed. Employers can find you now, without your name." in page
        assert "Stop being listed" in page
        candidate.refresh_from_db()
        assert candidate.listed
        page = client.post("/candidate/listing/", {"decision": "withdraw"}, follow=True).content.decode()
        assert "You are no longer listed. Your profile is kept; only you see it." in page
        candidate.refresh_from_db()
        assert not candidate.listed
        assert Consent.objects.get(user=client.user).withdrawn_at is not None

    def test_missing_steps_are_named(self):
        client = signed_in(CandidateFactory(empty=True).user)
        assert "I agree: list me" not in client.get("/candidate/profile/listing/").content.decode()
        before = stored(client.user.candidate)
        page = client.post("/candidate/listing/", {"decision": "agree"}, follow=True).content.decode()
        assert "You cannot be listed yet. These steps come first: About you, Languages and Hours." in page
        assert stored(client.user.candidate) == before

    @pytest.mark.parametrize("data", [{}, {"decision": "maybe"}])
    def test_anything_else_is_refused(self, client, data):
        before = stored(client.user.candidate)
        assert client.post("/candidate/listing/", data).status_code == 400
        assert stored(client.user.candidate) == before

    def test_looking_changes_nothing(self, client):
        before = stored(client.user.candidate)
        page = client.get("/candidate/listing/", follow=True)
        assert page.redirect_chain == [("/candidate/profile/listing/", 302)]
        assert "Nothing was done yet: that step needs a press on its button." in page.content.decode()
        assert stored(client.user.candidate) == before


# Session, user and membership for the frame of the page are 4; the rest is the page's own.
QUERIES = {
    "/candidate/profile/": 7,
    "/candidate/profile/about/": 7,
    "/candidate/profile/languages/": 4,
    "/candidate/profile/background/": 6,
    "/candidate/profile/skills/": 4,
    "/candidate/profile/hours/": 3,
    "/candidate/profile/work/": 5,
    "/candidate/profile/work-style/": 4,
    "/candidate/profile/listing/": 4,
}


@pytest.mark.parametrize("page", QUERIES)
def test_queries(page, client, django_assert_num_queries):
    client.get(page)
    with django_assert_num_queries(QUERIES[page]):
        client.get(page)


def test_queries_do_not_grow_with_rows(django_assert_num_queries):
    codes = ["en", "pt", "es", "fr", "de", "nl", "it", "pl", "sv", "da"]
    countries = ["NL", "BE", "DE", "FR", "ES", "IT", "PL", "SE", "DK", "AT"]
    client = signed_in(
        CandidateFactory(
            languages=dict.fromkeys(codes, 4),
            places=[(code, "", "lived", 1) for code in countries],
            markets=countries,
            experience=[("ecommerce", channel, 6) for channel in ("phone", "email", "chat")],
        ).user
    )
    for page in ("/candidate/profile/", "/candidate/profile/languages/", "/candidate/profile/background/"):
        client.get(page)
        with django_assert_num_queries(QUERIES[page]):
            client.get(page)
