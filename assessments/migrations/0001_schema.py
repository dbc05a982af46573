"""Item banks and sessions, work rated by people, scenarios, scorecards, and the measurements that come of them."""

import uuid
from decimal import Decimal

from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

from common.migrating import CreateModels


class Migration(migrations.Migration):
    replaces = [
        ("assessments", "0001_initial"),
        ("assessments", "0002_activity"),
        ("assessments", "0003_interactions"),
        ("assessments", "0004_desk"),
        ("assessments", "0005_accommodation"),
        ("assessments", "0006_rated_work"),
        ("assessments", "0007_frozen_sessions"),
        ("assessments", "0008_typing"),
        ("assessments", "0009_item_life"),
        ("assessments", "0010_first_cut_scores"),
        ("assessments", "0011_recordings"),
        ("assessments", "0012_computer_tasks"),
        ("assessments", "0013_integrity"),
        ("assessments", "0014_calibration_run"),
        ("assessments", "0015_scorecards"),
        ("assessments", "0016_item_media"),
        ("assessments", "0017_lists"),
        ("assessments", "0018_reply_text_deleted"),
        ("assessments", "0019_session_rules_version"),
        ("assessments", "0020_read_by_matching"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_schema"),
        ("candidates", "0001_schema"),
        ("employers", "0001_schema"),
        ("reference", "0001_schema"),
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name="Accommodation",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "candidate",
                        models.OneToOneField(
                            on_delete=models.CASCADE,
                            related_name="accommodation",
                            to="candidates.candidate",
                            verbose_name="candidate",
                        ),
                    ),
                    (
                        "extra_time",
                        models.PositiveSmallIntegerField(
                            choices=[
                                (0, "none"),
                                (25, "a quarter more"),
                                (50, "half as much again"),
                                (100, "twice the time"),
                            ],
                            default=0,
                            help_text="In percent.",
                            verbose_name="extra time",
                        ),
                    ),
                    ("no_time_limit", models.BooleanField(default=False, verbose_name="no time limit")),
                    (
                        "screen_reader",
                        models.BooleanField(default=False, verbose_name="I use a screen reader"),
                    ),
                    ("larger_type", models.BooleanField(default=False, verbose_name="larger type")),
                    ("recorded_at", models.DateTimeField(verbose_name="recorded")),
                ],
                options={
                    "verbose_name": "accommodation",
                    "verbose_name_plural": "accommodations",
                    "constraints": [
                        models.CheckConstraint(
                            condition=Q(extra_time__in=[0, 25, 50, 100]),
                            name="accommodation_extra_time_known",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Bank",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("code", models.SlugField(unique=True, verbose_name="code")),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("language", "language"),
                                ("service_judgement", "service judgement"),
                                ("local_knowledge", "local knowledge"),
                            ],
                            default="language",
                            max_length=24,
                            verbose_name="kind",
                        ),
                    ),
                    (
                        "language",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=models.PROTECT,
                            to="reference.language",
                            verbose_name="language",
                        ),
                    ),
                    (
                        "skill",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=models.PROTECT,
                            to="reference.skill",
                            verbose_name="skill",
                        ),
                    ),
                    (
                        "written_in",
                        models.ForeignKey(
                            on_delete=models.PROTECT,
                            related_name="+",
                            to="reference.language",
                            verbose_name="written in",
                        ),
                    ),
                    ("name", models.CharField(max_length=120, verbose_name="name")),
                    ("version", models.CharField(max_length=16, verbose_name="version")),
                    (
                        "cuts",
                        models.JSONField(
                            help_text="In logits, rising: A2 to C2 of a language, 2 and 3 of a skill.",
                            verbose_name="lower bound of each level",
                        ),
                    ),
                    (
                        "min_items",
                        models.PositiveSmallIntegerField(default=8, verbose_name="fewest items in a session"),
                    ),
                    (
                        "max_items",
                        models.PositiveSmallIntegerField(default=30, verbose_name="most items in a session"),
                    ),
                    (
                        "valid_months",
                        models.PositiveSmallIntegerField(
                            default=24, verbose_name="months that a result holds"
                        ),
                    ),
                ],
                options={
                    "verbose_name": "item bank",
                    "verbose_name_plural": "item banks",
                    "ordering": ["code"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=Q(kind="language", language__isnull=False, skill=None)
                            | (~Q(kind="language") & Q(language=None, skill__isnull=False)),
                            name="bank_of_one_thing",
                        ),
                        models.CheckConstraint(
                            condition=Q(min_items__gte=1, min_items__lte=F("max_items")),
                            name="bank_length_possible",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Item",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "bank",
                        models.ForeignKey(
                            on_delete=models.PROTECT,
                            related_name="items",
                            to="assessments.bank",
                            verbose_name="bank",
                        ),
                    ),
                    ("code", models.CharField(max_length=32, unique=True, verbose_name="code")),
                    (
                        "interaction",
                        models.CharField(
                            choices=[
                                ("choice", "one choice"),
                                ("multiple_choice", "several choices"),
                                ("text_entry", "words typed in"),
                                ("inline_choice", "choices in the text"),
                                ("order", "putting in order"),
                                ("match", "matching"),
                            ],
                            default="choice",
                            max_length=16,
                            verbose_name="answered by",
                        ),
                    ),
                    ("level", models.PositiveSmallIntegerField(verbose_name="level")),
                    (
                        "skill",
                        models.CharField(
                            choices=[
                                ("reading", "reading"),
                                ("use_of_language", "use of language"),
                                ("judgement", "judgement"),
                                ("knowledge", "knowledge"),
                            ],
                            max_length=32,
                            verbose_name="skill",
                        ),
                    ),
                    ("topic", models.CharField(max_length=32, verbose_name="topic")),
                    ("text", models.TextField(blank=True, verbose_name="text")),
                    ("prompt", models.TextField(verbose_name="question")),
                    ("options", models.JSONField(blank=True, default=list, verbose_name="options")),
                    ("key", models.JSONField(verbose_name="key")),
                    ("content", models.JSONField(blank=True, default=dict, verbose_name="further content")),
                    ("rationale", models.TextField(verbose_name="why")),
                    ("descriptor", models.JSONField(verbose_name="descriptor")),
                    ("a", models.FloatField(verbose_name="discrimination")),
                    ("b", models.FloatField(verbose_name="difficulty")),
                    (
                        "steps",
                        models.JSONField(blank=True, default=list, verbose_name="steps of partial credit"),
                    ),
                    (
                        "parameters_source",
                        models.CharField(max_length=32, verbose_name="source of the parameters"),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("draft", "draft"),
                                ("reviewed", "reviewed"),
                                ("pilot", "being tried out"),
                                ("live", "live"),
                                ("practice", "practice"),
                                ("retired", "retired"),
                            ],
                            default="live",
                            max_length=16,
                            verbose_name="state",
                        ),
                    ),
                    (
                        "media_count",
                        models.PositiveSmallIntegerField(default=0, verbose_name="images and sounds"),
                    ),
                    ("times_given", models.PositiveIntegerField(default=0, verbose_name="times given")),
                    ("edition", models.PositiveSmallIntegerField(default=1, verbose_name="edition")),
                    (
                        "written_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=models.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="written by",
                        ),
                    ),
                    (
                        "reviewed_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=models.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="reviewed by",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "item",
                    "verbose_name_plural": "items",
                    "ordering": ["code"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=Q(a__gt=0, a__lte=4), name="item_discrimination_possible"
                        ),
                        models.CheckConstraint(
                            condition=Q(b__range=(-6, 6)), name="item_difficulty_possible"
                        ),
                        models.CheckConstraint(
                            condition=(
                                Q(reviewed_by=None, written_by=None)
                                & Q(state__in=["live", "practice", "retired"])
                            )
                            | Q(reviewed_by=None, state="draft", written_by__isnull=False)
                            | Q(state="retired", written_by__isnull=False)
                            | Q(
                                reviewed_by__isnull=False,
                                state__in=["reviewed", "pilot", "live"],
                                written_by__isnull=False,
                            ),
                            name="item_state_has_its_people",
                        ),
                        models.CheckConstraint(
                            condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("written_by")),
                            name="item_reviewed_by_another",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ItemLog",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "item",
                        models.ForeignKey(
                            on_delete=models.CASCADE,
                            related_name="log",
                            to="assessments.item",
                            verbose_name="item",
                        ),
                    ),
                    (
                        "act",
                        models.CharField(
                            choices=[
                                ("written", "written"),
                                ("edited", "edited"),
                                ("moved", "moved on"),
                                ("calibrated", "parameters accepted"),
                            ],
                            max_length=16,
                            verbose_name="what",
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("draft", "draft"),
                                ("reviewed", "reviewed"),
                                ("pilot", "being tried out"),
                                ("live", "live"),
                                ("practice", "practice"),
                                ("retired", "retired"),
                            ],
                            max_length=16,
                            verbose_name="state after it",
                        ),
                    ),
                    ("edition", models.PositiveSmallIntegerField(verbose_name="edition")),
                    ("at", models.DateTimeField(verbose_name="at")),
                    (
                        "by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=models.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="by",
                        ),
                    ),
                    ("reason", models.TextField(blank=True, verbose_name="why")),
                ],
                options={
                    "verbose_name": "step of an item",
                    "verbose_name_plural": "steps of an item",
                    "ordering": ["item", "at", "pk"],
                },
            ),
            migrations.CreateModel(
                name="CalibrationRun",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "bank",
                        models.ForeignKey(
                            on_delete=models.CASCADE,
                            related_name="calibrations",
                            to="assessments.bank",
                            verbose_name="bank",
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("waiting", "being worked out"),
                                ("done", "worked out"),
                                ("failed", "not possible"),
                            ],
                            default="waiting",
                            max_length=8,
                            verbose_name="state",
                        ),
                    ),
                    (
                        "asked_by",
                        models.ForeignKey(
                            on_delete=models.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="asked for by",
                        ),
                    ),
                    ("asked_at", models.DateTimeField(verbose_name="asked for")),
                    ("sent_at", models.DateTimeField(verbose_name="sent to a worker")),
                    ("tries", models.PositiveSmallIntegerField(default=1, verbose_name="times sent")),
                    ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="worked out")),
                    ("sessions", models.PositiveIntegerField(default=0, verbose_name="sessions")),
                    ("responses", models.PositiveIntegerField(default=0, verbose_name="answers")),
                    (
                        "digest",
                        models.CharField(blank=True, max_length=64, verbose_name="digest of the input"),
                    ),
                    ("found", models.JSONField(blank=True, default=dict, verbose_name="result")),
                    ("failure", models.TextField(blank=True, verbose_name="why it failed")),
                ],
                options={
                    "verbose_name": "calibration",
                    "verbose_name_plural": "calibrations",
                    "ordering": ["-pk"],
                    "constraints": [
                        models.UniqueConstraint(
                            F("bank"), condition=Q(state="waiting"), name="calibration_one_waiting_per_bank"
                        ),
                        models.CheckConstraint(
                            condition=Q(done_at=None, state="waiting")
                            | Q(done_at__isnull=False, failure="", state="done")
                            | (Q(done_at__isnull=False, state="failed") & ~Q(failure="")),
                            name="calibration_state_has_its_facts",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="CutScores",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "bank",
                        models.ForeignKey(
                            on_delete=models.CASCADE,
                            related_name="cut_scores",
                            to="assessments.bank",
                            verbose_name="bank",
                        ),
                    ),
                    ("cuts", models.JSONField(verbose_name="lower bound of each level")),
                    (
                        "method",
                        models.CharField(
                            choices=[
                                ("convention", "convention"),
                                ("angoff", "modified Angoff"),
                                ("bookmark", "bookmark"),
                                ("contrasting_groups", "contrasting groups"),
                                ("body_of_work", "body of work"),
                            ],
                            max_length=24,
                            verbose_name="method",
                        ),
                    ),
                    ("note", models.TextField(verbose_name="who took part, and what was found")),
                    (
                        "set_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=models.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="set by",
                        ),
                    ),
                    ("set_at", models.DateTimeField(verbose_name="set")),
                ],
                options={
                    "verbose_name": "cut scores",
                    "verbose_name_plural": "cut scores",
                    "ordering": ["bank", "-pk"],
                },
            ),
            migrations.CreateModel(
                name="Session",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "candidate",
                        models.ForeignKey(
                            on_delete=models.CASCADE,
                            related_name="sessions",
                            to="candidates.candidate",
                            verbose_name="candidate",
                        ),
                    ),
                    (
                        "bank",
                        models.ForeignKey(
                            on_delete=models.PROTECT,
                            related_name="sessions",
                            to="assessments.bank",
                            verbose_name="bank",
                        ),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[("test", "test"), ("confirmation", "confirmation")],
                            default="test",
                            max_length=16,
                            verbose_name="kind",
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("open", "in progress"),
                                ("finished", "finished"),
                                ("left", "left unfinished"),
                            ],
                            default="open",
                            max_length=16,
                            verbose_name="state",
                        ),
                    ),
                    ("seed", models.BigIntegerField(verbose_name="seed")),
                    ("parameters", models.JSONField(verbose_name="item parameters")),
                    ("areas", models.JSONField(default=dict, verbose_name="content areas")),
                    ("cuts", models.JSONField(default=list, verbose_name="lower bound of each level")),
                    ("pilots", models.JSONField(blank=True, default=dict, verbose_name="items tried out")),
                    (
                        "cut_scores",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=models.PROTECT,
                            to="assessments.cutscores",
                            verbose_name="cut scores",
                        ),
                    ),
                    (
                        "device_class",
                        models.CharField(
                            blank=True,
                            choices=[("phone", "phone"), ("other", "computer or tablet")],
                            max_length=8,
                            verbose_name="device",
                        ),
                    ),
                    (
                        "interface_language",
                        models.CharField(blank=True, max_length=8, verbose_name="language of the pages"),
                    ),
                    (
                        "with_accommodation",
                        models.BooleanField(default=False, verbose_name="with an accommodation"),
                    ),
                    (
                        "rules_version",
                        models.CharField(db_default="1", max_length=8, verbose_name="version of the rules"),
                    ),
                    ("started_at", models.DateTimeField(verbose_name="started")),
                    ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="finished")),
                    (
                        "stopped_because",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("precise", "the result is sure enough"),
                                ("length", "the most questions were asked"),
                                ("no_items", "no unseen question was left"),
                            ],
                            max_length=16,
                            verbose_name="ended because",
                        ),
                    ),
                    ("theta", models.FloatField(blank=True, null=True, verbose_name="ability")),
                    (
                        "standard_error",
                        models.FloatField(blank=True, null=True, verbose_name="standard error"),
                    ),
                    (
                        "checked_at",
                        models.DateTimeField(blank=True, null=True, verbose_name="answers looked through"),
                    ),
                ],
                options={
                    "verbose_name": "session",
                    "verbose_name_plural": "sessions",
                    "ordering": ["-started_at"],
                    "indexes": [
                        models.Index(fields=["bank", "-started_at"], name="session_newest_of_bank"),
                        models.Index(
                            condition=Q(checked_at=None, state="finished"),
                            fields=["finished_at"],
                            name="session_to_look_through",
                        ),
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            F("candidate"),
                            F("bank"),
                            condition=Q(state="open"),
                            name="session_one_open_per_bank",
                        ),
                        models.CheckConstraint(
                            condition=Q(
                                finished_at__isnull=False,
                                standard_error__isnull=False,
                                state="finished",
                                theta__isnull=False,
                            )
                            | ~Q(state="finished"),
                            name="session_finished_has_result",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Response",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "session",
                        models.ForeignKey(
                            on_delete=models.CASCADE, related_name="responses", to="assessments.session"
                        ),
                    ),
                    (
                        "item",
                        models.ForeignKey(
                            on_delete=models.PROTECT,
                            related_name="responses",
                            to="assessments.item",
                            verbose_name="item",
                        ),
                    ),
                    ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                    ("given_at", models.DateTimeField(verbose_name="given")),
                    ("scored", models.BooleanField(default=True, verbose_name="counts")),
                    ("answer", models.JSONField(blank=True, null=True, verbose_name="answer")),
                    (
                        "credit",
                        models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="credit"),
                    ),
                    ("correct", models.BooleanField(blank=True, null=True, verbose_name="correct")),
                    ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered")),
                    ("noted", models.JSONField(blank=True, default=dict, verbose_name="noted by the page")),
                ],
                options={
                    "verbose_name": "response",
                    "verbose_name_plural": "responses",
                    "ordering": ["session", "position"],
                    "constraints": [
                        models.UniqueConstraint(F("session"), F("position"), name="response_position_once"),
                        models.UniqueConstraint(F("session"), F("item"), name="response_item_once"),
                        models.CheckConstraint(
                            condition=Q(
                                answer__isnull=True, answered_at=None, correct__isnull=True, credit=None
                            )
                            | Q(
                                answer__isnull=False,
                                answered_at__isnull=False,
                                correct__isnull=False,
                                credit__isnull=False,
                            ),
                            name="response_answered_whole",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Measurement",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "candidate",
                        models.ForeignKey(
                            db_index=False,
                            on_delete=models.CASCADE,
                            related_name="measurements",
                            to="candidates.candidate",
                            verbose_name="candidate",
                        ),
                    ),
                    (
                        "language",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=models.PROTECT,
                            to="reference.language",
                            verbose_name="language",
                        ),
                    ),
                    (
                        "skill",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=models.PROTECT,
                            to="reference.skill",
                            verbose_name="skill",
                        ),
                    ),
                    (
                        "activity",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("reading_and_use", "reading and use of language"),
                                ("written_interaction", "written interaction"),
                                ("spoken_interaction", "spoken interaction"),
                            ],
                            max_length=24,
                            verbose_name="activity",
                        ),
                    ),
                    ("level", models.PositiveSmallIntegerField(verbose_name="level")),
                    ("theta", models.FloatField(blank=True, null=True, verbose_name="ability")),
                    (
                        "standard_error",
                        models.FloatField(blank=True, null=True, verbose_name="standard error"),
                    ),
                    (
                        "source",
                        models.CharField(
                            choices=[
                                ("adaptive_test", "adaptive test"),
                                ("rated_work", "rated work"),
                                ("certificate", "recognised certificate checked by staff"),
                                ("scored_task", "scored task"),
                                ("interview_scorecard", "structured interview"),
                                ("simulated", "simulated (demo)"),
                            ],
                            max_length=24,
                            verbose_name="source",
                        ),
                    ),
                    ("evidence", models.TextField(blank=True, verbose_name="evidence")),
                    (
                        "session",
                        models.OneToOneField(
                            blank=True,
                            null=True,
                            on_delete=models.RESTRICT,
                            to="assessments.session",
                            verbose_name="session",
                        ),
                    ),
                    ("measured_on", models.DateField(verbose_name="measured on")),
                    ("expires_on", models.DateField(verbose_name="valid until")),
                    ("recorded_at", models.DateTimeField(db_index=True, verbose_name="recorded")),
                    (
                        "recorded_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=models.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="recorded by",
                        ),
                    ),
                    ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="revoked")),
                ],
                options={
                    "verbose_name": "measurement",
                    "verbose_name_plural": "measurements",
                    "indexes": [
                        models.Index(
                            fields=[
                                "candidate",
                                "language",
                                "skill",
                                "activity",
                                "-measured_on",
                                "-recorded_at",
                                "-id",
                            ],
                            include=(
                                "expires_on",
                                "revoked_at",
                                "level",
                                "theta",
                                "standard_error",
                                "session",
                            ),
                            name="measurement_newest_of_each",
                        ),
                        models.Index(fields=["source", "-id"], name="measurement_by_source"),
                        models.Index(
                            condition=Q(revoked_at__isnull=False), fields=["-id"], name="measurement_revoked"
                        ),
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=Q(language__isnull=False, level__range=(1, 6), skill=None)
                            | Q(language=None, level__range=(1, 3), skill__isnull=False),
                            name="measurement_of_one_thing",
                        ),
                        models.CheckConstraint(
                            condition=Q(
                                activity__in=["reading_and_use", "written_interaction", "spoken_interaction"],
                                language__isnull=False,
                            )
                            | Q(activity="", language=None),
                            name="measurement_activity_of_language",
                        ),
                        models.CheckConstraint(
                            condition=Q(expires_on__gt=F("measured_on")), name="measurement_expires_after"
                        ),
                        models.CheckConstraint(
                            condition=~Q(source__in=["certificate", "rated_work", "interview_scorecard"])
                            | ~Q(evidence=""),
                            name="measurement_by_people_has_evidence",
                        ),
                        models.CheckConstraint(
                            condition=~Q(source="adaptive_test")
                            | Q(session__isnull=False, theta__isnull=False),
                            name="measurement_by_test_has_session",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Scenario",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("code", models.SlugField(unique=True, verbose_name="code")),
                    (
                        "language",
                        models.ForeignKey(
                            on_delete=models.PROTECT, to="reference.language", verbose_name="language"
                        ),
                    ),
                    (
                        "measured",
                        models.BooleanField(
                            default=False,
                            help_text="A measured scenario gives a level and is never used for training before that.",
                            verbose_name="measured",
                        ),
                    ),
                    ("live", models.BooleanField(default=True, verbose_name="given to people")),
                    (
                        "valid_months",
                        models.PositiveSmallIntegerField(
                            default=24, verbose_name="months that a result holds"
                        ),
                    ),
                ],
                options={
                    "verbose_name": "desk scenario",
                    "verbose_name_plural": "desk scenarios",
                    "ordering": ["code"],
                },
            ),
            migrations.CreateModel(
                name="ScenarioVersion",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "scenario",
                        models.ForeignKey(
                            on_delete=models.PROTECT,
                            related_name="versions",
                            to="assessments.scenario",
                            verbose_name="scenario",
                        ),
                    ),
                    ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                    ("content", models.TextField(verbose_name="content")),
                    ("digest", models.CharField(max_length=64, verbose_name="digest")),
                    ("made_at", models.DateTimeField(verbose_name="made")),
                    (
                        "made_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=models.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="made by",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "scenario version",
                    "verbose_name_plural": "scenario versions",
                    "ordering": ["scenario", "-number"],
                    "constraints": [
                        models.UniqueConstraint(F("scenario"), F("number"), name="scenario_version_once")
                    ],
                },
            ),
            migrations.CreateModel(
                name="ScenarioRun",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "candidate",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=models.CASCADE,
                            related_name="desk_runs",
                            to="candidates.candidate",
                            verbose_name="candidate",
                        ),
                    ),
                    ("visitor", models.CharField(blank=True, editable=False, max_length=43)),
                    (
                        "version",
                        models.ForeignKey(
                            on_delete=models.PROTECT,
                            related_name="runs",
                            to="assessments.scenarioversion",
                            verbose_name="scenario version",
                        ),
                    ),
                    (
                        "purpose",
                        models.CharField(
                            choices=[
                                ("measured", "measured"),
                                ("training", "training"),
                                ("preview", "job preview"),
                            ],
                            max_length=16,
                            verbose_name="purpose",
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("open", "in progress"),
                                ("finished", "finished"),
                                ("left", "left unfinished"),
                            ],
                            default="open",
                            max_length=16,
                            verbose_name="state",
                        ),
                    ),
                    ("seed", models.BigIntegerField(verbose_name="seed")),
                    (
                        "time_factor",
                        models.DecimalField(
                            decimal_places=2, default=Decimal("1"), max_digits=3, verbose_name="time factor"
                        ),
                    ),
                    ("started_at", models.DateTimeField(verbose_name="started")),
                    ("heard_at", models.DateTimeField(verbose_name="last heard")),
                    ("clock_ms", models.PositiveIntegerField(default=0, verbose_name="desk time in ms")),
                    (
                        "credited_ms",
                        models.PositiveBigIntegerField(default=0, verbose_name="time credited in ms"),
                    ),
                    ("polls", models.BooleanField(default=False, verbose_name="page reports by itself")),
                    ("drafts", models.JSONField(default=dict, verbose_name="drafts")),
                    ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="finished")),
                    (
                        "ended_because",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("all_done", "every contact was answered"),
                                ("time", "the time was up"),
                                ("by_person", "you ended the shift"),
                            ],
                            max_length=16,
                            verbose_name="ended because",
                        ),
                    ),
                    (
                        "rules_version",
                        models.CharField(blank=True, max_length=8, verbose_name="version of the rules"),
                    ),
                    (
                        "resolution",
                        models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="resolution"),
                    ),
                    (
                        "correctness",
                        models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="correctness"),
                    ),
                    (
                        "priority",
                        models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="priority"),
                    ),
                    ("tone", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="tone")),
                    ("total", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="total")),
                    (
                        "harms",
                        models.PositiveSmallIntegerField(
                            blank=True, null=True, verbose_name="things that must never happen"
                        ),
                    ),
                    (
                        "level",
                        models.PositiveSmallIntegerField(
                            blank=True,
                            help_text="0 means that no level was reached.",
                            null=True,
                            verbose_name="level",
                        ),
                    ),
                    (
                        "measurement",
                        models.OneToOneField(
                            blank=True,
                            null=True,
                            on_delete=models.RESTRICT,
                            related_name="desk_run",
                            to="assessments.measurement",
                            verbose_name="measurement",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "desk run",
                    "verbose_name_plural": "desk runs",
                    "ordering": ["-started_at"],
                    "indexes": [
                        models.Index(
                            condition=Q(state="open"), fields=["heard_at"], name="desk_run_open_by_heard"
                        )
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            F("candidate"), condition=Q(state="open"), name="desk_run_one_open_per_candidate"
                        ),
                        models.CheckConstraint(
                            condition=Q(candidate__isnull=False, visitor="")
                            | (Q(candidate=None, purpose="preview") & ~Q(visitor="")),
                            name="desk_run_is_somebodys",
                        ),
                        models.CheckConstraint(
                            condition=~Q(state="finished")
                            | Q(
                                correctness__range=(0, 100),
                                finished_at__isnull=False,
                                harms__isnull=False,
                                level__range=(0, 3),
                                priority__range=(0, 100),
                                resolution__range=(0, 100),
                                tone__range=(0, 100),
                                total__range=(0, 100),
                            ),
                            name="desk_run_finished_has_scores",
                        ),
                        models.CheckConstraint(
                            condition=Q(measurement=None)
                            | Q(level__gte=1, purpose="measured", state="finished"),
                            name="desk_run_measured_has_level",
                        ),
                        models.CheckConstraint(
                            condition=Q(time_factor=0) | Q(time_factor__gte=1),
                            name="desk_run_time_factor_possible",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="RunEvent",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "run",
                        models.ForeignKey(
                            on_delete=models.CASCADE, related_name="events", to="assessments.scenariorun"
                        ),
                    ),
                    ("position", models.PositiveIntegerField(verbose_name="position")),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("opened", "contact opened"),
                                ("searched", "searched"),
                                ("article", "article read"),
                                ("record", "record read"),
                                ("action", "action taken"),
                                ("reply", "reply sent"),
                                ("closed", "contact closed"),
                                ("ready", "waited for the next contact"),
                                ("credit", "time credited"),
                                ("ended", "run ended"),
                            ],
                            max_length=16,
                            verbose_name="what happened",
                        ),
                    ),
                    ("contact", models.CharField(blank=True, max_length=40, verbose_name="contact")),
                    ("at", models.DateTimeField(verbose_name="at")),
                    ("clock_ms", models.PositiveIntegerField(verbose_name="desk time in ms")),
                    ("key", models.UUIDField(blank=True, null=True)),
                    ("facts", models.JSONField(default=dict, verbose_name="facts")),
                ],
                options={
                    "verbose_name": "desk event",
                    "verbose_name_plural": "desk events",
                    "ordering": ["run", "position"],
                    "constraints": [
                        models.UniqueConstraint(F("run"), F("position"), name="run_event_position_once"),
                        models.UniqueConstraint(F("run"), F("key"), name="run_event_key_once"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="IntegrityFlag",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "session",
                        models.ForeignKey(
                            on_delete=models.CASCADE,
                            related_name="flags",
                            to="assessments.session",
                            verbose_name="session",
                        ),
                    ),
                    (
                        "reason",
                        models.CharField(
                            choices=[
                                ("quick_right", "many right answers came sooner than they can be read"),
                                (
                                    "unusual_pattern",
                                    "right and wrong answers do not go together as they usually do",
                                ),
                                ("not_confirmed", "the confirmation test found clearly less"),
                            ],
                            max_length=24,
                            verbose_name="what stood out",
                        ),
                    ),
                    ("facts", models.JSONField(verbose_name="figures")),
                    (
                        "state",
                        models.CharField(
                            choices=[("open", "to be looked at"), ("decided", "decided")],
                            default="open",
                            max_length=16,
                            verbose_name="state",
                        ),
                    ),
                    ("raised_at", models.DateTimeField(verbose_name="raised")),
                    ("answer", models.TextField(blank=True, verbose_name="the person's answer")),
                    ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered")),
                    (
                        "decision",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("nothing", "nothing: the result stands"),
                                ("confirmation", "ask for a confirmation test"),
                            ],
                            max_length=24,
                            verbose_name="decision",
                        ),
                    ),
                    ("decision_reason", models.TextField(blank=True, verbose_name="reason of the decision")),
                    (
                        "decided_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=models.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="decided by",
                        ),
                    ),
                    ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided")),
                ],
                options={
                    "verbose_name": "integrity flag",
                    "verbose_name_plural": "integrity flags",
                    "ordering": ["raised_at", "pk"],
                    "constraints": [
                        models.UniqueConstraint(F("session"), F("reason"), name="integrity_flag_once"),
                        models.CheckConstraint(
                            condition=Q(
                                decided_at=None,
                                decided_by=None,
                                decision="",
                                decision_reason="",
                                state="open",
                            )
                            | (
                                Q(decided_at__isnull=False, decided_by__isnull=False, state="decided")
                                & ~Q(decision="")
                                & ~Q(decision_reason="")
                            ),
                            name="integrity_flag_decided_whole",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ConfirmationTest",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "measurement",
                        models.ForeignKey(
                            on_delete=models.CASCADE,
                            related_name="confirmations",
                            to="assessments.measurement",
                            verbose_name="measurement",
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[("asked", "asked for"), ("done", "done"), ("withdrawn", "withdrawn")],
                            default="asked",
                            max_length=16,
                            verbose_name="state",
                        ),
                    ),
                    (
                        "asked_by",
                        models.ForeignKey(
                            on_delete=models.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="asked by",
                        ),
                    ),
                    ("asked_at", models.DateTimeField(verbose_name="asked")),
                    (
                        "session",
                        models.OneToOneField(
                            blank=True,
                            null=True,
                            on_delete=models.SET_NULL,
                            related_name="confirmation",
                            to="assessments.session",
                            verbose_name="session",
                        ),
                    ),
                    (
                        "outcome",
                        models.CharField(
                            blank=True,
                            choices=[("confirms", "confirms the level"), ("look", "asks a person to look")],
                            max_length=16,
                            verbose_name="outcome",
                        ),
                    ),
                    ("difference", models.FloatField(blank=True, null=True, verbose_name="difference")),
                    ("allowed", models.FloatField(blank=True, null=True, verbose_name="allowed difference")),
                    ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="done")),
                ],
                options={
                    "verbose_name": "confirmation test",
                    "verbose_name_plural": "confirmation tests",
                    "ordering": ["-asked_at"],
                    "constraints": [
                        models.UniqueConstraint(
                            F("measurement"), condition=Q(state="asked"), name="confirmation_one_asked"
                        ),
                        models.CheckConstraint(
                            condition=(
                                Q(
                                    allowed__isnull=False,
                                    difference__isnull=False,
                                    done_at__isnull=False,
                                    state="done",
                                )
                                & ~Q(outcome="")
                            )
                            | (~Q(state="done") & Q(allowed=None, difference=None, done_at=None, outcome="")),
                            name="confirmation_done_whole",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ItemMedia",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "item",
                        models.ForeignKey(
                            on_delete=models.CASCADE,
                            related_name="media",
                            to="assessments.item",
                            verbose_name="item",
                        ),
                    ),
                    ("place", models.PositiveSmallIntegerField(verbose_name="place")),
                    ("name", models.CharField(max_length=80, verbose_name="name")),
                    ("media_type", models.CharField(max_length=16, verbose_name="kind of file")),
                    ("alt", models.CharField(blank=True, max_length=500, verbose_name="the same in words")),
                    ("content", models.BinaryField(verbose_name="content")),
                ],
                options={
                    "verbose_name": "media of an item",
                    "verbose_name_plural": "media of items",
                    "ordering": ["item", "place"],
                    "constraints": [
                        models.UniqueConstraint(F("item"), F("name"), name="item_media_name_once")
                    ],
                },
            ),
            migrations.CreateModel(
                name="ItemPackage",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "bank",
                        models.ForeignKey(
                            on_delete=models.PROTECT,
                            related_name="packages",
                            to="assessments.bank",
                            verbose_name="bank",
                        ),
                    ),
                    ("name", models.CharField(max_length=200, verbose_name="file")),
                    ("level", models.CharField(max_length=2, verbose_name="level where none is given")),
                    ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                    ("content", models.BinaryField(null=True, verbose_name="content")),
                    ("sent_at", models.DateTimeField(verbose_name="sent")),
                    (
                        "sent_by",
                        models.ForeignKey(
                            on_delete=models.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="sent by",
                        ),
                    ),
                    ("imported_at", models.DateTimeField(blank=True, null=True, verbose_name="imported")),
                    (
                        "imported_items",
                        models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="new items"),
                    ),
                ],
                options={
                    "verbose_name": "package of items",
                    "verbose_name_plural": "packages of items",
                    "ordering": ["-sent_at"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=Q(imported_at=None, imported_items=None)
                            | Q(content=None, imported_at__isnull=False, imported_items__isnull=False),
                            name="item_package_imported_once",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="RatedTask",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("code", models.CharField(max_length=32, unique=True, verbose_name="code")),
                    (
                        "language",
                        models.ForeignKey(
                            on_delete=models.PROTECT, to="reference.language", verbose_name="language"
                        ),
                    ),
                    (
                        "activity",
                        models.CharField(
                            choices=[
                                ("reading_and_use", "reading and use of language"),
                                ("written_interaction", "written interaction"),
                                ("spoken_interaction", "spoken interaction"),
                            ],
                            max_length=24,
                            verbose_name="activity",
                        ),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[("email", "e-mail"), ("chat", "chat"), ("spoken", "spoken answer")],
                            max_length=16,
                            verbose_name="kind",
                        ),
                    ),
                    (
                        "level",
                        models.PositiveSmallIntegerField(
                            choices=[(1, "A1"), (2, "A2"), (3, "B1"), (4, "B2"), (5, "C1"), (6, "C2")],
                            verbose_name="level that it aims at",
                        ),
                    ),
                    ("title", models.CharField(max_length=120, verbose_name="title")),
                    ("situation", models.TextField(verbose_name="situation")),
                    ("facts", models.JSONField(verbose_name="what you know")),
                    ("turns", models.JSONField(verbose_name="what the customer says")),
                    ("expects", models.JSONField(verbose_name="what a good answer contains")),
                    (
                        "state",
                        models.CharField(
                            choices=[("live", "live"), ("retired", "retired")],
                            default="live",
                            max_length=16,
                            verbose_name="state",
                        ),
                    ),
                    ("times_given", models.PositiveIntegerField(default=0, verbose_name="times given")),
                ],
                options={
                    "verbose_name": "rated task",
                    "verbose_name_plural": "rated tasks",
                    "ordering": ["code"],
                },
            ),
            migrations.CreateModel(
                name="Work",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "number",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, unique=True, verbose_name="number"
                        ),
                    ),
                    (
                        "candidate",
                        models.ForeignKey(
                            on_delete=models.CASCADE,
                            related_name="works",
                            to="candidates.candidate",
                            verbose_name="candidate",
                        ),
                    ),
                    (
                        "language",
                        models.ForeignKey(
                            on_delete=models.PROTECT, to="reference.language", verbose_name="language"
                        ),
                    ),
                    (
                        "activity",
                        models.CharField(
                            choices=[
                                ("reading_and_use", "reading and use of language"),
                                ("written_interaction", "written interaction"),
                                ("spoken_interaction", "spoken interaction"),
                            ],
                            max_length=24,
                            verbose_name="activity",
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("draft", "in progress"),
                                ("submitted", "handed in, being rated"),
                                ("rated", "rated"),
                                ("appealed", "appealed, being rated again"),
                                ("left", "left unfinished"),
                            ],
                            default="draft",
                            max_length=16,
                            verbose_name="state",
                        ),
                    ),
                    ("started_at", models.DateTimeField(verbose_name="started")),
                    ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="handed in")),
                    (
                        "round",
                        models.PositiveSmallIntegerField(
                            choices=[(1, "first rating"), (2, "appeal")], default=1, verbose_name="round"
                        ),
                    ),
                    (
                        "raters_wanted",
                        models.PositiveSmallIntegerField(default=2, verbose_name="raters wanted"),
                    ),
                    (
                        "raters_active",
                        models.PositiveSmallIntegerField(default=0, verbose_name="raters at it or done"),
                    ),
                    ("due_on", models.DateField(blank=True, null=True, verbose_name="due on")),
                    (
                        "waiting_since",
                        models.DateTimeField(blank=True, null=True, verbose_name="waiting since"),
                    ),
                    (
                        "reminded_at",
                        models.DateTimeField(blank=True, null=True, verbose_name="staff reminded"),
                    ),
                    ("rated_at", models.DateTimeField(blank=True, null=True, verbose_name="rated")),
                    ("value", models.FloatField(blank=True, null=True, verbose_name="value in bands")),
                    ("margin", models.FloatField(blank=True, null=True, verbose_name="margin in bands")),
                    (
                        "measurement",
                        models.OneToOneField(
                            blank=True,
                            editable=False,
                            null=True,
                            on_delete=models.RESTRICT,
                            related_name="work",
                            to="assessments.measurement",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "rated work",
                    "verbose_name_plural": "rated work",
                    "ordering": ["-started_at"],
                    "permissions": [("rate_work", "Can rate work")],
                    "indexes": [
                        models.Index(
                            condition=Q(state__in=["submitted", "appealed"]),
                            fields=["due_on", "waiting_since"],
                            name="work_waiting",
                        )
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            F("candidate"),
                            F("language"),
                            F("activity"),
                            condition=Q(state__in=["draft", "submitted"]),
                            name="work_one_at_a_time",
                        ),
                        models.CheckConstraint(
                            condition=Q(raters_active__lte=F("raters_wanted"), raters_wanted__lte=3),
                            name="work_raters_no_more_than_wanted",
                        ),
                        models.CheckConstraint(
                            condition=Q(state__in=["draft", "left"], submitted_at=None)
                            | Q(
                                due_on__isnull=False, submitted_at__isnull=False, waiting_since__isnull=False
                            ),
                            name="work_handed_in_is_due",
                        ),
                        models.CheckConstraint(
                            condition=~Q(state__in=["rated", "appealed"])
                            | Q(
                                margin__isnull=False,
                                measurement__isnull=False,
                                rated_at__isnull=False,
                                value__isnull=False,
                            ),
                            name="work_rated_has_result",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Reply",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "work",
                        models.ForeignKey(
                            on_delete=models.CASCADE,
                            related_name="replies",
                            to="assessments.work",
                            verbose_name="work",
                        ),
                    ),
                    (
                        "task",
                        models.ForeignKey(
                            on_delete=models.PROTECT,
                            related_name="replies",
                            to="assessments.ratedtask",
                            verbose_name="task",
                        ),
                    ),
                    ("position", models.PositiveSmallIntegerField(verbose_name="position of the task")),
                    ("turn", models.PositiveSmallIntegerField(verbose_name="turn")),
                    ("text", models.TextField(blank=True, verbose_name="text")),
                    ("revision", models.PositiveIntegerField(default=0, verbose_name="revision")),
                    ("saved_at", models.DateTimeField(blank=True, null=True, verbose_name="saved")),
                    ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent")),
                    ("pasted", models.PositiveIntegerField(default=0, verbose_name="characters pasted")),
                    ("deleted_at", models.DateTimeField(blank=True, null=True, verbose_name="text deleted")),
                ],
                options={
                    "verbose_name": "reply",
                    "verbose_name_plural": "replies",
                    "ordering": ["work", "position", "turn"],
                    "constraints": [
                        models.UniqueConstraint(
                            F("work"), F("position"), F("turn"), name="reply_once_per_turn"
                        ),
                        models.UniqueConstraint(
                            F("work"), F("task"), F("turn"), name="reply_task_once_per_work"
                        ),
                        models.CheckConstraint(
                            condition=Q(deleted_at=None) | Q(text=""), name="reply_deleted_is_empty"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Rater",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "user",
                        models.OneToOneField(
                            on_delete=models.PROTECT,
                            related_name="rater",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="person",
                        ),
                    ),
                    ("active", models.BooleanField(default=True, verbose_name="rates")),
                    (
                        "languages",
                        models.ManyToManyField(
                            help_text="In which this person rates.",
                            to="reference.language",
                            verbose_name="languages",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "rater",
                    "verbose_name_plural": "raters",
                    "ordering": ["pk"],
                },
            ),
            migrations.CreateModel(
                name="Rating",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "work",
                        models.ForeignKey(
                            on_delete=models.CASCADE,
                            related_name="ratings",
                            to="assessments.work",
                            verbose_name="work",
                        ),
                    ),
                    (
                        "rater",
                        models.ForeignKey(
                            on_delete=models.PROTECT,
                            related_name="ratings",
                            to="assessments.rater",
                            verbose_name="rater",
                        ),
                    ),
                    (
                        "round",
                        models.PositiveSmallIntegerField(
                            choices=[(1, "first rating"), (2, "appeal")], verbose_name="round"
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("taken", "taken"),
                                ("given", "given"),
                                ("lapsed", "lapsed"),
                                ("declined", "declined"),
                            ],
                            default="taken",
                            max_length=16,
                            verbose_name="state",
                        ),
                    ),
                    ("taken_at", models.DateTimeField(verbose_name="taken")),
                    ("given_at", models.DateTimeField(blank=True, null=True, verbose_name="given")),
                    ("rubric_version", models.CharField(blank=True, max_length=8, verbose_name="rubric")),
                    ("levels", models.JSONField(default=dict, verbose_name="levels")),
                    ("mark", models.FloatField(blank=True, null=True, verbose_name="mark in bands")),
                    ("words", models.TextField(blank=True, verbose_name="words to the person")),
                    (
                        "declined_because",
                        models.CharField(blank=True, max_length=200, verbose_name="declined because"),
                    ),
                ],
                options={
                    "verbose_name": "rating",
                    "verbose_name_plural": "ratings",
                    "ordering": ["-taken_at"],
                    "constraints": [
                        models.UniqueConstraint(F("work"), F("rater"), name="rating_once_per_rater"),
                        models.UniqueConstraint(
                            F("rater"), condition=Q(state="taken"), name="rating_one_at_a_time_per_rater"
                        ),
                        models.CheckConstraint(
                            condition=~Q(state="given")
                            | (Q(given_at__isnull=False, mark__range=(1, 6)) & ~Q(rubric_version="")),
                            name="rating_given_whole",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Appeal",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "work",
                        models.OneToOneField(
                            on_delete=models.CASCADE,
                            related_name="appeal",
                            to="assessments.work",
                            verbose_name="work",
                        ),
                    ),
                    ("reason", models.TextField(verbose_name="reason")),
                    ("filed_at", models.DateTimeField(verbose_name="filed")),
                    ("due_on", models.DateField(verbose_name="due on")),
                    (
                        "outcome",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("", "being decided"),
                                ("stands", "the result stands"),
                                ("corrected", "the result was corrected"),
                            ],
                            default="",
                            max_length=16,
                            verbose_name="outcome",
                        ),
                    ),
                    ("value_before", models.FloatField(verbose_name="value before")),
                    ("margin_before", models.FloatField(verbose_name="margin before")),
                    (
                        "level_before",
                        models.PositiveSmallIntegerField(
                            choices=[(1, "A1"), (2, "A2"), (3, "B1"), (4, "B2"), (5, "C1"), (6, "C2")],
                            verbose_name="level before",
                        ),
                    ),
                    ("value_found", models.FloatField(blank=True, null=True, verbose_name="value found")),
                    ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided")),
                ],
                options={
                    "verbose_name": "appeal",
                    "verbose_name_plural": "appeals",
                    "ordering": ["due_on", "pk"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=Q(decided_at=None, outcome="")
                            | (~Q(outcome="") & Q(decided_at__isnull=False, value_found__isnull=False)),
                            name="appeal_decided_whole",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Recording",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("key", models.UUIDField(editable=False, unique=True, verbose_name="key")),
                    (
                        "reply",
                        models.ForeignKey(
                            on_delete=models.CASCADE,
                            related_name="recordings",
                            to="assessments.reply",
                            verbose_name="reply",
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("uploading", "being uploaded"),
                                ("complete", "complete"),
                                ("sent", "sent"),
                            ],
                            default="uploading",
                            max_length=16,
                            verbose_name="state",
                        ),
                    ),
                    ("media_type", models.CharField(blank=True, max_length=32, verbose_name="type")),
                    ("chunks", models.PositiveIntegerField(default=0, verbose_name="chunks")),
                    ("size", models.PositiveIntegerField(default=0, verbose_name="bytes")),
                    ("started_at", models.DateTimeField(verbose_name="started")),
                    ("completed_at", models.DateTimeField(blank=True, null=True, verbose_name="complete")),
                    ("deleted_at", models.DateTimeField(blank=True, null=True, verbose_name="sound deleted")),
                ],
                options={
                    "verbose_name": "recording",
                    "verbose_name_plural": "recordings",
                    "ordering": ["pk"],
                    "constraints": [
                        models.UniqueConstraint(
                            F("reply"), condition=Q(state="uploading"), name="recording_one_uploading"
                        ),
                        models.UniqueConstraint(
                            F("reply"), condition=Q(state="sent"), name="recording_one_sent"
                        ),
                        models.CheckConstraint(
                            condition=Q(state="uploading")
                            | (Q(completed_at__isnull=False, size__gt=0) & ~Q(media_type="")),
                            name="recording_complete_whole",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="EquipmentCheck",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "candidate",
                        models.OneToOneField(
                            on_delete=models.CASCADE,
                            related_name="equipment_check",
                            to="candidates.candidate",
                            verbose_name="candidate",
                        ),
                    ),
                    ("checked_on", models.DateField(verbose_name="checked on")),
                ],
                options={
                    "verbose_name": "equipment check",
                    "verbose_name_plural": "equipment checks",
                },
            ),
            migrations.CreateModel(
                name="Scorecard",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "key",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, unique=True, verbose_name="key of the form"
                        ),
                    ),
                    (
                        "candidate",
                        models.ForeignKey(
                            on_delete=models.CASCADE,
                            related_name="scorecards",
                            to="candidates.candidate",
                            verbose_name="candidate",
                        ),
                    ),
                    (
                        "employer",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=models.PROTECT,
                            related_name="scorecards",
                            to="employers.employer",
                            verbose_name="employer",
                        ),
                    ),
                    ("version", models.CharField(max_length=8, verbose_name="version of the anchors")),
                    ("interviewed_on", models.DateField(verbose_name="interview on")),
                    ("recorded_at", models.DateTimeField(verbose_name="recorded")),
                    (
                        "recorded_by",
                        models.ForeignKey(
                            on_delete=models.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="recorded by",
                        ),
                    ),
                    ("reply", models.TextField(blank=True, verbose_name="reply of the person")),
                    ("replied_at", models.DateTimeField(blank=True, null=True, verbose_name="replied")),
                    (
                        "agreed_at",
                        models.DateTimeField(
                            blank=True, null=True, verbose_name="person agreed that it counts"
                        ),
                    ),
                    ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed")),
                    (
                        "confirmed_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=models.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="confirmed by",
                        ),
                    ),
                    ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="taken back")),
                    (
                        "withdrawn_because",
                        models.TextField(blank=True, verbose_name="reason for taking it back"),
                    ),
                ],
                options={
                    "verbose_name": "interview scorecard",
                    "verbose_name_plural": "interview scorecards",
                    "ordering": ["-interviewed_on", "-pk"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=Q(replied_at=None, reply="")
                            | (Q(replied_at__isnull=False) & ~Q(reply="")),
                            name="scorecard_reply_has_moment",
                        ),
                        models.CheckConstraint(
                            condition=Q(confirmed_at=None, confirmed_by=None)
                            | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                            name="scorecard_confirmed_by_somebody",
                        ),
                        models.CheckConstraint(
                            condition=Q(employer=None) | Q(confirmed_at=None) | Q(agreed_at__isnull=False),
                            name="scorecard_of_employer_counts_if_agreed",
                        ),
                        models.CheckConstraint(
                            condition=Q(withdrawn_at=None, withdrawn_because="")
                            | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_because="")),
                            name="scorecard_withdrawn_with_reason",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ScorecardRating",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "scorecard",
                        models.ForeignKey(
                            on_delete=models.CASCADE, related_name="ratings", to="assessments.scorecard"
                        ),
                    ),
                    ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                    ("competence", models.CharField(max_length=32, verbose_name="competence")),
                    ("rating", models.PositiveSmallIntegerField(verbose_name="rating")),
                    ("evidence", models.TextField(verbose_name="evidence")),
                    (
                        "measurement",
                        models.OneToOneField(
                            blank=True,
                            null=True,
                            on_delete=models.RESTRICT,
                            related_name="scorecard_rating",
                            to="assessments.measurement",
                            verbose_name="measurement",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "rating of an interview",
                    "verbose_name_plural": "ratings of an interview",
                    "ordering": ["scorecard", "position"],
                    "constraints": [
                        models.UniqueConstraint(
                            F("scorecard"), F("competence"), name="scorecard_rating_once"
                        ),
                        models.CheckConstraint(
                            condition=Q(rating__range=(1, 5)) & ~Q(evidence=""),
                            name="scorecard_rating_has_evidence",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="TaskRun",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "candidate",
                        models.ForeignKey(
                            on_delete=models.CASCADE,
                            related_name="task_runs",
                            to="candidates.candidate",
                            verbose_name="candidate",
                        ),
                    ),
                    ("seed", models.BigIntegerField(verbose_name="seed")),
                    ("made_by", models.CharField(max_length=8, verbose_name="version of the tasks")),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("open", "in progress"),
                                ("finished", "finished"),
                                ("left", "left unfinished"),
                            ],
                            default="open",
                            max_length=16,
                            verbose_name="state",
                        ),
                    ),
                    ("started_at", models.DateTimeField(verbose_name="started")),
                    ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="finished")),
                    ("right", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="right")),
                    ("level", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="level")),
                    (
                        "measurement",
                        models.OneToOneField(
                            blank=True,
                            null=True,
                            on_delete=models.RESTRICT,
                            related_name="task_run",
                            to="assessments.measurement",
                            verbose_name="measurement",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "run of computer tasks",
                    "verbose_name_plural": "runs of computer tasks",
                    "ordering": ["-started_at"],
                    "constraints": [
                        models.UniqueConstraint(
                            F("candidate"), condition=Q(state="open"), name="task_run_one_open_per_candidate"
                        ),
                        models.CheckConstraint(
                            condition=~Q(state="finished")
                            | Q(finished_at__isnull=False, level__range=(0, 3), right__isnull=False),
                            name="task_run_finished_has_scores",
                        ),
                        models.CheckConstraint(
                            condition=Q(measurement=None) | Q(level__gte=1, state="finished"),
                            name="task_run_measured_has_level",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="TaskAnswer",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "run",
                        models.ForeignKey(
                            on_delete=models.CASCADE, related_name="answers", to="assessments.taskrun"
                        ),
                    ),
                    ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                    ("code", models.CharField(max_length=32, verbose_name="task")),
                    ("answer", models.JSONField(verbose_name="answer")),
                    ("right", models.BooleanField(verbose_name="right")),
                    ("answered_at", models.DateTimeField(verbose_name="answered")),
                ],
                options={
                    "verbose_name": "answer to a computer task",
                    "verbose_name_plural": "answers to computer tasks",
                    "ordering": ["run", "position"],
                    "constraints": [
                        models.UniqueConstraint(F("run"), F("position"), name="task_answer_position_once")
                    ],
                },
            ),
            migrations.CreateModel(
                name="TypingRun",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "candidate",
                        models.ForeignKey(
                            on_delete=models.CASCADE,
                            related_name="typing_runs",
                            to="candidates.candidate",
                            verbose_name="candidate",
                        ),
                    ),
                    (
                        "language",
                        models.ForeignKey(
                            on_delete=models.PROTECT, to="reference.language", verbose_name="language"
                        ),
                    ),
                    ("passage", models.CharField(max_length=32, verbose_name="text")),
                    ("practice", models.BooleanField(default=False, verbose_name="practice")),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("open", "in progress"),
                                ("finished", "finished"),
                                ("left", "left unfinished"),
                            ],
                            default="open",
                            max_length=16,
                            verbose_name="state",
                        ),
                    ),
                    (
                        "limit_seconds",
                        models.PositiveSmallIntegerField(
                            blank=True, null=True, verbose_name="time limit in seconds"
                        ),
                    ),
                    ("started_at", models.DateTimeField(verbose_name="started")),
                    ("shown_at", models.DateTimeField(blank=True, null=True, verbose_name="shown")),
                    ("draft", models.TextField(blank=True, verbose_name="draft")),
                    (
                        "draft_number",
                        models.PositiveIntegerField(default=0, verbose_name="number of the draft"),
                    ),
                    ("draft_at", models.DateTimeField(blank=True, null=True, verbose_name="draft received")),
                    ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="finished")),
                    ("credit_seconds", models.FloatField(default=0, verbose_name="seconds given back")),
                    ("typed", models.TextField(blank=True, verbose_name="what was typed")),
                    ("seconds", models.FloatField(blank=True, null=True, verbose_name="seconds counted")),
                    (
                        "characters",
                        models.PositiveIntegerField(blank=True, null=True, verbose_name="characters typed"),
                    ),
                    (
                        "reached",
                        models.PositiveIntegerField(
                            blank=True, null=True, verbose_name="characters of the text covered"
                        ),
                    ),
                    ("errors", models.PositiveIntegerField(blank=True, null=True, verbose_name="errors")),
                    ("level", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="level")),
                    (
                        "measurement",
                        models.OneToOneField(
                            blank=True,
                            null=True,
                            on_delete=models.RESTRICT,
                            related_name="typing_run",
                            to="assessments.measurement",
                            verbose_name="measurement",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "typing run",
                    "verbose_name_plural": "typing runs",
                    "ordering": ["-started_at"],
                    "constraints": [
                        models.UniqueConstraint(
                            F("candidate"),
                            condition=Q(state="open"),
                            name="typing_run_one_open_per_candidate",
                        ),
                        models.CheckConstraint(
                            condition=~Q(state="finished")
                            | Q(
                                characters__isnull=False,
                                errors__isnull=False,
                                finished_at__isnull=False,
                                level__range=(0, 3),
                                reached__isnull=False,
                                seconds__gt=0,
                            ),
                            name="typing_run_finished_has_scores",
                        ),
                        models.CheckConstraint(
                            condition=Q(measurement=None) | Q(level__gte=1, practice=False, state="finished"),
                            name="typing_run_measured_has_level",
                        ),
                    ],
                },
            ),
        )
    ]
