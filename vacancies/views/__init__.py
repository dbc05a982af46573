"""Pages of an employer's vacancies."""

from vacancies.views.detail import detail
from vacancies.views.editor import create, edit
from vacancies.views.job import job, preview
from vacancies.views.jobs import jobs
from vacancies.views.listing import vacancy_list
from vacancies.views.steps import close, discard, duplicate, pause, publish, reopen, resume
from vacancies.views.wording import wording

__all__ = [
    "close", "create", "detail", "discard", "duplicate", "edit", "job", "jobs", "pause", "preview", "publish", "reopen", "resume",
    "vacancy_list", "wording",
]  # fmt: skip
