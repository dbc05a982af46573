"""Forms of the tests."""

from assessments.forms.accommodations import AccommodationForm
from assessments.forms.answers import AnswerForm, answer_form
from assessments.forms.integrity import AskForm, DecideForm, FlagAnswerForm

__all__ = ["AccommodationForm", "AnswerForm", "AskForm", "DecideForm", "FlagAnswerForm", "answer_form"]
