"""Pages that one row is not enough for: what somebody has done before, address by address.

Each function takes the world (tests/world.py), does what has to be done and returns (client, url) of the page. What it
writes is rolled back by whoever calls it.
"""

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData

from campaigns.conference_links import REPLY, token_of
from campaigns.selectors.contact import stop_token
from documents.spreadsheets import Sheet, write_workbook
from reports.figure_file import figure_workbook
from reports.models import CompiledReport
from reports.services.compiling import draft_report
from reports.services.submissions import accept_submission
from tests import factories
from tests.campaigns.test_plan_import import PLAN
from tests.documents.test_unit_import import GOOD as UNITS
from tests.documents.test_unit_import import HEADER as UNIT_HEADER
from tests.reports import steps
from tests.reports.test_result_import import GOOD as RESULTS
from tests.reports.test_result_import import table as result_table
from tests.reports.test_ward_figures import row as figure_row
from units.models import Membership, WardSettings
from units.services.cards import make_card

PIN = "739154"
KEY_ID = b"a key of a test"


def signed_in(person):
    client = Client(raise_request_exception=False)
    client.force_login(person)
    return client


def workbook(*rows):
    return SimpleUploadedFile("bang.xlsx", write_workbook([Sheet("Sheet1", (), rows)]))


# --- getting in -------------------------------------------------------------------------------------------------


def with_password(person, *, seed=False, codes=False, key=False):
    """The browser of somebody who has just typed the password, with the second factors asked for."""
    client = Client(raise_request_exception=False)
    client.post("/dang-nhap/", {"login": person.username, "password": factories.PASSWORD})
    add_factors(person, seed=seed, codes=codes, key=key)
    return client


def add_factors(person, *, seed=False, codes=False, key=False):
    if seed:
        TOTP.activate(person, generate_totp_secret())
    if codes:
        RecoveryCodes.activate(person)
    if key:
        return Authenticator.objects.create(user=person, type=Authenticator.Type.WEBAUTHN, data=passkey())
    return None


def passkey():
    """What the program keeps of a key: a well-formed public key that no device holds."""
    public = ES256({1: 2, 3: -7, -1: 1, -2: b"x" * 32, -3: b"y" * 32})
    credential = AttestedCredentialData.create(Aaguid.NONE, KEY_ID, public)
    seen = AuthenticatorData.create(b"h" * 32, AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.AT, 0, credential)
    answer = {"clientDataJSON": websafe_encode(b'{"type":"webauthn.create","challenge":"YQ","origin":"http://a"}')}
    answer["attestationObject"] = websafe_encode(bytes(AttestationObject.create("none", seen, {})))
    name = websafe_encode(KEY_ID)
    return {
        "name": "Vân tay máy văn phòng",
        "credential": {"id": name, "rawId": name, "type": "public-key", "response": answer},
    }


def second_step(world):
    person = world.cast.admin
    add_factors(person, seed=True, codes=True, key=True)
    return with_password(person), reverse("mfa_authenticate")


def factor_page(name, **factors):
    def state(world):
        return with_password(world.cast.admin, **factors), reverse(name)

    return state


def key_removed(world):
    client, person = with_password(world.cast.admin), world.cast.admin
    key = add_factors(person, seed=True, key=True)
    return client, reverse("mfa_remove_webauthn", args=[key.pk])


def asked_again(name):
    """Somebody whose second factor is to be shown again before something grave."""

    def state(world):
        add_factors(world.cast.admin, seed=True, codes=True, key=True)
        return signed_in(world.cast.admin), reverse(name)

    return state


def new_card(world):
    membership = Membership.objects.get(user=world.cast.secretary)
    return make_card(membership=membership, by=world.cast.admin)


def card_first(world):
    return Client(), f"/the/{new_card(world).secret}/"


def known_phone(world, **client):
    """A secretary's telephone after the first use of the card."""
    made, phone = new_card(world), Client(raise_request_exception=False, **client)
    phone.post(f"/the/{made.secret}/", {"code": made.code, "pin": PIN, "pin_again": PIN})
    return made, phone


def card_on_a_new_phone(world):
    made, _phone = known_phone(world)
    return Client(), f"/the/{made.secret}/"


def pin(world):
    _made, phone = known_phone(world)
    phone.post("/dang-xuat/")
    return phone, reverse("units:pin")


def passed_on(world):
    """The page in Chrome that Zalo's own browser leads to."""
    _made, zalo = known_phone(world, HTTP_USER_AGENT="Mozilla/5.0 (Linux; Android 13) Zalo android/24")
    address = zalo.post("/chuyen-trinh-duyet/", {"next": "/", "fields": "{}"})["Location"]
    return Client(), address


def left_zalo(world):
    _made, zalo = known_phone(world, HTTP_USER_AGENT="Mozilla/5.0 (Linux; Android 13) Zalo android/24")
    return zalo, zalo.post("/chuyen-trinh-duyet/", {"next": "/", "fields": "{}"})["Location"]


def leaders_phone(world):
    phone = with_password(world.cast.leader)
    phone.post("/tai-khoan/dien-thoai/ghi-nho/", {"pin": PIN, "pin_again": PIN})
    phone.post("/dang-xuat/")
    return phone, reverse("units:phone-open")


def log_in(_world):
    return Client(), f"{reverse('account_login')}?mat-khau"


# --- files waiting to be confirmed ------------------------------------------------------------------------------


def waiting(person, start, preview, told):
    client = signed_in(person)
    answer = client.post(reverse(start), told)
    assert answer.status_code == 302, answer.context["form"].errors
    return client, reverse(preview)


def units_waiting(world):
    rows = workbook(UNIT_HEADER, *UNITS, ["", "SAI", "", "không có loại này"])
    return waiting(world.cast.admin, "documents:unit-import", "documents:unit-import-preview", {"upload": rows})


def plan_waiting(world):
    told = {"upload": SimpleUploadedFile("ke hoach 07.txt", PLAN.encode()), "declared": "on"}
    return waiting(world.cast.drafter, "campaigns:plan-import", "campaigns:plan-import-preview", told)


def results_waiting(world):
    told = {"upload": workbook(*result_table(*RESULTS)), "plans": [world.own["plan"].pk]}
    return waiting(world.cast.compiler, "reports:result-import", "reports:result-import-preview", told)


def figures_waiting(world):
    paper = world.own["directive"]
    rows = [figure_row(paper), figure_row(paper, ward="TB", ward_name="Đảng bộ xã Tân Bình", accepted=48)]
    told = {"sender": "many", "upload": SimpleUploadedFile("so lieu.xlsx", figure_workbook(rows))}
    return waiting(world.cast.viewer, "reports:figures-import", "reports:figures-preview", told)


# --- one step further -------------------------------------------------------------------------------------------


def invitation(world):
    return Client(), reverse("campaigns:invitation", args=[token_of(world.own["invitee"], REPLY)])


def stopped(world):
    return Client(), reverse(
        "campaigns:sending-stop", args=[stop_token(person_id=world.cast.contact.pk, channel="email")]
    )


def receipt(world):
    steps.asked(world.cast)
    client = signed_in(world.cast.other_secretary)
    filing = steps.report(client, world.cast.other_unit)
    return client, reverse("reports:session-receipt", args=[filing.pk])


def cell_of_a_party_committee(world):
    """The figures of one cell of a đảng bộ that still has a plan to report on."""
    factories.make_issued_plan(world.cast.ward, units=[world.cast.own_unit])
    return signed_in(world.cast.secretary), reverse("reports:branch-edit", args=[world.own["branch"].pk])


def appraisal(world):
    steps.asked(world.cast)
    filing = steps.report(signed_in(world.cast.other_secretary), world.cast.other_unit)
    submission = accept_submission(submission=filing.submissions.get(), by=world.cast.compiler, at=factories.NOW)
    return signed_in(world.cast.compiler), reverse("reports:score-edit", args=[submission.pk])


def rows_behind_a_sentence(world):
    report = draft_report(ward=world.cast.ward, plans=[world.own["plan"]], by=world.cast.compiler, now=factories.NOW)
    section = next(one for one in report.sections.all() if one.sentences)
    assert CompiledReport.objects.filter(pk=report.pk).exists()
    return signed_in(world.cast.leader), reverse("reports:report-evidence", args=[report.pk, section.pk, 0])


def demonstration(world):
    WardSettings.objects.update(is_demonstration=True)
    return signed_in(world.cast.admin), reverse("reports:demonstration-remove")


STATES = {
    "account_login": [log_in],
    "campaigns:invitation": [invitation],
    "campaigns:plan-import-preview": [plan_waiting],
    "campaigns:sending-stop": [stopped],
    "documents:unit-import-preview": [units_waiting],
    "mfa_activate_totp": [factor_page("mfa_activate_totp")],
    "mfa_add_webauthn": [factor_page("mfa_add_webauthn")],
    "mfa_authenticate": [second_step],
    "mfa_deactivate_totp": [factor_page("mfa_deactivate_totp", seed=True)],
    "mfa_generate_recovery_codes": [factor_page("mfa_generate_recovery_codes", seed=True, codes=True)],
    "mfa_index": [factor_page("mfa_index", seed=True, codes=True, key=True)],
    "mfa_reauthenticate": [asked_again("mfa_reauthenticate")],
    "mfa_reauthenticate_webauthn": [asked_again("mfa_reauthenticate_webauthn")],
    "mfa_remove_webauthn": [key_removed],
    "mfa_view_recovery_codes": [factor_page("mfa_view_recovery_codes", seed=True, codes=True)],
    "reports:branch-edit": [cell_of_a_party_committee],
    "reports:demonstration-remove": [demonstration],
    "reports:figures-preview": [figures_waiting],
    "reports:report-evidence": [rows_behind_a_sentence],
    "reports:result-import-preview": [results_waiting],
    "reports:score-edit": [appraisal],
    "reports:session-receipt": [receipt],
    "units:browser-arrive": [passed_on, left_zalo],
    "units:card": [card_first, card_on_a_new_phone],
    "units:phone-open": [leaders_phone],
    "units:pin": [pin],
}
# Addresses without a page of their own, and why; a file is known by its kind.
NO_PAGE = {
    "campaigns:assignment-product": "a file, not there yet",
    "campaigns:awaited-file": "a file, not there yet",
    "campaigns:feed-calendar": "a calendar file, for no calendar program",
    "campaigns:invitation-event": "a calendar file, of no invitation",
    "campaigns:letter-copies": "a file, not there yet",
    "campaigns:plan-deadline": "words that a script puts into a page",
    "campaigns:plan-dispatches": "leads to the paper's list",
    "campaigns:plan-scan": "a file, not there yet",
    "mfa_list_webauthn": "leads to mfa_index",
    "reports:report-annexes": "a file, not there yet",
    "reports:report-figures": "a file, not there yet",
    "reports:session-open": "leads to the form begun",
    "units:job-download": "a file, not there yet",
}
