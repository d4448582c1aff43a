"""The base pages and fragments: whole without any context, safe under the strict CSP, plain to a screen reader."""

import re
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory

from config.navigation import NavItem

TEMPLATES = Path(settings.BASE_DIR, "templates")
INLINE = re.compile(r"<style|\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]*\ssrc=)", re.IGNORECASE)


class NoticeForm(forms.Form):
    title = forms.CharField(label="Tên", help_text="Viết <b>như</b> sẽ in.")
    day = forms.DateField(label="Hạn")
    kind = forms.ChoiceField(label="Loại", widget=forms.RadioSelect, choices=[("a", "A"), ("b", "B")])
    file = forms.FileField(label="Tệp", required=False)
    agree = forms.BooleanField(label="Cam kết")


def crispy(form) -> str:
    return Template("{% load crispy_forms_filters %}{{ form|crispy }}").render(Context({"form": form}))


@pytest.mark.parametrize("name", ["base.html", "base_phone.html", "base_plain.html", "400.html", "403.html"])
def test_a_page_stands_without_any_context(name):
    html = render_to_string(name)
    assert html.lstrip().startswith("<!doctype html>")
    assert 'lang="vi"' in html
    assert 'href="#noi-dung"' in html
    assert 'id="noi-dung"' in html
    assert html.count("<h1") == 1
    assert INLINE.search(html) is None


@pytest.mark.parametrize("name", ["403_csrf.html", "404.html", "500.html", "503.html"])
def test_an_error_page_needs_neither_database_nor_request(name):
    html = render_to_string(name, {"incident": "a1b2c3d4"})
    assert "Lan Tỏa" in html
    assert "Traceback" not in html
    assert ("a1b2c3d4" in html) == (name in {"500.html", "503.html"})


def test_no_template_holds_inline_script_or_style():
    found = {
        str(page.relative_to(TEMPLATES))
        for page in TEMPLATES.rglob("*.html")
        if page.relative_to(TEMPLATES).parts[0] not in {"documents", "emails"}
        and INLINE.search(page.read_text(encoding="utf-8"))
    }
    assert found == set()


def test_no_template_is_longer_than_150_lines():
    assert [p.name for p in TEMPLATES.rglob("*.html") if len(p.read_text(encoding="utf-8").splitlines()) > 150] == []


def test_every_fragment_says_its_variables_first():
    silent = [
        p.name for p in TEMPLATES.glob("_*.html") if not p.read_text(encoding="utf-8").startswith("{% comment %}")
    ]
    assert silent == []


def test_crispy_form_names_every_wrong_place_and_keeps_what_was_typed():
    form = NoticeForm({"title": "Học tập", "day": "31/6/2026"})
    form.is_valid()
    form.add_error(None, "Hạn đứng trước ngày ban hành.")
    html = crispy(form)
    assert INLINE.search(html) is None
    assert 'role="alert"' in html
    assert "<li>Hạn đứng trước ngày ban hành.</li>" in html
    assert '<a href="#id_day">Hạn</a>' in html
    assert 'value="Học tập"' in html
    assert 'value="31/6/2026"' in html
    day = re.search(r'<input[^>]*name="day"[^>]*>', html).group()
    assert 'aria-invalid="true"' in day
    described = re.search(r'aria-describedby="([^"]+)"', day).group(1)
    assert f'id="{described}"' in html
    assert '<span class="bang" aria-hidden="true">!</span>' in html


def test_help_text_is_printed_never_run():
    assert "&lt;b&gt;như&lt;/b&gt;" in crispy(NoticeForm())


def test_hostile_labels_are_printed_never_run():
    form = NoticeForm({})
    form.fields["title"].label = "<b>{{ request }}{% load x %}</b>"
    form.fields["kind"].choices = [("a", "<b>{{ request }}</b>")]
    form.is_valid()
    html = crispy(form)
    assert "<b>" not in html
    assert "&lt;b&gt;{{ request }}{% load x %}&lt;/b&gt;" in html


def test_demonstration_is_marked_on_every_page():
    for name in ("base.html", "base_phone.html", "base_plain.html"):
        assert "Dữ liệu trình diễn" in render_to_string(name, {"demo_mode": True})
        assert "Dữ liệu trình diễn" not in render_to_string(name, {"demo_mode": False})


def test_menu_marks_where_the_reader_is():
    items = [NavItem("Kế hoạch", "/ke-hoach/", "", active=True), NavItem("Đơn vị", "/don-vi/", "", active=False)]
    html = render_to_string("base.html", {"nav_items": items})
    assert '<a href="/ke-hoach/" aria-current="page"><span>Kế hoạch</span></a>' in html
    assert '<a href="/don-vi/"><span>Đơn vị</span></a>' in html


def test_pagination_keeps_the_filters_of_the_address():
    request = RequestFactory().get("/don-vi/", {"q": "tràng đà", "page": "2"})
    page = Paginator(range(1058), 50).page(2)
    html = render_to_string("_pagination.html", {"page_obj": page, "noun": "đơn vị"}, request=request)
    assert "51–100 trong 1.058 đơn vị" in html
    assert re.findall(r'<a[^>]* href="([^"]+)"', html) == [
        "?q=tr%C3%A0ng+%C4%91%C3%A0&amp;page=1",
        "?q=tr%C3%A0ng+%C4%91%C3%A0&amp;page=3",
    ]


def test_leaving_is_a_post_and_an_irreversible_act_asks_first():
    html = render_to_string(
        "_confirm.html", {"question": "Thu hồi?", "action_label": "Thu hồi", "danger": True, "cancel_url": "/x/"}
    )
    assert '<form class="sheet narrow" method="post"' in html
    assert "btn-outline-danger" in html
    assert "Việc này không hoàn tác được." in html


@pytest.mark.once
def test_the_way_back_draws_its_own_slash():
    """The style sheet writes the "/" between two links; one typed as well would stand there twice."""
    typed = re.compile(r'class="crumbs[^"]*">(?:(?!</p>).)*</a>\s*/\s*<a', re.DOTALL)
    pages = [path for path in TEMPLATES.rglob("*.html") if typed.search(path.read_text(encoding="utf-8"))]
    assert pages == []
