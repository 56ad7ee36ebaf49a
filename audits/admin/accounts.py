"""People's accounts, and the groups that say what staff may do."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import ManyToManyField
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _

from ..actions import keep_coordinators_without
from ..instruments.admin import FoldedSearch
from ..models import User

# What an account holds to sign in with is its own business: people manage it on their account page.
for model in (EmailAddress, Authenticator, UserSession):
    admin.site.unregister(model)

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
