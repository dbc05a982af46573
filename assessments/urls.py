"""Addresses of the tests."""

from django.urls import path

from assessments import views

app_name = "assessments"

urlpatterns = [
    path("", views.overview, name="overview"),
    path("sessions/<int:session>/", views.item, name="item"),
    path("sessions/<int:session>/result/", views.result, name="result"),
    path("<slug:bank>/", views.start, name="start"),
    path("<slug:bank>/practice/<int:number>/", views.practice, name="practice"),
]
