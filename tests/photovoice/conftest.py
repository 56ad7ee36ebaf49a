from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from audits.enums import Role
from audits.participation.actions import give_consents
from audits.participation.consent import PHOTOS
from audits.participation.enums import Purpose
from photovoice.actions import PhotoDetails, send_photo
from tests import factories


@pytest.fixture
def audit(db):
    return factories.AuditFactory()


@pytest.fixture
def member(audit):
    """Makes a member of the audit's team in a role."""

    def make(role=Role.FACILITATOR, **user):
        return factories.MembershipFactory(audit=audit, role=role, user=factories.UserFactory(**user)).user

    return make


@pytest.fixture
def desk(client, member):
    """The browser of somebody who runs photovoice, past the first request of a session."""
    client.force_login(member())
    client.get("/help/")
    return client


@pytest.fixture
def guide(db):
    """A guide with the two themes and two of the wrap-up categories."""
    guide = factories.PhotovoiceGuideFactory()
    factories.PhotoThemeFactory(guide=guide, key="friendly", title="Friendly city", position=1)
    factories.PhotoThemeFactory(guide=guide, key="improvement", title="Room for improvement", position=2)
    deficiencies = factories.WrapUpCategoryFactory(guide=guide, key="deficiencies", title="Deficiencies", position=1)
    factories.WrapUpCategoryFactory(guide=guide, key="urgent", title="Urgent", position=2, parent=deficiencies)
    factories.WrapUpCategoryFactory(guide=guide, key="achievements", title="Achievements", position=3)
    return guide


@pytest.fixture
def activity(audit, guide):
    """An open collective activity."""
    return factories.ActivityFactory(audit=audit, guide=guide)


@pytest.fixture
def photographer(audit):
    """Makes a participant who agreed that photos are used and published."""

    def make(*purposes, **fields):
        participant = factories.ParticipantFactory(audit=audit, **fields)
        given = purposes or (Purpose.TAKING_PART, Purpose.PHOTO_USE, Purpose.PUBLICATION)
        give_consents(
            participant=participant,
            decisions=dict.fromkeys(given, True),
            language="en",
            text_version=PHOTOS.version,
        )
        return participant

    return make


def jpeg(colour="#1f4e79", name="picture.jpg", size=(60, 40)):
    """A small picture as a phone uploads it."""
    target = BytesIO()
    Image.new("RGB", size, colour).save(target, "JPEG")
    return SimpleUploadedFile(name, target.getvalue(), content_type="image/jpeg")


@pytest.fixture
def send(activity):
    """Sends a photo as a phone does; returns the result. `details` are fields of `PhotoDetails`."""

    def make(participant, *, photo=None, sequence=1, device=None, file=None, by=None, **details):
        return send_photo(
            activity=activity,
            participant=participant,
            photo=photo or uuid4(),
            sequence=sequence,
            device=device or uuid4(),
            details=PhotoDetails(**details),
            file=file or jpeg(),
            by=by,
        )

    return make
