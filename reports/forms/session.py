"""Step 1: the session, and further sessions of the same study."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from documents.dates import short
from reports.choices import AttendingWay, SessionForm, SessionKind
from reports.figures import OUTSIDE
from reports.forms.fields import CountField, DayField, WordsField
from reports.wording import plan_name

ONLINE = {AttendingWay.ONLINE, AttendingWay.MIXED}


class DirectiveChoice(forms.MultipleChoiceField):
    """Directives by their short form with the day; what is chosen comes as directives, in the order offered."""

    widget = forms.CheckboxSelectMultiple

    def offer(self, directives):
        """Let these be chosen from: they are at hand, nothing is asked of the database again."""
        self.known = {str(one.pk): one for one in directives}
        self.choices = [(pk, f"{one.short_form}, ngày {short(one.dated_on)}") for pk, one in self.known.items()]

    def clean(self, value):
        chosen = set(super().clean(value))
        return [one for pk, one in self.known.items() if pk in chosen]


class HeldForm(forms.Form):
    """What both kinds of session ask: when, how, by whom."""

    held_on = DayField(label="Ngày học", help_text="Ngày, tháng, năm. Thí dụ: 05/6/2026.")
    form = forms.ChoiceField(label="Hình thức tổ chức", choices=SessionForm.choices)
    way = forms.ChoiceField(label="Cách dự", choices=AttendingWay.choices)
    online_points = CountField(label="Số điểm cầu")
    minutes = CountField(label="Thời lượng (phút)", example=90)
    speaker = WordsField(label="Báo cáo viên", required=False, limit=160)
    head_speaks = forms.BooleanField(label="Người đứng đầu cấp ủy trực tiếp truyền đạt", required=False)
    minutes_kept = forms.BooleanField(label="Có danh sách điểm danh và biên bản", required=False)

    def __init__(self, *args, directives, at_conference=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.known_directives = list(directives)
        if not at_conference:  # the ward counts this unit at its own session alone (domain.md 2.4)
            self.fields["form"].choices = [one for one in SessionForm.choices if one[0] != SessionForm.WARD_CONFERENCE]

    def clean_held_on(self):
        day = self.cleaned_data["held_on"]
        today = timezone.localdate()
        if day > today:
            raise ValidationError(
                f"Ngày {short(day)} chưa đến (hôm nay là {short(today)}). Đồng chí ghi ngày đã tổ chức buổi học.", code="future"
            )
        return day

    def check_day(self, directives):
        """The day against the dates of the directives studied."""
        day = self.cleaned_data.get("held_on")
        if not day or not directives:
            return
        youngest = max(directives, key=lambda one: one.dated_on)
        if day < youngest.dated_on:
            sentence = f"Ngày học {short(day)} trước ngày ban hành {youngest} ({short(youngest.dated_on)}). Đồng chí xem lại ngày."
            self.add_error("held_on", ValidationError(sentence, code="before_directive"))

    def check_points(self, data):
        """Online points belong to a session held online, wholly or partly."""
        points, way = data.get("online_points"), data.get("way")
        if points and way and way not in ONLINE:
            words = AttendingWay(way).label.lower()
            sentence = f"Có {points} điểm cầu nhưng cách dự là {words}. Đồng chí sửa cách dự hoặc xóa số điểm cầu."
            self.add_error("online_points", ValidationError(sentence, code="online_points"))

    def clean_minutes(self):
        minutes = self.cleaned_data["minutes"]
        if minutes is not None and not 5 <= minutes <= 960:
            raise ValidationError("Thời lượng tính bằng phút, từ 5 đến 960. Thí dụ: 90.", code="minutes")
        return minutes


class SessionStepForm(HeldForm):
    """The main session: everything studied in it is pre-ticked, so that three directives cost no more than one.

    `elsewhere`: ids of directives that a further session names as its own.
    """

    directives = DirectiveChoice(
        label="Văn bản đã học", error_messages={"required": "Đồng chí chọn ít nhất một văn bản đã học."}
    )
    started_at = forms.TimeField(
        label="Giờ bắt đầu",
        required=False,
        input_formats=["%H:%M", "%Hh%M", "%Hg%M", "%H giờ %M", "%H"],
        error_messages={"invalid": "Đồng chí ghi giờ và phút. Thí dụ: 19:30."},
        widget=forms.TextInput(attrs={"maxlength": 12}),
    )
    field_order = ["directives", "held_on", "minutes", "form", "way", "speaker", "head_speaks", "minutes_kept"]

    def __init__(self, *args, plans, elsewhere=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.plans, self.elsewhere = list(plans), set(elsewhere)
        self.fields["directives"].offer(self.known_directives)

    def clean(self):
        data = super().clean()
        chosen = list(data.get("directives") or [])
        self.check_day(chosen)
        self.check_points(data)
        self.check_whole_plans({one.pk for one in chosen})
        return data

    def check_whole_plans(self, chosen):
        """A plan is reported when all of it was studied: its directives are ticked, or named by a further session."""
        for plan in self.plans:
            wanted = {one.pk: one for one in plan.directives.all()}
            left = [one for pk, one in wanted.items() if pk not in chosen | self.elsewhere]
            if left and chosen & set(wanted):
                names = ", ".join(str(one) for one in left)
                sentence = f"{plan_name(plan)} gồm cả {names}. Nếu học văn bản đó vào buổi khác, đồng chí thêm một buổi và chọn văn bản ấy; nếu chưa học, đồng chí bỏ chọn mọi văn bản của kế hoạch ấy và báo cáo khi đã học đủ."
                self.add_error("directives", ValidationError(sentence, code="half_plan"))

    def chosen_plans(self):
        """Plans studied in this session, with the directives that a further session names (valid form only)."""
        chosen = {one.pk for one in self.cleaned_data["directives"]}
        wanted = [(plan, {one.pk for one in plan.directives.all()}) for plan in self.plans]
        return [plan for plan, texts in wanted if texts & chosen and texts <= chosen | self.elsewhere]


class ExtraSessionForm(HeldForm):
    """A further session: people on shift, those who missed the main one, or an evening for some of the directives alone.

    All directives are ticked at first; `named` tells a page that asked for them from one that knew no such question.
    """

    directives = DirectiveChoice(label="Văn bản đã học", required=False)
    named = forms.BooleanField(required=False, initial=True, widget=forms.HiddenInput)

    kind = forms.ChoiceField(
        label="Loại buổi", choices=[one for one in SessionKind.choices if one[0] != SessionKind.MAIN], initial=SessionKind.MAKE_UP
    )
    present = CountField(label="Số đảng viên có mặt", required=True)
    speakers = CountField(label="Số đảng viên phát biểu")
    outside_officials = CountField(label="Cán bộ, công chức, viên chức, người lao động")
    outside_youth = CountField(label="Đoàn viên")
    outside_members = CountField(label="Hội viên")
    outside_people = CountField(label="Nhân dân")
    field_order = ["kind", "directives", "held_on", "present", "speakers", "form", "way"]

    def __init__(self, *args, heads=True, **kwargs):
        super().__init__(*args, **kwargs)
        if not heads:  # a unit that keeps its figures to itself is not asked for them here either (decisions 8)
            for name in ("present", "speakers", *OUTSIDE):
                del self.fields[name]
        if len(self.known_directives) > 1:
            self.fields["directives"].offer(self.known_directives)
            self.fields["directives"].initial = [str(one.pk) for one in self.known_directives]
        else:
            del self.fields["directives"], self.fields["named"]

    def clean(self):
        data = super().clean()
        if data.get("named") and not data.get("directives") and "directives" not in self.errors:
            self.add_error("directives", ValidationError("Đồng chí chọn ít nhất một văn bản đã học ở buổi này.", code="required"))
        data["directives"] = data.get("directives") or self.known_directives
        self.check_day(data["directives"])
        self.check_points(data)
        present, speakers = data.get("present"), data.get("speakers")
        if present is not None and speakers is not None and speakers > present:
            sentence = f"Số phát biểu ({speakers}) nhiều hơn số có mặt ({present})."
            self.add_error("speakers", ValidationError(sentence, code="speakers"))
        return data
