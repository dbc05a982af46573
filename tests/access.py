"""Who gets what at which address: one line for every named URL outside the administration.

A line is `"name": get(anonymous, candidate, other candidate, employer, other employer, staff)`, or `post(…)` for an
address that only acts. An expectation is a status, or the name of the URL that the person is sent to. Keyword arguments
fill in the parts of the address, `query` what follows it; `"@vacancy.pk"` means an object of `World`, others are taken as
they are. The object belongs to the candidate or to the employer, never to the other ones. `sent` is what a POST carries.
A page that refuses a role on GET must refuse it on POST too; that is tested without a line. Who may act at an address
that only acts, and looks at it instead, is led to `leads_to` (405 is the page that says so); everybody else hears what
they hear on acting.
"""

from dataclasses import dataclass, field
from typing import Any

ROLES = ("anonymous", "candidate", "other_candidate", "employer", "other_employer", "staff")
Expected = int | str
LOGIN = "account_login"


@dataclass(frozen=True)
class Rule:
    """What each role gets from one address."""

    method: str
    expected: dict[str, Expected]
    kwargs: dict[str, Any]
    sent: dict[str, Any] = field(default_factory=dict)
    leads_to: Expected = 405
    query: str = ""


def get(*expected: Expected, query: str = "", **kwargs: Any) -> Rule:
    """A page."""
    return Rule("GET", dict(zip(ROLES, expected, strict=True)), kwargs, query=query)


def post(
    *expected: Expected, leads_to: Expected = 405, sent: dict[str, Any] | None = None, **kwargs: Any
) -> Rule:
    """An act."""
    return Rule("POST", dict(zip(ROLES, expected, strict=True)), kwargs, sent or {}, leads_to)


def all_get(expected: Expected, **kwargs: Any) -> Rule:
    """A page that is the same for everybody."""
    return get(*[expected] * 6, **kwargs)


def api_post(**kwargs: Any) -> Rule:
    """An act of programs: nobody gets in with a browser."""
    return post(*[401] * 6, leads_to=401, **kwargs)


def signed_in_get(expected: Expected, **kwargs: Any) -> Rule:
    """A page for everybody who has signed in."""
    return get(LOGIN, *[expected] * 5, **kwargs)


def candidates_get(own: Expected, others: Expected, **kwargs: Any) -> Rule:
    """A page of candidates: what the candidate and the other candidate get. Nobody else enters."""
    return get(LOGIN, own, others, 403, 403, 403, **kwargs)


def candidates_post(own: Expected, others: Expected, **more: Any) -> Rule:
    """An act of candidates."""
    return post(LOGIN, own, others, 403, 403, 403, **more)


def employers_get(own: Expected, others: Expected, **kwargs: Any) -> Rule:
    """A page of employers; who has none is invited to apply."""
    return get(LOGIN, "employers:apply", "employers:apply", own, others, "employers:apply", **kwargs)


def employers_post(own: Expected, others: Expected, **more: Any) -> Rule:
    """An act of employers."""
    return post(LOGIN, "employers:apply", "employers:apply", own, others, "employers:apply", **more)


VACANCY = {"pk": "@vacancy.pk"}
STEP = {**VACANCY, "leads_to": "vacancies:detail"}
MEMBERS = {"leads_to": "employers:members"}
SESSION = {"session": "@session.pk"}
RUN = {"run": "@run.pk"}
SCENARIO = {"scenario": "@scenario.code"}
DRAFT = {"number": "@draft.number"}
TASK = {**DRAFT, "position": 1}
SPOKEN_TASK = {"number": "@spoken.number", "position": 1}
TAKE = {"key": "@take.key"}
RATED = {"number": "@rated_work.number"}

ACCOUNTS = {
    "account_login": get(200, *["home"] * 5),
    "account_signup": get(200, *["home"] * 5),
    "account_logout": get("front", *[200] * 5),
    "account_inactive": all_get(200),
    "account_reauthenticate": signed_in_get(200),
    "account_email": signed_in_get(200),
    "account_email_verification_sent": get("account_login", *["account_email"] * 5),
    "account_change_password": signed_in_get(200),
    "account_set_password": signed_in_get("account_change_password"),
    "account_reset_password": all_get(200),
    "account_confirm_password_reset_code": all_get("account_login"),
    "account_complete_password_reset": all_get("account_reset_password"),
    "account_password_reset_completed": all_get(200),
    "account_confirm_login_code": get("account_login", *["home"] * 5),
    "mfa_index": signed_in_get(200),
    "mfa_authenticate": get("account_login", *["home"] * 5),
    "mfa_reauthenticate": get(LOGIN, *["account_reauthenticate"] * 4, 200),
    "mfa_activate_totp": signed_in_get("account_reauthenticate"),
    "mfa_deactivate_totp": get(LOGIN, *[404] * 4, "account_reauthenticate"),
    "mfa_view_recovery_codes": signed_in_get(404),  # nobody made any
    "mfa_generate_recovery_codes": signed_in_get("account_reauthenticate"),
    "mfa_download_recovery_codes": signed_in_get(404),
    "mfa_list_webauthn": signed_in_get(200),
    "mfa_add_webauthn": signed_in_get("account_reauthenticate"),
    "mfa_reauthenticate_webauthn": signed_in_get("account_reauthenticate"),  # nobody has a passkey
    "mfa_remove_webauthn": signed_in_get("account_reauthenticate", pk=1),
    "mfa_edit_webauthn": signed_in_get("account_reauthenticate", pk=1),
    "mfa_login_webauthn": get("account_login", *["home"] * 5),
    "people:settings": signed_in_get(200),
    "people:mail_choices": signed_in_get(200),
    "people:mail_off": all_get(200, token="@mail_off_token"),
    "people:notifications": signed_in_get(200),
    "people:mark_all_read": post(
        LOGIN,
        *["people:notifications"] * 5,
        sent={"until": "2026-11-22T09:00:00+00:00"},
        leads_to="people:notifications",
    ),
    # Everybody has notifications of their own; nobody reaches another one's.
    "people:open_notification": post(
        LOGIN, "people:settings", 404, 404, 404, 404, pk="@told.pk", leads_to="people:notifications"
    ),
    "people:mark_read": post(
        LOGIN, "people:notifications", 404, 404, 404, 404, pk="@told.pk", leads_to="people:notifications"
    ),
    "set_language": post(*[302] * 6, sent={"language": "en"}, leads_to="front"),
    "demo_mail": all_get(404),  # the demo has its own test
    "demo_mail_message": all_get(404, mail="@mail.pk"),
    "demo_mail_letter": all_get(404, mail="@mail.pk"),
}

PLATFORM = {
    "front": get(200, *["home"] * 5),
    "home": get(LOGIN, 200, 200, 200, 200, "admin:index"),
    "robots": all_get(200),
    "sitemap": all_get(200),
    "sitemap_page": all_get(200, section="jobs"),
    "healthz": all_get(200),
    "readyz": all_get(503),  # no worker runs in this test
    "common:style": get(LOGIN, 403, 403, 403, 403, 200),
    "common:set_theme": post(*[302] * 6, sent={"theme": "dark"}, leads_to="front"),
    "api:docs": all_get(200),
    "api:schema": all_get(200),
    # Programs come with a token; a browser's session opens nothing.
    "api:vacancies": all_get(401),
    "api:vacancy": all_get(401, **VACANCY),
    **{f"api:vacancy_{step}": api_post(**VACANCY) for step in ("submit", "pause", "resume", "close")},
    "api:what_if": all_get(401),
    "api:shortlist": all_get(401, **VACANCY),
    "api:shortlisted": all_get(401, **VACANCY, person="@candidate.public_id"),
    "api:invite": api_post(**VACANCY, person="@candidate.public_id"),
    "api:applications": all_get(401),
    "api:application": all_get(401, public_id="@candidate.public_id"),
    "api:application_log": all_get(401, public_id="@candidate.public_id"),
    **{
        f"api:application_{step}": api_post(public_id="@candidate.public_id")
        for step in ("accept", "decline", "withdraw", "interview", "offer")
    },
}

CANDIDATES = {
    "candidates:start": get(LOGIN, "candidates:profile", "candidates:profile", 403, 403, 403),
    "candidates:profile": candidates_get(200, 200),
    "candidates:step": candidates_get(200, 200, step="languages"),
    "candidates:reservations": candidates_get(200, 200),
    "candidates:listing": candidates_post(
        "candidates:step", "candidates:step", sent={"decision": "withdraw"}, leads_to="candidates:step"
    ),
}

STAYING = {
    "candidates:pause": candidates_get(200, 200),
    "candidates:here_again": candidates_post("home", "home", leads_to="home"),
    "candidates:stay": all_get(200, token="@candidate.stay_token"),
}

ASSESSMENTS = {
    "assessments:overview": candidates_get(200, 200),
    "assessments:accommodations": candidates_get(200, 200),
    "assessments:interview": candidates_get(200, 404, card="@interview.pk"),
    "assessments:interview_agree": candidates_post(
        "assessments:interview", 404, card="@interview.pk", leads_to="assessments:interview"
    ),
    "assessments:tasks_start": candidates_get(200, 200),
    "assessments:tasks_practice": candidates_get(200, 200, number=1),
    "assessments:tasks_run": candidates_get(200, 404, run="@tasks.pk"),
    "assessments:tasks_result": candidates_get("assessments:tasks_run", 404, run="@tasks.pk"),
    "assessments:typing_start": candidates_get(200, 200),
    "assessments:typing_run": candidates_get(200, 404, run="@typing.pk"),
    "assessments:typing_result": candidates_get("assessments:typing_run", 404, run="@typing.pk"),
    "assessments:typing_report": candidates_post(
        204, 404, run="@typing.pk", sent={"number": "0"}, leads_to="assessments:typing_run"
    ),
    "assessments:typing_leave": candidates_post(
        "assessments:typing_start", 404, run="@typing.pk", leads_to="assessments:typing_run"
    ),
    "assessments:flag": candidates_get(200, 404, flag="@flag.pk"),
    "assessments:confirmation": candidates_get(200, 404, confirmation="@confirmation.pk"),
    "assessments:start": candidates_get(200, 200, bank="@bank.code"),
    "assessments:item": candidates_get(200, 404, **SESSION),
    "assessments:media": candidates_get(404, 404, **SESSION, position=1, name="none.png"),
    "assessments:practice_media": candidates_get(404, 404, bank="@bank.code", number=1, name="none.png"),
    "assessments:result": candidates_get("assessments:item", 404, **SESSION),
    "assessments:writing_start": candidates_get(200, 200, language="@rated_language"),
    "assessments:writing_practice": candidates_get(200, 200, language="en"),
    "assessments:writing": candidates_get(200, 404, **TASK),
    "assessments:writing_draft": candidates_post(422, 404, leads_to="assessments:writing", **TASK),
    "assessments:work_check": candidates_get(200, 404, **DRAFT),
    "assessments:speaking_start": candidates_get(200, 200, language="@spoken_language"),
    "assessments:speaking_practice": candidates_get(200, 200, language="en"),
    "assessments:speaking": candidates_get(200, 404, **SPOKEN_TASK),
    "assessments:begin_recording": candidates_post(
        200, 404, key="00000000-0000-4000-8000-000000000000", **SPOKEN_TASK
    ),
    "assessments:recording": candidates_get(200, 404, **TAKE),
    "assessments:recording_chunk": candidates_post(200, 404, chunk=0, **TAKE),
    "assessments:recording_complete": candidates_post(422, 422, **TAKE),
    "assessments:equipment": candidates_get(200, 200),
    "assessments:equipment_sample": candidates_get(200, 200),
    "assessments:rated_result": candidates_get(200, 404, **RATED),
    "assessments:appeal": candidates_get(200, 404, **RATED),
    "assessments:practice": candidates_get(200, 200, bank="@bank.code", number=1),
}

DESK = {
    "assessments:desk_overview": candidates_get(200, 200),
    "assessments:desk_rules": all_get(200),
    "assessments:desk_measured": candidates_get(200, 200, language="@scenario.language_id"),
    "assessments:desk_start": candidates_get(200, 200, **SCENARIO),
    # Anybody may try the work; a candidate has a page of their own for it.
    "assessments:desk_preview": get(
        200, "assessments:desk_start", "assessments:desk_start", 200, 200, 200, **SCENARIO
    ),
    "assessments:desk_run": candidates_get(200, 404, **RUN),
    "assessments:desk_queue": candidates_get(302, 404, **RUN),
    "assessments:desk_end": candidates_get(200, 404, **RUN),
    "assessments:desk_result": candidates_get("assessments:desk_run", 404, **RUN),
    "assessments:desk_open": candidates_post("assessments:desk_run", 404, **RUN),
    "assessments:desk_look_up": candidates_post("assessments:desk_run", 404, **RUN),
    "assessments:desk_answer": candidates_post("assessments:desk_run", 404, **RUN),
    "assessments:desk_wait": candidates_post("assessments:desk_run", 404, **RUN),
    "assessments:desk_leave": candidates_post("assessments:desk_run", 404, **RUN),
}

EMPLOYERS = {
    "employers:apply": get(LOGIN, 403, 403, "employers:company", "employers:company", 403),
    "employers:company": employers_get(200, 200),
    "employers:appeal": employers_get("employers:company", "employers:company"),  # nobody was refused
    "employers:work_style": employers_get(200, 200),
    "employers:members": employers_get(200, 200),
    "employers:role": employers_post("employers:members", 404, pk="@colleague.pk", **MEMBERS),
    "employers:remove": employers_post("employers:members", 404, pk="@colleague.pk", **MEMBERS),
    "employers:withdraw": employers_post(
        "employers:members", "employers:members", pk="@invitation.pk", **MEMBERS
    ),
    "employers:leave": employers_post("employers:members", "employers:members", **MEMBERS),  # the last owners
    "employers:tokens": employers_get("account_reauthenticate", "account_reauthenticate"),
    "employers:token_renew": employers_post(
        "account_reauthenticate", "account_reauthenticate", pk="@token.pk", leads_to="employers:tokens"
    ),
    "employers:token_revoke": employers_post(
        "employers:tokens", "employers:tokens", pk="@token.pk", leads_to="employers:tokens"
    ),
    "employers:webhooks": employers_get("account_reauthenticate", "account_reauthenticate"),
    "employers:webhook": employers_get("account_reauthenticate", "account_reauthenticate", pk="@webhook.pk"),
    "employers:webhook_rotate": employers_post(
        "account_reauthenticate", "account_reauthenticate", pk="@webhook.pk", leads_to="employers:webhook"
    ),
    **{
        f"employers:webhook_{step}": employers_post(
            expected, 404, pk="@webhook.pk", leads_to="employers:webhook"
        )
        for step, expected in {
            "switch": "employers:webhook",
            "test": "employers:webhook",
            "remove": "employers:webhooks",
        }.items()
    },
    "employers:webhook_replay": employers_post(
        "employers:webhook", 404, pk="@webhook.pk", delivery="@delivery.pk", leads_to="employers:webhooks"
    ),
    "employers:join": get(LOGIN, *[403] * 5, token="@invitation.token"),  # it went to somebody else
}

VACANCIES = {
    "vacancies:list": employers_get(200, 200),
    "vacancies:create": employers_get(200, 200, query="?key=00000000-0000-4000-8000-000000000000"),
    "vacancies:preview": employers_get(200, 404, **VACANCY),
    "vacancies:jobs": all_get(200),
    "vacancies:jobs_feed": all_get(200),
    "vacancies:job": all_get(200, slug="customer-care-for-a-web-shop", **VACANCY),
    "vacancies:wording": employers_post(200, 200, leads_to="vacancies:create"),
    "vacancies:detail": employers_get(200, 404, **VACANCY),
    "vacancies:edit": employers_get(200, 404, **VACANCY),
    "vacancies:publish": employers_post("vacancies:detail", 404, **STEP),
    "vacancies:discard": employers_post("vacancies:detail", 404, **STEP),
    "vacancies:pause": employers_post("vacancies:detail", 404, **STEP),
    "vacancies:resume": employers_post("vacancies:detail", 404, **STEP),
    "vacancies:close": employers_post("vacancies:detail", 404, **STEP),
    "vacancies:reopen": employers_post("vacancies:detail", 404, **STEP),
    "vacancies:duplicate": employers_post("vacancies:detail", 404, **STEP),
}

MATCHING = {
    # Nothing is filled in, which the editor says.
    "matching:what_if": employers_post(422, 422, leads_to="vacancies:create"),
    "matching:what_if_of": employers_post(422, 404, leads_to="vacancies:edit", **VACANCY),
}

PLACEMENTS = {
    "placements:shortlist": employers_get(200, 404, pk="@ranked.pk"),
    "placements:compare": employers_get(200, 404, pk="@ranked.pk"),  # it asks to choose
    "placements:company": all_get(200, pk="@vacancy.employer.pk", slug="@company_slug"),
    "placements:how_matching_works": all_get(200),
    "placements:invite": employers_post(
        "placements:shortlist", 404, pk="@ranked.pk", kind="language", code="@bank.measured_code"
    ),
    "placements:person": employers_get(200, 404, pk="@ranked.pk", person="@candidate.public_id"),
    "placements:scorecard": employers_get(200, 404, pk="@ranked.pk", person="@candidate.public_id"),
    "placements:scorecard_withdraw": employers_get(
        200, 404, pk="@ranked.pk", person="@candidate.public_id", card="@interview.pk"
    ),
    "placements:matches": candidates_get(200, 200),
    "placements:match": candidates_get(200, 200, pk="@ranked.pk"),
    "placements:interest": candidates_post(302, 302, pk="@ranked.pk", leads_to="placements:match"),
    "placements:begin": candidates_post(302, 302, pk="@ranked.pk", leads_to="candidates:start"),
    "placements:look": candidates_post(
        "placements:match", "placements:match", pk="@ranked.pk", leads_to="placements:match"
    ),
    "placements:forget": candidates_post("home", "home", pk="@ranked.pk", leads_to="home"),
    "placements:unlocks": candidates_get(200, 200),
    "placements:my_data": candidates_get(200, 200),
    "placements:leaving": candidates_get(200, 200),
    "placements:leave_now": candidates_get("account_reauthenticate", "account_reauthenticate"),
    "placements:left": all_get(200),
    "placements:my_applications": candidates_get(200, 200),
    "placements:my_application": candidates_get(200, 404, application="@application.public_id"),
    "placements:my_yes": candidates_post(
        "placements:my_application",
        404,
        application="@application.public_id",
        sent={"seen": "invited"},
        leads_to="placements:my_application",
    ),
    "placements:my_no": candidates_post(
        "placements:my_application",
        404,
        application="@application.public_id",
        sent={"seen": "invited", "act": "decline", "reason": "private"},
        leads_to="placements:my_application",
    ),
    "placements:profile_views": candidates_get(200, 200),
    "placements:open_application": get(
        LOGIN,
        "placements:my_application",
        404,
        "placements:person",
        404,
        404,
        application="@application.public_id",
    ),
}

PERSON = {"pk": "@ranked.pk", "person": "@candidate.public_id"}
DECIDING = {
    "placements:all_applications": employers_get(200, 200),
    "placements:pipeline": employers_get(200, 404, pk="@ranked.pk"),
    "placements:together": employers_get("placements:pipeline", 404, pk="@ranked.pk"),  # nobody is chosen
    "placements:invite_person": employers_get(200, 404, **PERSON),
    "placements:set_aside": employers_get(200, 404, **PERSON),
    "placements:note": employers_get(200, 404, **PERSON),
    # Nothing is between the two yet, which their page says.
    "placements:accept": employers_get("placements:person", 404, **PERSON),
    "placements:decline": employers_get("placements:person", 404, **PERSON),
    "placements:take_back": employers_get("placements:person", 404, **PERSON),
    "placements:talk": employers_get("placements:person", 404, **PERSON),
    "placements:offer": employers_get("placements:person", 404, **PERSON),
    "placements:put_back": employers_post("placements:person", 404, leads_to="placements:person", **PERSON),
}

RULES: dict[str, Rule] = {
    **DECIDING,
    **ACCOUNTS,
    **PLATFORM,
    **CANDIDATES,
    **STAYING,
    **ASSESSMENTS,
    **DESK,
    **EMPLOYERS,
    **VACANCIES,
    **MATCHING,
    **PLACEMENTS,
}
