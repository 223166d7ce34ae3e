"""Incidents from the command line: opened, worded, agreed, spoken on, printed, counted."""

from pathlib import Path
from typing import Any

from tests.cli.test_desk import Run, folder, run

__all__ = ["folder", "run"]


def test_an_incident_goes_from_its_opening_to_the_first_statement(run: Run) -> None:
    moments = ("--happened", "07:00 02/9/2026", "--received", "08:00 02/9/2026")
    made: Any = run.answer("incident", "open", "Tràn dầu trên sông", *moments, "--with", "Công an tỉnh")
    incident_id = made["id"]
    (clock,) = made["clocks"]
    assert (clock["rule"], clock["due"]) == ("N244-INIT-24A", "2026-09-03T08:00:00+07:00")
    assert clock["confidence"] == "one_copy"
    reminded: Any = run.answer("incident", "remind")
    assert [(each["rule"], each["hours"]) for each in reminded] == [("N244-INIT-24A", 0)]
    again: Any = run.answer("incident", "remind")
    assert again == []
    paper: Any = run.answer("incident", "draft", incident_id)
    worded: Any = run.answer("incident", "word", incident_id, "--paper", paper["id"])
    sha256 = worded["steps"][-1]["wording"]["sha256"]
    answer = ("--agency", "Công an tỉnh", "--person", "Thượng tá Hòa")
    assert run.error("incident", "agree", incident_id, *answer, "--hash", "deadbeef00")[0] == 5
    agreed: Any = run.answer("incident", "agree", incident_id, *answer, "--hash", sha256[:12])
    assert agreed["steps"][-1]["agreement"]["sha256"] == sha256
    message: Any = run.answer("incident", "draft", incident_id, "--to", "tuyen-giao-dan-van")
    run.answer("incident", "sent", incident_id, "--to", "tuyen-giao-dan-van", "--paper", message["id"])
    said: Any = run.answer(
        "incident",
        "say",
        incident_id,
        "--speaker",
        "Trần Minh Khuê",
        "--paper",
        paper["id"],
        "--at",
        "20:00 02/9/2026",
    )
    assert (said["state"], said["clocks"][0]["met_at"]) == ("spoken", "2026-09-02T20:00:00+07:00")
    assert run.code("doctor") == 0


def test_an_incident_is_corrected_printed_closed_and_counted(run: Run, tmp_path: Path) -> None:
    made: Any = run.answer("incident", "open", "Tràn dầu trên sông", "--received", "08:00 02/9/2026")
    incident_id = made["id"]
    speaker = ("--speaker", "Trần Minh Khuê", "--text", "Đã rõ.", "--at", "20:00 02/9/2026")
    run.answer("incident", "say", incident_id, *speaker)
    edited: Any = run.answer(
        "incident", "edit", incident_id, "--impact", "21:00 02/9/2026", "--facts", "Dài 2 km"
    )
    assert [each["met_at"] for each in edited["clocks"]] == ["2026-09-02T20:00:00+07:00", None]
    target = tmp_path / "dien-bien.pdf"
    run.answer("incident", "print", incident_id, "--pdf", str(target))
    assert target.read_bytes().startswith(b"%PDF")
    run.answer("incident", "note", incident_id, "--remark", "Sở Y tế gọi hỏi")
    closed: Any = run.answer("incident", "close", incident_id)
    assert closed["state"] == "closed"
    assert run.error("incident", "note", incident_id)[0] == 3
    listed: Any = run.answer("incident", "list", "tran dau")
    assert [row["id"] for row in listed] == [incident_id]
    counted: Any = run.answer(
        "incident", "counters", "--from", "01/9/2026", "--to", "30/9/2026", "--out", str(tmp_path / "so.xlsx")
    )
    assert [row["done"] for row in counted["rows"] if row["key"] == "incidents"] == [1]
    assert (tmp_path / "so.xlsx").is_file()
    assert run.code("doctor") == 0
