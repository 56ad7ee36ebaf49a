"""Addresses of the register and of co-design, below `audits/<slug>/stakeholders/`."""

from django.urls import URLPattern, path

from .views import codesign, entries, imports, matrix, register, working

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
CODESIGN: list[URLPattern] = [
    path("co-design/", codesign.plan, name="codesign"),
    path("co-design/tools/", codesign.tools, name="codesign-tools"),
    path("co-design/checklists/", working.checklists, name="codesign-checklists"),
    path("co-design/checklists/<uuid:item>/", working.point, name="codesign-point"),
    path("co-design/steps/new/", entries.step_create, name="step-create"),
    path("co-design/steps/<uuid:step>/", entries.step, name="step"),
    path("co-design/steps/<uuid:step>/delete/", entries.step_delete, name="step-delete"),
    path("co-design/outreach/", working.outreach_list, name="outreach-list"),
    path("co-design/outreach/new/", entries.outreach_create, name="outreach-create"),
    path("co-design/outreach/<uuid:outreach>/", entries.outreach, name="outreach"),
    path("co-design/outreach/<uuid:outreach>/delete/", entries.outreach_delete, name="outreach-delete"),
    path("co-design/print/", codesign.plan_pdf, name="codesign-pdf"),
    path("co-design/print/<uuid:key>/", codesign.plan_print, name="codesign-print"),
    path("co-design/print/<uuid:key>/file/", codesign.plan_print_file, name="codesign-print-file"),
]

urlpatterns = [*REGISTER, *CODESIGN]
