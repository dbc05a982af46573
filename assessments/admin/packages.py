"""Exporting a bank as a QTI package, and importing one: looked through first."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.actions.items import UnableToWrite
from assessments.actions.packages import UnableToImport, import_package, receive_package
from assessments.forms.packages import PackageForm
from assessments.models import Bank, ItemPackage
from assessments.queries.packages import bank_package, import_plan, waiting_packages
from assessments.rules.qti_package import PackageError
from common.reading import ReadOnlyAdmin


class PackagePages(ReadOnlyAdmin):
    """Pages about packages beside those of banks."""

    def get_urls(self) -> list[Any]:
        """Send and list, export, look through and import."""
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/packages/", view(self.packages), name="assessments_bank_packages"),
            path("<int:pk>/packages/export/", view(self.export), name="assessments_bank_export"),
            path("<int:pk>/packages/<int:package>/", view(self.package), name="assessments_bank_package"),
            *super().get_urls(),
        ]

    def packages(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Send a package to be looked through, or take the bank along as one."""
        bank = self._bank(request, pk)
        may_import = request.user.has_perm("assessments.add_item")
        form = PackageForm(request.POST or None, request.FILES or None, bank=bank)
        if request.method == "POST":
            if not may_import:
                raise PermissionDenied
            if form.is_valid():
                try:
                    package = receive_package(
                        bank=bank,
                        name=form.cleaned_data["package"].name,
                        level=form.cleaned_data["level"],
                        content=form.cleaned_data["package"].read(),
                        by=request.user,  # type: ignore[arg-type]
                        now=timezone.now(),
                    )
                except PackageError as error:
                    form.add_error("package", _("The package was refused. %(why)s") % {"why": error})
                else:
                    return redirect("admin:assessments_bank_package", pk, package.pk)
        context = {
            "title": _("Packages of items"),
            "form": form,
            "may_import": may_import,
            "packages": waiting_packages(bank),
        }
        return self._page(request, bank, "admin/assessments/bank/packages.html", context)

    def export(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The bank as a QTI 3.0 package, keys included."""
        bank = self._bank(request, pk)
        answer = HttpResponse(bank_package(bank), content_type="application/zip")
        answer["Content-Disposition"] = f'attachment; filename="{bank.code}-qti3.zip"'
        answer["Cache-Control"] = "no-store"
        return answer

    def package(self, request: HttpRequest, pk: int, package: int) -> HttpResponse:
        """What importing would do; the button does it, once."""
        bank = self._bank(request, pk)
        if not request.user.has_perm("assessments.add_item"):
            raise PermissionDenied
        found = get_object_or_404(ItemPackage.objects.filter(bank=bank), pk=package)
        if request.method == "POST":
            self._import(request, found)
            return redirect("admin:assessments_bank_package", pk, package)
        plan = problem = None
        if found.content is not None:
            try:
                plan = import_plan(bank, bytes(found.content), found.level)
            except PackageError as error:
                problem = str(error)
        context = {"title": found.name, "package": found, "plan": plan, "problem": problem}
        return self._page(request, bank, "admin/assessments/bank/package.html", context)

    def _import(self, request: HttpRequest, package: ItemPackage) -> None:
        try:
            plan = import_package(package=package, by=request.user, now=timezone.now())  # type: ignore[arg-type]
        except UnableToImport:
            messages.info(request, _("This package was imported before, or waited for too long."))
        except (UnableToWrite, PackageError) as error:
            messages.error(request, _("Nothing was imported: %(why)s") % {"why": error})
        else:
            count = len(plan.new)
            said = ngettext("%(n)s item is a draft now.", "%(n)s items are drafts now.", count)
            messages.success(request, said % {"n": count})

    def _bank(self, request: HttpRequest, pk: int) -> Bank:
        if not request.user.has_perm("assessments.view_item"):
            raise PermissionDenied
        return get_object_or_404(Bank, pk=pk)

    def _page(self, request: HttpRequest, bank: Bank, template: str, context: dict[str, Any]) -> HttpResponse:
        here = {
            **self.admin_site.each_context(request),
            **context,
            "bank": bank,
            "opts": self.opts,
            "items_url": f"{reverse('admin:assessments_item_changelist')}?bank__id__exact={bank.pk}&state__exact=draft",
        }
        return TemplateResponse(request, template, here)
