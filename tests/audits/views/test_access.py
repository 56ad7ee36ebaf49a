"""Things of another audit under the address of the own one; who may do what stands in tests/audits/access.py."""

import uuid

import pytest
from django.urls import reverse

from tests.factories import InvitationFactory, PartnerOrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("page", ["partner-change", "partner-move", "partner-remove", "member-remove", "member-role"])
def test_thing_of_another_audit_is_not_found_under_the_own_one(page, audit, people, sign_in):
    foreign = {
        "partner": PartnerOrganisationFactory().pk,
        "member": people["outsider"].memberships.get().pk,
    }[page.split("-")[0]]
    response = sign_in("coordinator").post(reverse(f"audits:{page}", args=[audit.slug, foreign]), {"role": "viewer"})
    assert response.status_code == 404


@pytest.mark.parametrize("page", ["invitation-resend", "invitation-revoke"])
@pytest.mark.parametrize("foreign", [True, False])
def test_invitation_of_another_audit_is_not_found_under_the_own_one(page, foreign, audit, sign_in):
    identifier = InvitationFactory().uuid if foreign else uuid.uuid4()
    assert sign_in("coordinator").post(reverse(f"audits:{page}", args=[audit.slug, identifier])).status_code == 404
