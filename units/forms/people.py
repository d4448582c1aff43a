"""People and roles as an administrator types them."""

from django import forms
from django.core.exceptions import ValidationError

from units.choices import Role, UnitKind
from units.forms.fields import DayField, LineField
from units.models import Unit, User
from units.usernames import check_username

_ROLES_BY_KIND = {
    UnitKind.PROVINCE: {Role.VIEWER, Role.ADMIN},
    UnitKind.WARD: set(map(Role, Role.AT_WARD)),
    UnitKind.BODY: {Role.CONTACT},
}


class PersonForm(forms.Form):
    """Name and ways to reach a person."""

    full_name = LineField(label="Họ và tên", max_length=120)
    phone = LineField(label="Điện thoại", max_length=20, required=False)
    email = forms.EmailField(label="Thư điện tử", required=False, help_text="Để trống nếu không dùng; nhắc việc vẫn hiện trong chương trình.")


class RoleForm(forms.Form):
    """One role at one unit, from a day on."""

    unit = forms.ModelChoiceField(label="Đơn vị", queryset=Unit.objects.none(), empty_label="Chọn đơn vị")
    role = forms.ChoiceField(label="Vai trò", choices=Role.choices)
    position = LineField(label="Chức vụ", max_length=120, required=False)
    starts_on = DayField(label="Từ ngày")

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units

    def clean(self):
        cleaned = super().clean()
        unit, role = cleaned.get("unit"), cleaned.get("role")
        if unit and role:
            allowed = _ROLES_BY_KIND.get(UnitKind(unit.kind), set(map(Role, Role.BY_CARD)))
            if role not in allowed:
                names = ", ".join(sorted(one.label for one in allowed))
                self.add_error("role", f"Ở đơn vị này chỉ giao được vai trò: {names}.")
        return cleaned


class NewPersonForm(PersonForm, RoleForm):
    """A person with a first role; a user name and password only for those who do not use a card."""

    username = forms.CharField(
        label="Tên đăng nhập", max_length=60, required=False, help_text="Để trống thì chương trình tự đặt từ họ tên."
    )
    field_order = ("full_name", "unit", "role", "position", "starts_on", "phone", "email", "username")

    def clean_username(self):
        typed = self.cleaned_data["username"]
        if not typed:
            return ""
        name = check_username(typed)
        if User.objects.filter(username__iexact=name).exists():
            raise ValidationError("Tên đăng nhập này đã có người dùng. Hãy chọn tên khác.", code="unique")
        return name


class EndRoleForm(forms.Form):
    """From which day a person no longer holds a role."""

    from_day = DayField(label="Thôi giữ vai trò từ ngày")


class HandOverForm(forms.Form):
    """The person who takes over, and from when."""

    full_name = LineField(label="Họ và tên người nhận bàn giao", max_length=120)
    phone = LineField(label="Điện thoại", max_length=20, required=False)
    from_day = DayField(label="Nhận từ ngày")


class ReasonForm(forms.Form):
    """Why an administrator interferes with somebody's account."""

    reason = LineField(label="Lý do", max_length=200, help_text="Ví dụ: mất điện thoại, đã gặp trực tiếp ngày 05/6/2026.")


class PeopleFilterForm(forms.Form):
    """Search and role above the list of people."""

    q = forms.CharField(label="Tìm theo tên, tên đăng nhập, điện thoại", required=False)
    vai_tro = forms.ChoiceField(label="Vai trò", required=False, choices=[("", "Mọi vai trò"), *Role.choices])

