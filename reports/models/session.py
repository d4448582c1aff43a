"""One meeting of one unit on one day, for everything studied in it."""

from django.db import models
from django.db.models import Q

from reports.choices import AttendingWay, EntrySource, SessionForm, SessionKind
from units.constraints import value_in


class StudySession(models.Model):
    """A study session (buổi học): typed once, closes the study duty of every plan whose directives it covered.

    A further session about some of the directives alone gathers people whom the main session counts already: they stand in
    `present_again` instead of `present`, so that the sum of `present` over the sessions of a report counts everybody once.

    `present` is members of the unit present who were required to come; exempt members who came are apart. Everything
    is "người" (heads), never "lượt người". Changed by services/sessions.py only.
    """

    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="study_sessions", verbose_name="đơn vị")
    directives = models.ManyToManyField("campaigns.Directive", related_name="study_sessions", verbose_name="văn bản được học")
    held_on = models.DateField("ngày học")
    started_at = models.TimeField("giờ bắt đầu", null=True, blank=True)
    minutes = models.PositiveSmallIntegerField("thời lượng (phút)", null=True, blank=True)
    kind = models.CharField("loại buổi", max_length=8, choices=SessionKind, default=SessionKind.MAIN)
    form = models.CharField("hình thức tổ chức", max_length=20, choices=SessionForm, default=SessionForm.CELL_MEETING)
    way = models.CharField("cách dự", max_length=12, choices=AttendingWay, default=AttendingWay.IN_PERSON)
    online_points = models.PositiveSmallIntegerField("số điểm cầu", null=True, blank=True)
    speaker = models.CharField("báo cáo viên", max_length=160, blank=True)
    head_speaks = models.BooleanField("người đứng đầu cấp ủy trực tiếp truyền đạt", default=False)
    present = models.PositiveIntegerField("đảng viên có mặt", null=True, blank=True)
    present_again = models.PositiveIntegerField("có mặt, đã tính ở buổi học văn bản khác", null=True, blank=True)
    exempt_present = models.PositiveIntegerField("đảng viên được miễn vẫn dự", null=True, blank=True)
    outside_officials = models.PositiveIntegerField("cán bộ, công chức, viên chức, người lao động", null=True, blank=True)
    outside_youth = models.PositiveIntegerField("đoàn viên", null=True, blank=True)
    outside_members = models.PositiveIntegerField("hội viên", null=True, blank=True)
    outside_people = models.PositiveIntegerField("Nhân dân", null=True, blank=True)
    opinions = models.PositiveIntegerField("số ý kiến phát biểu", null=True, blank=True)
    speakers = models.PositiveIntegerField("số đảng viên phát biểu", null=True, blank=True)
    minutes_kept = models.BooleanField("có danh sách điểm danh và biên bản", default=False)
    note = models.CharField("ghi chú", max_length=500, blank=True)
    source = models.CharField("nguồn", max_length=6, choices=EntrySource, default=EntrySource.UNIT)
    form_token = models.CharField(max_length=64, unique=True, null=True, blank=True, editable=False)
    recorded_at = models.DateTimeField("ghi lúc")
    recorded_by = models.ForeignKey("units.User", models.PROTECT, related_name="+", verbose_name="người ghi")

    class Meta:
        verbose_name = "buổi học"
        verbose_name_plural = "buổi học"
        ordering = ("-held_on", "-pk")
        constraints = [
            value_in("kind", SessionKind, name="studysession_kind_known"),
            value_in("form", SessionForm, name="studysession_form_known"),
            value_in("way", AttendingWay, name="studysession_way_known"),
            value_in("source", EntrySource, name="studysession_source_known"),
            models.CheckConstraint(
                condition=Q(speakers__isnull=True) | Q(present__isnull=True) | Q(speakers__lte=models.F("present")),
                name="studysession_speakers_were_present",
                violation_error_message="Số đảng viên phát biểu không thể nhiều hơn số có mặt.",
            ),
        ]
        indexes = [models.Index(fields=["unit", "held_on"], name="studysession_unit_day")]

    def __str__(self):
        return f"{self.unit}, {self.held_on:%d/%m/%Y}"

    @property
    def heads(self):
        """Members who were there, in heads, whether they count for the report or for their directives alone."""
        return self.present_again if self.present is None else self.present
