from django.urls import path, register_converter

from . import converters, views

app_name = "reports"

register_converter(converters.Language, "language")
register_converter(converters.SectionKey, "section")

urlpatterns = [
    path("", views.report_home, name="report-home"),
    path("struck/<int:struck>/<int:version>/", views.struck_read, name="struck-read"),
    path("<language:language>/", views.report_home, name="report-home"),
    path("<language:language>/preview/", views.preview, name="preview"),
    path("<language:language>/builds/", views.build_start, name="build-start"),
    path("<language:language>/builds/<uuid:build>/", views.build, name="build"),
    path("<language:language>/builds/<uuid:build>/download/", views.build_download, name="build-download"),
    path("<language:language>/pictures/<uuid:picture>/", views.picture, name="picture"),
    path("<language:language>/pictures/<uuid:picture>/small/", views.picture, {"small": True}, name="picture-small"),
    path("<language:language>/<section:section>/", views.section, name="section"),
    path("<language:language>/<section:section>/add/", views.block_add, name="block-add"),
    path("<language:language>/<section:section>/quote/", views.quote_add, name="quote-add"),
    path("<language:language>/<section:section>/photo/", views.photo_add, name="photo-add"),
    path("<language:language>/blocks/<uuid:block>/", views.text_save, name="text-save"),
    path("<language:language>/blocks/<uuid:block>/confirm/", views.text_confirm, name="text-confirm"),
    path("<language:language>/blocks/<uuid:block>/versions/", views.text_versions, name="text-versions"),
    path("<language:language>/blocks/<uuid:block>/move/", views.block_move, name="block-move"),
    path("<language:language>/blocks/<uuid:block>/remove/", views.block_remove, name="block-remove"),
    path("<language:language>/blocks/<uuid:block>/restore/", views.block_restore, name="block-restore"),
]
