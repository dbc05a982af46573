"""A vacancy's content as JSON: its shape, its bounds, and its way into the editor's forms, which judge it."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from common.api.bodies import NAME_LENGTH as CODE
from common.api.bodies import Strict
from common.money import PayPeriod
from reference.enums import CEFRLevel
from vacancies.content import VersionContent
from vacancies.enums import ContractForm, LegalEmployer
from vacancies.forms.editor import ROWS, shift_rows
from vacancies.forms.facts import PARTS

COUNTRIES = 300
CHANNELS = 50
LEVELS = {str(level.label): level.value for level in CEFRLevel}


class LanguageInput(Strict):
    """A language with the level that the work needs."""

    language = serializers.CharField(max_length=CODE)
    level = serializers.ChoiceField(choices=list(LEVELS))
    required = serializers.BooleanField(default=True)  # type: ignore[assignment]
    weight = serializers.IntegerField(min_value=1, max_value=3, default=1)


class SkillInput(Strict):
    """A skill, required at a level from 1 (basic) to 3 (strong), or only wanted."""

    skill = serializers.CharField(max_length=CODE)
    minimum = serializers.IntegerField(min_value=1, max_value=3, default=1)
    required = serializers.BooleanField(default=False)  # type: ignore[assignment]
    weight = serializers.IntegerField(min_value=1, max_value=3, default=1)


class ShiftInput(Strict):
    """A block on one or several weekdays (0 = Monday). An end at or before the start is on the next day."""

    weekdays = serializers.ListField(
        child=serializers.IntegerField(min_value=0, max_value=6),
        min_length=1,
        max_length=7,
        help_text="0 is Monday.",
    )
    start = serializers.RegexField(r"^\d\d:\d\d$", help_text="Quarters of an hour, on the clock of `zone`.")
    end = serializers.RegexField(r"^\d\d:\d\d$", help_text="At or before `start`: on the next day.")
    must = serializers.BooleanField(default=False)


def _amount(**more: Any) -> serializers.DecimalField:
    return serializers.DecimalField(max_digits=14, decimal_places=2, **more)


def _codes(most: int, **more: Any) -> serializers.ListField:
    child = serializers.CharField(max_length=CODE)
    return serializers.ListField(child=child, max_length=most, required=False, **more)


def _rows(child: Strict, name: str) -> serializers.ListSerializer[Any]:
    return serializers.ListSerializer(child=child, required=False, max_length=ROWS[name][2])


class CountryPayInput(Strict):
    """A range of its own for one country."""

    country = serializers.CharField(max_length=CODE)
    pay_min = _amount()
    pay_max = _amount()
    currency = serializers.CharField(max_length=CODE, required=False, allow_blank=True)


class CountedContent(Strict):
    """What is counted of a vacancy; every field may be left out, or null, while it is not known yet."""

    occupation = serializers.CharField(max_length=CODE, required=False, allow_null=True)
    sector = serializers.CharField(max_length=CODE, required=False, allow_null=True)
    channels = _codes(CHANNELS)
    customer_countries = _codes(COUNTRIES)
    culture_wanted = serializers.BooleanField(default=False)
    locality_wanted = serializers.BooleanField(default=False)
    zone = serializers.CharField(
        max_length=CODE, required=False, allow_null=True, help_text="IANA name of the clock of the shifts."
    )
    hours_week = serializers.IntegerField(
        min_value=1, max_value=60, required=False, allow_null=True, help_text="Hours a week for one person."
    )
    start_date = serializers.DateField(required=False, allow_null=True)
    months = serializers.IntegerField(min_value=1, max_value=120, default=6)
    contract_form = serializers.ChoiceField(choices=ContractForm.values, default=ContractForm.EMPLOYMENT)
    pay_min = _amount(required=False, allow_null=True)
    pay_max = _amount(required=False, allow_null=True)
    pay_currency = serializers.CharField(max_length=CODE, default="EUR")
    pay_period = serializers.ChoiceField(choices=PayPeriod.values, default=PayPeriod.HOUR)
    countries = _codes(COUNTRIES, help_text="ISO 3166-1 codes of where you can hire.")
    weights = serializers.DictField(
        child=serializers.ChoiceField(choices=[0, 1, 2, 4]),
        required=False,
        help_text="By part (language, culture, time, skills, experience, commitment); 2 is usual.",
    )
    languages = _rows(LanguageInput(), "languages")
    skills = _rows(SkillInput(), "skills")
    shifts = _rows(ShiftInput(), "shifts")
    own_pay = _rows(CountryPayInput(), "own_pay")

    def validate_weights(self, weights: dict[str, int]) -> dict[str, int]:
        """Only parts that an employer may weigh."""
        unknown = sorted(set(weights) - set(PARTS))
        if unknown:
            sentence = _("“%(part)s” is no part that you can give a weight.")
            raise serializers.ValidationError([sentence % {"part": part[:CODE]} for part in unknown[:20]])
        return weights


class VacancyContent(CountedContent):
    """All that a vacancy says. Reading it and sending it back as it is changes nothing."""

    title = serializers.CharField(max_length=120)
    description = serializers.CharField(max_length=8000, required=False, allow_blank=True)
    openings = serializers.IntegerField(min_value=1, max_value=10_000, default=1)
    legal_employer = serializers.ChoiceField(choices=LegalEmployer.values, default=LegalEmployer.CLIENT)
    legal_employer_name = serializers.CharField(max_length=120, required=False, allow_blank=True)
    locality_for = serializers.CharField(max_length=400, required=False, allow_blank=True)


UNCOUNTED = {"openings": "1", "legal_employer": "client", "locality_for": "-"}
"""What never changes a count, answered so that nothing is missing."""


def as_posted(content: Mapping[str, Any], given: Mapping[str, str] | None = None) -> QueryDict:
    """Validated content as the editor would have sent it, over the answers that are `given` beforehand."""
    data = QueryDict(mutable=True)
    data.update(given or {})
    for name, value in content.items():
        if name in ROWS or name == "weights" or value is None:
            continue
        data.setlist(name, _texts(value))
    for part, weight in content.get("weights", {}).items():
        data[f"weight_{part}"] = str(weight)
    for name in ROWS:
        rows = [_row(name, row) for row in content.get(name, ())]
        data[f"{name}-TOTAL_FORMS"], data[f"{name}-INITIAL_FORMS"] = str(len(rows)), "0"
        for at, row in enumerate(rows):
            for field, value in row:
                data.setlist(f"{name}-{at}-{field}", _texts(value))
    return data


def _row(name: str, row: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for field, value in row.items():
        if field == "required":
            yield "must", value
        else:
            yield field, LEVELS[value] if field == "level" else value


def _texts(value: Any) -> list[str]:
    """A value as a form sends it: nothing for an empty tick box."""
    if isinstance(value, bool):
        return ["on"] if value else []
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


LEVEL_NAMES = {level: name for name, level in LEVELS.items()}
SAME_NAMES = (
    "title", "description", "hours_week", "start_date", "months", "openings", "contract_form", "legal_employer",
    "legal_employer_name", "pay_currency", "pay_period", "culture_wanted", "locality_wanted", "locality_for",
)  # fmt: skip


def as_content(content: VersionContent) -> dict[str, Any]:
    """A stored content in the shape of `VacancyContent`."""
    return {
        **{name: getattr(content, name) for name in SAME_NAMES},
        "pay_min": _exact(content.pay_min),
        "pay_max": _exact(content.pay_max),
        "occupation": content.occupation_id,
        "sector": content.sector_id,
        "zone": content.zone or None,
        "channels": list(content.channels),
        "customer_countries": list(content.customer_countries),
        "countries": [row.country for row in content.countries],
        "weights": content.weights,
        "languages": [
            {
                "language": row.language,
                "level": LEVEL_NAMES[row.level],
                "required": row.must,
                "weight": row.weight,
            }
            for row in content.languages
        ],
        "skills": [
            {"skill": row.skill, "minimum": row.minimum, "required": row.must, "weight": row.weight}
            for row in content.skills
        ],
        "shifts": shift_rows(content),
        "own_pay": [
            {
                "country": row.country,
                "pay_min": _exact(row.pay_min),
                "pay_max": _exact(row.pay_max),
                "currency": row.currency,
            }
            for row in content.countries
            if row.pay_min is not None
        ],
    }


def _exact(amount: Decimal | None) -> str | None:
    """As text, so that no program rounds it."""
    return None if amount is None else f"{amount:.2f}"
