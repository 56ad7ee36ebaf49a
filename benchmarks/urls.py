from django.urls import path

from . import views

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
]
