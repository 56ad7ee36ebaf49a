"""Addresses of the focus groups, below `audits/<slug>/groups/`."""

from django.urls import URLPattern, path

from .letters import Kind
from .views import imports, invitees, letters, planning, questions, scripts

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
SEATS: list[URLPattern] = []
SESSION: list[URLPattern] = []
CODING: list[URLPattern] = []
SUMMARIES: list[URLPattern] = []

urlpatterns = [*PLANNING, *PEOPLE, *SEATS, *SESSION, *CODING, *SUMMARIES]
