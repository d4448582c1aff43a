"""The ward's wording: shipped once, replaced slot by slot, never filled with anything but what drafting knows."""

import pytest
from django.core.exceptions import ValidationError

from campaigns.models import Snippet
from campaigns.selectors.snippets import fill, snippet_rows, unknown_placeholders, wording_of
from campaigns.services.snippets import load_shipped_snippets, restore_snippet, rewrite_snippet
from campaigns.wording import shipped_snippets
from tests import factories

pytestmark = pytest.mark.django_db


def test_load_shipped_snippets_twice_writes_once_and_mends_changes():
    load_shipped_snippets()
    Snippet.objects.filter(slot="closing").update(text="hỏng")
    Snippet.objects.create(plan_kind="study", slot="ô cũ", title="Cũ", text="Cũ")
    load_shipped_snippets()
    rows = list(Snippet.objects.order_by("plan_kind", "position").values("plan_kind", "slot", "position", "title", "text"))
    assert rows == sorted(shipped_snippets(), key=lambda row: (row["plan_kind"], row["position"]))


def test_the_shipped_words_use_known_placeholders_only():
    assert [row["slot"] for row in shipped_snippets() if unknown_placeholders(row["text"])] == []


def test_rewrite_and_restore_touch_the_own_ward_alone():
    load_shipped_snippets()
    ward, other, by = factories.make_ward(), factories.make_ward(), factories.make_user()
    shipped = Snippet.objects.get(ward=None, plan_kind="study", slot="closing")
    own = rewrite_snippet(ward=ward, snippet=shipped, text="Lời của phường.", by=by)
    assert wording_of(ward, "study")["closing"] == own
    assert wording_of(other, "study")["closing"] == shipped
    assert len(snippet_rows(ward)) == len(shipped_snippets())
    with pytest.raises(ValidationError):
        rewrite_snippet(ward=other, snippet=own, text="x", by=by)
    restore_snippet(ward=ward, snippet=shipped, by=by)
    assert wording_of(ward, "study")["closing"] == shipped


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("a {ten_goi} b", "a X b"),
        ("{khong_co} {ten_goi.__class__} {0}", "{khong_co} {ten_goi.__class__} {0}"),
        ("{{ten_goi}}", "{X}"),
    ],
)
def test_fill_puts_in_known_names_and_leaves_the_rest(text, filled):
    assert fill(text, {"ten_goi": "X"}) == filled
