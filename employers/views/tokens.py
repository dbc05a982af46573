"""Tokens with which the company's own systems call the API. Owners only, who have just shown that it is them."""

from collections.abc import Callable
from functools import partial
from uuid import uuid4, uuid5

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from common.posting import acts_by_post
from employers.access import MemberRequest, member_required
from employers.actions.errors import MadeAlready, NotAnOwner, TokenGone, TooManyTokens
from employers.actions.tokens import make_token, renew_token, revoke_token
from employers.enums import MembershipRole
from employers.forms.tokens import RenewForm, TokenForm
from employers.models import ApiToken
from employers.queries.tokens import listed_tokens

OWNER = MembershipRole.OWNER


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@member_required(OWNER, accepted=True)
@reauthentication_required
def tokens(request: MemberRequest) -> HttpResponse:
    """The tokens in use, a form to make one, and, in the answer to that form only, the secret."""
    if request.method != "POST":
        return _page(request, TokenForm(initial={"key": uuid4()}))
    form = TokenForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    return _with_secret(request, form, partial(make_token, **form.cleaned_data))


@member_required(OWNER, accepted=True)
@acts_by_post("employers:tokens", plain=True)
@never_cache
@reauthentication_required
def token_renew(request: MemberRequest, pk: int) -> HttpResponse:
    """Another token like this one; the answer shows its secret, and the old one holds until its end."""
    sent = RenewForm(request.POST)
    page = sent.cleaned_data["key"] if sent.is_valid() else None
    renew = partial(renew_token, token_id=pk, key=uuid5(page, str(pk)) if page else None)
    return _with_secret(request, TokenForm(initial={"key": uuid4()}), renew)


def _with_secret(
    request: MemberRequest, form: TokenForm, make: Callable[..., tuple[ApiToken, str]]
) -> HttpResponse:
    """Make it, and show its secret this once."""
    try:
        _token, secret = make(employer=request.employer, by=request.user, now=timezone.now())
    except MadeAlready:
        words = _(
            "This token was made already, and its secret was shown then. If it is lost, revoke the token."
        )
        messages.info(request, words)
        return redirect("employers:tokens")
    except TokenGone:
        messages.info(request, _("This token has ended meanwhile. Make a new one."))
        return redirect("employers:tokens")
    except TooManyTokens:
        words = _("Your company has 20 tokens in use. Revoke one that you do not need any more.")
        if form.is_bound:
            form.add_error(None, words)
            return _page(request, form, status=422)
        messages.error(request, words)
        return redirect("employers:tokens")
    except NotAnOwner as error:
        raise PermissionDenied("role") from error
    return _page(request, TokenForm(initial={"key": uuid4()}), secret=secret)


def _page(request: MemberRequest, form: TokenForm, *, secret: str = "", status: int = 200) -> HttpResponse:
    found = listed_tokens(request.employer)
    context = {
        "employer": request.employer,
        "form": form,
        "secret": secret,
        "tokens": found,
        "renew_key": uuid4(),
        "now": timezone.now(),
    }
    return render(request, "employers/token_list.html", context, status=status)


@member_required(OWNER)
@acts_by_post("employers:tokens", plain=True)
def token_revoke(request: MemberRequest, pk: int) -> HttpResponse:
    """End a token at once."""
    try:
        revoke_token(employer=request.employer, token_id=pk, by=request.user, now=timezone.now())
    except TokenGone:
        messages.info(request, _("This token was revoked before, or is not there."))
    except NotAnOwner as error:
        raise PermissionDenied("role") from error
    else:
        messages.success(request, _("Revoked. Nothing can be done with it any more."))
    return redirect("employers:tokens")
