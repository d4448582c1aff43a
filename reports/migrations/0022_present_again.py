from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0021_time_by_the_first_receipt")]

    operations = [
        migrations.AddField(
            model_name="studysession",
            name="present_again",
            field=models.PositiveIntegerField(
                blank=True, null=True, verbose_name="có mặt, đã tính ở buổi học văn bản khác"
            ),
        ),
    ]
