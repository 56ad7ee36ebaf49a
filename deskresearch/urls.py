from django.urls import path

from . import views

app_name = "deskresearch"
urlpatterns = [
    path("documents/", views.document_list, name="document-list"),
    path("documents/new/", views.document_create, name="document-create"),
    path("documents/download.xlsx", views.document_export, name="document-export"),
    path("documents/template.xlsx", views.document_template, name="document-template"),
    path("documents/import/", views.document_import, name="document-import"),
    path("documents/import/<uuid:upload>/", views.document_import_preview, name="document-import-preview"),
    path("documents/<uuid:document>/", views.document_detail, name="document-detail"),
    path("documents/<uuid:document>/edit/", views.document_edit, name="document-edit"),
    path("documents/<uuid:document>/assess/", views.document_assess, name="document-assess"),
    path("documents/<uuid:document>/delete/", views.document_delete, name="document-delete"),
    path("documents/<uuid:document>/link/", views.document_link, name="document-link"),
    path("documents/<uuid:document>/file/", views.document_file, name="document-file"),
    path("matrix/", views.matrix, name="matrix"),
    path("", views.home, name="home"),
    path("institutions/", views.institution_list, name="institution-list"),
    path("institutions/new/", views.institution_create, name="institution-create"),
    path("institutions/<uuid:institution>/", views.institution_detail, name="institution-detail"),
    path("institutions/<uuid:institution>/edit/", views.institution_edit, name="institution-edit"),
    path("institutions/<uuid:institution>/delete/", views.institution_delete, name="institution-delete"),
    path("institutions/<uuid:institution>/move/", views.institution_move, name="institution-move"),
    path("partnerships/new/", views.partnership_create, name="partnership-create"),
    path("partnerships/<uuid:partnership>/edit/", views.partnership_edit, name="partnership-edit"),
    path("partnerships/<uuid:partnership>/delete/", views.partnership_delete, name="partnership-delete"),
    path("governance/", views.governance, name="governance"),
    path("questions/", views.question_list, name="question-list"),
    path("questions/<str:code>/", views.question, name="question"),
]
