"""Step 3: what followed the session. Only what some plan of the form asks is asked; everything may be left empty."""

from django import forms
from django.core.exceptions import ValidationError

from reports.asked import FIELDS_OF, WORK_FIELDS
from reports.choices import LimitPick, ResultGroup
from reports.forms.fields import CountField, WordsField

# count that cannot be the larger -> (count it is part of, the sentence)
_PART_OF = (
    ("essays_handed", "essays_due", "Số bài đã nộp ({}) nhiều hơn số phải nộp ({})."),
    ("essays_done", "essays_handed", "Số bài đạt ({}) nhiều hơn số đã nộp ({})."),
    ("essays_done", "essays_due", "Số bài đạt ({}) nhiều hơn số phải nộp ({})."),
    ("quiz_passed", "quiz_taken", "Số người đạt ({}) nhiều hơn số người tham gia ({})."),
)
_MEETINGS = (
    ("oral_sessions", "oral_listeners", "Có lượt người nghe thì số buổi phải từ 1 trở lên."),
    ("group_meetings", "group_listeners", "Có lượt người dự thì số buổi sinh hoạt phải từ 1 trở lên."),
)

_IN_WORDS = [name for group in (ResultGroup.OWN_PAPER, ResultGroup.REMARKS, ResultGroup.GOOD_MODELS) for name in FIELDS_OF[group]]


class ResultsStepForm(forms.Form):
    """The questions of `asked` (ResultGroup), in the order of the page."""

    essays_due = CountField(label="Số bài thu hoạch phải nộp")
    essays_handed = CountField(label="Số bài thu hoạch đã nộp")
    essays_done = CountField(label="Số bài thu hoạch đạt yêu cầu")
    quiz_taken = CountField(label="Số người tham gia kiểm tra nhận thức")
    quiz_passed = CountField(label="Số người đạt yêu cầu")
    own_resolution = WordsField(
        label="Nghị quyết, kế hoạch của đơn vị để thực hiện",
        help_text="Tên, số, ngày. Thí dụ: Nghị quyết số 05-NQ/CB, ngày 02/6/2026.",
        required=False,
        limit=200,
    )
    oral_sessions = CountField(label="Số buổi tuyên truyền miệng")
    oral_listeners = CountField(label="Lượt người nghe")
    broadcast_items = CountField(label="Số tin, bài truyền thanh")
    broadcasts = CountField(label="Số lượt phát thanh")
    online_posts = CountField(label="Số tin, bài trên mạng xã hội, trang thông tin")
    online_reach = CountField(label="Lượt tiếp cận trên mạng (nếu có)")
    visual_items = CountField(label="Băng rôn, pa nô, áp phích")
    leaflets = CountField(label="Số bản tài liệu đã phát")
    group_meetings = CountField(label="Số buổi lồng ghép sinh hoạt đoàn thể")
    group_listeners = CountField(label="Lượt người dự sinh hoạt đoàn thể")
    strengths = WordsField(label="Ưu điểm", required=False, multiline=True)
    limit_picks = forms.MultipleChoiceField(
        label="Hạn chế",
        choices=LimitPick.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Có mục không còn trong danh sách. Đồng chí chọn lại."},
    )
    limits = WordsField(label="Hạn chế khác, bằng lời của đơn vị", required=False, multiline=True)
    causes = WordsField(label="Nguyên nhân", required=False, multiline=True)
    opinions = WordsField(label="Ý kiến, băn khoăn của đảng viên, Nhân dân", required=False, multiline=True)
    proposals = WordsField(label="Kiến nghị, đề xuất", required=False, multiline=True)
    good_models = WordsField(label="Mô hình, cách làm hay", required=False, multiline=True)

    def __init__(self, *args, asked=tuple(ResultGroup), **kwargs):
        self.asked = [group for group in ResultGroup if group in asked]
        wanted = {name for group in self.asked for name in FIELDS_OF[group]}
        self.base_fields = {name: one for name, one in self.base_fields.items() if name in wanted}  # the others are not made
        super().__init__(*args, **kwargs)
        if ResultGroup.WORKS in self.asked:
            self.add_works()

    def add_works(self):
        """Three lines of việc, người, hạn; the first is open on the page."""
        works = {}
        for number, (what, who, by) in enumerate(WORK_FIELDS, start=1):
            label = "Một việc đơn vị sẽ làm sau buổi học" if number == 1 else f"Việc thứ {number}"
            works[what] = WordsField(label=label, required=False, limit=500, multiline=True, rows=2)
            works[who] = WordsField(label="Ai làm", required=False, limit=120)
            works[by] = WordsField(label="Xong khi nào", help_text="Thí dụ: 30/6/2026.", required=False, limit=60)
        self.fields = works | self.fields

    @property
    def work_rows(self):
        """(what, who, by) as bound fields, for the page."""
        return [tuple(self[name] for name in names) for names in WORK_FIELDS] if ResultGroup.WORKS in self.asked else []

    @property
    def propaganda(self):
        """Counts of propaganda as bound fields, channel by channel, for the page."""
        return [self[name] for name in FIELDS_OF[ResultGroup.PROPAGANDA] if name in self.fields]

    @property
    def propaganda_open(self):
        """Something of it is typed or wrong, so that the page shows it."""
        return self._filled(FIELDS_OF[ResultGroup.PROPAGANDA])

    @property
    def more_works_open(self):
        return self._filled([name for names in WORK_FIELDS[1:] for name in names])

    @property
    def words_asked(self):
        return any(name in self.fields for name in _IN_WORDS)

    @property
    def words_open(self):
        return self._filled(_IN_WORDS)

    def _filled(self, names):
        return any(self[name].value() or self[name].errors for name in names if name in self.fields)

    def clean(self):
        data = super().clean()
        for part, whole, sentence in _PART_OF:
            few, many = data.get(part), data.get(whole)
            if few is not None and many is not None and few > many and part not in self.errors:
                self.add_error(part, ValidationError(sentence.format(few, many), code=part.split("_")[0]))
        for meetings, people, sentence in _MEETINGS:
            if data.get(people) and data.get(meetings) == 0:
                self.add_error(meetings, ValidationError(sentence, code=meetings.split("_")[0]))
        data["works"] = self.clean_works(data) if ResultGroup.WORKS in self.asked else []
        return data

    def clean_works(self, data):
        """The lines that say what; one that names only a person or a day is asked what the work is."""
        works = []
        for names in WORK_FIELDS:
            what, who, by = (" ".join((data.get(name) or "").split()) for name in names)
            if what:
                works.append({"what": what, "who": who, "by": by})
            elif who or by:
                self.add_error(names[0], ValidationError("Đồng chí ghi việc sẽ làm, rồi đến người và hạn.", code="what"))
        return works
