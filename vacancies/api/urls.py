from django.urls import path

from vacancies.api import views

urlpatterns = [
    path("vacancies/", views.Vacancies.as_view(), name="vacancies"),
    path("vacancies/<int:pk>/", views.OneVacancy.as_view(), name="vacancy"),
    path("vacancies/<int:pk>/submit/", views.Submit.as_view(), name="vacancy_submit"),
    path("vacancies/<int:pk>/pause/", views.Pause.as_view(), name="vacancy_pause"),
    path("vacancies/<int:pk>/resume/", views.Resume.as_view(), name="vacancy_resume"),
    path("vacancies/<int:pk>/close/", views.Close.as_view(), name="vacancy_close"),
]
