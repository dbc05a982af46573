"""An appeal in the employer's own words."""

from django import forms
from django.utils.translation import gettext_lazy as _


class AppealForm(forms.Form):
    """Why the decision should be another one."""

    use_required_attribute = False

    text = forms.CharField(
        label=_("Why should we decide otherwise?"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "Another recruiter reads this, your facts and the reason above. Say what was overlooked, or is wrong."
        ),
        error_messages={"required": _("Say in your own words why the decision should be another one.")},
    )
