"""How the people of a shortlist stand with its employer: in an application, set aside, or neither."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import Identity
from candidates.models import Candidate
from placements.enums import ApplicationState
from placements.models import Application, SetAside
from placements.models.application import ApplicationQuerySet
from vacancies.models import Vacancy

NEW, ENDED, ASIDE = "new", "ended", "set_aside"
NOTHING: "Standing"


@dataclass(frozen=True, slots=True)
class Standing:
    """The last application between the two and, while it stands, the setting aside; None where there is none.

    `name` is the person's, empty until both are interested.
    """

    application: Application | None = None
    aside: SetAside | None = None
    name: str = ""

    @property
    def code(self) -> str:
        """A state that is open or hired, else `set_aside`, `ended` or `new`."""
        if self.application and (
            self.application.is_open or self.application.state == ApplicationState.HIRED
        ):
            return self.application.state
        if self.aside:
            return ASIDE
        return ENDED if self.application else NEW


NOTHING = Standing()


def name_of(application: Application) -> str:
    """The name of the person, read `with_names`; empty until both are interested, and for who has left."""
    if not application.names_shown or application.candidate is None:
        return ""
    identity = getattr(application.candidate.user, "identity", None)
    return str(identity.display_name) if identity else ""


def standings(vacancy: Vacancy, candidates: Collection[int]) -> dict[int, Standing]:
    """By candidate id, for those of a few with whom anything happened; applications `with_names`. Two queries."""
    rows = Application.objects.filter(vacancy=vacancy, candidate__any_of=candidates).with_names()
    latest = _latest(rows)
    return _standings(vacancy, candidates, latest, {one: name_of(row) for one, row in latest.items()})


def standings_on_list(vacancy: Vacancy, candidates: Collection[int]) -> dict[int, Standing]:
    """The same of hundreds, of whom no application, but the name, is read with anything beside it. Three queries."""
    latest = _latest(Application.objects.filter(vacancy=vacancy, candidate__any_of=candidates))
    met = frozenset(one for one, row in latest.items() if row.names_shown)
    names = Identity.objects.filter(user__candidate__pk__any_of=met)
    known = dict(names.values_list("user__candidate", "display_name"))
    return _standings(vacancy, candidates, latest, known)


def _latest(rows: ApplicationQuerySet) -> dict[int, Application]:
    return {row.candidate_id: row for row in rows.order_by("pk") if row.candidate_id is not None}


def _standings(
    vacancy: Vacancy,
    candidates: Collection[int],
    latest: Mapping[int, Application],
    names: Mapping[int, str],
) -> dict[int, Standing]:
    rows = SetAside.objects.filter(vacancy=vacancy, candidate__any_of=candidates, taken_back_at=None)
    asides = {row.candidate_id: row for row in rows}
    return {
        one: Standing(latest.get(one), asides.get(one), names.get(one, ""))
        for one in latest.keys() | asides.keys()
    }


def set_aside_for(vacancy: Vacancy, candidate: Candidate) -> SetAside | None:
    """The setting aside that stands between the two. One query."""
    return SetAside.objects.filter(vacancy=vacancy, candidate=candidate, taken_back_at=None).first()


def state_words() -> dict[str, str]:
    """What each `code` is called, in the order of the way."""
    return {
        NEW: _("new"),
        **{
            str(state): str(state.label)
            for state in ApplicationState
            if state not in (ApplicationState.DECLINED, ApplicationState.WITHDRAWN, ApplicationState.EXPIRED)
        },
        ENDED: _("ended"),
        ASIDE: _("set aside"),
    }


def by_code(people: Collection[int], known: Mapping[int, Standing]) -> Counter[str]:
    """How many of some people stand where."""
    return Counter(known.get(one, NOTHING).code for one in people)
