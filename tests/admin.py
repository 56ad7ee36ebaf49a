"""Posting the administration's pages in tests."""


def posted(response, **changes) -> dict:
    """What a browser would send from a change page as it was shown, with some fields changed.

    Names as in the page: `title`, `factors-0-position`. Line ends are those of browsers, CR LF.
    """
    forms = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    data = {}
    for form in forms:
        for field in form:
            value = field.value()
            if value is True:
                data[field.html_name] = "on"
            elif isinstance(value, list):
                data[field.html_name] = [str(one) for one in value]
            elif value is not None and value is not False:
                data[field.html_name] = str(value).replace("\n", "\r\n")
    return {**data, **{name: str(value) for name, value in changes.items()}}


def add_row(data: dict[str, str], prefix: str, **fields) -> dict[str, str]:
    """The data with one more row in an inline."""
    number = int(data[f"{prefix}-TOTAL_FORMS"])
    row = {f"{prefix}-{number}-{name}": str(value) for name, value in fields.items()}
    return {**data, f"{prefix}-TOTAL_FORMS": str(number + 1), **row}


def errors(response) -> list[str]:
    """Everything the page complains of."""
    found = list(response.context["errors"] or [])
    for inline in response.context["inline_admin_formsets"]:
        found += inline.formset.non_form_errors()
        for form in inline.formset.forms:
            found += [message for messages in form.errors.values() for message in messages]
    return [str(message) for message in found]


def said(response) -> list[str]:
    """What stands beside the fields and rows of the page, each once."""
    form = response.context["adminform"].form
    forms = [form, *(row for inline in response.context["inline_admin_formsets"] for row in inline.formset.forms)]
    return [str(message) for one in forms for messages in one.errors.values() for message in messages]
