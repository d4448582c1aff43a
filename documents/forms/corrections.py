"""The form of a correction: what the issued paper says in which place, and what it should say."""

from django import forms

from documents.choices import PaperKind
from documents.correction_texts import Mistake
from documents.forms.drafts import signer_field
from units.forms.fields import LineField

PLACES = 4  # a paper with more mistakes is better replaced than corrected


class CorrectionForm(forms.Form):
    """Kind and signer of the correction."""

    kind = forms.ChoiceField(
        label="Đính chính bằng",
        choices=[(kind.value, kind.label) for kind in (PaperKind.LETTER, PaperKind.NOTICE)],
        initial=PaperKind.LETTER,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, ward, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["signer"] = signer_field(ward)


class MistakeForm(forms.Form):
    """One place; an empty one is left out."""

    where = LineField(label="Chỗ sai", max_length=200, help_text="Ví dụ: mục II, khoản 1, dòng thứ hai.")
    was = LineField(label="Đã in", max_length=600)
    should_be = LineField(label="Nay sửa là", max_length=600)

    def clean(self):
        """A place is whole or empty, and what is corrected differs from what was printed."""
        cleaned = super().clean()
        typed = [name for name in self.fields if self.data.get(self.add_prefix(name), "").strip()]
        for name in self.fields:
            if typed and name not in typed and name not in self.errors:
                self.add_error(name, "Đồng chí ghi đủ chỗ sai, chữ đã in và chữ sửa.")
        if cleaned.get("was") and cleaned.get("was") == cleaned.get("should_be"):
            self.add_error("should_be", "Chữ sửa giống hệt chữ đã in. Đồng chí ghi lại chỗ cần sửa.")
        return cleaned


class _Mistakes(forms.BaseFormSet):
    """Up to PLACES places, at least one."""

    @property
    def mistakes(self) -> list[Mistake]:
        """The places that were filled in, as they were checked."""
        return [Mistake(**form.cleaned_data) for form in self.forms if form.cleaned_data]


MistakeFormSet = forms.formset_factory(
    MistakeForm, formset=_Mistakes, extra=PLACES, max_num=PLACES, absolute_max=PLACES, min_num=0, validate_min=False
)


def mistakes_of(data=None):
    """The formset, its first place required."""
    formset = MistakeFormSet(data, prefix="cho")
    formset.forms[0].empty_permitted = False
    for form in formset.forms[1:]:
        for field in form.fields.values():
            field.required = False  # a further place may stay empty; MistakeForm.clean asks for the rest of a begun one
    return formset
