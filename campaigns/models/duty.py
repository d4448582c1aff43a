"""Clauses of a plan as obligations: the printed clause and the duty are the same record."""

from django.db import models
from django.db.models import Q

from campaigns.choices import AssignmentState, DeadlineRule, LeadGroup, Product
from units.constraints import set_together, value_in


class DutyQuerySet(models.QuerySet):
    def printed(self):
        """Clauses that stand in the paper; not what arose from them after the issue."""
        return self.filter(origin=None)


class Duty(models.Model):
    """One clause of "Tổ chức thực hiện": who leads, who helps, what, the product, by when.

    After the issue a clause may give rise to others, whose `origin` it is: a turn of what recurs (`turn_on` is its last
    day, services/turns.py) and the study of what the plan announced and was issued later (models/awaited.py).
    """

    plan = models.ForeignKey("campaigns.Plan", models.CASCADE, related_name="duties", verbose_name="kế hoạch")
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    lead_group = models.CharField("chủ trì là", max_length=10, choices=LeadGroup, default=LeadGroup.ONE)
    lead = models.ForeignKey("units.Unit", models.PROTECT, null=True, blank=True, related_name="duties_led", verbose_name="cơ quan chủ trì")
    lead_text = models.CharField("tên in trên kế hoạch", max_length=200)
    helpers = models.ManyToManyField("units.Unit", blank=True, related_name="duties_helped", verbose_name="phối hợp")
    text = models.TextField("nội dung việc")
    product = models.CharField("sản phẩm", max_length=10, choices=Product, default=Product.ACTION)
    deadline_phrase = models.CharField("thời hạn in trên kế hoạch", max_length=200, blank=True)
    rule = models.CharField("cách tính hạn", max_length=18, choices=DeadlineRule, default=DeadlineRule.OPEN)
    last_day = models.DateField("ngày cuối còn đúng hạn", null=True, blank=True)
    tentative = models.BooleanField("dự kiến", default=False)
    origin = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="arisen", verbose_name="phát sinh từ nhiệm vụ")
    turn_on = models.DateField("kỳ", null=True, blank=True)

    objects = DutyQuerySet.as_manager()

    class Meta:
        verbose_name = "nhiệm vụ"
        verbose_name_plural = "nhiệm vụ"
        ordering = ("plan", "position", "pk")
        constraints = [
            value_in("lead_group", LeadGroup, name="duty_leadgroup_known"),
            value_in("product", Product, name="duty_product_known"),
            value_in("rule", DeadlineRule, name="duty_rule_known"),
            models.UniqueConstraint(fields=["origin", "turn_on"], name="duty_turn_once"),
        ]

    def __str__(self):
        return f"{self.lead_text}: {self.text[:80]}"


class AssignmentQuerySet(models.QuerySet):
    def open(self):
        """Not yet done by the unit."""
        return self.filter(state__in=AssignmentState.OPEN)

    def let_off_for_now(self):
        """Let off until a day, after which they are owed again."""
        return self.filter(state="exempt", exempted_until__isnull=False)

    def settled(self):
        """Done by the unit, whatever the office does next."""
        return self.filter(state__in=AssignmentState.SETTLED)

    def overdue(self, *, on):
        """Open with a due day before `on`; tentative duties have no due day (decisions 20)."""
        return self.open().filter(due_on__lt=on)

    def running(self):
        """Of plans that are issued and not ended."""
        return self.filter(plan__state="issued")


class Assignment(models.Model):
    """One duty owed by one unit, made when the plan is issued. Changed by services/assignments.py only.

    An exemption with an end: until the end of `exempted_until` nothing is asked, then the duty is owed again by
    `due_after_exemption` (services/exemptions.py). `due_on` is the last day that is still on time (null: no day, or tentative); `original_due_on` keeps what the plan
    said when an extension moved it; `due_version` counts the moves so that reminders of an older day die. `asked_at` is
    when the work was asked again with a day that may lie behind (the plan went on, units merged, the report was
    returned, the roll corrected): nobody above the unit is told of a delay from before it.
    """

    plan = models.ForeignKey("campaigns.Plan", models.PROTECT, related_name="assignments", verbose_name="kế hoạch")
    duty = models.ForeignKey("campaigns.Duty", models.PROTECT, related_name="assignments", verbose_name="nhiệm vụ")
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="assignments", verbose_name="đơn vị")
    product = models.CharField("sản phẩm", max_length=10, choices=Product)
    state = models.CharField("trạng thái", max_length=10, choices=AssignmentState, default=AssignmentState.TODO)
    due_on = models.DateField("hạn", null=True, blank=True)
    original_due_on = models.DateField("hạn theo kế hoạch", null=True, blank=True)
    due_version = models.PositiveSmallIntegerField("lần đổi hạn", default=1)
    asked_at = models.DateTimeField("giao lại lúc", null=True, blank=True)
    settled_at = models.DateTimeField("hoàn thành lúc", null=True, blank=True)
    settled_by = models.ForeignKey("units.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người hoàn thành")
    extended_at = models.DateTimeField("gia hạn lúc", null=True, blank=True)
    extended_by = models.ForeignKey("units.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người gia hạn")
    exempted_at = models.DateTimeField("miễn lúc", null=True, blank=True)
    exempted_by = models.ForeignKey("units.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người miễn")
    exempted_until = models.DateField("miễn đến hết ngày", null=True, blank=True)
    due_after_exemption = models.DateField("hạn sau khi hết miễn", null=True, blank=True)
    excused_at = models.DateTimeField("cho qua nộp muộn lúc", null=True, blank=True)
    excused_by = models.ForeignKey("units.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người cho qua")
    reason = models.CharField("lý do gia hạn, miễn, cho qua", max_length=500, blank=True)
    note = models.TextField("tiến độ", blank=True)
    product_file = models.ForeignKey(
        "documents.StoredFile", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tệp sản phẩm"
    )
    product_paper = models.ForeignKey(
        "documents.IssuedPaper", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="văn bản sản phẩm"
    )
    product_words = models.CharField("số, ký hiệu, ngày của sản phẩm", max_length=200, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = "việc được giao"
        verbose_name_plural = "việc được giao"
        ordering = ("due_on", "plan", "duty", "unit")
        constraints = [
            value_in("product", Product, name="assignment_product_known"),
            value_in("state", AssignmentState, name="assignment_state_known"),
            models.UniqueConstraint(fields=["duty", "unit"], name="assignment_once"),
            set_together("settled_at", "settled_by", name="assignment_settled_pair", message="Thiếu người hoặc giờ hoàn thành."),
            set_together("extended_at", "extended_by", name="assignment_extended_pair", message="Thiếu người hoặc giờ gia hạn."),
            set_together("exempted_at", "exempted_by", name="assignment_exempted_pair", message="Thiếu người hoặc giờ miễn."),
            set_together("exempted_until", "due_after_exemption", name="assignment_exempted_until", message="Thiếu hạn mới sau khi hết miễn."),
            set_together("excused_at", "excused_by", name="assignment_excused_pair", message="Thiếu người hoặc giờ cho qua."),
        ]
        indexes = [
            models.Index(fields=["unit", "state"], name="assignment_unit_state"),
            models.Index(fields=["plan", "product", "state"], name="assignment_plan_state"),
            models.Index(
                fields=["due_on"], condition=Q(state__in=["todo", "doing", "waiting", "returned"]), name="assignment_open_due"
            ),
        ]

    def __str__(self):
        return f"{self.unit}: {self.duty}"

    @property
    def let_off_for_now(self):
        """Let off until a day, after which it is owed again."""
        return self.state == AssignmentState.EXEMPT and self.exempted_until is not None

    @property
    def may_be_done(self):
        """Whether a report or a session that comes now closes it."""
        return self.state in AssignmentState.OPEN or self.let_off_for_now


class StateCounter(models.Model):
    """How many assignments of a duty stand in a state with one due day: what dashboards read (decisions 20).

    Kept in the transaction of every change by services/counters.py; `due_key` is the due day as YYYYMMDD, 0 for none,
    so that the key is unique on both engines.
    """

    plan = models.ForeignKey("campaigns.Plan", models.CASCADE, related_name="counters", verbose_name="kế hoạch")
    duty = models.ForeignKey("campaigns.Duty", models.CASCADE, related_name="counters", verbose_name="nhiệm vụ")
    product = models.CharField("sản phẩm", max_length=10, choices=Product)
    due_key = models.PositiveIntegerField("hạn")
    state = models.CharField("trạng thái", max_length=10, choices=AssignmentState)
    count = models.IntegerField("số đơn vị", default=0)

    class Meta:
        verbose_name = "bộ đếm"
        verbose_name_plural = "bộ đếm"
        ordering = ("plan", "duty", "due_key", "state")
        constraints = [
            value_in("product", Product, name="statecounter_product_known"),
            value_in("state", AssignmentState, name="statecounter_state_known"),
            models.UniqueConstraint(fields=["plan", "duty", "due_key", "state"], name="statecounter_once"),
            models.CheckConstraint(condition=Q(count__gte=0), name="statecounter_not_negative"),
        ]

    def __str__(self):
        return f"{self.duty_id} {self.state} {self.due_key}: {self.count}"
