"""Print how to sign in to the demonstration ward."""

import json
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from reports.demo.loading import CARD_FILE
from reports.demo.organisation import CONTACTS, OWN_SECRETARY, PASSWORD, STAFF, VIEWER


class Command(BaseCommand):
    help = "In các tài khoản của phường trình diễn."

    def handle(self, *args, **options):
        self.stdout.write(f"Đăng nhập tại {settings.SITE_URL}/dang-nhap/, mật khẩu chung: {PASSWORD}")
        rows = [(username, name) for username, name, *_rest in STAFF]
        rows += [(OWN_SECRETARY[0], "Bí thư chi bộ (cũng vào được bằng mật khẩu ở bản trình diễn)")]
        rows += [(username, name) for username, name, _code in CONTACTS] + [VIEWER]
        for username, name in rows:
            self.stdout.write(f"  {username:<12} {name}")
        card = Path(settings.VAR_DIR, CARD_FILE)
        if card.is_file():
            made = json.loads(card.read_text(encoding="utf-8"))
            self.stdout.write("Thẻ của bí thư chi bộ (dùng một lần, rồi tự đặt mã PIN 6 số):")
            self.stdout.write(f"  {settings.SITE_URL}{made['path']}   mã thẻ {made['code']}")
