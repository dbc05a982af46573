"""How the people of a shortlist stand with its employer: in an application, set aside, or neither."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from candidates.models import Candidate
from placements.enums import ApplicationState
from placements.models import Application, SetAside
from vacancies.models import Vacancy

NEW, ENDED, ASIDE = "new", "ended", "set_aside"
NOTHING: "Standing"


@dataclass(frozen=True, slots=True)
class Standing:
    """The last application between the two and, while it stands, the setting aside; None where there is none."""

    application: Application | None = None
    aside: SetAside | None = None

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

    @property
    def name(self) -> str:
        """The person's name, empty until both are interested."""
        return name_of(self.application) if self.application else ""


NOTHING = Standing()


def name_of(application: Application) -> str:
    """The name of the person, read `with_names`; empty until both are interested, and for who has left."""
    if not application.names_shown or application.candidate is None:
        return ""
    identity = getattr(application.candidate.user, "identity", None)
    return str(identity.display_name) if identity else ""


def standings(vacancy: Vacancy, candidates: Collection[int]) -> dict[int, Standing]:
    """By candidate id, for those of `candidates` with whom anything happened. Two queries."""
    rows = (
        Application.objects.filter(vacancy=vacancy, candidate__any_of=candidates).with_names().order_by("pk")
    )
    latest = {row.candidate_id: row for row in rows if row.candidate_id is not None}
    asides = {
        row.candidate_id: row
        for row in SetAside.objects.filter(vacancy=vacancy, candidate__any_of=candidates, taken_back_at=None)
    }
    return {one: Standing(latest.get(one), asides.get(one)) for one in latest.keys() | asides.keys()}


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
