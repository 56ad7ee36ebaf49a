"""Addresses of the focus groups, below `audits/<slug>/groups/`."""

from django.urls import URLPattern, path

from .views import hot_spots, plans, session, summary

app_name = "focusgroups"

PLANNING: list[URLPattern] = []
PEOPLE: list[URLPattern] = []
SEATS: list[URLPattern] = []
SESSION: list[URLPattern] = [
    path("plans/", plans.plan_list, name="plan-list"),
    path("plans/new/", plans.plan_create, name="plan-create"),
    path("plans/<uuid:plan>/delete/", plans.plan_delete, name="plan-delete"),
    path("<uuid:group>/notes/", session.notes, name="notes"),
    path("<uuid:group>/notes/sync/", session.notes_sync, name="notes-sync"),
    path("<uuid:group>/notes/late/", session.late_notes, name="late-notes"),
    path("<uuid:group>/notes/<uuid:note>/", session.note, name="note"),
    path("<uuid:group>/hot-spots/", hot_spots.hot_spots, name="hot-spots"),
    path("<uuid:group>/hot-spots/<uuid:spot>/", hot_spots.hot_spot, name="hot-spot"),
    path("<uuid:group>/hot-spots/<uuid:spot>/delete/", hot_spots.hot_spot_delete, name="hot-spot-delete"),
    path("<uuid:group>/hot-spots/<uuid:spot>/publish/", hot_spots.hot_spot_publish, name="hot-spot-publish"),
    path("<uuid:group>/summary/", summary.summary, name="summary"),
    path("<uuid:group>/summary/read/", summary.summary_read, name="summary-read"),
    path("<uuid:group>/close/", summary.close_session, name="close"),
]
CODING: list[URLPattern] = []
SUMMARIES: list[URLPattern] = []

urlpatterns = [*PLANNING, *PEOPLE, *SEATS, *SESSION, *CODING, *SUMMARIES]
