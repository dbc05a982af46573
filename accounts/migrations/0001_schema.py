"""Users and their identity, consents, the audit log, the mail outbox, notifications and how people want them."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex, GinIndex, OpClass
from django.contrib.postgres.operations import TrigramExtension
from django.core.serializers.json import DjangoJSONEncoder
from django.db import migrations, models
from django.db.models import F, Q
from django.db.models.functions import Lower, Upper
from django.utils import timezone

from accounts.rules.time_zones import validate_time_zone
from common.migrating import CreateModels


class Migration(migrations.Migration):
    replaces = [
        ("accounts", "0001_initial"),
        ("accounts", "0003_notifications"),
        ("accounts", "0004_mail_choice_words"),
        ("accounts", "0005_search"),
        ("accounts", "0006_fewer_kinds"),
        ("accounts", "0007_came_for"),
        ("accounts", "0008_new_matches"),
        ("accounts", "0009_about"),
        ("accounts", "0010_about_indexes"),
        ("accounts", "0011_audit_by_actor"),
    ]

    initial = True

    dependencies = [("auth", "0012_alter_user_first_name_max_length")]

    operations = [
        TrigramExtension(),
        CreateModels(
            migrations.CreateModel(
                name="OutboxMail",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("recipient", models.EmailField(max_length=254, verbose_name="to")),
                    ("sender", models.CharField(max_length=254, verbose_name="from")),
                    ("subject", models.CharField(max_length=255, verbose_name="subject")),
                    ("text", models.TextField(verbose_name="text")),
                    ("html", models.TextField(blank=True, verbose_name="HTML")),
                    ("headers", models.JSONField(blank=True, default=dict, verbose_name="headers")),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("waiting", "waiting"),
                                ("sending", "being sent"),
                                ("sent", "sent"),
                                ("failed", "failed"),
                            ],
                            default="waiting",
                            max_length=16,
                            verbose_name="state",
                        ),
                    ),
                    ("created_at", models.DateTimeField(db_index=True, verbose_name="written")),
                    ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                    (
                        "interruptions",
                        models.PositiveSmallIntegerField(default=0, verbose_name="interrupted attempts"),
                    ),
                    ("next_attempt_at", models.DateTimeField(verbose_name="next attempt")),
                    ("claimed_at", models.DateTimeField(blank=True, null=True, verbose_name="claimed")),
                    ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent")),
                    ("last_error", models.TextField(blank=True, verbose_name="last error")),
                    (
                        "about",
                        ArrayField(
                            base_field=models.BigIntegerField(),
                            blank=True,
                            editable=False,
                            null=True,
                            size=None,
                        ),
                    ),
                ],
                options={
                    "verbose_name": "mail",
                    "verbose_name_plural": "mail outbox",
                    "ordering": ["-created_at", "id"],
                    "indexes": [
                        GinIndex(fields=["about"], name="outbox_about"),
                        models.Index(
                            F("next_attempt_at"),
                            condition=Q(state__in=["waiting", "sending"]),
                            name="outbox_due",
                        ),
                        GinIndex(
                            OpClass(Upper("recipient"), name="gin_trgm_ops"), name="outbox_recipient_trigrams"
                        ),
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=Q(sent_at__isnull=False, state="sent")
                            | (~Q(state="sent") & Q(sent_at=None)),
                            name="outbox_sent_has_time",
                        ),
                        models.CheckConstraint(
                            condition=Q(claimed_at__isnull=False, state="sending")
                            | (~Q(state="sending") & Q(claimed_at=None)),
                            name="outbox_sending_is_claimed",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="User",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("password", models.CharField(max_length=128, verbose_name="password")),
                    ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                    (
                        "is_superuser",
                        models.BooleanField(
                            default=False,
                            help_text="Designates that this user has all permissions without explicitly assigning them.",
                            verbose_name="superuser status",
                        ),
                    ),
                    ("email", models.EmailField(max_length=254, verbose_name="email address")),
                    (
                        "is_staff",
                        models.BooleanField(
                            default=False,
                            help_text="May enter the administration.",
                            verbose_name="platform staff",
                        ),
                    ),
                    (
                        "is_active",
                        models.BooleanField(
                            default=True,
                            help_text="Take this away to close an account instead of deleting it.",
                            verbose_name="active",
                        ),
                    ),
                    (
                        "is_demo",
                        models.BooleanField(default=False, editable=False, verbose_name="made by the demo"),
                    ),
                    (
                        "language",
                        models.CharField(
                            choices=[("en", "English"), ("nl", "Dutch")],
                            default="en",
                            max_length=8,
                            verbose_name="language",
                        ),
                    ),
                    (
                        "time_zone",
                        models.CharField(
                            default="UTC",
                            max_length=64,
                            validators=[validate_time_zone],
                            verbose_name="time zone",
                        ),
                    ),
                    (
                        "came_for",
                        models.CharField(
                            blank=True,
                            db_default="",
                            default="",
                            editable=False,
                            max_length=300,
                            verbose_name="page asked for before signing up",
                        ),
                    ),
                    (
                        "date_joined",
                        models.DateTimeField(default=timezone.now, editable=False, verbose_name="joined"),
                    ),
                    (
                        "groups",
                        models.ManyToManyField(
                            blank=True,
                            help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                            related_name="user_set",
                            related_query_name="user",
                            to="auth.group",
                            verbose_name="groups",
                        ),
                    ),
                    (
                        "user_permissions",
                        models.ManyToManyField(
                            blank=True,
                            help_text="Specific permissions for this user.",
                            related_name="user_set",
                            related_query_name="user",
                            to="auth.permission",
                            verbose_name="user permissions",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "user",
                    "verbose_name_plural": "users",
                    "indexes": [
                        GinIndex(OpClass(Upper("email"), name="gin_trgm_ops"), name="user_email_trigrams"),
                        models.Index(condition=Q(is_staff=True), fields=["-id"], name="user_staff"),
                        models.Index(condition=Q(is_active=False), fields=["-id"], name="user_closed"),
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            Lower("email"),
                            name="user_email_unique_any_case",
                            violation_error_message="There is a user with this email address already.",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="AuditEntry",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("at", models.DateTimeField(db_index=True, verbose_name="at")),
                    (
                        "actor",
                        models.ForeignKey(
                            null=True,
                            on_delete=models.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="by",
                        ),
                    ),
                    ("verb", models.CharField(max_length=64, verbose_name="act")),
                    ("object_type", models.CharField(max_length=64, verbose_name="kind of object")),
                    ("object_id", models.CharField(max_length=64, verbose_name="object")),
                    ("reason", models.TextField(blank=True, verbose_name="reason")),
                    ("data", models.JSONField(default=dict, encoder=DjangoJSONEncoder, verbose_name="facts")),
                ],
                options={
                    "verbose_name": "audit entry",
                    "verbose_name_plural": "audit log",
                    "indexes": [
                        models.Index(fields=["object_type", "object_id", "-at"], name="audit_by_object"),
                        models.Index(fields=["object_type", "-id"], name="audit_by_kind"),
                        models.Index(fields=["object_id", "-id"], name="audit_by_id"),
                        models.Index(fields=["verb", "-id"], name="audit_by_verb"),
                        models.Index(fields=["actor", "-id"], name="audit_by_actor"),
                        GinIndex(OpClass(Upper("reason"), name="gin_trgm_ops"), name="audit_reason_trigrams"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Consent",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "user",
                        models.ForeignKey(
                            on_delete=models.CASCADE, related_name="consents", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("listed", "being listed for employers"),
                                ("freelance", "being offered freelance work"),
                            ],
                            max_length=16,
                            verbose_name="kind",
                        ),
                    ),
                    ("text_version", models.CharField(max_length=16, verbose_name="version of the text")),
                    ("given_at", models.DateTimeField(verbose_name="given")),
                    ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="withdrawn")),
                ],
                options={
                    "verbose_name": "consent",
                    "verbose_name_plural": "consents",
                    "constraints": [
                        models.UniqueConstraint(
                            F("user"),
                            F("kind"),
                            condition=Q(withdrawn_at=None),
                            name="consent_one_standing_per_kind",
                        ),
                        models.CheckConstraint(
                            condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("given_at")),
                            name="consent_withdrawn_after_given",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Identity",
                fields=[
                    (
                        "user",
                        models.OneToOneField(
                            on_delete=models.CASCADE,
                            primary_key=True,
                            serialize=False,
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    ("display_name", models.CharField(max_length=120, verbose_name="name")),
                    ("phone", models.CharField(blank=True, max_length=32, verbose_name="telephone")),
                ],
                options={
                    "verbose_name": "identity",
                    "verbose_name_plural": "identities",
                    "indexes": [
                        GinIndex(
                            OpClass(Upper("display_name"), name="gin_trgm_ops"), name="identity_name_trigrams"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Notification",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "user",
                        models.ForeignKey(
                            on_delete=models.CASCADE,
                            related_name="notifications",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("security", "Security of your account"),
                                ("invitation", "Invitations and offers"),
                                ("answer_due", "Answers that are due"),
                                ("application_moved", "Applications that move on"),
                                ("application_ended", "Applications that end"),
                                ("vacancy_changed", "Changes of a vacancy that you act on"),
                                ("shortlist_ready", "Shortlists"),
                                ("review_decided", "Decisions on your company and vacancies"),
                                ("assessment", "Results of tests and interviews"),
                                ("test_invitation", "Invitations to a test"),
                                ("match_found", "New matches"),
                                ("profile_viewed", "Who read your profile"),
                                ("stay_listed", "Staying listed"),
                                ("company", "Your company and its team"),
                                ("work_to_rate", "Work to rate"),
                            ],
                            max_length=32,
                            verbose_name="kind",
                        ),
                    ),
                    ("key", models.CharField(max_length=120, verbose_name="event")),
                    ("title", models.CharField(max_length=255, verbose_name="title")),
                    ("text", models.TextField(blank=True, verbose_name="text")),
                    (
                        "language",
                        models.CharField(
                            choices=[("en", "English"), ("nl", "Dutch")],
                            max_length=8,
                            verbose_name="language",
                        ),
                    ),
                    ("url", models.CharField(max_length=500, verbose_name="page")),
                    ("created_at", models.DateTimeField(verbose_name="written")),
                    ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="read")),
                    (
                        "awaits_digest",
                        models.BooleanField(default=False, verbose_name="waits for the daily mail"),
                    ),
                    ("about", models.BigIntegerField(blank=True, editable=False, null=True)),
                ],
                options={
                    "verbose_name": "notification",
                    "verbose_name_plural": "notifications",
                    "ordering": ["-created_at", "-id"],
                    "indexes": [
                        models.Index(fields=["user", "-created_at", "-id"], name="notification_newest"),
                        models.Index(F("user"), condition=Q(read_at=None), name="notification_unread"),
                        models.Index(
                            F("user"),
                            F("created_at"),
                            condition=Q(awaits_digest=True),
                            name="notification_for_digest",
                        ),
                        BrinIndex(fields=["created_at"], name="notification_age"),
                        models.Index(condition=Q(about__gt=0), fields=["about"], name="notification_about"),
                    ],
                    "constraints": [
                        models.UniqueConstraint(fields=("user", "key"), name="notification_once_per_event"),
                        models.CheckConstraint(
                            condition=Q(url__startswith="/") & ~Q(url__startswith="//"),
                            name="notification_leads_here",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="NotificationPreference",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "user",
                        models.ForeignKey(
                            on_delete=models.CASCADE, related_name="mail_choices", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("security", "Security of your account"),
                                ("invitation", "Invitations and offers"),
                                ("answer_due", "Answers that are due"),
                                ("application_moved", "Applications that move on"),
                                ("application_ended", "Applications that end"),
                                ("vacancy_changed", "Changes of a vacancy that you act on"),
                                ("shortlist_ready", "Shortlists"),
                                ("review_decided", "Decisions on your company and vacancies"),
                                ("assessment", "Results of tests and interviews"),
                                ("test_invitation", "Invitations to a test"),
                                ("match_found", "New matches"),
                                ("profile_viewed", "Who read your profile"),
                                ("stay_listed", "Staying listed"),
                                ("company", "Your company and its team"),
                                ("work_to_rate", "Work to rate"),
                            ],
                            max_length=32,
                            verbose_name="kind",
                        ),
                    ),
                    (
                        "mail",
                        models.CharField(
                            choices=[("at_once", "at once"), ("daily", "once a day"), ("never", "never")],
                            max_length=16,
                            verbose_name="mail",
                        ),
                    ),
                    ("changed_at", models.DateTimeField(verbose_name="changed")),
                ],
                options={
                    "verbose_name": "choice of mail",
                    "verbose_name_plural": "choices of mail",
                    "constraints": [
                        models.UniqueConstraint(fields=("user", "kind"), name="preference_once_per_kind")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Digest",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "user",
                        models.ForeignKey(
                            on_delete=models.CASCADE, related_name="digests", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    ("day", models.DateField(verbose_name="day")),
                    ("written_at", models.DateTimeField(verbose_name="written")),
                    ("items", models.PositiveIntegerField(verbose_name="pieces of news")),
                ],
                options={
                    "verbose_name": "daily mail",
                    "verbose_name_plural": "daily mails",
                    "constraints": [
                        models.UniqueConstraint(fields=("user", "day"), name="digest_once_a_day")
                    ],
                },
            ),
        ),
    ]
