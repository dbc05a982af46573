"""Open vacancies as an Atom feed."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from reference.names import country_name, language_name
from vacancies.addresses import job_path
from vacancies.forms.search import SearchForm
from vacancies.models import Vacancy
from vacancies.queries.market import Search, jobs_page

MOST = 50


class JobsFeed(Feed):
    """The newest vacancies, narrowed by the same questions as the list: `?languages=nl&country=PT&hours=32`."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Search:
        """What was asked for."""
        return SearchForm(request.GET).search()

    def title(self, search: Search) -> str:
        """With what narrows it."""
        narrowed = [
            *map(language_name, search.languages),
            *([country_name(search.country)] if search.country else []),
        ]
        return ": ".join(filter(None, [_("Open vacancies"), ", ".join(narrowed)]))

    def link(self, search: Search) -> str:
        """The list of the same vacancies."""
        return f"{reverse('vacancies:jobs')}?{search.query}"

    def feed_url(self, search: Search) -> str:
        """This feed."""
        return f"{reverse('vacancies:jobs_feed')}?{search.query}"

    def items(self, search: Search) -> list[Vacancy]:
        """The newest first."""
        return jobs_page(search, size=MOST).jobs

    def item_title(self, item: Vacancy) -> str:
        """The vacancy and who hires."""
        return f"{item} · {item.employer.name}"

    def item_description(self, item: Vacancy) -> str:
        """How the work begins."""
        return Truncator(item.current.description if item.current else "").chars(400)

    def item_link(self, item: Vacancy) -> str:
        """Its page."""
        return job_path(item)

    def item_guid(self, item: Vacancy) -> str:
        """Stays the same when the title changes."""
        return f"{settings.SITE_ORIGIN}/jobs/{item.pk}"

    def item_pubdate(self, item: Vacancy) -> datetime | None:
        """When it was published."""
        return item.published_at

    def item_updateddate(self, item: Vacancy) -> datetime:
        """When it last changed."""
        return item.changed_at
