from django.urls import path

from employers import views

app_name = "employers"
urlpatterns = [
    path("apply/", views.apply, name="apply"),
    path("company/", views.company, name="company"),
    path("company/appeal/", views.appeal, name="appeal"),
    path("company/work-style/", views.work_style, name="work_style"),
    path("members/", views.members, name="members"),
    path("members/leave/", views.leave, name="leave"),
    path("members/<int:pk>/role/", views.role, name="role"),
    path("members/<int:pk>/remove/", views.remove, name="remove"),
    path("invitations/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("api/", views.tokens, name="tokens"),
    path("api/<int:pk>/revoke/", views.token_revoke, name="token_revoke"),
    path("api/<int:pk>/renew/", views.token_renew, name="token_renew"),
    path("webhooks/", views.webhooks, name="webhooks"),
    path("webhooks/<int:pk>/", views.webhook, name="webhook"),
    path("webhooks/<int:pk>/secret/", views.webhook_rotate, name="webhook_rotate"),
    path("webhooks/<int:pk>/switch/", views.webhook_switch, name="webhook_switch"),
    path("webhooks/<int:pk>/test/", views.webhook_test, name="webhook_test"),
    path("webhooks/<int:pk>/remove/", views.webhook_remove, name="webhook_remove"),
    path("webhooks/<int:pk>/deliveries/<uuid:delivery>/replay/", views.webhook_replay, name="webhook_replay"),
    path("join/<str:token>/", views.join, name="join"),
]
