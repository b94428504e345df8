"""Let „nobody is shown“ be what somebody said: until now it was the default.

Such a photo is not published until somebody says it. Photos that went with a version
keep their answer once judging of their contest has opened: nobody could give another
any more, and what was published as photos of nobody stays so. Safe to run twice before
anybody has answered; there is no way back to what nobody knew.
"""

from django.db import migrations


def forget_what_nobody_said(apps, _schema_editor):
    attachment = apps.get_model("submissions", "Attachment")
    sending = apps.get_model("submissions", "SentAttachment")
    act = apps.get_model("contest", "Act")
    opened = act.objects.filter(kind="open_judging").values("contest")
    judged = sending.objects.filter(version__submission__contest__in=opened)
    undecided = attachment.objects.exclude(pk__in=judged.values("attachment"))
    undecided.filter(people_shown=False).update(people_shown=None)


class Migration(migrations.Migration):
    dependencies = [("submissions", "0007_people_shown_may_be_unknown")]

    operations = [
        migrations.RunPython(forget_what_nobody_said, migrations.RunPython.noop),
    ]
