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
]
