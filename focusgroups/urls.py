"""Addresses of the focus groups, below `audits/<slug>/groups/`."""

from django.urls import URLPattern, path

from .letters import Kind
from .views import (
    codebook,
    coding,
    hot_spots,
    imports,
    invitees,
    letters,
    papers,
    planning,
    plans,
    questions,
    recordings,
    reporting,
    scripts,
    seats,
    session,
    summaries,
    summary,
)

app_name = "focusgroups"

GROUP = "<uuid:group>/"
PEOPLE_OF = f"{GROUP}people/"
INVITEE = f"{PEOPLE_OF}<uuid:invitee>/"
LETTER = f"{GROUP}letter/"
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
PEOPLE: list[URLPattern] = [
    path(PEOPLE_OF, invitees.invitee_list, name="invitee-list"),
    path(f"{PEOPLE_OF}add/", invitees.invitee_create, name="invitee-create"),
    path(f"{PEOPLE_OF}register/", invitees.invitee_pick, name="invitee-pick"),
    path(f"{PEOPLE_OF}genders/", invitees.invitee_genders, name="invitee-genders"),
    path(f"{PEOPLE_OF}template/", imports.invitee_template, name="invitee-template"),
    path(f"{PEOPLE_OF}import/", imports.invitee_import, name="invitee-import"),
    path(f"{PEOPLE_OF}import/preview/", imports.invitee_import_preview, name="invitee-import-preview"),
    path(f"{PEOPLE_OF}delete-contacts/", invitees.contacts_delete, name="contacts-delete"),
    path(f"{PEOPLE_OF}invite/", letters.send, {"kind": Kind.INVITE}, name="invite"),
    path(f"{PEOPLE_OF}remind/", letters.send, {"kind": Kind.REMIND}, name="remind"),
    path(f"{PEOPLE_OF}tell/", letters.send, {"kind": Kind.CHANGE}, name="tell-change"),
    path(INVITEE, invitees.invitee, name="invitee"),
    path(f"{INVITEE}delete/", invitees.invitee_delete, name="invitee-delete"),
    path(f"{INVITEE}reply/", invitees.invitee_reply, name="invitee-reply"),
    path(f"{INVITEE}attended/", invitees.invitee_attended, name="invitee-attended"),
    path(LETTER, letters.letter, name="letter"),
    path(f"{LETTER}print/", letters.letter_print, name="letter-print"),
    path(f"{LETTER}print/<uuid:key>/", letters.letter_printing, name="letter-printing"),
    path(f"{LETTER}print/<uuid:key>/file/", letters.letter_file, name="letter-file"),
]
SEATS: list[URLPattern] = [
    path("<uuid:group>/seats/", seats.seat_list, name="seat-list"),
    path("<uuid:group>/seats/<int:number>/", seats.seat, name="seat"),
    path("<uuid:group>/seats/<int:number>/take-back/", seats.seat_erase, name="seat-erase"),
    path("<uuid:group>/prints/", papers.prints, name="prints"),
    path("<uuid:group>/prints/<uuid:key>/", papers.print_progress, name="print"),
    path("<uuid:group>/prints/<uuid:key>/file/", papers.print_file, name="print-file"),
    path("<uuid:group>/recordings/", recordings.recording_list, name="recording-list"),
    path("<uuid:group>/recordings/<uuid:recording>/", recordings.recording_file, name="recording-file"),
    path("<uuid:group>/recordings/<uuid:recording>/delete/", recordings.recording_delete, name="recording-delete"),
]
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
REPORT: list[URLPattern] = [
    path(f"{GROUP}report/", reporting.report, name="report"),
    path(f"{GROUP}report/<uuid:key>/", reporting.report_printing, name="report-printing"),
    path(f"{GROUP}report/<uuid:key>/file/", reporting.report_file, name="report-file"),
]

urlpatterns = [*PLANNING, *PEOPLE, *SEATS, *SESSION, *CODING, *SUMMARIES, *REPORT]
