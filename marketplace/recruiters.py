"""What recruiters and raters may do in the administration: groups of permissions, kept as they stand here at every start."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q

RECRUITERS = "Recruiters"
RATERS = "Raters"
"""They rate work and see nothing else: neither candidates nor whose work it is."""

READ = (
    "reference",
    "employers",
    "candidates",
    "vacancies",
    "assessments",
    "matching",
    "placements",
    "marketplace",
)
"""Rooms whose rows they may all read."""

READ_BESIDES = (
    "accounts.view_user", "accounts.view_identity", "accounts.view_consent", "accounts.view_auditentry",
    "account.view_emailaddress",
)  # fmt: skip
"""Of accounts not the mail: it holds the codes that open accounts. Nor second factors, groups and powers."""

ACTS = (
    "employers.change_employer",  # accept and reject
    "employers.change_companyappeal",  # judge
    "vacancies.change_vacancy",  # publish and send back
    "matching.add_shortlistentry",  # curate
    "reference.change_wagefloor",  # confirm, record, supersede
    "assessments.add_measurement",  # record a certificate or rated work
    "assessments.change_measurement",  # revoke
    "assessments.add_scorecard",  # write down an interview
    "assessments.change_scorecard",  # confirm one of an employer
    "assessments.add_scenario",  # write a desk
    "assessments.change_scenario",
    "assessments.change_integrityflag",  # decide
    "assessments.add_confirmationtest",  # ask for one
    "assessments.change_confirmationtest",  # withdraw one
    "assessments.add_rater",  # say who rates
    "assessments.change_rater",
    "assessments.add_item",  # write a draft
    "assessments.change_item",  # edit a draft, review what others wrote, try out, retire
)


@transaction.atomic
def keep_recruiters_group() -> Group:
    """Make the group, or give it exactly these permissions again. Who wants others makes a group beside it."""
    group, _made = Group.objects.get_or_create(name=RECRUITERS)
    wanted = Q(content_type__app_label__in=READ, codename__startswith="view_")
    for label in (*READ_BESIDES, *ACTS):
        room, codename = label.split(".")
        wanted |= Q(content_type__app_label=room, codename=codename)
    group.permissions.set(Permission.objects.filter(wanted))
    return group


@transaction.atomic
def keep_raters_group() -> Group:
    """Make the group of those who only rate, or give it exactly that permission again."""
    group, _made = Group.objects.get_or_create(name=RATERS)
    group.permissions.set(
        Permission.objects.filter(content_type__app_label="assessments", codename="rate_work")
    )
    return group
