from django.urls import path

from . import accounts, views

app_name = "audits"
urlpatterns = [
    path("", views.AuditList.as_view(), name="audit-list"),
    path("audits/new/", views.audit_create, name="audit-create"),
    path("audits/<slug:audit>/", views.audit_home, name="audit-home"),
    path("audits/<slug:audit>/settings/", views.audit_settings, name="audit-settings"),
    path("audits/<slug:audit>/follow-up/", views.follow_up, name="follow-up"),
    path("audits/<slug:audit>/context/", views.context, name="context"),
    path("audits/<slug:audit>/partners/", views.partner_list, name="partner-list"),
    path("audits/<slug:audit>/partners/add/", views.partner_add, name="partner-add"),
    path("audits/<slug:audit>/partners/<int:partner>/", views.partner_change, name="partner-change"),
    path("audits/<slug:audit>/partners/<int:partner>/move/", views.partner_move, name="partner-move"),
    path("audits/<slug:audit>/partners/<int:partner>/remove/", views.partner_remove, name="partner-remove"),
    path("audits/<slug:audit>/team/", views.team, name="team"),
    path("audits/<slug:audit>/team/log/", views.access_log, name="access-log"),
    path("audits/<slug:audit>/team/<int:member>/role/", views.member_role, name="member-role"),
    path("audits/<slug:audit>/team/<int:member>/remove/", views.member_remove, name="member-remove"),
    path(
        "audits/<slug:audit>/team/invitations/<uuid:invitation>/send-again/",
        views.invitation_resend,
        name="invitation-resend",
    ),
    path(
        "audits/<slug:audit>/team/invitations/<uuid:invitation>/withdraw/",
        views.invitation_revoke,
        name="invitation-revoke",
    ),
    path("invitations/", views.invitation, name="invitation"),
    path("invitations/<str:token>/", views.invitation_open, name="invitation-open"),
    path("pictures/<uuid:picture>/", views.picture, name="picture"),
    path("pictures/<uuid:picture>/small/", views.picture, {"small": True}, name="picture-small"),
    path("account/", accounts.account, name="account"),
]
