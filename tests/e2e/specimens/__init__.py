"""Specimen pages: every part of the look once, without a database, for the tests in a real browser."""

import datetime as dt
from pathlib import Path
from types import SimpleNamespace

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.template import RequestContext, Template

from config.navigation import NavItem

HERE = Path(__file__).parent
STATES = ["accepted", "appraised", "submitted", "overdue", "returned", "todo", "doing", "waiting", "extended", "exempt"]


class PlanForm(forms.Form):
    title = forms.CharField(label="Tên kế hoạch", help_text="Viết như sẽ in, không viết hoa cả dòng.")
    due = forms.DateField(label="Hạn báo cáo")
    kind = forms.ChoiceField(label="Loại kế hoạch", choices=[("", "— Chọn —"), ("a", "Học tập"), ("b", "Thực hiện")])
    way = forms.ChoiceField(
        label="Hình thức", widget=forms.RadioSelect, choices=[("a", "Trực tiếp"), ("b", "Trực tuyến")]
    )
    file = forms.FileField(label="Bản ký số", required=False)
    agree = forms.BooleanField(label="Tệp không chứa bí mật nhà nước")


class BoxesForm(forms.Form):
    names = [f"Chi bộ tổ dân phố {place} {number}" for place in ("Nông Tiến", "Tràng Đà") for number in range(1, 9)]
    units = forms.MultipleChoiceField(
        label="Cùng với",
        choices=list(enumerate(names)),
        widget=forms.CheckboxSelectMultiple(attrs={"data-filter-boxes": "đơn vị"}),
    )


class CountForm(forms.Form):
    idempotency_key = forms.CharField(widget=forms.HiddenInput, required=False)
    required = forms.IntegerField(label="Đảng viên phải dự", min_value=0, help_text="Không tính người được miễn.")
    present = forms.IntegerField(label="Có mặt", min_value=0)
    excused = forms.IntegerField(label="Vắng có lý do", min_value=0)
    unexcused = forms.IntegerField(label="Vắng không lý do", min_value=0)
    hinh = forms.ChoiceField(
        label="Hình thức học", widget=forms.RadioSelect, choices=[("a", "Sinh hoạt thường kỳ"), ("b", "Buổi riêng")]
    )


def wrong_form() -> PlanForm:
    """A refused form: one field wrong, two missing, one sentence about the whole."""
    form = PlanForm({"title": "Học tập Chỉ thị số 05-CT/TU", "due": "31/6/2026", "way": "a"})
    form.is_valid()
    form.add_error(None, "Hạn của kế hoạch đứng trước ngày ban hành.")
    return form


def rows() -> list[dict]:
    """Two groups of units with every state somewhere."""
    names = ["Chi bộ tổ dân phố Tràng Đà 1", "Chi bộ Trường THCS Nông Tiến", "Chi bộ Quân sự phường"]
    units = [
        {
            "name": name,
            "late": at == 0,
            "cells": [{"state": STATES[(at * 3 + col) % 10], "label": f"{name}, KH 1{col}"} for col in range(5)],
        }
        for at, name in enumerate(names)
    ]
    return [{"name": "Đ/c phụ trách cụm 1", "rows": units[:2]}, {"name": "Đ/c phụ trách cụm 2", "rows": units[2:]}]


def office() -> dict:
    """What the context processor gives an office page, and the rows the specimens draw."""
    nav = [("Việc hôm nay", "house"), ("Kế hoạch", "file-text"), ("Tiến độ", "grid"), ("Đơn vị", "diagram-3")]
    return {
        "ward_name": "Đảng ủy phường Nông Tiến",
        "demo_mode": True,
        "user": SimpleNamespace(is_authenticated=True, get_full_name="Văn phòng Đảng ủy", get_username="vanphong"),
        "nav_items": [NavItem(label, "#", icon, active=at == 0) for at, (label, icon) in enumerate(nav)],
        "notifications_url": "#",
        "notification_count": 3,
        "account_url": "#",
        "office_phone": "0207 3 822 123",
        "today": dt.date(2026, 6, 3),
        "as_of": dt.datetime(2026, 6, 3, 7, 30),
        "banners": [{"level": "warning", "text": "Lịch năm 2027 chưa được xác nhận.", "url": "#", "action": "Xác nhận"}],
        "messages": [SimpleNamespace(level_tag="success")],
        "groups": rows(),
        "states": STATES,
        "form": wrong_form(),
        "boxes": BoxesForm(),
        "page_obj": Paginator(range(1058), 50).page(2),
        "columns": [{"label": "Đơn vị"}, {"label": "Kế hoạch"}, {"label": "Trạng thái"}, {"label": "Dự", "num": True},
                    {"label": "Hạn", "num": True, "url": "#", "sorted": "ascending"}, {"label": "Thao tác", "hidden": True}],
        "stages": [{"label": "Bản thảo", "past": True}, {"label": "Đã duyệt", "current": True}, {"label": "Đã ban hành"}],
        "findings": [{"severity": "error", "line": 38, "quote": "chi bộ bộ", "message": "Hai chữ “bộ” đứng liền nhau."},
                     {"severity": "warning", "line": 50, "quote": "05/6/2026", "message": "Hai hạn khác nhau."},
                     {"severity": "info", "message": "Có thể thêm nơi nhận."}],
        "barrows": [{"label": "Mức 4", "value": 21}, {"label": "Chưa đánh giá", "value": None}],
        "cols": [{"label": "20/5", "value": 4}, {"label": "21/5", "value": 0}, {"label": "22/5", "value": 7, "state": "overdue"}],
    }  # fmt: skip


def phone() -> dict:
    """What a secretary's form page knows."""
    counts = {"required": 42, "present": 37, "excused": 3, "unexcused": 2, "hinh": "a"}
    return office() | {
        "unit_name": "Chi bộ TDP Tràng Đà 6",
        "banners": [],
        "messages": [],
        "form": CountForm(initial=counts),
    }


def render(name: str) -> str:
    """The HTML of one specimen."""
    context = RequestContext(HttpRequest())
    context.update(phone() if name == "phone" else office())  # above what the context processors say of nobody
    source = (HERE / f"{name}.html").read_text(encoding="utf-8")
    return Template(source).render(context)
