"""Step 2: heads. The percentage and every sum are computed; the form only checks that what was counted fits."""

from django import forms
from django.core.exceptions import ValidationError

from reports.forms.fields import CountField
from reports.selectors.scoring import required_of

PARTS = ("present", "excused", "unexcused")
MORE_THAN_KNOWN = 5  # members by whom the ward's list may lag behind


class CountsStepForm(forms.Form):
    """Denominator once per report, attendance of the main session; `more_present` is what the other sessions add.

    Of a đảng bộ cơ sở: `branch_members` its cells already gave, `register` how many members the ward knows it to have;
    the page asks only for what is in no cell.
    `by_text`: (name, in the main session, heads of further sessions) of each directive, where a further session named its own.
    """

    members = CountField(label="Tổng số đảng viên", required=True)
    exempt = CountField(label="Được miễn công tác và sinh hoạt")
    away = CountField(label="Sinh hoạt tạm thời nơi khác, đi xa được phép")
    received = CountField(label="Tiếp nhận sinh hoạt tạm thời")
    present = CountField(label="Có mặt", required=True)
    excused = CountField(label="Vắng có lý do", required=True)
    unexcused = CountField(label="Vắng không lý do", required=True)
    speakers = CountField(label="Số đảng viên phát biểu")
    opinions = CountField(label="Số ý kiến phát biểu")
    exempt_present = CountField(label="Đảng viên được miễn vẫn dự")
    outside_officials = CountField(label="Cán bộ, công chức, viên chức, người lao động")
    outside_youth = CountField(label="Đoàn viên")
    outside_members = CountField(label="Hội viên")
    outside_people = CountField(label="Nhân dân")

    def __init__(self, *args, more_present=0, branch_members=None, register=None, by_text=(), **kwargs):
        self.more_present, self.branch_members, self.register = more_present, branch_members, register
        self.by_text = by_text
        super().__init__(*args, **kwargs)

    def clean(self):
        data = super().clean()
        required = required_of(data)
        taken_off = (data.get("exempt") or 0) + (data.get("away") or 0)
        if required is not None and taken_off > data["members"]:
            # those received are of another cell: they never make up for more exempt and away than there are members
            sentence = f"Số được miễn và đi xa ({taken_off}) nhiều hơn tổng số đảng viên ({data['members']})."
            self.add_error("exempt", ValidationError(sentence, code="exempt"))
            return data
        self.check_family(data.get("members"))
        self.check_texts(data.get("present"), required)
        self.check_sum(data, required)
        present, speakers = data.get("present"), data.get("speakers")
        if present is not None and speakers is not None and speakers > present:
            sentence = f"Số phát biểu ({speakers}) nhiều hơn số có mặt ({present})."
            self.add_error("speakers", ValidationError(sentence, code="speakers"))
        return data

    def check_family(self, members):
        """The members of the cells are added by the program: typed here again they would be counted twice."""
        if not (members and self.branch_members and self.register):
            return
        total = members + self.branch_members
        if members >= self.register or total > self.register + max(MORE_THAN_KNOWN, self.register // 5):
            sentence = (
                f"Các chi bộ trực thuộc đã có {self.branch_members} đảng viên; cộng {members} ở đây là {total}, "
                f"trong khi đảng bộ có {self.register}. Đồng chí chỉ ghi số đảng viên không nằm trong các chi bộ ấy."
            )
            self.add_error("members", ValidationError(sentence, code="twice"))

    def check_texts(self, present, required):
        """Nobody studies one directive twice: of each no more were there than were to come."""
        if required is None or present is None:
            return
        for name, in_main, more in self.by_text:
            there = more + (present if in_main else 0)
            if there > required:
                also = " Nếu buổi chính không học văn bản này, đồng chí bỏ chọn ở buổi chính." if in_main else ""
                sentence = f"{name}: có mặt {there} nhưng phải dự chỉ {required}. Đồng chí xem lại số có mặt ở các buổi.{also}"
                self.add_error("present", ValidationError(sentence, code="text"))
                return

    def check_sum(self, data, required):
        """Present + excused + unexcused = required, with both numbers and the difference in the sentence."""
        if required is None or any(data.get(name) is None for name in PARTS):
            return
        present = data["present"] + self.more_present
        if present > required:
            sentence = f"Có mặt {present} nhưng phải dự chỉ {required}. Đồng chí xem lại một trong hai số."
            self.add_error("present", ValidationError(sentence, code="present"))
            return
        total = present + data["excused"] + data["unexcused"]
        if total != required:
            missing = required - total
            words = f"còn thiếu {missing}" if missing > 0 else f"thừa {-missing}"
            sentence = f"{present} có mặt + {data['excused']} + {data['unexcused']} = {total}, nhưng phải dự {required}: {words} đồng chí."
            self.add_error("excused" if missing > 0 else "present", ValidationError(sentence, code="sum"))
