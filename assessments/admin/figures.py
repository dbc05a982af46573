"""Figures of tests as a reader writes them: with the comma or point of the page, and no more places than say something."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.template.defaultfilters import floatformat
from django.utils.translation import gettext_lazy

from reference.enums import CEFRLevel


def shown(figure: float) -> str:
    """To two decimals, as everything on the scale of a bank."""
    return str(floatformat(figure, 2))


class LevelsBegin(admin.ModelAdmin):
    """Says for a bank, or a session on one, where each level begins: with its name, instead of the column `cuts`."""

    readonly_fields = ("levels_begin",)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The words in the place of the column."""
        fields = [name for name in super().get_fields(request, obj) if name != "levels_begin"]
        return ["levels_begin" if name == "cuts" else name for name in fields]

    @admin.display(description=gettext_lazy("Levels begin at (logits)"))
    def levels_begin(self, row: Any) -> str:
        """Such as: A2 -3.20 · B1 -1.60."""
        bank = getattr(row, "bank", row)
        names = [level.label for level in CEFRLevel][1:] if bank.language_id else ["2", "3"]
        return " · ".join(f"{name} {shown(cut)}" for name, cut in zip(names, row.cuts, strict=True))
