"""What one unit reports for one plan, revisioned, with its self-score."""

from django.db import models
from django.db.models import Q

from reports.choices import EntrySource, LimitPick, RemarkField, SubmissionState
from reports.heads import required_heads
from reports.wording import work_words
from units.constraints import set_together, value_in


class Submission(models.Model):
    """The report of one unit for one plan. One row; every sending leaves a frozen SubmissionRevision.

    The denominator is given here once, not per session: required = members - exempt - away + received, and
    present (summed over the sessions) + excused + unexcused = required (decisions 5). Null means "chưa có số liệu".
    `return_places` holds the places of the last return in the office's order: [{"field", "reason"}] (reports.places);
    `return_field` and `return_reason` tell the first one and all of them in words.
    `works` holds what the unit registered to do: [{"what", "who", "by"}], words as typed; `limit_picks` codes of LimitPick.
    Changed by services/submissions.py only; `version` is the compare-and-swap of the draft.
    """

    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="submissions", verbose_name="đơn vị")
    plan = models.ForeignKey("campaigns.Plan", models.PROTECT, related_name="submissions", verbose_name="kế hoạch")
    sessions = models.ManyToManyField("reports.StudySession", blank=True, related_name="submissions", verbose_name="buổi học")
    state = models.CharField("trạng thái", max_length=10, choices=SubmissionState, default=SubmissionState.DRAFT)
    version = models.PositiveIntegerField("lần lưu", default=1)
    revision = models.PositiveSmallIntegerField("lần nộp", default=0)
    receipt_number = models.PositiveIntegerField("số biên nhận", null=True, blank=True)
    members = models.PositiveIntegerField("tổng số đảng viên", null=True, blank=True)
    exempt = models.PositiveIntegerField("được miễn công tác và sinh hoạt", null=True, blank=True)
    away = models.PositiveIntegerField("sinh hoạt tạm thời nơi khác, đi xa được phép", null=True, blank=True)
    received = models.PositiveIntegerField("tiếp nhận sinh hoạt tạm thời", null=True, blank=True)
    excused = models.PositiveIntegerField("vắng có lý do", null=True, blank=True)
    unexcused = models.PositiveIntegerField("vắng không lý do", null=True, blank=True)
    own_counts = models.JSONField("phần riêng của đảng bộ, chưa cộng chi bộ trực thuộc", null=True, blank=True, editable=False)
    essays_due = models.PositiveIntegerField("số bài thu hoạch phải nộp", null=True, blank=True)
    essays_handed = models.PositiveIntegerField("số bài thu hoạch đã nộp", null=True, blank=True)
    essays_done = models.PositiveIntegerField("số bài thu hoạch đạt yêu cầu", null=True, blank=True)
    quiz_taken = models.PositiveIntegerField("số người dự kiểm tra nhận thức", null=True, blank=True)
    quiz_passed = models.PositiveIntegerField("số người đạt kiểm tra nhận thức", null=True, blank=True)
    oral_sessions = models.PositiveIntegerField("số buổi tuyên truyền miệng", null=True, blank=True)
    oral_listeners = models.PositiveIntegerField("lượt người nghe", null=True, blank=True)
    broadcast_items = models.PositiveIntegerField("số tin, bài truyền thanh", null=True, blank=True)
    broadcasts = models.PositiveIntegerField("số lượt phát thanh", null=True, blank=True)
    online_posts = models.PositiveIntegerField("số tin, bài trên mạng xã hội, trang thông tin", null=True, blank=True)
    online_reach = models.PositiveIntegerField("lượt tiếp cận trên mạng", null=True, blank=True)
    visual_items = models.PositiveIntegerField("băng rôn, pa nô, áp phích", null=True, blank=True)
    leaflets = models.PositiveIntegerField("số bản tài liệu đã phát", null=True, blank=True)
    group_meetings = models.PositiveIntegerField("số buổi sinh hoạt đoàn thể lồng ghép", null=True, blank=True)
    group_listeners = models.PositiveIntegerField("lượt người dự sinh hoạt đoàn thể", null=True, blank=True)
    own_resolution = models.CharField("văn bản cụ thể hóa của đơn vị (số, ngày)", max_length=200, blank=True)
    works = models.JSONField("việc làm cụ thể đăng ký (việc, người, hạn)", default=list, blank=True)
    strengths = models.TextField("ưu điểm", blank=True)
    limit_picks = models.JSONField("hạn chế chọn theo danh mục", default=list, blank=True)
    limits = models.TextField("hạn chế", blank=True)
    causes = models.TextField("nguyên nhân", blank=True)
    opinions = models.TextField("ý kiến, băn khoăn của đảng viên, Nhân dân", blank=True)
    proposals = models.TextField("kiến nghị, đề xuất", blank=True)
    good_models = models.TextField("mô hình, cách làm hay", blank=True)
    self_total = models.DecimalField("điểm tự chấm", max_digits=5, decimal_places=1, null=True, blank=True)
    self_level = models.CharField("tự xếp loại", max_length=40, blank=True)
    appraised_total = models.DecimalField("điểm thẩm định", max_digits=5, decimal_places=1, null=True, blank=True)
    appraised_level = models.CharField("xếp loại thẩm định", max_length=40, blank=True)
    source = models.CharField("nguồn", max_length=6, choices=EntrySource, default=EntrySource.UNIT)
    told_by = models.CharField("người cung cấp số liệu", max_length=120, blank=True)
    told_on = models.DateField("ngày đơn vị báo", null=True, blank=True)
    form_token = models.CharField(max_length=64, unique=True, null=True, blank=True, editable=False)
    finished_on_phone_at = models.DateTimeField("hoàn tất trên máy lúc", null=True, blank=True)
    first_sent_at = models.DateTimeField("nhận lần đầu lúc", null=True, blank=True, editable=False)
    submitted_at = models.DateTimeField("nhận lúc", null=True, blank=True)
    submitted_by = models.ForeignKey("units.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người nộp")
    after_lock = models.BooleanField("gửi sau khi khóa số liệu", default=False)
    confirmed_at = models.DateTimeField("bí thư xác nhận lúc", null=True, blank=True)
    confirmed_by = models.ForeignKey("units.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="bí thư xác nhận")
    accepted_at = models.DateTimeField("tiếp nhận lúc", null=True, blank=True)
    accepted_by = models.ForeignKey("units.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người tiếp nhận")
    returned_at = models.DateTimeField("trả lại lúc", null=True, blank=True)
    returned_by = models.ForeignKey("units.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người trả lại")
    return_field = models.CharField("chỗ cần bổ sung", max_length=30, blank=True)
    return_reason = models.TextField("lý do trả lại", blank=True)
    return_places = models.JSONField("các chỗ cần bổ sung, mỗi chỗ một lý do", default=list, blank=True)
    return_rounds = models.PositiveSmallIntegerField("số lần trả lại", default=0)
    signed_scan = models.ForeignKey(
        "documents.StoredFile", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="bản giấy đã ký"
    )
    signed_copy_kept = models.BooleanField("đã có bản giấy ký", default=False)
    edited_at = models.DateTimeField("sửa lúc")
    edited_by = models.ForeignKey("units.User", models.PROTECT, related_name="+", verbose_name="người sửa")

    class Meta:
        verbose_name = "báo cáo kết quả của đơn vị"
        verbose_name_plural = "báo cáo kết quả của các đơn vị"
        ordering = ("plan", "unit")
        constraints = [
            value_in("state", SubmissionState, name="submission_state_known"),
            value_in("source", EntrySource, name="submission_source_known"),
            models.UniqueConstraint(fields=["unit", "plan"], name="submission_once"),
            models.UniqueConstraint(
                fields=["plan", "receipt_number"], condition=Q(receipt_number__isnull=False), name="submission_receipt_once"
            ),
            set_together("submitted_at", "submitted_by", name="submission_submitted_pair", message="Thiếu người hoặc giờ nộp."),
            set_together("confirmed_at", "confirmed_by", name="submission_confirmed_pair", message="Thiếu người hoặc giờ xác nhận."),
            set_together("accepted_at", "accepted_by", name="submission_accepted_pair", message="Thiếu người hoặc giờ tiếp nhận."),
            set_together("returned_at", "returned_by", name="submission_returned_pair", message="Thiếu người hoặc giờ trả lại."),
        ]
        indexes = [models.Index(fields=["plan", "state"], name="submission_plan_state")]

    def __str__(self):
        return f"{self.unit}: {self.plan}"

    @property
    def timed_at(self):
        """The moment by which the report is in time or late: its first receipt. What the office asked to be added, and the
        unit sent again, makes no report late; the rounds tell of it. None while nothing was sent."""
        return self.first_sent_at or self.submitted_at

    @property
    def required(self):
        """Số phải dự, in heads; None until the members are given."""
        return required_heads(self.members, self.exempt, self.away, self.received)

    @property
    def concrete_work(self):
        """Registered works, a line each: "Giúp hai hộ bán hàng qua mạng (đồng chí phó bí thư; xong 30/6/2026)"."""
        return "\n".join(work_words(one) for one in self.works)

    def said(self, field):
        """The remark `field` (RemarkField) in words; weak points that were ticked come before the unit's own."""
        parts = self.said_apart(field)
        own = parts.pop(0, "")
        ticked = "; ".join(parts.values())
        return f"{ticked}. {own}".strip() if ticked else own

    def said_apart(self, field):
        """{place: words} of the remark `field`: 0 the unit's own words, n the n-th weak point of the list where ticked."""
        own = getattr(self, field).strip()
        parts = {0: own} if own else {}
        if field == RemarkField.LIMITS:
            parts |= {place: one.label for place, one in enumerate(LimitPick, start=1) if one in self.limit_picks}
        return parts


class SubmissionRevision(models.Model):
    """What was sent, as it was sent: frozen figures, sessions and scores."""

    submission = models.ForeignKey("reports.Submission", models.PROTECT, related_name="revisions", verbose_name="báo cáo")
    revision = models.PositiveSmallIntegerField("lần nộp")
    content = models.JSONField("nội dung")
    sent_at = models.DateTimeField("nhận lúc")
    sent_by = models.ForeignKey("units.User", models.PROTECT, related_name="+", verbose_name="người nộp")

    class Meta:
        verbose_name = "lần nộp báo cáo"
        verbose_name_plural = "các lần nộp báo cáo"
        ordering = ("submission", "-revision")
        constraints = [models.UniqueConstraint(fields=["submission", "revision"], name="submissionrevision_once")]

    def __str__(self):
        return f"{self.submission}, lần {self.revision}"


class Score(models.Model):
    """Points of one criterion: suggested by the figures, given by the unit, appraised by the office. None is "not scored"."""

    submission = models.ForeignKey("reports.Submission", models.CASCADE, related_name="scores", verbose_name="báo cáo")
    criterion = models.ForeignKey("reports.Criterion", models.PROTECT, related_name="scores", verbose_name="tiêu chí")
    suggested = models.DecimalField("điểm gợi ý", max_digits=5, decimal_places=1, null=True, blank=True)
    self_points = models.DecimalField("điểm tự chấm", max_digits=5, decimal_places=1, null=True, blank=True)
    self_note = models.CharField("căn cứ tự chấm", max_length=500, blank=True)
    appraised_points = models.DecimalField("điểm thẩm định", max_digits=5, decimal_places=1, null=True, blank=True)
    appraised_note = models.CharField("lý do chênh lệch", max_length=500, blank=True)

    class Meta:
        verbose_name = "điểm tiêu chí"
        verbose_name_plural = "điểm tiêu chí"
        ordering = ("submission", "criterion")
        constraints = [
            models.UniqueConstraint(fields=["submission", "criterion"], name="score_once"),
            models.CheckConstraint(
                condition=(Q(self_points__isnull=True) | Q(self_points__gte=0))
                & (Q(appraised_points__isnull=True) | Q(appraised_points__gte=0)),
                name="score_not_negative",
                violation_error_message="Điểm không thể âm.",
            ),
        ]

    def __str__(self):
        return f"{self.criterion}: {self.self_points}"
