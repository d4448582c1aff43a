from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0019_withdrawn_figures")]

    operations = [
        migrations.AddField(
            model_name="submission",
            name="first_sent_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="nhận lần đầu lúc"),
        ),
    ]
