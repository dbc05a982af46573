"""The front page and the home pages."""

from django.urls import path

from marketplace.dashboards import views

urlpatterns = [
    path("", views.front, name="front"),
    path("home/", views.home, name="home"),
]
