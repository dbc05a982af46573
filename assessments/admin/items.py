"""Items to read, with parameters, exposure and preview."""

from django.contrib import admin
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from assessments.models import Item
from assessments.rules.key_words import key_text
from common.reading import ReadOnlyAdmin


@admin.register(Item)
class ItemAdmin(ReadOnlyAdmin):
    """Items with their parameters and exposure; the preview shows the key, to staff only."""

    list_display = [
        "code",
        "interaction",
        "level_name",
        "skill",
        "topic",
        "a",
        "b",
        "parameters_source",
        "state",
        "times_given",
    ]
    list_filter = ["bank", "state", "interaction", "level", "skill", "topic", "parameters_source"]
    search_fields = ["code", "prompt", "text"]
    list_select_related = ["bank"]
    fieldsets = [
        (gettext_lazy("As the candidate sees it"), {"fields": ["preview"]}),
        (gettext_lazy("For staff only"), {"fields": ["key_text", "rationale", "target"]}),
        (
            gettext_lazy("Parameters"),
            {
                "fields": [
                    "bank",
                    "code",
                    "interaction",
                    "level_name",
                    "skill",
                    "topic",
                    "a",
                    "b",
                    "steps",
                    "parameters_source",
                    "state",
                    "times_given",
                ]
            },
        ),
    ]
    readonly_fields = ["preview", "key_text", "target", "level_name"]

    @admin.display(description=gettext_lazy("level"), ordering="level")
    def level_name(self, item: Item) -> str:
        """A1 to C2, or 1 to 3."""
        return item.level_name

    @admin.display(description=gettext_lazy("question"))
    def preview(self, item: Item) -> SafeString:
        """Text, question and options, in the order in which they were written."""
        return render_to_string(
            "admin/assessments/item/preview.html", {"item": item, "language": item.bank.written_in_id}
        )

    @admin.display(description=gettext_lazy("key"))
    def key_text(self, item: Item) -> str:
        """The right answer."""
        return key_text(item)

    @admin.display(description=gettext_lazy("target"))
    def target(self, item: Item) -> str:
        """Scale, level and what a person can do."""
        facts = item.descriptor
        return f"{facts.get('scale', '')} {facts.get('level', '')}: {facts.get('can_do', '')}"
