"""Let „nobody is shown“ be what somebody said: until now it was the default.

Such a photo is not published until somebody says it. Safe to run twice before anybody
has answered; there is no way back to what nobody knew.
"""

from django.db import migrations


def forget_what_nobody_said(apps, _schema_editor):
    attachment = apps.get_model("submissions", "Attachment")
    attachment.objects.filter(people_shown=False).update(people_shown=None)


class Migration(migrations.Migration):
    dependencies = [("submissions", "0007_people_shown_may_be_unknown")]

    operations = [
        migrations.RunPython(forget_what_nobody_said, migrations.RunPython.noop),
    ]
