"""`manage.py demo_figures`: the achieved shape of the demo population."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import Count, Exists, OuterRef

from assessments.models import Measurement
from candidates.models import Candidate, CandidateLanguage, Experience
from employers.models import Employer
from reference.enums import CEFRLevel
from reference.names import country_name, language_name
from vacancies.models import Vacancy


class Command(BaseCommand):
    """Reads only; shares are of all demo candidates."""

    help = "Print the achieved shape of the demo population."

    def handle(self, *args: Any, **options: Any) -> None:
        """Counts, shares, countries, languages, measured English."""
        people = Candidate.objects.filter(user__is_demo=True)
        total = people.count()
        if not total:
            self.stdout.write("There is no demo population.")
            return
        experienced = people.filter(Exists(Experience.objects.filter(candidate=OuterRef("pk")))).count()
        mother = people.filter(
            Exists(CandidateLanguage.objects.filter(candidate=OuterRef("pk"), mother_tongue=True))
        )
        english = people.filter(
            Exists(CandidateLanguage.objects.filter(candidate=OuterRef("pk"), language="en"))
        )
        self._line("candidates", total)
        self._line("countries", people.values("country").distinct().count())
        self._share("customer-service experience", experienced, total)
        self._share(
            "higher education (ISCED 5 and above)", people.filter(education_level__gte=5).count(), total
        )
        self._share("mother tongue named", mother.count(), total)
        self._share("English named", english.count(), total)
        self._share("listed", people.filter(listed=True).count(), total)
        self._share("freelance opt-in", people.filter(accepts_freelance=True).count(), total)
        self._line("distinct availability patterns", people.values("availability").distinct().count())
        self._line("employers", Employer.objects.filter(is_demo=True).count())
        self._line(
            "vacancies published", Vacancy.objects.filter(employer__is_demo=True, state="published").count()
        )
        self.stdout.write("\nlargest countries")
        for row in people.values("country").annotate(n=Count("pk")).order_by("-n", "country")[:12]:
            self._share(country_name(row["country"]), row["n"], total)
        self.stdout.write("\nlanguages named")
        languages = (
            CandidateLanguage.objects.filter(candidate__in=people).values("language").annotate(n=Count("pk"))
        )
        for spoken in languages.order_by("-n", "language")[:12]:
            self._share(language_name(spoken["language"]), spoken["n"], total)
        self.stdout.write("\nmeasured English (simulated answers to the real bank)")
        measured = (
            Measurement.objects.filter(candidate__in=people, language="en")
            .values("level")
            .annotate(n=Count("pk"))
        )
        for band in measured.order_by("level"):
            self._share(CEFRLevel(band["level"]).label, band["n"], total)

    def _line(self, label: str, number: int) -> None:
        self.stdout.write(f"  {label:<40} {number:>9}")

    def _share(self, label: str, number: int, total: int) -> None:
        self.stdout.write(f"  {label:<40} {number:>9}  {100 * number / total:5.1f} %")
