"""Addresses. Each room has its own file and name space; nothing is served at two addresses."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

from audits.views.invitations import InvitedSignup
from integra import views

# One way to sign in, with its second step and its rate limits, for the administration too.
admin.site.login = secure_admin_login(admin.site.login)

urlpatterns = [
    path("", include("audits.urls")),
    path("audits/<slug:audit>/", include("audits.agenda.urls")),
    path("audits/<slug:audit>/research/", include("deskresearch.urls")),
    path("audits/<slug:audit>/benchmarks/", include("benchmarks.urls")),
    path("audits/<slug:audit>/stakeholders/", include("audits.stakeholders.urls")),
    path("audits/<slug:audit>/groups/", include("focusgroups.urls")),
    path("audits/<slug:audit>/walks/", include("checklists.urls")),
    path("audits/<slug:audit>/photos/", include("photovoice.urls")),
    path("audits/<slug:audit>/report/", include("reports.urls")),
    path("groups/reply/", include("focusgroups.reply_urls")),
    path("photos/rights/", include("photovoice.rights_urls")),
    path("join/", include("audits.participation.urls")),
    path("join/", include("checklists.participant_urls")),
    path("join/", include("photovoice.participant_urls")),
    path("accounts/signup/", InvitedSignup.as_view(), name="account_signup"),
    path("accounts/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("privacy/", views.Page.as_view(template_name="pages/privacy.html"), name="privacy"),
    path("accessibility/", views.Page.as_view(template_name="pages/accessibility.html"), name="accessibility"),
    path("help/", views.Page.as_view(template_name="pages/help.html"), name="help"),
    path("healthz/", views.health, name="healthz"),
    path("admin/", admin.site.urls),
]
handler400 = "integra.errors.bad_request"
handler403 = "integra.errors.permission_denied"
handler404 = "integra.errors.page_not_found"
handler500 = "integra.errors.server_error"
# allauth's: it looks for this name when a rate limit is reached.
handler429 = "integra.errors.too_many_requests"
