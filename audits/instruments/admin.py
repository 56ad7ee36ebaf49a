"""Bases of the administration of instruments: each room declares its models with them in its `admin.py`.

What may not be changed (an original, an instrument in use) is shown read-only, with the reason and the way on:
an own version. Originals keep their wording, so that the results of different cities and years compare.
"""

from dataclasses import dataclass
from functools import reduce
from operator import or_

from adminsortable2.admin import SortableAdminBase, SortableInlineAdminMixin
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, Model, OuterRef, Q, TextField
from django.forms import Select, Textarea, modelform_factory
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from ..models import Instrument, InstrumentPart, Translation
from ..models.instrument import TreeRow
from ..search import holding, words
from .comparing import difference
from .forms import OwnVersionForm, ParagraphsField, PartForm, PartFormSet
from .protecting import retire, take_back, used_by
from .translations import TranslationsPage

SHORT = {
    TextField: {
        "form_class": ParagraphsField,
        "widget": Textarea(attrs={"rows": 3, "cols": 60, "class": "vLargeTextField"}),
    }
}


def admin_url(row: Model, page: str = "change") -> str:
    """The address of a row in the administration."""
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{page}", args=[row.pk])


class FoldedSearch:
    """Search in any script, without regard to case and accents; instrument rows are found by translations too."""

    def get_search_results(self, request, queryset, search_term):
        for word in words(search_term):
            found = holding(word, self.get_search_fields(request))
            if issubclass(self.model, TreeRow):
                translations = Translation.objects.filter(
                    content_type=ContentType.objects.get_for_model(self.model),
                    object_id=OuterRef("pk"),
                    text__fold__contains=word,
                )
                found |= Q(Exists(translations))
            queryset = queryset.filter(found)
        return queryset, False


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


class RetiredFilter(admin.SimpleListFilter):
    title = gettext_lazy("choice")
    parameter_name = "retired"

    def lookups(self, request, model_admin):
        return [("no", _("Offered for new work")), ("yes", _("Retired"))]

    def queryset(self, request, queryset):
        if self.value() in ("yes", "no"):
            return queryset.filter(retired_at__isnull=self.value() == "no")
        return queryset


class InstrumentAdmin(TreeAdmin):
    """The root of an instrument: its own texts, its parts, its versions, what uses it, its translations."""

    list_display = ("title", "version", "origin", "written_in", "use", "offered")
    list_filter = ("origin", RetiredFilter, "language")
    search_fields = ("title", "code", "version")
    readonly_fields = ("written_in",)
    head = ("title", ("code", "version", "language"))
    head_to_read = ("title", ("code", "version", "written_in"))
    source = ("source_title", "authoring", "source_date")
    texts = ("purpose", "instructions")

    def get_fieldsets(self, request, obj=None):
        head, texts = self.head, self.texts
        if not self._open(request, obj):
            head, texts = self.head_to_read, filled(obj, texts)
        folded = {"classes": ["collapse"]}
        source = _("Named wherever the instrument is used.")
        return [
            (None, {"fields": head}),
            (_("Texts"), {"fields": texts, **folded}),
            (_("Source"), {"fields": self.source, "description": source, **folded}),
        ]

    def get_queryset(self, request):
        users = [
            Exists(relation.related_model._default_manager.filter(**{relation.field.name: OuterRef("pk")}))
            for relation in self.model._meta.related_objects
            if relation.related_model not in self.model.tree()
        ]
        queryset = super().get_queryset(request).select_related("derived_from")
        return queryset.annotate(has_users=reduce(or_, users)) if users else queryset

    @admin.display(description=gettext_lazy("source language"), ordering="language")
    def written_in(self, obj):
        return dict(settings.PARTICIPANT_LANGUAGES).get(obj.language, obj.language)

    @admin.display(description=gettext_lazy("use"))
    def use(self, obj):
        return _("in use") if getattr(obj, "has_users", False) else _("not used yet")

    @admin.display(description=gettext_lazy("for new work"), ordering="retired_at")
    def offered(self, obj):
        return _("retired") if obj.is_retired else _("offered")

    def page_context(self, request, row):
        return {
            **super().page_context(request, row),
            "uses": used_by(row),
            "own_versions": [(str(own), admin_url(own)) for own in row.own_versions.all()],
            "original_url": row.derived_from and admin_url(row.derived_from),
            "own_version_url": self.has_add_permission(request) and admin_url(row, "own_version"),
            "difference_url": row.derived_from and admin_url(row, "difference"),
            "translations_url": admin_url(row, "translations"),
            "retire_url": self.has_retire_permission(request) and admin_url(row, "retire"),
        }

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "language":
            field.widget = Select(choices=settings.PARTICIPANT_LANGUAGES)
        return field

    def get_changeform_initial_data(self, request):
        # The model's own first number is an original's; a new instrument gets a name (`Instrument.clean`).
        return {"version": "", **super().get_changeform_initial_data(request)}

    def response_post_save_change(self, request, obj):
        return HttpResponseRedirect(admin_url(obj))

    def has_retire_permission(self, request):
        return self.has_change_permission(request)

    def get_urls(self):
        pages = {
            "own-version": self.own_version_view,
            "difference": self.difference_view,
            "translations": self.translations_view,
            "retire": self.retire_view,
        }
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            path(f"<int:pk>/{page}/", self.admin_site.admin_view(view), name=f"{name}_{page.replace('-', '_')}")
            for page, view in pages.items()
        ] + super().get_urls()

    def instrument_of(self, request, pk: int) -> Instrument:
        """Raises Http404, or PermissionDenied for those who may not see instruments."""
        instrument = self.get_object(request, str(pk))
        if instrument is None:
            raise Http404
        if not self.has_view_permission(request, instrument):
            raise PermissionDenied
        return instrument

    def page(self, request, template: str, instrument: Instrument, **context) -> TemplateResponse:
        return TemplateResponse(
            request,
            f"admin/instruments/{template}.html",
            {
                **self.admin_site.each_context(request),
                "opts": self.opts,
                "root_opts": self.opts,
                "original": instrument,
                "instrument": instrument,
                "trail": [(str(instrument), admin_url(instrument))],
                **context,
            },
        )

    def own_version_view(self, request, pk):
        instrument = self.instrument_of(request, pk)
        if not self.has_add_permission(request):
            raise PermissionDenied
        form_class = modelform_factory(self.model, OwnVersionForm)
        form = form_class(request.POST or None, original=instrument)
        if request.method == "POST" and form.is_valid():
            own = form.save()
            self.log_addition(request, own, [{"added": {}}])
            messages.success(
                request,
                _("Here is your own version of “%(title)s”. Everything in it can be changed.") % {"title": instrument},
            )
            return HttpResponseRedirect(admin_url(own))
        return self.page(request, "own_version", instrument, form=form, title=_("Make own version"))

    @method_decorator(require_safe)
    def difference_view(self, request, pk):
        instrument = self.instrument_of(request, pk)
        if instrument.derived_from is None:
            raise Http404
        changes = difference(instrument.derived_from, instrument)
        return self.page(request, "difference", instrument, changes=changes, title=_("Difference to the original"))

    @method_decorator(require_POST)
    def retire_view(self, request, pk):
        instrument = self.instrument_of(request, pk)
        if not self.has_retire_permission(request):
            raise PermissionDenied
        if instrument.is_retired:
            take_back(instrument)
            messages.success(request, _("“%(title)s” is offered for new work again.") % {"title": instrument})
        else:
            retire(instrument)
            messages.success(
                request,
                _("“%(title)s” is retired: nobody can choose it any more. What uses it goes on.")
                % {"title": instrument},
            )
        return HttpResponseRedirect(admin_url(instrument))

    def translations_view(self, request, pk):
        instrument = self.instrument_of(request, pk)
        page = TranslationsPage(instrument, request.GET)
        may_write = request.user.has_perm("audits.change_translation")
        if request.method == "POST":
            if not may_write:
                raise PermissionDenied
            if page.save(request.POST, by=request.user):
                messages.success(request, page.report)
                return HttpResponseRedirect(request.get_full_path())
        return self.page(request, "translations", instrument, page=page, may_write=may_write, title=_("Translations"))


class SharedPartAdmin(FoldedSearch, admin.ModelAdmin):
    """Seeded rows that all benchmarks share: shown, not changed."""

    actions = None
    ordering = ("position",)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


__all__ = [
    "FoldedSearch",
    "InstrumentAdmin",
    "InstrumentPart",
    "PartAdmin",
    "PartInline",
    "SharedPartAdmin",
    "admin_url",
]
