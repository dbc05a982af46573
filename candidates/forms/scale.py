"""A handful of answers side by side."""

from django import forms


class ScaleSelect(forms.RadioSelect):
    """Radio buttons in one row of equal cells, as wide as a thumb."""

    template_name = "candidates/widgets/scale.html"
