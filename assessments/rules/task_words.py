"""Tasks at the computer in words: headings, questions, and how a value is written."""

from collections.abc import Mapping
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assessments.engine.computer_tasks import Cell, Task
from assessments.rules.computer_tasks import computer_test
from common.templatetags.figures import amount_text
from reference.vocabularies import in_active_language

LABELS: Mapping[str, Promise] = {
    "orders": _("Orders"),
    "contact": _("Details"),
    "two_lists": _("Form and system"),
    "two_records": _("Mail and system"),
    "price_list": _("Price list"),
    "invoice": _("Invoice"),
    "order": _("Order number"),
    "customer": _("Customer"),
    "date": _("Date"),
    "product": _("Product"),
    "amount": _("Amount"),
    "status": _("Status"),
    "price": _("Price each"),
    "count": _("Pieces"),
    "line": _("Line"),
    "field": pgettext_lazy("of a form", "Field"),
    "value": _("Value"),
    "on_the_form": _("On the form"),
    "in_the_mail": _("In the mail"),
    "in_the_system": _("In the system"),
    "mail": _("E-mail address"),
    "reference": _("Payment reference"),
    "address": _("Address"),
    "name": _("Name"),
    "street": _("Street"),
    "postcode": _("Postal code"),
    "town": _("Town"),
    "phone": _("Telephone"),
    "customer_number": _("Customer number"),
}
STATUSES: Mapping[str, Promise] = {
    "open": pgettext_lazy("status of an order", "not paid"),
    "paid": pgettext_lazy("status of an order", "paid"),
    "sent": pgettext_lazy("status of an order", "sent"),
    "returned": pgettext_lazy("status of an order", "returned"),
}
PROMPTS: Mapping[str, Promise] = {
    "order_of_customer": _("What is the number of the order of %(name)s?"),
    "order_of_customer_with_status": _(
        "%(name)s has several orders. What is the number of the one with the status “%(status)s”?"
    ),
    "oldest_above": _(
        "Among the orders of more than %(amount)s with the status “%(status)s”, which is the oldest? Give its number."
    ),
    "copy_exactly": _("Copy this exactly: %(what)s."),
    "which_line_differs": _("One line is not the same on the form and in the system. Which?"),
    "which_fields_differ": _("Which fields are not the same in the mail and in the system? Tick them all."),
    "charged_too_much": _(
        "One price on the invoice is not that of the price list. How much too much does the customer pay in all?"
    ),
    "total_with_delivery": _(
        "A customer orders %(count)s times “%(product)s”. Delivery costs %(delivery)s. What is the total?"
    ),
    "total_with_discount": _(
        "A customer orders %(first)s times “%(one)s” and %(second)s times “%(other)s”. From %(above)s on, %(percent)s %%"
        " is taken off the whole. What does the customer pay?"
    ),
    "refund": _(
        "The customer got %(percent)s %% off this invoice and sends back %(pieces)s times “%(product)s”. Sending back"
        " costs %(costs)s, which is taken off the refund. How much is refunded?"
    ),
    "total_of_customer": _(
        "How much do the orders of %(name)s with the status “%(status)s” come to, all together?"
    ),
}
KINDS: Mapping[str, Promise] = {
    "find": _("Find"),
    "copy": _("Copy"),
    "compare": _("Compare"),
    "calculate": _("Calculate"),
}


def words_of(cell: Cell) -> str:
    """A value as the reader's language writes it."""
    if cell.kind == "money":
        return amount_text(Decimal(int(cell.value)) / 100, "EUR")  # type: ignore[arg-type]
    if cell.kind == "day":
        return date_format(cell.value, "DATE_FORMAT")  # type: ignore[arg-type]
    if cell.kind == "product":
        return in_active_language(computer_test().products[str(cell.value)])
    if cell.kind == "status":
        return str(STATUSES[str(cell.value)])
    return str(LABELS[str(cell.value)]) if cell.kind == "label" else str(cell.value)


def prompt_of(task: Task) -> str:
    """The question."""
    return str(PROMPTS[task.code]) % {name: words_of(cell) for name, cell in task.facts.items()}


def key_words(task: Task) -> str:
    """The right answer."""
    if isinstance(task.key, frozenset):
        return ", ".join(words_of(task.choices[at]) for at in sorted(task.key))
    if task.answer == "choice":
        return _now("line %(number)s") % {"number": words_of(task.choices[int(task.key)])}
    return words_of(Cell("money", int(task.key))) if task.answer == "money" else str(task.key)
