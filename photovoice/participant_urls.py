"""A participant's own photos, below the activity's join code: `/join/<code>/photos/`."""

from django.urls import path

from .views import deliveries, photographer

app_name = "photographer"

PHOTOS = "<str:code>/photos/"
PHOTO = f"{PHOTOS}<uuid:photo>/"

urlpatterns = [
    path(PHOTOS, photographer.photos, name="photos"),
    path(f"{PHOTOS}send/", deliveries.send, name="send"),
    path(f"{PHOTOS}changes/", deliveries.changes, name="changes"),
    path(f"{PHOTOS}plan/<uuid:plan>/", photographer.plan, name="plan"),
    path(PHOTO, photographer.photo, name="photo"),
    path(f"{PHOTO}take-back/", photographer.photo_take_back, name="take-back"),
    path(f"{PHOTO}picture/", photographer.picture, name="picture"),
    path(f"{PHOTO}small/", photographer.picture, {"small": True}, name="small"),
]
