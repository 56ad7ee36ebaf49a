"""A participant's own photos, below the activity's join code: `/join/<code>/photos/`."""

from django.urls import path

from .views import deliveries, photographer, voting

app_name = "photographer"

PHOTOS = "<str:code>/photos/"
PHOTO = f"{PHOTOS}<uuid:photo>/"
REVIEW = f"{PHOTOS}review/"

urlpatterns = [
    path(PHOTOS, photographer.photos, name="photos"),
    path(f"{PHOTOS}send/", deliveries.send, name="send"),
    path(f"{PHOTOS}changes/", deliveries.changes, name="changes"),
    path(f"{PHOTOS}plan/<uuid:plan>/", photographer.plan, name="plan"),
    path(REVIEW, voting.review, name="review"),
    path(f"{REVIEW}<uuid:photo>/", voting.photo, name="vote"),
    path(f"{REVIEW}<uuid:photo>/picture/", voting.picture, name="review-picture"),
    path(f"{REVIEW}<uuid:photo>/small/", voting.picture, {"small": True}, name="review-small"),
    path(f"{REVIEW}remarks/<uuid:remark>/", voting.remark_take_back, name="remark-take-back"),
    path(PHOTO, photographer.photo, name="photo"),
    path(f"{PHOTO}take-back/", photographer.photo_take_back, name="take-back"),
    path(f"{PHOTO}picture/", photographer.picture, name="picture"),
    path(f"{PHOTO}small/", photographer.picture, {"small": True}, name="small"),
]
