"""Addresses of the focus groups, below `audits/<slug>/groups/`."""

from django.urls import URLPattern, path

from .views import planning, questions, reporting, scripts

app_name = "focusgroups"

GROUP = "<uuid:group>/"
QUESTION = f"{GROUP}questions/<uuid:question>/"

PLANNING: list[URLPattern] = [
    path("", planning.group_list, name="list"),
    path("plan/", planning.group_create, name="create"),
    path(GROUP, planning.group_detail, name="detail"),
    path(f"{GROUP}edit/", planning.group_edit, name="edit"),
    path(f"{GROUP}state/", planning.group_state, name="state"),
    path(f"{GROUP}delete/", planning.group_delete, name="delete"),
    path(f"{GROUP}questions/", questions.question_list, name="questions"),
    path(f"{GROUP}questions/add/", questions.question_create, name="question-create"),
    path(f"{GROUP}questions/restore/", questions.questions_restore, name="questions-restore"),
    path(QUESTION, questions.question_edit, name="question-edit"),
    path(f"{QUESTION}move/", questions.question_move, name="question-move"),
    path(f"{QUESTION}delete/", questions.question_delete, name="question-delete"),
    path(f"{GROUP}script/", scripts.script, name="script"),
    path(f"{GROUP}script/read/", scripts.script_read, name="script-read"),
    path(f"{GROUP}script/print/", scripts.script_print, name="script-print"),
    path(f"{GROUP}script/print/<uuid:key>/", scripts.script_printing, name="script-printing"),
    path(f"{GROUP}script/print/<uuid:key>/file/", scripts.script_file, name="script-file"),
]
PEOPLE: list[URLPattern] = []
SEATS: list[URLPattern] = []
SESSION: list[URLPattern] = []
CODING: list[URLPattern] = []
SUMMARIES: list[URLPattern] = []
REPORT: list[URLPattern] = [
    path(f"{GROUP}report/", reporting.report, name="report"),
    path(f"{GROUP}report/<uuid:key>/", reporting.report_printing, name="report-printing"),
    path(f"{GROUP}report/<uuid:key>/file/", reporting.report_file, name="report-file"),
]

urlpatterns = [*PLANNING, *PEOPLE, *SEATS, *SESSION, *CODING, *SUMMARIES, *REPORT]
