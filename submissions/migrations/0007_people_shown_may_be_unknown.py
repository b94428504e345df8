from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("submissions", "0006_newest_consent_decides")]

    operations = [
        migrations.AlterField(
            "attachment",
            "people_shown",
            models.BooleanField(default=None, null=True),
        ),
        migrations.RemoveConstraint("attachment", "attachment_minors_are_people"),
        migrations.AddConstraint(
            "attachment",
            models.CheckConstraint(
                name="attachment_minors_are_people",
                condition=Q(minors_shown=False)
                | Q(people_shown=True, people_shown__isnull=False),
            ),
        ),
    ]
