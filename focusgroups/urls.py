"""Addresses of the focus groups, below `audits/<slug>/groups/`."""

from django.urls import URLPattern, path

from .views import papers, recordings, seats

app_name = "focusgroups"

PLANNING: list[URLPattern] = []
PEOPLE: list[URLPattern] = []
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
SESSION: list[URLPattern] = []
CODING: list[URLPattern] = []
SUMMARIES: list[URLPattern] = []

urlpatterns = [*PLANNING, *PEOPLE, *SEATS, *SESSION, *CODING, *SUMMARIES]
