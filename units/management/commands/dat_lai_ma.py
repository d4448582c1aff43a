"""Removes a lost second factor, from the server's own console."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from units.models import User
from units.services.passwords import reset_second_factor


class Command(BaseCommand):
    help = "Đặt lại xác thực hai lớp của một người đã mất điện thoại và mã dự phòng."

    def add_arguments(self, parser):
        parser.add_argument("username", help="tên đăng nhập")

    def handle(self, *args, username, **options):
        person = User.objects.filter(username__iexact=username).first()
        if person is None:
            raise CommandError("Không có tên đăng nhập này.")
        try:
            reset_second_factor(person=person, reason="đặt lại từ máy chủ", by=None)
        except ValidationError as refused:
            raise CommandError(refused.messages[0]) from refused
        self.stdout.write(f"Đã đặt lại xác thực hai lớp của {person.username}. Lần đăng nhập tới phải cài lại.")
