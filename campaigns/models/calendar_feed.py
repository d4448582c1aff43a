"""A person's calendar as an address that a telephone or a mail program reads again and again."""

from django.db import models

from campaigns.choices import FeedWay
from units.constraints import value_in


class CalendarFeed(models.Model):
    """The secret address of one person's calendar of conferences and deadlines.

    `handle` finds the row; the address also carries its HMAC with the program's key, so the table alone opens no
    calendar, and the person can look the address up again. `way` is how the person was signed in when asking for it:
    a card opens the unit's calendar and never that of an office. Changed by services/calendar_feeds.py only.
    """

    person = models.ForeignKey("units.User", models.CASCADE, related_name="calendar_feeds", verbose_name="người")
    way = models.CharField("đăng nhập bằng", max_length=8, choices=FeedWay)
    handle = models.CharField(max_length=32, unique=True, editable=False)
    made_at = models.DateTimeField("lập lúc")

    class Meta:
        verbose_name = "đường dẫn lịch"
        verbose_name_plural = "đường dẫn lịch"
        ordering = ("person", "way")
        constraints = [
            value_in("way", FeedWay, name="calendarfeed_way_known"),
            models.UniqueConstraint(fields=["person", "way"], name="calendarfeed_once"),
        ]

    def __str__(self):
        return f"Lịch của {self.person}"
