"""The project's addresses and a few that fail on purpose."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import translation
from django.views.decorators.http import require_safe

from audits import permissions
from integra import errors
from integra.urls import (  # noqa: F401 - Django looks for these names here
    handler400,
    handler403,
    handler404,
    handler429,
    handler500,
)
from integra.urls import urlpatterns as project


def bad(request):
    raise SuspiciousOperation("secret detail")


def forbidden(request):
    raise PermissionDenied


def explained(request):
    raise PermissionDenied("The walk is closed.")


def broken(request):
    raise RuntimeError("secret detail")


@login_required
def note(request):
    return HttpResponse(request.POST.get("text", "form"))


def for_coordinators(request, audit):
    permissions.get_audit(request, audit, permissions.Ability.MANAGE_TEAM)
    return HttpResponse("team")


def arabic(request):
    with translation.override("ar"):
        return render(request, "404.html")


@require_safe
def code(request, code):
    return HttpResponse("joined")


urlpatterns = [
    path("fails/bad/", bad),
    path("fails/forbidden/", forbidden),
    path("fails/explained/", explained),
    path("fails/broken/", broken),
    path("fails/often/", errors.too_many_requests),
    path("fails/late/", errors.signed_out),
    path("fails/form/", lambda request: errors.csrf_failure(request)),
    path("note/", note),
    path("team-of/<slug:audit>/", for_coordinators),
    path("arabic/", arabic),
    path("join/<str:code>/", code),
    *project,
]
