"""What a person sets for themselves."""

from datetime import datetime

from django.db import transaction

from accounts.actions.audit import record
from accounts.actions.names import call_otherwise
from accounts.models import Identity, User
from accounts.rules.time_zones import NEVER_CHOSEN

MOST_OF_A_PATH = User._meta.get_field("came_for").max_length or 0


@transaction.atomic
def change_settings(*, user: User, display_name: str, language: str, time_zone: str, now: datetime) -> User:
    """Save name, language and time zone. The log says that they changed, not to what."""
    user.language, user.time_zone = language, time_zone
    user.full_clean(exclude=["password"])
    user.save(update_fields=["language", "time_zone"])
    name_person(user=user, display_name=display_name)
    record(verb="settings.changed", target=user, by=user, now=now)
    return user


@transaction.atomic
def change_language(*, user: User, language: str) -> User:
    """Save the language alone, as the switch on every page does."""
    user.language = language
    user.save(update_fields=["language"])
    return user


def propose_time_zone(*, user: User, time_zone: str) -> bool:
    """Set the clock of somebody who has never chosen one; whether that was so. They can change it any time."""
    never = User.objects.filter(pk=user.pk, time_zone=NEVER_CHOSEN).exclude(time_zone=time_zone)
    if not never.update(time_zone=time_zone):
        return False
    user.time_zone = time_zone
    return True


@transaction.atomic
def name_person(*, user: User, display_name: str) -> Identity:
    """Say what a person is called, also where others were told of them by the name they had."""
    everybody = Identity.objects.select_for_update()
    identity, _made = everybody.get_or_create(user=user, defaults={"display_name": display_name})
    if identity.display_name != display_name:
        call_otherwise(user=user, said=[identity.display_name], instead=display_name)
        identity.display_name = display_name
        identity.save(update_fields=["display_name"])
    return identity


def remember_page(*, user: User, path: str) -> bool:
    """Keep the page of this site that somebody asked for before they had an account; whether it was one."""
    if not path.startswith("/") or len(path) > MOST_OF_A_PATH:
        return False
    user.came_for = path
    user.save(update_fields=["came_for"])
    return True


def forget_page(*, user: User) -> None:
    """Somebody has come to what they were here for, or chose something else: offer the page asked for before no more."""
    if user.came_for:
        user.came_for = ""
        user.save(update_fields=["came_for"])
