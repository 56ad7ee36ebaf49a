import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    """Entries carry the identifier of the form that made them, so that sent twice they are written once.

    Nothing has written an entry before this migration, so the table it changes is empty.
    """

    dependencies = [
        ("agenda", "0002_measures"),
    ]

    operations = [
        migrations.AddField(
            model_name="measureprogress",
            name="uuid",
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="identifier"),
        ),
    ]
