"""An old plan as read from its file, every fact in a field: the editor's rows, the directives, and how it is saved."""

from django import forms
from django.core.exceptions import ValidationError

from campaigns.choices import PlanKind
from campaigns.forms.directives import KINDS
from campaigns.forms.fields import CleanLineField
from campaigns.forms.plan_editor import EditorContext, PlanEditor
from campaigns.plan_from_file import NamedUnit, Units, content_of
from campaigns.services.plan_import import NewDirective, SignedPaper
from documents.text import clean_line
from units.folding import fold
from units.forms.fields import DayField

LEAVE_OUT, REGISTER = "", "new"
DRAFT, ISSUED = "draft", "issued"
MOST_DIRECTIVES = 20


class ImportForm(forms.Form):
    """What the file is, and as what it is saved."""

    kind = forms.ChoiceField(label="Loại kế hoạch", choices=PlanKind)
    outcome = forms.ChoiceField(
        label="Lưu thành",
        choices=[(DRAFT, "Dự thảo, để sửa và trình tiếp"), (ISSUED, "Kế hoạch đã ban hành trên giấy (ngày đã qua thì không nhắc ai)")],
    )
    number = forms.IntegerField(label="Số văn bản", required=False, min_value=1, max_value=99_999)
    dated_on = DayField(label="Ngày văn bản (ngày ký)", required=False)

    def __init__(self, *args, may_issue, **kwargs):
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        if not may_issue:
            self.fields["outcome"].choices = self.fields["outcome"].choices[:1]
            self.fields["outcome"].help_text = "Người có quyền ghi ban hành mới lưu được thành kế hoạch đã ban hành."
            del self.fields["number"], self.fields["dated_on"]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("outcome") == ISSUED:
            for name, word in (("number", "số"), ("dated_on", "ngày ký")):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, f"Kế hoạch đã ban hành cần có {word} trên bản giấy.")
        return cleaned

    def signed(self):
        """Number and day of a plan already issued, None for a draft; only after is_valid()."""
        facts = self.cleaned_data
        return SignedPaper(facts["number"], facts["dated_on"]) if facts["outcome"] == ISSUED else None


class ImportedDirectiveForm(forms.Form):
    """One document the file names: which registered directive it is, or what to register."""

    choice = forms.ChoiceField(label="Đưa vào kế hoạch", required=False)
    kind = forms.ChoiceField(label="Loại văn bản", choices=KINDS, required=False)
    number = CleanLineField(label="Số", max_length=10, required=False)
    sign = CleanLineField(label="Ký hiệu", max_length=24, required=False)
    dated_on = DayField(label="Ngày ban hành", required=False)
    issuer = CleanLineField(label="Cơ quan ban hành", max_length=160, required=False)
    subject = CleanLineField(label="Trích yếu", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args, directives, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.directives, self.today = directives, today
        self.fields["choice"].choices = [
            (LEAVE_OUT, "Không đưa vào"),
            (REGISTER, "Đăng ký mới theo các ô bên dưới"),
            *((str(pk), one) for pk, one in directives.items()),
        ]

    def clean_number(self):
        return clean_line(self.cleaned_data["number"].split("-")[0])

    def clean_dated_on(self):
        day = self.cleaned_data["dated_on"]
        if day and day > self.today:
            raise ValidationError("Ngày ban hành không thể sau hôm nay.", code="future")
        return day

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("choice") == REGISTER:
            for name in ("kind", "number", "sign", "dated_on", "issuer", "subject"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, "Ô này cần có để đăng ký văn bản.")
        return cleaned

    def value(self):
        """The directive of the row, or None when it is left out; only after is_valid()."""
        facts = dict(self.cleaned_data)
        choice = facts.pop("choice")
        if choice == REGISTER:
            return NewDirective(**facts)
        return self.directives[int(choice)] if choice else None


def _directive_row(cited, kind, known):
    """The row of a document the file names; what a plan only rests on is left out unless the person takes it in."""
    wanted = cited.role == "subject"
    return {
        "choice": (str(known.pk) if known else REGISTER) if wanted else LEAVE_OUT,
        "kind": kind,
        "number": cited.number,
        "sign": cited.sign,
        "dated_on": cited.dates[0] if cited.dates else None,
        "issuer": cited.issuer[:160],
        "subject": cited.subject[:1000],
    }


ImportedDirectives = forms.formset_factory(
    ImportedDirectiveForm, extra=0, max_num=MOST_DIRECTIVES, absolute_max=MOST_DIRECTIVES + 5, validate_max=True
)


class PlanImport:
    """All forms of the page, bound to what was posted or filled from the file."""

    def __init__(self, context: EditorContext, *, directives, may_issue, today, editor=None, data=None, initial=None):
        initial = initial or {}
        self.form = ImportForm(data, initial=initial.get("form"), may_issue=may_issue)
        kwargs = {"directives": directives, "today": today}
        self.directives = ImportedDirectives(data, prefix="cited", initial=initial.get("directives"), form_kwargs=kwargs)
        self.editor = editor or PlanEditor(context, data=data)

    @classmethod
    def of_file(cls, context: EditorContext, file, named, **options) -> "PlanImport":
        """The page as it opens: `file` is a campaigns.plan_file.PlanFile, `named` its documents (selectors/plan_import.py)."""
        facts = file.facts
        units = Units(NamedUnit(unit.pk, unit.name) for unit in context.names.units)
        signers = {fold(name.split(" (")[0].split(",")[0]): pk for pk, name in context.signers}
        content = content_of(
            facts, opening=file.opening, closing=file.closing, units=units, signers=signers, kind=facts.plan_type
        )
        signed = facts.number.isdecimal() and facts.issued_on
        form = {
            "kind": facts.plan_type,
            "outcome": ISSUED if signed and options["may_issue"] else DRAFT,
            "number": facts.number if facts.number.isdecimal() else None,
            "dated_on": facts.issued_on,
        }
        initial = {"form": form, "directives": [_directive_row(*one) for one in named]}
        return cls(context, editor=PlanEditor.of_content(context, content), initial=initial, **options)

    @classmethod
    def rearranged(cls, context: EditorContext, data, act: str, **options) -> "PlanImport":
        """The page after a button that adds, moves or removes a row of the editor: everything typed is still there."""
        total = data.get("cited-TOTAL_FORMS", "0")
        count = min(int(total), MOST_DIRECTIVES) if total.isdecimal() and len(total) < 4 else 0
        names = ImportedDirectiveForm.base_fields
        rows = [{name: data.get(f"cited-{row}-{name}", "") for name in names} for row in range(count)]
        if act == "cited-add" and count < MOST_DIRECTIVES:
            rows.append({"choice": REGISTER})
        initial = {"form": {name: data.get(name, "") for name in ImportForm.base_fields}, "directives": rows}
        return cls(context, editor=PlanEditor.rearranged(context, data, act), initial=initial, **options)

    def is_valid(self) -> bool:
        """Whether all of it can be saved; all parts are looked at, so that all faults show at once."""
        return all([self.form.is_valid(), self.directives.is_valid(), self.editor.is_valid()])

    def chosen(self):
        """The directives of the plan in order."""
        return [value for form in self.directives.forms if (value := form.value()) is not None]

    def faults(self) -> int:
        """How many fields have to be looked at."""
        if not self.form.is_bound:
            return 0
        return len(self.form.errors) + sum(len(form.errors) for form in self.directives.forms) + self.editor.faults()
