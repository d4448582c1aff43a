"""What a ward sets once: its names on paper, its term, venue, signers and ways of working."""

from django.db import models

from units.choices import DeadlineReading, UnitKind
from units.constraints import not_after, value_in


def attending_whole():
    """Kinds of units whose members all attend the ward's conference, as ward plans name them (domain.md 2.4)."""
    return [UnitKind.PARTY_BODIES.value, UnitKind.PEOPLE_COMMITTEE.value, UnitKind.MILITARY.value]


class WardSettings(models.Model):
    """The ward's own choices; one row a ward, made at first use and changed on the settings pages by an admin."""

    ward = models.OneToOneField("units.Unit", models.PROTECT, related_name="ward_settings", verbose_name="phường, xã")
    superior_heading = models.CharField("tên cơ quan cấp trên trên văn bản", max_length=120)
    committee_heading = models.CharField("tên cơ quan ban hành trên văn bản", max_length=120)
    place_name = models.CharField("địa danh", max_length=60)
    superior_name = models.CharField("cấp ủy cấp trên", max_length=120)
    sign_code = models.CharField("ký hiệu cơ quan", max_length=12, default="ĐU")
    term_name = models.CharField("nhiệm kỳ", max_length=30)
    term_starts_on = models.DateField("nhiệm kỳ từ ngày")
    term_ends_on = models.DateField("đến ngày", null=True, blank=True)
    office_phone = models.CharField("điện thoại văn phòng", max_length=20, blank=True)
    deadline_reading = models.CharField("cách hiểu “trước ngày”", max_length=10, choices=DeadlineReading, default=DeadlineReading.TOLERANT)
    remind_at = models.TimeField("giờ gửi nhắc việc", default="07:30")
    counts_at_conference = models.BooleanField("tính người dự hội nghị phường cho đơn vị dự cả tập thể", default=True)
    conference_kinds = models.JSONField("loại đơn vị được tính ở hội nghị phường", default=attending_whole, blank=True)
    live_figures_open = models.BooleanField("cho cấp trên xem số liệu đang cập nhật", default=False)
    is_demonstration = models.BooleanField("dữ liệu trình diễn", default=False)

    class Meta:
        verbose_name = "thiết lập của phường"
        verbose_name_plural = "thiết lập của các phường"
        ordering = ("ward",)
        constraints = [
            value_in("deadline_reading", DeadlineReading, name="wardsettings_reading_known"),
            not_after("term_starts_on", "term_ends_on", name="wardsettings_term_ordered", message="Ngày hết nhiệm kỳ phải sau ngày bắt đầu."),
        ]

    def __str__(self):
        return f"Thiết lập của {self.ward}"


class Signer(models.Model):
    """Who signs the ward's papers, in which form of authority, from when to when (format.md 3.9)."""

    ward = models.ForeignKey("units.Unit", models.PROTECT, related_name="signers", verbose_name="phường, xã")
    name = models.CharField("họ và tên", max_length=120)
    authority = models.CharField("quyền hạn ký", max_length=80, default="T/M BAN THƯỜNG VỤ", blank=True)
    position = models.CharField("chức vụ", max_length=80)
    active_from = models.DateField("từ ngày")
    active_to = models.DateField("đến ngày", null=True, blank=True)

    class Meta:
        verbose_name = "người ký"
        verbose_name_plural = "người ký"
        ordering = ("ward", "position", "name")
        constraints = [
            not_after("active_from", "active_to", name="signer_dates_ordered", message="Ngày thôi ký phải từ ngày bắt đầu trở đi.")
        ]

    def __str__(self):
        return f"{self.name}, {self.position}"


class Venue(models.Model):
    """A hall the ward meets in."""

    ward = models.ForeignKey("units.Unit", models.PROTECT, related_name="venues", verbose_name="phường, xã")
    name = models.CharField("tên địa điểm", max_length=200)
    address = models.CharField("địa chỉ", max_length=200, blank=True)
    capacity = models.PositiveIntegerField("sức chứa (người)", null=True, blank=True)
    is_default = models.BooleanField("địa điểm thường dùng", default=False)

    class Meta:
        verbose_name = "địa điểm"
        verbose_name_plural = "địa điểm"
        ordering = ("ward", "-is_default", "name")
        constraints = [
            models.UniqueConstraint(
                fields=["ward"],
                condition=models.Q(is_default=True),
                name="venue_one_default",
                violation_error_message="Phường đã có một địa điểm thường dùng khác.",
            )
        ]

    def __str__(self):
        return f"{self.name}, {self.address}" if self.address else self.name
