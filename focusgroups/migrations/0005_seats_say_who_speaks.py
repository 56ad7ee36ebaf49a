from django.db import migrations
from django.db.models import OuterRef, Subquery


def ask_the_seat(apps, schema_editor):
    """Empties the copy that a note kept of its seat's group; a group that the seat does not say stays."""
    Note = apps.get_model("focusgroups", "Note")
    Note.objects.filter(seat__isnull=False).exclude(seat__participant__group="").update(speaker="")


def copy_from_the_seat(apps, schema_editor):
    Note, Seat = apps.get_model("focusgroups", "Note"), apps.get_model("focusgroups", "Seat")
    own = Seat.objects.filter(pk=OuterRef("seat")).values("participant__group")
    seated = Note.objects.filter(seat__isnull=False).exclude(seat__participant__group="")
    seated.update(speaker=Subquery(own))


class Migration(migrations.Migration):
    dependencies = [
        ("focusgroups", "0004_letters_and_hot_spots"),
        ("participation", "0001_initial"),
    ]

    operations = [migrations.RunPython(ask_the_seat, copy_from_the_seat)]
