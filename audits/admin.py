"""The platform's administration: cities and people, audits from outside, the co-design guide, translations.

Nothing that participants wrote or photographed is here (DESIGN section 1, platform admin).
"""

from urllib.parse import urlencode

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, ManyToManyField
from django.forms import BaseInlineFormSet, CheckboxSelectMultiple
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from .actions import keep_a_coordinator, keep_coordinators_without
from .enums import Role
from .instruments.admin import FoldedSearch, InstrumentAdmin, PartAdmin, PartInline, admin_url
from .models import (
    Audit,
    City,
    CodesignChecklist,
    CodesignChecklistItem,
    CodesignGuide,
    CodesignStage,
    CodesignTool,
    GenderPoint,
    Membership,
    OutreachBarrier,
    OutreachTip,
    PracticeExample,
    SelectionQuestion,
    SharedRow,
    StakeholderVoice,
    Translation,
    User,
)
from .templatetags.interface import direction, language_name

# What an account holds to sign in with is its own business: people manage it on their account page.
for model in (EmailAddress, Authenticator, UserSession):
    admin.site.unregister(model)


# Cities, audits, people -----------------------------------------------------------------------------------


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


# Django's boxes with two lists cannot be used with a screen reader.
TICKED = {ManyToManyField: {"widget": CheckboxSelectMultiple}}

admin.site.unregister(Group)


@admin.register(Group)
class GroupAdmin(FoldedSearch, DjangoGroupAdmin):
    """What staff may do here without being superusers: permissions for what this administration shows."""

    actions = None
    filter_horizontal = ()
    formfield_overrides = TICKED

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        if db_field.name == "permissions":
            shown = ContentType.objects.get_for_models(*self.admin_site._registry).values()
            field.queryset = field.queryset.filter(content_type__in=shown)
        return field


class NewUserForm(AdminUserCreationForm):
    class Meta:
        model = User
        fields = ("email", "name", "organisation")


class AccountForm(UserChangeForm):
    def clean_is_active(self):
        active = self.cleaned_data["is_active"]
        if self.instance.is_active and not active:
            keep_coordinators_without(self.instance)
        return active


@admin.register(User)
class UserAdmin(FoldedSearch, DjangoUserAdmin):
    """Accounts, by e-mail address. Only a superuser decides about access to this administration."""

    form = AccountForm
    add_form = NewUserForm
    list_display = ("email", "name", "organisation", "is_staff", "is_active", "last_login")
    list_filter = ("is_staff", "is_superuser", "is_active", "groups")
    search_fields = ("email", "name", "organisation")
    ordering = ("email",)
    actions = None
    filter_horizontal = ()
    formfield_overrides = TICKED
    fieldsets = (
        (None, {"fields": ("email", "password")}),
        (_("Person"), {"fields": ("name", "organisation")}),
        (_("Access"), {"fields": ("is_active", "is_staff", "is_superuser", "groups")}),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (
            None,
            {
                "classes": ("wide",),
                "fields": ("email", "name", "organisation", "usable_password", "password1", "password2"),
            },
        ),
    )

    def get_readonly_fields(self, request, obj=None):
        fields = ("last_login", "date_joined")
        if not request.user.is_superuser:
            fields += ("is_staff", "is_superuser", "groups")
        return fields

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self._below(request, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and self._below(request, obj)

    def _below(self, request, obj):
        """Whoever is no superuser does not touch the accounts of those who may enter here."""
        return obj is None or request.user.is_superuser or not (obj.is_staff or obj.is_superuser)

    def get_deleted_objects(self, objs, request):
        """On the page that asks before deleting, what forbids it is said in whole sentences."""
        *found, protected = super().get_deleted_objects(objs, request)
        for user in objs:
            try:
                keep_coordinators_without(user)
            except ValidationError as error:
                protected += error.messages
        return *found, protected

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if change and "email" in form.changed_data:
            # The new address is confirmed with the next sign-in.
            EmailAddress.objects.filter(user=obj).delete()


# Co-design ------------------------------------------------------------------------------------------------


class StageInline(PartInline):
    model = CodesignStage
    fields = ("position", "title", "text")
    key_prefix = "stage-"


class CodesignChecklistInline(PartInline):
    model = CodesignChecklist
    fields = ("position", "title")
    key_prefix = "list-"
    open_label = _("Items")


class ToolInline(PartInline):
    model = CodesignTool
    fields = ("position", "title", "what")
    key_prefix = "tool-"
    open_label = _("Whole card")


class SelectionQuestionInline(PartInline):
    model = SelectionQuestion
    fields = ("position", "text")
    key_prefix = "question-"


class VoiceInline(PartInline):
    model = StakeholderVoice
    fields = ("position", "role", "concern")
    key_prefix = "voice-"


class BarrierInline(PartInline):
    model = OutreachBarrier
    fields = ("position", "title", "text")
    key_prefix = "barrier-"
    open_label = _("Points on gender")


class TipInline(PartInline):
    model = OutreachTip
    fields = ("position", "title", "text")
    key_prefix = "tip-"


class PracticeExampleInline(PartInline):
    model = PracticeExample
    fields = ("position", "city", "title", "unites_city")
    key_prefix = "example-"
    open_label = _("Text")


@admin.register(CodesignGuide)
class CodesignGuideAdmin(InstrumentAdmin):
    texts = ("purpose", "instructions", "stakeholder_selection", "outreach", "digital_tools")
    inlines = (
        StageInline,
        CodesignChecklistInline,
        ToolInline,
        SelectionQuestionInline,
        VoiceInline,
        BarrierInline,
        TipInline,
        PracticeExampleInline,
    )


class CodesignChecklistItemInline(PartInline):
    model = CodesignChecklistItem
    fields = ("position", "text", "group")
    key_prefix = "item-"


@admin.register(CodesignChecklist)
class CodesignChecklistAdmin(PartAdmin):
    list_display = ("title", "instrument_in_list")
    search_fields = ("title",)
    fields = ("title",)
    inlines = (CodesignChecklistItemInline,)


@admin.register(CodesignTool)
class CodesignToolAdmin(PartAdmin):
    list_display = ("title", "instrument_in_list")
    search_fields = ("title", "what", "example")
    fields = ("title", "what", "when", "how", "advantages", "challenges", "example_title", "example")


class GenderPointInline(PartInline):
    model = GenderPoint
    fields = ("position", "text")
    key_prefix = "point-"


@admin.register(OutreachBarrier)
class OutreachBarrierAdmin(PartAdmin):
    list_display = ("title", "instrument_in_list")
    search_fields = ("title", "text")
    fields = ("title", "text")
    inlines = (GenderPointInline,)


@admin.register(PracticeExample)
class PracticeExampleAdmin(PartAdmin):
    list_display = ("city", "title", "instrument_in_list")
    list_display_links = ("city", "title")
    search_fields = ("city", "title", "text")
    fields = ("city", "title", "topic", "text", "unites_city")


# Translations ---------------------------------------------------------------------------------------------


class ReviewedFilter(admin.SimpleListFilter):
    title = _("review")
    parameter_name = "reviewed"

    def lookups(self, request, model_admin):
        return [("yes", _("Reviewed")), ("no", _("Draft"))]

    def queryset(self, request, queryset):
        if self.value() in ("yes", "no"):
            return queryset.filter(reviewed_at__isnull=self.value() == "no")
        return queryset


class LanguageFilter(admin.SimpleListFilter):
    title = _("language")
    parameter_name = "language"

    def lookups(self, request, model_admin):
        return settings.PARTICIPANT_LANGUAGES

    def queryset(self, request, queryset):
        return queryset.filter(language=self.value()) if self.value() else queryset


@admin.register(Translation)
class TranslationAdmin(FoldedSearch, admin.ModelAdmin):
    """All translations, to be searched; each is written on the page of its instrument, beside its source."""

    list_display = ("translation", "source", "language_in_list", "kind", "review")
    list_filter = (LanguageFilter, ReviewedFilter, ("content_type", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("content_type", "reviewed_by")
    list_per_page = 50
    search_fields = ("text", "source")
    actions = None

    def has_add_permission(self, request):
        return False

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        translation = self.get_object(request, object_id) if object_id else None
        if not self.has_view_permission(request, translation) or object_id is None:
            raise PermissionDenied
        if translation is None or translation.target is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        target = translation.target
        if isinstance(target, SharedRow):
            page = reverse(f"admin:{target._meta.app_label}_{target._meta.model_name}_translations")
        else:
            page = admin_url(target.instrument, "translations")
        words = urlencode({"language": translation.language, "q": " ".join(translation.source.split()[:8])})
        return HttpResponseRedirect(f"{page}?{words}")

    @admin.display(description=_("translation"), ordering="text")
    def translation(self, obj):
        return format_html('<span lang="{}" dir="{}">{}</span>', obj.language, direction(obj.language), obj.text or "–")

    @admin.display(description=_("language"), ordering="language")
    def language_in_list(self, obj):
        return language_name(obj.language)

    @admin.display(description=_("what it is"), ordering="content_type")
    def kind(self, obj):
        return obj.content_type.name

    @admin.display(description=_("review"), ordering="reviewed_at")
    def review(self, obj):
        if not obj.is_reviewed:
            return _("Draft")
        return _("reviewed by %(person)s") % {"person": obj.reviewed_by or "–"}
