from django.urls import path

from employers import views

app_name = "employers"
urlpatterns = [
    path("apply/", views.apply, name="apply"),
    path("company/", views.company, name="company"),
    path("company/work-style/", views.work_style, name="work_style"),
]
