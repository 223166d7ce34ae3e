"""``spokesdesk rules due``: what a script gets, and what a person is told who asks wrongly."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from spokesdesk import assets
from spokesdesk.cli import main
from spokesdesk.services.ports import Desk
from tests.desks import PASSPHRASE


def _json(capsys: pytest.CaptureFixture[str], *arguments: str) -> object:
    assert main(["rules", "due", *arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_one_rule_gives_its_last_moment_its_ground_and_how_sure_it_is(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = _json(capsys, "--rule", "N237-ANS-15", "--at", "2026-11-20 16:45")
    assert isinstance(found, dict)
    # 15 working days from Friday, with Tuesday 24/11/2026 off
    assert found["due"] == "2026-12-14T23:59:59+07:00"
    assert found["citation"] == "khoản 3 Điều 18 Nghị định số 237/2026/NĐ-CP"
    assert found["confidence"] == "one_copy"
    assert datetime.fromisoformat(found["trigger_at"]).hour == 16


def test_a_rule_that_counts_from_a_day_of_its_own_is_not_moved_by_the_day_of_asking(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for asked in ("2026-07-02 08:00", "2026-11-27 21:00"):
        found = _json(capsys, "--rule", "N244-QC45", "--at", asked)
        assert isinstance(found, dict)
        # 45 days from 1/7/2026 end on Saturday 15/8, so Monday
        assert found["due"] == "2026-08-17T23:59:59+07:00"
        assert found["trigger_at"] == "2026-07-01T00:00:00+07:00"


def test_an_event_gives_every_rule_of_the_law_of_that_day(capsys: pytest.CaptureFixture[str]) -> None:
    found = _json(capsys, "--event", "rebuttal", "--at", "12/03/2018 09:00", "--outlet-kind", "online")
    assert isinstance(found, list)
    rules = {row["rule"]: row for row in found}
    assert all("2016/QH13" in row["citation"] or "09/2017" in row["citation"] for row in found)
    assert rules["L103-39-30"]["due"] == "2018-04-11T23:59:59+07:00"
    assert rules["L103-42-WEB"]["due"] is None
    assert "3 lần" in rules["L103-43-ROUNDS"]["wording"]


def test_vietnamese_is_not_escaped_for_people_or_scripts(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "due", "--rule", "N237-ANS-15", "--at", "2026-11-20", "--json"]) == 0
    assert "Nghị định số 237/2026/NĐ-CP" in capsys.readouterr().out
    assert main(["rules", "due", "--rule", "N237-ANS-15", "--at", "2026-11-20"]) == 0
    assert "14/12/2026" in capsys.readouterr().out


def test_without_rule_and_event_every_rule_of_that_day_is_given(capsys: pytest.CaptureFixture[str]) -> None:
    found = _json(capsys, "--at", "2026-11-20")
    assert isinstance(found, list)
    rules = {row["rule"]: row for row in found}
    assert {"N244-INIT-24A", "N244-INIT-24B", "N237-ANS-15", "N244-RPT", "PD-72"} <= set(rules)
    assert len(rules) == len(found)
    assert not any(rule.startswith(("L103-", "N09-")) for rule in rules)
    # an incident's two clocks of 2026 start at different moments and stay two events
    assert rules["N244-INIT-24A"]["event"] != rules["N244-INIT-24B"]["event"]


def test_doubt_is_said_in_text_and_in_json(capsys: pytest.CaptureFixture[str]) -> None:
    found = _json(capsys, "--rule", "N244-PUB", "--at", "2026-11-20")
    assert isinstance(found, dict)
    assert not found["verified"]
    assert found["doubt"].startswith("chưa xác minh")
    assert main(["rules", "due", "--rule", "N244-PUB", "--at", "2026-11-20"]) == 0
    assert "chưa xác minh" in capsys.readouterr().out
    sure = _json(capsys, "--rule", "L103-39-30", "--at", "2018-03-12")
    assert isinstance(sure, dict)
    assert (sure["verified"], sure["doubt"]) == (True, "")


def test_a_year_without_a_table_of_days_off_is_said_not_guessed(capsys: pytest.CaptureFixture[str]) -> None:
    found = _json(capsys, "--rule", "N237-ANS-15", "--at", "2031-03-03")
    assert isinstance(found, dict)
    assert found["calendar_uncertain"]
    assert "2031" in found["calendar_note"]
    assert main(["rules", "due", "--rule", "N237-ANS-15", "--at", "2031-03-03"]) == 0
    assert "Chưa có bảng ngày nghỉ năm 2031" in capsys.readouterr().out


def test_the_rules_and_events_can_be_listed_and_one_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "list", "--event", "incident", "--on", "2026-11-20", "--json"]) == 0
    listed = {row["rule"] for row in json.loads(capsys.readouterr().out)}
    assert listed == {"N244-INIT-24A", "N244-INIT-24B", "N244-NAT", "N244-MULTI"}
    assert main(["rules", "show", "n237-fb-rounds"]) == 0
    said = capsys.readouterr().out
    assert "khoản 1 Điều 21 Nghị định số 237/2026/NĐ-CP (chưa xác minh" in said
    assert "Bản a và b ghi 02 lần" in said
    assert main(["rules", "events"]) == 0
    assert "incident_received  Cơ quan tiếp nhận" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["--rule", "N237-ANS-15", "--at", "mai"], "time_unreadable", "mai"),
        (["--rule", "N999", "--at", "2026-11-20"], "rules_rule_unknown", "N999"),
        (["--event", "rebutal", "--at", "2026-11-20"], "rules_event_unknown", "rebuttal"),
        (["--rule", "N237-ANS-15", "--at", "2018-03-12"], "rules_not_in_force", "01/7/2026"),
    ],
)
def test_a_wrong_question_is_answered_with_what_is_wrong(
    capsys: pytest.CaptureFixture[str], arguments: list[str], code: str, told: str
) -> None:
    assert main(["rules", "due", *arguments, "--json"]) == 3
    said = capsys.readouterr()
    assert json.loads(said.out)["error"] == code
    assert told in said.err


def test_packs_library_and_duties_of_a_workspace(
    desk: Desk, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = str(desk.keeper.folder)
    desk.close()
    monkeypatch.setenv("SPOKESDESK_PASSPHRASE", PASSPHRASE)

    def answer(*arguments: str) -> Any:
        assert main([*arguments, "--workspace", folder, "--json"]) == 0
        return json.loads(capsys.readouterr().out)

    pack = str(assets.path("samples", "quy-dinh-hue.toml"))
    seen = answer("rules", "import", pack, "--look")
    assert (seen["taken"], seen["rules"], seen["open"]) == (False, ["HUE-3", "HUE-7", "HUE-14"], [])
    assert answer("rules", "packs")["packs"] == []
    answer("rules", "import", pack)
    (taken,) = answer("rules", "packs")["packs"]
    assert [row["key"] for row in answer("library", "search", "mang", "luoi", "hue")] == ["HUE"]
    answer("rules", "drop", taken["id"])
    assert answer("library", "search", "mang", "luoi", "hue") == []
    text = tmp_path / "toan-van.txt"
    text.write_text("Điều 1. Phạm vi", encoding="utf-8")
    answer("library", "add", "--key", "N244", "--text", str(text))
    assert answer("library", "show", "n244")["text"] == "Điều 1. Phạm vi"
    answer("library", "export", "N244", str(tmp_path / "ra.txt"))
    assert "Phạm vi" in (tmp_path / "ra.txt").read_text(encoding="utf-8")
    assert answer("duties", "kind", "province")["kind"] == "province"
    first = answer("duties", "list")[0]
    done = answer("duties", "done", first["rule"], first["due"], "--on", "2026-11-20")
    assert done[0]["done"] == "2026-11-20"
    answer("duties", "ics", str(tmp_path / "lich.ics"))
    assert (tmp_path / "lich.ics").read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
