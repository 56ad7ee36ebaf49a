"""The administration of an instrument itself: its versions, drafts and published, what uses it, its translations."""

from functools import reduce
from operator import or_

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Exists, OuterRef
from django.forms import Select, modelform_factory
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from ...models import Instrument
from ..comparing import difference
from ..forms import OwnVersionForm
from ..protecting import publish, retire, take_back, used_by
from ..translations import TranslationsPage
from .finding import admin_url, may_translate, translate
from .parts import TreeAdmin, filled


class RetiredFilter(admin.SimpleListFilter):
    title = gettext_lazy("choice")
    parameter_name = "retired"

    def lookups(self, request, model_admin):
        return [("no", _("Offered for new work")), ("draft", _("Draft")), ("yes", _("Retired"))]

    def queryset(self, request, queryset):
        chosen = {"no": queryset.current(), "draft": queryset.filter(is_draft=True)}
        chosen["yes"] = queryset.filter(retired_at__isnull=False)
        return chosen.get(self.value(), queryset)


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
        return _("draft") if obj.is_draft else _("retired") if obj.is_retired else _("offered")

    def page_context(self, request, row):
        return {
            **super().page_context(request, row),
            "uses": used_by(row),
            "own_versions": [(str(own), admin_url(own)) for own in row.own_versions.all()],
            "original_url": row.derived_from and admin_url(row.derived_from),
            "own_version_url": self.has_add_permission(request) and admin_url(row, "own_version"),
            "difference_url": row.derived_from and admin_url(row, "difference"),
            "translations_url": admin_url(row, "translations"),
            "publish_url": row.is_draft and self.has_retire_permission(request) and admin_url(row, "publish"),
            "retire_url": not row.is_draft and self.has_retire_permission(request) and admin_url(row, "retire"),
        }

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "language":
            field.widget = Select(choices=settings.PARTICIPANT_LANGUAGES)
        return field

    def get_changeform_initial_data(self, request):
        # The model's own first number is an original's; a new instrument gets a name (`Instrument.clean`).
        return {"version": "", **super().get_changeform_initial_data(request)}

    def save_model(self, request, obj, form, change):
        if not change:
            obj.is_draft = True
        super().save_model(request, obj, form, change)

    def response_post_save_change(self, request, obj):
        return HttpResponseRedirect(admin_url(obj))

    def has_retire_permission(self, request):
        return self.has_change_permission(request)

    def get_urls(self):
        pages = {
            "own-version": self.own_version_view,
            "difference": self.difference_view,
            "translations": self.translations_view,
            "publish": self.publish_view,
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
                _(
                    "Here is your own version of “%(title)s”. Everything in it can be changed. It is a draft that nobody "
                    "can choose until you publish it."
                )
                % {"title": instrument},
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
    def publish_view(self, request, pk):
        instrument = self.instrument_of(request, pk)
        if not self.has_retire_permission(request):
            raise PermissionDenied
        try:
            publish(instrument)
        except ValidationError as refused:
            messages.error(request, refused.messages[0])
        else:
            self.log_change(request, instrument, _("Published"))
            messages.success(
                request, _("“%(title)s” is published: it is offered for new work.") % {"title": instrument}
            )
        return HttpResponseRedirect(admin_url(instrument))

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
        return translate(request, page) or self.page(
            request, "translations", instrument, page=page, may_write=may_translate(request), title=_("Translations")
        )
