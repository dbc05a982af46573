"""Bringing tables in: what was uploaded waits for an hour between the dry run and the writing, and is written once."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.core.cache import cache
from django.db import transaction

from accounts.actions import audit
from accounts.models import AuditEntry, User
from common.tables.importing import Importer, Report, run_import
from common.tables.reading import RawTable, read_table
from employers.imports import EmployerImporter
from reference.imports import WageFloorImporter
from vacancies.imports import VacancyImporter

IMPORTERS: dict[str, Importer] = {
    one.name: one for one in (WageFloorImporter(), VacancyImporter(), EmployerImporter())
}
KEPT_SECONDS = 3600
VERB = "table.imported"


class NotHere(Exception):
    """The upload was forgotten, or never was this person's."""


class WrittenBefore(Exception):
    """The same file was written before; `entry` says when."""

    def __init__(self, entry: AuditEntry) -> None:
        super().__init__(str(entry))
        self.entry = entry


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that somebody uploaded, and the key under which it waits. The same file of the same person has one key."""

    key: str
    content: bytes

    @property
    def table(self) -> RawTable:
        """Its rows. Raises BadFile."""
        return read_table(self.content)


def keep_upload(importer: Importer, content: bytes, by: User) -> Upload:
    """Let a file wait, for the person who brought it alone."""
    digest = sha256(f"{by.pk}\0{importer.name}\0".encode() + content).hexdigest()
    cache.set(f"import:{digest}", content, KEPT_SECONDS)
    return Upload(digest, content)


def kept_upload(importer: Importer, key: str, by: User) -> Upload:
    """The file that waits under a key. Raises NotHere."""
    content = cache.get(f"import:{key}") if len(key) == 64 and key.isalnum() else None
    if content is None or keep_upload(importer, content, by).key != key:
        raise NotHere
    return Upload(key, content)


def dry_run(importer: Importer, upload: Upload, *, by: User, now: datetime) -> Report:
    """What writing it would do; nothing is left. Raises BadFile."""
    return run_import(importer, upload.table, by=by, now=now, dry_run=True)


def write_upload(importer: Importer, upload: Upload, *, by: User, now: datetime) -> Report:
    """Write all of it, or nothing. Pressed twice, also at once, it is written once. Raises BadFile and WrittenBefore."""
    table = upload.table
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=by.pk)  # a second press waits here
        before = AuditEntry.objects.filter(verb=VERB, data__key=upload.key, actor=by).order_by("-pk").first()
        if before is not None:
            raise WrittenBefore(before)
        report = run_import(importer, table, by=by, now=now, dry_run=False)
        if report.written:
            audit.record(
                verb=VERB, target=by, by=by, now=now,
                table=importer.name, rows=report.written, key=upload.key,
            )  # fmt: skip
    return report
