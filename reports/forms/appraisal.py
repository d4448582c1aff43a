"""The appraiser's list: which plan, how many at random, which rows."""

from django import forms

MOST_DRAWN = 100


class SampleForm(forms.Form):
    """How many reports to draw."""

    so = forms.IntegerField(
        label="Số báo cáo",
        min_value=1,
        max_value=MOST_DRAWN,
        initial=5,
        error_messages={
            "invalid": "Đồng chí ghi số báo cáo cần lấy, thí dụ 5.",
            "required": "Đồng chí ghi số báo cáo cần lấy, thí dụ 5.",
        },
    )


def read_sample(text):
    """The ids in an address "3,17,40"; anything else in it is passed over."""
    parts = (text or "").split(",")[:MOST_DRAWN]
    return [int(one) for one in parts if one.isascii() and one.isdecimal() and len(one) < 10]
