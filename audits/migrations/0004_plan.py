
import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('audits', '0003_instruments_begin_as_drafts'),
    ]

    operations = [
        migrations.CreateModel(
            name='CityPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='identifier')),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('source', models.CharField(blank=True, max_length=200, verbose_name='source and rights')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name': 'city plan',
                'verbose_name_plural': 'city plans',
                'ordering': ['title', 'pk'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='picture',
            name='picture_kind_is_known',
        ),
        migrations.AlterField(
            model_name='picture',
            name='kind',
            field=models.CharField(choices=[('logo', 'Logo'), ('photo', 'Photo'), ('plan', 'City plan')], max_length=8, verbose_name='kind'),
        ),
        migrations.AddConstraint(
            model_name='picture',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['logo', 'photo', 'plan'])), name='picture_kind_is_known'),
        ),
        migrations.AddField(
            model_name='cityplan',
            name='audit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='plans', to='audits.audit'),
        ),
        migrations.AddField(
            model_name='cityplan',
            name='picture',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='plan', to='audits.picture', verbose_name='picture'),
        ),
        migrations.AddConstraint(
            model_name='cityplan',
            constraint=models.UniqueConstraint(fields=('audit', 'title'), name='plan_title_unique', violation_error_message='There is a plan of this title already.'),
        ),
    ]
