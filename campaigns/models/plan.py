"""The plan: the campaign and its paper in one."""

from django.db import models

from campaigns.choices import ConferenceLevel, PlanKind, PlanState
from units.choices import DeadlineReading
from units.constraints import set_together, value_in


class Plan(models.Model):
    """A campaign over 1..n directives and the paper that starts it.

    Edited as a draft with `version` as compare-and-swap; every move of `state` is one function of services/plans.py.
    From issue on, `paper` holds the frozen text and the rest is read only.
    """

    ward = models.ForeignKey("units.Unit", models.PROTECT, related_name="plans", verbose_name="phường, xã")
    kind = models.CharField("loại kế hoạch", max_length=16, choices=PlanKind, default=PlanKind.STUDY)
    state = models.CharField("trạng thái", max_length=10, choices=PlanState, default=PlanState.DRAFT)
    version = models.PositiveIntegerField("lần lưu", default=1)
    directives = models.ManyToManyField("campaigns.Directive", through="PlanDirective", related_name="plans", verbose_name="văn bản")
    subject = models.CharField("trích yếu", max_length=1000)
    opening = models.TextField("đoạn mở đầu", blank=True)
    closing = models.TextField("đoạn kết", blank=True)
    issuer = models.CharField("cơ quan ban hành", max_length=120, default="Ban Thường vụ Đảng ủy")
    signer = models.ForeignKey("units.Signer", models.PROTECT, null=True, blank=True, related_name="plans", verbose_name="người ký")
    scored = models.BooleanField("các đơn vị tự chấm điểm", default=True)
    essay_required = models.BooleanField("có viết thu hoạch", default=False)
    deadline_reading = models.CharField(
        "cách hiểu “trước ngày”", max_length=10, choices=DeadlineReading, default=DeadlineReading.TOLERANT
    )
    window_starts_on = models.DateField("học tập từ ngày", null=True, blank=True)
    created_at = models.DateTimeField("tạo lúc")
    created_by = models.ForeignKey("units.User", models.PROTECT, related_name="+", verbose_name="người soạn")
    edited_at = models.DateTimeField("sửa lúc")
    edited_by = models.ForeignKey("units.User", models.PROTECT, related_name="+", verbose_name="người sửa")
    submitted_at = models.DateTimeField("trình lúc", null=True, blank=True)
    submitted_by = models.ForeignKey("units.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người trình")
    approved_at = models.DateTimeField("duyệt lúc", null=True, blank=True)
    approved_by = models.ForeignKey("units.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người duyệt")
    issued_at = models.DateTimeField("ban hành lúc", null=True, blank=True)
    issued_by = models.ForeignKey("units.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người ghi ban hành")
    closed_at = models.DateTimeField("kết thúc lúc", null=True, blank=True)
    closed_by = models.ForeignKey("units.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người kết thúc")
    paper = models.OneToOneField(
        "documents.IssuedPaper", models.PROTECT, null=True, blank=True, related_name="plan", verbose_name="văn bản đã phát hành"
    )
    recorded_past = models.BooleanField("ghi lại kế hoạch đã ban hành trên giấy", default=False)
    search = models.TextField(blank=True, editable=False)

    class Meta:
        verbose_name = "kế hoạch"
        verbose_name_plural = "kế hoạch"
        ordering = ("-created_at", "-pk")
        constraints = [
            value_in("kind", PlanKind, name="plan_kind_known"),
            value_in("state", PlanState, name="plan_state_known"),
            value_in("deadline_reading", DeadlineReading, name="plan_reading_known"),
            set_together("submitted_at", "submitted_by", name="plan_submitted_pair", message="Thiếu người hoặc giờ trình."),
            set_together("approved_at", "approved_by", name="plan_approved_pair", message="Thiếu người hoặc giờ duyệt."),
            set_together("issued_at", "issued_by", name="plan_issued_pair", message="Thiếu người hoặc giờ ban hành."),
            set_together("closed_at", "closed_by", name="plan_closed_pair", message="Thiếu người hoặc giờ kết thúc."),
        ]
        indexes = [models.Index(fields=["ward", "state"], name="plan_ward_state")]

    def __str__(self):
        return self.paper.number_text if self.paper_id else self.subject[:120]

    def get_absolute_url(self):
        return f"/ke-hoach/{self.pk}/"

    @property
    def is_editable(self):
        return self.state in PlanState.EDITABLE


class PlanDirective(models.Model):
    """A directive of the plan, in protocol order."""

    plan = models.ForeignKey("campaigns.Plan", models.CASCADE, related_name="directive_links", verbose_name="kế hoạch")
    directive = models.ForeignKey("campaigns.Directive", models.PROTECT, related_name="plan_links", verbose_name="văn bản")
    position = models.PositiveSmallIntegerField("thứ tự", default=0)

    class Meta:
        verbose_name = "văn bản của kế hoạch"
        verbose_name_plural = "văn bản của kế hoạch"
        ordering = ("plan", "position", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "directive"], name="plandirective_once", violation_error_message="Văn bản này đã có trong kế hoạch."
            )
        ]

    def __str__(self):
        return str(self.directive)


class PlanSection(models.Model):
    """A heading of the paper with its paragraphs (blank line between two; "- " begins an item). Two levels."""

    plan = models.ForeignKey("campaigns.Plan", models.CASCADE, related_name="sections", verbose_name="kế hoạch")
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="children", verbose_name="thuộc mục")
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    slot = models.CharField("ô của kế hoạch", max_length=30, blank=True)
    title = models.CharField("tên mục", max_length=300)
    body = models.TextField("nội dung", blank=True)

    class Meta:
        verbose_name = "mục của kế hoạch"
        verbose_name_plural = "mục của kế hoạch"
        ordering = ("plan", "position", "pk")

    def __str__(self):
        return self.title


class PlanConference(models.Model):
    """What the paper says of the ward's conference and of the grassroots ones (text; the record comes with `Conference`)."""

    plan = models.ForeignKey("campaigns.Plan", models.CASCADE, related_name="conference_texts", verbose_name="kế hoạch")
    level = models.CharField("cấp", max_length=10, choices=ConferenceLevel)
    time_phrase = models.CharField("thời gian", max_length=200, blank=True)
    last_day = models.DateField("ngày cuối", null=True, blank=True)
    tentative = models.BooleanField("dự kiến", default=False)
    form = models.TextField("hình thức", blank=True)
    place = models.CharField("địa điểm", max_length=300, blank=True)
    participants = models.TextField("thành phần, đối tượng", blank=True)
    speaker = models.CharField("báo cáo viên", max_length=300, blank=True)

    class Meta:
        verbose_name = "hội nghị trong kế hoạch"
        verbose_name_plural = "hội nghị trong kế hoạch"
        ordering = ("plan", "-level")
        constraints = [
            value_in("level", ConferenceLevel, name="planconference_level_known"),
            models.UniqueConstraint(fields=["plan", "level"], name="planconference_once"),
        ]

    def __str__(self):
        return self.get_level_display()


class PlanRecipient(models.Model):
    """One line of Nơi nhận; `units` are the actual addressees it stands for."""

    plan = models.ForeignKey("campaigns.Plan", models.CASCADE, related_name="recipients", verbose_name="kế hoạch")
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    name = models.CharField("nơi nhận", max_length=200)
    note = models.CharField("ghi chú trong ngoặc", max_length=60, blank=True)
    all_units = models.BooleanField("gồm mọi tổ chức đảng trực thuộc", default=False)
    unit = models.ForeignKey("units.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="đơn vị")
    copies = models.PositiveSmallIntegerField("số bản mỗi nơi", default=1)

    class Meta:
        verbose_name = "nơi nhận"
        verbose_name_plural = "nơi nhận"
        ordering = ("plan", "position", "pk")

    def __str__(self):
        return self.name


class PlanRemark(models.Model):
    """Why a plan was returned, and other words that go with a move."""

    plan = models.ForeignKey("campaigns.Plan", models.CASCADE, related_name="remarks", verbose_name="kế hoạch")
    state = models.CharField("khi chuyển sang", max_length=10, choices=PlanState)
    text = models.TextField("ý kiến")
    made_at = models.DateTimeField("lúc")
    made_by = models.ForeignKey("units.User", models.PROTECT, related_name="+", verbose_name="người ghi")

    class Meta:
        verbose_name = "ý kiến về kế hoạch"
        verbose_name_plural = "ý kiến về kế hoạch"
        ordering = ("plan", "-made_at")
        constraints = [value_in("state", PlanState, name="planremark_state_known")]

    def __str__(self):
        return self.text[:80]
