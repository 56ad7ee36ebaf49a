"""The list of those whom a focus group invites: who, what they answer, whether they came."""

from __future__ import annotations

from collections import defaultdict

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audits.enums import Act, Personal, TargetGroup
from audits.stakeholders.models import Stakeholder
from audits.views.log import logged, note_access

from ..actions import invitations, people
from ..balance import balance
from ..enums import Reply
from ..forms.invitees import (
    ATTENDED,
    AttendedForm,
    GendersForm,
    InviteeForm,
    PickForm,
    RegisterFilter,
    ReplyForm,
    came_in_words,
    overtaken,
)
from ..method import KEY
from ..permissions import get_group
from ..progress import letters_due

SHOWING = {"here": KEY, "showing": "invitees"}


@login_required
@never_cache
@require_safe
@logged(Personal.INVITEES)
def invitee_list(request, audit, group):
    """Who is invited, whether the group is balanced, and what can be sent to whom."""
    group = get_group(request, audit, group)
    rows = list(group.invitees.counting())
    at_address = defaultdict(list)
    for number, row in enumerate(rows, start=1):
        row.group, row.came = group, came_in_words(row.attended)
        # Without names, people of one target group are told apart by their place on the list.
        row.called = str(row) if row.name else _("%(group)s, row %(number)s") % {"group": row, "number": number}
        at_address[row.email.casefold()].append(row)
    for row in rows:
        row.sharing = [str(one) for one in at_address[row.email.casefold()] if row.email and one != row]
    kept = [row for row in rows if not row.contact_deleted_at]
    invited = [row for row in kept if row.invited_at]
    context = {
        **SHOWING,
        "group": group,
        "rows": rows,
        "kept": kept,
        "criteria": balance(
            rows,
            kind=group.kind,
            last=letters_due(group),
            wanted=group.guide.target_groups.values_list("key", flat=True),
        ),
        "answered": any(row.reply != Reply.NONE for row in rows),
        "coming": sum(1 for row in rows if row.reply == Reply.YES),
        "waiting": sum(1 for row in kept if row.email and not row.invited_at and row.reply != Reply.NO),
        "ungendered": sum(1 for row in kept if not row.gender),
        "without": sum(1 for row in kept if not row.email),
        "silent": sum(1 for row in invited if row.reply == Reply.NONE and row.email),
        "told_otherwise": [row for row in invited if invitations.was_told_otherwise(row)],
        "invited": invited,
        "is_open": invitations.is_open(group),
        "has_begun": people.has_begun(group),
        "is_over": people.is_over(group),
        "deleted_on": people.deleted_on(group),
        "replies": Reply.choices,
        "attended": ATTENDED,
    }
    return render(request, "focusgroups/invitee_list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitee_create(request, audit, group):
    """Somebody who does not stand in the register."""
    group = get_group(request, audit, group)
    form = InviteeForm(request.POST if request.method == "POST" else None, group=group)
    if request.method == "POST" and form.is_valid() and (row := form.write()):
        messages.success(request, _("%(name)s is on the list.") % {"name": row})
        return redirect("focusgroups:invitee-list", group.audit.slug, group.uuid)
    return render(request, "focusgroups/invitee_form.html", {**SHOWING, "group": group, "form": form})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@logged(Personal.INVITEES)
def invitee(request, audit, group, invitee):
    """Changes somebody on the list."""
    group = get_group(request, audit, group)
    row = _invitee(group, invitee)
    name = str(row)
    form = InviteeForm(request.POST if request.method == "POST" else None, instance=row, group=group)
    if request.method == "POST" and form.is_valid() and form.write():
        void = "email" in form.changed_data and row.invited_at
        messages.success(request, _("%(name)s is saved.") % {"name": row})
        if void:
            messages.warning(request, _("The address is another one: send the invitation again, with a new link."))
        return redirect("focusgroups:invitee-list", group.audit.slug, group.uuid)
    context = {**SHOWING, "group": group, "form": form, "invitee": row, "name": name}
    return render(request, "focusgroups/invitee_form.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitee_delete(request, audit, group, invitee):
    """Takes somebody off the list, after a page that asks."""
    group = get_group(request, audit, group)
    row = _invitee(group, invitee)
    if request.method == "POST":
        people.remove(invitee=row)
        note_access(request, Personal.INVITEES, Act.ERASED)
        messages.success(request, _("%(name)s is off the list.") % {"name": row})
        return redirect("focusgroups:invitee-list", group.audit.slug, group.uuid)
    return render(request, "focusgroups/invitee_delete.html", {**SHOWING, "group": group, "invitee": row})


@login_required
@require_POST
def invitee_reply(request, audit, group, invitee):
    """What somebody told the team, from the list."""
    group = get_group(request, audit, group)
    row = _invitee(group, invitee)
    form = ReplyForm(request.POST, initial={"reply": row.reply})
    if form.is_valid() and overtaken(form, "reply", row.reply):
        text = _("The answer of %(name)s has come meanwhile: %(answer)s. It stands; choose again to replace it.")
        messages.warning(request, text % {"name": row, "answer": row.get_reply_display()})
    elif form.is_valid():
        if form.has_changed():
            row.reply = form.cleaned_data["reply"]
            people.change(invitee=row, changed=["reply"])
        messages.success(
            request, _("Answer of %(name)s: %(answer)s.") % {"name": row, "answer": row.get_reply_display()}
        )
    else:
        messages.warning(request, " ".join(form.errors["reply"]))
    return redirect("focusgroups:invitee-list", group.audit.slug, group.uuid)


@login_required
@require_POST
def invitee_attended(request, audit, group, invitee):
    """Whether somebody came, from the list, once the session has begun."""
    group = get_group(request, audit, group)
    row = _invitee(group, invitee)
    form = AttendedForm(request.POST)
    if not people.has_begun(group):
        messages.warning(request, _("Who came can be noted once the session has begun."))
    elif form.is_valid():
        row.attended = form.came
        people.change(invitee=row, changed=["attended"])
        messages.success(request, _("The attendance of %(name)s is noted.") % {"name": row})
    else:
        messages.warning(request, " ".join(form.errors["attended"]))
    return redirect("focusgroups:invitee-list", group.audit.slug, group.uuid)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@logged(Personal.STAKEHOLDERS)
def invitee_pick(request, audit, group):
    """Several from the register at once; those who are on the list already are marked."""
    group = get_group(request, audit, group)
    form = PickForm(request.POST if request.method == "POST" else None, group=group)
    if request.method == "POST" and form.is_valid():
        added = people.add_from_register(group=group, stakeholders=form.cleaned_data["stakeholders"])
        messages.success(request, came_on(len(added)))
        if left := len(form.cleaned_data["stakeholders"]) - len(added):
            text = ngettext(
                "%(number)s of them was on the list already.", "%(number)s of them were on the list already.", left
            )
            messages.info(request, text % {"number": left})
        return redirect("focusgroups:invitee-list", group.audit.slug, group.uuid)
    register = Stakeholder.objects.filter(audit=group.audit)
    search = RegisterFilter(request.GET)
    there = set(group.invitees.values_list("stakeholder", flat=True))
    picked = set(request.POST.getlist("stakeholders"))
    found = search.narrow(register)
    context = {
        **SHOWING,
        "group": group,
        "form": form,
        "search": search,
        "rows": [(row, row.pk in there, str(row.uuid) in picked) for row in found],
        "total": register.count() if search.in_use else len(found),
        "target_groups": TargetGroup.choices,
    }
    return render(request, "focusgroups/invitee_pick.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@logged(Personal.INVITEES)
def invitee_genders(request, audit, group):
    """The gender of all on the list, on one page: the register does not know it."""
    group = get_group(request, audit, group)
    rows = group.invitees.filter(contact_deleted_at=None)
    form = GendersForm(request.POST if request.method == "POST" else None, rows=rows)
    if form.is_valid():
        people.say_genders(form.changed)
        messages.success(request, _("The genders are saved."))
        return redirect("focusgroups:invitee-list", group.audit.slug, group.uuid)
    return render(request, "focusgroups/invitee_genders.html", {**SHOWING, "group": group, "form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def contacts_delete(request, audit, group):
    """Deletes the contact data of all invitees at once, after the session."""
    group = get_group(request, audit, group)
    if not people.is_over(group):
        raise Http404
    if request.method == "POST":
        number = people.delete_contacts(group.invitees.all())
        note_access(request, Personal.INVITEES, Act.ERASED)
        text = ngettext(
            "The contact data of %(number)s person are deleted.",
            "The contact data of %(number)s people are deleted.",
            number,
        )
        messages.success(request, text % {"number": number})
        return redirect("focusgroups:invitee-list", group.audit.slug, group.uuid)
    number = group.invitees.filter(contact_deleted_at=None).count()
    context = {**SHOWING, "group": group, "number": number, "deleted_on": people.deleted_on(group)}
    return render(request, "focusgroups/contacts_delete.html", context)


def came_on(number):
    text = ngettext("%(number)s person is new on the list.", "%(number)s people are new on the list.", number)
    return text % {"number": number}


def _invitee(group, uuid):
    row = get_object_or_404(group.invitees, uuid=uuid)
    row.group = group
    return row
