"""Addresses of the focus groups, below `audits/<slug>/groups/`."""

from django.urls import URLPattern

app_name = "focusgroups"

PLANNING: list[URLPattern] = []
PEOPLE: list[URLPattern] = []
SEATS: list[URLPattern] = []
SESSION: list[URLPattern] = []
CODING: list[URLPattern] = []
SUMMARIES: list[URLPattern] = []

urlpatterns = [*PLANNING, *PEOPLE, *SEATS, *SESSION, *CODING, *SUMMARIES]
