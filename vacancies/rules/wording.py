"""The words of a vacancy, read field by field."""

from typing import Final

from django.utils.translation import gettext as _

from reference.rules.wording import Finding, find_in, stopping_words
from vacancies.content import VersionContent

READ_FIELDS: Final = ("title", "description", "locality_for")


def findings_in(content: VersionContent) -> dict[str, list[Finding]]:
    """Findings by field, for the fields in which an employer writes freely; fields without any are absent."""
    found = {name: find_in(getattr(content, name)) for name in READ_FIELDS}
    return {name: findings for name, findings in found.items() if findings}


def stops_in(content: VersionContent) -> dict[str, str]:
    """One sentence for each field whose words keep the vacancy from being handed in."""
    problems = {}
    for name in READ_FIELDS:
        words = [f"“{words}”" for words in stopping_words(getattr(content, name))]
        if words:
            problems[name] = _("These words cannot be published: %(words)s. The editor says why.") % {
                "words": ", ".join(words)
            }
    return problems
