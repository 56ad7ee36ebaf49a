"""How static files are named in production."""

from django.contrib.staticfiles.storage import HashedFilesMixin
from whitenoise.storage import CompressedManifestStaticFilesStorage

# Vendored scripts name what they import in ways that Django cannot follow; ours lie in one folder.
_IMPORTS = HashedFilesMixin._js_module_import_aggregation_patterns[1]
PATTERNS = (*HashedFilesMixin.patterns, ("js/*.js", _IMPORTS))


class HashedStorage(CompressedManifestStaticFilesStorage):
    """Names with a hash of the content, also where one of our scripts imports another.

    A page that a phone has kept for the time without a connection always meets the scripts with which it was made.
    """

    patterns = PATTERNS
