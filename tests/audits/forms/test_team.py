import pytest

from audits.enums import Role
from audits.forms import InvitationForm, RoleForm


@pytest.mark.parametrize("email", ["", "tomas", "tomas@", "a@b.example\nBcc: c@d.example"])
def test_address_that_is_none_is_refused(email):
    assert "email" in InvitationForm({"email": email, "role": Role.VIEWER}).errors


@pytest.mark.parametrize("form", [InvitationForm, RoleForm])
def test_role_that_does_not_exist_is_refused(form):
    assert "role" in form({"email": "tomas@welcome.example", "role": "owner"}).errors


def test_each_role_says_what_it_may_do():
    drawn = InvitationForm().as_p()
    assert all(str(role.duties) in drawn for role in Role)
