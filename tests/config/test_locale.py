"""Nothing that allauth, axes or Django's forms say to a person is left in English."""

import ast
import re
from pathlib import Path

import allauth
import axes
import django
import pytest
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import template as templates

from scripts.build_locale import compile_catalogue, read_entries

ALLAUTH = Path(allauth.__file__).parent
DJANGO = Path(django.__file__).parent
PO = Path(settings.BASE_DIR, "locale/vi/LC_MESSAGES/django.po")
CALLS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy", "gettext_noop"}
PAGES = [
    "account/login.html", "account/logout.html", "account/reauthenticate.html", "account/base_reauthenticate.html",
    "account/password_change.html", "account/account_inactive.html", "account/messages/logged_in.txt",
    "account/messages/logged_out.txt", "account/messages/password_changed.txt", "mfa/index.html", "mfa/authenticate.html",
    "mfa/reauthenticate.html", "mfa/trust.html", "mfa/totp/activate_form.html", "mfa/totp/deactivate_form.html",
    "mfa/recovery_codes/index.html", "mfa/recovery_codes/generate.html", "mfa/messages/totp_activated.txt",
    "mfa/messages/totp_deactivated.txt", "mfa/messages/recovery_codes_generated.txt",
]  # fmt: skip
MODULES = [
    ALLAUTH / "account/adapter.py",
    ALLAUTH / "account/forms.py",
    ALLAUTH / "account/fields.py",
    ALLAUTH / "mfa/adapter.py",
    ALLAUTH / "mfa/models.py",
    ALLAUTH / "mfa/base/forms.py",
    ALLAUTH / "mfa/totp/forms.py",
    ALLAUTH / "mfa/recovery_codes/forms.py",
    Path(axes.__file__).parent / "conf.py",
    DJANGO / "contrib/auth/forms.py",
    DJANGO / "contrib/auth/password_validation.py",
    DJANGO / "core/validators.py",
    DJANGO / "core/paginator.py",
    DJANGO / "db/models/constraints.py",
    DJANGO / "forms/fields.py",
    DJANGO / "forms/formsets.py",
    DJANGO / "forms/models.py",
    DJANGO / "forms/widgets.py",
    DJANGO / "utils/ipv6.py",
]
SAME_IN_BOTH = {"…", "IPv4", "IPv6", ":?.!"}


def spoken(source: str) -> set[tuple[str, ...]]:
    """Arguments of the translating calls of a Python source: (words,), (context, words) or (one, many)."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
            words = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            found.add((node.func.id, *words))
    return {call for call in found if len(call) > 1}


def in_vietnamese(call: tuple[str, ...]) -> str:
    name, *words = call
    if name.startswith("ngettext"):
        return translation.ngettext(words[0], words[1], 2)
    if name.startswith("pgettext"):
        return translation.pgettext(words[0], words[1])
    return translation.gettext(words[0])


@pytest.mark.parametrize("module", MODULES, ids=lambda path: "/".join(path.parts[-3:]))
def test_no_sentence_of_a_form_is_left_in_english(module):
    left = {call for call in spoken(module.read_text(encoding="utf-8")) if in_vietnamese(call) in call[1:]}
    assert {call[-1] for call in left} - SAME_IN_BOTH == set()


@pytest.mark.parametrize("page", PAGES)
def test_no_sentence_of_a_log_in_page_is_left_in_english(page):
    source = templates.templatize((ALLAUTH / "templates" / page).read_text(encoding="utf-8"))
    calls = re.findall(r"\b(n?gettext)\((u?(?:'[^']*'|\"[^\"]*\")(?:,\s*u?(?:'[^']*'|\"[^\"]*\"))?)", source)
    found = {(name, *ast.literal_eval(f"({words},)")) for name, words in calls}
    assert {call[1] for call in found if in_vietnamese(call) in call[1:]} - SAME_IN_BOTH == set()
    assert found or "gettext" not in source


def test_the_compiled_catalogue_is_the_written_one():
    assert PO.with_suffix(".mo").read_bytes() == compile_catalogue(PO.read_text(encoding="utf-8"))


def test_every_translation_keeps_its_placeholders():
    holes = re.compile(r"%\(\w+\)[sdr]|%d|\{\w+\}")
    torn = [
        entry["msgid"]
        for entry in read_entries(PO.read_text(encoding="utf-8"))[1:]
        if set(holes.findall(entry["msgid"])) != set(holes.findall(entry.get("msgstr") or entry["msgstr[0]"]))
    ]
    assert torn == []


def test_a_form_speaks_the_words_of_the_office():
    class CountForm(forms.Form):
        present = forms.IntegerField(min_value=0, max_value=42)
        kind = forms.ChoiceField(choices=[("a", "A")])
        remark = forms.CharField(max_length=5)

    form = CountForm({"present": "43", "kind": "x", "remark": "dài quá mức"})
    assert form.errors == {
        "present": ["Số này không được quá 42."],
        "kind": ["“x” không có trong danh sách. Đồng chí chọn lại."],
        "remark": ["Viết tối đa 5 ký tự (đang có 11)."],
    }
    with pytest.raises(ValidationError, match="Chưa nhập mục này"):
        forms.CharField().clean("")
