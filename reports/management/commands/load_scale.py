"""Synthetic data at any size, for benchmarks."""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from reports.demo.scale import load_scale
from units.models import User


class Command(BaseCommand):
    help = "Nạp dữ liệu giả ở quy mô tùy ý để đo tốc độ."

    def add_arguments(self, parser):
        parser.add_argument("--wards", type=int, required=True)
        parser.add_argument("--units-per-ward", type=int, required=True)
        parser.add_argument("--plans", type=int, required=True)

    @transaction.atomic
    def handle(self, *args, **options):
        if User.objects.filter(username="quymo-1").exists():
            raise CommandError("Cơ sở dữ liệu đã có dữ liệu quy mô. Hãy nạp vào cơ sở dữ liệu trống.")
        load_scale(wards=options["wards"], units_per_ward=options["units_per_ward"], plans=options["plans"])
        if options["verbosity"]:
            self.stdout.write("Đã nạp dữ liệu quy mô; tài khoản đầu tiên: quymo-1.")
