"""Addresses of photovoice for the team, below `audits/<slug>/photos/`."""

from django.urls import URLPattern, path

from .views import activities, calls, gallery, incoming, ledger, on_behalf, prints, remarks, reporting, review

app_name = "photovoice"

ACTIVITY = "<uuid:activity>/"
PHOTO = f"{ACTIVITY}photos/<uuid:photo>/"

PLANNING: list[URLPattern] = [
    path("", activities.activity_list, name="list"),
    path("plan/", activities.activity_create, name="create"),
    path(ACTIVITY, activities.activity_detail, name="detail"),
    path(f"{ACTIVITY}edit/", activities.activity_edit, name="edit"),
    path(f"{ACTIVITY}state/", activities.activity_state, name="state"),
    path(f"{ACTIVITY}delete/", activities.activity_delete, name="delete"),
    path(f"{ACTIVITY}calls/", calls.activity_calls, name="calls"),
    path(f"{ACTIVITY}calls/<uuid:call>/", calls.activity_call, name="call"),
    path(f"{ACTIVITY}themes/", activities.activity_themes, name="themes"),
]
PRINTED: list[URLPattern] = [
    path(f"{ACTIVITY}invitation/", prints.invitation, name="invitation"),
    path(f"{ACTIVITY}prints/", prints.prints, name="prints"),
    path(f"{ACTIVITY}prints/<uuid:key>/", prints.print_progress, name="print"),
    path(f"{ACTIVITY}prints/<uuid:key>/file/", prints.print_file, name="print-file"),
    path(f"{ACTIVITY}report/", reporting.report, name="report"),
    path(f"{ACTIVITY}report/<uuid:key>/", reporting.report_printing, name="report-printing"),
    path(f"{ACTIVITY}report/<uuid:key>/file/", reporting.report_file, name="report-file"),
]
GALLERY: list[URLPattern] = [
    path(f"{ACTIVITY}photos/", gallery.gallery, name="gallery"),
    path(f"{ACTIVITY}places/", gallery.places, name="places"),
    path(PHOTO, gallery.photo, name="photo"),
    path(f"{PHOTO}late/", gallery.late, name="photo-late"),
    path(f"{PHOTO}rights/", ledger.rights, name="photo-rights"),
    path(f"{PHOTO}words/<slug:language>/", ledger.translation, name="photo-translation"),
    path(f"{PHOTO}words/<slug:language>/delete/", ledger.translation_delete, name="photo-translation-delete"),
    path(f"{PHOTO}hide/", ledger.hide, name="photo-hide"),
    path(f"{PHOTO}delete/", ledger.delete, name="photo-delete"),
    path(f"{PHOTO}place/", ledger.place, name="photo-place"),
    path(f"{PHOTO}blur/", ledger.blur, name="photo-blur"),
]
REVIEW: list[URLPattern] = [
    path(f"{ACTIVITY}review/", review.review, name="review"),
    path(f"{ACTIVITY}review/phones/", review.phones, name="review-phones"),
    path(f"{ACTIVITY}review/show/", review.show, name="show"),
    path(f"{ACTIVITY}review/groups/<uuid:category>/", review.category, name="category"),
    path(f"{ACTIVITY}review/remarks/<uuid:remark>/", remarks.remark, name="remark"),
    path(f"{ACTIVITY}review/remarks/<uuid:remark>/delete/", remarks.remark_delete, name="remark-delete"),
    path(f"{ACTIVITY}review/remarks/<uuid:remark>/hide/", remarks.remark_hide, name="remark-hide"),
    path(f"{PHOTO}sort/", review.sort, name="sort"),
]
INCOMING: list[URLPattern] = [
    path(f"{ACTIVITY}incoming/", incoming.incoming_list, name="incoming"),
    path(f"{ACTIVITY}incoming/add/", incoming.incoming_add, name="incoming-add"),
    path(f"{ACTIVITY}incoming/take/", incoming.incoming_take, name="incoming-take"),
    path(f"{ACTIVITY}incoming/titles/", incoming.incoming_titles, name="incoming-titles"),
    path(f"{ACTIVITY}incoming/delete/", incoming.incoming_delete_all, name="incoming-delete-all"),
    path(f"{ACTIVITY}incoming/<uuid:question>/send/", incoming.incoming_send, name="incoming-send"),
    path(f"{ACTIVITY}incoming/<uuid:question>/link/", incoming.incoming_link, name="incoming-link"),
    path(f"{ACTIVITY}incoming/<uuid:question>/delete/", incoming.incoming_delete, name="incoming-delete"),
]
ON_BEHALF: list[URLPattern] = [
    path(f"{ACTIVITY}on-behalf/", on_behalf.begin, name="on-behalf"),
    path(f"{ACTIVITY}on-behalf/<uuid:participant>/", on_behalf.photos, name="on-behalf-photos"),
    path(f"{ACTIVITY}on-behalf/<uuid:participant>/code/", on_behalf.code, name="on-behalf-code"),
]

urlpatterns = [*PLANNING, *PRINTED, *GALLERY, *REVIEW, *INCOMING, *ON_BEHALF]
