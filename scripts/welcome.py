"""Say where the program can be reached and, in the demonstration, how to sign in."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django  # noqa: E402 - the path and the settings module are named first

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402

from units.models import WardSettings  # noqa: E402


def main(port: str) -> None:
    print(f"\nLan Tỏa đang chạy tại http://127.0.0.1:{port}/   (dừng: Ctrl-C)\n")
    if settings.DEMO_MODE and WardSettings.objects.filter(is_demonstration=True).exists():
        call_command("demo_logins")
    elif not WardSettings.objects.exists():
        print("Chưa có phường nào: mở địa chỉ trên để khai báo quản trị viên đầu tiên và phường của đồng chí.")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
