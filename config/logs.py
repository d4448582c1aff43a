"""One line per event, with time, zone and level; line breaks in messages cannot fake a second event."""

import logging
import re
from datetime import datetime

from django.utils import timezone

# The address of a card, a calendar, an invitation, a roll's QR, a stop link is its secret (a refused form or a failure would write it down).
_SECRET = re.compile(r"(/(?:the/(?:tiep/)?|mo/[a-z-]+/|hoi-nghi/quet/|ngung-nhan/))[^/\s\"']{8,}")


class OneLineFormatter(logging.Formatter):
    def format(self, record):
        at = datetime.fromtimestamp(record.created, tz=timezone.get_default_timezone()).isoformat(timespec="milliseconds")
        text = record.getMessage()
        if record.exc_info:
            text = f"{text} | {self.formatException(record.exc_info)}"
        text = _SECRET.sub(r"\1***", text)
        text = "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)
        return f"{at} {record.levelname} {record.name} {text}"
