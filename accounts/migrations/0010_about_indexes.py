import django.contrib.postgres.indexes
from django.db import migrations, models

from common.migrating import AddIndexOnline


class Migration(migrations.Migration):
    atomic = False  # people go on working while the indexes are built

    dependencies = [("accounts", "0009_about")]

    operations = [
        AddIndexOnline(
            model_name="notification",
            index=models.Index(
                condition=models.Q(("about__gt", 0)), fields=["about"], name="notification_about"
            ),
        ),
        AddIndexOnline(
            model_name="outboxmail",
            index=django.contrib.postgres.indexes.GinIndex(fields=["about"], name="outbox_about"),
        ),
    ]
