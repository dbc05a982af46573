"""Companies from a table."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from common.tables.cells import BadCell, one_of, several, text, whole
from common.tables.importing import Column, Importer, Row, RowRefused
from employers.actions.company import apply_as_employer
from employers.actions.errors import ForbiddenWords, ImpossibleFacts, UnableToApply
from employers.models import Employer
from reference.choices import country_choices, language_choices
from reference.rules.wording import stop_in

MOST_STAFF = 2_000_000
_languages = several(one_of(lambda: dict(language_choices())))


def website(cell: str) -> str:
    """An https address; without a scheme it is meant."""
    address = cell if "://" in cell else f"https://{cell}"
    try:
        URLValidator(schemes=["http", "https"])(address)
    except ValidationError as error:
        raise BadCell(_("“%(cell)s” is not an address of a website.") % {"cell": cell}) from error
    return str(text(200)(address))


def headcount(cell: str) -> int:
    """At least one person."""
    found = whole(cell)
    if not 1 <= found <= MOST_STAFF:
        raise BadCell(_("A company has at least one person."))
    return found


class EmployerImporter(Importer):
    """Each row lets somebody with an account apply for their company."""

    name = "employers"
    title = gettext_lazy("Employers")
    about = gettext_lazy(
        "Each row is an application in the name of somebody who has an account already, and who becomes its owner. "
        "Whether it is accepted is decided afterwards."
    )
    permission = "employers.change_employer"
    columns = (
        Column("owner_email", gettext_lazy("address of an account without a role"), text(254), True, "owner@shop.example"),
        Column("name", gettext_lazy("company name"), text(120), True, "Example Shop"),
        Column("country", gettext_lazy("ISO code or name"), one_of(lambda: dict(country_choices())), True, "NL"),
        Column("headcount", gettext_lazy("number of staff"), headcount, True, "40"),
        Column("working_languages", gettext_lazy("codes or names"), _languages, True, "nl, en"),
        Column("about", gettext_lazy("what the company does"), text(4000), True, "Sells bicycles online."),
        Column("website", gettext_lazy("address"), website),
        Column("registration_number", gettext_lazy("at the chamber of commerce"), text(40)),
    )  # fmt: skip

    def write(self, row: Row, *, by: User, now: datetime) -> None:
        """One application."""
        facts = dict(row.values)
        owner = User.objects.filter(email__iexact=facts.pop("owner_email"), is_active=True).first()
        if owner is None:
            raise RowRefused(("owner_email", _("Nobody has an account with this address.")))
        number = facts.get("registration_number")
        if number and Employer.objects.filter(registration_number__iexact=number).exists():
            raise RowRefused(("registration_number", _("A company with this number is on file already.")))
        languages = list(dict.fromkeys(facts.pop("working_languages")))
        if len(languages) > 8:
            raise RowRefused(("working_languages", _("At most eight languages.")))
        country = facts.pop("country")
        try:
            apply_as_employer(
                facts={**facts, "country_id": country, "working_languages": languages},
                staff=[],
                by=owner,
                now=now,
            )
        except ForbiddenWords as error:
            raise RowRefused(("about", stop_in(facts["about"]))) from error
        except UnableToApply as error:
            words = _("This account is a candidate, works for a company already, or is staff.")
            raise RowRefused(("owner_email", words)) from error
        except ImpossibleFacts as error:
            raise RowRefused(
                ("headcount", _("More people stand by country than the company has."))
            ) from error
