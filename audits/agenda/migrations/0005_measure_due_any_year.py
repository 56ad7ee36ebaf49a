from django.db import migrations, models


class Migration(migrations.Migration):
    """Which days are plausible moves with the years: the forms say it, not the model."""

    dependencies = [("agenda", "0004_measure_due_years")]

    operations = [
        migrations.AlterField(
            model_name="measure",
            name="due",
            field=models.DateField(blank=True, null=True, verbose_name="due"),
        ),
    ]
