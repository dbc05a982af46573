"""What stood on lists before anybody was told of matches is no news; pages asked for before signing up are forgotten once reached."""

from django.db import migrations, transaction
from django.db.models import Exists, OuterRef

PORTION = 2_000


def take_lists_as_known(apps, schema_editor):
    """Of a list that was never searched, the first search tells nobody. Begun again, it leaves alone what is marked."""
    Vacancy = apps.get_model("vacancies", "Vacancy")
    ListSearched = apps.get_model("placements", "ListSearched")
    searched = ListSearched.objects.filter(vacancy=OuterRef("pk"))
    waiting = Vacancy.objects.filter(~Exists(searched), state__in=["published", "paused"]).order_by("pk")
    while keys := list(waiting.values_list("pk", flat=True)[:PORTION]):
        with transaction.atomic():
            ListSearched.objects.bulk_create(
                [ListSearched(vacancy_id=key, as_known=True) for key in keys], ignore_conflicts=True
            )


def forget_reached_pages(apps, schema_editor):
    """People with a profile or a company have come to what they asked for."""
    User = apps.get_model("accounts", "User")
    own = {"user": OuterRef("pk")}
    profiles = apps.get_model("candidates", "Candidate").objects.filter(**own)
    companies = apps.get_model("employers", "Membership").objects.filter(**own)
    there = User.objects.filter(Exists(profiles) | Exists(companies)).exclude(came_for="").order_by("pk")
    while keys := list(there.values_list("pk", flat=True)[:PORTION]):
        User.objects.filter(pk__in=keys).update(came_for="")


class Migration(migrations.Migration):
    atomic = False
    dependencies = [
        ("placements", "0015_known_matches"),
        ("accounts", "0011_audit_by_actor"),
        ("candidates", "0008_last_changed"),
        ("employers", "0007_token_ends"),
        ("vacancies", "0005_desk_list"),
    ]
    operations = [
        migrations.RunPython(take_lists_as_known, migrations.RunPython.noop),
        migrations.RunPython(forget_reached_pages, migrations.RunPython.noop),
    ]
