from collections import namedtuple
from datetime import timedelta

import pytest

from tests.factories import NOW
from units import health
from units.health import run_checks
from units.services.calendar import seed_calendar
from units.services.heartbeat import beat


def levels(now=NOW):
    return {finding.key: finding.level for finding in run_checks(now=now)}


def test_healthy_program_has_no_red_line(db, settings):
    seed_calendar()
    beat(name="tick", at=NOW)
    beat(name="backup", at=NOW)
    assert set(levels().values()) <= {"ok", "warn"}
    assert levels()["database"] == levels()["migrations"] == levels()["clock"] == levels()["fonts"] == "ok"


def test_silent_clock_turns_red_after_five_minutes(db):
    assert levels()["clock"] == "bad"
    beat(name="tick", at=NOW)
    assert levels(NOW + timedelta(minutes=5))["clock"] == "ok"
    assert levels(NOW + timedelta(minutes=5, seconds=1))["clock"] == "bad"


@pytest.mark.parametrize(("free", "level"), [(20, "ok"), (12, "warn"), (0.5, "bad")])
@pytest.mark.proves("F-06")
def test_full_disk_is_said_before_it_is_full(db, monkeypatch, free, level):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr("shutil.disk_usage", lambda path: usage(100 * 1024**3, 0, int(free * 1024**3)))
    assert levels()["disk"] == level


def test_missing_backup_is_said(db):
    findings = {finding.key: finding for finding in run_checks(now=NOW)}
    assert findings["backup"].sentence == "Chưa có bản sao lưu nào. Hãy đặt lịch chạy lệnh backup hằng đêm."


def test_check_that_falls_over_is_one_red_line(db, monkeypatch, caplog):
    def broken(now):
        raise RuntimeError("hỏng")

    monkeypatch.setitem(health._CHECKS, "thu", broken)
    assert levels()["thu"] == "bad"


def test_page_is_for_those_who_look_after_the_program(cast, sign_in):
    assert "Đồng hồ nhắc việc" in sign_in(cast.clerk).get("/suc-khoe/").content.decode()
    assert sign_in(cast.leader).get("/suc-khoe/").status_code == 403
