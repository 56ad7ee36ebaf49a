"""Access to the pages that the administration adds to each instrument: for the platform's admin alone."""

from django.contrib import admin

from audits.instruments.admin import InstrumentAdmin, SharedPartAdmin
from tests.access import row

#          anon  part  coor  faci  rese  part  revi  view  outs  admin
READ = "   login login login login login login login login login 200"
SENT = "   login login login login login login login login login 302"
INVALID = "login login login login login login login login login 200"
PAGES = {
    "own_version": READ,
    "own_version POST": INVALID,
    "difference": READ,
    "translations": READ,
    "translations POST": SENT,
    "publish POST": SENT,
    "retire POST": SENT,
}


def own_version_of(model):
    """Makes an original and a version of it, and gives the version's key."""

    def make(world):
        original = model(code="one", version="original", title="One")
        original.save_base(raw=True)
        own = model(code="one", version="own", title="One", derived_from=original)
        own.save_base(raw=True)
        return own.pk

    return make


ROWS = {
    f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}": row(expected, pk=own_version_of(model))
    for model, registered in admin.site._registry.items()
    if isinstance(registered, InstrumentAdmin)
    for page, expected in PAGES.items()
}

ROWS |= {
    f"admin:{model._meta.app_label}_{model._meta.model_name}_translations{method}": row(expected)
    for model, registered in admin.site._registry.items()
    if isinstance(registered, SharedPartAdmin) and model.translatable
    for method, expected in (("", READ), (" POST", SENT))
}

# Their lists are the administration's, with more in them.
ROWS |= {
    f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist{method}": row(READ)
    for model, registered in admin.site._registry.items()
    if isinstance(registered, SharedPartAdmin)
    for method in ("", " POST")
}
