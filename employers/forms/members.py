"""Members of an employer: whom to invite, and what each may do."""

from django import forms
from django.utils.translation import gettext_lazy as _

from employers.enums import MembershipRole
from employers.forms.company import NOT_IN_LIST

ROLE_WORDS = {
    MembershipRole.OWNER: _("Owner: everything, members too"),
    MembershipRole.RECRUITER: _("Recruiter: the company's facts, vacancies and shortlists"),
    MembershipRole.VIEWER: _("Viewer: reads, changes nothing"),
}


class RoleForm(forms.Form):
    """What a member may do."""

    role = forms.ChoiceField(label=_("Role"), choices=MembershipRole.choices, error_messages=NOT_IN_LIST)


class InvitationForm(forms.Form):
    """Whom to invite, and to what."""

    email = forms.EmailField(
        label=_("Email address"),
        max_length=254,
        help_text=_("The link only works for somebody who signs in with this address."),
        error_messages={"invalid": _("This is no email address. Write it like name@example.com.")},
    )
    role = forms.ChoiceField(
        label=_("Role"),
        choices=ROLE_WORDS.items,
        widget=forms.RadioSelect,
        initial=MembershipRole.RECRUITER,
        error_messages={"required": _("Choose what this person may do."), **NOT_IN_LIST},
    )
