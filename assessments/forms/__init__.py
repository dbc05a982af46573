"""Forms of the tests."""

from assessments.forms.accommodations import AccommodationForm
from assessments.forms.answers import AnswerForm, answer_form

__all__ = ["AccommodationForm", "AnswerForm", "answer_form"]
