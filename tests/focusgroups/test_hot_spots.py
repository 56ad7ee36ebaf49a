"""City plans, and the places that participants named on them."""

import re
import uuid
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from audits.enums import Role
from audits.models import CityPlan, Picture
from focusgroups.models import HotSpot
from tests import factories


def a_picture(width=640, height=480):
    file = BytesIO()
    Image.new("RGB", (width, height), "teal").save(file, "PNG")
    return SimpleUploadedFile("plan.png", file.getvalue(), "image/png")


def as_shown(client, address):
    """The form of a place as a browser sends it back."""
    form = client.get(address).context["form"]
    return {name: form[name].value() or "" for name in form.fields}


def test_plan_is_uploaded_checked_and_deleted_with_its_picture(audit, desk):
    create = reverse("focusgroups:plan-create", args=[audit.slug])
    factories.CityPlanFactory(audit=audit, title="Harbour")

    typed = {"title": "Centre", "source": "City of Velmora, free use"}
    for picture, problem in ((a_picture(120, 90), "too few"), (SimpleUploadedFile("plan.png", b"no"), "not a picture")):
        page = desk.post(create, typed | {"picture": picture}).content.decode()
        assert problem in page
        assert "City of Velmora, free use" in page
    assert "already" in desk.post(create, {"title": "HARBOUR", "picture": a_picture()}).content.decode()
    desk.post(create, typed | {"picture": a_picture()})
    plan = CityPlan.objects.get(title="Centre")
    assert (plan.picture.kind, plan.picture.width) == ("plan", 640)

    spot = HotSpot(group=factories.FocusGroupFactory(audit=audit), plan=plan, x=1, y=1, place="Station", issue="Dark")
    spot.save()
    delete = reverse("focusgroups:plan-delete", args=[audit.slug, plan.uuid])
    assert "Delete them first" in desk.post(delete, follow=True).content.decode()
    spot.delete()
    desk.post(delete)
    assert list(CityPlan.objects.values_list("title", flat=True)) == ["Harbour"]
    assert Picture.objects.count() == 1


def test_place_is_marked_corrected_and_deleted(session, desk):
    plan = factories.CityPlanFactory(audit=session.audit)
    kwargs = {"audit": session.audit.slug, "group": session.uuid}
    address = reverse("focusgroups:hot-spots", kwargs=kwargs)
    typed = {"place": "Station Square", "issue": "Dark at night.", "recommendation": "Lamps."}

    nowhere = desk.post(address, typed).content.decode()
    assert "Mark the place on the plan" in nowhere
    assert "Dark at night." in nowhere
    assert desk.post(address, typed | {"x": "101", "y": "50"}).context["form"].errors.keys() == {"x"}
    desk.post(address, typed | {"x": "12.5", "y": "50"})
    spot = HotSpot.objects.get()
    assert (spot.x, spot.y, spot.left, spot.plan, spot.published) == (125, 500, "12.5%", plan, False)
    assert 'x="12.5%"' in desk.get(address).content.decode()

    one = reverse("focusgroups:hot-spot", kwargs=kwargs | {"spot": spot.uuid})
    assert 'value="12.5"' in desk.get(one).content.decode()
    desk.post(one, as_shown(desk, one) | {"x": "0", "y": "100", "place": "Station"})
    spot.refresh_from_db()
    assert (spot.place, spot.x, spot.y) == ("Station", 0, 1000)
    before = as_shown(desk, one)
    desk.post(reverse("focusgroups:hot-spot-delete", kwargs=kwargs | {"spot": spot.uuid}))
    assert not HotSpot.objects.exists()
    lost = desk.post(one, before | {"issue": "A long story."})
    assert (lost.status_code, "A long story." in lost.content.decode()) == (409, True)


def test_form_that_is_sent_twice_marks_one_place(session, desk):
    factories.CityPlanFactory(audit=session.audit)
    address = reverse("focusgroups:hot-spots", args=[session.audit.slug, session.uuid])
    typed = {"uuid": str(uuid.uuid4()), "place": "Station", "issue": "Dark.", "x": "1", "y": "1"}

    assert [desk.post(address, typed).status_code for _press in range(2)] == [302, 302]
    assert HotSpot.objects.count() == 1
    # Gone back to and sent with other words, it is no second place and nobody's words are dropped.
    again = desk.post(address, typed | {"issue": "Dark, and no bus."})
    assert (again.status_code, "Dark, and no bus." in again.content.decode()) == (409, True)
    assert HotSpot.objects.get().issue == "Dark."


def test_two_who_correct_a_place_lose_nothing(session, desk):
    plan = factories.CityPlanFactory(audit=session.audit)
    spot = HotSpot.objects.create(group=session, plan=plan, x=125, y=500, place="Station", issue="Dark.")
    one = spot.get_absolute_url()
    first, second, third = (as_shown(desk, one) for _reader in range(3))

    desk.post(one, first | {"issue": "Dark at night."})
    assert desk.post(one, second | {"recommendation": "Lamps."}).status_code == 302
    spot.refresh_from_db()
    assert (spot.issue, spot.recommendation, spot.version) == ("Dark at night.", "Lamps.", 3)
    clash = desk.post(one, third | {"issue": "Nobody is there."})
    assert clash.status_code == 409
    assert {"Dark at night.", "Nobody is there."} <= set(re.findall(r"[A-Z][\w ]+\.", clash.content.decode()))
    spot.refresh_from_db()
    assert spot.issue == "Dark at night."


def test_coordinator_decides_on_each_place_after_a_warning(session, member, client):
    plan = factories.CityPlanFactory(audit=session.audit)
    spot, other = (
        HotSpot.objects.create(group=session, plan=plan, x=5, y=5, place=place, issue="Dark") for place in "AB"
    )
    coordinator = member(Role.COORDINATOR)
    client.force_login(coordinator)
    address = reverse("focusgroups:hot-spot-publish", args=[session.audit.slug, session.uuid, spot.uuid])

    assert "can stigmatise" in client.get(address).content.decode()
    name_it, leave_it = {"published": "yes", "version": 1}, {"published": "no", "version": 1}
    assert "Tick this" in client.post(address, name_it).content.decode()
    # Pressed by two it is decided once: what is sent is what is wanted.
    for _press in range(2):
        client.post(address, name_it | {"sure": "on"})
        spot.refresh_from_db()
        assert (spot.published, spot.decided_by) == (True, coordinator)
    other.refresh_from_db()
    assert other.published is False
    assert 'name="published" value="no"' in client.get(address).content.decode()
    for _press in range(2):
        client.post(address, leave_it)
        spot.refresh_from_db()
        assert spot.published is False


def test_place_that_is_written_anew_is_decided_on_anew(session, member, client):
    plan = factories.CityPlanFactory(audit=session.audit)
    spot = HotSpot.objects.create(group=session, plan=plan, x=5, y=5, place="Station", issue="Dark.")
    client.force_login(member(Role.COORDINATOR))
    address = reverse("focusgroups:hot-spot-publish", args=[session.audit.slug, session.uuid, spot.uuid])
    one, yes = spot.get_absolute_url(), {"published": "yes", "version": 1, "sure": "on"}
    client.post(address, yes)

    assert "until a coordinator decides anew" in client.get(one).content.decode()
    client.post(one, as_shown(client, one))
    spot.refresh_from_db()
    assert (spot.published, spot.version) == (True, 1)
    client.post(one, as_shown(client, one) | {"issue": "The people at No. 5 are loud."})
    spot.refresh_from_db()
    assert (spot.published, spot.decided_by, spot.decided_at) == (False, None, None)
    # Nor is a decision on the earlier words one on these.
    page = client.post(address, yes, follow=True).content.decode()
    assert "Somebody has changed the place meanwhile" in page
    spot.refresh_from_db()
    assert spot.published is False
