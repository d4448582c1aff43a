import hashlib
import json
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection

from documents.services.files import store_bytes
from tests.documents.papers import short_plan
from tests.factories import NOW, PASSWORD, make_issued_plan, make_paper, make_session, make_submission
from units.backup_format import kept_models, label, read_manifest, seal_file, unsealed_comment
from units.models import Heartbeat, Unit, User
from units.services.audit import record_event
from units.services.backup import write_backup
from units.services.restore import SENDING_HELD, restore_backup
from units.services.units import create_unit


@pytest.fixture
def filled(cast):
    """A ward with a plan, a submission, a file on the disk and a line of the audit trail."""
    plan = make_issued_plan(cast.ward, units=[cast.own_unit], bodies=[cast.body])
    session = make_session(cast.own_unit, directives=plan.directives.all())
    make_submission(cast.own_unit, plan, sessions=[session])
    pdf = store_bytes(
        data=b"%PDF-1.7", name="a.pdf", content_type="application/pdf", purpose="paper", ward=cast.ward, by=cast.clerk
    )
    make_paper(cast.ward, pdf=pdf, sha256=pdf.sha256, content={"text": short_plan().subject})
    record_event(by=cast.clerk, verb="paper.issue", target=plan, ward=cast.ward, details={"số": [1, None, "ế"]})
    return cast


def digests():
    """Rows and a hash of every table in key order."""
    found = {}
    for model in kept_models():
        names = [field.attname for field in model._meta.concrete_fields]
        rows = [repr(row) for row in model._base_manager.order_by("pk").values_list(*names)]
        found[label(model)] = (len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest())
    return found


def media(settings):
    root = settings.MEDIA_ROOT
    return {path.relative_to(root): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.mark.proves("B-01", "R-12")
def test_restored_installation_equals_the_one_backed_up(filled, settings, tmp_path, client):
    before, files = digests(), media(settings)
    write_backup(path=tmp_path / "b.zip", now=NOW)
    User.objects.filter(pk=filled.clerk.pk).update(full_name="Đã sửa sau sao lưu")
    create_unit(
        parent=filled.ward,
        kind="tdp",
        code="MOI",
        name="Mới",
        short_name="Mới",
        active_from=NOW.date(),
        by=filled.admin,
    )
    settings.MEDIA_ROOT = tmp_path / "another"
    restore_backup(path=tmp_path / "b.zip", now=NOW, confirm=filled.ward.name)
    assert Heartbeat.objects.filter(name=SENDING_HELD).delete()[0] == 1
    assert digests() == before
    assert media(settings) == files
    connection.check_constraints()
    made = create_unit(
        parent=filled.ward,
        kind="tdp",
        code="NEW",
        name="Mới",
        short_name="Mới",
        active_from=NOW.date(),
        by=filled.admin,
    )
    assert made.pk > filled.foreign_unit.pk
    assert User.objects.get(pk=filled.clerk.pk).check_password(PASSWORD)


def test_backup_is_private_and_known_to_the_health_page(filled, tmp_path):
    path = tmp_path / "b.zip"
    manifest = write_backup(path=path, now=NOW)
    assert oct(path.stat().st_mode)[-3:] == "600"
    assert Heartbeat.objects.get(name="backup").beat_at == NOW
    assert manifest["tables"]["units.unit"] == Unit.objects.count()
    assert [one.name for one in tmp_path.iterdir() if one.name.endswith(".part")] == []
    assert read_manifest(path)["tables"] == manifest["tables"]


def damaged(path, how):
    data = bytearray(path.read_bytes())
    if how == "truncated":
        data = data[: len(data) // 2]
    elif how == "bit":
        data[len(data) // 2] ^= 1
    elif how == "nothing":
        data = bytearray()
    else:
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr(
                {"slip": "media/../../evil", "absolute": "/etc/evil", "extra": "data/extra.jsonl"}[how], "x"
            )
        return
    path.write_bytes(bytes(data))


@pytest.mark.proves("B-03")
@pytest.mark.parametrize("how", ["truncated", "bit", "nothing", "slip", "absolute", "extra"])
def test_damaged_or_hostile_backup_is_refused_before_anything_is_touched(filled, settings, tmp_path, how):
    path = tmp_path / "b.zip"
    write_backup(path=path, now=NOW)
    before, files = digests(), media(settings)
    damaged(path, how)
    with pytest.raises(CommandError) as refused:
        call_command("restore", str(path), "--confirm", filled.ward.name)
    assert str(refused.value).endswith("Chưa có gì bị thay đổi.")
    assert (digests(), media(settings)) == (before, files)
    assert not (tmp_path.parent / "evil").exists()


@pytest.mark.proves("B-03")
def test_a_flipped_bit_anywhere_is_seen(filled, tmp_path):
    path = tmp_path / "b.zip"
    write_backup(path=path, now=NOW)
    whole = path.read_bytes()
    for place in range(0, len(whole), len(whole) // 60):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(ValidationError):
            read_manifest(path)


@pytest.mark.proves("B-05")
def test_installation_in_use_is_overwritten_only_by_name(filled, tmp_path):
    path = tmp_path / "b.zip"
    write_backup(path=path, now=NOW)
    before = digests()
    for confirm in ("", "có"):
        with pytest.raises(ValidationError) as refused:
            restore_backup(path=path, now=NOW, confirm=confirm)
        assert refused.value.code == "in_use"
    assert digests() == before


def test_backup_of_another_version_is_refused(filled, tmp_path):
    path, other = tmp_path / "b.zip", tmp_path / "c.zip"
    write_backup(path=path, now=NOW)
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "manifest.json":
                manifest = json.loads(data)
                manifest["migrations"].append("units.9999_future")
                data = json.dumps(manifest)
            new.writestr(name, data)
        new.comment = unsealed_comment()
    seal_file(other)
    with pytest.raises(ValidationError) as refused:
        restore_backup(path=other, now=NOW, confirm=filled.ward.name)
    assert refused.value.code == "other_version"


def test_dry_run_prints_counts_and_changes_nothing(filled, tmp_path, capsys):
    path = tmp_path / "b.zip"
    call_command("backup", str(path))
    before = digests()
    call_command("restore", str(path), "--dry-run")
    assert f"{Unit.objects.count()} đơn vị" in capsys.readouterr().out
    assert digests() == before
