"""Where somebody answers for photos that came in otherwise than by an own code: `/photos/rights/`."""

from django.urls import path

from .views import rights

app_name = "photo-rights"
urlpatterns = [
    path("", rights.rights_answer, name="answer"),
    path("take-back/", rights.rights_take_back, name="take-back"),
    path("take-back/<uuid:photo>/", rights.rights_take_back, name="take-back-one"),
    path("change/<uuid:photo>/", rights.rights_change, name="change"),
    path("leave/", rights.rights_leave, name="leave"),
    path("picture/<uuid:photo>/", rights.rights_picture, name="picture"),
    path("<str:token>/", rights.rights_open, name="open"),
]
