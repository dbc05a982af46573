from django.urls import path

from common import views

app_name = "common"

urlpatterns = [
    path("style/", views.style_page, name="style"),
    path("colours/", views.set_theme, name="set_theme"),
]
