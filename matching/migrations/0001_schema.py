"""Rankings and shares of places, what they were made from, and what people changed about a shortlist."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models
from django.db.models import F, Q

from common.migrating import CreateModels


class Migration(migrations.Migration):
    replaces = [
        ("matching", "0001_initial"),
        ("matching", "0002_weight_policies"),
        ("matching", "0004_pool_versions"),
        ("matching", "0005_allocation"),
        ("matching", "0007_fresh_rankings"),
        ("matching", "0008_people_may_leave"),
        ("matching", "0010_looks"),
        ("matching", "0012_beyond_the_limit"),
        ("matching", "0013_names_of_columns"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_schema"),
        ("candidates", "0001_schema"),
        ("reference", "0001_schema"),
        ("vacancies", "0001_schema"),
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name="AllocationRound",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("made_at", models.DateTimeField(verbose_name="made")),
                    ("inputs_digest", models.CharField(max_length=64, verbose_name="digest of the inputs")),
                    ("cap", models.PositiveIntegerField(verbose_name="most shortlists a person")),
                    (
                        "places_per_opening",
                        models.PositiveIntegerField(verbose_name="places shown an opening"),
                    ),
                    ("vacancies", models.PositiveIntegerField(verbose_name="open vacancies")),
                    ("people", models.PositiveIntegerField(verbose_name="people ranked")),
                    ("pairs", models.PositiveBigIntegerField(verbose_name="pairs that suit")),
                    ("places", models.PositiveBigIntegerField(verbose_name="places")),
                    ("shown", models.PositiveBigIntegerField(verbose_name="shown")),
                    ("by_hand", models.PositiveIntegerField(verbose_name="placed by hand")),
                    (
                        "beyond",
                        models.PositiveIntegerField(default=0, verbose_name="placed beyond the limit"),
                    ),
                    ("busy", models.PositiveBigIntegerField(verbose_name="waiting because of the cap")),
                    ("short", models.PositiveIntegerField(verbose_name="vacancies with empty openings")),
                    ("turns", models.PositiveIntegerField(verbose_name="turns")),
                    ("blocking", models.PositiveIntegerField(verbose_name="blocking pairs found")),
                ],
                options={
                    "verbose_name": "allocation round",
                    "verbose_name_plural": "allocation rounds",
                    "indexes": [models.Index(fields=["-made_at", "-id"], name="allocation_newest_first")],
                    "constraints": [
                        models.CheckConstraint(condition=Q(blocking=0), name="allocation_is_stable")
                    ],
                },
            ),
            migrations.CreateModel(
                name="VacancyAllocation",
                fields=[
                    (
                        "vacancy",
                        models.OneToOneField(
                            on_delete=models.CASCADE,
                            primary_key=True,
                            related_name="allocation",
                            serialize=False,
                            to="vacancies.vacancy",
                        ),
                    ),
                    (
                        "round",
                        models.ForeignKey(
                            on_delete=models.PROTECT, related_name="+", to="matching.allocationround"
                        ),
                    ),
                    ("shown", ArrayField(base_field=models.BigIntegerField(), size=None)),
                    ("waiting", ArrayField(base_field=models.BigIntegerField(), size=None)),
                    ("busy", ArrayField(base_field=models.BigIntegerField(), size=None)),
                ],
                options={
                    "indexes": [GinIndex(fields=["shown"], name="allocation_shown")],
                    "constraints": [
                        models.CheckConstraint(
                            condition=Q(busy__contained_by=F("waiting")) & ~Q(shown__overlap=F("waiting")),
                            name="allocation_shown_or_waiting",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="ExposureReport",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("made_at", models.DateTimeField(verbose_name="made")),
                    ("on", models.DateField(verbose_name="facts of")),
                    (
                        "round",
                        models.ForeignKey(
                            null=True,
                            on_delete=models.PROTECT,
                            related_name="+",
                            to="matching.allocationround",
                        ),
                    ),
                    ("figures", models.JSONField()),
                ],
                options={
                    "verbose_name": "exposure report",
                    "verbose_name_plural": "exposure reports",
                    "indexes": [models.Index(fields=["-made_at", "-id"], name="exposure_newest_first")],
                },
            ),
            migrations.CreateModel(
                name="CurationLook",
                fields=[
                    (
                        "vacancy",
                        models.OneToOneField(
                            on_delete=models.CASCADE,
                            primary_key=True,
                            related_name="curation_look",
                            serialize=False,
                            to="vacancies.vacancy",
                        ),
                    ),
                    (
                        "reasons",
                        ArrayField(
                            base_field=models.CharField(
                                choices=[
                                    ("new", "not looked at yet"),
                                    ("changed", "half of those shown have changed"),
                                    ("few", "few people suit"),
                                    ("same", "the same people as everywhere"),
                                ],
                                max_length=8,
                            ),
                            default=list,
                            size=None,
                            verbose_name="why it wants a look",
                        ),
                    ),
                    ("since", models.DateTimeField(null=True, verbose_name="since")),
                    ("shown", ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                    (
                        "accepted",
                        ArrayField(
                            base_field=models.CharField(
                                choices=[
                                    ("new", "not looked at yet"),
                                    ("changed", "half of those shown have changed"),
                                    ("few", "few people suit"),
                                    ("same", "the same people as everywhere"),
                                ],
                                max_length=8,
                            ),
                            default=list,
                            size=None,
                        ),
                    ),
                    ("looked_at", models.DateTimeField(null=True, verbose_name="last look")),
                    (
                        "looked_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=models.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="by",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "match to curate",
                    "verbose_name_plural": "matches to curate",
                    "indexes": [
                        models.Index(
                            condition=Q(since__isnull=False), fields=["since", "vacancy"], name="look_wanted"
                        )
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=Q(reasons=[], since=None) | (Q(since__isnull=False) & ~Q(reasons=[])),
                            name="look_wanted_has_reasons",
                        ),
                        models.CheckConstraint(
                            condition=Q(looked_at=None, looked_by=None)
                            | Q(looked_at__isnull=False, looked_by__isnull=False),
                            name="look_taken_by_someone",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="PoolVersion",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("digest", models.CharField(max_length=64, unique=True, verbose_name="digest")),
                    (
                        "parent",
                        models.ForeignKey(
                            null=True,
                            on_delete=models.RESTRICT,
                            related_name="children",
                            to="matching.poolversion",
                            verbose_name="differs from",
                        ),
                    ),
                    (
                        "base",
                        models.ForeignKey(
                            null=True,
                            on_delete=models.RESTRICT,
                            related_name="family",
                            to="matching.poolversion",
                            verbose_name="grown from",
                        ),
                    ),
                    ("on", models.DateField(verbose_name="facts of")),
                    ("made_at", models.DateTimeField(verbose_name="made")),
                    ("emptied_at", models.DateTimeField(null=True, verbose_name="content deleted")),
                    ("seen", models.BigIntegerField()),
                    ("snapshot", models.TextField(blank=True)),
                    ("database", models.CharField(max_length=100)),
                    ("basis", models.CharField(max_length=64)),
                    ("people", models.PositiveIntegerField(verbose_name="people")),
                    ("depth", models.PositiveIntegerField(default=0, verbose_name="deltas since the base")),
                    (
                        "changed",
                        models.PositiveIntegerField(default=0, verbose_name="people changed since the base"),
                    ),
                    ("gone", ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ],
                options={
                    "verbose_name": "state of the pool",
                    "verbose_name_plural": "states of the pool",
                    "indexes": [models.Index(fields=["-made_at", "-id"], name="pool_version_newest_first")],
                    "constraints": [
                        models.CheckConstraint(
                            condition=Q(base=None, parent=None) | Q(base__isnull=False, parent__isnull=False),
                            name="pool_version_delta_has_base",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="PoolChunk",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "version",
                        models.ForeignKey(
                            on_delete=models.CASCADE, related_name="chunks", to="matching.poolversion"
                        ),
                    ),
                    ("number", models.PositiveIntegerField()),
                    ("content", models.BinaryField()),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(fields=("version", "number"), name="pool_chunk_once")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Ranking",
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
                            related_name="rankings",
                            to="vacancies.vacancy",
                            verbose_name="vacancy",
                        ),
                    ),
                    (
                        "version",
                        models.ForeignKey(
                            on_delete=models.RESTRICT,
                            related_name="rankings",
                            to="vacancies.vacancyversion",
                            verbose_name="version",
                        ),
                    ),
                    ("made_at", models.DateTimeField(verbose_name="made")),
                    ("on", models.DateField(verbose_name="facts of")),
                    ("engine_version", models.CharField(max_length=16, verbose_name="engine")),
                    ("tz_version", models.CharField(max_length=16, verbose_name="time zone data")),
                    ("input_digest", models.CharField(max_length=64, verbose_name="digest")),
                    (
                        "pool",
                        models.ForeignKey(
                            null=True,
                            on_delete=models.RESTRICT,
                            related_name="rankings",
                            to="matching.poolversion",
                            verbose_name="state of the pool",
                        ),
                    ),
                    ("query", models.TextField(verbose_name="compiled query")),
                    ("weights", models.JSONField(verbose_name="weights of the employer")),
                    ("candidate_weights", models.JSONField(verbose_name="weights of the candidates")),
                    ("top", models.PositiveIntegerField(verbose_name="people kept at most")),
                    ("people", models.PositiveIntegerField(verbose_name="people looked at")),
                    ("eligible", models.PositiveIntegerField(verbose_name="people eligible")),
                    ("packed", models.BinaryField()),
                ],
                options={
                    "verbose_name": "ranking",
                    "verbose_name_plural": "rankings",
                    "indexes": [
                        models.Index(fields=["vacancy", "-made_at", "-id"], name="ranking_newest_first"),
                        models.Index(fields=["made_at", "id"], name="ranking_oldest_first"),
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=Q(eligible__lte=F("people")), name="ranking_eligible_among_people"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="RankingState",
                fields=[
                    (
                        "vacancy",
                        models.OneToOneField(
                            on_delete=models.CASCADE,
                            primary_key=True,
                            related_name="ranking_state",
                            serialize=False,
                            to="vacancies.vacancy",
                        ),
                    ),
                    (
                        "version",
                        models.ForeignKey(
                            on_delete=models.RESTRICT, related_name="+", to="vacancies.vacancyversion"
                        ),
                    ),
                    (
                        "current",
                        models.ForeignKey(
                            null=True,
                            on_delete=models.RESTRICT,
                            related_name="+",
                            to="matching.ranking",
                            verbose_name="current ranking",
                        ),
                    ),
                    ("read_at", models.DateTimeField()),
                    ("team_as_of", models.DateTimeField()),
                    ("on", models.DateField(null=True)),
                    ("fingerprint", models.CharField(max_length=64)),
                    ("basis", models.CharField(blank=True, max_length=64)),
                    ("query_digest", models.CharField(blank=True, max_length=64)),
                    ("people_seen", models.BigIntegerField(default=0)),
                    ("snapshot", models.TextField(blank=True)),
                    ("written_in", models.BigIntegerField(default=0)),
                    ("waiting", models.BooleanField(default=False, verbose_name="waits to be ranked again")),
                    (
                        "problem",
                        models.CharField(blank=True, max_length=300, verbose_name="why it cannot be ranked"),
                    ),
                    ("listed", ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                    ("last_score", models.PositiveIntegerField(null=True)),
                    ("last_candidate", models.BigIntegerField(null=True)),
                    ("near_missed", ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                    ("near_limits", ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ],
                options={
                    "indexes": [
                        GinIndex(fields=["listed"], name="ranking_state_listed"),
                        GinIndex(fields=["near_missed"], name="ranking_state_near_missed"),
                        models.Index(fields=["written_in"], name="ranking_state_written_in"),
                        models.Index(
                            condition=Q(waiting=True), fields=["read_at"], name="ranking_state_waiting"
                        ),
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=Q(current__isnull=False) | ~Q(problem=""),
                            name="ranking_state_has_ranking_or_problem",
                        ),
                        models.CheckConstraint(
                            condition=Q(last_candidate=None, last_score=None)
                            | Q(last_candidate__isnull=False, last_score__isnull=False),
                            name="ranking_state_last_place_whole",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="RankingRound",
                fields=[
                    (
                        "id",
                        models.PositiveSmallIntegerField(
                            default=1, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("on", models.DateField()),
                    ("fingerprint", models.CharField(max_length=64)),
                    ("basis", models.CharField(max_length=64)),
                    ("seen", models.BigIntegerField()),
                    ("snapshot", models.TextField(blank=True)),
                    ("database", models.CharField(max_length=100)),
                    ("states_below", models.BigIntegerField()),
                    ("asked", models.BigIntegerField(default=0)),
                    ("awaited", models.BooleanField(default=False)),
                ],
                options={
                    "constraints": [models.CheckConstraint(condition=Q(id=1), name="ranking_round_only_one")],
                },
            ),
            migrations.CreateModel(
                name="RankingJob",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "vacancy",
                        models.OneToOneField(
                            on_delete=models.CASCADE, related_name="ranking_job", to="vacancies.vacancy"
                        ),
                    ),
                    (
                        "version",
                        models.ForeignKey(
                            on_delete=models.CASCADE, related_name="+", to="vacancies.vacancyversion"
                        ),
                    ),
                    (
                        "pool",
                        models.ForeignKey(
                            on_delete=models.RESTRICT, related_name="+", to="matching.poolversion"
                        ),
                    ),
                    ("query", models.TextField()),
                    ("query_digest", models.CharField(max_length=64)),
                    ("candidate_weights", models.JSONField()),
                    ("top", models.PositiveIntegerField()),
                    ("of", models.PositiveSmallIntegerField()),
                    ("read_at", models.DateTimeField()),
                    ("team_as_of", models.DateTimeField()),
                    ("on", models.DateField()),
                    ("fingerprint", models.CharField(max_length=64)),
                    ("basis", models.CharField(max_length=64)),
                    ("people_seen", models.BigIntegerField()),
                    ("snapshot", models.TextField(blank=True)),
                    ("asked_at", models.DateTimeField()),
                ],
                options={
                    "constraints": [
                        models.CheckConstraint(condition=Q(of__gte=1), name="ranking_job_has_shards")
                    ],
                },
            ),
            migrations.CreateModel(
                name="RankingShard",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "job",
                        models.ForeignKey(
                            on_delete=models.CASCADE, related_name="shards", to="matching.rankingjob"
                        ),
                    ),
                    ("number", models.PositiveSmallIntegerField()),
                    ("packed", models.BinaryField()),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(fields=("job", "number"), name="ranking_shard_once")
                    ],
                },
            ),
            migrations.CreateModel(
                name="ShortlistEntry",
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
                            on_delete=models.CASCADE, related_name="shortlist_entries", to="vacancies.vacancy"
                        ),
                    ),
                    (
                        "candidate",
                        models.ForeignKey(
                            on_delete=models.CASCADE,
                            related_name="shortlist_entries",
                            to="candidates.candidate",
                        ),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("pinned", "pinned to the top"),
                                ("moved", "moved to a place"),
                                ("hidden", "hidden"),
                                ("added", "added by hand"),
                            ],
                            max_length=8,
                            verbose_name="what was done",
                        ),
                    ),
                    ("position", models.PositiveIntegerField(blank=True, null=True, verbose_name="place")),
                    ("reason", models.TextField(max_length=1000, verbose_name="reason")),
                    ("figures", models.JSONField(blank=True, null=True, verbose_name="how they suited")),
                    (
                        "ranking",
                        models.ForeignKey(on_delete=models.RESTRICT, related_name="+", to="matching.ranking"),
                    ),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    ("at", models.DateTimeField()),
                ],
                options={
                    "verbose_name": "shortlist entry",
                    "verbose_name_plural": "shortlist entries",
                    "constraints": [
                        models.UniqueConstraint(fields=("vacancy", "candidate"), name="shortlist_entry_once"),
                        models.CheckConstraint(condition=~Q(reason=""), name="shortlist_entry_has_reason"),
                        models.CheckConstraint(
                            condition=Q(kind="moved", position__gte=1)
                            | (~Q(kind="moved") & Q(position=None)),
                            name="shortlist_entry_place_when_moved",
                        ),
                        models.CheckConstraint(
                            condition=~Q(figures__isnull=True, kind="added"),
                            name="shortlist_entry_figures_when_added",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ShortlistLog",
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
                            on_delete=models.PROTECT,
                            related_name="shortlist_log",
                            to="vacancies.vacancy",
                            verbose_name="vacancy",
                        ),
                    ),
                    (
                        "candidate",
                        models.ForeignKey(
                            db_constraint=False,
                            null=True,
                            on_delete=models.DO_NOTHING,
                            related_name="+",
                            to="candidates.candidate",
                            verbose_name="candidate",
                        ),
                    ),
                    (
                        "act",
                        models.CharField(
                            choices=[
                                ("pinned", "pinned to the top"),
                                ("moved", "moved to a place"),
                                ("hidden", "hidden"),
                                ("added", "added by hand"),
                                ("noted", "noted"),
                                ("taken_back", "taken back"),
                            ],
                            max_length=16,
                            verbose_name="what was done",
                        ),
                    ),
                    ("position", models.PositiveIntegerField(null=True, verbose_name="place")),
                    ("reason", models.TextField(blank=True, verbose_name="reason")),
                    (
                        "ranking",
                        models.ForeignKey(on_delete=models.RESTRICT, related_name="+", to="matching.ranking"),
                    ),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=models.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="by",
                        ),
                    ),
                    ("at", models.DateTimeField(verbose_name="at")),
                ],
                options={
                    "verbose_name": "shortlist act",
                    "verbose_name_plural": "shortlist log",
                    "indexes": [
                        models.Index(fields=["vacancy", "-at", "-id"], name="shortlist_log_newest_first")
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=Q(candidate__isnull=False), name="shortlist_log_says_whom"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="WeightPolicy",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "occupation",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=models.RESTRICT,
                            related_name="+",
                            to="reference.occupation",
                            verbose_name="kind of work",
                        ),
                    ),
                    ("valid_from", models.DateField(verbose_name="holds from")),
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
                    ("reason", models.TextField(max_length=1000, verbose_name="reason")),
                ],
                options={
                    "verbose_name": "weight policy",
                    "verbose_name_plural": "weight policies",
                    "ordering": ["-valid_from", "-id"],
                    "constraints": [
                        models.CheckConstraint(condition=~Q(reason=""), name="weight_policy_has_reason"),
                        models.UniqueConstraint(
                            condition=Q(set_by=None),
                            fields=("occupation", "valid_from"),
                            name="weight_policy_shipped_once",
                            nulls_distinct=False,
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="PartBounds",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "policy",
                        models.ForeignKey(
                            on_delete=models.CASCADE, related_name="bounds", to="matching.weightpolicy"
                        ),
                    ),
                    ("part", models.CharField(max_length=16, verbose_name="part")),
                    ("usual", models.PositiveSmallIntegerField(verbose_name="usual")),
                    ("least", models.PositiveSmallIntegerField(verbose_name="at least")),
                    ("most", models.PositiveSmallIntegerField(verbose_name="at most")),
                ],
                options={
                    "verbose_name": "bounds of a part",
                    "verbose_name_plural": "bounds of parts",
                    "constraints": [
                        models.UniqueConstraint(fields=("policy", "part"), name="part_bounds_once"),
                        models.CheckConstraint(
                            condition=Q(least__lte=F("usual"), most__lte=1000, usual__lte=F("most")),
                            name="part_bounds_ordered",
                        ),
                        models.CheckConstraint(
                            condition=Q(
                                part__in=[
                                    "language",
                                    "culture",
                                    "time",
                                    "pay",
                                    "skills",
                                    "experience",
                                    "commitment",
                                ]
                            ),
                            name="part_bounds_of_a_part",
                        ),
                        models.CheckConstraint(
                            condition=~Q(part="pay") | Q(least=0, most=0, usual=0),
                            name="pay_never_counts_for_an_employer",
                        ),
                    ],
                },
            ),
        )
    ]
