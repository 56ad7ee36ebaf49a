"""Pictures, each asked for anew: uploaded files have no public address."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from .. import permissions
from ..actions import log_access
from ..enums import Act, Personal, PictureKind
from ..models import Picture


@require_safe
def picture(request, picture, small=False):
    """The file of a picture, or its small size. 404 for whoever may not see it, and where there is no small size."""
    picture = get_object_or_404(Picture.objects.select_related("audit"), uuid=picture)
    if not permissions.may_see_picture(request.user, picture):
        raise Http404
    response = shown(picture, small=small)
    if picture.kind == PictureKind.PHOTO:
        log_access(audit=picture.audit, by=request.user, act=Act.VIEWED, kind=Personal.PHOTOS)
    return response


def shown(picture: Picture, *, small: bool = False) -> HttpResponse:
    """The picture, as nothing but a picture; whether somebody may see it, the caller decides.

    Raises Http404 where there is no small size, or the file is gone from the storage.
    """
    file = picture.small if small else picture.file
    if not file or not file.storage.exists(file.name):
        raise Http404
    with file.open("rb") as opened:
        response = HttpResponse(opened.read(), content_type=picture.media_type)
    response["Content-Disposition"] = "inline"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    # A logo never changes under its address; a photo must not stay on a computer that others use.
    response["Cache-Control"] = "private, max-age=3600" if picture.kind == PictureKind.LOGO else "no-store"
    return response
