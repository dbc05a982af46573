"""Employers, their staff and members, how they were judged, and what connects them with their own systems."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from common.migrating import CreateModels


class Migration(migrations.Migration):
    replaces = [
        ("employers", "0001_initial"),
        ("employers", "0002_invitation"),
        ("employers", "0003_names"),
        ("employers", "0004_api_tokens"),
        ("employers", "0005_webhooks"),
        ("employers", "0006_company_appeals"),
        ("employers", "0007_token_ends"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_schema"),
        ("reference", "0001_schema"),
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name="Employer",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("name", models.CharField(max_length=120, verbose_name="company name")),
                    ("website", models.URLField(blank=True, verbose_name="website")),
                    (
                        "country",
                        models.ForeignKey(
                            on_delete=models.PROTECT, to="reference.country", verbose_name="country"
                        ),
                    ),
                    (
                        "registration_number",
                        models.CharField(blank=True, max_length=40, verbose_name="registration number"),
                    ),
                    ("about", models.TextField(max_length=4000, verbose_name="what the company does")),
                    ("headcount", models.PositiveIntegerField(verbose_name="number of staff")),
                    (
                        "working_languages",
                        ArrayField(
                            base_field=models.CharField(max_length=8),
                            size=8,
                            verbose_name="working languages",
                        ),
                    ),
                    (
                        "work_style",
                        ArrayField(
                            base_field=models.PositiveSmallIntegerField(),
                            blank=True,
                            help_text="24 answers from 1 to 5 on the statements of the work-style scales.",
                            null=True,
                            size=24,
                            verbose_name="team work style",
                        ),
                    ),
                    (
                        "work_style_version",
                        models.CharField(blank=True, max_length=8, verbose_name="version of the statements"),
                    ),
                    (
                        "facts_changed_at",
                        models.DateTimeField(
                            db_index=True,
                            default=timezone.now,
                            editable=False,
                            verbose_name="facts last changed",
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("applied", "applied"),
                                ("accepted", "accepted"),
                                ("rejected", "rejected"),
                            ],
                            default="applied",
                            max_length=16,
                            verbose_name="state",
                        ),
                    ),
                    ("applied_at", models.DateTimeField(verbose_name="applied")),
                    ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided")),
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
                    ("decision_reason", models.TextField(blank=True, verbose_name="reason")),
                    ("is_demo", models.BooleanField(default=False, editable=False)),
                ],
                options={
                    "verbose_name": "employer",
                    "verbose_name_plural": "employers",
                    "constraints": [
                        models.CheckConstraint(
                            condition=Q(headcount__gte=1), name="employer_headcount_positive"
                        ),
                        models.CheckConstraint(
                            condition=Q(decided_at=None, state="applied")
                            | (~Q(state="applied") & Q(decided_at__isnull=False)),
                            name="employer_decided_has_time",
                        ),
                        models.CheckConstraint(
                            condition=~Q(state="rejected") | ~Q(decision_reason=""),
                            name="employer_rejection_has_reason",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="EmployerStaff",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "employer",
                        models.ForeignKey(
                            on_delete=models.CASCADE, related_name="staff", to="employers.employer"
                        ),
                    ),
                    (
                        "country",
                        models.ForeignKey(
                            on_delete=models.PROTECT, to="reference.country", verbose_name="country"
                        ),
                    ),
                    ("headcount", models.PositiveIntegerField(verbose_name="people")),
                ],
                options={
                    "verbose_name": "staff by country",
                    "verbose_name_plural": "staff by country",
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("employer", "country"), name="employer_staff_once_per_country"
                        ),
                        models.CheckConstraint(condition=Q(headcount__gte=1), name="employer_staff_positive"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="EmployerStatusLog",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "employer",
                        models.ForeignKey(
                            on_delete=models.CASCADE, related_name="status_log", to="employers.employer"
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("applied", "applied"),
                                ("accepted", "accepted"),
                                ("rejected", "rejected"),
                            ],
                            max_length=16,
                            verbose_name="state",
                        ),
                    ),
                    ("at", models.DateTimeField(verbose_name="at")),
                    (
                        "by",
                        models.ForeignKey(
                            null=True,
                            on_delete=models.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="by",
                        ),
                    ),
                    ("reason", models.TextField(blank=True, verbose_name="reason")),
                ],
                options={
                    "verbose_name": "step of an employer",
                    "verbose_name_plural": "steps of an employer",
                },
            ),
            migrations.CreateModel(
                name="Membership",
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
                            on_delete=models.CASCADE,
                            related_name="membership",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="user",
                        ),
                    ),
                    (
                        "employer",
                        models.ForeignKey(
                            on_delete=models.CASCADE,
                            related_name="memberships",
                            to="employers.employer",
                            verbose_name="employer",
                        ),
                    ),
                    (
                        "role",
                        models.CharField(
                            choices=[("owner", "owner"), ("recruiter", "recruiter"), ("viewer", "viewer")],
                            max_length=16,
                            verbose_name="role",
                        ),
                    ),
                    ("since", models.DateTimeField(verbose_name="since")),
                ],
                options={
                    "verbose_name": "membership",
                    "verbose_name_plural": "memberships",
                },
            ),
            migrations.CreateModel(
                name="ApiToken",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "membership",
                        models.ForeignKey(
                            on_delete=models.CASCADE,
                            related_name="api_tokens",
                            to="employers.membership",
                            verbose_name="made by",
                        ),
                    ),
                    ("name", models.CharField(max_length=80, verbose_name="name")),
                    ("prefix", models.CharField(max_length=16, verbose_name="begins with")),
                    ("digest", models.CharField(editable=False, max_length=64, unique=True)),
                    (
                        "scopes",
                        ArrayField(
                            base_field=models.CharField(
                                choices=[
                                    ("vacancies:read", "read vacancies"),
                                    ("vacancies:write", "write vacancies, and pause or close them"),
                                    ("shortlists:read", "read shortlists with their explanations"),
                                    ("applications:read", "read applications"),
                                    ("applications:write", "invite people and answer applications"),
                                    ("what-if", "ask what a requirement costs"),
                                ],
                                max_length=24,
                            ),
                            size=12,
                            verbose_name="may be used to",
                        ),
                    ),
                    ("made_at", models.DateTimeField(verbose_name="made")),
                    ("expires_at", models.DateTimeField(verbose_name="valid until")),
                    ("last_used_at", models.DateTimeField(blank=True, null=True, verbose_name="last used")),
                    ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="revoked")),
                    ("renewed_at", models.DateTimeField(blank=True, null=True, verbose_name="renewed")),
                    (
                        "told_days_before",
                        models.PositiveSmallIntegerField(blank=True, editable=False, null=True),
                    ),
                    ("form_key", models.UUIDField(blank=True, editable=False, null=True)),
                ],
                options={
                    "verbose_name": "token of the API",
                    "verbose_name_plural": "tokens of the API",
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("membership", "form_key"), name="api_token_form_sent_once"
                        ),
                        models.CheckConstraint(
                            condition=Q(expires_at__gt=F("made_at")), name="api_token_expires_later"
                        ),
                        models.CheckConstraint(condition=~Q(scopes=[]), name="api_token_is_for_something"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ApiCall",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    (
                        "token",
                        models.ForeignKey(
                            on_delete=models.CASCADE, related_name="calls", to="employers.apitoken"
                        ),
                    ),
                    ("key", models.CharField(max_length=200)),
                    ("request_digest", models.CharField(max_length=64)),
                    ("at", models.DateTimeField(db_index=True)),
                    ("status", models.PositiveSmallIntegerField(null=True)),
                    ("headers", models.JSONField(default=dict)),
                    ("body", models.TextField(blank=True)),
                ],
                options={
                    "verbose_name": "answered call of the API",
                    "verbose_name_plural": "answered calls of the API",
                    "constraints": [
                        models.UniqueConstraint(fields=("token", "key"), name="api_call_key_once")
                    ],
                },
            ),
            migrations.CreateModel(
                name="CompanyAppeal",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "employer",
                        models.ForeignKey(
                            on_delete=models.CASCADE,
                            related_name="appeals",
                            to="employers.employer",
                            verbose_name="employer",
                        ),
                    ),
                    (
                        "refusal",
                        models.OneToOneField(
                            on_delete=models.CASCADE,
                            related_name="appeal",
                            to="employers.employerstatuslog",
                            verbose_name="refusal",
                        ),
                    ),
                    (
                        "refused_by",
                        models.ForeignKey(
                            on_delete=models.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="refused by",
                        ),
                    ),
                    ("text", models.TextField(max_length=4000, verbose_name="what the employer says")),
                    (
                        "made_by",
                        models.ForeignKey(
                            on_delete=models.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="made by",
                        ),
                    ),
                    ("made_at", models.DateTimeField(verbose_name="made")),
                    ("answer_by", models.DateField(verbose_name="answer promised by")),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("open", "open"),
                                ("granted", "granted"),
                                ("dismissed", "dismissed"),
                                ("withdrawn", "withdrawn"),
                            ],
                            default="open",
                            max_length=16,
                            verbose_name="state",
                        ),
                    ),
                    (
                        "decided_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=models.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="judged by",
                        ),
                    ),
                    ("ended_at", models.DateTimeField(null=True, verbose_name="ended")),
                    ("answer", models.TextField(blank=True, verbose_name="answer")),
                ],
                options={
                    "verbose_name": "appeal of a company",
                    "verbose_name_plural": "appeals of companies",
                    "indexes": [
                        models.Index(
                            condition=Q(state="open"), fields=["answer_by"], name="company_appeal_to_judge"
                        )
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=Q(state="open"), fields=("employer",), name="company_appeal_one_open"
                        ),
                        models.CheckConstraint(
                            condition=Q(ended_at=None, state="open")
                            | (~Q(state="open") & Q(ended_at__isnull=False)),
                            name="company_appeal_ended_has_time",
                        ),
                        models.CheckConstraint(
                            condition=~Q(state__in=["granted", "dismissed"])
                            | (Q(decided_by__isnull=False) & ~Q(answer="")),
                            name="company_appeal_judged_has_answer",
                        ),
                        models.CheckConstraint(
                            condition=Q(decided_by=None) | ~Q(decided_by=F("refused_by")),
                            name="company_appeal_judged_by_another",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Invitation",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "employer",
                        models.ForeignKey(
                            on_delete=models.CASCADE,
                            related_name="invitations",
                            to="employers.employer",
                            verbose_name="employer",
                        ),
                    ),
                    ("email", models.EmailField(max_length=254, verbose_name="email address")),
                    (
                        "role",
                        models.CharField(
                            choices=[("owner", "owner"), ("recruiter", "recruiter"), ("viewer", "viewer")],
                            max_length=16,
                            verbose_name="role",
                        ),
                    ),
                    (
                        "invited_by",
                        models.ForeignKey(
                            on_delete=models.CASCADE,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="invited by",
                        ),
                    ),
                    ("invited_at", models.DateTimeField(verbose_name="invited")),
                    ("expires_at", models.DateTimeField(db_index=True, verbose_name="valid until")),
                ],
                options={
                    "verbose_name": "invitation",
                    "verbose_name_plural": "invitations",
                    "constraints": [
                        models.UniqueConstraint(
                            F("employer"), Lower("email"), name="invitation_once_per_address"
                        ),
                        models.CheckConstraint(
                            condition=Q(expires_at__gt=F("invited_at")), name="invitation_expires_later"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="WebhookEndpoint",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "employer",
                        models.ForeignKey(
                            on_delete=models.CASCADE,
                            related_name="webhooks",
                            to="employers.employer",
                            verbose_name="employer",
                        ),
                    ),
                    ("url", models.CharField(max_length=500, verbose_name="address")),
                    (
                        "events",
                        ArrayField(
                            base_field=models.CharField(
                                choices=[
                                    (
                                        "vacancy.published",
                                        "a vacancy or changes to it were published, or it was resumed",
                                    ),
                                    ("vacancy.paused", "a vacancy was paused"),
                                    ("vacancy.closed", "a vacancy was closed"),
                                    ("shortlist.ranked", "a shortlist was ranked anew"),
                                    ("application.invited", "somebody was invited"),
                                    ("application.interested", "somebody showed interest"),
                                    ("application.both_interested", "both sides are interested"),
                                    ("application.in_interview", "an interview was noted"),
                                    ("application.offered", "an offer was made"),
                                    ("application.hired", "somebody was hired"),
                                    ("application.declined", "one side said no"),
                                    ("application.withdrawn", "one side took back what it said"),
                                    ("application.expired", "an answer did not come in time"),
                                ],
                                max_length=40,
                            ),
                            size=30,
                            verbose_name="told about",
                        ),
                    ),
                    ("secret", models.TextField(editable=False)),
                    ("previous_secret", models.TextField(blank=True, editable=False)),
                    ("previous_until", models.DateTimeField(blank=True, editable=False, null=True)),
                    ("made_at", models.DateTimeField(verbose_name="made")),
                    (
                        "made_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=models.SET_NULL,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="made by",
                        ),
                    ),
                    (
                        "failing_since",
                        models.DateTimeField(blank=True, null=True, verbose_name="failing since"),
                    ),
                    ("disabled_at", models.DateTimeField(blank=True, null=True, verbose_name="off since")),
                    (
                        "disabled_because",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("owner", "switched off by an owner"),
                                ("failing", "it did not answer for days"),
                                ("gone", "it answered that it is gone for good (410)"),
                            ],
                            max_length=10,
                            verbose_name="off because",
                        ),
                    ),
                    ("removed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                    ("form_key", models.UUIDField(blank=True, editable=False, null=True)),
                ],
                options={
                    "verbose_name": "webhook",
                    "verbose_name_plural": "webhooks",
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("employer", "form_key"), name="webhook_form_sent_once"
                        ),
                        models.CheckConstraint(
                            condition=Q(disabled_at=None, disabled_because="")
                            | (Q(disabled_at__isnull=False) & ~Q(disabled_because="")),
                            name="webhook_off_has_reason",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="WebhookDelivery",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    (
                        "endpoint",
                        models.ForeignKey(
                            on_delete=models.CASCADE,
                            related_name="deliveries",
                            to="employers.webhookendpoint",
                            verbose_name="webhook",
                        ),
                    ),
                    ("event", models.CharField(max_length=40, verbose_name="event")),
                    ("subject", models.CharField(blank=True, max_length=80)),
                    ("body", models.TextField(verbose_name="message")),
                    ("created_at", models.DateTimeField(verbose_name="written")),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("waiting", "waiting"),
                                ("sending", "being sent"),
                                ("delivered", "delivered"),
                                ("failed", "failed"),
                            ],
                            default="waiting",
                            max_length=10,
                            verbose_name="state",
                        ),
                    ),
                    ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                    ("next_attempt_at", models.DateTimeField(verbose_name="next attempt")),
                    ("claimed_at", models.DateTimeField(blank=True, null=True)),
                    ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="settled")),
                    ("tries", models.JSONField(default=list)),
                ],
                options={
                    "verbose_name": "delivery of a webhook",
                    "verbose_name_plural": "deliveries of webhooks",
                    "indexes": [
                        models.Index(
                            F("next_attempt_at"),
                            condition=Q(state__in=["waiting", "sending"]),
                            name="webhook_due",
                        ),
                        models.Index(fields=["endpoint", "-created_at", "-id"], name="webhook_log"),
                        models.Index(fields=["created_at"], name="webhook_age"),
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=Q(settled_at__isnull=False, state__in=["delivered", "failed"])
                            | Q(settled_at=None, state__in=["waiting", "sending"]),
                            name="webhook_settled_has_time",
                        ),
                        models.CheckConstraint(
                            condition=Q(claimed_at__isnull=False, state="sending")
                            | (~Q(state="sending") & Q(claimed_at=None)),
                            name="webhook_sending_is_claimed",
                        ),
                    ],
                },
            ),
        )
    ]
