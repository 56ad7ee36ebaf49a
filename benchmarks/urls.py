from django.urls import path

from . import views
from .views import reviews

ASSESSMENT = "assessments/<uuid:assessment>/"
FACTOR = f"{ASSESSMENT}factors/<uuid:factor>/"

app_name = "benchmarks"
urlpatterns = [
    path("", views.home, name="home"),
    path("library/<slug:code>/<str:version>/", views.benchmark_detail, name="benchmark-detail"),
    path("library/<slug:code>/<str:version>/booklet/", views.booklet, name="booklet"),
    path("library/<slug:code>/<str:version>/booklet/<uuid:key>/", views.booklet_print, name="booklet-print"),
    path(
        "library/<slug:code>/<str:version>/booklet/<uuid:key>/file/",
        views.booklet_print_file,
        name="booklet-print-file",
    ),
    path("charter/", views.charter, name="charter"),
    path("charter/<slug:commitment>/", views.commitment, name="commitment"),
    path("assessments/<uuid:assessment>/review/new/", reviews.review_create, name="review-create"),
    path("reviews/<uuid:review>/", reviews.review_detail, name="review-detail"),
    path("reviews/<uuid:review>/edit/", reviews.review_edit, name="review-edit"),
    path("reviews/<uuid:review>/peers/", reviews.review_peers, name="review-peers"),
    path("reviews/<uuid:review>/share/", reviews.review_share, name="review-share"),
    path("reviews/<uuid:review>/share/withdraw/", reviews.review_withdraw, name="review-withdraw-share"),
    path("reviews/<uuid:review>/cancel/", reviews.review_cancel, name="review-cancel"),
    path("reviews/<uuid:review>/meetings/new/", reviews.meeting_create, name="meeting-create"),
    path("reviews/<uuid:review>/meetings/<uuid:meeting>/edit/", reviews.meeting_edit, name="meeting-edit"),
    path("reviews/<uuid:review>/meetings/<uuid:meeting>/delete/", reviews.meeting_delete, name="meeting-delete"),
    path("reviews/<uuid:review>/factors/<uuid:factor>/", reviews.review_factor, name="review-factor"),
    path("reviews/<uuid:review>/interviews/new/", reviews.interview_create, name="interview-create"),
    path("reviews/<uuid:review>/interviews/<uuid:interview>/edit/", reviews.interview_edit, name="interview-edit"),
    path(
        "reviews/<uuid:review>/interviews/<uuid:interview>/delete/", reviews.interview_delete, name="interview-delete"
    ),
    path(
        "reviews/<uuid:review>/evidence/<uuid:evidence>/<int:link>/", reviews.evidence_file, name="review-evidence-file"
    ),
    path("reviews/<uuid:review>/conclusions/", reviews.review_conclusions, name="review-conclusions"),
    path("reviews/<uuid:review>/release/", reviews.review_release, name="review-release"),
    path("reviews/<uuid:review>/feedback/", reviews.review_feedback, name="review-feedback"),
    path("reviews/<uuid:review>/finish/", reviews.review_finish, name="review-finish"),
    path("reviews/<uuid:review>/print/", reviews.review_pdf, name="review-pdf"),
    path("reviews/<uuid:review>/print/<uuid:key>/", reviews.review_print, name="review-print"),
    path("reviews/<uuid:review>/print/<uuid:key>/file/", reviews.review_print_file, name="review-print-file"),
    path("assessments/new/", views.assessment_create, name="assessment-create"),
    path(ASSESSMENT, views.assessment_detail, name="assessment-detail"),
    path(f"{ASSESSMENT}edit/", views.assessment_edit, name="assessment-edit"),
    path(f"{ASSESSMENT}scope/", views.assessment_scope, name="assessment-scope"),
    path(f"{ASSESSMENT}schemes/", views.assessment_schemes, name="assessment-schemes"),
    path(f"{ASSESSMENT}close/", views.assessment_close, name="assessment-close"),
    path(f"{ASSESSMENT}delete/", views.assessment_delete, name="assessment-delete"),
    path(f"{ASSESSMENT}version/", views.assessment_move, name="assessment-move"),
    path(f"{ASSESSMENT}repeat/", views.assessment_repeat, name="assessment-repeat"),
    path(f"{ASSESSMENT}result/", views.assessment_result, name="assessment-result"),
    path(f"{ASSESSMENT}pdf/", views.assessment_pdf, name="assessment-pdf"),
    path(f"{ASSESSMENT}pdf/<uuid:key>/", views.assessment_print, name="assessment-print"),
    path(f"{ASSESSMENT}pdf/<uuid:key>/file/", views.assessment_print_file, name="assessment-print-file"),
    path(f"{ASSESSMENT}plan/", views.assessment_plan, name="assessment-plan"),
    path(f"{ASSESSMENT}plan/pdf/", views.plan_pdf, name="plan-pdf"),
    path(f"{ASSESSMENT}plan/pdf/<uuid:key>/", views.plan_print, name="plan-print"),
    path(f"{ASSESSMENT}plan/pdf/<uuid:key>/file/", views.plan_print_file, name="plan-print-file"),
    path(f"{ASSESSMENT}table.xlsx", views.assessment_table, name="assessment-table"),
    path(FACTOR, views.factor, name="factor"),
    path(f"{FACTOR}evidence/new/", views.evidence_create, name="evidence-create"),
    path(f"{FACTOR}evidence/<uuid:evidence>/edit/", views.evidence_edit, name="evidence-edit"),
    path(f"{FACTOR}evidence/<uuid:evidence>/delete/", views.evidence_delete, name="evidence-delete"),
]
