"""Addresses of the register and of co-design, below `audits/<slug>/stakeholders/`."""

from django.urls import URLPattern, path

from .views import imports, matrix, register

app_name = "stakeholders"

REGISTER: list[URLPattern] = [
    path("", register.stakeholder_list, name="list"),
    path("new/", register.stakeholder_create, name="create"),
    path("matrix/", matrix.matrix, name="matrix"),
    path("download.xlsx", imports.stakeholder_export, name="export"),
    path("template.xlsx", imports.stakeholder_template, name="template"),
    path("import/", imports.stakeholder_import, name="import"),
    path("import/<uuid:upload>/", imports.stakeholder_import_preview, name="import-preview"),
    path("<uuid:stakeholder>/", register.stakeholder_detail, name="detail"),
    path("<uuid:stakeholder>/edit/", register.stakeholder_edit, name="edit"),
    path("<uuid:stakeholder>/place/", matrix.place, name="place"),
    path("<uuid:stakeholder>/contact/", register.contact_remove, name="contact-remove"),
    path("<uuid:stakeholder>/delete/", register.stakeholder_delete, name="delete"),
]
CODESIGN: list[URLPattern] = []

urlpatterns = [*REGISTER, *CODESIGN]
