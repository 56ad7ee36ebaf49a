from django.urls import path

from . import views

app_name = "agenda"
urlpatterns = [
    path("findings/", views.finding_list, name="finding-list"),
    path("findings/new/", views.finding_create, name="finding-create"),
    path("findings/<int:number>/", views.finding_detail, name="finding-detail"),
    path("findings/<int:number>/edit/", views.finding_edit, name="finding-edit"),
    path("findings/<int:number>/delete/", views.finding_delete, name="finding-delete"),
    path("findings/<int:number>/move/", views.finding_move, name="finding-move"),
    path("findings/<int:number>/comments/", views.comment_create, name="comment-create"),
    path("findings/<int:number>/comments/<int:pk>/delete/", views.comment_delete, name="comment-delete"),
    path("findings/<int:number>/evidence/", views.evidence_link, name="evidence-link"),
    path("findings/<int:number>/evidence/<int:pk>/delete/", views.evidence_unlink, name="evidence-unlink"),
    path("recommendations/", views.recommendation_list, name="recommendation-list"),
    path("recommendations/new/", views.recommendation_create, name="recommendation-create"),
    path("recommendations/<int:number>/", views.recommendation_detail, name="recommendation-detail"),
    path("recommendations/<int:number>/edit/", views.recommendation_edit, name="recommendation-edit"),
    path("recommendations/<int:number>/delete/", views.recommendation_delete, name="recommendation-delete"),
    path("recommendations/<int:number>/move/", views.recommendation_move, name="recommendation-move"),
    path("measures/", views.measure_list, name="measure-list"),
    path("measures/new/", views.measure_create, name="measure-create"),
    path("measures/time-line/", views.measure_timeline, name="measure-timeline"),
    path("measures/progress/", views.measure_review, name="measure-review"),
    path("measures/calendar.ics", views.measure_ics, name="measure-ics"),
    path("measures/download.xlsx", views.measure_export, name="measure-export"),
    path("measures/print/", views.measure_pdf, name="measure-pdf"),
    path("measures/print/<uuid:key>/", views.measure_print, name="measure-print"),
    path("measures/print/<uuid:key>/file/", views.measure_print_file, name="measure-print-file"),
    path("measures/<int:number>/", views.measure_detail, name="measure-detail"),
    path("measures/<int:number>/edit/", views.measure_edit, name="measure-edit"),
    path("measures/<int:number>/delete/", views.measure_delete, name="measure-delete"),
    path("measures/<int:number>/move/", views.measure_move, name="measure-move"),
    path("measures/<int:number>/progress/", views.measure_progress, name="measure-progress"),
]
