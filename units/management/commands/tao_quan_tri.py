"""Gives a ward an administrator from the server's own console: when nobody can log in any more."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from units.choices import Role, UnitKind
from units.models import Unit, User
from units.services.passwords import FIRST_LASTS, reset_password
from units.services.people import create_person, give_role
from units.usernames import check_username


class Command(BaseCommand):
    help = "Tạo một tài khoản quản trị của phường và in mật khẩu tạm (phải đổi khi đăng nhập lần đầu)."

    def add_arguments(self, parser):
        parser.add_argument("username", help="tên đăng nhập")
        parser.add_argument("full_name", help="họ và tên")
        parser.add_argument("--ward", help="mã phường; cần khi có nhiều phường")

    def handle(self, *args, username, full_name, ward, **options):
        unit = _ward(ward)
        try:
            name = check_username(username)
            if User.objects.filter(username__iexact=name).exists():
                raise CommandError("Tên đăng nhập này đã có người dùng. Hãy chọn tên khác.")
            person = create_person(full_name=full_name, username=name, by=None)
            give_role(person=person, unit=unit, role=Role.ADMIN, starts_on=timezone.localdate(), by=None)
        except ValidationError as refused:
            raise CommandError(" ".join(refused.messages)) from refused
        password = reset_password(person=person, by=None, lasts=FIRST_LASTS)
        self.stdout.write(f"Quản trị của {unit.name}: {name}\nMật khẩu tạm: {password}")


def _ward(code):
    wards = Unit.objects.filter(kind=UnitKind.WARD)
    if code:
        wards = wards.filter(code=code)
    found = list(wards[:2])
    if not found:
        raise CommandError("Chưa có phường nào. Hãy mở trang /bat-dau/ để thiết lập lần đầu.")
    if len(found) > 1:
        raise CommandError("Có nhiều phường. Hãy thêm --ward và mã phường.")
    return found[0]
