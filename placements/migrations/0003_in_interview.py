"""The longest in interview are found at once."""

from django.db import migrations, models

from common.migrating import AddIndexOnline


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("placements", "0002_triggers")]

    operations = [
        AddIndexOnline(
            "application",
            models.Index(
                fields=["changed_at", "id"],
                condition=models.Q(state="in_interview"),
                name="application_in_interview",
            ),
        ),
    ]
