"""The form of how a person is mailed."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.enums import MailChoice, NotificationKind
from accounts.rules.notification_kinds import KINDS

EXPLAINED = {
    NotificationKind.SECURITY: _("A new password, a new address, a second step that was added or removed."),
    NotificationKind.INVITATION: _("A company invites you or makes you an offer, and waits for your answer."),
    NotificationKind.ANSWER_DUE: _("Somebody waits for you, and the promised date is near."),
    NotificationKind.APPLICATION_MOVED: _("An interest, an acceptance, an interview, somebody hired."),
    NotificationKind.APPLICATION_ENDED: _(
        "A refusal with its reason, a withdrawal, a place that was filled."
    ),
    NotificationKind.VACANCY_CHANGED: _("A company changes a vacancy while your application is under way."),
    NotificationKind.ASSESSMENT: _("A level, a rating, a decision on an appeal."),
    NotificationKind.TEST_INVITATION: _("A test that would open a vacancy to you."),
    NotificationKind.MATCH_FOUND: _(
        "A vacancy that suits you well and that you suit well. Never twice for the same one, and nothing while you pause."
    ),
    NotificationKind.PROFILE_VIEWED: _("Which company looked, and for which vacancy."),
    NotificationKind.STAY_LISTED: _("Every 90 days we ask whether you still want to be found."),
    NotificationKind.SHORTLIST_READY: _("A vacancy of yours has its list of people who fit."),
    NotificationKind.REVIEW_DECIDED: _("Accepted, published, or sent back with a reason."),
    NotificationKind.COMPANY: _("Who joined or left, and what happened to your vacancies."),
    NotificationKind.WORK_TO_RATE: _("Texts and recordings in a language that you rate."),
}


class MailChoicesForm(forms.Form):
    """One choice for each of `kinds`; `held` is what holds now. What leaves no choice is said and not asked."""

    def __init__(
        self,
        *args: Any,
        kinds: Sequence[NotificationKind],
        held: Mapping[NotificationKind, MailChoice],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for kind in kinds:
            facts = KINDS[kind]
            if len(facts.choices) > 1:
                offered = [(choice.value, choice.label) for choice in MailChoice if choice in facts.choices]
                self.fields[kind.value] = forms.ChoiceField(
                    label=kind.label,
                    help_text=EXPLAINED[kind],
                    choices=offered,
                    initial=held[kind].value,
                    widget=forms.RadioSelect,
                )
        self.fixed = [(kind.label, EXPLAINED[kind]) for kind in kinds if len(KINDS[kind].choices) == 1]

    columns = tuple(MailChoice)

    def rows(self) -> list[dict[str, Any]]:
        """For the table: each field with its cells, one a column; a cell is None where that cannot be chosen."""
        return [
            {"field": field, "cells": [_cell(field, choice) for choice in self.columns]} for field in self
        ]


def _cell(field: forms.BoundField, choice: MailChoice) -> dict[str, Any] | None:
    offered = [value for value, _label in field.field.choices]  # type: ignore[attr-defined]
    if choice not in offered:
        return None
    return {
        "choice": choice,
        "id": f"{field.auto_id}_{offered.index(choice)}",
        "checked": field.value() == choice,
    }
