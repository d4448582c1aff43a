"""Step 3: propaganda, concrete work, remarks. Everything may be left empty: empty is "chưa có số liệu"."""

from django import forms
from django.core.exceptions import ValidationError

from reports.forms.fields import CountField, WordsField


class ResultsStepForm(forms.Form):
    """What followed the session. The essay fields are there only when a plan asks for essays."""

    concrete_work = WordsField(
        label="Một việc đơn vị sẽ làm sau buổi học",
        help_text="Việc gì, ai làm, xong ngày nào.",
        required=False,
        multiline=True,
    )
    own_resolution = WordsField(label="Văn bản cụ thể hóa của đơn vị (số, ngày)", required=False, limit=200)
    essays_due = CountField(label="Số bài thu hoạch phải nộp")
    essays_done = CountField(label="Số bài thu hoạch đạt yêu cầu")
    oral_sessions = CountField(label="Số buổi tuyên truyền miệng")
    oral_listeners = CountField(label="Lượt người nghe")
    broadcasts = CountField(label="Số lượt phát thanh")
    online_posts = CountField(label="Số tin, bài trên mạng xã hội, trang thông tin")
    visual_items = CountField(label="Băng rôn, pa nô, áp phích")
    leaflets = CountField(label="Số bản tài liệu đã phát")
    strengths = WordsField(label="Ưu điểm", required=False, multiline=True)
    limits = WordsField(label="Hạn chế", required=False, multiline=True)
    causes = WordsField(label="Nguyên nhân", required=False, multiline=True)
    opinions = WordsField(label="Ý kiến, băn khoăn của đảng viên, Nhân dân", required=False, multiline=True)
    proposals = WordsField(label="Kiến nghị, đề xuất", required=False, multiline=True)
    good_models = WordsField(label="Mô hình, cách làm hay", required=False, multiline=True)

    def __init__(self, *args, essays=False, **kwargs):
        super().__init__(*args, **kwargs)
        if not essays:
            del self.fields["essays_due"], self.fields["essays_done"]

    def clean(self):
        data = super().clean()
        due, done = data.get("essays_due"), data.get("essays_done")
        if due is not None and done is not None and done > due:
            self.add_error("essays_done", ValidationError(f"Số bài đạt ({done}) nhiều hơn số phải nộp ({due}).", code="essays"))
        if data.get("oral_listeners") and data.get("oral_sessions") == 0:
            self.add_error("oral_sessions", ValidationError("Có lượt người nghe thì số buổi phải từ 1 trở lên.", code="oral"))
        return data
