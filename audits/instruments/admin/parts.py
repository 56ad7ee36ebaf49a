"""The administration of a row of an instrument's tree with the rows below it: ordered, and read-only where it is locked."""

from dataclasses import dataclass

from adminsortable2.admin import SortableAdminBase, SortableInlineAdminMixin
from django.contrib import admin, messages
from django.db.models import TextField
from django.forms import Textarea
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...models.instrument import TreeRow
from ..forms import ParagraphsField, PartForm, PartFormSet
from .finding import FoldedSearch, admin_url

SHORT = {
    TextField: {
        "form_class": ParagraphsField,
        "widget": Textarea(attrs={"rows": 3, "cols": 60, "class": "vLargeTextField"}),
    }
}


def is_locked(request, row: TreeRow) -> bool:
    """Whether the row's instrument may not be changed; asked once a request."""
    root = row.instrument
    known = request.__dict__.setdefault("_locked_instruments", {})
    key = (type(root), root.pk)
    if key not in known:
        known[key] = root.is_locked
    return known[key]


class Lockable:
    """Adding, changing and deleting end where the instrument is locked. `obj` is a row, or an inline's parent."""

    def has_add_permission(self, request, obj=None):
        return super().has_add_permission(request, *([obj] if self.is_inline else [])) and self._open(request, obj)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self._open(request, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and self._open(request, obj)

    def _open(self, request, obj):
        return obj is None or obj.pk is None or not is_locked(request, obj)


def filled(row: TreeRow, fields) -> list[str]:
    """The fields that say something, for pages on which nothing can be written."""
    return [name for name in fields if getattr(row, name)]


class PartInline(Lockable, SortableInlineAdminMixin, admin.TabularInline):
    """Rows below a parent, ordered by dragging and by position numbers.

    `open_label` says what the link to the row's own page leads to; `key_prefix` numbers new rows (q12) where the code
    is not the user's to choose.
    """

    is_inline = True
    form = PartForm
    formset = PartFormSet
    template = "admin/instruments/parts.html"
    extra = 0
    formfield_overrides = SHORT
    key_prefix = "row-"
    open_label = ""

    def get_fields(self, request, obj=None):
        fields = super().get_fields(request, obj)
        if self._open(request, obj):
            return fields
        # To read, sub-questions are indented; to write, they say to which question they belong.
        fields = [name for name in fields if name != "parent"]
        said = self._said(obj, fields)
        return [name for name in fields if name in said]

    def _said(self, obj, fields) -> set[str]:
        """The fields in which some row below `obj` says something; asked once, as this inline lives for one page."""
        if "_said_on_page" not in self.__dict__:
            rows = self.model.objects.filter(**{self.model.parent_field: obj}).values(*fields)
            self._said_on_page = {name for row in rows for name, value in row.items() if value not in ("", None)}
        return self._said_on_page

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.key_prefix = self.key_prefix
        if parent := formset.form.base_fields.get("parent"):
            rows = self.model.objects.filter(**{self.model.parent_field: obj, "parent": None})
            parent.queryset = rows
            # Asked once, not once a row.
            parent.choices = [("", "–"), *((row.pk, f"{n}. {row}") for n, row in enumerate(rows, 1))]
            parent.widget.can_add_related = parent.widget.can_change_related = False
            parent.widget.can_view_related = parent.widget.can_delete_related = False
        return formset


@dataclass(frozen=True)
class Sister:
    """The row before or after this one, below the same parent."""

    name: str
    url: str


class TreeAdmin(Lockable, FoldedSearch, SortableAdminBase, admin.ModelAdmin):
    """A row of an instrument's tree, with the rows below it."""

    is_inline = False
    actions = None
    form = PartForm
    list_per_page = 50
    save_on_top = False
    formfield_overrides = SHORT
    change_form_template = "admin/instruments/change_form.html"

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        row = self.get_object(request, object_id) if object_id else None
        return super().changeform_view(
            request, object_id, form_url, {**(self.page_context(request, row) if row else {}), **(extra_context or {})}
        )

    def get_fields(self, request, obj=None):
        fields = super().get_fields(request, obj)
        return fields if self._open(request, obj) else filled(obj, fields)

    def get_inline_instances(self, request, obj=None):
        inlines = super().get_inline_instances(request, obj)
        if self._open(request, obj):
            return inlines
        return [one for one in inlines if one.model.objects.filter(**{one.model.parent_field: obj}).exists()]

    def page_context(self, request, row: TreeRow) -> dict:
        """What the page says above the form."""
        root, trail, above = row.instrument, [], row
        while above is not root:
            above = getattr(above, above.parent_field)
            trail.insert(0, above)
        return {
            "instrument": root,
            "root_opts": root._meta,
            "trail": [(str(above), admin_url(above)) for above in trail],
            "locked": is_locked(request, row),
            "show_save_and_add_another": False,
        }

    def save_formset(self, request, form, formset, change):
        super().save_formset(request, form, formset, change)
        for row in formset.forms:
            self.tell_of_new_code(request, row)

    def tell_of_new_code(self, request, form):
        if getattr(form, "recoded", ""):
            messages.info(
                request,
                _(
                    "The statement %(old)s has a new wording and therefore a new code: %(new)s. Results of the two are shown, not compared."
                )
                % {"old": form.recoded, "new": form.instance.key},
            )


class PartAdmin(TreeAdmin):
    """The page of one part. Parts are added on the page of their parent."""

    def get_queryset(self, request):
        return super().get_queryset(request).select_related(self.model.path_to_root())

    @property
    def list_select_related(self):
        return [self.model.path_to_root()]

    def has_add_permission(self, request, obj=None):
        return False

    def delete_model(self, request, obj):
        request.parent_url = admin_url(getattr(obj, obj.parent_field))
        super().delete_model(request, obj)

    def response_delete(self, request, obj_display, obj_id):
        super().response_delete(request, obj_display, obj_id)
        return HttpResponseRedirect(request.parent_url)

    def get_list_filter(self, request):
        return [(self.model.path_to_root(), admin.RelatedOnlyFieldListFilter), *self.list_filter]

    def page_context(self, request, row):
        above = getattr(row, row.parent_field)
        sisters = list(type(row).objects.filter(**{row.parent_field: above}))
        place = sisters.index(row)
        before = sisters[place - 1] if place else None
        after = sisters[place + 1] if place + 1 < len(sisters) else None
        return {
            **super().page_context(request, row),
            "before": before and Sister(str(before), admin_url(before)),
            "after": after and Sister(str(after), admin_url(after)),
        }

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        self.tell_of_new_code(request, form)

    def response_post_save_change(self, request, obj):
        return HttpResponseRedirect(admin_url(getattr(obj, obj.parent_field)))

    @admin.display(description=gettext_lazy("instrument"))
    def instrument_in_list(self, obj):
        return str(obj.instrument)
