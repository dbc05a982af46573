"""Kinds of banks and of questions: banks of skills, answers of every interaction, partial credit."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q


def keep_what_is_there(apps, schema_editor):
    """Banks are written in the language that they measure; the chosen option is the answer of one choice."""
    apps.get_model("assessments", "Bank").objects.update(written_in=F("language"))
    schema_editor.execute(
        "UPDATE assessments_response SET answer = to_jsonb(chosen), credit = correct::int WHERE chosen IS NOT NULL"
    )
    # Without it the checks of the foreign keys would still wait when the columns change below.
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def put_back(apps, schema_editor):
    """The older columns know one choice in a bank of a language; anything else would be lost, so it stops here."""
    bank, item = apps.get_model("assessments", "Bank"), apps.get_model("assessments", "Item")
    if bank.objects.filter(language=None).exists() or item.objects.exclude(interaction="choice").exists():
        raise RuntimeError("delete the banks of skills and the items of other interactions than choice first")
    schema_editor.execute(
        "UPDATE assessments_response SET chosen = answer::int WHERE jsonb_typeof(answer) = 'number'"
    )
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


LENGTH = {"verbose_name": "fewest items in a session", "default": 8}
KINDS = [
    ("language", "language"),
    ("service_judgement", "service judgement"),
    ("local_knowledge", "local knowledge"),
]
INTERACTIONS = [
    ("choice", "one choice"),
    ("multiple_choice", "several choices"),
    ("text_entry", "words typed in"),
    ("inline_choice", "choices in the text"),
    ("order", "putting in order"),
    ("match", "matching"),
]
SKILLS = [
    ("reading", "reading"),
    ("use_of_language", "use of language"),
    ("judgement", "judgement"),
    ("knowledge", "knowledge"),
]
LANGUAGE = {"on_delete": django.db.models.deletion.PROTECT, "to": "reference.language"}


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0002_activity"),
        ("reference", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            "bank",
            "kind",
            models.CharField(choices=KINDS, default="language", max_length=24, verbose_name="kind"),
        ),
        migrations.AddField("bank", "min_items", models.PositiveSmallIntegerField(**LENGTH)),
        migrations.AddField(
            "bank",
            "skill",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to="reference.skill",
                verbose_name="skill",
            ),
        ),
        migrations.AddField(
            "bank",
            "written_in",
            models.ForeignKey(null=True, related_name="+", verbose_name="written in", **LANGUAGE),
        ),
        migrations.AlterField(
            "bank", "language", models.ForeignKey(blank=True, null=True, verbose_name="language", **LANGUAGE)
        ),
        migrations.AlterField(
            "bank",
            "cuts",
            models.JSONField(
                help_text="In logits, rising: A2 to C2 of a language, 2 and 3 of a skill.",
                verbose_name="lower bound of each level",
            ),
        ),
        migrations.AddField(
            "item",
            "interaction",
            models.CharField(
                choices=INTERACTIONS, default="choice", max_length=16, verbose_name="answered by"
            ),
        ),
        migrations.AddField(
            "item",
            "content",
            models.JSONField(blank=True, default=dict, verbose_name="further content"),
        ),
        migrations.AddField(
            "item",
            "steps",
            models.JSONField(blank=True, default=list, verbose_name="steps of partial credit"),
        ),
        migrations.AlterField(
            "item", "options", models.JSONField(blank=True, default=list, verbose_name="options")
        ),
        migrations.AlterField("item", "level", models.PositiveSmallIntegerField(verbose_name="level")),
        migrations.AlterField(
            "item", "skill", models.CharField(choices=SKILLS, max_length=32, verbose_name="skill")
        ),
        migrations.RunSQL(
            # PostgreSQL has no cast from whole numbers to jsonb of its own.
            sql="""ALTER TABLE assessments_item DROP CONSTRAINT assessments_item_key_check;
                   ALTER TABLE assessments_item ALTER COLUMN key TYPE jsonb USING to_jsonb(key)""",
            reverse_sql="""ALTER TABLE assessments_item ALTER COLUMN key TYPE smallint USING key::smallint;
                   ALTER TABLE assessments_item ADD CONSTRAINT assessments_item_key_check CHECK (key >= 0)""",
            state_operations=[migrations.AlterField("item", "key", models.JSONField(verbose_name="key"))],
        ),
        migrations.AddField(
            "response", "answer", models.JSONField(blank=True, null=True, verbose_name="answer")
        ),
        migrations.AddField(
            "response",
            "credit",
            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="credit"),
        ),
        migrations.RemoveConstraint("response", "response_answered_whole"),
        migrations.RunPython(keep_what_is_there, put_back),
        migrations.RemoveField("response", "chosen"),
        migrations.AlterField(
            "bank",
            "written_in",
            models.ForeignKey(related_name="+", verbose_name="written in", **LANGUAGE),
        ),
        migrations.AddConstraint(
            "bank",
            models.CheckConstraint(
                condition=Q(kind="language", language__isnull=False, skill=None)
                | (~Q(kind="language") & Q(language=None, skill__isnull=False)),
                name="bank_of_one_thing",
            ),
        ),
        migrations.AddConstraint(
            "bank",
            models.CheckConstraint(
                condition=Q(min_items__gte=1, min_items__lte=F("max_items")), name="bank_length_possible"
            ),
        ),
        migrations.AddConstraint(
            "response",
            models.CheckConstraint(
                condition=Q(answer__isnull=True, credit=None, correct__isnull=True, answered_at=None)
                | Q(
                    answer__isnull=False,
                    credit__isnull=False,
                    correct__isnull=False,
                    answered_at__isnull=False,
                ),
                name="response_answered_whole",
            ),
        ),
    ]
