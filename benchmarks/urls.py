from django.urls import path

from . import views

ASSESSMENT = "assessments/<uuid:assessment>/"
FACTOR = f"{ASSESSMENT}factors/<uuid:factor>/"

app_name = "benchmarks"
urlpatterns = [
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
    path(f"{ASSESSMENT}table.xlsx", views.assessment_table, name="assessment-table"),
    path(FACTOR, views.factor, name="factor"),
    path(f"{FACTOR}evidence/new/", views.evidence_create, name="evidence-create"),
    path(f"{FACTOR}evidence/<uuid:evidence>/edit/", views.evidence_edit, name="evidence-edit"),
    path(f"{FACTOR}evidence/<uuid:evidence>/delete/", views.evidence_delete, name="evidence-delete"),
]
