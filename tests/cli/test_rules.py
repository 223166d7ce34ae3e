"""``spokesdesk rules due``: what a script gets, and what a person is told who asks wrongly."""

import json
from datetime import datetime

import pytest

from spokesdesk.cli import main


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


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["--rule", "N237-ANS-15", "--at", "mai"], "time_unreadable", "mai"),
        (["--rule", "N999", "--at", "2026-11-20"], "rules_rule_unknown", "N999"),
        (["--event", "rebutal", "--at", "2026-11-20"], "rules_event_unknown", "rebuttal"),
        (["--at", "2026-11-20"], "rules_nothing_asked", "--event"),
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
