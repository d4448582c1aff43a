"""The first-use page: who administers, which ward, its bodies, signers, hall, term and where its numbers stand."""

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from documents.choices import PaperKind
from units.forms.fields import DayField, LineField
from units.models import User
from units.usernames import check_username

USUAL_BODIES = (
    ("Ban Xây dựng Đảng", "Ban Xây dựng Đảng Đảng ủy"),
    ("Văn phòng Đảng ủy", "Văn phòng Đảng ủy"),
    ("Ủy ban Kiểm tra", "Ủy ban Kiểm tra Đảng ủy"),
    ("HĐND", "Hội đồng nhân dân"),
    ("UBND", "Ủy ban nhân dân"),
    ("MTTQ", "Ủy ban Mặt trận Tổ quốc Việt Nam"),
    ("Hội Nông dân", "Hội Nông dân"),
    ("Hội LHPN", "Hội Liên hiệp Phụ nữ"),
    ("Hội CCB", "Hội Cựu chiến binh"),
    ("Đoàn TNCS", "Đoàn Thanh niên Cộng sản Hồ Chí Minh"),
    ("Trung tâm Chính trị", "Trung tâm Chính trị"),
    ("Trung tâm VHTT", "Trung tâm Văn hóa, Thông tin và Thể thao"),
)
NUMBERED_KINDS = (
    PaperKind.RESOLUTION,
    PaperKind.PLAN,
    PaperKind.REPORT,
    PaperKind.LETTER,
    PaperKind.NOTICE,
    PaperKind.PROPOSAL,
    PaperKind.INVITATION,
)


class FirstAdministratorForm(forms.Form):
    """The first person, who makes all the others."""

    full_name = LineField(label="Họ và tên", max_length=120)
    username = LineField(label="Tên đăng nhập", max_length=60, help_text="Chữ thường không dấu, ví dụ: quantri.")
    password = forms.CharField(
        label="Mật khẩu",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Ít nhất 10 ký tự; một câu ngắn của riêng đồng chí là tốt nhất.",
    )
    password_again = forms.CharField(
        label="Nhập lại mật khẩu", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )
    works_in_office = forms.BooleanField(
        label="Tôi cũng làm việc văn phòng (soạn thảo, thẩm định, văn thư, tổng hợp)", required=False
    )

    def clean_username(self):
        return check_username(self.cleaned_data["username"])

    def clean(self):
        cleaned = super().clean()
        password = cleaned.get("password")
        if password and cleaned.get("password_again") != password:
            self.add_error("password_again", "Hai lần nhập mật khẩu chưa giống nhau.")
        elif password:
            try:
                validate_password(
                    password, User(username=cleaned.get("username", ""), full_name=cleaned.get("full_name", ""))
                )
            except ValidationError as refused:
                self.add_error("password", refused)
        return cleaned


class FirstWardForm(forms.Form):
    """The ward as it is called and as its papers are headed."""

    ward_name = LineField(label="Tên đảng bộ", max_length=200, initial="Đảng bộ phường ")
    superior_name = LineField(label="Cấp ủy cấp trên", max_length=120, initial="Đảng bộ tỉnh ")
    superior_heading = LineField(
        label="Dòng trên góc trái văn bản", max_length=120, initial="ĐẢNG BỘ TỈNH ", help_text="In phía trên tên cơ quan ban hành."
    )
    committee_heading = LineField(
        label="Tên cơ quan ban hành trên văn bản", max_length=120, initial="ĐẢNG ỦY PHƯỜNG "
    )
    place_name = LineField(label="Địa danh ghi trên văn bản", max_length=60)
    sign_code = LineField(label="Ký hiệu cơ quan", max_length=12, initial="ĐU")
    term_name = LineField(label="Nhiệm kỳ", max_length=30, initial="2025 - 2030")
    term_starts_on = DayField(label="Nhiệm kỳ từ ngày")
    term_ends_on = DayField(label="Đến ngày", required=False)
    office_phone = LineField(label="Điện thoại văn phòng", max_length=20, required=False)

    def clean(self):
        cleaned = super().clean()
        starts, ends = cleaned.get("term_starts_on"), cleaned.get("term_ends_on")
        if starts and ends and ends < starts:
            self.add_error("term_ends_on", "Ngày hết nhiệm kỳ phải sau ngày bắt đầu.")
        return cleaned


class FirstBodiesForm(forms.Form):
    """Bodies that take duties, and the hall the ward meets in."""

    bodies = forms.MultipleChoiceField(
        label="Cơ quan, tổ chức thường được giao việc",
        required=False,
        choices=[(short, full) for short, full in USUAL_BODIES],
        initial=[short for short, _full in USUAL_BODIES],
        widget=forms.CheckboxSelectMultiple,
    )
    other_bodies = forms.CharField(
        label="Cơ quan khác", required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text="Mỗi dòng một cơ quan."
    )
    venue_name = LineField(label="Hội trường thường dùng", max_length=200, required=False)
    venue_address = LineField(label="Địa chỉ", max_length=200, required=False)
    venue_capacity = forms.IntegerField(label="Sức chứa (người)", min_value=1, max_value=100_000, required=False)

    def chosen_bodies(self):
        """Pairs (short name, full name), each once."""
        usual = dict(USUAL_BODIES)
        lines = [" ".join(line.split()) for line in self.cleaned_data["other_bodies"].splitlines()]
        pairs = [(short, usual[short]) for short in self.cleaned_data["bodies"]]
        pairs += [(line[:80], line[:200]) for line in dict.fromkeys(lines) if line]
        return pairs

    def venue(self):
        """Fields of the hall; empty when no name was typed."""
        if not self.cleaned_data["venue_name"]:
            return {}
        return {name: self.cleaned_data[f"venue_{name}"] for name in ("name", "address", "capacity")}


class FirstSignerForm(forms.Form):
    """One person who signs the ward's papers."""

    name = LineField(label="Họ và tên người ký", max_length=120)
    authority = LineField(label="Quyền hạn ký", max_length=80, initial="T/M BAN THƯỜNG VỤ", required=False)
    position = LineField(label="Chức vụ", max_length=80, initial="BÍ THƯ")


SignerFormSet = forms.formset_factory(FirstSignerForm, extra=3, max_num=10)


class FirstNumbersForm(forms.Form):
    """The next free number of each series of this term."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for kind in NUMBERED_KINDS:
            self.fields[kind.sign] = forms.IntegerField(
                label=f"{kind.label} ({kind.sign})", min_value=1, max_value=99_999, initial=1
            )
