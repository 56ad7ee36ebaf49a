"""Cities, and audits from outside: their team."""

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.forms import BaseInlineFormSet
from django.utils.translation import gettext_lazy as _

from ..actions import keep_a_coordinator
from ..enums import Role
from ..instruments.admin import FoldedSearch
from ..models import Audit, City, Membership


@admin.register(City)
class CityAdmin(FoldedSearch, admin.ModelAdmin):
    list_display = ("name", "authority", "country", "audits", "fictional")
    list_filter = ("fictional", "country")
    search_fields = ("name", "authority")
    fields = ("name", "slug", "authority", "country", "fictional")
    prepopulated_fields = {"slug": ("name",)}
    actions = None

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(count_of_audits=Count("audits"))

    @admin.display(description=_("audits"), ordering="count_of_audits")
    def audits(self, obj):
        return obj.count_of_audits


class TeamFormSet(BaseInlineFormSet):
    """The team as it would be; whoever coordinates it is not lost here either."""

    def clean(self):
        super().clean()
        staying = [form for form in self.forms if form not in self.deleted_forms]
        if any(form.errors for form in staying):
            return
        coordinators = [
            form.cleaned_data["user"] for form in staying if form.cleaned_data.get("role") == Role.COORDINATOR
        ]
        try:
            keep_a_coordinator(audit=self.instance, coordinators=coordinators)
        except ValidationError as error:
            stepping_down = [form for form in staying if form.initial.get("role") == Role.COORDINATOR]
            if not stepping_down:
                raise
            for form in stepping_down:
                form.add_error("role", error)


class PersonSelect(AutocompleteSelect):
    """Says what is chosen here while nothing is: the box that stands for the list has no other name."""

    def build_attrs(self, base_attrs, extra_attrs=None):
        return {**super().build_attrs(base_attrs, extra_attrs), "data-placeholder": _("Choose a person")}


class MembershipInline(admin.TabularInline):
    model = Membership
    formset = TeamFormSet
    fields = ("user", "role")
    autocomplete_fields = ("user",)
    # Every control has its label, and the row is not named a second time beside its fields.
    template = "admin/instruments/parts.html"
    extra = 0

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "user":
            kwargs["widget"] = PersonSelect(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Audit)
class AuditAdmin(FoldedSearch, admin.ModelAdmin):
    """An audit is worked on by its team. From here the team itself is mended, for example when its coordinator left."""

    list_display = ("title", "city", "starts_on", "ends_on", "state", "people")
    list_filter = ("state", "city")
    list_select_related = ("city",)
    search_fields = ("title", "city__name")
    fields = ("title", "city", "starts_on", "ends_on", "state", "report_language", "previous")
    readonly_fields = fields
    inlines = (MembershipInline,)
    actions = None

    @admin.display(description=_("language of the report"))
    def report_language(self, audit):
        return dict(settings.LANGUAGES)[audit.language]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(count_of_people=Count("members"))

    @admin.display(description=_("people in the team"), ordering="count_of_people")
    def people(self, obj):
        return obj.count_of_people
