"""The index by which a person's rows are found also holds what matching reads of them."""

import django.db.models.deletion
from django.db import migrations, models

from common.migrating import AddIndexOnline

MODELS = {
    "candidatelanguage": ("languages", "1136482f"),
    "candidateskill": ("skills", "4f07b3fa"),
    "experience": ("experience", "c91dd718"),
}
"""By model its name at the candidate, and the end of the name of the index that Django gave its foreign key."""


def without_own_index(model: str) -> migrations.SeparateDatabaseAndState:
    """The foreign key itself stays as it is: `AlterField` would drop it and check every row again."""
    related, ending = MODELS[model]
    table = f"candidates_{model}"
    name = f"{table}_candidate_id_{ending}"
    field = models.ForeignKey(
        db_index=False,
        on_delete=django.db.models.deletion.CASCADE,
        related_name=related,
        to="candidates.candidate",
    )
    return migrations.SeparateDatabaseAndState(
        database_operations=[
            migrations.RunSQL(
                f"DROP INDEX CONCURRENTLY IF EXISTS {name}",
                f"CREATE INDEX CONCURRENTLY IF NOT EXISTS {name} ON {table} (candidate_id)",
            )
        ],
        state_operations=[migrations.AlterField(model_name=model, name="candidate", field=field)],
    )


class Migration(migrations.Migration):
    atomic = False  # people go on working while the indexes are built

    dependencies = [("candidates", "0008_last_changed"), ("reference", "0001_initial")]

    operations = [
        AddIndexOnline(
            model_name="candidatelanguage",
            index=models.Index(
                fields=["candidate"], include=("language", "claimed_level"), name="candidate_language_read"
            ),
        ),
        AddIndexOnline(
            model_name="candidateskill",
            index=models.Index(
                fields=["candidate"], include=("skill", "stated"), name="candidate_skill_read"
            ),
        ),
        AddIndexOnline(
            model_name="experience",
            index=models.Index(
                fields=["candidate"],
                include=("sector", "channel", "months"),
                name="candidate_experience_read",
            ),
        ),
        *(without_own_index(model) for model in MODELS),
    ]
