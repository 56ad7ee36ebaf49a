from django.urls import path

from . import views

app_name = "deskresearch"
urlpatterns = [
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
