"""What all checks have in common: order, merging, severities, exact quotes."""

from documents.checks import Finding
from documents.checks.registry import BY_ID, CHECKS
from documents.checks.severity import Severity, default_severities
from tests.documents.checks.samples import run, whole


def test_every_variant_has_a_severity_and_every_severity_a_variant():
    variants = {f"{check.id}.{variant}" for check in CHECKS for variant in check.variants}
    assert set(default_severities()) == variants
    assert set(default_severities().values()) <= set(Severity)


def test_ids_are_unique():
    assert len(BY_ID) == len(CHECKS)


def test_a_finding_quotes_the_source_with_its_marks():
    findings = [one for one in run(whole("Các chi **bộ  bộ** học tập.")) if one.check == "C06"]
    assert findings == [
        Finding("C06", "doubled_word", "error", 5, "chi **bộ  bộ", "“chi bộ bộ” bị lặp từ.", "chi bộ"),
    ]


def test_findings_come_by_line_and_once():
    findings = [one for one in run(whole("Cấp ủy các các cấp, các các cấp.\n\nCác chi bộ bộ.")) if one.check == "C06"]
    assert [(one.line, one.quote) for one in findings] == [(5, "ủy các các"), (5, "các các"), (7, "chi bộ bộ")]


def test_a_ward_may_change_one_variant_or_a_whole_check():
    text = whole("Các chi bộ bộ.")
    for changed in ({"C06.doubled_word": "info"}, {"C06": "info"}):
        assert [one.severity for one in run(text, severities=changed) if one.check == "C06"] == ["info"]
