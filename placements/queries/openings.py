"""How many openings of a vacancy are filled, and how many can still be offered."""

from placements.enums import ApplicationState
from placements.models import Application
from vacancies.models import Vacancy


def openings_of(vacancy: Vacancy) -> int:
    """As the version says that people see."""
    return vacancy.current.openings if vacancy.current else 0


def hires(vacancy: Vacancy) -> int:
    """People hired since it was published, or published again after closing."""
    hired = Application.objects.filter(vacancy=vacancy, state=ApplicationState.HIRED)
    return hired.filter(ended_at__gte=vacancy.published_at).count() if vacancy.published_at else 0


def openings_left(vacancy: Vacancy) -> int:
    """Openings that are neither filled nor offered to somebody; below 0 when there are fewer openings now."""
    offered = Application.objects.filter(vacancy=vacancy, state=ApplicationState.OFFERED).count()
    return openings_of(vacancy) - hires(vacancy) - offered
