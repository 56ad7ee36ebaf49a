"""Pages that belong to no room: health, privacy, accessibility, help."""

from django.conf import settings
from django.db import connection
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView


@never_cache
@require_safe
def health(request):
    """200 and {"status": "ok"} while the database answers; 503 otherwise. For load balancers; says nothing else."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Exception:
        return JsonResponse({"status": "database does not answer"}, status=503)
    return JsonResponse({"status": "ok"})


class Page(TemplateView):
    """A page of plain text that everybody may read."""

    extra_context = {
        "operator": settings.OPERATOR,
        "contact": settings.CONTACT,
        "invitation_days": settings.INVITATION_DAYS,
    }
