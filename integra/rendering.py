"""How every form of the project is drawn: the field of the drawn design, Django's own accessibility attributes.

`{{ form }}` draws all fields, `{{ form.title.as_field_group }}` or the template `components/_field.html` one,
`{{ form.title }}` the bare control with its classes. Settings name the renderer in FORM_RENDERER.
"""

from django.forms import BoundField, widgets
from django.forms.renderers import TemplatesSetting


class FrameField(BoundField):
    """A field of a form whose control carries the classes of the stylesheet."""

    def build_widget_attrs(self, attrs, widget=None):
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        if widget.is_hidden:
            return attrs
        if isinstance(widget, widgets.RadioSelect):
            # The role radio does not know aria-invalid; the group around it says what is wrong.
            attrs.pop("aria-invalid", None)
        if getattr(self.field, "max_length", None) is not None:
            # A browser would cut off what is pasted, without a word; the form's answer says it, and nothing is lost.
            attrs["maxlength"] = False
        if type(widget) is widgets.Textarea and widget.attrs.get("rows") == "10":
            # Django's ten lines push the next question out of sight; whoever wants another number says so.
            attrs["rows"] = "4"
        own = [_control_class(widget), *(["is-invalid"] if self.errors else [])]
        classes = f"{widget.attrs.get('class', '')} {attrs.get('class', '')}".split()
        attrs["class"] = " ".join(dict.fromkeys(own + classes))
        return attrs

    @property
    def is_optional(self) -> bool:
        """Whether it can be left empty for good. What a form names in `awaited` can be saved empty and written later."""
        return not self.field.required and self.name not in getattr(self.form, "awaited", ())

    @property
    def anchor(self) -> str:
        """The id to which the error summary leads: the control, or the first of a group."""
        return self.id_for_label or f"{self.auto_id}_0"


def _control_class(widget) -> str:
    if isinstance(widget, widgets.CheckboxInput | widgets.RadioSelect):
        return "form-check-input"
    return "form-select" if isinstance(widget, widgets.Select) else "form-control"


class FrameRenderer(TemplatesSetting):
    form_template_name = "components/_fields.html"
    field_template_name = "components/_field.html"
    bound_field_class = FrameField
