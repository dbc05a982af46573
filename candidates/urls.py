"""Pages of a candidate's own profile."""

from django.urls import path

from candidates import views

app_name = "candidates"

urlpatterns = [
    path("start/", views.start, name="start"),
    path("profile/", views.profile, name="profile"),
    path("profile/<slug:step>/", views.step, name="step"),
    path("reservations/", views.reservations, name="reservations"),
    path("listing/", views.listing, name="listing"),
    path("here-again/", views.here_again, name="here_again"),
    path("pause/", views.pause, name="pause"),
    path("stay/<str:token>/", views.stay, name="stay"),
]
