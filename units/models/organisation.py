"""The organisation tree with effective dates."""

from django.db import models
from django.db.models import Q

from units.choices import SuccessionKind, UnitKind
from units.constraints import not_after, value_in
from units.paths import PathField, subtree


class UnitQuerySet(models.QuerySet):
    def active(self, *, on):
        """Units that exist on the day `on`."""
        return self.filter(Q(active_to__isnull=True) | Q(active_to__gte=on), active_from__lte=on)

    def below(self, unit):
        """Everything below `unit`, without it."""
        return self.filter(**subtree(unit.path)).exclude(pk=unit.pk)

    def within(self, unit):
        """`unit` and everything below it."""
        return self.filter(**subtree(unit.path))

    def straight_under(self, ward):
        """Those the ward deals with itself: its bodies and organisations.

        A unit below a đảng bộ cơ sở is one of them only where the ward has set it so.
        """
        return self.filter(Q(parent=ward) | Q(parent__parent=ward, reports_to_ward=True))

    def reporting_to(self, ward):
        """Party organisations that report straight to the ward: the y of every x/y (decisions 3)."""
        return self.straight_under(ward).filter(must_report=True)

    def bodies_of(self, ward):
        """Bodies that take duties but do not study as a unit (UBND, MTTQ, Văn phòng...)."""
        return self.filter(parent=ward, kind=UnitKind.BODY)


class Unit(models.Model):
    """A Party organisation or a body of the ward: who is asked, who answers, who is chased.

    Holds what is true today; what was true before is in UnitRevision. Changed by services/units.py only.
    `path` and `depth` follow `parent` and are kept by the same service.
    """

    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="trực thuộc")
    path = PathField(max_length=120, unique=True, editable=False)
    depth = models.PositiveSmallIntegerField(editable=False)
    kind = models.CharField("loại hình", max_length=12, choices=UnitKind)
    code = models.CharField("mã đơn vị", max_length=24)
    name = models.CharField("tên đầy đủ", max_length=200)
    short_name = models.CharField("tên gọi tắt", max_length=80)
    sign_code = models.CharField("ký hiệu văn bản", max_length=12, blank=True)
    is_party_org = models.BooleanField("là tổ chức đảng", default=True)
    must_report = models.BooleanField("phải báo cáo", default=True)
    reports_to_ward = models.BooleanField("báo cáo thẳng với phường, xã", default=False)
    must_self_score = models.BooleanField("phải tự chấm điểm", default=True)
    figures_withheld = models.BooleanField("không công khai số liệu chi tiết", default=False)
    member_count = models.PositiveIntegerField("số đảng viên", null=True, blank=True)
    exempt_count = models.PositiveIntegerField("số được miễn công tác, sinh hoạt", null=True, blank=True)
    usual_meeting_day = models.PositiveSmallIntegerField("ngày sinh hoạt thường kỳ", null=True, blank=True)
    in_charge = models.ForeignKey(
        "units.User", models.PROTECT, null=True, blank=True, related_name="units_in_charge", verbose_name="cấp ủy viên phụ trách"
    )
    active_from = models.DateField("hoạt động từ ngày")
    active_to = models.DateField("đến ngày", null=True, blank=True)
    search = models.CharField(max_length=320, blank=True, editable=False)
    sort_key = models.CharField(max_length=320, blank=True, editable=False)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = "đơn vị"
        verbose_name_plural = "đơn vị"
        ordering = ("sort_key", "pk")
        constraints = [
            value_in("kind", UnitKind, name="unit_kind_known"),
            not_after("active_from", "active_to", name="unit_dates_ordered", message="Ngày thôi hoạt động phải sau ngày thành lập."),
            models.CheckConstraint(
                condition=Q(usual_meeting_day__isnull=True) | Q(usual_meeting_day__range=(1, 31)),
                name="unit_meeting_day_in_month",
                violation_error_message="Ngày sinh hoạt thường kỳ là một số từ 1 đến 31.",
            ),
            models.UniqueConstraint(
                fields=["parent", "code"],
                name="unit_code_once",
                violation_error_message="Mã đơn vị này đã dùng cho một đơn vị khác của cùng cấp.",
            ),
        ]
        indexes = [models.Index(fields=["parent", "must_report"], name="unit_reporting")]

    def __str__(self):
        return self.name

    @property
    def is_ward(self):
        return self.kind == UnitKind.WARD


class UnitRevision(models.Model):
    """What a unit was called, was and counted from a day on; the newest that has begun is what Unit shows."""

    unit = models.ForeignKey("units.Unit", models.CASCADE, related_name="revisions", verbose_name="đơn vị")
    effective_from = models.DateField("có hiệu lực từ ngày")
    parent = models.ForeignKey("units.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="trực thuộc")
    kind = models.CharField("loại hình", max_length=12, choices=UnitKind)
    name = models.CharField("tên đầy đủ", max_length=200)
    short_name = models.CharField("tên gọi tắt", max_length=80)
    member_count = models.PositiveIntegerField("số đảng viên", null=True, blank=True)
    exempt_count = models.PositiveIntegerField("số được miễn công tác, sinh hoạt", null=True, blank=True)
    basis = models.CharField("căn cứ", max_length=300, blank=True)
    recorded_at = models.DateTimeField("ghi lúc")
    recorded_by = models.ForeignKey("units.User", models.PROTECT, related_name="+", verbose_name="người ghi")

    class Meta:
        verbose_name = "lần thay đổi của đơn vị"
        verbose_name_plural = "các lần thay đổi của đơn vị"
        ordering = ("unit", "-effective_from")
        constraints = [
            value_in("kind", UnitKind, name="unitrevision_kind_known"),
            models.UniqueConstraint(
                fields=["unit", "effective_from"],
                name="unitrevision_one_a_day",
                violation_error_message="Đơn vị này đã có một lần thay đổi từ ngày đó.",
            ),
        ]

    def __str__(self):
        return f"{self.name}, từ {self.effective_from:%d/%m/%Y}"


class UnitSuccession(models.Model):
    """One unit came out of another, by a decision: what was owed went with it, what was done stays under the old name.

    A merger of three is three rows with one successor, a division two rows with one predecessor.
    """

    kind = models.CharField("cách thay đổi", max_length=6, choices=SuccessionKind)
    predecessor = models.ForeignKey("units.Unit", models.PROTECT, related_name="successions", verbose_name="đơn vị trước")
    successor = models.ForeignKey("units.Unit", models.PROTECT, related_name="origins", verbose_name="đơn vị sau")
    effective_on = models.DateField("có hiệu lực từ ngày")
    basis = models.CharField("căn cứ", max_length=300)
    recorded_at = models.DateTimeField("ghi lúc")
    recorded_by = models.ForeignKey("units.User", models.PROTECT, related_name="+", verbose_name="người ghi")

    class Meta:
        verbose_name = "sáp nhập, chia tách"
        verbose_name_plural = "các lần sáp nhập, chia tách"
        ordering = ("-effective_on", "pk")
        constraints = [
            value_in("kind", SuccessionKind, name="unitsuccession_kind_known"),
            models.UniqueConstraint(fields=["predecessor", "successor", "effective_on"], name="unitsuccession_once"),
            models.CheckConstraint(condition=~Q(predecessor=models.F("successor")), name="unitsuccession_two_units"),
        ]

    def __str__(self):
        return f"{self.predecessor} {self.get_kind_display().lower()}: {self.successor}"
