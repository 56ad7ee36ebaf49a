"""City plans, and the places that participants named on them."""

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
    desk.post(one, typed | {"x": "0", "y": "100", "place": "Station"})
    spot.refresh_from_db()
    assert (spot.place, spot.x, spot.y) == ("Station", 0, 1000)
    desk.post(reverse("focusgroups:hot-spot-delete", kwargs=kwargs | {"spot": spot.uuid}))
    assert not HotSpot.objects.exists()


def test_coordinator_decides_on_each_place_after_a_warning(session, member, client):
    plan = factories.CityPlanFactory(audit=session.audit)
    spot, other = (
        HotSpot.objects.create(group=session, plan=plan, x=5, y=5, place=place, issue="Dark") for place in "AB"
    )
    coordinator = member(Role.COORDINATOR)
    client.force_login(coordinator)
    address = reverse("focusgroups:hot-spot-publish", args=[session.audit.slug, session.uuid, spot.uuid])

    assert "can stigmatise" in client.get(address).content.decode()
    assert "Tick this" in client.post(address).content.decode()
    client.post(address, {"sure": "on"})
    spot.refresh_from_db()
    other.refresh_from_db()
    assert (spot.published, spot.decided_by, other.published) == (True, coordinator, False)
    client.post(address)
    spot.refresh_from_db()
    assert spot.published is False
