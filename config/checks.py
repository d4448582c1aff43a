"""What an installation must have before it may serve: found by `manage.py check --deploy`, not by the first user."""

from django.conf import settings
from django.core.checks import Error, Tags, register
from django.db import connection

FONTS = ("Regular", "Bold", "Italic", "BoldItalic")


@register(Tags.files)
def check_fonts(app_configs, **kwargs):
    """Without its own fonts a paper would be printed in whatever the machine has: other lines, other pages."""
    folder = settings.BASE_DIR / "static" / "fonts" / "tinos"
    missing = [f"Tinos-{face}.ttf" for face in FONTS if not (folder / f"Tinos-{face}.ttf").is_file()]
    if not missing:
        return []
    return [Error(f"Fonts are missing from {folder}: {', '.join(missing)}.", hint="Run `make vendor`.", id="lantoa.E001")]


@register(Tags.security, deploy=True)
def check_production(app_configs, **kwargs):
    """Production needs the real database, the real broker and its own address."""
    wanted = [
        (
            connection.vendor == "postgresql",
            "DATABASE_URL must name a PostgreSQL database in production.",
            "DATABASE_URL=postgres://lantoa:PASSWORD@127.0.0.1:5432/lantoa",
            "lantoa.E002",
        ),
        (
            settings.REDIS_URL.startswith(("redis://", "rediss://", "unix://")),
            "REDIS_URL must name the broker of Celery in production.",
            "REDIS_URL=redis://:PASSWORD@127.0.0.1:6379/0",
            "lantoa.E003",
        ),
        (
            settings.SITE_URL.startswith("https://"),
            "SITE_URL must be the full address people use, with https://: it stands in letters and on cards.",
            "SITE_URL=https://lantoa.phuong.example.vn",
            "lantoa.E004",
        ),
        (
            not settings.CELERY_TASK_ALWAYS_EAGER,
            "Celery is eager: pages would do the work of the workers. It follows from an empty REDIS_URL.",
            "REDIS_URL=redis://:PASSWORD@127.0.0.1:6379/0",
            "lantoa.E005",
        ),
        (
            bool(settings.ALLOWED_HOSTS) and "*" not in settings.ALLOWED_HOSTS,
            "ALLOWED_HOSTS must list the host names of the program, without *.",
            "ALLOWED_HOSTS=lantoa.phuong.example.vn",
            "lantoa.E006",
        ),
    ]
    return [Error(message, hint=hint, id=name) for holds, message, hint, name in wanted if not holds]
