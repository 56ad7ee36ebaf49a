"""What the page frame needs on every page."""

from django.conf import settings

from . import methods, permissions


def frame(request):
    """The audit of the page (set by `permissions.get_audit`), its navigation, and what the person may do."""
    audit = getattr(request, "audit", None)
    context = {
        "site_name": settings.SITE_NAME,
        "audit": audit,
        "may": {},
        "method_nav": [],
        "idle_seconds": settings.SESSION_IDLE_SECONDS,
    }
    if audit is not None:
        may = permissions.abilities(request.user, audit)
        context["may"] = may
        context["method_nav"] = [
            {"key": method.key, "name": method.name, "url": method.url(audit)}
            for method in methods.methods()
            if may.get(method.may_see)
        ]
    return context
