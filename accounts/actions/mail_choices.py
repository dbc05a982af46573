"""A person says how they want to be mailed."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from accounts.actions.audit import record
from accounts.enums import MailChoice, NotificationKind
from accounts.models import NotificationPreference, User
from accounts.queries.mail_choices import mail_choices
from accounts.rules.mail_off import DIGEST
from accounts.rules.notification_kinds import KINDS


class UnableToChoose(Exception):
    """There is no such kind, or mail of it cannot be sent that way."""


@transaction.atomic
def choose_mail(
    *, user: User, choices: Mapping[str, str], now: datetime, by: User | None
) -> dict[NotificationKind, MailChoice]:
    """Keep how each kind in `choices` is mailed; what held before, for the kinds that changed.

    `by` is None when a link in a mail did it, which needs no sign-in. Choosing what holds already writes nothing.
    Raises UnableToChoose and changes nothing when one of them cannot be.
    """
    wanted = {_kind(name): _choice(name, mail) for name, mail in choices.items()}
    # Two tabs at once follow each other, and the last one holds.
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    held = mail_choices(user)
    changed = {kind: mail for kind, mail in wanted.items() if held[kind] != mail}
    for kind, mail in changed.items():
        NotificationPreference.objects.update_or_create(
            user=user, kind=kind, defaults={"mail": mail, "changed_at": now}
        )
    if changed:
        record(
            verb="mail.chosen",
            target=user,
            by=by,
            now=now,
            choices={str(k): str(m) for k, m in changed.items()},
        )
    return {kind: held[kind] for kind in changed}


def switch_off(*, user: User, kind: str, now: datetime) -> dict[NotificationKind, MailChoice]:
    """Mail the person no more about this kind, or none of the daily mail that can be off; what held before."""
    if kind == DIGEST:
        kinds = [
            one
            for one, mail in mail_choices(user).items()
            if mail == MailChoice.DAILY and KINDS[one].can_be_off
        ]
    else:
        kinds = [_kind(kind)]
    return choose_mail(user=user, choices=dict.fromkeys(kinds, MailChoice.NEVER), now=now, by=None)


def switch_on(
    *, user: User, kind: str, choices: Mapping[str, str], now: datetime
) -> dict[NotificationKind, MailChoice]:
    """Undo `switch_off` of the same `kind`. Raises UnableToChoose for anything that it cannot have switched off."""
    held = mail_choices(user)
    for name, mail in choices.items():
        one = _kind(name)
        by_digest = kind == DIGEST and mail == MailChoice.DAILY and held[one] in (MailChoice.NEVER, mail)
        if not (name == kind or by_digest):
            raise UnableToChoose(f"{kind}: {name}")
    return choose_mail(user=user, choices=choices, now=now, by=None)


def _kind(name: str) -> NotificationKind:
    try:
        return NotificationKind(name)
    except ValueError as error:
        raise UnableToChoose(name) from error


def _choice(name: str, mail: str) -> MailChoice:
    if mail not in KINDS[_kind(name)].choices:
        raise UnableToChoose(f"{name}: {mail}")
    return MailChoice(mail)
