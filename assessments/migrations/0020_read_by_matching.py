"""The index by which a person's measurements are found also holds what matching reads of them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from common.migrating import AddIndexOnline

OWN = "assessments_measurement_candidate_id_8f75a9fe"
"""The index that Django gave the foreign key."""


class Migration(migrations.Migration):
    atomic = False  # people go on working while the index is built

    dependencies = [
        ("assessments", "0019_session_rules_version"),
        ("candidates", "0008_last_changed"),
        ("reference", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AddIndexOnline(
            model_name="measurement",
            index=models.Index(
                fields=["candidate", "language", "skill", "activity", "-measured_on", "-recorded_at", "-id"],
                include=("expires_on", "revoked_at", "level", "theta", "standard_error", "session"),
                name="measurement_newest_of_each",
            ),
        ),
        # The foreign key itself stays as it is: `AlterField` would drop it and check every row again.
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    f"DROP INDEX CONCURRENTLY IF EXISTS {OWN}",
                    f"CREATE INDEX CONCURRENTLY IF NOT EXISTS {OWN} ON assessments_measurement (candidate_id)",
                ),
                migrations.RunSQL(
                    "DROP INDEX CONCURRENTLY IF EXISTS measurement_newest_first",
                    "CREATE INDEX CONCURRENTLY IF NOT EXISTS measurement_newest_first ON assessments_measurement"
                    " (candidate_id, language_id, skill_id, activity, measured_on DESC, recorded_at DESC, id DESC)",
                ),
            ],
            state_operations=[
                migrations.AlterField(
                    model_name="measurement",
                    name="candidate",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="measurements",
                        to="candidates.candidate",
                        verbose_name="candidate",
                    ),
                ),
                migrations.RemoveIndex(model_name="measurement", name="measurement_newest_first"),
            ],
        ),
    ]
