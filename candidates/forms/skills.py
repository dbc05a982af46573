"""Skills of the vocabulary with the person's own statement."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy

from candidates.content import SkillRow
from candidates.enums import StatedSkill
from candidates.forms.kept import KeptForm
from candidates.models import Candidate
from common.widgets import ScaleSelect
from reference.choices import skill_choices
from reference.enums import SkillGroup as GroupName

NOT_STATED = ("", gettext_lazy("no"))
SHORT_WORDS = [
    NOT_STATED,
    (StatedSkill.BASIC.value, gettext_lazy("basic")),
    (StatedSkill.WORKING.value, gettext_lazy("working")),
    (StatedSkill.STRONG.value, gettext_lazy("strong")),
]


class SkillGroup(NamedTuple):
    """One group of the vocabulary: its name, its fields and how many of them are stated."""

    name: str
    fields: list[BoundField]
    stated: int


class SkillsForm(KeptForm):
    """One statement a skill; none is the default."""

    def __init__(self, data: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        places = {str(label): place for place, (_code, label) in enumerate(GroupName.choices)}
        self.vocabulary = sorted(skill_choices(), key=lambda group: places.get(group[0], len(places)))
        for _group, skills in self.vocabulary:
            for code, name in skills:
                self.fields[code] = forms.TypedChoiceField(
                    label=name,
                    choices=SHORT_WORDS,
                    coerce=int,
                    empty_value=None,
                    required=False,
                    widget=ScaleSelect,
                    error_messages={
                        "invalid_choice": gettext_lazy("Choose no, basic, working or strong for this skill.")
                    },
                )

    def groups(self) -> Iterator[SkillGroup]:
        """The fields by group of the vocabulary, for the page."""
        for group, skills in self.vocabulary:
            fields = [self[code] for code, _name in skills]
            yield SkillGroup(group, fields, sum(1 for field in fields if field.value()))

    def rows(self) -> list[SkillRow]:
        """The cleaned statements, ready to be saved."""
        return [SkillRow(code, stated) for code, stated in self.cleaned_data.items() if stated is not None]


def stored_skills(candidate: Candidate) -> dict[str, int]:
    """What the form starts with."""
    return dict(candidate.skills.values_list("skill_id", "stated"))
