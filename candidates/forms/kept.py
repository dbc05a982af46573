"""Forms that can be shown again as they were typed, without being judged yet."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.formsets import unjudged

Choices = Iterable[tuple[str, Any]]


class KeptForm(forms.Form):
    """A form; `draft=True` shows what was typed and checks nothing (a row was added, a list was narrowed)."""

    use_required_attribute = False

    def __init__(self, *args: Any, draft: bool = False, **kwargs: Any) -> None:
        self.draft = draft
        super().__init__(*args, **kwargs)

    def full_clean(self) -> None:
        """As always, but a draft has no errors and is never valid input for an action."""
        if self.draft:
            unjudged(self)
            return
        super().full_clean()

    def typed(self, name: str) -> str:
        """What stands in a field now: the typed text, else what was stored."""
        value = self[name].value()
        return "" if value is None else str(value)


class RowSet(BaseFormSet):
    """Repeated rows. Empty rows are skipped; the set replaces what is stored as a whole.

    `once` names the fields that tell two rows apart, `most` how many rows there may be.
    """

    once: tuple[str, ...] = ()
    most = 20
    extra = 1
    min_num = 0
    can_order = can_delete = can_delete_extra = validate_min = False
    validate_max = True
    renderer = None
    default_error_messages = {
        "missing_management_form": gettext_lazy(
            "The page did not arrive whole. Nothing was saved; send it again."
        ),
        "too_many_forms": gettext_lazy("At most %(num)d rows fit here. Remove some."),
    }

    def __init__(self, *args: Any, draft: bool = False, **kwargs: Any) -> None:
        self.draft = draft
        self.max_num, self.absolute_max = self.most, self.most + 10
        kwargs.setdefault("form_kwargs", {})["draft"] = draft
        super().__init__(*args, **kwargs)

    def initial_form_count(self) -> int:
        """No row is tied to a stored one once the form is sent, so that any row may be emptied."""
        return 0 if self.is_bound else super().initial_form_count()

    def full_clean(self) -> None:
        """As always, but a draft has no errors."""
        if self.draft:
            unjudged(self)
            return
        super().full_clean()

    def clean(self) -> None:
        """Refuse the same thing twice, and less than no rows."""
        if (self.management_form.cleaned_data["TOTAL_FORMS"] or 0) < 0:
            raise forms.ValidationError(self.default_error_messages["missing_management_form"])
        seen: set[tuple[Any, ...]] = set()
        for form in self.forms:
            key = tuple(form.cleaned_data.get(name) for name in self.once) if form.cleaned_data else ()
            if not key or not key[0]:
                continue
            if key in seen:
                form.add_error(self.once[0], _("This is in the list twice. Keep one of the two rows."))
            seen.add(key)

    def focus_last(self) -> None:
        """Have the browser put the cursor into the last row, where the person goes on."""
        if self.forms:
            first = next(iter(self.forms[-1].fields.values()))
            first.widget.attrs["autofocus"] = True

    @property
    def filled(self) -> list[dict[str, Any]]:
        """The cleaned rows that hold something."""
        return [form.cleaned_data for form in self.forms if form.has_changed()]


def with_empty(choices: Choices, words: Any = None) -> list[tuple[str, Any]]:
    """The choices with an empty one in front."""
    return [("", gettext_lazy("Choose…") if words is None else words), *choices]
