"""Addresses of the focus groups, below `audits/<slug>/groups/`."""

from django.urls import URLPattern, path

from .letters import Kind
from .views import imports, invitees, letters

app_name = "focusgroups"

PEOPLE_OF = "<uuid:group>/people/"
INVITEE = f"{PEOPLE_OF}<uuid:invitee>/"
LETTER = "<uuid:group>/letter/"

PLANNING: list[URLPattern] = []
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
