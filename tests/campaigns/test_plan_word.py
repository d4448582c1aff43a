"""A draft goes out as Word, is edited there, and comes back change by change."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document

from campaigns.models import Plan
from campaigns.paper import plan_paper
from campaigns.selectors.plans import plan_content
from documents.canonical import canonical
from documents.proposals import compare
from documents.reading.docx_paper import read_paper
from documents.words_of import words_of
from tests import factories
from tests.documents.docx_texts import paragraphs


def word_of(client, plan):
    answer = client.get(reverse("campaigns:plan-word", args=[plan.pk]))
    assert answer.status_code == 200
    return answer


def edited(content, **words):
    """The file with words replaced wherever they stand."""
    document = Document(io.BytesIO(content))
    for paragraph in paragraphs(document):
        for run in paragraph.runs:
            for old, new in words.items():
                if old in run.text:
                    run.text = run.text.replace(old, new)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def send(client, plan, content, name="ke-hoach.docx"):
    return client.post(reverse("campaigns:plan-word-return", args=[plan.pk]), {"upload": SimpleUploadedFile(name, content)})


def take(client, page, keys):
    fields = {"packed": page.context["packed"], "version": page.context["plan"].version, "take": keys}
    return client.post(reverse("campaigns:plan-word-return", args=[page.context["plan"].pk]), fields)


def test_the_file_is_the_paper(drafter, plan):
    answer = word_of(drafter, plan)
    assert answer["Content-Disposition"] == 'attachment; filename="KH-trinh-ky-DU.docx"'
    assert answer["Content-Type"].endswith("wordprocessingml.document")
    assert read_paper(answer.content) == canonical(plan_paper(plan))


def test_an_unchanged_file_proposes_nothing(drafter, plan):
    page = send(drafter, plan, word_of(drafter, plan).content)
    assert (page.context["changes"], page.context["by_hand"], page.context["same_base"]) == ([], [], True)
    assert "nói đúng như dự thảo" in page.content.decode()


def test_changes_are_taken_one_by_one(drafter, plan):
    content = edited(word_of(drafter, plan).content, **{"đảng viên": "toàn thể đảng viên", "Trên đây là": "Trên đây là toàn bộ"})
    page = send(drafter, plan, content)
    changes = page.context["changes"]
    assert len(changes) >= 2
    assert page.context["by_hand"] == []
    closing = [one for one in changes if one.part == "closing"]
    assert Plan.objects.get(pk=plan.pk).version == plan.version
    before = plan_content(plan)
    after = take(drafter, page, [one.key for one in closing])
    saved = Plan.objects.get(pk=plan.pk)
    assert saved.version == plan.version + 1
    assert "toàn bộ" in plan_content(saved).closing
    assert plan_content(saved).sections == before.sections
    assert {one.part for one in after.context["changes"]} == {"blocks"}
    # The others are still there to be taken; then nothing is left and the editor opens.
    last = take(drafter, after, [one.key for one in after.context["changes"]])
    assert last.url == reverse("campaigns:plan-edit", args=[plan.pk])
    assert compare(canonical(plan_paper(Plan.objects.get(pk=plan.pk))), read_paper(content)) == []


def test_what_cannot_be_put_in_is_shown_and_not_lost(drafter, plan):
    content = edited(word_of(drafter, plan).content, **{"ĐẢNG CỘNG": "ĐẢNG CỘNG", "PHƯỜNG NÔNG TIẾN": "PHƯỜNG TRÀNG ĐÀ"})
    page = send(drafter, plan, content)
    assert [one.part for one in page.context["by_hand"]] == ["letterhead"]
    text = page.content.decode()
    assert "Không đưa vào được, đồng chí chép tay" in text
    assert "TRÀNG ĐÀ" in text


def test_nobody_elses_save_is_overwritten(drafter, plan):
    page = send(drafter, plan, edited(word_of(drafter, plan).content, **{"Trên đây là": "Trên đây là toàn bộ"}))
    Plan.objects.filter(pk=plan.pk).update(version=plan.version + 1)
    answer = take(drafter, page, [one.key for one in page.context["changes"]])
    assert answer.status_code == 409
    assert "toàn bộ" not in plan_content(Plan.objects.get(pk=plan.pk)).closing
    assert [words_of(one.new)[:19] for one in answer.context["changes"]] == ["Trên đây là toàn bộ"]


def test_nothing_chosen_changes_nothing(drafter, plan):
    page = send(drafter, plan, edited(word_of(drafter, plan).content, **{"Trên đây là": "Trên đây là toàn bộ"}))
    assert take(drafter, page, []).status_code == 200
    assert Plan.objects.get(pk=plan.pk).version == plan.version


def test_a_sealed_proposal_cannot_be_changed_or_used_elsewhere(drafter, plan, office):
    page = send(drafter, plan, edited(word_of(drafter, plan).content, **{"Trên đây là": "Trên đây là toàn bộ"}))
    address = reverse("campaigns:plan-word-return", args=[plan.pk])
    fields = {"packed": page.context["packed"] + "x", "version": 1, "take": ["changed-closing-n0"]}
    assert drafter.post(address, fields).status_code == 400
    other = factories.make_plan(office.ward, directives=[])
    fields["packed"] = page.context["packed"]
    assert drafter.post(reverse("campaigns:plan-word-return", args=[other.pk]), fields).status_code == 400
    assert drafter.post(address, {"packed": page.context["packed"], "version": "x"}).status_code == 400


def test_a_strange_file_is_refused_beside_its_field(drafter, plan):
    page = send(drafter, plan, b"%PDF-1.7 khong phai word", name="ke-hoach.docx")
    assert page.status_code == 200
    assert "không phải tệp Word dạng .docx" in page.content.decode()


def test_an_issued_plan_gives_its_frozen_text_and_takes_nothing_back(drafter, office):
    issued = factories.make_issued_plan(office.ward, units=list(office.units))
    answer = drafter.get(reverse("campaigns:plan-word-return", args=[issued.pk]))
    assert answer.url == issued.get_absolute_url()
