"""Wiring: settings, URLs, the Celery application. Nothing imports this package."""

import os

# A workbook from outside is parsed by defusedxml also where lxml happens to be installed: lxml would let entities pass.
os.environ["OPENPYXL_LXML"] = "False"

from config.celery import app as celery_app

__all__ = ["celery_app"]
