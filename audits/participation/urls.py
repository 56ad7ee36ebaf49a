from django.urls import path

from . import offline, views

app_name = "participation"
urlpatterns = [
    path("", views.enter_join_code, name="join-code"),
    path("worker.js", offline.worker, name="worker"),
    path("app-<str:language>.webmanifest", offline.manifest, name="manifest"),
    path("offline/", offline.offline, name="offline"),
    path("erased/", views.erased, name="erased"),
    path("<str:code>/", views.join, name="join"),
    path("<str:code>/code/", views.enter_personal_code, name="personal-code"),
    path("<str:code>/receipt/", views.receipt, name="receipt"),
    path("<str:code>/receipt/picture/", views.receipt_picture, name="receipt-picture"),
    path("<str:code>/agreed/", views.agreed, name="agreed"),
    path("<str:code>/places/", views.places, name="places"),
    path("<str:code>/held/", views.held, name="held"),
    path("<str:code>/city/", views.city, name="city"),
    path("<str:code>/take-back/", views.take_back, name="take-back"),
    path("<str:code>/go-on/", views.go_on, name="go-on"),
    path("<str:code>/leave/", views.leave, name="leave"),
]
