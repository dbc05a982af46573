"""What recruiters, raters and calibrators may do in the administration: groups, kept as they stand here at every start."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q

RECRUITERS = "Recruiters"
RATERS = "Raters"
"""They rate work and see nothing else: neither candidates nor whose work it is."""
CALIBRATORS = "Calibrators"
"""They set cut scores and take over calibrations, which changes how everybody is measured, and see no person."""

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
    "assessments.add_confirmationtest",  # ask for one, and see the results to confirm before an offer
    "assessments.change_confirmationtest",  # withdraw one
    "assessments.add_rater",  # say who rates
    "assessments.change_rater",
    "assessments.add_item",  # write a draft
    "assessments.change_item",  # edit a draft, review what others wrote, try out, retire
)


CALIBRATES = (
    "assessments.view_bank", "assessments.view_item", "assessments.view_itemlog",
    "assessments.view_cutscores",
    "assessments.add_cutscores",  # say where a level begins
    "assessments.view_calibrationrun",
    "assessments.add_calibrationrun",  # ask what the answers say
    "assessments.change_calibrationrun",  # take over what they said
)  # fmt: skip


def keep_recruiters_group() -> Group:
    """Make the group, or give it exactly these permissions again. Who wants others makes a group beside it."""
    everything = Q(content_type__app_label__in=READ, codename__startswith="view_")
    return _keep(RECRUITERS, everything | _named(*READ_BESIDES, *ACTS))


def keep_raters_group() -> Group:
    """Make the group of those who only rate, or give it exactly that permission again."""
    return _keep(RATERS, _named("assessments.rate_work"))


def keep_calibrators_group() -> Group:
    """Make the group of those who decide how banks measure, or give it exactly these permissions again."""
    return _keep(CALIBRATORS, _named(*CALIBRATES))


@transaction.atomic
def _keep(name: str, wanted: Q) -> Group:
    group, _made = Group.objects.get_or_create(name=name)
    group.permissions.set(Permission.objects.filter(wanted))
    return group


def _named(*labels: str) -> Q:
    wanted = Q(pk__in=[])
    for label in labels:
        room, codename = label.split(".")
        wanted |= Q(content_type__app_label=room, codename=codename)
    return wanted
