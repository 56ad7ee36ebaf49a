"""Access to audits, teams and accounts."""

from audits.enums import PictureKind
from tests.access import row, slug
from tests.factories import InvitationFactory, PartnerOrganisationFactory, PictureFactory


def a_partner(world):
    return PartnerOrganisationFactory(audit=world.audit).pk


def a_member(world):
    return world.audit.memberships.get(role="viewer").pk


def an_invitation(world):
    return InvitationFactory(audit=world.audit).uuid


def a_logo(world):
    return PictureFactory(audit=world.audit).uuid


def a_photo(world):
    return PictureFactory(audit=world.audit, kind=PictureKind.PHOTO).uuid


PARTNER = {"audit": slug, "partner": a_partner}
MEMBER = {"audit": slug, "member": a_member}
INVITATION = {"audit": slug, "invitation": an_invitation}
OPENING = {
    "title": "Audit 2029",
    "starts_on": "2029-01-01",
    "ends_on": "2029-12-01",
    "language": "en",
    "city_name": "Halberg",
    "authority": "City of Halberg",
    "country": "DE",
}
SETTINGS = {**OPENING, "state": "collecting", "version": "1"}

ROWS = {
    #                                      anon  part  coor faci rese part revi view outs admin
    "audits:audit-list": row("             login login 200  200  200  200  200  200  200  200"),
    "account_signup": row("                200   200   302  302  302  302  302  302  302  302"),
    "account_signup POST": row("           200   200   302  302  302  302  302  302  302  302"),
    "audits:audit-create": row("           login login 200  200  200  200  200  200  200  200"),
    "audits:audit-create POST": row("      401   401   302  302  302  302  302  302  302  302", data=OPENING),
    "audits:audit-home": row("             login login 200  200  200  200  404  200  404  404", audit=slug),
    "audits:audit-settings": row("         login login 200  403  403  403  404  403  404  404", audit=slug),
    "audits:audit-settings POST": row(
        "    401   401   302  403  403  403  404  403  404  404", audit=slug, data=SETTINGS
    ),
    "audits:follow-up": row("              login login 200  403  403  403  404  403  404  404", audit=slug),
    "audits:follow-up POST": row(
        "         401   401   302  403  403  403  404  403  404  404", audit=slug, data=OPENING
    ),
    "audits:context": row("                login login 200  200  200  200  404  200  404  404", audit=slug),
    "audits:context POST": row(
        "           401   401   302  403  302  403  404  403  404  404", audit=slug, data={"version": "1"}
    ),
    "audits:partner-list": row("           login login 200  403  403  403  404  403  404  404", audit=slug),
    "audits:partner-add": row("            login login 200  403  403  403  404  403  404  404", audit=slug),
    "audits:partner-add POST": row(
        "       401   401   302  403  403  403  404  403  404  404", audit=slug, data={"name": "A"}
    ),
    "audits:partner-change": row("         login login 200  403  403  403  404  403  404  404", **PARTNER),
    "audits:partner-change POST": row(
        "    401   401   302  403  403  403  404  403  404  404", **PARTNER, data={"name": "A"}
    ),
    "audits:partner-move POST": row(
        "    401   401   302  403  403  403  404  403  404  404", **PARTNER, data={"step": "1"}
    ),
    "audits:partner-remove": row("         login login 200  403  403  403  404  403  404  404", **PARTNER),
    "audits:partner-remove POST": row("    401   401   302  403  403  403  404  403  404  404", **PARTNER),
    "audits:team": row("                   login login 200  200  200  200  404  200  404  404", audit=slug),
    "audits:access-log": row("             login login 200  403  403  403  404  403  404  404", audit=slug),
    "audits:team POST": row(
        "              401   401   302  403  403  403  404  403  404  404",
        audit=slug,
        data={"email": "a@city.example", "role": "viewer"},
    ),
    "audits:member-role POST": row(
        "       401   401   302  403  403  403  404  403  404  404", **MEMBER, data={"role": "viewer"}
    ),
    # The member of these two rows is the viewer, who may leave.
    "audits:member-remove": row("          login login 200  403  403  403  404  200  404  404", **MEMBER),
    "audits:member-remove POST": row("     401   401   302  403  403  403  404  302  404  404", **MEMBER),
    "audits:invitation-resend POST": row(" 401   401   302  403  403  403  404  403  404  404", **INVITATION),
    "audits:invitation-revoke POST": row(" 401   401   302  403  403  403  404  403  404  404", **INVITATION),
    # Whoever holds the link may look; without one nothing is open.
    "audits:invitation": row("             404   404   404  404  404  404  404  404  404  404"),
    "audits:invitation POST": row("        404   404   404  404  404  404  404  404  404  404"),
    "audits:invitation-open": row("        404   404   404  404  404  404  404  404  404  404", token="guess"),
    "audits:picture": row("                404   404   200  200  200  200  404  200  404  404", picture=a_logo),
    "audits:picture-small": row("          404   404   200  200  404  404  404  404  404  404", picture=a_photo),
    "audits:account": row("                login login 200  200  200  200  200  200  200  200"),
    "audits:account POST": row("           401   401   302  302  302  302  302  302  302  302", data={"name": "A"}),
}
