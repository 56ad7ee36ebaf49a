from django.db import migrations, models

import audits.tokens


def give_codes(apps, schema_editor):
    """Each group its own: a default would give all the same one."""
    for group in apps.get_model("focusgroups", "FocusGroup").objects.filter(join_code=None):
        group.join_code = audits.tokens.new_code()
        group.save(update_fields=["join_code"])


class Migration(migrations.Migration):
    dependencies = [("focusgroups", "0002_groups")]

    operations = [
        migrations.AddField(
            model_name="focusgroup",
            name="join_code",
            field=models.CharField(editable=False, max_length=12, null=True, verbose_name="join code"),
        ),
        migrations.RunPython(give_codes, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="focusgroup",
            name="join_code",
            field=models.CharField(
                default=audits.tokens.new_code,
                editable=False,
                max_length=12,
                unique=True,
                verbose_name="join code",
            ),
        ),
    ]
