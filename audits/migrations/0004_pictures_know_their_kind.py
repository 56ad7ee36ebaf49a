from django.db import migrations, models

import audits.models.picture


class Migration(migrations.Migration):
    dependencies = [("audits", "0003_shared_texts_carry_versions")]

    operations = [
        migrations.AddField(
            model_name="picture",
            name="kind",
            field=models.CharField(
                choices=[("logo", "Logo"), ("photo", "Photo")], default="logo", max_length=8, verbose_name="kind"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="picture",
            name="small",
            field=models.FileField(
                blank=True, upload_to=audits.models.picture.small_picture_path, verbose_name="small size"
            ),
        ),
        migrations.AddField(
            model_name="picture",
            name="taken_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="taken on"),
        ),
        migrations.AddConstraint(
            model_name="picture",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["logo", "photo"])), name="picture_kind_is_known"
            ),
        ),
    ]
