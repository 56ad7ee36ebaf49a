"""A participant's own sheet, below the walk's join code: `/join/<code>/sheet/`."""

from django.urls import path

from .views import participant

app_name = "participant"
urlpatterns = [
    path("<str:code>/sheet/", participant.sheet, name="sheet"),
    path("<str:code>/sheet/changes/", participant.changes, name="sheet-changes"),
]
