"""Small pieces of the interface that every template may use."""

from dataclasses import dataclass
from functools import cache

from django import template
from django.conf import settings
from django.utils.html import format_html, linebreaks, strip_tags
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

from audits import dates, texts
from audits.sentences import heading

register = template.Library()

ICONS = settings.BASE_DIR / "static" / "vendor" / "bootstrap-icons"


@cache
def _paths(name: str) -> str:
    svg = (ICONS / f"{name}.svg").read_text(encoding="utf-8")
    return svg[svg.index(">") + 1 : svg.rindex("</svg>")].strip()


@register.simple_tag
def icon(name: str, classes: str = "") -> str:
    """An icon as inline SVG, hidden from screen readers: the words stand beside it.

    Raises FileNotFoundError for a name that is not in `static/vendor/bootstrap-icons`.
    """
    return format_html(
        '<svg class="icon {}" viewBox="0 0 16 16" aria-hidden="true" focusable="false">{}</svg>',
        classes,
        mark_safe(_paths(name)),
    )


@register.filter
def direction(language: str) -> str:
    """ "rtl" or "ltr" for a language code."""
    try:
        return "rtl" if get_language_info(language)["bidi"] else "ltr"
    except KeyError:
        return "ltr"


@register.filter(is_safe=True)
def one_stop(sentence: str) -> str:
    """A sentence that ends with a date, which some languages write with a full stop of its own: "… 2026 р." """
    return sentence.removesuffix(".") if sentence.endswith("..") else sentence


@register.filter
def language_name(code: str) -> str:
    """A language's own name; in words for the code of one that nobody has named."""
    return dict(settings.PARTICIPANT_LANGUAGES).get(code, _("another language") if code == "und" else code)


@register.filter
def isolated(text: str) -> str:
    """Words within a translated sentence that may run the other way (`audits.texts.isolated`)."""
    return texts.isolated(text)


# In this order: most browsers also carry the names of those that stand below them.
_BROWSERS = {
    "Edg/": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser/": "Samsung Internet",
    "Firefox/": "Firefox",
    "FxiOS/": "Firefox",
    "CriOS/": "Chrome",
    "Chrome/": "Chrome",
    "Safari/": "Safari",
}
_SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "CrOS": "ChromeOS",
    "Mac OS": "macOS",
    "Linux": "Linux",
}


@register.filter
def browser_name(user_agent: str) -> str:
    """What a browser calls itself, as people know it: "Firefox, Windows"."""
    known = [
        next((name for sign, name in names.items() if sign in user_agent), None) for names in (_BROWSERS, _SYSTEMS)
    ]
    return ", ".join(filter(None, known)) or _("Unknown browser")


@register.filter
def passage(text) -> str:
    """A text of an instrument (`audits.instruments.Text`), marked where it is not in the page's language."""
    if text.language == get_language():
        return text.text
    return format_html('<span lang="{}" dir="{}">{}</span>', text.language, direction(text.language), text.text)


@register.filter
def passages(text) -> str:
    """A longer text of an instrument in its paragraphs, marked where it is not in the page's language."""
    paragraphs = linebreaks(text.text, autoescape=True)
    if text.language == get_language():
        return mark_safe(paragraphs)
    return format_html(
        '<div lang="{}" dir="{}">{}</div>', text.language, direction(text.language), mark_safe(paragraphs)
    )


@register.filter
def period(audit) -> str:
    """From when to when an audit runs: "1 March – 18 December 2026"."""
    return dates.period(audit.starts_on, audit.ends_on)


for written in (
    dates.long_date,
    dates.full_date,
    dates.short_date,
    dates.day_month,
    dates.weekday_month,
    dates.short_day,
    dates.weekday_near,
    dates.short_near,
    dates.month_year,
    dates.month_short,
    dates.date_time,
):
    register.filter(written.__name__, written)


@register.simple_tag(takes_context=True)
def query(context, **changes) -> str:
    """The present query string with some parameters changed; an empty value drops one."""
    parameters = context["request"].GET.copy()
    for name, value in changes.items():
        if value in (None, ""):
            parameters.pop(name, None)
        else:
            parameters[name] = value
    return f"?{parameters.urlencode()}" if parameters else "?"


@register.inclusion_tag("components/_crumbs.html", takes_context=True)
def crumbs(context, *parts) -> dict:
    """Where the page stands: `{% crumbs _("Walks") walks_url walk.title %}`.

    Takes names and addresses in turn, the page's own name last. On an audit's page the overview comes first by
    itself, for whoever may open it.
    """
    trail = list(zip(parts[::2], [*parts[1::2], ""], strict=True))
    if (audit := context.get("audit")) and context.get("may", {}).get("see_audit"):
        trail.insert(0, (_("Overview"), audit.get_absolute_url()))
    return {"crumbs": trail}


@dataclass(frozen=True)
class Problem:
    """One thing to correct: what is wrong, in which field (a label that asks, or one with its colon), and the id of its
    control."""

    text: str
    label: str = ""
    anchor: str = ""


def _problems_of(form) -> list[Problem]:
    found = [Problem(text) for text in form.non_field_errors()]
    for field in form:
        # Where a page repeats a form, this says which one.
        label = form.full_label(field) if hasattr(form, "full_label") else field.label
        # A hidden control cannot be gone to.
        place = ("", "") if field.is_hidden else (heading(label), field.anchor)
        # All of it leads to the field: a link inside it would end that one.
        found += [Problem(strip_tags(text) if hasattr(text, "__html__") else text, *place) for text in field.errors]
    return found


@register.simple_tag
def problems(form=None, formset=None) -> list[Problem]:
    """All that is wrong in a form, a formset or both, in the order of the page."""
    found = _problems_of(form) if form else []
    if formset:
        found += [Problem(text) for text in formset.non_form_errors()]
        for one in formset.forms:
            found += _problems_of(one)
    return found
