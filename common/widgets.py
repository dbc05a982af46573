"""Form widgets that several rooms use. They need `css/choices.css` in the page's head."""

from typing import Any

from django import forms


class Columns(forms.widgets.ChoiceWidget):
    """Choices in columns instead of one long list. Named groups fold away.

    The heading of a folded group names what is chosen in it. `narrow` is for short labels.
    """

    template_name = "components/choice_columns.html"

    def __init__(self, *args: Any, narrow: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.narrow = narrow

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """As usual, with `groups`: name ("" for choices outside a group), options and the labels chosen."""
        context = super().get_context(name, value, attrs)
        groups: list[dict[str, Any]] = []
        for group, options, _index in context["widget"]["optgroups"]:
            if group or not groups or groups[-1]["name"]:
                groups.append({"name": group or "", "options": [], "chosen": []})
            groups[-1]["options"] += options
            groups[-1]["chosen"] += [option["label"] for option in options if option["selected"]]
        context["widget"] |= {"groups": groups, "narrow": self.narrow, "input_type": self.input_type}
        return context


class CheckboxColumns(Columns, forms.CheckboxSelectMultiple):
    """Several of many, each a checkbox: no Ctrl key to hold, as good with a thumb as with a keyboard."""

    template_name = Columns.template_name


class RadioColumns(Columns, forms.RadioSelect):
    """One of a few, side by side where there is room."""

    template_name = Columns.template_name


class ScaleSelect(forms.RadioSelect):
    """A handful of answers in one row of equal cells, as wide as a thumb."""

    template_name = "components/scale.html"
