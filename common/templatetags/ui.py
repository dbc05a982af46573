"""Pieces of the interface as template tags: `{% load ui %}`. No business words; see docs/components.md."""

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from django import template
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.forms.formsets import BaseFormSet
from django.template.context import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext as _

register = template.Library()

NOTICE_ICONS = {"info": "info", "attention": "attention", "stop": "stop", "done": "done"}
BUTTON_VARIANTS = {"plain", "main", "quiet", "stop"}
CHIP_TONES = {"", "accent", "attention", "stop", "hollow"}
ICONS_THAT_TURN = {"next", "back", "arrow", "leave"}
THEMES = {"light", "dark"}


def _one_of(value: str, allowed: Iterable[str], what: str) -> str:
    if value not in allowed:
        raise template.TemplateSyntaxError(f"{what} {value!r} is not one of {sorted(allowed)}")
    return value


def _render(piece: str, /, **context: Any) -> SafeString:
    return render_to_string(f"components/{piece}.html", context)


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A line icon from the sprite; decorative unless it gets a `label`."""
    return _icon(name, label)


def _icon(name: str, label: str = "") -> SafeString:
    turns = " icon-turns" if name in ICONS_THAT_TURN else ""
    href = f"{static('icons.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="icon{}" role="img" aria-label="{}"><use href="{}"/></svg>', turns, label, href
        )
    return format_html(
        '<svg class="icon{}" aria-hidden="true" focusable="false"><use href="{}"/></svg>', turns, href
    )


@register.simple_tag(takes_context=True)
def chosen_theme(context: Context) -> str:
    """ "light", "dark" or "" (as the device says): the context's `theme`, else the cookie."""
    theme = context.get("theme")
    if theme is None and (request := context.get("request")):
        theme = request.COOKIES.get("theme", "")
    return theme if theme in THEMES else ""


@register.simple_block_tag
def page_header(content: str, title: str, lead: str = "", kicker: str = "") -> SafeString:
    """The one h1 of a page; the content holds its actions."""
    inner = mark_safe(content.strip())  # noqa: S308
    return _render("page_header", title=title, lead=lead, kicker=kicker, content=inner)


@register.simple_block_tag
def card(
    content: str,
    title: str = "",
    aside: str = "",
    level: int = 2,
    id: str = "",  # noqa: A002
    language: str = "",
) -> SafeString:
    """A separate thing. `aside` is a short text across from the title; `language` is the title's, if another one."""
    return _render(
        "card", content=content, title=title, aside=aside, level=level, id=id, title_language=language
    )


@register.simple_block_tag
def notice(content: str, kind: str = "info", title: str = "", alert: bool = False) -> SafeString:
    """A remark of one `kind`: info, attention, stop or done. `alert` has it read out at once."""
    _one_of(kind, NOTICE_ICONS, "notice")
    return _render(
        "notice", content=content, kind=kind, title=title, alert=alert, icon_name=NOTICE_ICONS[kind]
    )


@register.simple_tag
def field(bound_field: BoundField) -> SafeString:
    """Label, help, error and widget of one form field."""
    return bound_field.as_field_group()


@register.filter
def option_groups(groups: Iterable[tuple[str | None, Iterable[Mapping[str, Any]], int]]) -> SafeString:
    """What stands in a select, as its widget gives it; in Python, because a page may hold 600 time zones.

    Django makes a group without a name of each option that is in none. Attributes of single options are those that a
    select knows: `disabled` and nothing else.
    """
    return mark_safe("".join(_group(name, options) for name, options, _index in groups))  # noqa: S308


def _group(name: str | None, options: Iterable[Mapping[str, Any]]) -> str:
    inside = "".join(f"{_option(one)}\n" for one in options)
    return f'<optgroup label="{_plain(name)}">{inside}</optgroup>' if name else inside


def _option(option: Mapping[str, Any]) -> str:
    chosen = " selected" if option["selected"] else ""
    barred = " disabled" if option["attrs"].get("disabled") else ""
    return f'<option value="{_plain(option["value"])}"{chosen}{barred}>{_plain(option["label"])}</option>'


_special = re.compile("[&<>\"']").search


def _plain(text: Any) -> str:
    """Escaped as a template would; Django's own way of doing it takes several times as long, and pages have thousands."""
    written = str(text)
    return escape(written) if _special(written) and not isinstance(written, SafeString) else written


@register.filter
def choice_list(options: Iterable[Mapping[str, Any]], kind: str) -> SafeString:
    """Labels with an `<input>` of that kind in each: checkbox or radio. In Python for the same reason as `option_groups`."""
    return mark_safe("\n".join(_choice(option, kind) for option in options))  # noqa: S308


def _choice(option: Mapping[str, Any], kind: str) -> str:
    attributes = option["attrs"]
    states = "".join(f" {name}" for name in ("required", "disabled") if attributes.get(name))
    checked = " checked" if option["selected"] else ""
    own = _plain(attributes["id"])
    return (
        f'<label for="{own}"><input type="{kind}" name="{_plain(option["name"])}" value="{_plain(option["value"])}"'
        f' id="{own}"{checked}{states}>{_plain(option["label"])}</label>'
    )


@register.simple_tag
def without_placeholders(form: BaseForm) -> str:
    """Drop placeholders from a form that is not ours: a label that vanishes while typing helps nobody."""
    for bound in form.visible_fields():
        bound.field.widget.attrs.pop("placeholder", None)
    return ""


@register.simple_block_tag
def fieldset(content: str, legend: str, help: str = "") -> SafeString:  # noqa: A002
    """A named group of fields."""
    return _render("fieldset", content=content, legend=legend, help=help)


@register.simple_block_tag
def field_row(content: str) -> SafeString:
    """Fields beside each other where there is room."""
    return format_html('<div class="field-row">{}</div>', mark_safe(content))  # noqa: S308


@register.simple_block_tag
def actions(content: str) -> SafeString:
    """The row of buttons that ends a form or a card."""
    return format_html('<div class="actions">{}</div>', mark_safe(content))  # noqa: S308


@register.simple_tag
def field_need(bound_field: BoundField) -> SafeString:
    """The word behind a label that says whether the field has to be filled in, if it needs one."""
    word = need_word(bound_field)
    return format_html(' <span class="need">{}</span>', word) if word else SafeString("")


def need_word(bound_field: BoundField) -> str:
    """ "required" or "optional" on whichever kind the form has fewer of; "" on the others, or if all are alike."""
    form: Any = bound_field.form
    if not hasattr(form, "needs_of_fields"):  # asked once for every field of a form
        form.needs_of_fields = [bound.field.required for bound in form.visible_fields()]
    needs: list[bool] = form.needs_of_fields
    required = bound_field.field.required
    if len(set(needs)) < 2:
        return ""
    mark_required = sum(needs) * 2 < len(needs)
    if required != mark_required:
        return ""
    return _("required") if required else _("optional")


@register.simple_tag
def form_errors(*forms: "BaseForm | BaseFormSet[Any] | None", saves: bool = True) -> SafeString:
    """What went wrong in one or several forms, each line a link to its field. Empty when all is well.

    `saves=False` for forms that save nothing anyway, such as a sign-in.
    """
    lines: list[dict[str, Any]] = []
    for form in forms:
        if form is None or not form.is_bound or getattr(form, "errors_are_listed", False):
            continue
        form.errors_are_listed = True  # type: ignore[union-attr]  # {{ form }} below does not list them again
        if isinstance(form, BaseFormSet):
            lines += [{"text": text, "id": "", "label": ""} for text in form.non_form_errors()]
            for inner in form.forms:
                lines += _lines_of(inner)
        else:
            lines += _lines_of(form)
    return _render("form_errors", lines=lines, saves=saves) if lines else SafeString("")


def _lines_of(form: BaseForm) -> list[dict[str, Any]]:
    lines: list[dict[str, Any]] = [{"text": text, "id": "", "label": ""} for text in form.non_field_errors()]
    for bound in form:
        target = "" if bound.is_hidden else bound.id_for_label or f"{bound.auto_id}_0"
        label = str(getattr(bound.field, "label_in_summary", bound.label))
        ends = label.endswith((".", "?", "!"))
        lines += [{"text": text, "id": target, "label": label, "ends": ends} for text in bound.errors]
    return lines


@register.simple_tag
def button(
    label: str,
    variant: str = "plain",
    href: str = "",
    name: str = "",
    value: str = "",
    icon: str = "",
    form: str = "",
    type: str = "submit",  # noqa: A002
    about: str = "",
    **attributes: Any,
) -> SafeString:
    """A button, or a link that looks like one when it has an `href`; further attributes as `hx_post=`.

    `about` names what it is about to whoever hears the page: needed where several on a page have the same label.
    """
    _one_of(variant, BUTTON_VARIANTS, "button")
    extra = {key.replace("_", "-"): text for key, text in attributes.items() if text not in (None, False)}
    return _render(
        "button",
        label=label,
        variant=variant,
        href=href,
        name=name,
        value=value,
        icon_name=icon,
        form=form,
        type=type,
        about=about,
        extra=extra,
    )


@register.simple_block_tag
def empty_state(
    content: str, title: str, icon: str = "", step_label: str = "", step_href: str = ""
) -> SafeString:
    """What will appear here (the content), and the step that makes it appear."""
    return _render(
        "empty_state",
        content=content,
        title=title,
        icon_name=icon,
        step_label=step_label,
        step_href=step_href,
    )


@register.simple_tag
def chip(label: str, tone: str = "", icon: str = "") -> SafeString:
    """A short word about a state or a fact. Tones: none, accent, attention, stop, hollow."""
    _one_of(tone, CHIP_TONES, "chip")
    drawn = _icon(icon) if icon else ""
    return format_html('<span class="chip{}">{}{}</span>\n', f" chip-{tone}" if tone else "", drawn, label)


@register.simple_block_tag
def table(content: str, caption: str = "", stays: bool = False, hide_caption: bool = False) -> SafeString:
    """Wraps <thead>/<tbody>. Below 600 px rows become cards named by their `data-label`, unless `stays`."""
    return _render(
        "table",
        content=content,
        caption=caption,
        stays=stays,
        hide_caption=hide_caption,
        region_id=f"table-{slugify(caption)}" if caption else "",
    )


@register.simple_block_tag
def facts(content: str) -> SafeString:
    """A definition list; fill it with {% fact %}."""
    return format_html('<dl class="facts">{}</dl>', mark_safe(content))  # noqa: S308


@register.simple_block_tag
def fact(content: str, label: str) -> SafeString:
    """One labelled value inside {% facts %}."""
    return format_html("<div><dt>{}</dt><dd>{}</dd></div>", label, mark_safe(content.strip()))  # noqa: S308


@register.simple_tag
def progress(step: int, of: int, label: str = "") -> SafeString:
    """Where somebody is in a number of steps, in words and as a row of marks."""
    states = ["done" if number < step else "now" if number == step else "" for number in range(1, of + 1)]
    return _render("progress", step=step, of=of, label=label, states=states)


@register.simple_tag(takes_context=True)
def pagination(context: Context, page: Any, parameter: str = "page") -> SafeString:
    """Earlier and later page of a Django `Page`, keeping the rest of the query string."""

    def address(number: int) -> str:
        query = context["request"].GET.copy()
        query[parameter] = str(number)
        return f"?{query.urlencode()}"

    if page.paginator.num_pages <= 1:
        return SafeString("")
    return _render(
        "pagination",
        page=page,
        previous=address(page.previous_page_number()) if page.has_previous() else "",
        next=address(page.next_page_number()) if page.has_next() else "",
    )


@register.simple_block_tag
def disclosure(
    content: str,
    summary: str,
    open: bool = False,  # noqa: A002
    language: str = "",
    about: str = "",
) -> SafeString:
    """More on demand. `language` is the summary's, where the rest is in another one; `about` whose it is, for a reader."""
    return _render(
        "disclosure", content=content, summary=summary, open=open, summary_language=language, about=about
    )


@register.simple_tag
def tabs(entries: Sequence[Mapping[str, Any]], label: str) -> SafeString:
    """Views of one thing as links: entries are {label, url, current, count}."""
    return _render("tabs", entries=entries, label=label)


@register.simple_block_tag
def stats(content: str) -> SafeString:
    """A row of {% stat %}."""
    return format_html('<div class="stats">{}</div>', mark_safe(content))  # noqa: S308


@register.simple_tag
def stat(value: Any, label: str, href: str = "") -> SafeString:
    """One number with what it counts."""
    return _render("stat", value=value, label=label, href=href)


@register.simple_tag
def sorted_by(what: str, why: str = "") -> SafeString:
    """How a list is sorted, and why."""
    return _render("sorted_by", what=what, why=why)


@register.simple_tag
def breadcrumbs(*pairs: str) -> SafeString:
    """Alternating label and address; a last label without address is this page."""
    crumbs = [
        {"label": pairs[at], "url": pairs[at + 1] if at + 1 < len(pairs) else ""}
        for at in range(0, len(pairs), 2)
    ]
    return _render("breadcrumbs", crumbs=crumbs)
