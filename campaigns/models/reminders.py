"""Reminders are rows: planned with the issue, claimed by the clock, sent once (decisions 19-22, reliability.md 3)."""

from django.db import models
from django.db.models import Q

from campaigns.choices import Channel, ChaseStep, DeliveryState, ReminderState
from units.constraints import value_in


class Reminder(models.Model):
    """One rung of the ladder for one person about one assignment.

    `step` says as whom the person is told. For the unit itself `rung` is days relative to the due day (-7, -3, -1, 0,
    1, 3), for those above it working days after the due day. `due_version` ties it to one version of the day;
    `remind_on` is the day after the moves for weekends and days off; `remind_at` the instant it falls due.
    """

    assignment = models.ForeignKey("campaigns.Assignment", models.CASCADE, related_name="reminders", verbose_name="việc được giao")
    person = models.ForeignKey("units.User", models.PROTECT, related_name="reminders", verbose_name="người được nhắc")
    step = models.CharField("nhắc ai", max_length=10, choices=ChaseStep, default=ChaseStep.UNIT)
    rung = models.SmallIntegerField("bậc (ngày so với hạn)")
    due_version = models.PositiveSmallIntegerField("lần đổi hạn")
    remind_on = models.DateField("ngày nhắc")
    remind_at = models.DateTimeField("giờ nhắc")
    state = models.CharField("trạng thái", max_length=10, choices=ReminderState, default=ReminderState.WAITING)
    delivery_day = models.DateField("ghép vào bản tin ngày", null=True, blank=True)
    handled_at = models.DateTimeField("xử lý lúc", null=True, blank=True)
    problem = models.CharField("lý do", max_length=300, blank=True)
    failures = models.PositiveSmallIntegerField("số lần lỗi", default=0)

    class Meta:
        verbose_name = "lời nhắc"
        verbose_name_plural = "lời nhắc"
        ordering = ("remind_at", "pk")
        constraints = [
            value_in("state", ReminderState, name="reminder_state_known"),
            value_in("step", ChaseStep, name="reminder_step_known"),
            models.UniqueConstraint(fields=["assignment", "due_version", "step", "rung", "person"], name="reminder_once"),
        ]
        indexes = [
            models.Index(fields=["remind_at"], condition=Q(state="waiting"), name="reminder_pending"),
            # A claim reads the rows of one person: without this every claim would read all that is due.
            models.Index(fields=["person", "remind_at"], condition=Q(state="waiting"), name="reminder_pending_person"),
        ]

    def __str__(self):
        return f"{self.person} {self.rung:+d}: {self.assignment}"


class Delivery(models.Model):
    """The digest one person gets on one day through one channel, or one `notice`; unique, so it goes out once.

    In-app: the Notification is written with it in one transaction. E-mail: lease, tries and a Message-ID derived from
    the key, so a resend after a crash is recognisably the same letter. What waited while the way out was closed is told
    by the newest one (`folded_into`): a person finds one letter after an outage. `ward`: whose duties or notice it tells;
    None for a digest about several.
    """

    person = models.ForeignKey("units.User", models.PROTECT, related_name="deliveries", verbose_name="người nhận")
    day = models.DateField("ngày")
    channel = models.CharField("kênh", max_length=8, choices=Channel)
    via = models.ForeignKey(
        "campaigns.WardChannel", models.PROTECT, null=True, blank=True, related_name="deliveries", verbose_name="kênh của phường"
    )
    state = models.CharField("trạng thái", max_length=10, choices=DeliveryState, default=DeliveryState.WAITING)
    message_id = models.CharField("Message-ID", max_length=200, blank=True)
    tries = models.PositiveSmallIntegerField("số lần gửi", default=0)
    lease_until = models.DateTimeField("giữ đến", null=True, blank=True)
    next_try_at = models.DateTimeField("gửi lại lúc", null=True, blank=True)
    ward = models.ForeignKey(
        "units.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="về việc của phường"
    )
    created_at = models.DateTimeField("tạo lúc")
    sent_at = models.DateTimeField("gửi lúc", null=True, blank=True)
    problem = models.CharField("lý do không gửi được", max_length=300, blank=True)
    notice = models.ForeignKey(
        "campaigns.Notification", models.PROTECT, null=True, blank=True, related_name="deliveries", verbose_name="thông báo"
    )
    folded_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="folded", verbose_name="đã gộp vào"
    )

    class Meta:
        verbose_name = "lần gửi nhắc việc"
        verbose_name_plural = "các lần gửi nhắc việc"
        ordering = ("-day", "person")
        constraints = [
            value_in("channel", Channel, name="delivery_channel_known"),
            value_in("state", DeliveryState, name="delivery_state_known"),
            models.UniqueConstraint(
                fields=["person", "day", "channel"], condition=Q(notice__isnull=True), name="delivery_once"
            ),
            models.UniqueConstraint(
                fields=["notice", "channel"], condition=Q(notice__isnull=False), name="delivery_of_notice_once"
            ),
            models.CheckConstraint(
                condition=Q(state=DeliveryState.FOLDED, folded_into__isnull=False)
                | (~Q(state=DeliveryState.FOLDED) & Q(folded_into__isnull=True)),
                name="delivery_folded_somewhere",
                violation_error_message="Lần gửi đã gộp phải nêu gộp vào lần nào.",
            ),
        ]
        indexes = [
            models.Index(fields=["next_try_at"], condition=Q(state__in=["waiting", "sending"]), name="delivery_pending"),
            models.Index(fields=["via", "sent_at"], condition=Q(via__isnull=False), name="delivery_by_gateway"),
        ]

    def __str__(self):
        return f"{self.person} {self.day:%d/%m/%Y} {self.get_channel_display()}"


class Notification(models.Model):
    """A line in a person's own list on the pages; `key` makes it exactly once.

    `leaves`: it is still to be opened on the person's channels outside the program (services/openings.py), which are
    those of `ward`, whose office has something to say. `dispatch`: the line of a send list it tells of; a paper taken
    back is not told any more (selectors/leaving.py).
    """

    person = models.ForeignKey("units.User", models.CASCADE, related_name="notifications", verbose_name="người nhận")
    key = models.CharField(max_length=160, unique=True, editable=False)
    title = models.CharField("tiêu đề", max_length=200)
    body = models.TextField("nội dung", blank=True)
    url = models.CharField("đường dẫn", max_length=200, blank=True)
    created_at = models.DateTimeField("lúc")
    read_at = models.DateTimeField("đã xem lúc", null=True, blank=True)
    leaves = models.BooleanField("còn phải gửi ra ngoài", default=False)
    ward = models.ForeignKey("units.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="của phường")
    dispatch = models.ForeignKey(
        "documents.Dispatch", models.PROTECT, null=True, blank=True, related_name="notices", verbose_name="dòng nơi nhận"
    )

    class Meta:
        verbose_name = "thông báo"
        verbose_name_plural = "thông báo"
        ordering = ("-created_at", "-pk")
        indexes = [
            models.Index(fields=["person", "read_at"], name="notification_unread"),
            models.Index(fields=["created_at"], condition=Q(leaves=True), name="notification_leaving"),
        ]

    def __str__(self):
        return self.title
