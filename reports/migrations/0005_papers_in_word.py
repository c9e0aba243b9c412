"""Papers as Word documents too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0004_one_paper_per_order")]

    operations = [
        migrations.AlterField(
            model_name="paperfile",
            name="format",
            field=models.CharField(
                choices=[("pdf", "PDF"), ("html", "web page"), ("docx", "Word")],
                max_length=4,
            ),
        ),
    ]
