"""Access to the report: the team reads it, the coordinator writes it."""

from reports.actions import open_report
from tests.access import row, slug


def _report(world):
    return open_report(audit=world.audit, language=world.audit.language)


def a_text(world):
    return _report(world).blocks.filter(kind="text").first().uuid


def a_removed_text(world):
    block = _report(world).blocks.filter(kind="text").first()
    block.html = "<p>Text</p>"
    block.save()
    return block.uuid


def a_build(world):
    return _report(world).builds.create().uuid


def a_file(world):
    from django.core.files.base import ContentFile

    build = _report(world).builds.create(state="done")
    build.file.save("x.pdf", ContentFile(b"%PDF"))
    return build.uuid


def a_photo(world):
    """The picture of a photo that may be published."""
    from audits.participation.models import Consent
    from tests import factories

    photo = factories.PhotoFactory(activity__audit=world.audit, activity__state="closed", alt="A queue")
    factories.PhotoRightsFactory(photo=photo)
    for purpose in ("photo_use", "publication"):
        Consent.objects.create(
            participant=photo.participant, purpose=purpose, given=True, text_version="1", language="en"
        )
    return photo.picture.uuid


READ = "   login login 200 200 200 200 404 200 404 404"
WRITE = "  login login 200 403 403 403 404 403 404 404"
SENT = "   401   401   302 403 403 403 404 403 404 404"
HERE = {"audit": slug, "language": "en"}

ROWS = {
    # column:      anon part coor faci rese part revi view outs admin
    "reports:report-home": row(READ, **HERE),
    "reports:preview": row(READ, **HERE),
    "reports:section": row(READ, **HERE, section="introduction"),
    "reports:struck-read POST": row(SENT, audit=slug, struck=1, version=1),
    "reports:build": row(READ, **HERE, build=a_build),
    "reports:build-download": row(READ, **HERE, build=a_file),
    "reports:build-start POST": row(SENT, **HERE, data={"format": "html"}),
    "reports:block-add POST": row(SENT, **HERE, section="introduction", data={"what": "text:", "after": ""}),
    "reports:quote-add POST": row(SENT, **HERE, section="city_tours"),
    "reports:photo-add POST": row(SENT, **HERE, section="photovoice"),
    "reports:picture": row(READ, **HERE, picture=a_photo),
    "reports:picture-small": row(READ, **HERE, picture=a_photo),
    "reports:text-save POST": row(SENT, **HERE, block=a_text, data={"html": "Text", "version": 1}),
    "reports:text-confirm POST": row(SENT, **HERE, block=a_text),
    "reports:text-versions": row(WRITE, **HERE, block=a_text),
    "reports:block-move POST": row(SENT, **HERE, block=a_text, data={"step": "1"}),
    "reports:block-remove POST": row(SENT, **HERE, block=a_text, data={"version": 1}),
    "reports:block-restore POST": row(SENT, **HERE, block=a_removed_text),
}
