"""Forms of the tests."""

from assessments.forms.answers import AnswerForm, answer_form

__all__ = ["AnswerForm", "answer_form"]
