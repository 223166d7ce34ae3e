"""``rules due`` for the moments of an incident, and with the packs and days off of a workspace."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from spokesdesk import bootstrap
from spokesdesk.cli.commands import main
from spokesdesk.services import calendar, rulepacks
from tests.desks import PASSPHRASE, copied, named, template

__all__ = ["template"]

LOCAL = """
[pack]
kind = "local"
name = "Quy định của tỉnh"
version = "2026.12.1"

[[instrument]]
id = "QDT"
name = "Quyết định số 9/2026/QĐ-UBND"
title = "Quy chế phát ngôn"
in_force_from = 2026-07-01
confidence = "verified"
source = "bản ký"

[[rule]]
id = "QDT-12"
title = "Phát ngôn ban đầu trong 12 giờ"
event = "incident_received"
trigger = "lúc tiếp nhận"
duration = 12
unit = "hours"
actor = "Người phát ngôn"
action = "Phát ngôn."
instrument = "QDT"
article = "5"
confidence = "verified"
source = "bản ký"
"""


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    assert main(["rules", "due", *arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_each_moment_of_an_incident_starts_the_clock_of_the_law_of_its_own_day(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = told(
        capsys,
        *("--happened", "2026-06-30T22:00+07:00"),
        *("--received", "2026-07-01T01:00+07:00"),
        *("--impact", "2026-07-01T06:30+07:00"),
    )
    assert [(each["rule"], each["due"], each["confidence"]) for each in found] == [
        ("N09-INIT-24", "2026-07-01T22:00:00+07:00", "verified"),
        ("N244-INIT-24A", "2026-07-02T01:00:00+07:00", "one_copy"),
        ("N244-INIT-24B", "2026-07-02T06:30:00+07:00", "one_copy"),
    ]
    assert "chưa xác minh" in found[1]["doubt"]


def test_no_moment_at_all_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "due", "--rule", "N244-INIT-24A"]) == 3
    assert capsys.readouterr().err


def test_packs_and_days_off_of_a_workspace_count_when_it_is_named(
    template: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = copied(template, tmp_path)
    desk = bootstrap.open_desk(folder, passphrase=PASSPHRASE)
    desk = desk.working_as(named(desk, "Trần Minh Khuê"))
    pack = tmp_path / "quy-dinh.toml"
    pack.write_text(LOCAL, encoding="utf-8")
    rulepacks.take(desk, pack)
    calendar.save_holidays(desk, {date(2026, 9, 16): "Ngày truyền thống"})
    desk.close()
    monkeypatch.setenv("SPOKESDESK_PASSPHRASE", PASSPHRASE)
    own = ("--workspace", str(folder))
    found = told(capsys, "--received", "2026-09-08T08:00+07:00", *own)
    assert {each["rule"] for each in found} == {"N244-INIT-24A", "QDT-12"}
    plain = told(capsys, "--rule", "N237-ANS-15", "--at", "2026-09-08T08:00+07:00")
    ours = told(capsys, "--rule", "N237-ANS-15", "--at", "2026-09-08T08:00+07:00", *own)
    assert (plain["due"][:10], ours["due"][:10]) == ("2026-09-29", "2026-09-30")
