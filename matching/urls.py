from django.urls import path

from matching import views

app_name = "matching"
urlpatterns = [
    path("what-if/", views.what_if, name="what_if"),
    path("what-if/<int:pk>/", views.what_if_of, name="what_if_of"),
]
