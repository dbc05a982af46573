import django.db.models.deletion
from django.db import migrations, models

# What an invitation is about is the language or skill itself, so that it can lead to tests that are no bank of items.
FILL = """
ALTER TABLE placements_testinvitation DISABLE TRIGGER test_invitation_stays;
UPDATE placements_testinvitation AS invitation SET language_id = bank.language_id, skill_id = bank.skill_id
    FROM assessments_bank AS bank WHERE bank.id = invitation.bank_id;
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE placements_testinvitation ENABLE TRIGGER test_invitation_stays;
"""

# Back: to the first bank of it; what no bank measures could not be invited to, and goes.
FILL_BACK = """
ALTER TABLE placements_testinvitation DISABLE TRIGGER test_invitation_stays;
UPDATE placements_testinvitation AS invitation SET bank_id = (
    SELECT bank.id FROM assessments_bank AS bank
    WHERE bank.language_id = invitation.language_id OR bank.skill_id = invitation.skill_id ORDER BY bank.code LIMIT 1
);
DELETE FROM placements_testinvitation WHERE bank_id IS NULL;
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE placements_testinvitation ENABLE TRIGGER test_invitation_stays;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0001_initial"),
        ("reference", "0001_initial"),
        ("placements", "0012_remembered_vacancies"),
    ]

    operations = [
        migrations.AddField(
            "testinvitation",
            "language",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="reference.language",
                verbose_name="language",
            ),
        ),
        migrations.AddField(
            "testinvitation",
            "skill",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="reference.skill",
                verbose_name="skill",
            ),
        ),
        migrations.AlterField(
            "testinvitation",
            "bank",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="assessments.bank",
                verbose_name="test",
            ),
        ),
        migrations.RunSQL(FILL, FILL_BACK),
        migrations.RemoveIndex("testinvitation", "test_invitation_latest"),
        migrations.RemoveField("testinvitation", "bank"),
        migrations.AddIndex(
            "testinvitation",
            models.Index(fields=["candidate", "-at"], name="test_invitation_latest"),
        ),
        migrations.AddConstraint(
            "testinvitation",
            models.CheckConstraint(
                condition=models.Q(("language__isnull", False), ("skill", None))
                | models.Q(("language", None), ("skill__isnull", False)),
                name="test_invitation_of_one_thing",
            ),
        ),
    ]
