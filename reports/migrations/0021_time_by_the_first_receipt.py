from django.db import migrations
from django.db.models import Min, OuterRef, Subquery


def time_by_the_first_receipt(apps, schema_editor):
    """What was sent more than once is in time by its first frozen revision; the rest by the one receipt it has."""
    Submission = apps.get_model("reports", "Submission")
    revisions = apps.get_model("reports", "SubmissionRevision").objects.filter(submission=OuterRef("pk"))
    first = revisions.order_by().values("submission").annotate(first=Min("sent_at")).values("first")
    Submission.objects.filter(submitted_at__isnull=False).update(first_sent_at=Subquery(first))


def leave_as_they_are(apps, schema_editor):
    """The column goes with the schema."""


class Migration(migrations.Migration):
    dependencies = [("reports", "0020_first_receipt")]

    operations = [migrations.RunPython(time_by_the_first_receipt, leave_as_they_are)]
