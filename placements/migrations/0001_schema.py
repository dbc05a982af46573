"""Applications and their log, invitations to tests, opened profiles, what is remembered, set aside, noted and told."""

import uuid

from django.conf import settings
from django.contrib.postgres.indexes import BrinIndex
from django.db import migrations, models
from django.db.models import Q

from common.migrating import CreateModels


class Migration(migrations.Migration):
    replaces = [
        ("placements", "0001_initial"),
        ("placements", "0003_profile_views"),
        ("placements", "0005_application"),
        ("placements", "0007_notes_and_set_aside"),
        ("placements", "0009_clocks_of_hosts_differ"),
        ("placements", "0010_profile_views_by_age"),
        ("placements", "0011_by_promise"),
        ("placements", "0012_remembered_vacancies"),
        ("placements", "0013_invitations_to_any_test"),
        ("placements", "0014_new_matches"),
        ("placements", "0015_known_matches"),
        ("placements", "0016_known_lists"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_schema"),
        ("candidates", "0001_schema"),
        ("employers", "0001_schema"),
        ("matching", "0001_schema"),
        ("reference", "0001_schema"),
        ("vacancies", "0001_schema"),
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name="Application",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    (
                        "candidate",
                        models.ForeignKey(
                            null=True,
                            on_delete=models.SET_NULL,
                            related_name="applications",
                            to="candidates.candidate",
                            verbose_name="candidate",
                        ),
                    ),
                    (
                        "vacancy",
                        models.ForeignKey(
                            on_delete=models.PROTECT,
                            related_name="applications",
                            to="vacancies.vacancy",
                            verbose_name="vacancy",
                        ),
                    ),
                    (
                        "employer",
                        models.ForeignKey(
                            on_delete=models.PROTECT,
                            related_name="applications",
                            to="employers.employer",
                            verbose_name="employer",
                        ),
                    ),
                    (
                        "version",
                        models.ForeignKey(
                            on_delete=models.PROTECT,
                            related_name="+",
                            to="vacancies.vacancyversion",
                            verbose_name="version of the vacancy",
                        ),
                    ),
                    (
                        "ranking",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=models.SET_NULL,
                            related_name="+",
                            to="matching.ranking",
                        ),
                    ),
                    (
                        "open_code",
                        models.CharField(blank=True, max_length=40, verbose_name="still open at the start"),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("invited", "invited"),
                                ("interested", "interested"),
                                ("both_interested", "both interested"),
                                ("in_interview", "in interview"),
                                ("offered", "offered"),
                                ("hired", "hired"),
                                ("declined", "declined"),
                                ("withdrawn", "withdrawn"),
                                ("expired", "expired"),
                            ],
                            max_length=16,
                            verbose_name="state",
                        ),
                    ),
                    (
                        "started_by",
                        models.CharField(
                            choices=[
                                ("candidate", "candidate"),
                                ("employer", "employer"),
                                ("platform", "the platform"),
                            ],
                            max_length=10,
                            verbose_name="begun by",
                        ),
                    ),
                    (
                        "owed_by",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("candidate", "candidate"),
                                ("employer", "employer"),
                                ("platform", "the platform"),
                                ("", "nobody"),
                            ],
                            max_length=10,
                            verbose_name="answer owed by",
                        ),
                    ),
                    ("promise_on", models.DateField(blank=True, null=True, verbose_name="promised until")),
                    ("reminded_at", models.DateTimeField(blank=True, null=True, verbose_name="reminded")),
                    ("overdue_at", models.DateTimeField(blank=True, null=True, verbose_name="found overdue")),
                    ("created_at", models.DateTimeField(verbose_name="begun")),
                    ("changed_at", models.DateTimeField(verbose_name="changed")),
                    (
                        "met_at",
                        models.DateTimeField(blank=True, null=True, verbose_name="both interested since"),
                    ),
                    ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
                    (
                        "ended_by",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("candidate", "candidate"),
                                ("employer", "employer"),
                                ("platform", "the platform"),
                                ("", "nobody"),
                            ],
                            max_length=10,
                            verbose_name="ended by",
                        ),
                    ),
                    ("reason", models.CharField(blank=True, max_length=20, verbose_name="reason")),
                    ("message", models.TextField(blank=True, max_length=2000, verbose_name="message")),
                ],
                options={
                    "verbose_name": "application",
                    "verbose_name_plural": "applications",
                    "indexes": [
                        models.Index(fields=["vacancy", "state"], name="application_by_vacancy"),
                        models.Index(fields=["candidate", "-changed_at"], name="application_by_candidate"),
                        models.Index(
                            fields=["employer", "-changed_at", "-id"], name="application_by_employer"
                        ),
                        models.Index(
                            condition=Q(owed_by="employer"),
                            fields=["employer", "promise_on"],
                            name="application_employer_owes",
                        ),
                        models.Index(fields=["promise_on", "id"], name="application_by_promise"),
                        models.Index(
                            condition=~Q(owed_by=""),
                            fields=["owed_by", "promise_on"],
                            name="application_promised",
                        ),
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=Q(
                                state__in=(
                                    "invited",
                                    "interested",
                                    "both_interested",
                                    "in_interview",
                                    "offered",
                                )
                            ),
                            fields=("candidate", "vacancy"),
                            name="application_open_once",
                        ),
                        models.CheckConstraint(
                            condition=Q(
                                ended_at__isnull=False,
                                owed_by="",
                                promise_on=None,
                                state__in=("hired", "declined", "withdrawn", "expired"),
                            )
                            | Q(
                                candidate__isnull=False,
                                promise_on__isnull=False,
                                state__in=(
                                    "invited",
                                    "interested",
                                    "both_interested",
                                    "in_interview",
                                    "offered",
                                ),
                            ),
                            name="application_open_is_promised",
                        ),
                        models.CheckConstraint(
                            condition=Q(state__in=("hired", "declined", "withdrawn", "expired"))
                            | Q(owed_by="candidate", state__in=["invited", "offered"])
                            | Q(
                                owed_by="employer",
                                state__in=["interested", "both_interested", "in_interview"],
                            ),
                            name="application_owed_by_its_state",
                        ),
                        models.CheckConstraint(
                            condition=Q(
                                ended_at=None,
                                ended_by="",
                                reason="",
                                state__in=(
                                    "invited",
                                    "interested",
                                    "both_interested",
                                    "in_interview",
                                    "offered",
                                ),
                            )
                            | Q(ended_by="candidate", reason="", state="hired")
                            | Q(
                                ended_by="platform",
                                reason__in=("employer_silent", "candidate_silent"),
                                state="expired",
                            )
                            | (
                                Q(
                                    ended_by__in=["candidate", "employer", "platform"],
                                    state__in=["declined", "withdrawn"],
                                )
                                & ~Q(reason="")
                            ),
                            name="application_end_has_reason",
                        ),
                        models.CheckConstraint(
                            condition=Q(
                                met_at__isnull=False,
                                state__in=("both_interested", "in_interview", "offered", "hired"),
                            )
                            | Q(met_at=None, state__in=["invited", "interested"])
                            | Q(state__in=["declined", "withdrawn", "expired"]),
                            name="application_met_when_both_interested",
                        ),
                        models.CheckConstraint(
                            condition=(Q(started_by="employer") & ~Q(state="interested"))
                            | (Q(started_by="candidate") & ~Q(state="invited")),
                            name="application_started_by_a_side",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ApplicationLog",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "application",
                        models.ForeignKey(
                            on_delete=models.CASCADE, related_name="log", to="placements.application"
                        ),
                    ),
                    (
                        "employer",
                        models.ForeignKey(
                            on_delete=models.PROTECT, related_name="+", to="employers.employer"
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("invited", "invited"),
                                ("interested", "interested"),
                                ("both_interested", "both interested"),
                                ("in_interview", "in interview"),
                                ("offered", "offered"),
                                ("hired", "hired"),
                                ("declined", "declined"),
                                ("withdrawn", "withdrawn"),
                                ("expired", "expired"),
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
                    (
                        "side",
                        models.CharField(
                            choices=[
                                ("candidate", "candidate"),
                                ("employer", "employer"),
                                ("platform", "the platform"),
                            ],
                            max_length=10,
                            verbose_name="side",
                        ),
                    ),
                    ("reason", models.CharField(blank=True, max_length=20, verbose_name="reason")),
                    ("message", models.TextField(blank=True, max_length=2000, verbose_name="message")),
                    (
                        "note",
                        models.TextField(blank=True, max_length=2000, verbose_name="note of the own side"),
                    ),
                    ("talk_at", models.DateTimeField(blank=True, null=True, verbose_name="they talk on")),
                    ("promise_on", models.DateField(null=True, verbose_name="promised until")),
                    (
                        "answer_of",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("candidate", "candidate"),
                                ("employer", "employer"),
                                ("platform", "the platform"),
                                ("", "nobody"),
                            ],
                            max_length=10,
                            verbose_name="answer owed by",
                        ),
                    ),
                    ("answer", models.CharField(blank=True, max_length=10, verbose_name="answer")),
                ],
                options={
                    "verbose_name": "step of an application",
                    "verbose_name_plural": "steps of an application",
                    "indexes": [
                        models.Index(
                            condition=Q(answer_of="employer"),
                            fields=["employer", "at"],
                            include=("answer",),
                            name="application_log_answers",
                        )
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=Q(answer="", answer_of="")
                            | Q(
                                answer__in=["in_time", "late", "missed"],
                                answer_of__in=["candidate", "employer"],
                            ),
                            name="application_log_answer_of_somebody",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="TestInvitation",
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
                            related_name="test_invitations",
                            to="candidates.candidate",
                            verbose_name="candidate",
                        ),
                    ),
                    (
                        "vacancy",
                        models.ForeignKey(
                            on_delete=models.CASCADE,
                            related_name="test_invitations",
                            to="vacancies.vacancy",
                            verbose_name="vacancy",
                        ),
                    ),
                    (
                        "language",
                        models.ForeignKey(
                            null=True,
                            on_delete=models.PROTECT,
                            related_name="+",
                            to="reference.language",
                            verbose_name="language",
                        ),
                    ),
                    (
                        "skill",
                        models.ForeignKey(
                            null=True,
                            on_delete=models.PROTECT,
                            related_name="+",
                            to="reference.skill",
                            verbose_name="skill",
                        ),
                    ),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=models.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="invited by",
                        ),
                    ),
                    ("at", models.DateTimeField(verbose_name="invited")),
                    ("mailed", models.BooleanField(verbose_name="a mail was sent")),
                ],
                options={
                    "verbose_name": "invitation to a test",
                    "verbose_name_plural": "invitations to tests",
                    "indexes": [models.Index(fields=["candidate", "-at"], name="test_invitation_latest")],
                    "constraints": [
                        models.CheckConstraint(
                            condition=Q(language__isnull=False, skill=None)
                            | Q(language=None, skill__isnull=False),
                            name="test_invitation_of_one_thing",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="MatchTold",
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
                            related_name="matches_told",
                            to="candidates.candidate",
                            verbose_name="candidate",
                        ),
                    ),
                    (
                        "vacancy",
                        models.ForeignKey(
                            on_delete=models.CASCADE,
                            related_name="+",
                            to="vacancies.vacancy",
                            verbose_name="vacancy",
                        ),
                    ),
                    (
                        "notification",
                        models.ForeignKey(
                            null=True, on_delete=models.SET_NULL, related_name="+", to="accounts.notification"
                        ),
                    ),
                    ("at", models.DateTimeField(verbose_name="told")),
                ],
                options={
                    "verbose_name": "new match that was told",
                    "verbose_name_plural": "new matches that were told",
                    "constraints": [
                        models.UniqueConstraint(fields=("vacancy", "candidate"), name="match_told_once")
                    ],
                },
            ),
            migrations.CreateModel(
                name="ListSearched",
                fields=[
                    (
                        "vacancy",
                        models.OneToOneField(
                            on_delete=models.CASCADE,
                            primary_key=True,
                            related_name="+",
                            serialize=False,
                            to="vacancies.vacancy",
                        ),
                    ),
                    ("ranking", models.BigIntegerField(null=True)),
                    ("round", models.BigIntegerField(null=True)),
                    ("tried_at", models.DateTimeField(null=True)),
                    ("as_known", models.BooleanField(db_default=False, default=False)),
                ],
                options={},
            ),
            migrations.CreateModel(
                name="ProfileView",
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
                            related_name="profile_views",
                            to="candidates.candidate",
                            verbose_name="candidate",
                        ),
                    ),
                    (
                        "vacancy",
                        models.ForeignKey(
                            on_delete=models.CASCADE,
                            related_name="profile_views",
                            to="vacancies.vacancy",
                            verbose_name="vacancy",
                        ),
                    ),
                    ("day", models.DateField(verbose_name="day")),
                    ("at", models.DateTimeField(verbose_name="opened")),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=models.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="opened by",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "opened profile",
                    "verbose_name_plural": "opened profiles",
                    "indexes": [
                        models.Index(fields=["candidate", "-at", "-id"], name="profile_view_latest"),
                        BrinIndex(fields=["at"], name="profile_view_age"),
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("candidate", "vacancy", "day"), name="profile_view_once_a_day"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="RememberedVacancy",
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
                            related_name="remembered_vacancies",
                            to="candidates.candidate",
                            verbose_name="candidate",
                        ),
                    ),
                    (
                        "vacancy",
                        models.ForeignKey(
                            on_delete=models.CASCADE,
                            related_name="+",
                            to="vacancies.vacancy",
                            verbose_name="vacancy",
                        ),
                    ),
                    ("at", models.DateTimeField(verbose_name="chosen")),
                    ("seen_at", models.DateTimeField(blank=True, null=True, verbose_name="match first seen")),
                ],
                options={
                    "verbose_name": "remembered vacancy",
                    "verbose_name_plural": "remembered vacancies",
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("candidate", "vacancy"), name="remembered_vacancy_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="SetAside",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "vacancy",
                        models.ForeignKey(
                            on_delete=models.CASCADE,
                            related_name="set_aside",
                            to="vacancies.vacancy",
                            verbose_name="vacancy",
                        ),
                    ),
                    (
                        "candidate",
                        models.ForeignKey(
                            on_delete=models.CASCADE,
                            related_name="set_aside",
                            to="candidates.candidate",
                            verbose_name="candidate",
                        ),
                    ),
                    (
                        "reason",
                        models.CharField(
                            choices=[
                                ("language", "the work needs a higher level of a language"),
                                ("skills", "the work needs other skills"),
                                ("experience", "the work needs more experience with this kind of customers"),
                                ("hours", "the hours do not fit"),
                                ("start", "the start date does not fit"),
                                ("pay", "the pay that was asked is above what we can offer"),
                                ("somebody_else", "we chose somebody who fits this vacancy more closely"),
                                ("missed", "the conversation we had agreed on did not happen"),
                                ("not_needed", "the work is no longer needed"),
                                ("other", "another reason, as written"),
                            ],
                            max_length=20,
                            verbose_name="reason",
                        ),
                    ),
                    ("words", models.TextField(blank=True, max_length=500, verbose_name="in words")),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=models.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="by",
                        ),
                    ),
                    ("at", models.DateTimeField(verbose_name="set aside")),
                    ("taken_back_at", models.DateTimeField(blank=True, null=True, verbose_name="taken back")),
                    (
                        "taken_back_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=models.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="taken back by",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "person set aside",
                    "verbose_name_plural": "people set aside",
                    "indexes": [models.Index(fields=["candidate", "vacancy"], name="set_aside_by_candidate")],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=Q(taken_back_at=None),
                            fields=("vacancy", "candidate"),
                            name="set_aside_stands_once",
                        ),
                        models.CheckConstraint(
                            condition=Q(taken_back_at=None, taken_back_by=None)
                            | Q(taken_back_at__isnull=False, taken_back_by__isnull=False),
                            name="set_aside_taken_back_by_somebody",
                        ),
                        models.CheckConstraint(
                            condition=~Q(reason="other") | ~Q(words=""), name="set_aside_other_says_what"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="TeamNote",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    (
                        "employer",
                        models.ForeignKey(
                            on_delete=models.CASCADE,
                            related_name="+",
                            to="employers.employer",
                            verbose_name="employer",
                        ),
                    ),
                    (
                        "vacancy",
                        models.ForeignKey(
                            on_delete=models.CASCADE,
                            related_name="team_notes",
                            to="vacancies.vacancy",
                            verbose_name="vacancy",
                        ),
                    ),
                    (
                        "candidate",
                        models.ForeignKey(
                            on_delete=models.CASCADE,
                            related_name="team_notes",
                            to="candidates.candidate",
                            verbose_name="candidate",
                        ),
                    ),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=models.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="written by",
                        ),
                    ),
                    ("at", models.DateTimeField(verbose_name="written")),
                    ("text", models.TextField(max_length=2000, verbose_name="note")),
                ],
                options={
                    "verbose_name": "note of a team",
                    "verbose_name_plural": "notes of teams",
                    "indexes": [
                        models.Index(fields=["employer", "candidate", "-at", "-id"], name="team_note_latest")
                    ],
                    "constraints": [
                        models.CheckConstraint(condition=~Q(text=""), name="team_note_says_something")
                    ],
                },
            ),
        )
    ]
