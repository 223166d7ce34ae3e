"""People from the command line: who may speak, lists to publish, records written down twice."""

from pathlib import Path

import pytest

from tests.cli.test_desk import Run, folder, run
from tests.desks import template

__all__ = ["folder", "run", "template"]


def test_who_may_speak_is_written_down_asked_and_ended(run: Run) -> None:
    regular = ("--kind", "regular", "--decision", "12/QĐ-S", "--decided", "2026-09-01 09:00")
    run.answer("people", "authorise", "--name", "Trần Minh Khuê", "--from", "01/09/2026", *regular)
    found = run.answer("people", "standing", "tran", "minh", "khue", "--on", "2026-10-01")
    assert (found["state"], found["who"]) == ("valid", "Trần Minh Khuê")
    lent = ("--kind", "authorised", "--scope", "vụ cháy", "--from", "01/10/2026", "--until", "10/10/2026")
    passed_on = ("--name", "Lê Thị Ánh", "--authorised-by", "Trần Minh Khuê")
    assert run.code("people", "authorise", *passed_on, *lent) == 3
    given = ("--name", "Lê Thị Ánh", "--authorised-by", "Nguyễn Văn Ổn", "--authorised-by-post", "Giám đốc")
    made = run.answer("people", "authorise", *given, *lent)
    assert run.answer("people", "standing", "Lê Thị Ánh", "--on", "2026-10-05")["state"] == "not_yet"
    assert run.answer("people", "letter", str(made["id"]))["title"]
    run.answer("people", "end", str(made["id"]), "--on", "06/10/2026", "--remark", "đổi người")
    assert run.code("people", "end", str(made["id"])) == 5
    run.answer("people", "resume", str(made["id"]))
    assert run.code("people", "end", str(made["id"]), "--on", "07/10/2026") == 0


def test_the_list_is_written_as_html_pdf_and_paper(run: Run, tmp_path: Path) -> None:
    page, table = tmp_path / "ds.html", tmp_path / "ds.pdf"
    made = run.answer(
        "people", "publish-list", "spokespeople", "--html", str(page), "--pdf", str(table), "--paper"
    )
    assert made["paper"]
    assert "<table>" in page.read_text(encoding="utf-8")
    assert table.read_bytes().startswith(b"%PDF")


def test_two_outlets_are_made_one_and_parted_again(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("Báo Tuổi Trẻ", "Tuổi trẻ online", "Báo tuổi trẻ "):
        run.answer("visit", "add", "--channel", "phone", "--topic", "x", "--outlet", name)
    assert run.code("people", "outlets") == 0
    ids = [line.split("  ")[0] for line in capsys.readouterr().out.splitlines()]
    assert len(ids) == 2
    assert run.code("people", "merge", "outlet", *ids, "--take", "tên=other") == 3
    made = run.answer("people", "merge", "outlet", *ids, "--take", "name=other")
    capsys.readouterr()
    run.code("people", "outlets")
    assert len(capsys.readouterr().out.splitlines()) == 1
    run.code("people", "merges")
    assert capsys.readouterr().out.split("  ")[1] == "cơ quan báo chí"
    run.answer("people", "unmerge", str(made["id"]))
    run.code("people", "outlets")
    assert sorted(line.split("  ")[0] for line in capsys.readouterr().out.splitlines()) == sorted(ids)


def test_what_is_kept_too_long_is_named_in_words(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    long_ago = ("--received", "2020-03-02 09:00", "--outlet", "Báo Tuổi Trẻ")
    run.answer("visit", "add", "--channel", "phone", "--topic", "giá đất", *long_ago)
    run.answer("privacy", "retention", "--set", "contact", "12")
    capsys.readouterr()
    assert run.code("privacy", "overdue") == 0
    told = capsys.readouterr().out.split("  ")
    assert (told[0], told[1], told[3].strip()) == ("tiếp xúc", "02/03/2020", "giá đất")
