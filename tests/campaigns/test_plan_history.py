"""The pages of a draft's past: versions word by word, one put back, remarks that go with their words."""

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from campaigns.models import Plan
from campaigns.plan_blocks import place_remarks, plan_blocks_of
from campaigns.plan_changes import Change, plan_changes
from campaigns.plan_content import DutyText, PlanContent
from campaigns.selectors.plan_history import blocks_with_comments
from campaigns.selectors.plans import plan_content
from campaigns.services.plan_comments import comment_on_plan, resolve_comment
from campaigns.services.plans import save_plan_draft
from tests import factories
from units.choices import Role
from units.models import AuditEvent

NOW = factories.NOW
CONTENT = PlanContent(
    subject="học tập Chỉ thị",
    duties=tuple(DutyText(lead, text) for lead, text in (("Văn phòng", "Phát hành tài liệu"), ("Công an", "Giữ trật tự hội nghị"))),
)


@pytest.fixture
def plan(cast, clock):
    plan = factories.make_plan(cast.ward, by=cast.clerk)
    return save_plan_draft(plan=plan, expected_version=plan.version, content=CONTENT, by=cast.clerk, now=NOW)


@pytest.fixture
def drafter(cast, client):
    client.force_login(factories.make_person(cast.ward, Role.DRAFTER, full_name="Trần Thị Soạn"))
    return client


def edit(plan, by, **changes):
    content = replace(plan_content(plan), **changes)
    return save_plan_draft(plan=plan, expected_version=plan.version, content=content, by=by, now=NOW)


@pytest.mark.once
def test_changes_are_told_word_by_word_and_row_by_row():
    new = replace(CONTENT, subject="học tập Nghị quyết", duties=(CONTENT.duties[1], DutyText("Đoàn", "Tuyên truyền")))
    assert plan_changes(CONTENT, new, lambda value, name: getattr(value, "text", str(value))) == [
        Change("Trích yếu", "edited", [("same", "học tập "), ("removed", "Chỉ thị"), ("added", "Nghị quyết")]),
        Change("Nhiệm vụ, dòng 1 cũ", "removed", [("removed", "Phát hành tài liệu")]),
        Change("Nhiệm vụ, dòng 2", "added", [("added", "Tuyên truyền")]),
    ]


def test_the_history_compares_two_versions_and_puts_one_back(drafter, cast, plan):
    edit(plan, cast.clerk, subject="học tập Nghị quyết")
    page = drafter.get(reverse("campaigns:plan-history", args=[plan.pk]), {"tu": 2, "den": 3})
    assert [(one.label, one.words[-1]) for one in page.context["changes"]] == [("Trích yếu", ("added", "Nghị quyết"))]
    assert "<del>Chỉ thị</del><ins>Nghị quyết</ins>" in page.content.decode()
    address = reverse("campaigns:plan-restore", args=[plan.pk, 2])
    assert "Những chỗ sẽ đổi" in drafter.get(address).content.decode()
    stale = drafter.post(address, {"number": 2, "version": 1})
    assert (stale.url, Plan.objects.get().subject) == (reverse("campaigns:plan-history", args=[plan.pk]), "học tập Nghị quyết")
    done = drafter.post(address, {"number": 2, "version": 3})
    assert (done.url, Plan.objects.get().subject) == (reverse("campaigns:plan-edit", args=[plan.pk]), "học tập Chỉ thị")


def test_an_unknown_version_is_no_comparison_and_not_found(drafter, plan):
    page = drafter.get(reverse("campaigns:plan-history", args=[plan.pk]), {"tu": 1, "den": "x"})
    assert (page.status_code, "changes" in page.context) == (200, False)
    assert drafter.get(reverse("campaigns:plan-restore", args=[plan.pk, 77])).status_code == 404


def test_a_remark_goes_with_its_words(cast, plan):
    comment_on_plan(plan=plan, block="duties-1", text="Nêu rõ lực lượng.", by=cast.leader, now=NOW)
    first, second = CONTENT.duties
    edit(plan, cast.clerk, duties=(replace(second, text="Giữ trật tự hội nghị và bãi xe"), first))
    assert [(block.key, comments[0].text) for block, comments in blocks_with_comments(plan) if comments] == [
        ("duties-0", "Nêu rõ lực lượng.")
    ]
    edit(plan, cast.clerk, duties=(first,))
    assert [block.label for block, comments in blocks_with_comments(plan) if comments] == ["Chỗ nay đã bỏ hoặc viết lại"]


@pytest.mark.once
def test_equal_rows_keep_the_remark_where_it_was_put():
    twice = replace(CONTENT, duties=(CONTENT.duties[0],) * 2)
    blocks = plan_blocks_of(twice)

    class Remark:
        block, about = "duties-1", "Phát hành tài liệu"

    assert list(place_remarks(blocks, [Remark])) == ["duties-1"]


@pytest.mark.parametrize(("block", "text", "code"), [("duties-9", "A", "unknown"), ("subject", " ", "required")])
def test_a_remark_needs_words_and_a_place(cast, plan, block, text, code):
    with pytest.raises(ValidationError) as refused:
        comment_on_plan(plan=plan, block=block, text=text, by=cast.leader, now=NOW)
    assert [error.code for errors in refused.value.error_dict.values() for error in errors] == [code]
    assert plan.comments.count() == 0


def test_a_frozen_plan_takes_no_remark(cast):
    plan = factories.make_issued_plan(cast.ward, units=[cast.own_unit])
    with pytest.raises(ValidationError, match="đã ban hành"):
        comment_on_plan(plan=plan, block="subject", text="A", by=cast.leader, now=NOW)


def test_a_remark_is_dealt_with_once(cast, plan):
    comment = comment_on_plan(plan=plan, block="subject", text="Viết gọn.", by=cast.leader, now=NOW)
    resolve_comment(comment=comment, by=cast.clerk, now=NOW)
    resolve_comment(comment=comment, by=cast.leader, now=NOW)
    assert (comment.resolved_by, comment.resolved_at) == (cast.clerk, NOW)
    assert list(AuditEvent.objects.filter(verb__startswith="plan.comment").order_by("pk").values_list("verb", flat=True)) == [
        "plan.comment",
        "plan.comment_done",
    ]


def test_a_refused_remark_keeps_its_words(drafter, plan):
    address = reverse("campaigns:plan-comments", args=[plan.pk])
    page = drafter.post(address, {"block": "duties-9", "text": "Đang góp ý dở"})
    assert (page.status_code, plan.comments.count()) == (200, 0)
    assert "Chỗ này không còn" in page.content.decode()
    done = drafter.post(address, {"block": "duties-0", "text": "Ghi rõ số bản."})
    shown = drafter.get(address).content.decode()
    assert (done.url, "Ghi rõ số bản." in shown) == (f"{address}#duties-0", True)
    comment = plan.comments.get()
    assert drafter.post(reverse("campaigns:plan-comment-resolve", args=[plan.pk, comment.pk])).status_code == 302
    assert "đã xử lý" in drafter.get(address).content.decode()
