"""The pages on which staff bring tables in: choose a kind, upload, read what would happen, write."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.tables.importing import Importer
from common.tables.reading import MOST_BYTES, BadFile
from common.tables.writing import CONTENT_TYPES, table_bytes
from marketplace.administration.imports import (
    IMPORTERS,
    NotHere,
    WrittenBefore,
    dry_run,
    keep_upload,
    kept_upload,
    write_upload,
)


class UploadForm(forms.Form):
    """One file."""

    file = forms.FileField(
        label=gettext_lazy("CSV or Excel file"),
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("The file is empty."),
        },
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"}),
    )

    def clean_file(self) -> bytes:
        """No more than is read."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            words = _("The file is larger than %(kb)s kB. Split it.")
            raise forms.ValidationError(words % {"kb": MOST_BYTES // 1000})
        return bytes(file.read())


def import_overview(request: HttpRequest, site: admin.AdminSite) -> HttpResponse:
    """The kinds of tables that this person may bring in."""
    mine = [one for one in IMPORTERS.values() if request.user.has_perm(one.permission)]
    if not mine:
        raise PermissionDenied
    context = {**site.each_context(request), "title": _("Bring a table in"), "importers": mine}
    return TemplateResponse(request, "admin/import_overview.html", context)


def import_table(request: HttpRequest, site: admin.AdminSite, name: str) -> HttpResponse:
    """Upload for a dry run; then write what was checked."""
    importer = _importer(request, name)
    form, found = UploadForm(), {}
    if request.method == "POST" and "key" in request.POST:
        found = _written(importer, request)
    elif request.method == "POST":
        form = UploadForm(request.POST, request.FILES)
        if form.is_valid():
            found = _checked(importer, request, form)
    context = {
        **site.each_context(request),
        "title": importer.title,
        "importer": importer,
        "form": form,
        "kb": MOST_BYTES // 1000,
        **found,
    }
    return TemplateResponse(request, "admin/import_table.html", context)


def import_sample(request: HttpRequest, site: admin.AdminSite, name: str, kind: str) -> HttpResponse:
    """An empty table with every heading and one example."""
    importer = _importer(request, name)
    if kind not in CONTENT_TYPES:
        raise Http404
    headings = [column.name for column in importer.columns]
    content = table_bytes(headings, [[column.example for column in importer.columns]], kind)
    return file_answer(content, f"{importer.name}.{kind}", kind)


def file_answer(content: bytes, name: str, kind: str) -> HttpResponse:
    """A file to save."""
    answer = HttpResponse(content, content_type=CONTENT_TYPES[kind])
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _importer(request: HttpRequest, name: str) -> Importer:
    if name not in IMPORTERS:
        raise Http404
    if not request.user.has_perm(IMPORTERS[name].permission):
        raise PermissionDenied
    return IMPORTERS[name]


def _checked(importer: Importer, request: Any, form: UploadForm) -> dict[str, Any]:
    upload = keep_upload(importer, form.cleaned_data["file"], request.user)
    try:
        report = dry_run(importer, upload, by=request.user, now=timezone.now())
    except BadFile as error:
        form.add_error("file", str(error))
        return {}
    return {"report": report, "key": upload.key}


def _written(importer: Importer, request: Any) -> dict[str, Any]:
    try:
        upload = kept_upload(importer, request.POST["key"], request.user)
        return {"report": write_upload(importer, upload, by=request.user, now=timezone.now())}
    except NotHere:
        return {"gone": _("The file was kept for an hour and is gone. Upload it again; nothing was written.")}
    except BadFile as error:
        return {"gone": str(error)}
    except WrittenBefore as before:
        return {"before": before.entry}
