"""The administration of cities, audits and people."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from audits.enums import Role
from audits.models import Audit, City, User
from tests.admin import errors, posted
from tests.factories import AuditFactory, CityFactory, KeyFactorFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def platform(client):
    """The client of a platform admin."""
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    return client


def change(row) -> str:
    return reverse(f"admin:audits_{row._meta.model_name}_change", args=[row.pk])


def test_user_is_created_by_email_address(platform):
    url = reverse("admin:audits_user_add")
    data = {"email": "Ada@City.example", "name": "Ada", "usable_password": "true"}
    words = {"password1": "a long enough phrase", "password2": "a long enough phrase"}
    response = platform.post(url, data | words)
    assert response.status_code == 302
    assert User.objects.get(name="Ada").check_password("a long enough phrase")
    assert "username" not in platform.get(url).content.decode()


def test_email_address_is_taken_in_any_case(platform):
    UserFactory(email="ada@city.example")
    data = {"email": "ADA@city.example", "usable_password": "false"}
    page = platform.post(reverse("admin:audits_user_add"), data)
    assert page.status_code == 200
    assert errors(page)
    assert User.objects.filter(email__iexact="ada@city.example").count() == 1


def test_new_email_address_has_to_be_confirmed_again(platform):
    person = UserFactory(email="old@city.example")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    page = platform.get(change(person))
    assert platform.post(change(person), posted(page, email="new@city.example")).status_code == 302
    assert not EmailAddress.objects.filter(user=person).exists()


def test_only_a_superuser_gives_access_to_the_administration(client):
    clerk = UserFactory(is_staff=True)
    clerk.user_permissions.add(*Permission.objects.filter(content_type__app_label="audits", content_type__model="user"))
    client.force_login(clerk)
    plain, above = UserFactory(), UserFactory(is_staff=True, is_superuser=True)
    data = posted(client.get(change(plain))) | {"name": "New", "is_staff": "on", "is_superuser": "on"}
    assert client.post(change(plain), data).status_code == 302
    plain.refresh_from_db()
    assert (plain.name, plain.is_staff, plain.is_superuser) == ("New", False, False)
    assert client.post(change(above), {"name": "New"}).status_code == 403
    assert client.post(reverse("admin:auth_user_password_change", args=[above.pk]), {}).status_code in (403, 404)


def test_group_offers_permissions_for_what_is_here_alone(platform):
    page = platform.get(reverse("admin:auth_group_add"))
    offered = {value.instance for value, _label in page.context["adminform"].form.fields["permissions"].choices}
    assert {"change_benchmark", "change_translation", "add_user"} <= {permission.codename for permission in offered}
    rooms = {permission.content_type.app_label for permission in offered}
    methods = {"benchmarks", "checklists", "deskresearch", "focusgroups", "photovoice"}
    assert rooms == {"audits", "auth", "participation"} | methods
    assert not any("sheet" in permission.codename for permission in offered)


def test_editors_of_a_group_configure_instruments_and_nothing_else(client):
    group = Group.objects.create(name="Editors")
    group.permissions.set(Permission.objects.filter(content_type__app_label__in=["benchmarks"]))
    editor = UserFactory(is_staff=True)
    editor.groups.add(group)
    client.force_login(editor)
    factor = KeyFactorFactory()
    url = reverse("admin:benchmarks_keyfactor_change", args=[factor.pk])
    assert client.post(url, posted(client.get(url), title="New")).status_code == 302
    factor.refresh_from_db()
    assert factor.title == "New"
    assert client.get(reverse("admin:audits_user_changelist")).status_code == 403
    (_group,) = client.get("/admin/").context["app_list"][:1]
    assert [model["object_name"] for model in _group["models"]] == ["Benchmark"]


def test_audit_is_shown_and_its_team_can_be_mended(platform):
    audit, person = AuditFactory(title="Audit 2026"), UserFactory()
    page = platform.get(change(audit))
    assert 'name="title"' not in page.content.decode()
    data = posted(page) | {
        "memberships-TOTAL_FORMS": "1",
        "memberships-0-audit": str(audit.pk),
        "memberships-0-user": str(person.pk),
        "memberships-0-role": Role.COORDINATOR,
    }
    assert platform.post(change(audit), data | {"title": "Other"}).status_code == 302
    audit.refresh_from_db()
    assert audit.title == "Audit 2026"
    assert audit.memberships.get().user == person


def test_every_control_of_the_team_has_a_label(platform):
    member = MembershipFactory()
    text = platform.get(change(member.audit)).content.decode()
    for name in ("user", "role"):
        assert f'<label class="visually-hidden" for="id_memberships-0-{name}">' in text
    assert '<label class="delete-row"><input type="checkbox" name="memberships-0-DELETE"' in text
    assert f"{member}</p>" not in text
    assert "Drag rows" not in text


@pytest.fixture
def coordinator():
    """Irena, the only coordinator of an audit that has a researcher too."""
    coordinator = MembershipFactory(user__name="Irena Vidal", audit__title="Audit 2026")
    MembershipFactory(audit=coordinator.audit, role=Role.RESEARCHER)
    return coordinator


ONLY_COORDINATOR = (
    "Irena Vidal is the only coordinator, and a team always keeps one. Make somebody else coordinator first."
)


@pytest.mark.parametrize(
    "changes", [{"memberships-0-role": Role.VIEWER}, {"memberships-0-DELETE": "on"}, {"memberships-0-user": "other"}]
)
def test_last_coordinator_is_not_taken_out_of_the_team(platform, coordinator, changes):
    url = change(coordinator.audit)
    other = UserFactory(is_active=False)
    changes = {name: other.pk if value == "other" else value for name, value in changes.items()}
    page = platform.post(url, posted(platform.get(url), **changes))
    assert page.status_code == 200
    assert ONLY_COORDINATOR in page.content.decode()
    coordinator.refresh_from_db()
    assert (coordinator.user.name, coordinator.role) == ("Irena Vidal", Role.COORDINATOR)


def test_coordination_is_handed_over_in_one_go(platform, coordinator):
    url = change(coordinator.audit)
    data = posted(platform.get(url), **{"memberships-0-DELETE": "on", "memberships-1-role": Role.COORDINATOR})
    assert platform.post(url, data).status_code == 302
    assert [member.role for member in coordinator.audit.memberships.all()] == [Role.COORDINATOR]


def test_account_of_the_last_coordinator_is_neither_closed_nor_deleted(platform, coordinator):
    person = coordinator.user
    # Of another audit this person is one of two coordinators.
    MembershipFactory(audit=MembershipFactory(user=person).audit)
    sentence = f"Audit 2026: {ONLY_COORDINATOR}"
    data = posted(platform.get(change(person)))
    del data["is_active"]
    page = platform.post(change(person), data)
    assert page.status_code == 200
    assert f"<li>{sentence}</li>" in page.content.decode()
    delete = reverse("admin:audits_user_delete", args=[person.pk])
    for page in (platform.get(delete), platform.post(delete, {"post": "yes"})):
        assert page.status_code == 200
        assert sentence in page.content.decode()
        assert 'name="post"' not in page.content.decode()
    everybody = reverse("admin:audits_user_changelist")
    platform.post(everybody, {"action": "delete_selected", "_selected_action": [person.pk], "post": "yes"})
    person.refresh_from_db()
    assert person.is_active


def test_account_is_closed_and_deleted_once_somebody_else_coordinates(platform, coordinator):
    person = coordinator.user
    MembershipFactory(audit=coordinator.audit, user__is_active=False)
    data = posted(platform.get(change(person)))
    del data["is_active"]
    assert platform.post(change(person), data).status_code == 200
    MembershipFactory(audit=coordinator.audit)
    assert platform.post(change(person), data).status_code == 302
    delete = reverse("admin:audits_user_delete", args=[person.pk])
    assert platform.post(delete, {"post": "yes"}).status_code == 302
    assert not User.objects.filter(pk=person.pk).exists()


def test_audit_is_neither_made_nor_deleted_here(platform):
    audit = AuditFactory()
    assert platform.get(reverse("admin:audits_audit_add")).status_code == 403
    assert platform.post(reverse("admin:audits_audit_delete", args=[audit.pk]), {"post": "yes"}).status_code == 403
    assert Audit.objects.count() == 1


def test_city_with_audits_is_not_deleted(platform):
    city = AuditFactory().city
    platform.post(reverse("admin:audits_city_delete", args=[city.pk]), {"post": "yes"})
    assert City.objects.filter(pk=city.pk).exists()


def test_lists_take_the_same_number_of_queries_for_more_rows(platform, django_assert_max_num_queries):
    addresses = [reverse(f"admin:audits_{name}_changelist") for name in ("city", "audit", "user")]
    MembershipFactory()
    for address in addresses:
        platform.get(address)

    def queries():
        found = []
        for address in addresses:
            with django_assert_max_num_queries(6) as counted:
                platform.get(address)
            found.append(len(counted))
        return found

    few = queries()
    while City.objects.count() < 3:
        MembershipFactory()
    assert queries() == few


def test_people_and_cities_are_found_in_any_script(platform):
    UserFactory(name="Зорница Петрова")
    CityFactory(name="Šibenik")
    people = platform.get(reverse("admin:audits_user_changelist"), {"q": "зорница"})
    assert [person.name for person in people.context["cl"].result_list] == ["Зорница Петрова"]
    cities = platform.get(reverse("admin:audits_city_changelist"), {"q": "sibenik"})
    assert [city.name for city in cities.context["cl"].result_list] == ["Šibenik"]


def test_translation_is_opened_only_by_who_may_see_translations(client, db):
    made = UserFactory(is_staff=True)
    client.force_login(made)
    assert client.get("/admin/audits/translation/add/").status_code == 403
    assert client.get("/admin/audits/translation/1/change/").status_code == 403
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    assert client.get("/admin/audits/translation/add/").status_code == 403
