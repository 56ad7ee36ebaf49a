import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models



class Migration(migrations.Migration):
    dependencies = [("audits", "0002_translations_know_their_source")]

    operations = [
        migrations.AddField(
            model_name="audit",
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name="audit",
            name="context_version",
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name="audit",
            name="context_saved_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="audit",
            name="context_saved_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="contextindicator",
            name="source",
            field=models.CharField(blank=True, max_length=300, verbose_name="source"),
        ),
        migrations.AlterField(
            model_name="city",
            name="country",
            field=models.CharField(
                choices=[
                    ("AL", "Albania"),
                    ("AT", "Austria"),
                    ("BE", "Belgium"),
                    ("BA", "Bosnia and Herzegovina"),
                    ("BG", "Bulgaria"),
                    ("HR", "Croatia"),
                    ("CY", "Cyprus"),
                    ("CZ", "Czechia"),
                    ("DK", "Denmark"),
                    ("EE", "Estonia"),
                    ("FI", "Finland"),
                    ("FR", "France"),
                    ("GE", "Georgia"),
                    ("DE", "Germany"),
                    ("GR", "Greece"),
                    ("HU", "Hungary"),
                    ("IS", "Iceland"),
                    ("IE", "Ireland"),
                    ("IT", "Italy"),
                    ("XK", "Kosovo"),
                    ("LV", "Latvia"),
                    ("LI", "Liechtenstein"),
                    ("LT", "Lithuania"),
                    ("LU", "Luxembourg"),
                    ("MT", "Malta"),
                    ("MD", "Moldova"),
                    ("ME", "Montenegro"),
                    ("NL", "Netherlands"),
                    ("MK", "North Macedonia"),
                    ("NO", "Norway"),
                    ("PL", "Poland"),
                    ("PT", "Portugal"),
                    ("RO", "Romania"),
                    ("RS", "Serbia"),
                    ("SK", "Slovakia"),
                    ("SI", "Slovenia"),
                    ("ES", "Spain"),
                    ("SE", "Sweden"),
                    ("CH", "Switzerland"),
                    ("TR", "Türkiye"),
                    ("UA", "Ukraine"),
                    ("GB", "United Kingdom"),
                ],
                max_length=2,
                verbose_name="country",
            ),
        ),
    ]
