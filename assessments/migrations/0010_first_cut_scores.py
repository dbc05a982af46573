"""Every bank has a row of cut scores to begin with; sessions measured by those cuts keep it."""

from django.db import migrations
from django.utils import timezone

NOTE = "The cuts of the bank as they stood before cut scores were recorded."


def record_cuts(apps, schema_editor):
    """One row a bank."""
    Bank, CutScores, Session = (
        apps.get_model("assessments", name) for name in ("Bank", "CutScores", "Session")
    )
    now = timezone.now()
    for bank in Bank.objects.all():
        row = CutScores.objects.create(bank=bank, cuts=bank.cuts, method="convention", note=NOTE, set_at=now)
        Session.objects.filter(bank=bank, cuts=bank.cuts).update(cut_scores=row)


class Migration(migrations.Migration):
    dependencies = [("assessments", "0009_item_life")]
    operations = [migrations.RunPython(record_cuts, migrations.RunPython.noop)]
