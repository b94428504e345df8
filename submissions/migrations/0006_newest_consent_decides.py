"""Let ``publication_allowed`` say what was recorded last. Safe to run twice."""

from django.db import migrations
from django.db.models import OuterRef, Subquery


def keep_the_newest(apps, _schema_editor):
    """Take what was sent, then whatever was given or taken back since."""
    submission = apps.get_model("submissions", "Submission")
    change = apps.get_model("submissions", "ConsentChange")
    sent = submission.objects.filter(current_version__isnull=False)
    agreed = sent.filter(current_version__content__consents__publication=True)
    sent.update(publication_allowed=False)
    submission.objects.filter(pk__in=agreed.values("pk")).update(
        publication_allowed=True
    )
    newest = change.objects.filter(
        submission=OuterRef("pk"),
        consent="publication",
        at__gte=OuterRef("submitted_at"),
    ).order_by("-at", "-pk")
    said = sent.annotate(said=Subquery(newest.values("given")[:1]))
    for given in (True, False):
        submission.objects.filter(pk__in=said.filter(said=given).values("pk")).update(
            publication_allowed=given
        )


class Migration(migrations.Migration):
    dependencies = [("submissions", "0005_let_places_be_written")]

    operations = [
        migrations.RunPython(keep_the_newest, migrations.RunPython.noop),
    ]
