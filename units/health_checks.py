"""The checks that belong to the ground floor: database, clock, long work, disk, Redis, fonts, backup, audit, version."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path

from celery import current_app
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from units.choices import JobState
from units.health import health_check
from units.models import AuditSeal, Heartbeat, Job
from units.selectors.calendar import days_of, runs_out, unconfirmed

CLOCK_SILENT = timedelta(minutes=5)
BACKUP_OLD = timedelta(hours=26)
LEAST_FREE_SHARE, LEAST_FREE_BYTES = 0.15, 1024**3
_FONTS = ("Regular", "Bold", "Italic", "BoldItalic")


@health_check("database")
def database(now: datetime):
    """The database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    name = "SQLite" if connection.vendor == "sqlite" else "PostgreSQL"
    return "Cơ sở dữ liệu", "ok", f"{name} trả lời bình thường."


@health_check("migrations")
def migrations(now: datetime):
    """The tables are those of this version."""
    executor = MigrationExecutor(connection)
    count = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if count:
        return (
            "Cấu trúc dữ liệu",
            "bad",
            f"Còn {count} bước nâng cấp chưa chạy. Hãy chạy lệnh migrate rồi khởi động lại.",
        )
    return "Cấu trúc dữ liệu", "ok", "Đúng với phiên bản chương trình."


@health_check("clock")
def clock(now: datetime):
    """The clock that sends reminders has ticked within five minutes."""
    beat = Heartbeat.objects.filter(name="tick").first()
    if beat is None:
        return "Đồng hồ nhắc việc", "bad", "Chưa chạy lần nào. Hãy khởi động bộ phận nhắc việc (run_clock hoặc Celery)."
    minutes = int((now - beat.beat_at).total_seconds() // 60)
    if now - beat.beat_at > CLOCK_SILENT:
        return (
            "Đồng hồ nhắc việc",
            "bad",
            f"Đã dừng {minutes} phút. Nhắc việc không được gửi cho đến khi khởi động lại.",
        )
    return "Đồng hồ nhắc việc", "ok", "Đang chạy, lần gần nhất trong 5 phút vừa qua."


@health_check("jobs")
def jobs(now: datetime):
    """Long work does not pile up."""
    late = Job.objects.filter(state=JobState.WAITING, asked_at__lt=now - timedelta(minutes=10)).count()
    failed = Job.objects.filter(state=JobState.FAILED, finished_at__gte=now - timedelta(days=1)).count()
    if late:
        return "Việc chạy nền", "bad", f"{late} việc đã chờ hơn 10 phút mà chưa có bộ phận nào làm."
    if failed:
        return "Việc chạy nền", "warn", f"{failed} việc không thực hiện được trong 24 giờ qua."
    return "Việc chạy nền", "ok", "Không có việc nào bị dồn lại."


@health_check("disk")
def disk(now: datetime):
    """At least 15 % and 1 GB free where files are kept."""
    usage = shutil.disk_usage(_existing(Path(settings.MEDIA_ROOT)))
    share, giga = usage.free / usage.total, usage.free / 1024**3
    sentence = f"Còn trống {giga:.1f} GB ({share:.0%}).".replace(".", ",", 1).replace("%", " %")
    if usage.free < LEAST_FREE_BYTES:
        return "Dung lượng đĩa", "bad", f"{sentence} Tệp mới sắp không lưu được; hãy giải phóng đĩa ngay."
    if share < LEAST_FREE_SHARE:
        return "Dung lượng đĩa", "warn", f"{sentence} Hãy dọn bớt hoặc thêm đĩa."
    return "Dung lượng đĩa", "ok", sentence


@health_check("redis")
def redis(now: datetime):
    """The broker answers, where one is set."""
    if not settings.REDIS_URL:
        return "Redis", "ok", "Không dùng; việc đến hạn nằm trong cơ sở dữ liệu."
    try:
        with current_app.connection_for_write(connect_timeout=2) as broker:
            broker.ensure_connection(max_retries=1, timeout=2)
    except Exception as error:  # noqa: BLE001 - each broker raises its own; all mean the same here
        return (
            "Redis",
            "bad",
            f"Không kết nối được ({type(error).__name__}). Báo cáo vẫn nhận được; nhắc việc chờ Redis chạy lại.",
        )
    return "Redis", "ok", "Trả lời bình thường."


@health_check("fonts")
def fonts(now: datetime):
    """The fonts of the paper are where they shipped."""
    folder = Path(settings.BASE_DIR) / "static/fonts/tinos"
    missing = [face for face in _FONTS if not (folder / f"Tinos-{face}.ttf").is_file()]
    if missing:
        return (
            "Phông chữ của văn bản",
            "bad",
            f"Thiếu {len(missing)} tệp phông; bản in sẽ sai. Hãy cài lại chương trình.",
        )
    return "Phông chữ của văn bản", "ok", "Đủ phông chữ đi kèm chương trình."


@health_check("backup")
def backup(now: datetime):
    """The last good backup is not older than 26 hours."""
    beat = Heartbeat.objects.filter(name="backup").first()
    if beat is None:
        return "Sao lưu", "warn", "Chưa có bản sao lưu nào. Hãy đặt lịch chạy lệnh backup hằng đêm."
    hours = int((now - beat.beat_at).total_seconds() // 3600)
    if now - beat.beat_at > BACKUP_OLD:
        return "Sao lưu", "bad", f"Bản sao lưu gần nhất đã {hours} giờ. {beat.note}".strip()
    return "Sao lưu", "ok", f"Bản gần nhất cách đây {hours} giờ. {beat.note}".strip()


@health_check("audit")
def audit(now: datetime):
    """The audit trail is being sealed; verifying the whole chain is `manage.py sanity`."""
    seal = AuditSeal.objects.first()
    sentence = f"Đã niêm đến dòng {seal.last_id}." if seal else "Chưa niêm lần nào; dòng mới được niêm sau vài phút."
    return "Nhật ký", "ok", sentence


@health_check("calendar")
def calendar(now: datetime):
    """The calendar reaches far enough and is confirmed."""
    end = runs_out(on=now.date())
    if end:
        return "Lịch ngày nghỉ", "warn", "Lịch sắp hết hoặc chưa có. Hãy bổ sung ngày nghỉ của năm tới."
    waiting = unconfirmed(days_of(now.year)).count()
    if waiting:
        return "Lịch ngày nghỉ", "warn", f"{waiting} ngày của năm nay chưa được xác nhận."
    return "Lịch ngày nghỉ", "ok", "Đã xác nhận và còn hơn hai tháng."


@health_check("version")
def version(now: datetime):
    """Which version runs."""
    return "Phiên bản", "ok", f"Lan Tỏa {settings.VERSION}."


def _existing(path: Path) -> Path:
    while not path.exists():
        path = path.parent
    return path
