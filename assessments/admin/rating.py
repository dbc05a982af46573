"""Rated tests in the administration: the queue of raters, their pages, and what came of it to read."""

from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from assessments.actions.ratings import (
    BadRating,
    UnableToRate,
    decline_rating,
    give_rating,
    set_rater,
    take_next,
)
from assessments.admin.blind import BlindAdmin, unseen
from assessments.enums import Activity, RatingState, RecordingState
from assessments.forms.rating import HandBackForm, RaterForm, RatingForm
from assessments.models import RatedTask, Rater, Rating, Recording, Reply, Work
from assessments.queries.rater_report import ENOUGH, NOTABLE_KAPPA, NOTABLE_SEVERITY, rater_report
from assessments.queries.rating_queue import (
    overdue_works,
    queue_rows,
    rater_of,
    taken_rating,
)
from assessments.queries.works import task_pages
from assessments.rules.policy import RATING_HOLD_HOURS
from assessments.rules.rubrics import RUBRICS
from assessments.views.sound import sound_response
from common.long_lists import LongListAdmin, OccurringFilter
from common.reading import ReadOnlyAdmin, ReadOnlyInline
from reference.names import language_name


@admin.register(RatedTask)
class RatedTaskAdmin(ReadOnlyAdmin):
    """Tasks of rated tests, as their files say."""

    list_display = ["code", "title", "language", "activity", "kind", "level", "state", "times_given"]
    list_filter = ["activity", "kind", "state", ("language", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["language"]
    search_fields = ["code", "title"]


class ReplyInline(ReadOnlyInline):
    """What was written, with what was noted."""

    model = Reply
    fields = ["position", "turn", "task", "text", "pasted", "sent_at", "deleted_at"]


class RatingInline(ReadOnlyInline):
    """Who rated, and how."""

    model = Rating
    fields = ["rater", "round", "state", "mark", "levels", "words", "given_at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Rating]:
        """With the raters."""
        return super().get_queryset(request).select_related("rater__user")


@admin.register(Work)
class WorkAdmin(BlindAdmin, LongListAdmin):
    """Attempts, by number; whose they are stands on the page of one, which its raters cannot open."""

    work_field = "pk"
    asked_blind = ("language", "activity")

    list_display = [
        "short_number",
        "language",
        "activity",
        "state_words",
        "due_on",
        "raters_active",
        "raters_wanted",
        "value_words",
    ]
    list_filter = ["state", "activity", ("language", OccurringFilter)]
    list_select_related = ["language"]
    search_ways = (("number", "id"), ("candidate__public_id", "id"))
    ordering = ["-pk"]
    exclude = ["value", "margin"]
    readonly_fields = ["value_words", "margin_words"]
    inlines = [ReplyInline, RatingInline]

    @admin.display(description=gettext_lazy("number"), ordering="number")
    def short_number(self, work: Work) -> str:
        """As staff call it."""
        return work.short_number

    @admin.display(description=gettext_lazy("state"), ordering="state")
    @unseen(gettext_lazy("waits for raters"))
    def state_words(self, work: Work) -> str:
        """To whoever may be given it not whether it was appealed."""
        return work.get_state_display()

    @admin.display(description=gettext_lazy("value in bands"), ordering="value")
    @unseen()
    def value_words(self, work: Work) -> str:
        """To whoever may be given it not what others found."""
        return "–" if work.value is None else f"{work.value:.2f}"

    @admin.display(description=gettext_lazy("margin in bands"))
    @unseen()
    def margin_words(self, work: Work) -> str:
        """As much of it as says something."""
        return "–" if work.margin is None else f"{work.margin:.2f}"


@admin.register(Rater)
class RaterAdmin(admin.ModelAdmin):
    """Who rates, in which languages."""

    form = RaterForm
    list_display = ["user", "spoken", "active"]
    list_filter = ["active"]
    list_select_related = ["user"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Rater]:
        """With the languages."""
        return super().get_queryset(request).prefetch_related("languages")

    @admin.display(description=gettext_lazy("languages"))
    def spoken(self, rater: Rater) -> str:
        """By name."""
        return ", ".join(language_name(language.pk) for language in rater.languages.all())

    def get_readonly_fields(self, request: HttpRequest, obj: Rater | None = None) -> list[str]:
        """A rater stays the same person."""
        return ["user"] if obj else []

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Ratings keep their rater; who stops is no longer active."""
        return False

    def save_model(self, request: HttpRequest, obj: Rater, form: Any, change: bool) -> None:
        """Through the action, which logs."""
        saved = set_rater(
            user=obj.user,
            languages=form.cleaned_data["languages"],
            active=form.cleaned_data["active"],
            by=_staff(request),
            now=timezone.now(),
        )
        obj.__dict__.update(saved.__dict__)


@admin.register(Rating)
class RatingAdmin(BlindAdmin):
    """Ratings to read, and at them the queue and the page on which one is given."""

    list_display = ["work", "rater", "round", "state", "taken_at", "given_at", "mark"]
    list_filter = ["state", "round", "work__activity", ("rater", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["work", "rater__user"]
    change_list_template = "admin/assessments/rating/change_list.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Without those of work that this person may be given."""
        return super().get_queryset(request).filter(blind=False)

    def get_urls(self) -> list[Any]:
        """The pages of raters beside the standard ones."""
        view = self.admin_site.admin_view
        return [
            path("queue/", view(self.queue), name="assessments_rating_queue"),
            path("report/", view(self.report), name="assessments_rating_report"),
            path("<int:pk>/rate/", view(self.rate), name="assessments_rating_rate"),
            path("<int:pk>/sound/<uuid:key>/", view(self.sound), name="assessments_rating_sound"),
            path("<int:pk>/hand-back/", view(self.hand_back), name="assessments_rating_hand_back"),
            *super().get_urls(),
        ]

    def queue(self, request: HttpRequest) -> HttpResponse:
        """What waits, by language; the button takes what is due first among what this person may rate."""
        rater = rater_of(_staff(request))
        if rater is None and not self.has_view_permission(request):
            raise PermissionDenied
        now = timezone.now()
        if request.method == "POST":
            if rater is None:
                raise PermissionDenied
            try:
                rating = take_next(by=_staff(request), now=now)
            except UnableToRate as error:  # no rater any more, since the page was opened
                raise PermissionDenied from error
            if rating is not None:
                return redirect("admin:assessments_rating_rate", pk=rating.pk)
            messages.info(request, _("Nothing waits for you now."))
            return redirect("admin:assessments_rating_queue")
        context = {
            **self.admin_site.each_context(request),
            "title": _("Work that waits for a rating"),
            "rows": [
                {"row": row, "name": language_name(row.language)} for row in queue_rows(rater, now.date())
            ],
            "rater": rater,
            "held": taken_rating(rater) if rater else None,
            "overdue": overdue_works(now.date()).count(),
            "today": now.date(),
            "hours": RATING_HOLD_HOURS,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/assessments/rating/queue.html", context)

    def rate(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The work as it was handed in, with nothing about who made it, and the rubric."""
        rating = self._held(request, pk)
        if rating is None:
            messages.info(request, _("You do not hold this any more. Take the next one."))
            return redirect("admin:assessments_rating_queue")
        rubric = RUBRICS[rating.work.activity]
        form = RatingForm(request.POST or None, rubric=rubric)
        if request.method == "POST" and form.is_valid():
            try:
                give_rating(
                    rating=rating,
                    levels=form.levels,
                    words=form.cleaned_data["words"],
                    by=_staff(request),
                    now=timezone.now(),
                )
            except BadRating as error:
                for flaw in error.flaws:
                    form.add_error(flaw.field if flaw.field in form.fields else None, str(flaw.text))
            except UnableToRate:
                messages.info(request, _("You do not hold this any more. Take the next one."))
                return redirect("admin:assessments_rating_queue")
            else:
                messages.success(request, _("Thank you. Your rating counts."))
                return redirect("admin:assessments_rating_queue")
        context = {
            **self.admin_site.each_context(request),
            "title": _("Rate work %(number)s") % {"number": rating.work.short_number},
            "rating": rating,
            "work": rating.work,
            "pages": task_pages(rating.work),
            "rubric": rubric,
            "form": form,
            "hand_back": HandBackForm(),
            "opts": self.opts,
        }
        response = TemplateResponse(
            request, "admin/assessments/rating/rate.html", context, status=422 if form.errors else 200
        )
        response._csp_update = {"media-src": ["'self'"]}  # type: ignore[attr-defined]
        return response

    def sound(self, request: HttpRequest, pk: int, key: UUID) -> HttpResponse:
        """A recording of the work that this person holds now, and of no other."""
        rating = self._held(request, pk)
        if rating is None:
            raise PermissionDenied
        found = Recording.objects.filter(
            key=key, reply__work=rating.work_id, state=RecordingState.SENT, deleted_at=None
        )
        return sound_response(request, get_object_or_404(found))

    def hand_back(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Work goes to somebody else, with a reason."""
        rating = self._held(request, pk)
        form = HandBackForm(request.POST or None)
        if rating is None or not form.is_valid():
            if form.is_bound and rating is not None:
                messages.error(request, _("Say why you hand it back."))
                return redirect("admin:assessments_rating_rate", pk=pk)
            return redirect("admin:assessments_rating_queue")
        try:
            decline_rating(
                rating=rating, reason=form.cleaned_data["reason"], by=_staff(request), now=timezone.now()
            )
        except UnableToRate:  # given, or gone back, since it was read above
            return redirect("admin:assessments_rating_queue")
        messages.success(request, _("Handed back. Somebody else will rate it."))
        return redirect("admin:assessments_rating_queue")

    def report(self, request: HttpRequest) -> HttpResponse:
        """Severity, agreement and drift of every rater."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        activity = request.GET.get("activity", "")
        activity = activity if activity in RUBRICS else ""
        context = {
            **self.admin_site.each_context(request),
            "title": _("How raters compare"),
            "rows": rater_report(timezone.now(), activity),
            "activity": activity,
            "activities": [(code, Activity(code).label) for code in RUBRICS],
            "enough": ENOUGH,
            "notable_severity": NOTABLE_SEVERITY,
            "notable_kappa": NOTABLE_KAPPA,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/assessments/rating/report.html", context)

    def _held(self, request: HttpRequest, pk: int) -> Rating | None:
        """The rating when this person holds it now; whoever does not rate is refused."""
        rater = rater_of(_staff(request))
        if rater is None:
            raise PermissionDenied
        found = get_object_or_404(Rating.objects.select_related("work", "work__language"), pk=pk)
        return found if found.rater_id == rater.pk and found.state == RatingState.TAKEN else None


def _staff(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user
