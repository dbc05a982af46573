"""What is wrong with words while they are typed."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from common.posting import acts_by_post
from employers.access import EDITORS, MemberRequest, member_required
from reference.templatetags.wording import wording_in
from vacancies.forms.facts import FactsForm
from vacancies.rules.wording import READ_FIELDS


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(*EDITORS)
@acts_by_post("vacancies:create")
def wording(request: MemberRequest) -> HttpResponse:
    """The findings in the one text that was sent; nothing is saved."""
    name = next((name for name in READ_FIELDS if name in request.POST), "")
    most = getattr(FactsForm.base_fields[name], "max_length", 0) if name else 0
    groups = wording_in(request.POST.get(name, "")[:most])
    return render(request, "reference/_wording.html", {"groups": groups})
