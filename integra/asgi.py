"""ASGI entry point (any ASGI server: integra.asgi)."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "integra.settings")
application = get_asgi_application()
