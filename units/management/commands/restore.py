"""Bring a backup back, or look it through."""

from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from units.services.restore import check_backup, restore_backup

_COUNTED = {
    "units.unit": "đơn vị",
    "units.user": "người dùng",
    "campaigns.directive": "văn bản cấp trên",
    "campaigns.plan": "kế hoạch",
    "reports.submission": "kết quả",
    "documents.issuedpaper": "văn bản đã phát hành",
    "documents.storedfile": "tệp",
}


class Command(BaseCommand):
    help = "Replaces everything by the backup FILE; --dry-run only reads it through and prints the counts."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true")
        parser.add_argument("--confirm", default="", help="the name of the ward that is overwritten")

    def handle(self, *args, file, dry_run, confirm, **options):
        try:
            if dry_run:
                manifest = check_backup(path=file)
            else:
                manifest = restore_backup(path=file, now=timezone.now(), confirm=confirm)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        counts = ", ".join(f"{manifest['tables'].get(name, 0)} {word}" for name, word in _COUNTED.items())
        self.stdout.write(f"Bản sao lưu lúc {manifest['written_at']}: {counts}.")
        if not dry_run:
            self.stdout.write("Đã phục hồi. Nhắc việc tạm dừng cho đến khi quản trị xác nhận trên trang.")
