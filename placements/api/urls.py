from django.urls import path

from placements.api import applications, shortlists

ONE = "applications/<uuid:public_id>/"
PERSON = "vacancies/<int:pk>/shortlist/<uuid:person>/"

urlpatterns = [
    path("vacancies/<int:pk>/shortlist/", shortlists.ShortlistOfVacancy.as_view(), name="shortlist"),
    path(PERSON, shortlists.PersonOnShortlist.as_view(), name="shortlisted"),
    path(f"{PERSON}invite/", applications.Invite.as_view(), name="invite"),
    path("applications/", applications.Applications.as_view(), name="applications"),
    path(ONE, applications.OneApplication.as_view(), name="application"),
    path(f"{ONE}log/", applications.LogOfApplication.as_view(), name="application_log"),
    path(f"{ONE}accept/", applications.Accept.as_view(), name="application_accept"),
    path(f"{ONE}decline/", applications.Decline.as_view(), name="application_decline"),
    path(f"{ONE}withdraw/", applications.Withdraw.as_view(), name="application_withdraw"),
    path(f"{ONE}interview/", applications.Interview.as_view(), name="application_interview"),
    path(f"{ONE}offer/", applications.Offer.as_view(), name="application_offer"),
]
