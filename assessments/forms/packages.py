"""Sending a package of items."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.models import Bank
from assessments.rules.qti_package import MOST_BYTES
from assessments.rules.qti_reading import levels_of


class PackageForm(forms.Form):
    """A QTI 3.0 package, and the level of items that say none."""

    package = forms.FileField(
        label=gettext_lazy("QTI 3.0 package"),
        help_text=gettext_lazy("A ZIP archive with imsmanifest.xml at its top, up to 20 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".zip,application/zip"}),
    )
    level = forms.ChoiceField(
        label=gettext_lazy("Level of items that say none"),
        help_text=gettext_lazy("QTI has no place for it; packages made here say it for every item."),
    )

    def __init__(self, data: Any = None, files: Any = None, *, bank: Bank) -> None:
        super().__init__(data, files)
        self.fields["level"].choices = [(level, level) for level in levels_of(bank.kind)]  # type: ignore[attr-defined]

    def clean_package(self) -> Any:
        """Not larger than is read at all."""
        sent = self.cleaned_data["package"]
        if sent.size > MOST_BYTES:
            raise forms.ValidationError(
                _("The package is larger than %(mb)s MB.") % {"mb": MOST_BYTES // 1_000_000}
            )
        return sent
