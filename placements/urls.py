from django.urls import path

from placements import views

app_name = "placements"
urlpatterns = [
    path("companies/<int:pk>-<slug:slug>/", views.company, name="company"),
    path("how-matching-works/", views.how_matching_works, name="how_matching_works"),
    path("applications/<uuid:application>/", views.open_application, name="open_application"),
    path("vacancies/<int:pk>/shortlist/", views.shortlist, name="shortlist"),
    path("vacancies/<int:pk>/applications/", views.pipeline, name="pipeline"),
    path("vacancies/<int:pk>/decide/", views.together, name="together"),
    path("vacancies/<int:pk>/compare/", views.compare, name="compare"),
    path("vacancies/<int:pk>/invite/<slug:bank>/", views.invite, name="invite"),
    path("vacancies/<int:pk>/people/<uuid:person>/", views.person, name="person"),
    path("vacancies/<int:pk>/people/<uuid:person>/invite/", views.invite_person, name="invite_person"),
    path("vacancies/<int:pk>/people/<uuid:person>/yes/", views.accept, name="accept"),
    path("vacancies/<int:pk>/people/<uuid:person>/no/", views.decline, name="decline"),
    path("vacancies/<int:pk>/people/<uuid:person>/take-back/", views.take_back, name="take_back"),
    path("vacancies/<int:pk>/people/<uuid:person>/talk/", views.talk, name="talk"),
    path("vacancies/<int:pk>/people/<uuid:person>/offer/", views.offer, name="offer"),
    path("vacancies/<int:pk>/people/<uuid:person>/set-aside/", views.set_aside, name="set_aside"),
    path("vacancies/<int:pk>/people/<uuid:person>/put-back/", views.put_back, name="put_back"),
    path("vacancies/<int:pk>/people/<uuid:person>/note/", views.note, name="note"),
    path("vacancies/<int:pk>/people/<uuid:person>/interview/", views.scorecard, name="scorecard"),
    path(
        "vacancies/<int:pk>/people/<uuid:person>/interview/<int:card>/withdraw/",
        views.scorecard_withdraw,
        name="scorecard_withdraw",
    ),
    path("candidate/matches/", views.matches, name="matches"),
    path("candidate/matches/<int:pk>/", views.match, name="match"),
    path("candidate/matches/<int:pk>/interest/", views.interest, name="interest"),
    path("candidate/applications/", views.my_applications, name="my_applications"),
    path("candidate/applications/<uuid:application>/", views.my_application, name="my_application"),
    path("candidate/applications/<uuid:application>/yes/", views.my_yes, name="my_yes"),
    path("candidate/applications/<uuid:application>/no/", views.my_no, name="my_no"),
    path("candidate/unlocks/", views.unlocks, name="unlocks"),
    path("candidate/data/", views.my_data, name="my_data"),
    path("candidate/leave/", views.leaving, name="leaving"),
    path("candidate/leave/now/", views.leave_now, name="leave_now"),
    path("candidate/left/", views.left, name="left"),
    path("candidate/opened/", views.profile_views, name="profile_views"),
]
