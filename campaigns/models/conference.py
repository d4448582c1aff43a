"""The ward's conference (hội nghị): held once for 1..n plans, with the people it convenes and what the roll says."""

from django.db import models
from django.db.models import F, Q

from campaigns.choices import (
    Attendance,
    ConferenceMoveKind,
    ConferenceOrganiser,
    ConferenceState,
    ConferenceWay,
    ParticipantClass,
    Reply,
)
from units.constraints import set_together, value_in


class ConferenceQuerySet(models.QuerySet):
    def standing(self):
        """Neither called off nor merged into another."""
        return self.exclude(state=ConferenceState.CANCELLED)

    def of_year(self, year):
        """Held or expected in the calendar year."""
        return self.filter(Q(held_on__year=year) | Q(held_on__isnull=True, month_on__year=year))


class Conference(models.Model):
    """One conference the ward calls: time known to the month first (`month_on`, its first day), then to the day.

    `held_on` with `starts_at` is set from the moment it is fixed; `wide` says it counts among the commune-wide
    conferences of the year (a hint, Kết luận 226-KL/TW). `link_epoch` raised by one revokes every link and QR made for
    its invitees. `left_out`: what a person took off the list although its class convenes it ([class, unit, person]), so
    that filling the list again does not bring it back. Changed by services/conferences.py, conference_lists.py and roll_call.py only.
    """

    ward = models.ForeignKey("units.Unit", models.PROTECT, related_name="conferences", verbose_name="phường, xã")
    plans = models.ManyToManyField("campaigns.Plan", blank=True, related_name="conferences", verbose_name="kế hoạch")
    state = models.CharField("trạng thái", max_length=10, choices=ConferenceState, default=ConferenceState.PLANNED)
    version = models.PositiveIntegerField("lần lưu", default=1)
    title = models.CharField("tên hội nghị", max_length=500)
    organiser = models.CharField(
        "cấp tổ chức", max_length=10, choices=ConferenceOrganiser, default=ConferenceOrganiser.WARD
    )
    wide = models.BooleanField("quy mô toàn phường, xã", default=True)
    way = models.CharField("hình thức", max_length=10, choices=ConferenceWay, default=ConferenceWay.IN_PERSON)
    online_points = models.PositiveSmallIntegerField("số điểm cầu", null=True, blank=True)
    month_on = models.DateField("dự kiến trong tháng", help_text="Ngày đầu tháng.")
    held_on = models.DateField("ngày họp", null=True, blank=True)
    starts_at = models.TimeField("giờ bắt đầu", null=True, blank=True)
    minutes = models.PositiveSmallIntegerField("thời lượng (phút)", null=True, blank=True)
    venue = models.ForeignKey(
        "units.Venue", models.PROTECT, null=True, blank=True, related_name="conferences", verbose_name="địa điểm"
    )
    place = models.CharField("địa điểm khác, điểm cầu", max_length=300, blank=True)
    chair = models.CharField("chủ trì", max_length=200, blank=True)
    recorder = models.CharField("người ghi biên bản", max_length=200, blank=True)
    speaker = models.CharField("báo cáo viên", max_length=300, blank=True)
    programme = models.TextField("chương trình", blank=True)
    materials = models.TextField("tài liệu", blank=True)
    left_out = models.JSONField("đã bỏ khỏi danh sách", default=list, blank=True, editable=False)
    link_epoch = models.PositiveIntegerField("lượt vô hiệu đường dẫn", default=1)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", verbose_name="đã gộp vào hội nghị"
    )
    created_at = models.DateTimeField("lập lúc")
    created_by = models.ForeignKey("units.User", models.PROTECT, related_name="+", verbose_name="người lập")
    edited_at = models.DateTimeField("sửa lúc")
    edited_by = models.ForeignKey("units.User", models.PROTECT, related_name="+", verbose_name="người sửa")
    closed_at = models.DateTimeField("chốt điểm danh lúc", null=True, blank=True)
    closed_by = models.ForeignKey(
        "units.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người chốt"
    )

    objects = ConferenceQuerySet.as_manager()

    class Meta:
        verbose_name = "hội nghị"
        verbose_name_plural = "hội nghị"
        ordering = ("-month_on", "-held_on", "-pk")
        constraints = [
            value_in("state", ConferenceState, name="conference_state_known"),
            value_in("organiser", ConferenceOrganiser, name="conference_organiser_known"),
            value_in("way", ConferenceWay, name="conference_way_known"),
            set_together("closed_at", "closed_by", name="conference_closed_pair", message="Thiếu người hoặc giờ chốt."),
            models.CheckConstraint(
                condition=Q(state__in=["planned", "cancelled"]) | Q(held_on__isnull=False, starts_at__isnull=False),
                name="conference_fixed_has_day",
                violation_error_message="Hội nghị đã định ngày phải có ngày và giờ.",
            ),
        ]
        indexes = [models.Index(fields=["ward", "month_on"], name="conference_ward_month")]

    def __str__(self):
        return self.title[:160]

    def get_absolute_url(self):
        return f"/hoi-nghi/{self.pk}/"

    @property
    def is_open(self):
        """Whether its time, list and papers may still change."""
        return self.state in ConferenceState.OPEN

    @property
    def where(self):
        """The hall, or the words typed instead of one."""
        return str(self.venue) if self.venue_id else self.place


class ConferenceClass(models.Model):
    """One class of participants of a conference, in the order of the roll."""

    conference = models.ForeignKey(
        "campaigns.Conference", models.CASCADE, related_name="classes", verbose_name="hội nghị"
    )
    kind = models.CharField("thành phần", max_length=12, choices=ParticipantClass)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)

    class Meta:
        verbose_name = "thành phần dự hội nghị"
        verbose_name_plural = "thành phần dự hội nghị"
        ordering = ("conference", "position", "pk")
        constraints = [
            value_in("kind", ParticipantClass, name="conferenceclass_kind_known"),
            models.UniqueConstraint(fields=["conference", "kind"], name="conferenceclass_once"),
        ]

    def __str__(self):
        return self.get_kind_display()

    @property
    def is_guest(self):
        """Guests get a giấy mời; everybody else is convened by thông báo or công văn."""
        return self.kind == ParticipantClass.GUESTS


class InviteeQuerySet(models.QuerySet):
    def called(self):
        """The roll has been taken for them."""
        return self.exclude(attendance=Attendance.NONE)


class Invitee(models.Model):
    """One line of the list of those convened: a person in an office, a unit convened whole, or an office of a unit.

    `heads` is how many people the line stands for: 1 for a person; the members required to come for a unit convened
    whole (`whole`); None when the unit's figures are withheld (lực lượng vũ trang), and then no count is kept either.
    `by_hand`: a person wrote or corrected it, so the program neither rewrites nor drops it.
    Reply: `reply`, `reply_note`, `deputy_*`, `replied_at` (services/conference_replies.py); `reply_outdated`: given for a
    time or place that changed since, so it is asked again. Roll: `attendance`, and
    `present` + `excused` + `absent` = `heads` once it was taken. `mark_key` is the last mark taken from a device, so
    that the same mark sent twice counts once; `marked_on_device_at` when the door wrote it, `marked_at` when it arrived.
    """

    conference = models.ForeignKey(
        "campaigns.Conference", models.CASCADE, related_name="invitees", verbose_name="hội nghị"
    )
    group = models.ForeignKey(
        "campaigns.ConferenceClass", models.CASCADE, related_name="invitees", verbose_name="thành phần"
    )
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, null=True, blank=True, related_name="invitations", verbose_name="đơn vị"
    )
    person = models.ForeignKey(
        "units.User", models.PROTECT, null=True, blank=True, related_name="invitations", verbose_name="người"
    )
    name = models.CharField("họ và tên, tên đơn vị", max_length=200, blank=True)
    office = models.CharField("chức vụ", max_length=200, blank=True)
    whole = models.BooleanField("cả tập thể dự", default=False)
    heads = models.PositiveIntegerField("số người triệu tập", null=True, blank=True)
    by_hand = models.BooleanField("ghi tay", default=False)
    link_version = models.PositiveIntegerField("lượt vô hiệu đường dẫn riêng", default=1)
    reply = models.CharField("trả lời", max_length=10, choices=Reply, default=Reply.NONE)
    reply_note = models.CharField("lý do, ghi chú", max_length=300, blank=True)
    deputy_name = models.CharField("người dự thay", max_length=120, blank=True)
    deputy_office = models.CharField("chức vụ người dự thay", max_length=120, blank=True)
    replied_at = models.DateTimeField("trả lời lúc", null=True, blank=True)
    reply_outdated = models.BooleanField("trả lời trước khi đổi", default=False)
    attendance = models.CharField("điểm danh", max_length=10, choices=Attendance, default=Attendance.NONE)
    present = models.PositiveIntegerField("có mặt", null=True, blank=True)
    excused = models.PositiveIntegerField("vắng có lý do", null=True, blank=True)
    absent = models.PositiveIntegerField("vắng không lý do", null=True, blank=True)
    absence_note = models.CharField("lý do vắng", max_length=300, blank=True)
    mark_key = models.CharField(max_length=64, blank=True, editable=False)
    marked_on_device_at = models.DateTimeField("ghi trên máy lúc", null=True, blank=True)
    marked_at = models.DateTimeField("điểm danh lúc", null=True, blank=True)
    marked_by = models.ForeignKey(
        "units.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người điểm danh"
    )

    objects = InviteeQuerySet.as_manager()

    class Meta:
        verbose_name = "đại biểu"
        verbose_name_plural = "đại biểu"
        ordering = ("group__position", "position", "pk")
        constraints = [
            value_in("reply", Reply, name="invitee_reply_known"),
            value_in("attendance", Attendance, name="invitee_attendance_known"),
            set_together(
                "marked_at", "marked_by", name="invitee_marked_pair", message="Thiếu người hoặc giờ điểm danh."
            ),
            models.CheckConstraint(
                condition=Q(present__isnull=True, excused__isnull=True, absent__isnull=True)
                | Q(heads__isnull=False, heads=F("present") + F("excused") + F("absent")),
                name="invitee_roll_adds_up",
                violation_error_message="Có mặt, vắng có lý do và vắng không lý do phải cộng bằng số triệu tập.",
            ),
            models.CheckConstraint(
                condition=Q(attendance="none", marked_at__isnull=True)
                | (~Q(attendance="none") & Q(marked_at__isnull=False)),
                name="invitee_marked_when_called",
            ),
        ]
        indexes = [models.Index(fields=["conference", "attendance"], name="invitee_roll")]

    def __str__(self):
        return ", ".join(part for part in (self.name, self.office) if part) or str(self.unit or "")


class ConferenceMove(models.Model):
    """What happened to the time and the roll of a conference, with the reason people are told."""

    conference = models.ForeignKey(
        "campaigns.Conference", models.CASCADE, related_name="moves", verbose_name="hội nghị"
    )
    kind = models.CharField("việc", max_length=10, choices=ConferenceMoveKind)
    before = models.CharField("trước đó", max_length=300, blank=True)
    after = models.CharField("sau đó", max_length=300, blank=True)
    reason = models.CharField("lý do", max_length=500, blank=True)
    made_at = models.DateTimeField("lúc")
    made_by = models.ForeignKey("units.User", models.PROTECT, related_name="+", verbose_name="người ghi")

    class Meta:
        verbose_name = "diễn biến của hội nghị"
        verbose_name_plural = "diễn biến của hội nghị"
        ordering = ("conference", "-made_at", "-pk")
        constraints = [value_in("kind", ConferenceMoveKind, name="conferencemove_kind_known")]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.after}"
