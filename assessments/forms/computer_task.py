"""The answer to one task at the computer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.engine.computer_tasks import Task
from assessments.rules.computer_tasks import LONGEST_ANSWER, cents_of
from assessments.rules.task_words import words_of

PLAIN = {"autocomplete": "off", "autocapitalize": "off", "autocorrect": "off", "spellcheck": "false"}
CHOOSE = {"required": _("Choose one of the answers."), "invalid_choice": _("That is not one of the answers.")}


class TaskForm(forms.Form):
    """One field, by the kind of answer; `given` is the answer as the action takes it."""

    def __init__(self, *args: Any, task: Task, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.task = task
        self.fields["answer"] = self._field(task)
        self.fields["answer"].label = _("Your answer")

    @property
    def given(self) -> str | int | list[int]:
        """A text, cents, an index, or indices in rising order."""
        answer = self.cleaned_data["answer"]
        if self.task.answer == "choices":
            return sorted(int(one) for one in answer)
        return int(answer) if self.task.answer == "choice" else answer

    def clean_answer(self) -> Any:
        """An amount in cents, the other kinds as they are."""
        answer = self.cleaned_data["answer"]
        if self.task.answer != "money":
            return answer
        cents = cents_of(answer)
        if cents is None:
            raise forms.ValidationError(_("Type an amount, such as 12.50."))
        return cents

    def _field(self, task: Task) -> forms.Field:
        choices = [(str(at), words_of(one)) for at, one in enumerate(task.choices)]
        if task.answer == "choice":
            return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, error_messages=CHOOSE)
        if task.answer == "choices":
            return forms.MultipleChoiceField(
                choices=choices,
                widget=forms.CheckboxSelectMultiple,
                error_messages={
                    "required": _("Tick at least one."),
                    "invalid_choice": CHOOSE["invalid_choice"],
                },
            )
        extra = {"inputmode": "decimal"} if task.answer == "money" else {}
        help_text = _("In euros, with cents, such as 12.50.") if task.answer == "money" else ""
        return forms.CharField(
            max_length=LONGEST_ANSWER,
            widget=forms.TextInput(attrs={**PLAIN, **extra}),
            help_text=help_text,
            error_messages={
                "required": _(
                    "Type your answer. If you do not know it, guess: a wrong answer takes nothing off."
                )
            },
        )
