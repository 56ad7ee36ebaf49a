
import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('checklists', '0002_instruments_begin_as_drafts'),
        ('stakeholders', '0001_register'),
    ]

    operations = [
        migrations.CreateModel(
            name='WalkCall',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='identifier')),
                ('asked_on', models.DateField(blank=True, null=True, verbose_name='asked on')),
                ('reply', models.CharField(blank=True, choices=[('', 'No answer yet'), ('yes', 'Comes'), ('no', 'Does not come')], default='', max_length=3, verbose_name='answer')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='note')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('stakeholder', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='walk_calls', to='stakeholders.stakeholder', verbose_name='stakeholder')),
                ('walk', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='calls', to='checklists.citywalk')),
            ],
            options={
                'verbose_name': 'stakeholder asked to a walk',
                'verbose_name_plural': 'stakeholders asked to walks',
                'ordering': ['stakeholder__name', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('walk', 'stakeholder'), name='walk_call_once'), models.CheckConstraint(condition=models.Q(('reply__in', ['', 'yes', 'no'])), name='walk_call_reply_is_known')],
            },
        ),
    ]
