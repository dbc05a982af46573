from django.urls import include, path

from common.public import public_page
from vacancies import views
from vacancies.feeds import JobsFeed

app_name = "vacancies"

of_employers = [
    path("", views.vacancy_list, name="list"),
    path("new/", views.create, name="create"),
    path("wording/", views.wording, name="wording"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/preview/", views.preview, name="preview"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/publish/", views.publish, name="publish"),
    path("<int:pk>/discard/", views.discard, name="discard"),
    path("<int:pk>/pause/", views.pause, name="pause"),
    path("<int:pk>/resume/", views.resume, name="resume"),
    path("<int:pk>/close/", views.close, name="close"),
    path("<int:pk>/reopen/", views.reopen, name="reopen"),
    path("<int:pk>/duplicate/", views.duplicate, name="duplicate"),
]
for_everybody = [
    path("", views.jobs, name="jobs"),
    path("feed.atom", public_page(JobsFeed()), name="jobs_feed"),
    path("<int:pk>-<slug:slug>/", views.job, name="job"),
]
urlpatterns = [path("vacancies/", include(of_employers)), path("jobs/", include(for_everybody))]
