"""What a secretary's phone saves and sends by script: kept while typed, the whole form sent once, two phones on one report."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from reports.forms.filing import FilingForms
from reports.forms.whole import own_rows
from reports.models import Filing, FilingCopy, StudySession, Submission, SubmissionRevision
from reports.services.filing_copies import set_aside
from tests import factories
from tests.reports import steps
from units.models import AuditEvent

pytestmark = pytest.mark.django_db
PHONE, OTHER_PHONE = "a" * 24, "b" * 24


def client_of(user):
    """A browser of their own: two people are signed in at once."""
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def secretary(cast, clock):
    return client_of(cast.secretary)


@pytest.fixture
def helper(cast, clock):
    return client_of(cast.helper)


@pytest.fixture
def filing(cast, secretary):
    steps.asked(cast, plans=3)
    return steps.start(secretary, cast.own_unit)


def keep(client, filing, slug, *, version, device=PHONE, **data):
    url = reverse("reports:session-keep", args=[filing.pk, slug])
    answer = client.post(url, {"version": version, "device": device} | data)
    return answer.status_code, json.loads(answer.content)


def whole(filing, *, version=None, device=PHONE, **counts):
    """What a phone posts that went through all steps without network."""
    judged = {
        f"points_{row.criterion.pk}": f"{row.criterion.max_points:f}"
        for row in own_rows(FilingForms(filing, at=factories.NOW))
    }
    data = {f"session.{name}": value for name, value in steps.SESSION.items()}
    data["session.directives"] = steps.directives_of(filing)
    data |= {f"counts.{name}": value for name, value in (steps.COUNTS | counts).items()}
    data |= {f"results.{name}": value for name, value in steps.RESULTS.items()}
    data |= {f"scores.{name}": value for name, value in judged.items()}
    return data | {"token": filing.token, "version": version or filing.version, "device": device}


def post_whole(client, filing, data):
    answer = client.post(reverse("reports:session-whole", args=[filing.pk]), data)
    return answer.status_code, json.loads(answer.content)


def test_what_is_being_typed_is_on_the_server_before_the_step_is_passed(secretary, filing):
    status, said = keep(secretary, filing, "so-nguoi", version=1, present="2", members="30")
    assert (status, said) == (200, {"state": "kept", "version": 2, "words": "Đã lưu 08:00"})
    filing.refresh_from_db()
    assert (filing.content["counts"]["present"], filing.content["typed"]) == ("2", [])
    page = secretary.get(reverse("reports:session-step", args=[filing.pk, "so-nguoi"]))
    assert page.context["form"]["present"].value() == "2"
    assert page.context["form"].errors == {}


def test_keeping_what_stands_writes_nothing(secretary, filing):
    keep(secretary, filing, "so-nguoi", version=1, present="2")
    assert keep(secretary, filing, "so-nguoi", version=1, present="2", device=OTHER_PHONE)[1]["version"] == 2


@pytest.mark.proves("C-01")
def test_two_phones_on_one_step_keep_both_and_ask(cast, secretary, helper, filing):
    keep(secretary, filing, "so-nguoi", version=1, present="24")
    status, said = keep(helper, filing, "so-nguoi", version=1, device=OTHER_PHONE, present="25")
    versions = reverse("reports:session-versions", args=[filing.pk])
    assert (status, said["state"], said["url"]) == (409, "changed", versions)
    keep(helper, filing, "so-nguoi", version=1, device=OTHER_PHONE, present="26")
    copy = FilingCopy.objects.get()
    assert (copy.content["counts"]["present"], copy.kept_by, copy.settled_at) == ("26", cast.helper, None)
    filing.refresh_from_db()
    assert filing.content["counts"]["present"] == "24"
    page = helper.get(versions)
    [(_, rows)] = page.context["open_copies"]
    assert ("Số người dự", "Có mặt", "24", "26") in rows
    step = secretary.get(reverse("reports:session-step", args=[filing.pk, "so-nguoi"])).content.decode()
    assert "đang để bên" in step


def choose(client, filing, copy, use):
    filing.refresh_from_db()
    data = {"copy": copy.pk, "use": use, "version": filing.version}
    return client.post(reverse("reports:session-versions", args=[filing.pk]), data)


def test_the_copy_is_taken_and_what_it_replaced_can_be_taken_back(cast, secretary, helper, filing):
    keep(secretary, filing, "so-nguoi", version=1, present="24")
    keep(helper, filing, "so-nguoi", version=1, device=OTHER_PHONE, present="26")
    answer = choose(helper, filing, FilingCopy.objects.get(), "copy")
    assert answer["Location"] == reverse("reports:session-step", args=[filing.pk, "so-nguoi"])
    filing.refresh_from_db()
    assert filing.content["counts"]["present"] == "26"
    replaced = FilingCopy.objects.exclude(kept_by=cast.helper).get()
    assert (replaced.content["counts"]["present"], replaced.kept_by, replaced.settled_by) == (
        "24",
        cast.secretary,
        cast.helper,
    )
    choose(secretary, filing, replaced, "copy")
    filing.refresh_from_db()
    assert filing.content["counts"]["present"] == "24"
    assert FilingCopy.objects.filter(settled_at=None).count() == 0


def test_the_saved_version_stays_when_it_is_chosen(cast, secretary, helper, filing):
    keep(secretary, filing, "so-nguoi", version=1, present="24")
    keep(helper, filing, "so-nguoi", version=1, device=OTHER_PHONE, present="26")
    choose(helper, filing, FilingCopy.objects.get(), "saved")
    filing.refresh_from_db()
    copy = FilingCopy.objects.get()
    assert (filing.content["counts"]["present"], copy.settled_by, copy.content["counts"]["present"]) == (
        "24",
        cast.helper,
        "26",
    )
    verbs = AuditEvent.objects.filter(verb__startswith="filing.").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["filing.open", "filing.keep"]


def test_a_choice_made_on_an_old_page_is_asked_again(secretary, helper, filing):
    keep(secretary, filing, "so-nguoi", version=1, present="24")
    keep(helper, filing, "so-nguoi", version=1, device=OTHER_PHONE, present="26")
    keep(secretary, filing, "so-nguoi", version=2, present="23")
    data = {"copy": FilingCopy.objects.get().pk, "use": "copy", "version": 2}
    answer = helper.post(reverse("reports:session-versions", args=[filing.pk]), data)
    assert answer.status_code == 409
    filing.refresh_from_db()
    assert (filing.content["counts"]["present"], FilingCopy.objects.filter(settled_at=None).count()) == ("23", 1)


def test_a_copy_of_another_report_is_not_taken(cast, secretary, filing):
    other = factories.make_filing(cast.other_unit, plans=list(filing.plans.all()), by=cast.other_secretary)
    copy = FilingCopy.objects.create(filing=other, content={}, kept_by=cast.other_secretary, kept_at=factories.NOW)
    assert choose(secretary, filing, copy, "copy")["Location"] == reverse("reports:session-versions", args=[filing.pk])
    copy.refresh_from_db()
    assert (copy.settled_at, Filing.objects.get(pk=filing.pk).version) == (None, filing.version)


def test_two_phones_on_two_steps_do_not_disturb_each_other(secretary, helper, filing):
    keep(secretary, filing, "so-nguoi", version=1, present="24")
    status, _ = keep(helper, filing, "viec-lam", version=1, device=OTHER_PHONE, concrete_work="Một việc")
    filing.refresh_from_db()
    assert (status, filing.content["counts"]["present"]) == (200, "24")
    assert filing.content["results"]["concrete_work"] == "Một việc"


def test_who_sends_has_seen_what_the_other_phone_changed(secretary, helper, filing):
    steps.fill(secretary, filing)
    filing.refresh_from_db()
    seen = filing.version
    data = steps.points(filing)
    keep(
        helper,
        filing,
        "so-nguoi",
        version=seen,
        device=OTHER_PHONE,
        **(steps.COUNTS | {"present": "23", "excused": "3"}),
    )
    url = reverse("reports:session-step", args=[filing.pk, "tu-cham"])
    answer = secretary.post(url, {"version": seen, "device": PHONE} | data)
    assert answer.status_code == 409
    assert Filing.objects.get().sent_at is None


@pytest.mark.proves("C-06")
def test_a_phone_whose_answer_was_lost_is_not_taken_for_another(secretary, filing):
    keep(secretary, filing, "so-nguoi", version=1, present="24")  # this answer never arrived
    assert keep(secretary, filing, "so-nguoi", version=1, present="25")[0] == 200
    assert FilingCopy.objects.count() == 0


@pytest.mark.proves("C-02")
def test_the_whole_form_posted_five_times_is_one_report(cast, secretary, filing):
    data = whole(filing)
    receipt = reverse("reports:session-receipt", args=[filing.pk])
    answers = [post_whole(secretary, filing, data) for _ in range(5)]
    assert answers == [(200, {"state": "sent", "words": "Báo cáo này đã gửi.", "url": receipt})] * 5
    assert StudySession.objects.count() == 1
    assert Submission.objects.count() == SubmissionRevision.objects.count() == 3
    assert AuditEvent.objects.filter(verb="submission.submit").count() == 3
    assert {one.present for one in StudySession.objects.all()} == {24}
    assert FilingCopy.objects.count() == 0  # the same once more is nothing new
    page = secretary.get(receipt).content.decode()
    assert ("Người gửi" in page, "Phần gõ sau khi" in page) == (False, False)


@pytest.mark.proves("C-03")
def test_what_the_second_of_two_people_typed_stands_on_the_receipt_of_the_first(cast, secretary, helper, filing):
    steps.fill(secretary, filing)
    filing.refresh_from_db()
    late = steps.points(filing) | {"version": filing.version}
    first = next(name for name in late if name.startswith("note_"))
    steps.send(secretary, filing)
    receipt = reverse("reports:session-receipt", args=[filing.pk])
    answer = helper.post(reverse("reports:session-step", args=[filing.pk, "tu-cham"]), late | {first: "Ghi chú của tôi."})
    assert answer["Location"] == receipt
    page = helper.get(receipt).content.decode()
    assert f"Người gửi: {cast.secretary}." in page
    assert f"{cast.helper} gõ khác báo cáo đã gửi" in page
    assert "Ghi chú của tôi." in page
    assert Submission.objects.filter(revision=1).count() == Submission.objects.count() == 3


@pytest.mark.proves("C-03")
def test_a_whole_form_that_comes_after_another_was_sent_is_kept_beside_it(cast, secretary, helper, filing):
    post_whole(secretary, filing, whole(filing))
    later = whole(filing, present="22", excused="4") | {"device": OTHER_PHONE}
    status, said = post_whole(helper, filing, later)
    assert (status, said["state"]) == (200, "sent")
    [copy] = FilingCopy.objects.all()
    assert (copy.content["counts"]["present"], copy.kept_by) == ("22", cast.helper)
    page = helper.get(said["url"]).content.decode()
    assert f"{cast.helper} gõ khác báo cáo đã gửi" in page
    assert {one.present for one in StudySession.objects.all()} == {24}


def test_the_whole_form_gives_the_same_report_as_the_steps(cast, secretary, filing):
    post_whole(secretary, filing, whole(filing))
    steps.report(client_of(cast.other_secretary), cast.other_unit)

    def said(unit):
        rows = Submission.objects.filter(unit=unit).order_by("plan_id")
        return [(row.required, row.excused, row.concrete_work, row.self_total, row.self_level) for row in rows]

    assert said(cast.own_unit) == said(cast.other_unit)


def test_the_time_on_the_phone_is_shown_and_does_not_judge(secretary, filing, clock):
    before = factories.NOW.timestamp() - 7200
    post_whole(secretary, filing, whole(filing) | {"finished": str(int(before * 1000))})
    filing.refresh_from_db()
    assert (filing.finished_at.timestamp(), filing.sent_at) == (before, factories.NOW)
    page = secretary.get(reverse("reports:session-receipt", args=[filing.pk])).content.decode()
    assert "Đồng chí làm xong trên máy lúc 06 giờ 00" in page


@pytest.mark.parametrize("finished", ["", "abc", "9" * 13, "0", "²"])
def test_a_clock_that_cannot_be_right_is_not_believed(secretary, filing, finished):
    assert post_whole(secretary, filing, whole(filing) | {"finished": finished})[1]["state"] == "sent"
    filing.refresh_from_db()
    assert filing.finished_at is None


def test_a_whole_form_that_is_not_right_is_kept_and_opened_there(secretary, filing):
    status, said = post_whole(secretary, filing, whole(filing, present="30"))
    assert (status, said["state"]) == (422, "wrong")
    assert said["url"] == reverse("reports:session-step", args=[filing.pk, "so-nguoi"])
    filing.refresh_from_db()
    assert (filing.content["counts"]["present"], filing.sent_at) == ("30", None)


def test_a_whole_form_of_an_old_version_is_set_aside_whole(secretary, helper, filing):
    data = whole(filing)
    keep(helper, filing, "so-nguoi", version=1, device=OTHER_PHONE, present="9")
    status, said = post_whole(secretary, filing, data)
    assert (status, said["state"], Filing.objects.get().sent_at) == (409, "changed", None)
    assert sorted(FilingCopy.objects.get().content) == ["counts", "results", "scores", "session"]


def test_a_whole_form_with_the_token_of_another_is_not_found(secretary, filing):
    data = whole(filing) | {"token": "0" * 32}
    assert secretary.post(reverse("reports:session-whole", args=[filing.pk]), data).status_code == 404
    assert Filing.objects.get().version == 1


def test_the_page_kept_on_the_phone_holds_every_group_once(secretary, filing):
    page = secretary.get(reverse("reports:session-whole", args=[filing.pk]))
    assert [group["slug"] for group in page.context["groups"]] == ["buoi-hoc", "so-nguoi", "viec-lam", "tu-cham"]
    text = page.content.decode()
    ids = [part.split('"')[0] for part in text.split(' id="')[1:]]
    assert sorted({one for one in ids if ids.count(one) > 1}) == []


def test_the_worker_is_one_script_at_the_root(client, cast):
    answer = client.get(reverse("reports:phone-worker"))
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/javascript; charset=utf-8")
    script = answer.content.decode()
    assert [name in script for name in ("lantoaPhone", "lantoaOutbox", 'addEventListener("fetch"')] == [True] * 3
    assert reverse("reports:phone-worker") == "/dien-thoai.js"


def test_a_late_save_of_what_was_chosen_meanwhile_opens_no_new_copy(cast, secretary, filing):
    stale = Filing.objects.get()
    keep(secretary, filing, "so-nguoi", version=1, present="26")
    counts = Filing.objects.get().content["counts"]
    assert (
        set_aside(filing=stale, content={"counts": counts}, device=PHONE, by=cast.secretary, at=factories.NOW) is None
    )
    assert FilingCopy.objects.count() == 0
