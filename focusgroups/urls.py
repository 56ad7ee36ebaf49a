"""Addresses of the focus groups, below `audits/<slug>/groups/`."""

from django.urls import URLPattern, path

from .views import codebook, coding, summaries

app_name = "focusgroups"

PLANNING: list[URLPattern] = []
PEOPLE: list[URLPattern] = []
SEATS: list[URLPattern] = []
SESSION: list[URLPattern] = []
CODING: list[URLPattern] = [
    path("<uuid:group>/coding/", coding.page, name="coding"),
    path("<uuid:group>/coding/sync/", coding.sync, name="coding-sync"),
    path("<uuid:group>/compare/", coding.compare, name="compare"),
    path("codebook/", codebook.code_list, name="codebook"),
    path("codebook/download.xlsx", codebook.codes_export, name="codes-export"),
    path("codebook/download.qdc", codebook.codebook_qdc, name="codebook-qdc"),
    path("codebook/<uuid:code>/", codebook.code_detail, name="code"),
    path("codebook/<uuid:code>/merge/", codebook.code_merge, name="code-merge"),
    path("codebook/<uuid:code>/split/", codebook.code_split, name="code-split"),
    path("codebook/<uuid:code>/delete/", codebook.code_delete, name="code-delete"),
]
SUMMARIES: list[URLPattern] = [
    path("<uuid:group>/analysis/", summaries.analysis, name="analysis"),
    path("<uuid:group>/analysis/questions/<uuid:question>/", summaries.question, name="question-summary"),
    path("<uuid:group>/analysis/conclusions/", summaries.conclusions, name="conclusions"),
    path("<uuid:group>/analysis/<str:area>/", summaries.area, name="area"),
]

urlpatterns = [*PLANNING, *PEOPLE, *SEATS, *SESSION, *CODING, *SUMMARIES]
