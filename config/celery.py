"""The Celery application: in production beat rings every minute and a worker does what is due."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
app = Celery("lantoa")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
