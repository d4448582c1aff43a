"""Lets a person try to log in again at once, from the server's own console."""

from django.core.management.base import BaseCommand, CommandError

from units.models import User
from units.services.passwords import unlock_person


class Command(BaseCommand):
    help = "Mở khóa đăng nhập cho một người đã nhập sai nhiều lần."

    def add_arguments(self, parser):
        parser.add_argument("username", help="tên đăng nhập")

    def handle(self, *args, username, **options):
        person = User.objects.filter(username__iexact=username).first()
        if person is None:
            raise CommandError("Không có tên đăng nhập này.")
        forgotten = unlock_person(person=person, by=None)
        self.stdout.write(f"Đã mở khóa {person.username}: xóa {forgotten} lượt nhập sai.")
