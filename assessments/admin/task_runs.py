"""Runs of computer tasks to look into."""

from django.contrib import admin

from assessments.models import TaskAnswer, TaskRun
from common.long_lists import LongListAdmin
from common.reading import ReadOnlyAdmin, ReadOnlyInline


class TaskAnswerInline(ReadOnlyInline):
    """What was answered, in order."""

    model = TaskAnswer
    fields = ["position", "code", "answer", "right", "answered_at"]


@admin.register(TaskRun)
class TaskRunAdmin(LongListAdmin, ReadOnlyAdmin):
    """Attempts, the newest first."""

    list_display = ["started_at", "candidate", "state", "right", "level", "finished_at"]
    list_filter = ["state", "level"]
    list_select_related = ["candidate"]
    search_ways = (("candidate__public_id", "id"),)
    ordering = ["-pk"]
    inlines = [TaskAnswerInline]
