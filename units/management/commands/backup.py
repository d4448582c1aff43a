"""Write everything the installation keeps into one verified file."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from units.services.backup import write_backup


class Command(BaseCommand):
    help = "Writes all tables and files into FILE (a zip with SHA-256 sums), reads it back, then gives it its name."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, *args, file, **options):
        try:
            manifest = write_backup(path=file.resolve(), now=timezone.now())
        except OSError as error:
            raise CommandError(
                f"Không ghi được bản sao lưu: {error.strerror}. Bản cũ, nếu có, vẫn còn nguyên."
            ) from error
        files = sum(name.startswith("media/") for name in manifest["parts"])
        self.stdout.write(f"Đã sao lưu {sum(manifest['tables'].values())} dòng, {files} tệp vào {file}.")
