"""Who is invited: taken from the register or a table, and what is held about them until it is deleted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from audits.enums import TargetGroup
from audits.methods import Involvement
from audits.models import Audit
from audits.stakeholders.models import Stakeholder

from ..enums import GroupState, Reply
from ..models import FocusGroup, Invitee
from ..storage import delete_printings, with_names

KEPT = timedelta(days=30)
"""How long contact data are kept after the session (DESIGN section 3; SAFETY, "People")."""


@transaction.atomic
def add_from_register(*, group: FocusGroup, stakeholders: Iterable[Stakeholder]) -> list[Invitee]:
    """Puts those on the list who act for these stakeholders, with a copy of their contact data.

    Left out is who is there already, by the register or as `known_by` says.
    """
    lock(group)
    there = set(group.invitees.values_list("stakeholder", flat=True))
    return _add_new(
        group,
        (
            Invitee(
                stakeholder=row,
                name=(row.contact_name or row.name)[:160],
                organisation=row.name,
                email=row.email,
                telephone=row.telephone,
                target_group=row.target_group or TargetGroup.OTHER,
            )
            for row in stakeholders
            if row.pk not in there
        ),
    )


@transaction.atomic
def add(*, group: FocusGroup, invitee: Invitee, uuid: UUID | None) -> Invitee:
    """Puts somebody on the list. `uuid` is the form's: sent a second time it makes nobody new."""
    lock(group)
    if uuid and (there := group.invitees.filter(uuid=uuid).first()):
        return there
    invitee.group = group
    invitee.uuid = uuid or invitee.uuid
    _answered(invitee)
    invitee.save()
    return invitee


@transaction.atomic
def change(*, invitee: Invitee, changed: Collection[str]) -> Invitee:
    """Saves these columns of somebody on the list. With another address the link of the letters is void: they went to
    the address before."""
    columns = set(changed)
    if "reply" in columns:
        _answered(invitee)
        columns.add("replied_at")
    if "email" in columns:
        invitee.token_hash = ""
        columns.add("token_hash")
    if columns:
        invitee.save(update_fields=sorted(columns))
    return invitee


@transaction.atomic
def say_genders(genders: Mapping[Invitee, str]) -> None:
    """Writes the gender of each of these, and nothing else of them."""
    for gender in set(genders.values()):
        own = [row.pk for row, said in genders.items() if said == gender]
        Invitee.objects.filter(pk__in=own).update(gender=gender)


@transaction.atomic
def add_all(*, group: FocusGroup, invitees: Iterable[Invitee]) -> list[Invitee]:
    """Puts the people of a table on the list, as far as they do not stand there by now (`known_by`)."""
    lock(group)
    return _add_new(group, invitees)


@transaction.atomic
def remove(*, invitee: Invitee) -> None:
    """Takes somebody off the list, and at once the letters and attendance sheets that were printed with their name."""
    delete_printings(with_names(invitee.group.uuid))
    invitee.delete()


def known_by(email: str, name: str, organisation: str) -> tuple[str, str]:
    """By what somebody is known again: the name with the address, without an address with the organisation. Several who
    work in one office may have one address."""
    return (email or organisation).casefold(), name.casefold()


def _add_new(group: FocusGroup, invitees: Iterable[Invitee]) -> list[Invitee]:
    there = {known_by(*said) for said in group.invitees.values_list("email", "name", "organisation")}
    added = []
    for row in invitees:
        person = known_by(row.email, row.name, row.organisation)
        if person not in there:
            there.add(person)
            row.group = group
            added.append(row)
    return Invitee.objects.bulk_create(added)


def _answered(invitee: Invitee) -> None:
    invitee.replied_at = timezone.now() if invitee.reply != Reply.NONE else None


def lock(group: FocusGroup) -> None:
    """Until the transaction ends nobody else adds to the list of this group."""
    FocusGroup.objects.select_for_update().get(pk=group.pk)


def deleted_on(group: FocusGroup) -> date:
    """The day on which contact data of the invitees are deleted."""
    return group.date + KEPT


def has_begun(group: FocusGroup) -> bool:
    return group.state != GroupState.PLANNED or group.begins <= timezone.now()


def is_over(group: FocusGroup) -> bool:
    return group.state == GroupState.CLOSED or group.ends < timezone.now()


@transaction.atomic
def delete_contacts(invitees: QuerySet[Invitee]) -> int:
    """Deletes the contact data of these rows; target group, gender, answer and attendance stay. Returns how many.

    The stakeholder goes with them: by it, whoever acts for an organisation would be known as before. So do the letters
    and attendance sheets that were printed with their names.
    """
    empty = dict.fromkeys(Invitee.CONTACT, "")
    for group in set(invitees.order_by().values_list("group__uuid", flat=True)):
        delete_printings(with_names(group))
    return invitees.filter(contact_deleted_at=None).update(
        **empty,
        stakeholder=None,
        token_hash="",
        token_expires_at=None,
        sending_at=None,
        contact_deleted_at=timezone.now(),
    )


@transaction.atomic
def forget_contact(stakeholder: Stakeholder) -> None:
    """Deletes what was copied from the register of whoever acts for this stakeholder. Of a group still to come, those
    whom nobody invited and who said nothing leave the list: no letter reaches them, and each would count as not out."""
    rows = Invitee.objects.filter(stakeholder=stakeholder)
    unheard = rows.filter(group__state=GroupState.PLANNED, invited_at=None, reply=Reply.NONE, attended=None)
    for row in unheard.select_related("group"):
        remove(invitee=row)
    delete_contacts(rows)


def expire_contacts(*, dry_run: bool) -> int:
    """Deletes the contact data of invitees of sessions of which 30 days are over. Returns of how many."""
    due = Invitee.objects.filter(group__date__lte=timezone.localdate() - KEPT, contact_deleted_at=None)
    return due.count() if dry_run else delete_contacts(due)


def involves(audit: Audit, stakeholders: Collection[Stakeholder]) -> dict[int, list[Involvement]]:
    """To which focus groups of the audit these stakeholders are invited, by primary key; one query for all.

    Whether somebody came is not told: the register never says who took part.
    """
    found: dict[int, list[Involvement]] = {}
    rows = Invitee.objects.filter(group__audit=audit, stakeholder__in=stakeholders).select_related("group")
    for row in rows.order_by("group__date", "group__pk"):
        row.group.audit = audit
        text = _("Invited to the focus group “%(group)s”") % {"group": row.group.title}
        involvement = Involvement(text, row.group.date, row.group.get_absolute_url())
        own = found.setdefault(row.stakeholder_id, [])
        if involvement not in own:
            own.append(involvement)
    return found
