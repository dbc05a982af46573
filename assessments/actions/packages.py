"""Importing items from QTI packages: sent and looked through first, imported once."""

from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction

from accounts.actions.audit import record
from accounts.models import User
from assessments.actions.items import write_draft
from assessments.models import Bank, Item, ItemMedia, ItemPackage
from assessments.queries.packages import ImportPlan, import_plan

WAITS = timedelta(days=7)
"""How long a package that nobody imports is kept."""


class UnableToImport(Exception):
    """The package was imported before, or waited for too long."""


@transaction.atomic
def receive_package(
    *, bank: Bank, name: str, level: str, content: bytes, by: User, now: datetime
) -> ItemPackage:
    """Keep a package that can be read, to be looked through; nothing is imported. Raises PackageError."""
    import_plan(bank, content, level)
    ItemPackage.objects.filter(content__isnull=False, sent_at__lt=now - WAITS).update(content=None)
    return ItemPackage.objects.create(
        bank=bank,
        name=name[-200:],
        level=level,
        sha256=sha256(content).hexdigest(),
        content=content,
        sent_at=now,
        sent_by=by,
    )


@transaction.atomic
def import_package(*, package: ItemPackage, by: User, now: datetime) -> ImportPlan:
    """Make drafts of the new items of a package, once, with their media. Raises UnableToImport and PackageError."""
    package = ItemPackage.objects.select_for_update(of=("self",)).select_related("bank").get(pk=package.pk)
    if package.content is None:
        raise UnableToImport
    plan = import_plan(package.bank, bytes(package.content), package.level)
    for one in plan.new:
        item = write_draft(bank=package.bank, sheet=one.sheet, by=by, now=now)
        Item.objects.filter(pk=item.pk).update(media_count=len(one.pictures))
        ItemMedia.objects.bulk_create(
            ItemMedia(item=item, place=place, **picture._asdict())
            for place, picture in enumerate(one.pictures, start=1)
        )
    ItemPackage.objects.filter(pk=package.pk).update(
        content=None, imported_at=now, imported_items=len(plan.new)
    )
    record(
        verb="items.imported",
        target=package,
        by=by,
        now=now,
        bank=package.bank.code,
        items=len(plan.new),
        sha256=package.sha256,
    )
    return plan
